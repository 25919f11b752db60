// Validates every *.html file of a folder in one process, on two cores where there are two.
// Prints JSON: {"pages": 2, "findings": [{"page", "line", "column", "rule", "message"}]}.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import rules from "./rules.mjs";

const THREADS = 2;

function found(folder, pages) {
  const validator = new HtmlValidate(new StaticConfigLoader(rules));
  return pages.flatMap((page) => {
    const report = validator.validateStringSync(readFileSync(join(folder, page), "utf8"), page);
    return report.results.flatMap(({ messages }) =>
      messages.map(({ line, column, ruleId, message }) => ({ page, line, column, rule: ruleId, message })),
    );
  });
}

function inAThread(folder, pages) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: { folder, pages } });
    thread.once("message", resolve).once("error", reject);
  });
}

if (isMainThread) {
  const folder = process.argv[2];
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  const hands = Array.from({ length: THREADS }, (_, n) => pages.filter((_, i) => i % THREADS === n));
  const findings = (await Promise.all(hands.map((hand) => inAThread(folder, hand)))).flat();
  process.stdout.write(JSON.stringify({ pages: pages.length, findings }));
} else {
  parentPort.postMessage(found(workerData.folder, workerData.pages));
}

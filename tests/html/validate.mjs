// Validates every *.html file of a folder in one process.
// Prints JSON: {"pages": 2, "findings": [{"page", "line", "column", "rule", "message"}]}.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import rules from "./rules.mjs";

const folder = process.argv[2];
const validator = new HtmlValidate(new StaticConfigLoader(rules));
const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
const findings = names.flatMap((page) => {
  const report = validator.validateStringSync(readFileSync(join(folder, page), "utf8"), page);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => ({ page, line, column, rule: ruleId, message })),
  );
});
process.stdout.write(JSON.stringify({ pages: names.length, findings }));

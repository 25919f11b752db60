"""`yinuo check`: lint every item, run every scenario and every standard unhappy path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yinuo.catalogue.lints import lint, lint_overall
from yinuo.catalogue.loading import Catalogue, Entry, collector_paused
from yinuo.catalogue.reader import Finding
from yinuo.catalogue.scenario import Run, run_scenario, time_of
from yinuo.catalogue.unhappy import PATHS, ground


@dataclass(frozen=True, slots=True)
class Report:
    """`items`: files that claim to be one, sound or not; `proven`: without any finding."""

    items: int
    proven: int
    scenarios: int
    paths: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return f"{self.items} items, {self.proven} proven, {len(self.findings)} findings"


def check(
    catalogue: Catalogue, done: Callable[[Entry], None] = lambda entry: None, part: str = "."
) -> Report:
    """Everything that is wrong, in the order of the files. `done` is called after each item.

    part: a file or folder of the catalogue; only what lies in it is checked and reported.
    """
    findings = [*catalogue.findings, *lint_overall(catalogue)]
    findings = [finding for finding in findings if lies_in(finding.file, part)]
    entries = entries_in(catalogue, part)
    with collector_paused():
        for entry in entries:
            findings.extend(lint(entry, catalogue))
            findings.extend(_prove(entry, catalogue))
            done(entry)
    scenarios, paths = sum(len(entry.shape.scenarios) for entry in entries), len(PATHS) * len(entries)
    unique = tuple(sorted(set(findings), key=lambda f: (f.file, f.line, f.path, f.message)))
    return Report(*_count(entries, unique), scenarios, paths, unique)


def lies_in(file: str, part: str) -> bool:
    return part == "." or file == part or file.startswith(part + "/")


def entries_in(catalogue: Catalogue, part: str) -> list[Entry]:
    return [entry for entry in catalogue.entries.values() if lies_in(entry.source.file, part)]


def _count(entries: list[Entry], findings: tuple[Finding, ...]) -> tuple[int, int]:
    wrong = {finding.file for finding in findings}
    sound = {entry.source.file for entry in entries}
    files = sound | {file for file in wrong if "/items/" in file}
    return len(files), len(sound - wrong)


def _prove(entry: Entry, catalogue: Catalogue) -> Iterator[Finding]:
    run = Run(entry.item, catalogue.calendar)
    for n, scenario in enumerate(entry.shape.scenarios):
        for path, message in run_scenario(run, scenario):
            yield entry.source.finding(("scenarios", n, *path), f"{scenario.name}: {message}")
    yield from _prove_unhappy(entry, run)


def _prove_unhappy(entry: Entry, run: Run) -> Iterator[Finding]:
    happy = [(n, s) for n, s in enumerate(entry.shape.scenarios) if s.shows == "happy"]
    if not happy:
        return
    n, scenario = happy[0]
    start = ground(run, scenario.answers, time_of(scenario.start))
    if isinstance(start, str):
        yield entry.source.finding(("scenarios", n), start)
        return
    for name, path in PATHS.items():
        for message in path(start):
            yield entry.source.finding(("scenarios", n), f"{name}: {message}")

"""Reading the files of a catalogue into their shapes, with every finding noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from yinuo.catalogue.reader import Finding, Path_, Source
from yinuo.catalogue.readings import Readings

S = TypeVar("S")


@dataclass(slots=True)
class Loading:
    """One loading: what was read, and what is wrong with it so far."""

    root: Path
    readings: Readings
    findings: list[Finding] = field(default_factory=list)

    def read(self, path: Path) -> Source:
        source = self.readings.read(path)
        self.findings.extend(source.findings)
        return source

    def shape(self, source: Source, adapter: TypeAdapter[S]) -> S | None:
        """The file in its shape, or None with the findings noted: those of the reader, and all others."""
        if source.text is None:
            return None
        try:
            value = adapter.validate_python(source.value)
        except ValidationError as error:
            self.findings.extend(shape_findings(source, error))
            return None
        return None if source.findings else value


def shape_findings(source: Source, error: ValidationError) -> list[Finding]:
    """What the shape minds, but for what only follows from what the reader refused at the same place."""
    found = [
        source.finding(*_place(source, problem["loc"], str(problem["msg"]).removeprefix("Value error, ")))
        for problem in error.errors(include_url=False)
    ]
    refused = {finding.path for finding in source.findings}
    return [finding for finding in found if finding.path not in refused]


def _place(source: Source, loc: Iterable[int | str], message: str) -> tuple[Path_, str]:
    """Pydantic's location as a path of the file; what is missing is named in the message."""
    path: Path_ = ()
    rest: list[str] = []
    for part in loc:
        if (*path, part) in source.lines and not rest:
            path = (*path, part)
        elif not str(part).startswith("~"):
            rest.append(str(part))
    return path, f"{'.'.join(rest)}: {message}" if rest else message


def sound(
    loading: Loading, path: Path, shape: type[S], problems: Callable[[S], Iterable[tuple[Path_, str]]]
) -> S | None:
    """The file in its shape, where nothing is wrong with it either that the shape cannot say."""
    source = loading.read(path)
    value = loading.shape(source, TypeAdapter(shape))
    wrong = [source.finding(place, message) for place, message in problems(value)] if value else []
    loading.findings.extend(wrong)
    return None if wrong else value

"""Strict YAML: what could be misread is an error, and every value knows its line.

Refused: duplicate keys, YES/NO/ON/OFF written bare, numbers with leading zeros, aliases, tags, control
characters, a second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset(
    f"{_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "seq", "map")
)
DEEPEST = 40  # levels; the deepest of a real item are nine
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a data file. Shown as `file:line: path: message`."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """A data file as read: its value and the line of every path in it."""

    file: str
    value: Any
    lines: dict[Path_, int]
    findings: tuple[Finding, ...] = ()

    def line(self, path: Path_) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def finding(self, path: Path_, message: str) -> Finding:
        return Finding(self.file, self.line(path), dotted(path), message)


def dotted(path: Path_) -> str:
    """`materials.0.copies`; the file itself is `.`."""
    return ".".join(str(part) for part in path) or "."


def read_file(path: Path, name: str | None = None) -> Source:
    """Read one file. What is wrong with it is in `findings`, never an exception."""
    name = name or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Source(name, None, {}, (Finding(name, 1, ".", f"cannot be read: {error}"),))
    return read_text(text, name)


def read_text(text: str, name: str) -> Source:
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        message = f"holds the control character U+{ord(control[0]):04X}"
        return Source(name, None, {}, (Finding(name, line, ".", message),))
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        return Source(name, None, {}, (_syntax_finding(name, error),))
    except RecursionError:
        return Source(name, None, {}, (Finding(name, 1, ".", "is nested too deeply"),))
    if len(nodes) != 1 or nodes[0] is None:
        line = nodes[1].start_mark.line + 1 if len(nodes) > 1 else 1
        return Source(name, None, {}, (Finding(name, line, ".", "must hold exactly one document"),))
    reading = _Reading(name)
    value = reading.value(nodes[0], ())
    return Source(name, value, reading.lines, tuple(reading.findings))


def _syntax_finding(name: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return Finding(name, line, ".", f"is no YAML: {getattr(error, 'problem', None) or error}")


@dataclass(slots=True)
class _Reading:
    name: str
    lines: dict[Path_, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node, path: Path_) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self.seen:
            return self._wrong(self.lines[path], path, "write it out: aliases are not allowed")
        self.seen.add(id(node))
        if len(path) > DEEPEST:
            return self._wrong(line, path[:1], "is nested too deeply")
        if node.tag not in _TAGS:
            return self._wrong(line, path, f"tags are not allowed: {node.tag.removeprefix(_TAG)}")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, line)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, n)) for n, child in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path_) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, child in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(line, path, "a key must be a word")
                continue
            if key in made:
                self._wrong(line, (*path, key), f"stands twice; first on line {self.lines[(*path, key)]}")
                continue
            self.lines[(*path, key)] = line
            made[key] = self.value(child, (*path, key))
        return made

    def _scalar(self, node: yaml.ScalarNode, path: Path_, line: int) -> Any:
        text: str = node.value
        if node.style in ("'", '"', "|", ">"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _AMBIGUOUS or text.lower() in _WORDS:
            return self._wrong(line, path, f"{text} is ambiguous: write true or false, or put it in quotes")
        if _LEADING_ZERO.fullmatch(text):
            return self._wrong(line, path, f"{text} begins with a zero: put it in quotes")
        if _INT.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text

    def _wrong(self, line: int, path: Path_, message: str) -> None:
        self.findings.append(Finding(self.name, line, dotted(path), message))


def walk(folder: Path) -> Iterator[Path]:
    """Every data file below a folder, in a stable order."""
    return iter(sorted(folder.rglob("*.yaml")))

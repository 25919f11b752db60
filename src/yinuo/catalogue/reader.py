"""Strict YAML: what could be misread is an error, and every value knows its line.

Refused: duplicate keys, YES/NO/ON/OFF written bare, numbers with leading zeros, aliases, tags, control
characters, a second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER_STARTS = frozenset("+-0123456789")
_LONGEST_WORD = 5  # of those that are ambiguous: FALSE
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
DEEPEST = 40  # levels; the deepest of a real item are nine


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes and guesses nothing: what a plain word means is decided below, by our own rules."""

    # Asked for every node, whatever its arguments: a built-in that answers with no tag is a quarter quicker.
    resolve = descend_resolver = ascend_resolver = staticmethod("".format)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a data file. Shown as `file:line: path: message`."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"


@dataclass(frozen=True)
class Source:
    """A data file as read. Its lines are looked up only when something is wrong."""

    file: str
    value: Any
    text: str | None = None  # None where it cannot be composed at all
    findings: tuple[Finding, ...] = ()

    @cached_property
    def lines(self) -> dict[Path_, int]:
        """The line of every path: of its key, or of the entry of a list."""
        found: dict[Path_, int] = {}
        if self.text is not None:
            root = yaml.compose(self.text, Loader=_Loader)
            assert root is not None
            _note_lines(root, (), root.start_mark.line + 1, found)
        return found

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
        return Source(name, None, None, (Finding(name, 1, ".", f"cannot be read: {error}"),))
    return read_text(text, name)


def read_text(text: str, name: str) -> Source:
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        message = f"holds the control character U+{ord(control[0]):04X}"
        return Source(name, None, None, (Finding(name, line, ".", message),))
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        return Source(name, None, None, (_syntax_finding(name, error),))
    except RecursionError:
        return Source(name, None, None, (Finding(name, 1, ".", "is nested too deeply"),))
    if len(nodes) != 1 or nodes[0] is None:
        line = nodes[1].start_mark.line + 1 if len(nodes) > 1 else 1
        return Source(name, None, None, (Finding(name, line, ".", "must hold exactly one document"),))
    try:
        return Source(name, _sound(nodes[0], "*" in text), text)
    except _Doubt:
        reading = _Reading(name)
        value = reading.value(nodes[0], nodes[0].start_mark.line + 1)
        return Source(name, value, text, tuple(reading.findings))


class _Doubt(Exception):  # noqa: N818 - no error: something has to be looked at more closely
    """The quick pass met something that may be wrong; the careful one says what and where."""


def _sound(node: yaml.Node, may_alias: bool, depth: int = 0) -> Any:
    """The value of a node in which nothing at all is wrong, without keeping track of places. An alias, which
    needs a star somewhere in the text, cannot be told from a value written out."""
    if may_alias or depth >= DEEPEST:
        raise _Doubt
    if isinstance(node, yaml.ScalarNode):
        return _sound_scalar(node)
    if node.tag:
        raise _Doubt
    if isinstance(node, yaml.SequenceNode):
        return [_sound(child, False, depth + 1) for child in node.value]
    made: dict[str, Any] = {}
    for key, child in node.value:
        if type(key) is not yaml.ScalarNode:
            raise _Doubt
        made[key.value] = (
            _sound_scalar(child) if type(child) is yaml.ScalarNode else _sound(child, False, depth + 1)
        )
    if len(made) != len(node.value):
        raise _Doubt
    return made


def _sound_scalar(node: yaml.ScalarNode) -> Any:
    text: str = node.value
    if node.tag:
        raise _Doubt
    if node.style:  # quoted or a block
        return text
    if len(text) <= _LONGEST_WORD:
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _AMBIGUOUS or text.lower() in _WORDS:
            raise _Doubt
    if text[0] not in _NUMBER_STARTS:
        return text
    if _LEADING_ZERO.fullmatch(text):
        raise _Doubt
    return int(text) if _INT.fullmatch(text) else float(text) if _FLOAT.fullmatch(text) else text


def _note_lines(node: yaml.Node, path: Path_, line: int, found: dict[Path_, int]) -> None:
    if path in found or len(path) > DEEPEST:
        return
    found[path] = line
    if isinstance(node, yaml.SequenceNode):
        for n, child in enumerate(node.value):
            _note_lines(child, (*path, n), child.start_mark.line + 1, found)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if isinstance(key, yaml.ScalarNode):
                _note_lines(child, (*path, key.value), key.start_mark.line + 1, found)


def _syntax_finding(name: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return Finding(name, line, ".", f"is no YAML: {getattr(error, 'problem', None) or error}")


@dataclass(slots=True)
class _Reading:
    """One pass over the nodes. `path` is where the pass is; `seen` finds what an alias brings back."""

    name: str
    path: list[str | int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node, line: int) -> Any:
        if id(node) in self.seen:
            return self._wrong(line, "write it out: aliases are not allowed")
        self.seen.add(id(node))
        if len(self.path) > DEEPEST:
            del self.path[1:]
            return self._wrong(line, "is nested too deeply")
        if node.tag:
            return self._wrong(line, f"tags are not allowed: {node.tag.removeprefix('tag:yaml.org,2002:')}")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        return self._sequence(node) if isinstance(node, yaml.SequenceNode) else self._mapping(node, line)

    def _at(self, part: str | int, node: yaml.Node, line: int) -> Any:
        if isinstance(node, yaml.ScalarNode) and not node.tag and id(node) not in self.seen:
            self.seen.add(id(node))  # most nodes: no deeper path is needed for them
            return self._scalar(node, line, part)
        depth = len(self.path)
        self.path.append(part)
        value = self.value(node, line)
        del self.path[depth:]
        return value

    def _sequence(self, node: yaml.SequenceNode) -> list[Any]:
        return [self._at(n, child, child.start_mark.line + 1) for n, child in enumerate(node.value)]

    def _mapping(self, node: yaml.Node, line: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, child in node.value:
            key, at = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(at, "a key must be a word")
                continue
            if key in first:
                self._wrong(at, f"stands twice; first on line {first[key]}", key)
                continue
            first[key] = at
            made[key] = self._at(key, child, at)
        return made

    def _scalar(self, node: yaml.ScalarNode, line: int, key: str | int | None = None) -> Any:
        text: str = node.value
        if node.style in ("'", '"', "|", ">"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if len(text) <= _LONGEST_WORD and (text.lower() in _AMBIGUOUS or text.lower() in _WORDS):
            message = f"{text} is ambiguous: write true or false, or put it in quotes"
            return self._wrong(line, message, key)
        return self._number(text, line, key) if text[0] in _NUMBER_STARTS else text

    def _number(self, text: str, line: int, key: str | int | None) -> Any:
        if _LEADING_ZERO.fullmatch(text):
            return self._wrong(line, f"{text} begins with a zero: put it in quotes", key)
        if _INT.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text

    def _wrong(self, line: int, message: str, key: str | int | None = None) -> None:
        path = (*self.path, key) if key is not None else tuple(self.path)
        self.findings.append(Finding(self.name, line, dotted(path), message))


def walk(folder: Path) -> Iterator[Path]:
    """Every data file below a folder, in a stable order."""
    return iter(sorted(folder.rglob("*.yaml")))

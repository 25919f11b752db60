"""Questions first: a tree of questions from what happened in somebody's life to the service that answers it.

A question is asked in one place only, so where somebody stands says how they came there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, model_validator

from yinuo.catalogue.assembly import text
from yinuo.catalogue.language import Lang, Language
from yinuo.catalogue.reader import Path_, Source
from yinuo.catalogue.schema import Key, Shape, TextShape
from yinuo.core.form import Text

START = "start"
MOST_CLICKS = 4  # from the first question to an open guide

Problem = tuple[Path_, str]


class OptionShape(Shape):
    """One answer. It leads to one of: another question, services (the likeliest first), a topic's list."""

    label: TextShape
    hint: TextShape | None = None
    ask: Key | None = None
    items: Annotated[list[Key], Field(min_length=1, max_length=8)] | None = None
    topic: Key | None = None

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> OptionShape:
        leads = [word for word in ("ask", "items", "topic") if getattr(self, word) is not None]
        if not leads:
            raise ValueError("leads nowhere: write one of ask, items, topic")
        if len(leads) > 1:
            raise ValueError(f"leads to {' and '.join(leads)}: write one of them")
        return self


class NodeShape(Shape):
    key: Key
    question: TextShape
    hint: TextShape | None = None
    options: Annotated[list[OptionShape], Field(min_length=2, max_length=20)]


@dataclass(frozen=True, slots=True)
class Option:
    """Exactly one of `ask`, `items` and `topic` is set."""

    label: Text
    hint: Text | None
    ask: str | None
    items: tuple[str, ...]
    topic: str | None

    @property
    def is_list(self) -> bool:
        """Several services, to choose from on a page of their own."""
        return len(self.items) > 1


@dataclass(frozen=True, slots=True)
class Node:
    key: str
    question: Text
    hint: Text | None
    options: tuple[Option, ...]

    def leaf(self, item: str) -> Option | None:
        """The option with several services of which this is the likeliest."""
        return next((one for one in self.options if one.is_list and one.items[0] == item), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A question on somebody's way and what they chose there."""

    node: Node
    chosen: Option


@dataclass(frozen=True, slots=True)
class Paths:
    """`nodes` in the order of the file; `above`: the step that leads to a question, by its key."""

    nodes: tuple[Node, ...] = ()
    source: Source | None = None
    above: Mapping[str, Step] = field(default_factory=dict)

    @property
    def start(self) -> Node | None:
        return self.node(START)

    def node(self, key: str) -> Node | None:
        return next((node for node in self.nodes if node.key == key), None)

    def trail(self, key: str) -> tuple[Step, ...]:
        """The steps from the first question to this one; nothing for the first and for what none leads to."""
        steps: list[Step] = []
        while key in self.above and len(steps) < len(self.nodes):
            steps.append(self.above[key])
            key = self.above[key].node.key
        return tuple(reversed(steps))


NO_PATHS = Paths()


def paths_from(shapes: Iterable[NodeShape], source: Source) -> Paths:
    nodes = tuple(_node(shape) for shape in shapes)
    return Paths(nodes, source, _above(nodes))


def _node(shape: NodeShape) -> Node:
    options = tuple(
        Option(text(one.label), _text_or_none(one.hint), one.ask, tuple(one.items or ()), one.topic)
        for one in shape.options
    )
    return Node(shape.key, text(shape.question), _text_or_none(shape.hint), options)


def _text_or_none(shape: TextShape | None) -> Text | None:
    return text(shape) if shape is not None else None


def _above(nodes: tuple[Node, ...]) -> dict[str, Step]:
    """The first place from which each question is asked, going out from the first question."""
    by_key = {node.key: node for node in reversed(nodes)}
    above: dict[str, Step] = {}
    waiting = [START] if START in by_key else []
    for key in waiting:
        for option in by_key[key].options:
            if option.ask in by_key and option.ask not in waiting:
                above[option.ask] = Step(by_key[key], option)
                waiting.append(option.ask)
    return above


@dataclass(frozen=True, slots=True)
class Ground:
    """What the questions can lead to. `branches`: item -> its branch."""

    branches: Mapping[str, str]
    topics: Container[str]
    language: Language


def problems(paths: Paths, ground: Ground) -> Iterator[Problem]:
    """Everything an editor must put right; nothing where a city asks no questions."""
    if not paths.nodes:
        return
    if paths.start is None:
        yield (), f"there is no question {START} to begin with"
        return
    yield from _twice(paths)
    for path, option in _options(paths):
        yield from _lost(path, option, paths, ground)
    yield from _astray(paths)
    yield from _too_far(paths)
    yield from _left_out(paths, ground)
    yield from _office_words(paths, ground.language)


def _options(paths: Paths) -> Iterator[tuple[Path_, Option]]:
    for n, node in enumerate(paths.nodes):
        for m, option in enumerate(node.options):
            yield (n, "options", m), option


def _twice(paths: Paths) -> Iterator[Problem]:
    keys = [node.key for node in paths.nodes]
    for n, node in enumerate(paths.nodes):
        if keys.index(node.key) != n:
            yield (n, "key"), f"{node.key} stands twice"
        firsts = [option.items[0] if option.is_list else None for option in node.options]
        for m, first in enumerate(firsts):
            if first and firsts.index(first) != m:
                yield (n, "options", m, "items", 0), f"{first} comes first in another option already"


def _lost(path: Path_, option: Option, paths: Paths, ground: Ground) -> Iterator[Problem]:
    """What an option leads to and nobody has."""
    if option.ask is not None and paths.node(option.ask) is None:
        yield (*path, "ask"), f"there is no question {option.ask}"
    if option.topic is not None and option.topic not in ground.topics:
        yield (*path, "topic"), f"there is no topic {option.topic}"
    for k, item in enumerate(option.items):
        if item not in ground.branches:
            yield (*path, "items", k), f"there is no item {item}"
        if item in option.items[:k]:
            yield (*path, "items", k), f"{item} stands twice"


def _astray(paths: Paths) -> Iterator[Problem]:
    """Questions that go in a circle, that are asked in two places, and that none leads to."""
    asked: set[str] = set()
    for path, option in _options(paths):
        key, here = option.ask, paths.nodes[int(path[0])].key
        if key is None or paths.node(key) is None:
            continue
        if key == here or key in {step.node.key for step in paths.trail(here)}:
            yield (*path, "ask"), f"goes in a circle: {key} was asked before"
        elif key in asked:
            yield (*path, "ask"), f"{key} is asked in another place already"
        asked.add(key)
    for n, node in enumerate(paths.nodes):
        if node.key != START and node.key not in paths.above:
            yield (n, "key"), f"{node.key} cannot be reached from {START}"


def _too_far(paths: Paths) -> Iterator[Problem]:
    for path, option in _options(paths):
        if option.ask is None:
            clicks = clicks_to(option, paths.nodes[int(path[0])], paths)
            if clicks > MOST_CLICKS:
                yield path, f"a guide is {clicks} clicks from the first question; {MOST_CLICKS} at most"


def clicks_to(option: Option, node: Node, paths: Paths) -> int:
    """From the first question to the guide: a single service opens at once, of several one is chosen."""
    return len(paths.trail(node.key)) + (2 if option.is_list or option.topic else 1)


def _left_out(paths: Paths, ground: Ground) -> Iterator[Problem]:
    """A branch that has services, and none of them is named where somebody can come."""
    met = {ground.branches.get(item) for item in items_in(paths)}
    for branch in dict.fromkeys(ground.branches.values()):
        if branch not in met:
            yield (), f"leads to no item of the branch {branch}"


def items_in(paths: Paths) -> Iterator[str]:
    """Every service that the questions name, as often as they do."""
    for node in paths.nodes:
        if node.key == START or node.key in paths.above:
            for option in node.options:
                yield from option.items


def _office_words(paths: Paths, language: Language) -> Iterator[Problem]:
    for path, told in _texts(paths):
        said: tuple[tuple[Lang, str], ...] = (("zh", told.zh), ("en", told.en))
        for lang, words in said:
            for word, plain in language.office_words(words, lang):
                yield (*path, lang), f"{word} is office language: write {plain}"


def _texts(paths: Paths) -> Iterator[tuple[Path_, Text]]:
    for n, node in enumerate(paths.nodes):
        yield (n, "question"), node.question
        if node.hint is not None:
            yield (n, "hint"), node.hint
    for path, option in _options(paths):
        yield (*path, "label"), option.label
        if option.hint is not None:
            yield (*path, "hint"), option.hint

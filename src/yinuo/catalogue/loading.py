"""Loading a catalogue: every file read strictly, every finding collected, whatever is sound made usable."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

from yinuo.catalogue import city as cities
from yinuo.catalogue.assembly import assemble, group, groups_used, route, version_of
from yinuo.catalogue.language import NO_LANGUAGE, Language, LanguageShape, language_from
from yinuo.catalogue.notices import NO_NOTICES, Notices, NoticesShape
from yinuo.catalogue.passwords import PasswordsShape, word_problems
from yinuo.catalogue.paths import NO_PATHS, NodeShape, Paths, paths_from
from yinuo.catalogue.posts import NO_POSTS, Posts, PostsShape, post_problems, posts_from
from yinuo.catalogue.reader import Finding, Source, read_file, walk
from yinuo.catalogue.readings import Readings, kept_readings
from yinuo.catalogue.retention import (
    NO_RETENTION,
    Retention,
    RetentionShape,
    retention_from,
    retention_problems,
)
from yinuo.catalogue.schema import GroupShape, ItemShape, Key, RouteShape, Shape, TextShape, Words
from yinuo.catalogue.shaping import Loading, sound
from yinuo.catalogue.supervision import NO_RULES, Rules, SupervisionShape, rule_problems, rules_from
from yinuo.catalogue.years import YearShape, year_from, year_problems
from yinuo.core.calendar import Calendar, Year
from yinuo.core.form import Field, Text
from yinuo.core.item import Item
from yinuo.core.route import Route

S = TypeVar("S")


class LawShape(Shape):
    id: Key
    name: TextShape
    short: dict[str, Words]
    issuer: str | None
    level: str
    number: str | None
    version_date: str | None
    in_force_from: str | None
    status: Literal["in-force", "amended-since", "repealed", "unknown"]
    articles: int | None
    day_unit: Literal["working", "calendar"] | None
    day_unit_article: str | None
    text_checked: bool
    aliases: list[str] = []


Groups = Mapping[str, tuple[GroupShape, Any]]
Ways = Mapping[str, tuple[RouteShape, Any]]


@dataclass(slots=True)
class Entry:
    """One item with all that stands behind it."""

    item: Item
    shape: ItemShape
    source: Source
    bundle: Mapping[str, Any]


@dataclass(slots=True)
class Catalogue:
    """What was loaded, and everything that was wrong with it."""

    city: cities.City
    calendar: Calendar
    holidays: Mapping[str, Text]
    laws: Mapping[str, LawShape]
    routes: Mapping[str, Route]
    topics: tuple[cities.Topic, ...]
    synonyms: tuple[cities.SynonymsShape, ...]
    language: Language
    paths: Paths
    entries: Mapping[str, Entry]
    notices: Notices = NO_NOTICES
    rules: Rules = NO_RULES
    retention: Retention = NO_RETENTION
    easy_words: tuple[str, ...] = ()  # what no password may be made of, beside the names of the city
    findings: list[Finding] = field(default_factory=list)

    @property
    def items(self) -> dict[str, Item]:
        return {key: entry.item for key, entry in self.entries.items()}


def load(root: Path, city: str | None = None) -> Catalogue:
    """Load the catalogue below `root`. `city` names the folder; None takes the only one.

    Raises CatalogueBrokenError when there is no usable city or calendar: nothing can run without them.
    """
    with collector_paused():
        return _load(root, city)


def _load(root: Path, city: str | None) -> Catalogue:
    loading = Loading(root, kept_readings(root))
    folder = _city_folder(root, city)
    town = _load_city(loading, folder)
    calendar, holidays = _load_calendar(loading)
    if town is None or calendar is None:
        raise CatalogueBrokenError(loading.findings)
    catalogue = _catalogue(loading, folder, town, calendar, holidays)
    loading.readings.keep()
    return catalogue


def _catalogue(
    loading: Loading, folder: Path, town: cities.City, calendar: Calendar, holidays: dict[str, Text]
) -> Catalogue:
    base = _load_foundation(loading)
    return Catalogue(
        city=town,
        calendar=calendar,
        holidays=holidays,
        laws=base.laws,
        routes=base.routes,
        topics=tuple(
            cities.topic_from(t) for t in _load_list(loading, folder / "topics.yaml", cities.TopicShape)
        ),
        synonyms=tuple(_load_list(loading, folder / "synonyms.yaml", cities.SynonymsShape)),
        language=_load_language(loading),
        notices=_load_notices(loading),
        rules=_load_rules(loading, folder / "supervision.yaml"),
        retention=_load_retention(loading, folder / "retention.yaml"),
        easy_words=_load_easy_words(loading, folder / "passwords.yaml"),
        paths=_load_paths(loading, folder / "paths.yaml"),
        entries=_load_items(loading, folder / "items", base),
        findings=loading.findings,
    )


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the cycle collector: hundreds of files make millions of objects and not one cycle, and
    looking for cycles among them takes longer than reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # nor does it ever look at what was made here: it is let go when nobody holds it
            gc.enable()


def load_calendar(root: Path) -> Calendar:
    """The calendar alone, for whoever needs no items. Raises CatalogueBrokenError when it cannot be read."""
    loading = Loading(root, Readings(root))
    calendar, _names = _load_calendar(loading)
    if calendar is None or loading.findings:
        raise CatalogueBrokenError(loading.findings)
    return calendar


class CatalogueBrokenError(Exception):
    """Neither city nor calendar can be made of what was found."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def _city_folder(root: Path, city: str | None) -> Path:
    if city is not None:
        return root / city
    folders = sorted(path.parent for path in root.glob("*/city.yaml"))
    if len(folders) != 1:
        message = "there must be one folder with a city.yaml, or the city must be named"
        raise CatalogueBrokenError([Finding(".", 1, ".", message)])
    return folders[0]


def _load_city(loading: Loading, folder: Path) -> cities.City | None:
    source = loading.read(folder / "city.yaml")
    shape = loading.shape(source, TypeAdapter(cities.CityShape))
    if shape is None:
        return None
    wrong = [source.finding(path, message) for path, message in cities.problems(shape)]
    loading.findings.extend(wrong)
    return None if wrong else cities.city_from(shape, _load_posts(loading, folder / "posts.yaml"))


def _load_posts(loading: Loading, path: Path) -> Posts:
    """Which post may do what; a city without the file lets nobody do anything."""
    shape = sound(loading, path, PostsShape, post_problems)
    return posts_from(shape) if shape is not None else NO_POSTS


def _load_calendar(loading: Loading) -> tuple[Calendar | None, dict[str, Text]]:
    years: list[Year] = []
    names: dict[str, Text] = {}
    for path in walk(loading.root / "calendars" / "cn"):
        source = loading.read(path)
        shape = loading.shape(source, TypeAdapter(YearShape))
        if shape is not None and not (wrong := list(year_problems(shape, path.stem, source))):
            years.append(year_from(shape, names))
        elif shape is not None:
            loading.findings.extend(wrong)
    try:
        return Calendar(tuple(years)), names
    except ValueError as error:
        loading.findings.append(Finding("calendars/cn", 1, ".", str(error)))
        return None, names


def _load_language(loading: Loading) -> Language:
    """The rules of plain language; a catalogue without the file has none."""
    path = loading.root / "language.yaml"
    shape = loading.shape(loading.read(path), TypeAdapter(LanguageShape)) if path.exists() else None
    return language_from(shape) if shape is not None else NO_LANGUAGE


def _load_notices(loading: Loading) -> Notices:
    """The templates of notices; with a catalogue that has none nobody is told anything."""
    path = loading.root / "notices.yaml"
    source = loading.read(path) if path.exists() else None
    shape = loading.shape(source, TypeAdapter(NoticesShape)) if source is not None else None
    return Notices(shape, source) if shape is not None else NO_NOTICES


def _load_rules(loading: Loading, path: Path) -> Rules:
    """How the city watches over its promises; a city without the file has the presets and tells nobody."""
    shape = sound(loading, path, SupervisionShape, rule_problems) if path.exists() else None
    return rules_from(shape) if shape is not None else NO_RULES


def _load_retention(loading: Loading, path: Path) -> Retention:
    """How long what is kept; a city without the file erases nothing by itself."""
    shape = sound(loading, path, RetentionShape, retention_problems) if path.exists() else None
    return retention_from(shape) if shape is not None else NO_RETENTION


def _load_easy_words(loading: Loading, path: Path) -> tuple[str, ...]:
    """Words that a password may not be made of; a city without the file has its names alone."""
    shape = sound(loading, path, PasswordsShape, word_problems) if path.exists() else None
    return tuple(shape.words) if shape is not None else ()


def _load_paths(loading: Loading, path: Path) -> Paths:
    """The questions that lead to a service; a city without the file asks none."""
    source = loading.read(path) if path.exists() else None
    shapes = loading.shape(source, TypeAdapter(list[NodeShape])) if source is not None else None
    return paths_from(shapes, source) if source is not None and shapes else NO_PATHS


def _load_list(loading: Loading, path: Path, shape: type[S]) -> list[S]:
    return loading.shape(loading.read(path), TypeAdapter(list[shape])) or []  # type: ignore[valid-type]


def _load_folder(loading: Loading, folder: Path, shape: type[S]) -> dict[str, tuple[S, Any]]:
    """Every file of a folder by its id, with its raw value for the bundle."""
    made: dict[str, tuple[S, Any]] = {}
    for path in walk(folder):
        source = loading.read(path)
        value = loading.shape(source, TypeAdapter(shape))
        if value is None:
            continue
        if value.id != path.stem:  # type: ignore[attr-defined]
            loading.findings.append(source.finding(("id",), f"the file is named {path.stem}"))
        made[path.stem] = (value, source.value)
    return made


@dataclass(frozen=True, slots=True)
class Foundation:
    """What every item stands on: the laws, and the raw and checked field groups and routes."""

    root: Path
    laws: Mapping[str, LawShape]
    groups: Groups
    ways: Ways
    fields: Mapping[str, tuple[Field, ...]]
    routes: Mapping[str, Route]


def load_foundation(root: Path) -> Foundation:
    """Laws, groups and routes alone, to look at single items without reading all of them.

    Raises CatalogueBrokenError when something in them is wrong.
    """
    loading = Loading(root, Readings(root))
    base = _load_foundation(loading)
    if loading.findings:
        raise CatalogueBrokenError(loading.findings)
    return base


def load_item(base: Foundation, path: Path) -> Entry:
    """One item from its file, wherever that lies. Raises CatalogueBrokenError with what is wrong in it."""
    source = read_file(path)
    loading = Loading(base.root, Readings(base.root), list(source.findings))
    shape = loading.shape(source, TypeAdapter(ItemShape))
    if shape is not None:
        loading.findings.extend(_missing_parts(shape, source, base))
    if shape is None or loading.findings:
        raise CatalogueBrokenError(loading.findings)
    return _entry(shape, source, base)


def _load_foundation(loading: Loading) -> Foundation:
    groups = _load_folder(loading, loading.root / "fields", GroupShape)
    ways = _load_folder(loading, loading.root / "routes", RouteShape)
    return Foundation(
        root=loading.root,
        laws={law.id: law for law in _load_list(loading, loading.root / "laws.yaml", LawShape)},
        groups=groups,
        ways=ways,
        fields={key: group(shape) for key, (shape, _) in groups.items()},
        routes={key: route(shape) for key, (shape, _) in ways.items()},
    )


def _load_items(loading: Loading, folder: Path, base: Foundation) -> dict[str, Entry]:
    adapter: TypeAdapter[ItemShape] = TypeAdapter(ItemShape)
    made: dict[str, Entry] = {}
    for path in walk(folder):
        source = loading.read(path)
        shape = loading.shape(source, adapter)
        if shape is None:
            continue
        wrong = [*_place_problems(shape, source, path, made), *_missing_parts(shape, source, base)]
        loading.findings.extend(wrong)
        if not wrong:
            made[shape.id] = _entry(shape, source, base)
    return made


def _place_problems(
    shape: ItemShape, source: Source, path: Path, made: Mapping[str, Entry]
) -> Iterable[Finding]:
    if shape.id != path.stem:
        yield source.finding(("id",), f"the file is named {path.stem}")
    if shape.id in made:
        yield source.finding(("id",), f"stands twice; first in {made[shape.id].source.file}")
    if shape.branch != path.parent.name:
        yield source.finding(("branch",), f"the file lies in the folder {path.parent.name}")


def _missing_parts(shape: ItemShape, source: Source, base: Foundation) -> Iterable[Finding]:
    """What would keep the item from being put together at all."""
    if shape.route not in base.ways:
        yield source.finding(("route",), f"there is no route {shape.route}")
    for page, field_, use in _uses(shape):
        if use not in base.groups:
            yield source.finding(("form", page, "fields", field_, "use"), f"there is no field group {use}")


def _uses(shape: ItemShape) -> Iterable[tuple[int, int, str]]:
    for n, page in enumerate(shape.form):
        for m, entry in enumerate(page.fields):
            use = getattr(entry, "use", None)
            if use is not None:
                yield n, m, use


def _entry(shape: ItemShape, source: Source, base: Foundation) -> Entry:
    used = sorted(groups_used(shape))
    bundle = {
        "item": source.value,
        "groups": {key: base.groups[key][1] for key in used},
        "route": base.ways[shape.route][1],
    }
    item = assemble(shape, base.fields, base.routes[shape.route], version_of(bundle))
    return Entry(item, shape, source, bundle)

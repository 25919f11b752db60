"""Lints: what the shape cannot say and an editor must know. Each is a function of one entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yinuo.catalogue.loading import Catalogue, Entry, LawShape
from yinuo.catalogue.reader import Finding, Path_
from yinuo.catalogue.schema import GroundShape, ItemLimitShape, ScenarioShape, UseShape
from yinuo.core.clock import Limit, Unit
from yinuo.core.form import AllOf, AnyOf, Field, In, Is, Not, When, fields_of

Problem = tuple[Path_, str]
Lint = Callable[[Entry, Catalogue], Iterator[Problem]]

_NUMERALS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_HALF_WIDTH = re.compile(r"[一-鿿][,;:?!][一-鿿]")
_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百两]+|[0-9]+)条")
_COMPARABLE = {
    Unit.WORKING_DAY: 1.4,
    Unit.CALENDAR_DAY: 1.0,
    Unit.MONTH: 30.0,
    Unit.HOUR: 1 / 24,
    Unit.IMMEDIATE: 0.0,
}


def promised_within_statutory(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for key, limit in _limits(entry):
        if limit.statutory is not None and length(limit.promised) > length(limit.statutory):
            yield (
                ("limits", key, "promised"),
                f"{limit.promised} is longer than the statutory {limit.statutory}",
            )


def length(limit: Limit) -> float:
    """A limit in calendar days, roughly: five working days are a week. Only for comparing two limits."""
    return limit.amount * _COMPARABLE[limit.unit]


def statutory_has_ground(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for key, limit in _limits(entry):
        if (limit.statutory is None) != (limit.ground is None):
            yield ("limits", key), "a statutory limit and its ground stand together, or both are null"


def _limits(entry: Entry) -> Iterator[tuple[str, ItemLimitShape]]:
    limits = entry.shape.limits
    yield "accept", limits.accept
    yield "decide", limits.decide
    if limits.deliver is not None:
        yield "deliver", limits.deliver


def immediate_means_a_day(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """即办件 is done at once; at the latest on the next working day."""
    limit = entry.shape.limits.decide.promised
    at_once = limit.unit is Unit.IMMEDIATE or length(limit) <= length(Limit(1, Unit.WORKING_DAY))
    if entry.shape.handling == "immediate" and not at_once:
        yield (
            ("limits", "decide", "promised"),
            f"an immediate item is done within one working day, not {limit}",
        )


def visits_have_reasons(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    visits = entry.shape.visits
    if visits.count and visits.reason is None:
        yield ("visits", "reason"), "a visit needs a reason"
    if not visits.count and visits.reason is not None:
        yield ("visits", "reason"), "there is no visit to give a reason for"
    if entry.shape.online == "full" and visits.count:
        yield ("online",), "an item with a visit is not fully online"


def no_visit_no_original(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for n, material in enumerate(entry.shape.materials):
        if not entry.shape.visits.count and material.bring:
            yield ("materials", n, "bring"), "is brought to the window, but the item needs no visit"
        shown = material.form in ("original", "check") and not material.fetch
        if not entry.shape.visits.count and shown:
            yield ("materials", n, "form"), "an original has to be shown, but the item needs no visit"
        if material.bring and material.fetch:
            yield ("materials", n, "fetch"), "what the office fetches itself nobody has to bring"


def grounds_exist(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for path, ground in _grounds(entry):
        law = catalogue.laws.get(ground.law)
        if law is None:
            yield (*path, "law"), f"there is no law {ground.law} in laws.yaml"
            continue
        if law.status == "repealed":
            yield (*path, "law"), f"{law.name.zh} is no longer in force"
        yield from (((*path, "article"), message) for message in _article_problems(ground.article, law))


def _grounds(entry: Entry) -> Iterator[tuple[Path_, GroundShape]]:
    shape = entry.shape
    yield from ((("basis", n), ground) for n, ground in enumerate(shape.basis))
    for key, limit in _limits(entry):
        if limit.ground is not None:
            yield ("limits", key, "ground"), limit.ground
    for n, procedure in enumerate(shape.special_procedures):
        yield ("special_procedures", n, "ground"), procedure.ground
    if shape.extension is not None:
        yield ("extension", "ground"), shape.extension.ground
    if shape.supplement is not None and shape.supplement.ground is not None:
        yield ("supplement", "ground"), shape.supplement.ground


def _article_problems(article: str, law: LawShape) -> Iterator[str]:
    numbers = [numeral(found) for found in _ARTICLE.findall(article)]
    if not numbers:
        yield f"{article} names no article: write 第二十五条"
    for number in numbers:
        if law.articles and not 1 <= number <= law.articles:
            yield f"{law.name.zh} has {law.articles} articles, not {number}"


def numeral(text: str) -> int:
    """A number up to 999 written with digits or in Chinese: 二十五, 一百零三, 十."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit


def branch_and_topics_exist(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    if entry.shape.branch not in catalogue.city.branches:
        yield ("branch",), f"the city has no branch {entry.shape.branch}"
    known = {topic.key for topic in catalogue.topics}
    for n, topic in enumerate(entry.shape.topics):
        if topic not in known:
            yield ("topics", n), f"there is no topic {topic}"


def fields_are_sound(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, field in _fields(entry):
        if field.key in seen:
            yield path, f"the field {field.key} stands twice"
        seen.add(field.key)
        if field.type == "file":
            yield path, f"{field.key}: a file is a material, not a field"
        yield from ((path, f"{field.key}: {message}") for message in _choice_problems(field))
        yield from ((path, f"{field.key}: {message}") for message in _bound_problems(field))


def _choice_problems(field: Field) -> Iterator[str]:
    if (field.type in ("choice", "choices")) != bool(field.choices):
        yield "choices belong to the types choice and choices, and only there"
    if len(set(field.choice_values)) != len(field.choices):
        yield "a choice stands twice"


def _bound_problems(field: Field) -> Iterator[str]:
    if field.type == "number" and field.least is None:
        yield "a number says the least that it can be"
    if field.type != "number" and (field.least is not None or field.most is not None):
        yield "least and most are for numbers"
    if field.least is not None and field.most is not None and field.least > field.most:
        yield "least is more than most"
    if field.type not in ("date", "datetime") and (field.past or field.future):
        yield "past and future are for dates"
    if field.past and field.future:
        yield "no day is both past and future"


def _fields(entry: Entry) -> Iterator[tuple[Path_, Field]]:
    """Every field as it is asked, with where in the file it comes from."""
    for n, (page, shape) in enumerate(zip(entry.item.form.pages, entry.shape.form, strict=True)):
        places = [
            ("form", n, "fields", m)
            for m, one in enumerate(shape.fields)
            for _ in range(len(entry.bundle["groups"][one.use]["fields"]) if isinstance(one, UseShape) else 1)
        ]
        yield from zip(places, page.fields, strict=True)


def conditions_are_sound(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Every `when` looks at questions that exist, asked earlier, with values that they can have."""
    fields = {field.key: (n, field) for n, (_, field) in enumerate(_fields(entry))}
    order = 0
    for n, page in enumerate(entry.item.form.pages):
        if page.when is not None:
            yield from _condition_problems(("form", n, "when"), page.when, fields, order)
        order += len(page.fields)
    for place, (path, field) in enumerate(_fields(entry)):
        if field.when is not None:
            yield from _condition_problems((*path, "when"), field.when, fields, place)
    for n, material in enumerate(entry.item.materials):
        if material.when is not None:
            yield from _condition_problems(("materials", n, "when"), material.when, fields, len(fields))


def _condition_problems(
    path: Path_, when: When, fields: dict[str, tuple[int, Field]], before: int
) -> Iterator[Problem]:
    for key in fields_of(when):
        if key not in fields:
            yield path, f"when looks at {key}, which is no field"
        elif fields[key][0] >= before:
            yield path, f"when looks at {key}, which is asked only later"
    for key, value in _values_of(when):
        field = fields[key][1] if key in fields else None
        if field and field.choices and value not in field.choice_values:
            yield path, f"when compares {key} with {value}, which is none of its choices"
        if field and field.type == "bool" and not isinstance(value, bool):
            yield path, f"when compares {key} with {value}: write true or false"


def _values_of(when: When) -> Iterator[tuple[str, object]]:
    if isinstance(when, AllOf | AnyOf):
        for part in when.of:
            yield from _values_of(part)
    elif isinstance(when, Not):
        yield from _values_of(when.of)
    elif isinstance(when, Is):
        yield when.field, when.value
    elif isinstance(when, In):
        yield from ((when.field, value) for value in when.values)


def everything_is_used(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """A question that no condition, material, result or scenario needs is one that nobody should be asked."""
    used = set(entry.shape.result.fields)
    for _, field in _fields(entry):
        used |= set(fields_of(field.when)) if field.when else set()
    for material in entry.item.materials:
        used |= set(fields_of(material.when)) if material.when else set()
    for scenario in entry.shape.scenarios:
        used |= set(scenario.answers)
    for path, field in _fields(entry):
        if field.key not in used and not field.informational:
            yield path, f"{field.key} is asked, but no scenario answers it and nothing uses it"
    known = {field.key for field in entry.item.form.fields}
    for n, key in enumerate(entry.shape.result.fields):
        if key not in known:
            yield ("result", "fields", n), f"there is no field {key}"


def keys_are_unique(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    lists = {
        "materials": [m.key for m in entry.shape.materials],
        "special_procedures": [p.key for p in entry.shape.special_procedures],
        "situations": [s.key for s in entry.shape.situations],
        "form": [p.page for p in entry.shape.form],
        "topics": entry.shape.topics,
        "keywords": entry.shape.keywords,
    }
    for name, keys in lists.items():
        for n, key in enumerate(keys):
            if key in keys[:n]:
                yield (name, n), f"{key} stands twice"


def fees_are_whole(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    fee = entry.shape.fee
    if fee is not None and fee.amount is None and fee.note is None:
        yield ("fee",), "a fee without an amount says in its note what it depends on"
    if fee is not None and fee.amount is not None and fee.unit is None:
        yield ("fee",), "an amount needs a unit"


def scenarios_are_enough(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    shown = [scenario.shows for scenario in entry.shape.scenarios]
    if "happy" not in shown or "particular" not in shown:
        yield ("scenarios",), "there must be a happy scenario and one that shows what is particular"
    for n, scenario in enumerate(entry.shape.scenarios):
        yield from ((("scenarios", n, *path), message) for path, message in _shown_by(scenario))
        if scenario.expect.stage is None and scenario.expect.refused is None:
            yield ("scenarios", n, "expect"), "must expect a stage or a refusal"
        if scenario.name in [other.name for other in entry.shape.scenarios[:n]]:
            yield ("scenarios", n, "name"), "stands twice"


def _shown_by(scenario: ScenarioShape) -> Iterator[Problem]:
    """A happy scenario tells the whole of what an applicant meets; another one at least something."""
    expect = scenario.expect
    asks = bool(expect.asked or expect.not_asked)
    if scenario.shows == "happy":
        if not scenario.events:
            yield ("events",), "a happy scenario goes to its end"
        if "decide" not in expect.due:
            yield ("expect",), "a happy scenario says when the decision is due"
        if expect.needed is None:
            yield ("expect",), "a happy scenario says which materials are needed"
        if not asks:
            yield ("expect",), "a happy scenario says what is asked or not asked"
        return
    refusals = expect.refused or any(act.refused for act in scenario.events)
    if not (refusals or expect.due or expect.statutory_due or expect.colour or expect.needed or asks):
        yield (
            ("expect",),
            "shows nothing that is particular: expect a due date, a colour, a question, a refusal",
        )


def results_show_something(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    if entry.item.route.issues and not entry.shape.result.fields:
        yield ("result",), "a document shows at least one answer: name its fields"


def names_are_plain(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    name = entry.shape.name.zh
    if len(name) > 30:
        yield ("name", "zh"), f"{len(name)} characters are too long for a name; 30 at most"
    if re.search(r"[()“”\"]", name):
        yield ("name", "zh"), "half-width brackets and quotes do not belong in a Chinese name"


def words_are_tidy(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Chinese text carries full-width punctuation and does not begin or end with a space."""
    if not any(text != text.strip() or _HALF_WIDTH.search(text) for text in _words(entry.source.value)):
        return
    for path, text in _texts(entry.source.value, ()):
        if path[-1] == "zh" and _HALF_WIDTH.search(text):
            yield path, "half-width punctuation between Chinese characters"
        if text != text.strip():
            yield path, "begins or ends with a space"


def _words(value: object) -> Iterator[str]:
    """Every text of a value; without its place, which hardly ever matters and costs most of the time."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))
    elif isinstance(value, str) and path:
        yield path, value


LINTS: tuple[Lint, ...] = (
    promised_within_statutory,
    statutory_has_ground,
    immediate_means_a_day,
    visits_have_reasons,
    no_visit_no_original,
    grounds_exist,
    branch_and_topics_exist,
    fields_are_sound,
    conditions_are_sound,
    everything_is_used,
    keys_are_unique,
    fees_are_whole,
    results_show_something,
    scenarios_are_enough,
    names_are_plain,
    words_are_tidy,
)


def lint(entry: Entry, catalogue: Catalogue) -> Iterator[Finding]:
    for one in LINTS:
        for path, message in one(entry, catalogue):
            yield entry.source.finding(path, message)


def hot_items_exist(catalogue: Catalogue) -> Iterator[Finding]:
    for key in catalogue.city.hot:
        if key not in catalogue.entries:
            yield Finding(f"{catalogue.city.id}/city.yaml", 1, "hot", f"there is no item {key}")


def same_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Two services of one name cannot be told apart."""
    first: dict[str, str] = {}
    for entry in catalogue.entries.values():
        name = entry.shape.name.zh
        if name in first:
            yield entry.source.finding(("name", "zh"), f"is also the name of {first[name]}")
        first.setdefault(name, entry.shape.id)

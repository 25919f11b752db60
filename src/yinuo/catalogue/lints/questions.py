"""The form: sound fields, conditions that can hold, and no question that nobody needs."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.lints.problem import Problem
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import UseShape
from yinuo.core.form import AllOf, AnyOf, Field, In, Is, Not, When, fields_of


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

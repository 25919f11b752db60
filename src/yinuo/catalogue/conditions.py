"""Conditions in words: what a `when` says, with the questions and choices as people read them."""

from __future__ import annotations

from yinuo.core.form import AllOf, Answer, AnyOf, Compare, Form, In, Is, Not, Present, Text, When


def words(when: When, form: Form) -> Text:
    """`“有没有抵押”选“抵押中”`, `“Is it mortgaged” is “Mortgaged”`. A key that is no field stays a key."""
    if isinstance(when, AllOf | AnyOf):
        parts = [_part(part, when, form) for part in when.of]
        zh, en = ("，并且", " and ") if isinstance(when, AllOf) else ("，或者", " or ")
        return Text(zh.join(part.zh for part in parts), en.join(part.en for part in parts))
    if isinstance(when, Not):
        inner = words(when.of, form)
        return Text(f"不是（{inner.zh}）", f"not ({inner.en})")
    return _comparison(when, form)


def _part(part: When, whole: AllOf | AnyOf, form: Form) -> Text:
    """Brackets keep an “or” inside an “and” together, and the other way round."""
    said = words(part, form)
    mixed = isinstance(part, AllOf | AnyOf) and type(part) is not type(whole)
    return Text(f"（{said.zh}）", f"({said.en})") if mixed else said


def _comparison(when: Is | In | Present | Compare, form: Form) -> Text:
    label = _label(when.field, form)
    if isinstance(when, Present):
        zh, en = ("填了", "is filled in") if when.present else ("没填", "is not filled in")
    elif isinstance(when, Compare):
        zh, en = _bounds(when)
    else:
        values = [when.value] if isinstance(when, Is) else list(when.values)
        shown = [_value(when.field, value, form) for value in values]
        zh = f"选{'或'.join(f'“{one.zh}”' for one in shown)}"
        en = f"is {' or '.join(f'“{one.en}”' for one in shown)}"
    return Text(f"“{label.zh}”{zh}", f"“{label.en}” {en}")


def _bounds(when: Compare) -> tuple[str, str]:
    both: list[tuple[str, str]] = []
    if when.at_least is not None:
        both.append((f"不小于 {number(when.at_least)}", f"is at least {number(when.at_least)}"))
    if when.at_most is not None:
        both.append((f"不大于 {number(when.at_most)}", f"is at most {number(when.at_most)}"))
    return "、".join(zh for zh, _ in both), " and ".join(en for _, en in both)


def number(value: float) -> str:
    """`2.5`, `1000000`: every digit, and no point where there is nothing behind it."""
    return str(int(value)) if value == int(value) else str(value)


def _label(key: str, form: Form) -> Text:
    field = form.field(key)
    return field.label if field is not None else Text(key, key)


def _value(key: str, value: Answer, form: Form) -> Text:
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    field = form.field(key)
    found = next((choice.label for choice in field.choices if choice.value == value), None) if field else None
    return found or Text(str(value), str(value))

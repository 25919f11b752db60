"""Forms: typed fields, steps and the small conditions that decide what is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from yinuo.core.identifiers import CHECKS, normalize

Answer: TypeAlias = "str | int | float | bool | list[str]"
Answers: TypeAlias = Mapping[str, Answer]

TYPES = frozenset(
    {"text", "longtext", "date", "datetime", "number", "choice", "choices", "bool", "file", "location"}
    | {"idcard", "phone", "address", "division", "plate", "vin", "uscc", "passport"}
)
LONGEST_TEXT = {"longtext": 5000}
LONGEST_LINE = 200
_NOT_PLAIN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?P<time>[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_LOCATION = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,7})?,-?[0-9]{1,3}(\.[0-9]{1,7})?")


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, in both languages of the hall."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def said(self, lang: str) -> str:
        """In `en`, and in Chinese for every other language."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Is:
    field: str
    value: Answer

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.field)
        return self.value in given if isinstance(given, list) else given == self.value


@dataclass(frozen=True, slots=True)
class In:
    field: str
    values: tuple[Answer, ...]

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.field)
        if isinstance(given, list):
            return any(value in given for value in self.values)
        return given in self.values


@dataclass(frozen=True, slots=True)
class Present:
    field: str
    present: bool = True

    def holds(self, answers: Answers) -> bool:
        return (answers.get(self.field) not in (None, "", [])) is self.present


@dataclass(frozen=True, slots=True)
class Compare:
    """`at_least` and `at_most` on numbers; false while there is no number."""

    field: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.field)
        if isinstance(given, bool) or not isinstance(given, int | float):
            return False
        return (self.at_least is None or given >= self.at_least) and (
            self.at_most is None or given <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class AllOf:
    of: tuple[When, ...]

    def holds(self, answers: Answers) -> bool:
        return all(when.holds(answers) for when in self.of)


@dataclass(frozen=True, slots=True)
class AnyOf:
    of: tuple[When, ...]

    def holds(self, answers: Answers) -> bool:
        return any(when.holds(answers) for when in self.of)


@dataclass(frozen=True, slots=True)
class Not:
    of: When

    def holds(self, answers: Answers) -> bool:
        return not self.of.holds(answers)


When: TypeAlias = Is | In | Present | Compare | AllOf | AnyOf | Not


def fields_of(when: When) -> Iterator[str]:
    """Every field key that a condition looks at."""
    if isinstance(when, AllOf | AnyOf):
        for part in when.of:
            yield from fields_of(part)
    elif isinstance(when, Not):
        yield from fields_of(when.of)
    else:
        yield when.field


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `past`/`future` bound a date by today; `least`/`most` bound a number.

    `informational`: kept for the record, read by no rule.
    """

    key: str
    label: Text
    type: str
    required: bool = True
    when: When | None = None
    hint: Text | None = None
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    past: bool = False
    future: bool = False
    longest: int | None = None
    informational: bool = False

    @property
    def choice_values(self) -> tuple[str, ...]:
        return tuple(choice.value for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Page:
    """One topic of a form, shown on one page."""

    key: str
    title: Text
    fields: tuple[Field, ...]
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """`fields` and `keys` are those of all pages, in order; made once, since every answer asks for them."""

    pages: tuple[Page, ...]
    fields: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    keys: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fields = tuple(one for page in self.pages for one in page.fields)
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "keys", {one.key: one for one in fields})

    def field(self, key: str) -> Field | None:
        return self.keys.get(key)


def asked_pages(form: Form, answers: Answers) -> list[Page]:
    """The pages that hold a question for these answers."""
    return [page for page in form.pages if asked_on(page, answers)]


def asked_on(page: Page, answers: Answers) -> list[Field]:
    if page.when is not None and not page.when.holds(answers):
        return []
    return [field for field in page.fields if field.when is None or field.when.holds(answers)]


def asked(form: Form, answers: Answers) -> list[Field]:
    return [field for page in form.pages for field in asked_on(page, answers)]


def settle(form: Form, answers: Answers) -> dict[str, Answer]:
    """The answers without those to questions that are not asked.

    Repeats until nothing falls away, since dropping one answer can close a later question.
    """
    kept = dict(answers)
    while True:
        keys = {field.key for field in asked(form, kept)}
        smaller = {key: value for key, value in kept.items() if key in keys}
        if len(smaller) == len(kept):
            return smaller
        kept = smaller


def problems(form: Form, answers: Answers, today: date) -> dict[str, str]:
    """Field key -> problem code, for every question that is asked; empty when the form is complete."""
    found = {field.key: problem(field, answers.get(field.key), today) for field in asked(form, answers)}
    wrong = {key: code for key, code in found.items() if code}
    return wrong | {key: "unknown-field" for key in answers if key not in form.keys}


def problem(field: Field, answer: Answer | None, today: date) -> str | None:
    """The code of what is wrong with one answer, or None."""
    if isinstance(answer, str) and not answer.isprintable() and _NOT_PLAIN.search(answer):
        return "bad-character"
    if answer is None or answer == [] or (isinstance(answer, str) and not answer.strip()):
        return "required" if field.required else None
    if field.type in ("choice", "choices"):
        return _choice_problem(field, answer)
    if field.type == "bool":
        return None if isinstance(answer, bool) else "not-yes-or-no"
    if field.type == "number":
        return _number_problem(field, answer)
    return _text_problem(field, answer, today) if isinstance(answer, str) else "wrong-type"


def _choice_problem(field: Field, answer: Answer) -> str | None:
    given = answer if isinstance(answer, list) else [answer]
    if (field.type == "choices") != isinstance(answer, list):
        return "wrong-type"
    return None if all(value in field.choice_values for value in given) else "not-a-choice"


def _number_problem(field: Field, answer: Answer) -> str | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return "not-a-number"
    if not abs(answer) < 1e15:
        return "not-a-number"
    if field.least is not None and answer < field.least:
        return "too-small"
    return "too-large" if field.most is not None and answer > field.most else None


def _text_problem(field: Field, answer: str, today: date) -> str | None:
    if len(answer) > (field.longest or LONGEST_TEXT.get(field.type, LONGEST_LINE)):
        return "too-long"
    if field.type in ("date", "datetime"):
        return _date_problem(field, answer, today)
    if field.type == "location":
        return None if _LOCATION.fullmatch(answer) else "bad-location"
    check = CHECKS.get(field.type)
    return check(answer) if check else None


def _date_problem(field: Field, answer: str, today: date) -> str | None:
    written = _DATE.fullmatch(answer)
    if written is None or (field.type == "date") != (written["time"] is None):
        return "bad-date"
    try:
        parsed = datetime.fromisoformat(answer)
    except ValueError:
        return "bad-date"
    if not 1900 <= parsed.year <= 2100:
        return "bad-date"
    if field.past and parsed.date() > today:
        return "date-in-future"
    return "date-in-past" if field.future and parsed.date() < today else None


def read(field: Field, raw: Sequence[str]) -> Answer | None:
    """What was typed, as an answer; text that cannot be one stays text, so that nothing is lost."""
    values = [value.strip() for value in raw if value.strip()]
    if field.type == "choices":
        return values
    if not values:
        return None
    text = values[-1]
    if field.type == "bool":
        return {"yes": True, "no": False}.get(text, text)
    if field.type == "number":
        return _read_number(text)
    return normalize(field.type, text) if field.type in CHECKS else text


def _read_number(text: str) -> int | float | str:
    plain = unicodedata.normalize("NFKC", text)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        number = float(plain)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number

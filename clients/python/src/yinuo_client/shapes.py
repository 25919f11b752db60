"""What the hall answers, as types. Only what a program is likely to read; the rest is there as well."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

Answer = str | int | float | bool | list[str]


class Words(TypedDict):
    zh: str
    en: str


class Question(TypedDict):
    key: str
    label: Words
    type: str
    required: bool
    choices: list[dict[str, str]]


class FormPage(TypedDict):
    key: str
    title: Words
    fields: list[Question]


class Material(TypedDict):
    key: str
    name: Words
    required: bool
    fetched: bool
    brought: bool


class ItemRow(TypedDict):
    id: str
    version: str
    name: Words
    summary: Words
    branch: str
    topics: list[str]


class Item(ItemRow):
    form: list[FormPage]
    materials: list[Material]
    limits: dict[str, Any]
    units: list[str]


class Promise(TypedDict):
    """`due`: a day or a moment; None while the clock stands still."""

    key: str
    name: str
    owner: str
    due: str | None
    ended_at: str | None
    colour: Literal["green", "yellow", "red", "violation", "grey"]
    status: str
    left: int


class CaseRow(TypedDict):
    number: str
    item: str
    item_name: Words
    stage: str
    unit: str
    received_at: str
    ended_at: str | None
    main: Promise | None


class Line(TypedDict):
    at: str
    who: str
    kind: str
    words: str


class SupplementNotice(TypedDict):
    fields: dict[str, str]
    materials: dict[str, str]


class Case(CaseRow):
    query_code: str
    answers: dict[str, Answer]
    promises: list[Promise]
    history: list[Line]
    notice: SupplementNotice | None
    rateable: list[int]


class WrongAnswer(TypedDict):
    code: str
    detail: str


class Draft(TypedDict):
    id: str
    item: str
    answers: dict[str, Answer]
    files: dict[str, list[str]]
    unit: str
    units: list[str]
    asked: list[str]
    wrong: dict[str, WrongAnswer]
    missing: list[str]
    is_complete: bool
    case: str | None


class File(TypedDict):
    id: str
    name: str
    content_type: str
    size: int
    state: Literal["waiting", "clean", "infected", "unscanned"]


class Submitted(TypedDict):
    """`number` None: an anonymous report."""

    number: str | None
    query_code: str


class Notice(TypedDict):
    id: int
    at: str
    case: str
    subject: str
    body: str
    read_at: str | None

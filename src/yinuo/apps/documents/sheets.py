"""The data that each typst sheet is made from. All values are JSON; all text is final, in its language.

Days are ISO dates (`2026-10-22`); `typeset_at` is an ISO instant with an offset and becomes the
creation date of the PDF, so that the same sheet gives the same bytes.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Language = Literal["zh", "en"]
DayLook = Literal["trigger", "counted", "weekend", "holiday", "makeup", "paused", "rolled"]


class Line(TypedDict):
    label_zh: str
    label_en: str
    value: str


class ResultSheet(TypedDict):
    """`result`: a certificate, or a decision that says no with its reasons and the ways to appeal.

    A no always has `reasons` and `appeals` (行政许可法第三十八条第二款); a yes leaves both empty.
    `validity` may be empty. `sample` prints that no authority issued the sheet.
    """

    typeset_at: str
    sample: bool
    title_zh: str
    title_en: str
    office: str
    office_en: str
    case_number: str
    query_code: str
    holder: list[Line]
    decision: list[str]
    reasons: list[str]
    appeals: list[str]
    grounds: list[str]
    issued_on: str
    validity: str
    qr_svg: str
    qr_address: str
    signer: str


class Day(TypedDict):
    """One row of a receipt: `kind` gives the look, `count` the number in the cell, `label` the words.

    `word` replaces what the cell of the calendar says by itself, such as the name of a holiday.
    """

    on: str
    kind: DayLook
    count: int | None
    label: str
    word: NotRequired[str]


class Stopped(TypedDict):
    """A clock that stands still since the day `on`; `left` in words (`还剩 11 个工作日`)."""

    on: str
    left: str


class Ground(TypedDict):
    label: str
    text: str


class ReceiptSheet(TypedDict):
    """`receipt`: 时限回执. Either `due_on` (with `due_time`, empty except for hours) or `stopped`.

    `days` begins with the trigger; up to 77 of them are also drawn as a calendar.
    """

    typeset_at: str
    lang: Language
    sample: bool
    office: str
    item_name: str
    case_number: str
    query_code: str
    promise: str
    due_on: str | None
    due_time: str
    stopped: Stopped | None
    provisional: bool
    summary: str
    days: list[Day]
    grounds: list[Ground]
    calendar_version: str
    item_version: str
    qr_svg: str
    qr_address: str


class Needed(TypedDict):
    """A material that the applicant brings; `form` such as `复印件 1 份`, `note` may be empty."""

    name: str
    form: str
    note: str


class Fetched(TypedDict):
    """A material that the office checks itself; `note` says where, and may be empty."""

    name: str
    note: str


class Example(TypedDict):
    start_on: str
    due_on: str
    limit: str


class Place(TypedDict):
    name: str
    address: str
    hours: str
    phone: str


class ChecklistSheet(TypedDict):
    """`checklist`: one page of materials for one situation; `situation` lists it in short phrases."""

    typeset_at: str
    lang: Language
    sample: bool
    office: str
    item_name: str
    situation: list[str]
    yours: list[Needed]
    ours: list[Fetched]
    example: Example
    places: list[Place]

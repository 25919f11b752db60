"""What the API answers about own cases, drafts and notices, and what it takes."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, StringConstraints

from yinuo.web.api.shapes import Answer, Promise, Step, Words

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
Remark = Annotated[str, StringConstraints(max_length=2000)]


class Given(Schema):
    """What somebody sends: nothing is taken that is not known."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class CaseRow(Schema):
    number: str
    item: str
    item_name: Words
    stage: str
    unit: str
    unit_name: Words
    received_at: str
    ended_at: str | None
    main: Promise | None


class Cases(Schema):
    """`next`: the cursor of the next page; null on the last."""

    entries: list[CaseRow]
    next: str | None


class Line(Schema):
    at: str
    who: str
    role: str
    kind: str
    words: str


class Notice(Schema):
    """What the one notice asks, each with what is wrong: questions by key, materials by key."""

    fields: dict[str, str]
    materials: dict[str, str]


class Urging(Schema):
    left: int
    why_not: str


class Document(Schema):
    issued_on: str
    revoked_at: str | None
    sha256: str


class Case(CaseRow):
    """As the page of the case shows it. `seq`: the last event. `standing`: what is out of the ordinary.

    `rateable`: the visits that may be rated now, 0 is the whole case.
    """

    query_code: str
    item_version: str
    seq: int
    granted: bool | None
    answers: dict[str, Answer]
    provided: dict[str, list[str]]
    promises: list[Promise]
    steps: list[Step]
    history: list[Line]
    standing: list[str]
    notice: Notice | None
    urging: Urging | None
    rateable: list[int]
    document: Document | None


class Said(Given):
    words: Remark


class Rated(Given):
    """`level` 1 (very bad) to 5; of the `reasons` those are left out that do not fit it."""

    level: int
    words: Remark = ""
    reasons: list[Key] = []
    visit: int = 0


class Supplemented(Given):
    """Answers by question and ids of own files by material; what is not named stays as it was."""

    answers: dict[Key, Answer | None] = {}
    files: dict[Key, list[Key]] = {}


class File(Schema):
    """`state`: what the virus scanner said. While it is `waiting` or `infected` nobody can open the file;
    `unscanned` came while no scanner was set up."""

    id: str
    name: str
    content_type: str
    size: int
    sha256: str
    uploaded_at: str
    state: Literal["waiting", "clean", "infected", "unscanned"]


class Wrong(Schema):
    code: str
    detail: str


class Draft(Schema):
    """`asked`: the questions for these answers. `wrong`, `missing`: what still keeps it from being handed in.

    `units`: where it may be handed in. `case`: its number once it was.
    """

    id: str
    item: str
    item_version: str
    item_name: Words
    principal: str
    answers: dict[str, Answer]
    files: dict[str, list[str]]
    unit: str
    units: list[str]
    asked: list[str]
    wrong: dict[str, Wrong]
    missing: list[str]
    is_complete: bool
    changed_at: str
    case: str | None


class Drafts(Schema):
    entries: list[Draft]


class Begun(Given):
    item: Key


class Saved(Given):
    """Only what is named changes; an answer of null is taken out, an empty list of files as well."""

    answers: dict[Key, Answer | None] = {}
    files: dict[Key, list[Key]] = {}
    unit: Key | None = None


class Declared(Given):
    """Whoever hands it in says that all of it is true; false is refused with `declare-truth`."""

    truth: bool


class Submitted(Schema):
    """`number` null: an anonymous report, which only the query code leads back to."""

    number: str | None
    query_code: str


class NoticeRow(Schema):
    id: int
    at: str
    case: str
    template: str
    language: str
    subject: str
    body: str
    read_at: str | None


class Notices(Schema):
    entries: list[NoticeRow]
    next: str | None

"""What the API answers about the catalogue: the same facts as the open data, with their types."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema

Answer = str | int | float | bool | list[str]


class Words(Schema):
    zh: str
    en: str


class Named(Schema):
    key: str
    name: Words


class Ground(Words):
    law: str
    article: str


class Limit(Words):
    """`amount` of `unit`; `rolls`: a last day off moves to the next working day."""

    amount: int
    unit: str
    rolls: bool


class Owed(Schema):
    """`statutory` null: the law is silent, and the promise is the city's own."""

    promised: Limit
    statutory: Limit | None
    ground: Ground | None


class Limits(Schema):
    accept: Owed
    decide: Owed
    deliver: Owed


class Condition(Words):
    """`rule`: as an item file declares it."""

    rule: dict[str, Any]


class Choice(Words):
    value: str


class Field(Schema):
    """One question. What is not there bounds nothing."""

    key: str
    label: Words
    type: str
    required: bool
    when: Condition | None
    hint: Words | None
    choices: list[Choice]
    least: float | None = None
    most: float | None = None
    past: bool = False
    future: bool = False
    longest: int | None = None


class FormPage(Schema):
    key: str
    title: Words
    when: Condition | None
    fields: list[Field]


class Material(Schema):
    """`fetched`: the office gets it itself. `brought`: at the window. The others are uploaded."""

    key: str
    name: Words
    form: str
    source: str
    copies: int
    required: bool
    fetched: bool
    brought: bool
    when: Condition | None
    note: Words | None


class Fee(Schema):
    """`amount` null: it depends, and the note says on what."""

    amount: float | None
    currency: str
    unit: Words | None
    ground: str
    note: Words | None


class Result(Schema):
    name: Words
    kind: str
    validity: Words


class Visits(Schema):
    count: int
    reason: Words | None


class Route(Schema):
    name: Words
    steps: list[Words]
    issues: bool


class Supplement(Schema):
    answer: Limit
    restarts: bool
    ground: Ground | None


class Procedure(Schema):
    """Time that does not count, with its ground; `longest` null: the law does not say."""

    name: Words
    ground: Ground
    longest: Limit | None


class ItemRow(Schema):
    id: str
    version: str
    name: Words
    summary: Words
    branch: str
    audience: list[str]
    topics: list[str]
    online: str


class Items(Schema):
    entries: list[ItemRow]


class Item(ItemRow):
    """A service with everything that its guide tells. `fee` null: free."""

    address: str
    kind: str
    base_code: str | None
    handling: str
    jurisdiction: str
    keywords: list[str]
    situations: list[Words]
    basis: list[Ground]
    conditions: list[Words]
    route: Route
    limits: Limits
    supplement: Supplement
    extension: Owed | None
    special_procedures: list[Procedure]
    remedies: list[Words]
    form: list[FormPage]
    materials: list[Material]
    fee: Fee | None
    result: Result
    visits: Visits
    verification: str
    units: list[str]


class Unit(Schema):
    """`sample`: address and telephone are made up for the demo."""

    id: str
    name: Words
    kind: str
    parent: str | None
    division: str
    branch: str | None
    address: Words
    phone: str
    hours: Words
    sample: bool


class Units(Schema):
    entries: list[Unit]


class Branch(Named):
    about: Words
    unit: str


class Branches(Schema):
    entries: list[Branch]


class Topic(Named):
    about: Words


class Topics(Schema):
    entries: list[Topic]


class Law(Schema):
    id: str
    name: Words
    issuer: str | None
    number: str | None
    version_date: str | None
    in_force_from: str | None
    status: Literal["in-force", "amended-since", "repealed", "unknown"]


class Laws(Schema):
    entries: list[Law]


class Day(Schema):
    """A day that is not what its weekday says: `makeup` is worked, `holiday` is not."""

    day: str
    kind: Literal["holiday", "makeup"]
    name: Words | None


class Calendar(Schema):
    """Beyond `announced_until` only the weekly pattern is known; every due day there is provisional."""

    version: str
    announced_from: str
    announced_until: str
    days: list[Day]


class Period(Schema):
    first: str
    last: str


class Figure(Schema):
    """`value` is `<5` (and so on) where the group is too small to be shown, null where nothing is divided."""

    group: str
    name: str
    figure: str
    figure_name: str
    unit: str
    value: float | str | None
    numerator: float | None
    denominator: float | None


class Figures(Schema):
    period: Period
    smallest_group_shown: int
    entries: list[Figure]


class Standing(Schema):
    """What the public may know of a document."""

    kind: str
    number: str
    item: str
    item_name: Words | None
    issued_on: str
    revoked_at: str | None
    holds: bool


class Step(Schema):
    name: str
    at: str | None
    state: Literal["done", "now", "next"]


class Promise(Schema):
    """What is owed, by whom, until when. `status` and `name` are words; `colour` says the same.

    `due`: a day or a moment, null while the clock stands still. `left`: working days, negative when late.
    """

    key: str
    about: str
    name: str
    owner: str
    ground: str
    started: str
    due: str | None
    statutory_due: str | None
    ended_at: str | None
    is_void: bool
    is_paused: bool
    is_provisional: bool
    colour: Literal["green", "yellow", "red", "violation", "grey"]
    status: str
    left: int


class Progress(Schema):
    """How far a case is; it names nobody."""

    item: str
    item_name: Words
    unit: str
    unit_name: Words
    stage: str
    main: Promise | None
    steps: list[Step]

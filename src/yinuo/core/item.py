"""The item: one service, declared. Everything else (guide, form, case, clocks, result) comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yinuo.core.clock import Limit, end_of_day
from yinuo.core.form import Answers, Form, Text, When, fields_of
from yinuo.core.route import Route


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a rule stands: a law of the register and the article, as 第二十五条."""

    law: str
    article: str

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


@dataclass(frozen=True, slots=True)
class ItemLimit:
    """`statutory` None: the law is silent, and the promise is the city's own (`ground` None)."""

    promised: Limit
    statutory: Limit | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A document. `fetch`: the office gets it itself by data sharing, so nobody has to bring it
    (国务院关于在线政务服务的若干规定第七条). `bring`: a thing that is handed over at the window."""

    key: str
    name: Text
    form: str  # original | copy | electronic | check
    source: str  # government | applicant | other
    copies: int = 1
    required: bool = True
    when: When | None = None
    fetch: bool = False
    bring: bool = False
    note: Text | None = None

    def is_needed(self, answers: Answers) -> bool:
        return self.required and (self.when is None or self.when.holds(answers))

    @property
    def is_uploaded(self) -> bool:
        return not (self.fetch or self.bring)


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """Time that is not counted (行政许可法第四十五条), only on the ground that the item names."""

    key: str
    name: Text
    ground: Ground
    longest: Limit | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    amount: float | None  # yuan; None: depends, `note` says on what
    unit: Text | None = None
    ground: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Result:
    name: Text
    kind: str  # certificate | licence | approval | proof | registration | reply | record | service
    validity: Text
    template: str = "result"
    fields: tuple[str, ...] = ()  # form fields that the document shows


@dataclass(frozen=True, slots=True)
class Situation:
    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Verification:
    level: str  # unverified | text-read | office-confirmed
    note: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """How long the applicant has to answer the one notice, and whether the clock then starts anew."""

    answer: Limit
    ground: Ground | None = None
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Where the law says that no answer is a yes: after the day that the applicant gave in `field`."""

    field: str
    ground: Ground

    def comes(self, answers: Answers) -> datetime | None:
        """24:00 of that day; None, and never, for what was not given or is no day."""
        try:
            return end_of_day(date.fromisoformat(str(answers.get(self.field))))
        except ValueError:
            return None


REAL_NAME = ("none", "checked", "verified")
"""How well it must be known who applies, from least to most: not at all; by an identity number that holds by
its check digit; by an identity provider that gave name and number."""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    version: str  # SHA-256 of the canonical content
    name: Text
    summary: Text
    branch: str
    kind: str  # 事项类型, GB/T 39046 A.1
    handling: str  # immediate 即办件 | promise 承诺件
    audience: tuple[str, ...]  # person | company | organisation
    jurisdiction: str  # station | county | city | province
    basis: tuple[Ground, ...]
    conditions: tuple[Text, ...]
    form: Form
    materials: tuple[Material, ...]
    route: Route
    limits: Mapping[str, ItemLimit]  # accept | decide | deliver
    supplement: Supplement
    special_procedures: tuple[SpecialProcedure, ...]
    extension: ItemLimit | None
    fee: Fee | None
    result: Result
    visits: int
    visit_reason: Text | None
    online: str  # consult | download | prefill | full
    verification: Verification
    situations: tuple[Situation, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    base_code: str | None = None
    own_remedies: tuple[Text, ...] = ()
    silence: Silence | None = None
    real_name: str = "none"  # one of REAL_NAME

    def lacks_name(self, level: int) -> str | None:
        """What somebody of this level, an index of `REAL_NAME`, has to become first; None for nothing."""
        return self.real_name if level < REAL_NAME.index(self.real_name) else None

    @property
    def remedies(self) -> tuple[Text, ...]:
        """What a refused or denied applicant can do: as the item's own law says, else as the route does."""
        return self.own_remedies or self.route.remedies

    def material(self, key: str) -> Material | None:
        return next((material for material in self.materials if material.key == key), None)

    def procedure(self, key: str) -> SpecialProcedure | None:
        return next((procedure for procedure in self.special_procedures if procedure.key == key), None)

    def needed(self, answers: Answers) -> list[Material]:
        """The materials that these answers call for, in the order of the guide."""
        return [material for material in self.materials if material.is_needed(answers)]

    def deciding(self) -> frozenset[str]:
        """The questions that decide which materials are needed, with those that decide on these questions."""
        keys = {key for one in self.materials if one.when is not None for key in fields_of(one.when)}
        asks = {field.key: set(fields_of(field.when)) for field in self.form.fields if field.when is not None}
        while more := {key for known in keys for key in asks.get(known, ())} - keys:
            keys |= more
        return frozenset(keys)

    def missing(self, answers: Answers, provided: frozenset[str]) -> list[Material]:
        """What the applicant still has to hand in: needed, uploaded by them, not there."""
        return [m for m in self.needed(answers) if m.is_uploaded and m.key not in provided]

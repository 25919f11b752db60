"""What hall and desk share about looks: by what right somebody looked and what was shown, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yinuo.apps.looks.models import Look, Opening
from yinuo.apps.looks.queries import in_lists, opened_looks


def purpose_name(purpose: str) -> str:
    return {
        "case": _("经办这件事"),
        "oversight": _("负责人或者督办查看"),
        "reason": _("不是经办人，写了理由"),
        "glass": _("别的单位紧急查看，写了理由"),
        "list": _("待办列表"),
        "search": _("按姓名或编号查到"),
    }[purpose]


def kind_name(kind: str) -> str:
    return {
        "case": _("申请内容和经过"),
        "file": _("交的材料"),
        "result": _("结果文书"),
        "call": _("回访页面和电话"),
        "rating-code": _("评价码"),
        "organisation": _("您代表的单位"),
        "list": _("列表里的一行"),
    }[kind]


def reasons() -> dict[str, str]:
    """Of whoever works in the unit."""
    return {
        "stands-in": _("同事不在，替同事办"),
        "colleague-asks": _("同事请我一起看"),
        "applicant-asks": _("申请人来问、来电话"),
        "related-case": _("办另一件相关的事要核对"),
        "other": _("别的原因"),
    }


def glass_reasons() -> dict[str, str]:
    """Of whoever comes from elsewhere."""
    return {
        "danger": _("有人身危险，等不到经办单位"),
        "at-the-window": _("申请人就在窗口，经办单位联系不上"),
        "court": _("法院、检察院或者上级有书面要求"),
        "other": _("别的紧急情况"),
    }


def reason_name(opening: Opening) -> str:
    known = reasons() if opening.way == "reason" else glass_reasons()
    return known.get(opening.key, opening.key)


@dataclass(frozen=True, slots=True)
class LookView:
    """Looks of one person at one case for one purpose in ten minutes. `times`: how often it was opened."""

    look: Look
    last_at: datetime
    kinds: tuple[str, ...]
    files: int
    times: int

    @property
    def purpose(self) -> str:
        return purpose_name(self.look.purpose)

    @property
    def what(self) -> list[str]:
        return [kind_name(kind) for kind in self.kinds]

    @property
    def reason(self) -> str:
        return reason_name(self.look.opening) if self.look.opening else ""


@dataclass(frozen=True, slots=True)
class ListView:
    """On that day the name stood in lists that so many people of a unit had on their screen."""

    day: date
    unit: str
    case: str
    people: int


def views(looks: QuerySet[Look]) -> list[LookView]:
    """What was opened, the newest first; what lists showed is left out."""
    found = opened_looks(looks).order_by("-slot", "case", "person", "purpose", "opening", "first_at")
    made = [_view(list(rows)) for _key, rows in groupby(found, key=_together)]
    return sorted(made, key=lambda one: one.look.first_at, reverse=True)


def _together(look: Look) -> tuple[Any, ...]:
    return look.slot, look.case, look.person_id, look.purpose, look.opening_id


def _view(rows: list[Look]) -> LookView:
    kinds = tuple(dict.fromkeys(row.kind for row in rows))
    files = sum(row.kind == "file" for row in rows)
    return LookView(rows[0], max(row.last_at for row in rows), kinds, files, max(row.count for row in rows))


def list_views(looks: QuerySet[Look]) -> list[ListView]:
    return [ListView(row["day"], row["unit"], row["case"], row["people"]) for row in in_lists(looks)]


def titles(found: Iterable[Any], items: Mapping[str, Any]) -> dict[str, Any]:
    """Case number -> the case, with its item where the catalogue still has it."""
    return {case.number: (case, items.get(case.item)) for case in found}

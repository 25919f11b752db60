"""What a page of the board was asked: by what to group, of which unit, in which span, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.figures import Scope, tallies, view_of
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.queries import names
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import day_of
from yinuo.core.figures import FIGURES, Tally, View, figure
from yinuo.web.board.access import scope_of
from yinuo.web.figures import Row, Short, row, short, shown
from yinuo.web.language import said
from yinuo.web.periods import Chosen, chosen

GROUPS = ("unit", "branch", "item", "person")
# The tables of the page, each with its figures. Of a person there is only what they have to do and did.
SETS: Mapping[str, tuple[str, ...]] = {
    "now": ("open", "due-today", "yellow", "red", "violation", "stopped"),
    "limits": (
        "received", "decide-on-time", "decide-within-law", "accept-on-time", "accept-within-law",
        "deliver-on-time", "deliver-within-law", "median", "p90",
    ),
    "course": ("supplement-rate", "refusal-rate", "extension-rate", "deemed"),
    "ratings": (
        "satisfaction", "rating-1", "rating-2", "rating-3", "rating-4", "rating-5", "rating-out",
        "rating-rate",
    ),
    "remedies": (
        "remedies-due", "remedies-kept", "remedies-broken", "call-back-rate", "card-yellow", "card-red",
    ),
}  # fmt: skip
OF_A_PERSON: Mapping[str, tuple[str, ...]] = {
    "now": SETS["now"],
    "work": ("received", "decide-on-time", "accept-on-time", "deliver-on-time"),
}


def titles() -> dict[str, str]:
    return {
        "now": _("此刻"),
        "limits": _("时限"),
        "course": _("办理"),
        "ratings": _("评价"),
        "remedies": _("整改和督办"),
        "work": _("办了多少"),
    }


def group_names() -> dict[str, str]:
    return {"unit": _("单位"), "branch": _("业务类别"), "item": _("事项"), "person": _("经办人")}


BY_NAME = "name"
SORTABLE = frozenset(one.key for one in FIGURES) | {BY_NAME}  # persons are put in no order but that
USUAL = "-received"  # whoever has the most work stands first


@dataclass(frozen=True)
class Asked:
    """A request of the board, understood; what makes no sense is taken as not asked."""

    request: HttpRequest
    now: datetime
    by: str
    unit: str
    span: Chosen
    sort: str
    is_down: bool
    is_all: bool
    is_live: bool

    @cached_property
    def whole(self) -> Scope:
        """Everything that this person supervises."""
        return scope_of(self.request)

    @cached_property
    def scope(self) -> Scope:
        """Of that, the chosen unit and everything below it."""
        if not self.unit:
            return self.whole
        return self.whole.within(one.id for one in self.served.city.below(self.unit))

    @property
    def served(self) -> Catalogue:
        return catalogue()

    @property
    def view(self) -> View:
        return view_of(self.span.period, self.now)

    @property
    def sets(self) -> Mapping[str, tuple[str, ...]]:
        return OF_A_PERSON if self.by == "person" else SETS

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        return tallies(self.scope, self.by, self.view)

    @cached_property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.tallies.values():
            total.add(tally)
        return total

    def query(self, **changes: str) -> str:
        """The same question, changed; without what is empty."""
        sort = "" if self.by == "person" or self.sort_text == USUAL else self.sort_text
        stays = {"all": "1" if self.is_all else "", "live": "1" if self.is_live else ""}
        base = {"by": self.by, "unit": self.unit, **self.span.query, "sort": sort, **stays}
        return urlencode({key: text for key, text in {**base, **changes}.items() if text})

    @property
    def sort_text(self) -> str:
        return f"-{self.sort}" if self.is_down else self.sort

    @cached_property
    def order(self) -> list[tuple[str, str]]:
        """Key and name of each group, in the order that was asked for; persons always by name."""
        named = sorted(self.labels(self.tallies).items(), key=lambda one: one[1])
        if self.sort == BY_NAME:
            return named[::-1] if self.is_down else named
        ranks = {key: shown(self.sort, self.tallies[key]).rank for key, _name in named}
        known = [one for one in named if not ranks[one[0]][0]]
        unknown = [one for one in named if ranks[one[0]][0]]
        return sorted(known, key=lambda one: ranks[one[0]][1], reverse=self.is_down) + unknown

    def rows(self) -> list[Row]:
        """Every group with all its figures."""
        keys = [key for keys in self.sets.values() for key in keys]
        return [row(key, name, self.tallies[key], keys) for key, name in self.order]

    def table(self, keys: Sequence[str]) -> Short[Row]:
        """The groups in which any of these figures counted something, the first of them or all."""
        counts = {count for key in keys for count in (*figure(key).numerator, *figure(key).denominator)}
        found = [one for one in self.order if self.tallies[one[0]].total(*counts)]
        cut = short(found, is_all=self.is_all)
        rows = [row(key, name, self.tallies[key], keys) for key, name in cut.shown]
        return Short(rows, cut.total, len(self.order) - len(found))

    def labels(self, keys: Iterable[str]) -> dict[str, str]:
        """The names of groups; one that is in the catalogue no more has its key or says so."""
        city, items, wanted = self.served.city, self.served.items, list(keys)
        if self.by == "person":
            return {key: key for key in wanted} | names(wanted)
        texts = {
            "unit": {key: unit.name for key, unit in city.units.items()},
            "branch": {key: branch.name for key, branch in city.branches.items()},
            "item": {key: item.name for key, item in items.items()},
        }[self.by]
        return {key: said(texts[key]) if key in texts else key or _("不在目录里的事项") for key in wanted}


def asked(request: HttpRequest) -> Asked:
    now, get = timezone.now(), request.GET
    by = get.get("by", "")
    sort, is_down = _sort(get.get("sort", ""), by)
    unit = get.get("unit", "")
    return Asked(
        request=request,
        now=now,
        by=by if by in GROUPS else "unit",
        unit=unit if unit in catalogue().city.units else "",
        span=chosen(get.dict(), day_of(now), own=True),
        sort=sort,
        is_down=is_down,
        is_all=get.get("all") == "1",
        is_live=get.get("live") == "1",
    )


def _sort(asked: str, by: str) -> tuple[str, bool]:
    """By what, and whether the largest comes first."""
    if by == "person":
        return BY_NAME, False
    text = asked if asked.removeprefix("-") in SORTABLE else USUAL
    return text.removeprefix("-"), text.startswith("-")

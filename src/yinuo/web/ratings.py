"""Ratings as pages show them: what was said, what is owed for it, and the form with which one is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from yinuo.apps.cases.disclosure import OF_A_RATING
from yinuo.apps.cases.queries import Opened, context
from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.supervision import Reason
from yinuo.core.case import Event, handle
from yinuo.core.case.commands import Rate
from yinuo.core.case.rules.rating import LEVELS
from yinuo.core.errors import Refusal
from yinuo.web.clocks import PromiseView, view
from yinuo.web.story_upkeep import reason_names

LONGEST = 2000  # characters of a remark


@dataclass(frozen=True, slots=True)
class RatingView:
    """visit: 0 is the whole case. facts: kind of event -> the payload of the last one about this rating."""

    visit: int
    at: datetime
    facts: Mapping[str, Any]
    promises: Sequence[PromiseView]

    @property
    def rating(self) -> Mapping[str, Any]:
        rated: Mapping[str, Any] = self.facts["rated"]
        return rated

    @property
    def reasons(self) -> list[str]:
        return reason_names(list(self.rating["reasons"]))

    @property
    def is_out(self) -> bool:
        """Whether an appeal was upheld, so that it counts no more."""
        return bool(self.facts.get("appeal-decided", {}).get("upheld"))

    @property
    def finding(self) -> Any:
        return self.facts.get("rating-verified")

    @property
    def answer(self) -> Any:
        return self.facts.get("rating-answered")

    @property
    def measures(self) -> Any:
        return self.facts.get("put-right")

    @property
    def call(self) -> Any:
        return self.facts.get("called-back")

    @property
    def appeal(self) -> Any:
        return self.facts.get("rating-appealed")

    @property
    def outcome(self) -> Any:
        return self.facts.get("appeal-decided")


def ratings(found: Opened, now: datetime, hidden: Collection[int] = ()) -> list[RatingView]:
    """The ratings of a case, that of the whole first; without those of `hidden` visits."""
    return [_rating(found, visit, now) for visit in sorted(found.state.ratings) if visit not in hidden]


def _rating(found: Opened, visit: int, now: datetime) -> RatingView:
    about = [event for event in found.events if event.payload.get("visit") == visit]
    owed = [p for p in found.state.promises if p.key in OF_A_RATING and p.about == str(visit)]
    views = [view(promise, catalogue(), now, found.item) for promise in owed]
    return RatingView(visit, _given(about), {event.kind: event.payload for event in about}, views)


def _given(about: Sequence[Event]) -> datetime:
    return next(event.at for event in about if event.kind == "rated")


@dataclass(frozen=True, slots=True)
class RatingForm:
    """What was posted, or nothing: no level is ever chosen beforehand."""

    visit: int = 0
    level: int = 0
    reasons: tuple[str, ...] = ()
    words: str = ""

    @property
    def bad(self) -> list[Reason]:
        return [reason for reason in catalogue().rules.reasons if reason.bad]

    @property
    def good(self) -> list[Reason]:
        return [reason for reason in catalogue().rules.reasons if not reason.bad]

    @property
    def levels(self) -> range:
        return LEVELS


def posted(data: QueryDict) -> RatingForm:
    """What somebody sent; a level or visit that does not exist is 0 or refused by the core."""
    level, visit = data.get("level", ""), data.get("visit", "")
    return RatingForm(
        visit=int(visit) if visit.isdecimal() and visit.isascii() and len(visit) < 4 else 0,
        level=int(level) if level in {"1", "2", "3", "4", "5"} else 0,
        reasons=tuple(data.getlist("reason")),
        words=data.get("words", "").strip()[:LONGEST],
    )


def rateable(found: Opened, now: datetime) -> list[int]:
    """The visits (0: the whole case) that the applicant may rate now."""
    asked = context(found.state.applicant_actor, found.item, max(now, found.state.changed))
    visits = range(found.item.visits + 1)
    return [n for n in visits if not isinstance(handle(Rate(1, visit=n), found.state, asked), Refusal)]

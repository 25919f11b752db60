"""Rating a case or one of its visits, with the reasons that were ticked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.core.case.commands import Rate
from yinuo.core.case.rules.rating import BAD
from yinuo.core.errors import Refusal


def rate(
    case: Case,
    level: int,
    *,
    words: str = "",
    reasons: Iterable[str] = (),
    visit: int = 0,
    channel: str = "page",
    person: Person,
    now: datetime,
) -> Opened | Refusal:
    """Of the reasons only those are kept that the city knows and that fit the level."""
    fitting = {one.key for one in catalogue().rules.reasons if one.bad == (level in BAD)}
    kept = tuple(key for key in dict.fromkeys(reasons) if key in fitting)
    return act(case, Rate(level, words.strip(), kept, visit, channel), person=person, now=now)

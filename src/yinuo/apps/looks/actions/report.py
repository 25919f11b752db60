"""Once a day: whoever supervises is told that there are looks to look through."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.queries import to_review, units_with_news, unseen
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.wording import Facts
from yinuo.apps.people.queries import chain
from yinuo.core.clock import day_of

TEMPLATE = "looks-daily"


def report(now: datetime) -> int:
    """Notices about the day before; returns how many were written. Each once a day: safe to repeat."""
    day, city = day_of(now) - timedelta(days=1), catalogue().city
    units = units_with_news(day)
    told = _supervised(units, day_of(now)) if units else {}
    keys = {f"looks:{day}:{person}": person for person in told}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = {key: person for key, person in keys.items() if key not in known}
    for key, person in fresh.items():
        places = [unit for unit in told[person] if unit in city.units]
        facts: Facts = {
            "due": day,
            "looks": str(unseen(places, day).count()),
            "glass": str(to_review(places).count()),
        }
        tell(person, TEMPLATE, facts, case="", key=key, now=now)
    return len(fresh)


def _supervised(units: set[str], today: date) -> dict[str, set[str]]:
    """Supervisor -> the units of theirs that have something; the leader where a unit has no supervisor."""
    found: dict[str, set[str]] = {}
    for unit in units:
        links = chain("", unit, catalogue().city, today)
        for person in links.supervisors or links.told(("leader", "above"))[:1]:
            found.setdefault(person, set()).add(unit)
    return found

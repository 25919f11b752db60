"""What a guide tells of an item: the same for citizens and, as a preview, for editors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yinuo.apps.cases.experience import experience
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Limit, Stopped, day_of, due
from yinuo.core.figures import SMALL
from yinuo.core.item import Item
from yinuo.web.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Example:
    """If it were accepted today: the day on which it would be due, counted like any promise."""

    start: date
    due: date | datetime | Stopped
    rolls: bool


def example(limit: Limit, served: Catalogue, today: date) -> Example:
    return Example(today, due(today, limit, served.calendar), limit.rolls)


def guide_of(item: Item, served: Catalogue) -> dict[str, Any]:
    """What a guide page tells of an item, whether it is in service or still with the editors."""
    decide = item.limits["decide"]
    return {
        "item": item,
        "branch": served.city.branches[item.branch],
        "decide": decide,
        "accept": item.limits["accept"],
        "deliver": item.limits["deliver"],
        "example": example(decide.promised, served, day_of(timezone.now())),
        "yours": [m for m in item.materials if not m.fetch],
        "ours": [m for m in item.materials if m.fetch],
        "always": [m for m in item.materials if m.required and m.when is None and not m.fetch],
        "places": served.city.competent(item.jurisdiction, item.branch),
        "minutes": _minutes(item),
        "experience": experience(item.id, day_of(timezone.now()), SMALL),
        "glossary": Glossary(served.language),
    }


def _minutes(item: Item) -> int:
    """How long the form takes, at twenty seconds a question and a minute a file; rounded up."""
    files = sum(1 for material in item.materials if material.is_uploaded and material.when is None)
    return max(2, round(len(item.form.fields) * 20 / 60 + files))

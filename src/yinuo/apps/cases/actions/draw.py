"""Drawing closed cases for a call (回访): at random, and so that anybody can draw the same ones again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.calls import closed_in
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import drawn
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.queries import day_root
from yinuo.core.case.commands import Draw
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.sampling import sample


def draw(now: datetime) -> int:
    """The lot of the month before, once its last day is sealed in the ledger; how many cases were drawn.

    The seed is that day's published root: nobody chooses it, and nobody knows it before. All of it or
    nothing, so that a process that is killed leaves no lot half drawn. Safe to repeat.
    """
    first = day_of(now).replace(day=1)
    last = first - timedelta(days=1)
    sealed = day_root(last)
    if sealed is None or drawn(f"{last:%Y-%m}"):
        return 0
    served = catalogue()
    closed = closed_in(last.replace(day=1))
    chosen = sample(closed, sealed.root, served.rules.follow_up.size(len(closed)))
    command = Draw(f"{last:%Y-%m}", sealed.root, served.city.bureau.id)
    cases = Case.objects.in_bulk(chosen, field_name="number")
    with transaction.atomic():
        done = [act(cases[number], command, person=None, now=now) for number in chosen]
    return sum(not isinstance(result, Refusal) for result in done)

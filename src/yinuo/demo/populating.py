"""Filling an empty deployment with the demo's people and cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.demo.cases import make_cases
from yinuo.demo.looks import make_looks
from yinuo.demo.mandates import make_mandates
from yinuo.demo.people import choose_channels, make_people


def populate(now: datetime, say: Callable[[str], None]) -> int:
    """The demo's people and cases, once; returns how many cases were made."""
    if Person.objects.exists():
        return 0
    served = catalogue()
    say("people")
    make_people(served.city)
    choose_channels()
    make_mandates(now)
    made = 0
    for made, case in enumerate(make_cases(served, now), start=1):
        say(f"case {made}: {served.items[case.item].name.en}")
    make_looks(now)
    tick(now)  # warnings, cards and sealed days are there from the first page on
    return made

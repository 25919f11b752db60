"""Organisations, children and mandates of the tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from support.fixed_clock import NOW

from yinuo.apps.mandates.actions.answer import answer
from yinuo.apps.mandates.actions.give import give
from yinuo.apps.mandates.actions.state_organisation import state_organisation
from yinuo.apps.mandates.actions.state_ward import state_ward
from yinuo.apps.mandates.models import Mandate, Organisation, Ward
from yinuo.apps.people.models import Person

USCC = "91350100M000100Y43"  # the sample of GB 32100
CHILD = "220802201505043216"
LAST_DAY = date(2026, 12, 31)


def organisation(person: Person, name: str = "白城某某物流有限公司", uscc: str = USCC) -> Organisation:
    made = state_organisation(person, uscc, name, now=NOW)
    assert isinstance(made, Organisation), made
    return made


def ward(person: Person) -> Ward:
    made = state_ward(person, "王小明", CHILD, now=NOW)
    assert isinstance(made, Ward), made
    return made


def offered(
    principal: Person | Organisation, agent: Person, items: Sequence[str] = (), last_day: date = LAST_DAY
) -> Mandate:
    giver = principal if isinstance(principal, Person) else principal.representative
    made = give(
        principal, person=giver, phone=agent.phone, name=agent.name, items=items, last_day=last_day, now=NOW
    )
    assert isinstance(made, Mandate), made
    return made


def mandated(
    principal: Person | Organisation,
    agent: Person,
    items: Sequence[str] = (),
    last_day: date = LAST_DAY,
    at: datetime = NOW,
) -> Mandate:
    """Given and agreed to."""
    made = answer(offered(principal, agent, items, last_day), agree=True, person=agent, now=at)
    assert isinstance(made, Mandate), made
    return made

"""The demo's people and cases: every stage occurs, and all of it went through the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth import authenticate
from support.fixed_clock import NOW
from support.papers import be_quick
from support.two_counts import same_from_events

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import audit
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.demo import cases
from yinuo.demo.cases import make_cases, states
from yinuo.demo.citizens import CITIZENS
from yinuo.demo.people import PASSWORD, holder, make_people


def test_everybody_can_sign_in_and_every_unit_has_its_posts(db: None) -> None:
    make_people(catalogue().city)
    for login in (*CITIZENS, "supervisor", "taobei-traffic-1"):
        assert authenticate(username=login, password=PASSWORD) is not None
    for post in ("window", "inspector", "reviewer", "approver", "leader"):
        assert holder("taobei-traffic", post).is_staff
    assert Person.objects.get(login="supervisor").posts.get().unit == catalogue().city.bureau.id


def test_living_cases_are_in_many_stages_without_a_fault_and_the_events_alone_give_the_same_figures(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    monkeypatch.setattr(cases, "CHAPTERS", [replace(chapter, times=1) for chapter in cases.CHAPTERS])
    served = catalogue()
    make_people(served.city)
    made = list(make_cases(served, NOW))
    assert len(made) == Case.objects.count() >= 20
    assert {"submitted", "supplement", "accepted", "granted", "issued", "closed"} <= set(states())
    assert {"refused", "transferred", "withdrawn", "lapsed"} <= set(states())
    assert [fault for _, found in audit(served.calendar) for fault in found] == []
    assert all(case.changed_at <= NOW for case in Case.objects.all())
    same_from_events(served.city.units, NOW)

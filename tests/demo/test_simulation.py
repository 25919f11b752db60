"""A simulated month of a small city: everything went through the real actions, so everything holds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from support.catalogues import ROOT
from support.fixed_clock import at
from support.papers import be_quick
from support.two_counts import same_from_events

from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import audit
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import catalogue, forget
from yinuo.apps.ledger.auditing import audit as audit_ledger
from yinuo.apps.notices.models import Notice
from yinuo.apps.promises.models import PromiseRow, RungReached
from yinuo.demo.simulation.running import simulate

LAST = date(2026, 10, 31)


@pytest.fixture
def whole_city(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)
    assert not publish(ROOT, at("09-20 00:00")).findings
    forget()


def live(seed: int, days: int, cases: int) -> None:
    for _day in simulate(LAST, days, seed, cases):
        pass


@pytest.mark.usefixtures("whole_city")
def test_every_invariant_holds_after_a_simulated_month() -> None:
    live(7, 40, 60)
    assert Case.objects.count() > 30
    assert [fault for _, faults in audit(catalogue().calendar) for fault in faults] == []
    assert list(audit_ledger(at("11-01 00:30"))) == []
    assert not PromiseRow.objects.filter(owner="").exists()
    assert not PromiseRow.objects.exclude(owner="applicant").filter(person="").exists()
    assert (
        RungReached.objects.count() == RungReached.objects.values("case", "place", "rung").distinct().count()
    )
    assert Notice.objects.count() == Notice.objects.values("key").distinct().count()
    happened = set(CaseEvent.objects.values_list("kind", flat=True))
    assert {"submitted", "accepted", "decided", "issued", "delivered", "rated", "carded", "drawn"} <= happened
    forget()


@pytest.mark.usefixtures("whole_city")
def test_the_figures_of_a_simulated_month_are_the_same_from_the_events_alone() -> None:
    live(5, 20, 40)
    same_from_events(catalogue().city.units, at("11-01 12:00"))
    forget()


def lived() -> list[tuple[str, str]]:
    by_chance = CaseEvent.objects.exclude(kind__in=("drawn", "followed-up"))
    return list(by_chance.order_by("case__number", "seq").values_list("case__number", "kind"))


@pytest.mark.usefixtures("whole_city")
def test_the_same_seed_gives_the_same_month() -> None:
    with transaction.atomic():
        live(3, 15, 25)
        first = lived()
        transaction.set_rollback(True)
    live(3, 15, 25)
    assert lived() == first
    assert first
    forget()

"""The monthly lot: drawn once, by a seed that nobody chose, the same for whoever draws it again."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import closed, submitted

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.draw import draw
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.ledger.queries import day_root
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.sampling import sample

pytestmark = pytest.mark.usefixtures("quick_papers")
FIRST = at("11-01 00:20")


@pytest.fixture
def october(cast: Cast) -> list[str]:
    """Seven cases that ended in October, and one that is still open."""
    numbers = [closed(cast, at=at(f"10-12 1{hour}:00")).number for hour in range(7)]
    submitted(cast)
    return numbers


def test_before_the_month_is_sealed_nothing_is_drawn(october: list[str]) -> None:
    assert draw(FIRST) == 0


def test_the_lot_is_what_anybody_can_draw_from_the_published_root(october: list[str]) -> None:
    seal_until(FIRST)
    assert draw(FIRST) == 5
    sealed = day_root(at("10-31 00:00").date())
    assert sealed is not None
    chosen = sample(october, sealed.root, 5)
    assert set(PromiseRow.objects.filter(key="follow-up").values_list("case", flat=True)) == set(chosen)
    event = opened(Case.objects.get(number=chosen[0])).events[-1]
    assert (event.kind, event.payload["draw"], event.payload["seed"]) == ("drawn", "2026-10", sealed.root)


def test_it_is_drawn_once(october: list[str]) -> None:
    seal_until(FIRST)
    draw(FIRST)
    assert draw(at("11-02 00:20")) == 0
    assert PromiseRow.objects.filter(key="follow-up").count() == 5


def test_the_bureau_owes_the_calls(october: list[str]) -> None:
    seal_until(FIRST)
    draw(FIRST)
    row = PromiseRow.objects.filter(key="follow-up").first()
    assert row is not None
    assert (row.owner, row.about, row.due_on) == ("baicheng-bureau", "2026-10", at("11-13 00:00").date())


def test_no_lot_is_left_half_drawn(october: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever draws is stopped after two cases; the next tick draws all five."""
    seal_until(FIRST)
    calls = iter(range(3))

    def stopped(*given: Any, **who: Any) -> Any:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return act(*given, **who)

    with monkeypatch.context() as patched:
        patched.setattr("yinuo.apps.cases.actions.draw.act", stopped)
        with pytest.raises(KeyboardInterrupt):
            draw(FIRST)
    assert draw(FIRST) == 5
    assert PromiseRow.objects.filter(key="follow-up").count() == 5

"""`yinuo retention`: what would go, and what went."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import NOW
from support.journeys import closed, submitted
from support.retention import keep_by, rule

from yinuo.apps.cases.models import Case
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.cli import main


@pytest.fixture
def office(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Two cases that have to go, of which one is on hold, and one that goes on."""
    keep_by(monkeypatch, rule("rest", "case", "30d"))
    closed(cast)
    held = closed(cast)
    submitted(cast)
    clock.move_to(NOW + timedelta(days=40))
    place_hold(
        held.number, "诉讼", "2027-12-31", is_told=True, person=cast.supervisor, now=NOW + timedelta(days=40)
    )
    return cast


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_a_dry_run_says_what_would_go_and_erases_nothing(
    office: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "retention", "--dry-run").splitlines()
    assert lines[0].split() == ["rest", "case", "30d", "1", "due,", "1", "on", "hold"]
    assert lines[-1] == "1 things would go on 2026-11-21"
    assert "0 things would go on 2026-10-20" in said(capsys, "retention", "--dry-run", "--on", "2026-10-20")
    assert not Case.objects.filter(erased_on__isnull=False).exists()


def test_it_erases_and_says_what(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "retention").splitlines()
    assert lines[0].split() == ["rest", "case", "30d", "1", "erased,", "1", "on", "hold,", "0", "owed"]
    assert lines[-1] == "1 things erased now; the report of 2026-11-21"
    assert Case.objects.filter(erased_on__isnull=False).count() == 1
    assert said(capsys, "retention").splitlines()[-1].startswith("0 things erased now")


def test_the_figures_are_the_same_byte_for_byte(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    ways = (("figures", "--json"), ("figures", "--from-events", "--json"))
    before = [said(capsys, *way) for way in ways]
    said(capsys, "retention")
    from yinuo.apps.cases.figures import forget

    forget()
    assert [said(capsys, *way) for way in ways] == before
    assert before[0] == before[1]
    assert json.loads(before[0])["figures"]["received"]["value"] == 3


def test_a_city_without_rules(
    office: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinuo.apps.items.queries import catalogue
    from yinuo.catalogue.retention import NO_RETENTION

    monkeypatch.setattr(catalogue(), "retention", NO_RETENTION)
    assert said(capsys, "retention") == "the city has no retention.yaml: nothing is erased\n"

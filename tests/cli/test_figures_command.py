"""`yinuo figures`: the same numbers from the tables and from the events, as a table and as JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import NOW
from support.journeys import denied, granted, submitted

from yinuo.apps.cases.models import Case
from yinuo.apps.promises.models import PromiseRow
from yinuo.cli import main
from yinuo.core.figures import FIGURES


@pytest.fixture
def office(cast: Cast, clock: Any) -> Cast:
    granted(cast)
    granted(cast)
    denied(cast)
    submitted(cast)
    clock.move_to(NOW + timedelta(hours=3))
    return cast


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["figures", *arguments]) == 0
    return capsys.readouterr().out


def test_both_ways_print_the_same(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (
        (),
        ("--json",),
        ("--unit", "taobei-traffic"),
        ("--from", "2026-10-01", "--to", "2026-10-11"),
    ):
        assert said(capsys, *more) == said(capsys, "--from-events", *more), more


def test_a_table_that_was_changed_shows(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    PromiseRow.objects.filter(key="decide", ended_at__isnull=False).update(used=0, due_on="2026-01-01")
    Case.objects.filter(granted=False).update(granted=True)
    from_tables, alone = (json.loads(said(capsys, *how, "--json")) for how in ((), ("--from-events",)))
    assert from_tables["figures"]["decide-on-time"]["numerator"] == 0
    assert alone["figures"]["decide-on-time"] == {"value": 1.0, "numerator": 3, "denominator": 3}
    assert alone["figures"]["refusal-rate"]["numerator"] == 1


def test_every_figure_has_a_line_and_an_entry(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    text, held = said(capsys), json.loads(said(capsys, "--json"))
    lines = {line.split()[0]: line for line in text.splitlines()}
    for one in FIGURES:
        assert one.key in lines
        assert one.key in held["figures"]
    assert "3/3 100.0%" in lines["decide-on-time"]
    assert held["period"] == {"from": "2026-01-01", "to": "2026-10-12"}


def test_another_unit_has_none_of_it(office: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    held = json.loads(said(capsys, "--unit", "zhenlai-traffic", "--json"))
    assert all(not one["numerator"] for one in held["figures"].values())


def test_what_makes_no_sense_is_wrong_use(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--unit", "moon"]) == 2
    assert "there is no unit moon" in capsys.readouterr().err
    assert main(["figures", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2
    with pytest.raises(SystemExit) as wrong:
        main(["figures", "--from", "yesterday"])
    assert wrong.value.code == 2


def test_a_pipe_gets_a_line_of_progress_on_the_other_channel(
    office: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--from-events", "--json"]) == 0
    both = capsys.readouterr()
    assert "cases: 4" in both.err
    json.loads(both.out)

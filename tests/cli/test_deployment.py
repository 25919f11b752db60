"""The commands that work on a deployment: publish, audit, rebuild, tick, worker."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from support.actors import Cast, make_cast
from support.drafts import HOTEL, VEHICLE
from support.editions import edit, edition, path_of
from support.fixed_clock import NOW, at
from support.journeys import accepted, submitted

from yinuo.apps.cases.actions.tick import Ticked
from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.items.models import Publication
from yinuo.apps.items.queries import catalogue, forget
from yinuo.apps.limits.actions.count import count
from yinuo.apps.promises.models import PromiseRow
from yinuo.cli import main
from yinuo.cli.worker import work


@pytest.fixture
def yinuo(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: object) -> tuple[int, str]:
        status = main([str(word) for word in words])
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def root(tmp_path: Path, db: None) -> Any:
    yield edition(tmp_path / "catalogue", path_of(VEHICLE), path_of(HOTEL))
    forget()


def test_publishing_puts_a_catalogue_into_service(yinuo: Any, root: Path) -> None:
    status, out = yinuo("publish", root)
    assert status == 0
    assert out.splitlines()[-2:] == ["2 items, 2 proven, 0 findings", "published"]
    forget()
    assert set(catalogue().items) == {VEHICLE, HOTEL}


def test_a_broken_catalogue_is_not_published_and_says_why(yinuo: Any, root: Path) -> None:
    before = Publication.objects.count()
    edit(root, VEHICLE, "route: reviewed", "route: no-such-route")
    status, out = yinuo("publish", root)
    assert status == 1
    assert path_of(VEHICLE) in out
    assert out.splitlines()[-1].startswith("not published")
    assert Publication.objects.count() == before


def test_a_calendar_that_lands_moves_the_dates_of_open_promises(
    yinuo: Any, tmp_path: Path, db: None, clock: Any
) -> None:
    """A day off that nobody knew of: what was due on the 28th is due on the 29th."""
    case = accepted(make_cast("taobei-public-order", "zhenlai-public-order"), HOTEL)
    root = edition(tmp_path / "catalogue", path_of(HOTEL))
    year = root / "calendars" / "cn" / "2026.yaml"
    day_off = "  - name: {zh: 临时放假, en: A day off}\n    from: '2026-10-13'\n    to: '2026-10-13'\n"
    year.write_text(year.read_text().replace("makeup:\n", f"{day_off}makeup:\n"))
    before = PromiseRow.objects.get(case=case.number, key="decide").due_on
    assert yinuo("publish", root)[0] == 0
    after = PromiseRow.objects.get(case=case.number, key="decide").due_on
    assert (before, after) == (date(2026, 10, 28), date(2026, 10, 29))
    assert yinuo("audit")[0] == 0
    forget()


def test_an_audit_of_sound_cases_finds_nothing(yinuo: Any, cast: Cast, clock: Any) -> None:
    submitted(cast)
    accepted(cast)
    assert yinuo("audit") == (0, "2 cases, 0 faults\n")


def test_an_audit_names_the_case_and_what_is_wrong(yinuo: Any, cast: Cast, clock: Any) -> None:
    case, other = accepted(cast), submitted(cast)
    CaseEvent.objects.filter(case=case, seq=2).update(actor="somebody")
    Case.objects.filter(pk=other.pk).update(stage="granted")
    status, out = yinuo("audit")
    assert status == 1
    assert out.splitlines() == [
        f"{case.number}: the chain breaks at event 2",
        f"{other.number}: stage is 'granted', the events say 'submitted'",
        "2 cases, 2 faults",
    ]


def test_a_rebuild_puts_the_rows_right(yinuo: Any, cast: Cast, clock: Any) -> None:
    case = accepted(cast)
    Case.objects.filter(pk=case.pk).update(stage="granted")
    PromiseRow.objects.all().delete()
    assert yinuo("audit")[0] == 1
    assert yinuo("rebuild") == (0, "1 cases rebuilt\n")
    assert yinuo("audit") == (0, "1 cases, 0 faults\n")


def test_a_tick_says_how_many_cases_it_changed(yinuo: Any, cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    assert count("progress", address="192.0.2.7", now=NOW) is None
    clock.move_to(at("10-13 08:00"))
    first, second = (yinuo("tick")[1].splitlines() for _ in range(2))
    assert first == [
        "1 cases changed, 7 warnings, 0 reminders",
        "1 days sealed, 0 cases drawn for a call",
        "0 things erased, 1 counts of visits and old sessions thrown away",
    ]
    assert second == [
        "0 cases changed, 0 warnings, 0 reminders",
        "0 days sealed, 0 cases drawn for a call",
        "0 things erased, 0 counts of visits and old sessions thrown away",
    ]
    assert Case.objects.get(pk=case.pk).stage == "accepted"


@pytest.mark.parametrize("command", ["audit", "rebuild", "tick"])
def test_without_a_catalogue_it_is_said_what_to_do_first(db: None, command: str) -> None:
    Publication.objects.all().delete()
    forget()
    with pytest.raises(SystemExit, match="yinuo publish"):
        main([command])


def test_without_tables_it_is_said_what_to_do_first(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table() -> None:
        raise DatabaseError("no such table: items_publication")

    monkeypatch.setattr("yinuo.apps.items.queries.catalogue", no_table)
    with pytest.raises(SystemExit, match="manage migrate"):
        main(["audit"])


def test_the_worker_ticks(yinuo: Any, committed: None, clock: Any) -> None:
    submitted(make_cast())
    clock.move_to(at("10-13 08:00"))
    assert yinuo("worker", "--once")[0] == 0
    assert Case.objects.get().stage == "accepted"


def test_a_database_that_is_away_does_not_end_the_worker(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, ticks = threading.Event(), []

    def tick(now: object) -> Ticked:
        ticks.append(now)
        if len(ticks) == 1:
            raise DatabaseError("gone")
        stop.set()
        return Ticked(0, 0, 0, 0, 0, 0, 0)

    monkeypatch.setattr("yinuo.apps.cases.actions.tick.tick", tick)
    monkeypatch.setattr("yinuo.cli.worker.EVERY", 0.01)
    work(stop)
    assert len(ticks) == 2


def test_djangos_own_commands_can_be_run(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manage", "check"]) == 0
    assert "no issues" in capsys.readouterr().out

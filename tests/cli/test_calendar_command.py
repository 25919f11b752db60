"""`yinuo calendar`: what is in service, what a year would move, and moving it, whatever stops it half-way."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.actors import Cast, make_cast
from support.databases import in_another_process
from support.drafts import HOTEL
from support.fixed_clock import at
from support.journeys import accepted, submitted
from support.new_days import INVENTED_2027, another_2026, in_service, invented_2027, written

from yinuo.apps.cases.actions.redate import redate
from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import audit
from yinuo.apps.items.models import Publication
from yinuo.apps.items.queries import catalogue, forget
from yinuo.apps.promises.models import PromiseRow

UNITS = ("taobei-public-order", "zhenlai-public-order")


@pytest.fixture
def root(db: None, tmp_path: Path) -> Iterator[Path]:
    with in_service(tmp_path) as working:
        yield working


@pytest.fixture
def hotel_cast(root: Path, clock: Any) -> Cast:
    clock.move_to(at("10-14 17:00"))
    return make_cast(*UNITS)


def begun(cast: Cast, day: str) -> Case:
    return accepted(cast, HOTEL, at=at(f"{day} 09:00"))


def due(case: Case, key: str = "decide") -> date | None:
    return PromiseRow.objects.get(case=case.number, key=key).due_on


def faults() -> list[str]:
    return [fault.what for _number, found in audit(catalogue().calendar) for fault in found]


def redatings() -> int:
    return CaseEvent.objects.filter(kind="redated").count()


def test_it_shows_the_years_and_until_when_they_are_known(yinuo: Any, root: Path) -> None:
    status, out, _ = yinuo("calendar", "show")
    assert status == 0
    assert "2026: 33 days off, 6 make-up days, notice without a number\n" in out
    assert "announced until 2026-12-31; later days are provisional\n" in out
    assert f"version {catalogue().calendar.version}\n" in out


def test_a_plan_lists_what_would_move_and_writes_nothing(
    yinuo: Any, hotel_cast: Cast, root: Path, tmp_path: Path
) -> None:
    case, events = begun(hotel_cast, "10-12"), CaseEvent.objects.count()
    held = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    status, out, _ = yinuo("calendar", "apply", another_2026(tmp_path), "--plan")
    assert (status, out.splitlines()) == (
        0,
        [
            f"{case.number}  decide: 2026-10-28 -> 2026-10-29  taobei-public-order",
            "decide: 1",
            "1 promises in 1 cases move",
            "a plan: nothing was changed",
        ],
    )
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == held
    assert (CaseEvent.objects.count(), due(case)) == (events, date(2026, 10, 28))
    assert catalogue().calendar.earlier == ()


def test_applying_does_what_was_planned_and_a_second_time_nothing(
    yinuo: Any, hotel_cast: Cast, root: Path, tmp_path: Path
) -> None:
    case, file = begun(hotel_cast, "10-12"), another_2026(tmp_path)
    status, out, err = yinuo("calendar", "apply", file)
    assert status == 0
    served = catalogue().calendar
    assert out.splitlines()[-1] == f"in service: 1 promises moved in 1 cases, calendar {served.version}"
    assert err == "cases: 1\n"
    assert (due(case), redatings()) == (date(2026, 10, 29), 1)
    assert (root / "calendars" / "cn" / "2026.yaml").read_bytes() == file.read_bytes()
    assert faults() == []

    publications = Publication.objects.count()
    status, out, _ = yinuo("calendar", "apply", file)
    assert out.splitlines()[-1] == "nothing changes: this year is in service already"
    assert (status, redatings(), Publication.objects.count()) == (0, 1, publications)


def test_a_provisional_day_becomes_a_known_one(yinuo: Any, root: Path, clock: Any, tmp_path: Path) -> None:
    """Twelve working days from 24 December: 25, 28 to 31 are five, and by the weekly pattern 1 January is the
    sixth and Monday the 11th the twelfth. With New Year's Day off it is the 12th."""
    clock.move_to(at("12-24 10:00"))
    case = begun(make_cast(*UNITS), "12-24")
    before = due(case)
    status, out, _ = yinuo("calendar", "apply", invented_2027(tmp_path), "--plan")
    assert (status, before) == (0, date(2027, 1, 11))
    assert "decide: 2027-01-11 provisional -> 2027-01-12  taobei-public-order" in out
    assert yinuo("calendar", "apply", invented_2027(tmp_path))[0] == 0
    assert due(case) == date(2027, 1, 12)
    assert catalogue().calendar.announced_until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "makeup: ['2027-02-13'",
            "makeup: ['2027-02-12'",
            ":29: makeup.0: 2027-02-12 is no Saturday or Sunday",
        ),
        ("year: 2027", "year: soon", ":2: year: "),
        ("year: 2027", "year: 2027\nyear: 2027", ":3: year: stands twice"),
        ("'2027-01-03'", "'2027-02-30'", ": 2027-02-30 is no day of 2027"),
        ("holidays:\n", "holidays: [\n", ": is no YAML"),
    ],
    ids=["a make-up weekday", "no year", "twice", "no day", "no yaml"],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(
    yinuo: Any, root: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    publications = Publication.objects.count()
    file = written(tmp_path / "wrong.yaml", INVENTED_2027.replace(old, new, 1))
    status, out, _ = yinuo("calendar", "apply", file)
    assert status == 1
    assert f"{file}:" in out
    assert said in out
    assert out.splitlines()[-1] == "nothing was changed"
    assert Publication.objects.count() == publications
    assert not (root / "calendars" / "cn" / "2027.yaml").exists()


def test_years_follow_one_another(yinuo: Any, root: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path / "2028.yaml", INVENTED_2027.replace("2027", "2028").replace("2028-05-08", "2028-05-07")
    )
    file.write_text(file.read_text()[: file.read_text().index("makeup:")])
    status, out, _ = yinuo("calendar", "apply", file)
    assert (status, out.splitlines()) == (
        1,
        [
            f"{file}:2: year: 2028 cannot follow 2026: years follow one another, so apply 2027 first",
            "nothing was changed",
        ],
    )


def test_a_scenario_that_the_days_make_wrong_needs_an_editor_first(
    yinuo: Any, hotel_cast: Cast, root: Path, tmp_path: Path
) -> None:
    """A tip's scenario names 20 October; with the 15th off it is the 21st."""
    case = begun(hotel_cast, "10-12")
    text = another_2026(tmp_path).read_text().replace("2026-10-22", "2026-10-15")
    file = written(tmp_path / "earlier.yaml", text)
    year, tip = root / "calendars" / "cn" / "2026.yaml", next(root.rglob("jd-drug-tip.yaml"))
    before = year.read_bytes()
    status, out, _ = yinuo("calendar", "apply", file)
    assert (status, redatings(), year.read_bytes()) == (1, 0, before)
    assert "jd-drug-tip.yaml:" in out
    assert "it is due on 2026-10-21" in out
    tip.write_text(tip.read_text().replace("2026-10-20", "2026-10-21"))
    assert yinuo("calendar", "apply", file)[0] == 0
    assert due(case) == date(2026, 10, 29)


def test_what_editors_have_not_published_stays_unpublished(
    yinuo: Any, hotel_cast: Cast, root: Path, tmp_path: Path
) -> None:
    hotel = next(root.rglob(f"{HOTEL}.yaml"))
    text = hotel.read_text().replace("旅馆业特种行业许可证核发", "旅馆业许可证核发")
    hotel.write_text(text)
    assert yinuo("calendar", "apply", another_2026(tmp_path))[0] == 0
    assert catalogue().items[HOTEL].name.zh == "旅馆业特种行业许可证核发"
    assert hotel.read_text() == text


KILLED = """
import os, signal
from datetime import datetime
from pathlib import Path
from yinuo.apps.cases.actions import redate
from yinuo.apps.items.actions.announce_year import announce_year
from yinuo.apps.items.queries import catalogue
now = datetime.fromisoformat("{now}")
assert not announce_year(Path("{file}"), 2026, now).findings
for done in redate.redate(catalogue().calendar, now):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("finish", ["worker --once", "publish", "calendar apply"])
def test_what_a_killed_run_left_is_finished_once(
    yinuo: Any, committed: None, tmp_path: Path, clock: Any, finish: str
) -> None:
    clock.move_to(at("10-14 17:00"))
    with in_service(tmp_path) as root:
        cast, file = make_cast(*UNITS), another_2026(tmp_path)
        cases = [begun(cast, "10-12"), begun(cast, "10-13"), begun(cast, "10-14")]
        code = KILLED.format(now=at("10-14 17:00").isoformat(), file=file)
        assert in_another_process(code, YINUO_CATALOGUE=str(root)) == -signal.SIGKILL
        forget()
        assert redatings() == 1
        clock.move_to(at("10-14 17:01"))
        last = {"publish": [root], "calendar apply": [file]}.get(finish, [])
        assert yinuo(*finish.split(), *last)[0] == 0
        assert [case.events.filter(kind="redated").count() for case in cases] == [1, 1, 1]
        assert [due(case) for case in cases] == [date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2)]
        assert faults() == []


def test_two_who_move_at_once_write_it_once(hotel_cast: Cast, tmp_path: Path, yinuo: Any) -> None:
    case = begun(hotel_cast, "10-12")
    yinuo("calendar", "apply", another_2026(tmp_path))
    PromiseRow.objects.filter(case=case.number, key="decide").update(
        due_on=date(2026, 10, 28), statutory_due_on=date(2026, 11, 9)
    )
    assert [done.promises for done in redate(catalogue().calendar, at("10-14 17:02"))] == [1]
    assert [done.promises for done in redate(catalogue().calendar, at("10-14 17:02"))] == []


def test_a_day_of_the_law_that_moves_alone_is_written_and_nobody_is_told(
    hotel_cast: Cast, tmp_path: Path, yinuo: Any
) -> None:
    """One day is promised, the 15th; by law it is five, and the 21st is off now."""
    case = submitted(hotel_cast, HOTEL, at=at("10-14 16:00"))
    promised = PromiseRow.objects.get(case=case.number, key="accept")
    text = another_2026(tmp_path).read_text().replace("2026-10-22", "2026-10-21")
    assert yinuo("calendar", "apply", written(tmp_path / "x.yaml", text))[0] == 0
    row = PromiseRow.objects.get(case=case.number, key="accept")
    assert (promised.due_on, promised.statutory_due_on) == (date(2026, 10, 15), date(2026, 10, 21))
    assert (row.due_on, row.statutory_due_on) == (date(2026, 10, 15), date(2026, 10, 22))
    assert redatings() == 0

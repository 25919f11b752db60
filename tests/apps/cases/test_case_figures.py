"""The figures of the tables and those of the events alone are the same; behind a number are its cases."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from support.actors import Cast, as_actor
from support.drafts import HOTEL, VEHICLE
from support.fixed_clock import NOW
from support.journeys import MINUTE, accepted, asked, closed, denied, does, granted, submitted
from support.walks import handed_in, post_everywhere, walked

from yinuo.apps.cases import experience as experiences
from yinuo.apps.cases import figures
from yinuo.apps.cases.figures import (
    Group,
    behind,
    decisions,
    everything,
    seen_by,
    tallies,
    trend,
    view_of,
)
from yinuo.apps.cases.lives import from_events
from yinuo.apps.cases.models import Case
from yinuo.apps.items.queries import catalogue
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI
from yinuo.core.figures import FIGURES, Period, Tally, value

TODAY = NOW.date()
YEAR = Period(date(2026, 1, 1), TODAY)
MONTH = Period(date(2026, 9, 1), date(2026, 9, 30))
SPANS = (YEAR, MONTH, Period(TODAY, TODAY), Period(date(2026, 6, 1), date(2026, 8, 31)))
GROUPS: dict[str, Any] = {
    "all": lambda part: "all",
    "unit": lambda part: part.unit,
    "item": lambda part: part.item,
    "person": lambda part: part.person,
    "branch": lambda part: figures.group_of(part.item, "branch", catalogue()),
}


def plain(found: dict[str, Tally]) -> dict[str, Any]:
    return {key: tally.plain() for key, tally in found.items() if tally.plain() != Tally().plain()}


def both(by: str, period: Period = YEAR, now: Any = NOW) -> tuple[dict[str, Any], dict[str, Any]]:
    view = view_of(period, now)
    units = everything().units
    return plain(tallies(everything(), by, view)), plain(from_events(view, GROUPS[by], units))


def on(at: datetime) -> dict[str, Any]:
    """Handed in then, with a day in the answers that lies before."""
    return {"at": at, "answers": {"delivered_on": (at - timedelta(days=2)).date().isoformat()}}


def some_cases(cast: Cast) -> None:
    submitted(cast, **on(NOW - timedelta(days=3)))
    asked(cast, **on(NOW - timedelta(days=2)))
    post_everywhere(cast)
    does(handed_in(cast, HOTEL, NOW - timedelta(days=100)), c.Accept(), cast.window)
    granted(cast, **on(NOW - timedelta(days=40)))
    denied(cast, **on(NOW - timedelta(days=12)))
    closed(cast, **on(NOW - timedelta(days=30)))
    does(closed_by(cast), c.Rate(5, "等得太久"), cast.citizen)


def closed_by(cast: Cast) -> Case:
    from support.journeys import delivered

    return delivered(cast, **on(NOW - timedelta(days=20)))


@pytest.fixture
def living(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    from support.papers import be_quick

    be_quick(monkeypatch)
    some_cases(cast)
    return cast


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("period", SPANS)
def test_tables_and_events_give_the_same_figures(living: Cast, by: str, period: Period) -> None:
    from_tables, alone = both(by, period)
    assert from_tables == alone
    assert from_tables or period != YEAR


@pytest.mark.parametrize("seed", range(6))
def test_tables_and_events_agree_on_random_walks_through_the_real_actions(cast: Cast, seed: int) -> None:
    rng = Random(seed)
    post_everywhere(cast)
    for n in range(9):
        walked(cast, rng, (VEHICLE, HOTEL)[n % 2])
    for by in GROUPS:
        for period in SPANS:
            from_tables, alone = both(by, period)
            assert from_tables == alone, (by, period)
    later, alone = both("unit", now=NOW + timedelta(days=50))
    assert later == alone


def test_random_walks_come_to_everything_that_is_counted(cast: Cast) -> None:
    """Else the agreement above would say little."""
    rng, seen = Random(2026), Counter[str]()
    post_everywhere(cast)
    for n in range(70):
        walked(cast, rng, (VEHICLE, HOTEL)[n % 2], steps=16)
    found, alone = both("all")
    assert found == alone
    seen.update(found["all"]["counts"])
    wanted = {
        "open", "stopped", "received", "supplemented", "accepted", "decide-ended", "decide-kept", "decided",
        "denied", "refused", "closed", "closed-rated", "deliver-ended", "remedies-due", "bad-ratings",
    }  # fmt: skip
    assert wanted <= set(seen)
    assert found["all"]["days"]
    assert found["all"]["stops"]


def test_a_table_that_was_tampered_with_no_longer_agrees(living: Cast) -> None:
    PromiseRow.objects.filter(key="decide", ended_at__isnull=False).update(due_on=date(2030, 1, 1))
    Case.objects.filter(rating=5).update(rating=1)
    from_tables, alone = both("all")
    assert from_tables != alone


def test_every_number_has_as_many_cases_behind_it(living: Cast) -> None:
    view, scope = view_of(YEAR, NOW), everything()
    for by, column in (("unit", "unit"), ("item", "item")):
        for key, tally in tallies(scope, by, view).items():
            for one in FIGURES:
                group = Group(column, (key,))
                found = value(one, tally)
                if one.numerator and one.key != "remedies-due":
                    listed = behind(scope, view, one.numerator, group=group).count()
                    assert listed <= found.numerator, (key, one.key)
                    assert bool(listed) == bool(found.numerator), (key, one.key)
                if one.denominator and not one.percentile:
                    rest = behind(scope, view, one.denominator, one.numerator, group).count()
                    missing = (found.denominator or 0) - found.numerator
                    assert bool(rest) == bool(missing), (key, one.key)


def test_a_leader_gets_figures_of_the_own_units_only(living: Cast) -> None:
    view = view_of(YEAR, NOW)
    assert set(tallies(seen_by(living.approver, TODAY), "unit", view)) == {
        "taobei-traffic",
        "taobei-public-order",
    }
    assert tallies(seen_by(living.elsewhere, TODAY), "unit", view) == {}
    assert tallies(seen_by(living.citizen, TODAY), "unit", view) == {}
    assert as_actor(living.supervisor, TODAY).posts
    assert set(tallies(seen_by(living.supervisor, TODAY), "unit", view)) == {
        "taobei-traffic",
        "taobei-public-order",
    }


def test_a_decision_at_the_last_second_of_its_day_is_kept_and_one_after_midnight_is_late(cast: Cast) -> None:
    for minutes in (-1, 0):
        case = accepted(cast, **on(NOW - timedelta(days=20)))
        row = PromiseRow.objects.get(case=case.number, key="decide")
        assert row.due_on is not None
        midnight = NOW.replace(
            year=row.due_on.year, month=row.due_on.month, day=row.due_on.day, hour=0, minute=0
        )
        at = midnight.astimezone(SHANGHAI) + timedelta(days=1, minutes=minutes)
        for step in figures_steps(case):
            case = does(
                case,
                c.PassStep("好"),
                {"inspector": cast.window, "reviewer": cast.reviewer}[step],
                at - MINUTE,
            )
        does(case, c.Decide(True, "好"), cast.approver, at)
    found = both("all")
    assert found[0] == found[1]
    assert (found[0]["all"]["counts"]["decide-kept"], found[0]["all"]["counts"]["decide-ended"]) == (1, 2)


def figures_steps(case: Case) -> list[str]:
    from yinuo.apps.cases.queries import opened

    return [step.post for step in opened(case).item.route.steps]


def test_the_trend_adds_up_to_the_year(living: Cast) -> None:
    months = trend(everything(), Period(date(2025, 11, 1), TODAY), NOW)
    year = tallies(everything(), "all", view_of(Period(date(2025, 11, 1), TODAY), NOW))["all"]
    for key in ("received", "decide-ended", "decide-kept"):
        assert sum(tally.counts[key] for tally in months.values()) == year.counts[key], key
    assert sum((tally.days for tally in months.values()), Counter()) == year.days


def kept_in_time(now: datetime) -> tuple[int, int, int]:
    """How many decisions were in time, by each of the three that keep what they counted."""
    months = trend(everything(), YEAR, now).values()
    return (
        tallies(everything(), "all", view_of(YEAR, now))["all"].counts["decide-kept"],
        sum(tally.counts["decide-kept"] for tally in months),
        decisions(YEAR, now).counts["decide-kept"],
    )


def test_numbers_live_no_longer_than_a_minute_even_if_no_event_tells_of_a_change(cast: Cast) -> None:
    granted(cast, **on(NOW - timedelta(days=9)))
    assert kept_in_time(NOW) == (1, 1, 1)
    decided = PromiseRow.objects.filter(key="decide", ended_at__isnull=False)
    decided.update(due_on=date(2026, 1, 1))  # as a rebuild, or another process, would
    assert kept_in_time(NOW + MINUTE) == (0, 0, 0)


def test_an_event_shows_in_the_numbers_at_once(cast: Cast) -> None:
    granted(cast, **on(NOW - timedelta(days=9)))
    assert kept_in_time(NOW) == (1, 1, 1)
    granted(cast, **on(NOW - timedelta(days=9)))
    assert kept_in_time(NOW) == (2, 2, 2)


def test_people_read_how_long_it_took_only_where_enough_cases_say_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiences.forget()
    for _ in range(4):
        granted(cast, **on(NOW - timedelta(days=9)))
    assert experiences.experience(VEHICLE, TODAY, 5) is None
    experiences.forget()
    granted(cast, **on(NOW - timedelta(days=9)))
    found = experiences.experience(VEHICLE, TODAY, 5)
    assert found is not None
    assert (found.cases, found.half, found.most) == (5, 0, 0)
    experiences.forget()


def test_a_part_of_a_case_that_moved_stays_with_the_unit_that_owed_it(cast: Cast) -> None:
    case = submitted(cast, **on(NOW - timedelta(days=1)))
    case = does(case, c.Forward("zhenlai-traffic", str(cast.elsewhere.pk), "归镇赉"), cast.window)
    case = does(case, c.TakeOver(), cast.elsewhere)
    assert case.unit == "zhenlai-traffic"
    from_tables, alone = both("unit")
    assert from_tables == alone
    assert from_tables["zhenlai-traffic"]["counts"]["open"] == 1

"""Scenarios: what one says must happen, happens, and whatever does not is told with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.calendars import announced
from support.items import ANSWERS, item, owed, route

from yinuo.catalogue.scenario import Run, run_scenario, staff, time_of
from yinuo.catalogue.schema import ScenarioShape
from yinuo.catalogue.unhappy import PATHS, Ground, ground
from yinuo.core.item import Item
from yinuo.core.route import Step

START = "2026-03-02 10:00"
RUN = Run(item(), announced())
GOOD_WAY = [
    {"at": "2026-03-03 09:00", "do": "accept"},
    {"at": "2026-03-05 09:00", "do": "pass", "words": "符合条件"},
    {"at": "2026-03-06 09:00", "do": "grant"},
    {"at": "2026-03-06 10:00", "do": "issue"},
    {"at": "2026-03-06 11:00", "do": "deliver", "method": "pickup"},
    {"at": "2026-03-06 12:00", "do": "rate", "level": 2},
]


def scenario(
    expect: dict[str, Any], events: list[dict[str, Any]] | None = None, **facts: Any
) -> ScenarioShape:
    raw = {"name": "一件样例", "shows": "particular", "start": START, "answers": ANSWERS, "expect": expect}
    return ScenarioShape.model_validate(raw | {"events": events or []} | facts)


def problems(one: ScenarioShape, run: Run = RUN) -> list[tuple[str, str]]:
    return [(".".join(map(str, path)), message) for path, message in run_scenario(run, one)]


def test_a_scenario_that_holds_has_no_problem() -> None:
    one = scenario(
        {
            "stage": "closed",
            "due": {"accept": "2026-03-09", "decide": "2026-03-17", "deliver": "2026-03-11"},
            "statutory_due": {"decide": "2026-03-31"},
            "colour": {"accept": "green", "decide": "green", "deliver": "green"},
            "needed": ["application", "record", "licence"],
            "asked": ["name"],
            "not_asked": ["reason"],
        },
        GOOD_WAY,
    )
    assert problems(one) == []


@pytest.mark.parametrize(
    ("expect", "path", "message"),
    [
        ({"stage": "delivered"}, "expect.stage", "the case is closed"),
        ({"due": {"decide": "2026-03-18"}}, "expect.due.decide", "it is due on 2026-03-17"),
        ({"due": {"supplement": "2026-03-18"}}, "expect.due.supplement", "there is no promise supplement"),
        (
            {"statutory_due": {"decide": "2026-03-17"}},
            "expect.statutory_due.decide",
            "it is due on 2026-03-31",
        ),
        ({"colour": {"decide": "red"}}, "expect.colour.decide", "the promise is green"),
        ({"colour": {"supplement": "red"}}, "expect.colour.supplement", "the promise is not there"),
        ({"needed": ["application"]}, "expect.needed", "the answers call for application, record, licence"),
        ({"asked": ["reason"]}, "expect.asked.0", "reason is not asked for these answers"),
        (
            {"not_asked": ["reason", "name"]},
            "expect.not_asked.1",
            "name is asked for these answers, or is no field",
        ),
        (
            {"not_asked": ["nonsense"]},
            "expect.not_asked.0",
            "nonsense is asked for these answers, or is no field",
        ),
        (
            {"refused": {"code": "x"}},
            "expect.refused",
            "the application was taken, but should be refused with x",
        ),
    ],
)
def test_what_does_not_hold_is_told_with_its_place(expect: dict[str, Any], path: str, message: str) -> None:
    assert problems(scenario(expect, GOOD_WAY)) == [(path, message)]


def test_all_that_does_not_hold_is_told_at_once() -> None:
    expect = {"stage": "granted", "due": {"accept": "2026-03-10"}, "colour": {"decide": "grey"}, "needed": []}
    assert [path for path, _ in problems(scenario(expect, GOOD_WAY))] == [
        "expect.needed",
        "expect.stage",
        "expect.due.accept",
        "expect.colour.decide",
    ]


def test_an_answer_that_nobody_is_asked_for_is_told() -> None:
    one = scenario({"stage": "submitted"}, answers={**ANSWERS, "reason": "x", "colour": "y"})
    assert sorted(problems(one)) == [
        ("answers.colour", "is not asked for these answers, or is no field"),
        ("answers.reason", "is not asked for these answers, or is no field"),
    ]


def test_an_unexpected_refusal_names_every_field() -> None:
    (problem,) = problems(scenario({"stage": "submitted"}, answers={"kind": "other"}))
    assert problem == (
        "answers",
        "the application is refused: invalid-answers name required, kind not-a-choice",
    )


@pytest.mark.parametrize(
    ("refused", "holds"),
    [
        ({"code": "missing-materials", "fields": {"application": "required"}}, True),
        ({"code": "missing-materials"}, False),
        ({"code": "missing-materials", "fields": {"plan": "required"}}, False),
        ({"code": "invalid-answers", "fields": {"application": "required"}}, False),
    ],
)
def test_a_refusal_must_be_the_one_that_was_expected(refused: dict[str, Any], holds: bool) -> None:
    found = problems(scenario({"refused": refused}, without=["application"]))
    assert found == ([] if holds else [
        ("expect.refused", "it is refused with missing-materials {'application': 'required'}")
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("events", "path", "message"),
    [
        ([{"at": "2026-03-03", "do": "grant"}], "events.0", "grant is refused: wrong-stage"),
        (
            [{"at": "2026-03-03", "do": "accept", "by": "leader"}],
            "events.0",
            "accept is refused: without-the-post",
        ),
        (
            [{"at": "2026-03-03", "do": "accept", "refused": "too-late"}],
            "events.0",
            "accept went through, but should be refused with too-late",
        ),
        (
            [GOOD_WAY[0], {"at": "2026-03-04", "do": "suspend", "procedure": "tea", "refused": "x"}],
            "events.1",
            "suspend is refused with no-ground",
        ),
        ([{"at": "2026-03-01", "do": "accept"}], "events.0", "accept is refused: time-runs-backwards"),
    ],
)
def test_the_first_event_that_goes_otherwise_is_told(
    events: list[dict[str, Any]], path: str, message: str
) -> None:
    one = scenario({"stage": "accepted"}, [*events, {"at": "2026-03-30", "do": "finish"}])
    assert problems(one) == [(path, message)]


def test_a_refused_event_changes_nothing_and_the_scenario_goes_on() -> None:
    events = [
        GOOD_WAY[0],
        {"at": "2026-03-03 09:05", "do": "grant", "by": "window", "refused": "without-the-post"},
    ]
    assert problems(scenario({"stage": "accepted"}, events)) == []


LONG_WAYS: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "a notice is answered": (
        [
            {"at": "2026-03-04", "do": "supplement", "materials": {"application": "没有签名"}},
            {"at": "2026-03-11", "do": "answer", "answers": {"name": "王淑蘭"}, "provide": ["photo"]},
            {"at": "2026-03-12", "do": "supplement", "fields": {"name": "不符"}, "refused": "second-notice"},
        ],
        {"stage": "submitted", "due": {"accept": "2026-03-16"}},
    ),
    "a notice lapses": (
        [
            {"at": "2026-03-04", "do": "supplement", "fields": {"name": "不符"}},
            {"at": "2026-04-03 23:59", "do": "lapse", "refused": "not-yet"},
            {"at": "2026-04-04 00:00", "do": "lapse"},
        ],
        {"stage": "lapsed", "due": {"supplement": "2026-04-03"}},
    ),
    "silence is acceptance": (
        [{"at": "2026-03-10", "do": "deem"}],
        {"stage": "accepted", "due": {"decide": "2026-03-16"}, "colour": {"accept": "violation"}},
    ),
    "a hearing stops the clock": (
        [
            GOOD_WAY[0],
            {"at": "2026-03-04", "do": "suspend", "procedure": "hearing"},
            {"at": "2026-03-18", "do": "resume"},
            {"at": "2026-03-19", "do": "extend", "words": "案情复杂"},
            {"at": "2026-03-20", "do": "decline-extension", "refused": "extended-already"},
        ],
        {"stage": "accepted", "due": {"decide": "2026-04-15"}},
    ),
    "a stopped clock is grey": (
        [GOOD_WAY[0], {"at": "2026-03-04", "do": "suspend", "procedure": "hearing"}],
        {"stage": "suspended", "colour": {"decide": "grey"}},
    ),
    "a case goes back and is denied": (
        [
            *GOOD_WAY[:2],
            {"at": "2026-03-06", "do": "return", "words": "再核"},
            {"at": "2026-03-09", "do": "pass"},
            {"at": "2026-03-10", "do": "deny", "person": "reviewer", "refused": "four-eyes"},
            {"at": "2026-03-10", "do": "deny"},
        ],
        {"stage": "denied"},
    ),
    "a paper is revoked": (
        [
            *GOOD_WAY,
            {"at": "2026-04-08", "do": "revoke"},
            {"at": "2026-04-09", "do": "urge", "refused": "wrong-stage"},
        ],
        {"stage": "closed"},
    ),
    "the rest goes the good way": ([{"at": "2026-03-03", "do": "finish"}], {"stage": "closed"}),
    "the applicant speaks and withdraws": (
        [
            {"at": "2026-03-03", "do": "say"},
            {"at": "2026-03-03", "do": "urge"},
            {"at": "2026-03-04", "do": "withdraw"},
        ],
        {"stage": "withdrawn"},
    ),
    "another unit does not take it": (
        [
            {"at": "2026-03-03", "do": "forward"},
            {"at": "2026-03-03", "do": "forward", "refused": "offered-already"},
            {"at": "2026-03-04", "do": "accept"},
        ],
        {"stage": "accepted"},
    ),
    "an extension is declined": (
        [
            GOOD_WAY[0],
            {"at": "2026-03-04", "do": "decline-extension"},
            {"at": "2026-03-05", "do": "ask-extension"},
        ],
        {"stage": "accepted", "due": {"decide": "2026-03-17"}},
    ),
    "it is delivered and closed": (
        [
            *GOOD_WAY[:4],
            {"at": "2026-03-09", "do": "deliver", "method": "courier"},
            {"at": "2026-03-30", "do": "close"},
        ],
        {"stage": "closed", "colour": {"deliver": "green"}},
    ),
}


@pytest.mark.parametrize("way", LONG_WAYS)
def test_everything_that_can_be_done_to_a_case_can_be_done_in_a_scenario(way: str) -> None:
    events, expect = LONG_WAYS[way]
    assert problems(scenario(expect, events)) == []


def test_due_dates_of_hour_clocks_are_written_to_the_minute() -> None:
    limits = {"accept": owed("24h", None), "decide": owed("10wd", None), "deliver": owed("3wd", None)}
    run = Run(item(limits=limits), announced())
    assert problems(scenario({"stage": "submitted", "due": {"accept": "2026-03-03 10:00"}}), run) == []


def test_a_day_alone_stands_for_ten_in_the_morning_in_shanghai() -> None:
    assert time_of("2026-03-02").isoformat() == "2026-03-02T10:00:00+08:00"
    assert time_of("2026-03-02 23:59").isoformat() == "2026-03-02T23:59:00+08:00"


def test_another_person_can_hold_the_same_post() -> None:
    first, second = staff("approver"), staff("approver", "another")
    assert first.posts == second.posts
    assert first.id != second.id


ROUTES: dict[str, dict[str, Any]] = {
    "reviewed": {},
    "two steps": {
        "route": route(steps=(Step("a", route().name, "inspector"), Step("b", route().name, "reviewer")))
    },
    "no steps": {"route": route(steps=())},
    "answered": {"route": route(issues=False, four_eyes=False, decide_post="reviewer")},
    "not deniable": {"route": route(deniable=False)},
    "at once": {
        "limits": {"accept": owed("now", None), "decide": owed("now", None), "deliver": owed("now", None)}
    },
    "long": {
        "limits": {
            "accept": owed("15cd", "15cd"),
            "decide": owed("60cd", "60cd"),
            "deliver": owed("1mo", None),
        }
    },
}


def unhappy(of: Item) -> Ground:
    made = ground(Run(of, announced()), ANSWERS, time_of(START))
    assert isinstance(made, Ground)
    return made


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("path", PATHS)
def test_every_unhappy_path_holds_on_every_kind_of_route(name: str, path: str) -> None:
    assert list(PATHS[path](unhappy(item(**ROUTES[name])))) == []


def test_happy_answers_that_are_refused_leave_nothing_to_branch_off_from() -> None:
    assert ground(RUN, {}, time_of(START)) == "the happy answers are refused: invalid-answers"
    assert ground(Run(item(route=route(deniable=False, decide_post="reviewer")), announced()), ANSWERS,
                  time_of(START)) == "Decide is refused on the happy way: four-eyes"  # fmt: skip


@pytest.mark.parametrize(
    ("path", "change"),
    [("missing material", {"materials": ()}), ("silent denial", {"route": route(remedies=())})],
)
def test_an_item_that_breaks_a_promise_is_caught_on_the_unhappy_path(
    path: str, change: dict[str, Any]
) -> None:
    """The states of a sound item, driven on under a broken one: what must be refused no longer is."""
    broken = replace(unhappy(item()), run=Run(item(**change), announced()))
    assert list(PATHS[path](broken))

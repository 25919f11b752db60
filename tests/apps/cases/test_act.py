"""The door for every command: who may, when, how often, and what happens when two act at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from support.actors import Cast, make_cast
from support.fixed_clock import NOW, at
from support.journeys import MINUTE, WORDS, accepted, closed, does, examined, submitted
from support.races import at_once

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.people.models import Person, Post
from yinuo.apps.promises.queries import of_case
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal

pytestmark = pytest.mark.usefixtures("quick_papers")

NOTICE = c.AskSupplement({"vehicle-licence": "照片太暗"})


def attempt(case: Case, command: Any, person: Person | None, **how: Any) -> Opened | Refusal:
    return act(case, command, person=person, now=how.pop("now", case.changed_at + MINUTE), **how)


def untouched(case: Case) -> bool:
    """Neither the row nor the events say anything new."""
    fresh = Case.objects.get(pk=case.pk)
    facts = (fresh.stage, fresh.seq, fresh.owner, fresh.due_on)
    return facts == (case.stage, case.seq, case.owner, case.due_on) and case.events.count() == case.seq


def test_accepting_moves_the_case_and_starts_the_promise_to_decide(cast: Cast) -> None:
    case = does(submitted(cast), c.Accept(), cast.window, at("10-12 10:00"))
    assert (case.stage, case.seq, case.owner) == ("accepted", 2, str(cast.window.pk))
    assert case.due_on == at("10-13 00:00").date()
    accept, decide, step = of_case(case.number)
    assert (accept.ended_at, decide.ended_at, step.ended_at) == (at("10-12 10:00"), None, None)
    assert (step.key, step.about, step.post, step.person) == ("step", "review", "reviewer", case.owner)


@pytest.mark.parametrize("who", ["citizen", "stranger", "reviewer", "supervisor", "elsewhere", "clock"])
def test_only_the_window_of_the_unit_accepts(cast: Cast, who: str) -> None:
    case = submitted(cast)
    result = attempt(case, c.Accept(), None if who == "clock" else getattr(cast, who))
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"
    assert untouched(case)


def test_a_post_that_has_ended_opens_nothing(cast: Cast) -> None:
    case = submitted(cast)
    Post.objects.filter(person=cast.window).update(ends_on=at("10-11 00:00").date())
    result = attempt(case, c.Accept(), cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"


@pytest.mark.parametrize(
    ("command", "person", "code"),
    [
        (c.Accept(), "window", "wrong-stage"),
        (NOTICE, "window", "wrong-stage"),
        (c.Refuse("不归我们管"), "window", "wrong-stage"),
        (c.Decide(True, WORDS), "approver", "step-open"),
        (c.Deliver("online"), "window", "wrong-stage"),
        (c.Resume("检验合格"), "reviewer", "wrong-stage"),
        (c.Rate(1), "citizen", "wrong-stage"),
        (c.Withdraw(), "stranger", "not-your-case"),
        (c.Urge(), "stranger", "not-your-case"),
        (c.Say("您好"), "elsewhere", "not-your-unit"),
        (c.Say("您好"), "stranger", "not-your-unit"),
        (c.Take(), "elsewhere", "not-your-unit"),
        (c.PassStep(""), "reviewer", "opinion-needed"),
        (c.AskExtension("材料要向外地核实"), "reviewer", "no-extension"),
        (c.Deem(), "window", "wrong-stage"),
        (c.Lapse(), "citizen", "wrong-stage"),
    ],
)
def test_an_accepted_case_refuses_what_does_not_fit(cast: Cast, command: Any, person: str, code: str) -> None:
    case = accepted(cast)
    result = attempt(case, command, getattr(cast, person))
    assert isinstance(result, Refusal)
    assert result.code == code
    assert untouched(case)


def test_whoever_examined_does_not_decide(cast: Cast) -> None:
    Post.objects.create(
        person=cast.reviewer, post="approver", unit="taobei-traffic", starts_on=at("01-01 00:00").date()
    )
    case = examined(cast)
    result = attempt(case, c.Decide(True, WORDS), cast.reviewer)
    assert result == Refusal("four-eyes")
    assert untouched(case)


def test_repeated_the_second_time_is_refused_and_changes_nothing(cast: Cast) -> None:
    case = does(submitted(cast), c.Accept(), cast.window)
    result = attempt(case, c.Accept(), cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"
    assert untouched(case)


def test_nothing_changes_after_the_end(cast: Cast) -> None:
    case = closed(cast)
    for command, person in ((c.Say("还有一件事"), cast.citizen), (c.Take(), cast.reviewer)):
        result = attempt(case, command, person)
        assert isinstance(result, Refusal)
        assert result.code == "wrong-stage"
    assert attempt(case, c.Rate(5), cast.citizen) == Refusal("rated-already")
    assert untouched(case)


def test_a_clock_that_runs_backwards_is_refused(cast: Cast) -> None:
    case = submitted(cast)
    result = attempt(case, c.Accept(), cast.window, now=NOW - timedelta(seconds=1))
    assert result == Refusal("time-runs-backwards")
    assert untouched(case)


def test_whoever_saw_an_older_state_is_told_what_happened_meanwhile(cast: Cast) -> None:
    case = submitted(cast)
    does(case, c.Accept(), cast.window, at("10-12 10:00"))
    result = attempt(case, c.Refuse("不归我们管"), cast.window, now=at("10-12 10:01"), seen=1)
    assert isinstance(result, Refusal)
    assert result.code == "changed-meanwhile"
    assert result.facts["since"] == [
        {"kind": "accepted", "actor": str(cast.window.pk), "at": at("10-12 10:00")}
    ]
    assert CaseEvent.objects.filter(case=case).count() == 2


def test_even_a_message_counts_as_news(cast: Cast) -> None:
    case = accepted(cast)
    does(case, c.Say("车已经卖给别人了"), cast.citizen)
    result = attempt(case, c.PassStep(WORDS), cast.reviewer, now=at("10-12 11:00"), seen=case.seq)
    assert isinstance(result, Refusal)
    assert [one["kind"] for one in result.facts["since"]] == ["message"]  # type: ignore[attr-defined]


def test_whoever_saw_the_latest_state_goes_through(cast: Cast) -> None:
    case = submitted(cast)
    result = attempt(case, c.Accept(), cast.window, seen=1)
    assert isinstance(result, Opened)
    assert result.case.stage == "accepted"
    assert [event.kind for event in result.events] == ["submitted", "accepted"]


def test_of_two_who_act_on_the_same_state_one_wins(committed: None) -> None:
    cast = make_cast()
    case = submitted(cast)
    accept, refuse = at_once(
        lambda: attempt(case, c.Accept(), cast.window, seen=1),
        lambda: attempt(case, c.Refuse("不归我们管"), cast.window, seen=1),
    )
    lost = accept if isinstance(accept, Refusal) else refuse
    assert isinstance(accept, Refusal) != isinstance(refuse, Refusal)
    assert isinstance(lost, Refusal)
    assert lost.code == "changed-meanwhile"
    (since,) = lost.facts["since"]  # type: ignore[misc]
    case.refresh_from_db()
    assert since["kind"] == case.stage == opened(case).state.stage
    assert case.events.count() == case.seq == 2


def test_many_who_act_without_looking_each_get_a_place_in_the_chain(committed: None) -> None:
    cast = make_cast()
    case = submitted(cast)
    results = at_once(*[lambda n=n: attempt(case, c.Say(f"第 {n} 句"), cast.citizen) for n in range(6)])
    assert all(isinstance(one, Opened) for one in results)
    assert [event.seq for event in case.events.order_by("seq")] == list(range(1, 8))
    case.refresh_from_db()
    assert case.seq == 7


def test_row_promises_and_events_are_written_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the last of the three leaves none of them."""
    case = submitted(cast)

    def fails(*args: object, **facts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("yinuo.apps.cases.recording.project", fails)
    with pytest.raises(OSError, match="the disk is full"):
        attempt(case, c.Accept(), cast.window)
    monkeypatch.undo()
    assert untouched(case)
    assert [row.key for row in of_case(case.number)] == ["accept"]

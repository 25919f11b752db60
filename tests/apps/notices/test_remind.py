"""Before each day that counts, and when we are late: each notice once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from support.actors import Cast
from support.fixed_clock import NOW, at
from support.journeys import accepted, asked, does

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.notices.actions.remind import remind
from yinuo.apps.notices.models import Notice
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI

pytestmark = pytest.mark.usefixtures("clock")


def due_of(case: Case, key: str) -> datetime:
    """Ten in the morning of the last day."""
    day = PromiseRow.objects.get(case=case.number, key=key).due_on
    assert day is not None
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


def reminders(case: Case) -> list[str]:
    wanted = ("supplement-week", "supplement-day", "decide-late")
    found = Notice.objects.filter(case=case.number, template__in=wanted)
    return list(found.order_by("pk").values_list("template", flat=True))


def test_the_applicant_is_reminded_a_week_and_a_day_before_and_once_each(cast: Cast) -> None:
    case = asked(cast)
    last = due_of(case, "supplement")
    assert last - NOW > timedelta(days=8)
    remind(last - timedelta(days=8))
    assert reminders(case) == []
    for days, so_far in ((7, ["supplement-week"]), (6, ["supplement-week"]), (2, ["supplement-week"])):
        remind(last - timedelta(days=days))
        assert reminders(case) == so_far
    for days in (1, 1, 0):
        remind(last - timedelta(days=days))
        assert reminders(case) == ["supplement-week", "supplement-day"]


def test_a_worker_that_was_away_catches_up_with_what_still_helps(cast: Cast) -> None:
    case = asked(cast)
    last = due_of(case, "supplement")
    assert remind(last - timedelta(days=3)) == 1
    assert remind(last) == 1
    assert reminders(case) == ["supplement-week", "supplement-day"]
    assert remind(last + timedelta(days=1)) == 0


def test_a_notice_that_came_late_itself_is_not_followed_by_a_reminder_at_once(cast: Cast) -> None:
    case = asked(cast)
    today = NOW.date()
    PromiseRow.objects.filter(case=case.number, key="supplement").update(due_on=today + timedelta(days=5))
    assert remind(NOW) == 0
    assert remind(NOW + timedelta(days=4)) == 1
    assert reminders(case) == ["supplement-day"]


def test_whoever_has_answered_is_not_reminded(cast: Cast) -> None:
    case = asked(cast)
    last = due_of(case, "supplement")
    state = opened(case).state
    does(case, c.AnswerSupplement(state.answers, state.provided), cast.citizen)
    remind(last - timedelta(days=1))
    assert reminders(case) == []


def test_when_we_are_late_we_say_so_once_with_the_day_and_who_answers_for_it(cast: Cast) -> None:
    case = accepted(cast)
    last = due_of(case, "decide")
    remind(last)
    assert reminders(case) == []
    for days in (1, 2, 30):
        remind(last + timedelta(days=days))
        assert reminders(case) == ["decide-late"]
    notice = Notice.objects.get(case=case.number, template="decide-late")
    assert f"{last.month}月{last.day}日" in notice.body
    assert "交通警察大队" in notice.body
    assert cast.window.name in notice.body
    assert "对不起" in notice.body
    assert cast.window.name not in notice.sms


def test_nobody_is_late_while_the_clock_stands_still_or_after_the_decision(cast: Cast) -> None:
    case = accepted(cast)
    PromiseRow.objects.filter(case=case.number, key="decide").update(is_paused=True, due_on=None)
    assert remind(NOW + timedelta(days=60)) == 0
    PromiseRow.objects.filter(case=case.number, key="decide").update(
        is_paused=False, due_on=NOW.date(), ended_at=at("10-13 09:00")
    )
    assert remind(NOW + timedelta(days=60)) == 0


def test_reminders_do_not_read_the_clock(cast: Cast) -> None:
    case = asked(cast)
    remind(due_of(case, "supplement") - timedelta(days=1))
    created = Notice.objects.get(case=case.number, template="supplement-day").created_at
    assert created == due_of(case, "supplement") - timedelta(days=1)

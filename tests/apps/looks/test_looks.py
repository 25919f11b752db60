"""Looks are counted, reasons hold for a day, a broken glass for an hour, and reviews are by somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.actors import UNIT, Cast, member
from support.fixed_clock import NOW, at
from support.journeys import submitted

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import visible_to
from yinuo.apps.looks.actions.break_glass import break_glass
from yinuo.apps.looks.actions.look import As, Seen, look
from yinuo.apps.looks.actions.mark_seen import mark_seen
from yinuo.apps.looks.actions.report import report
from yinuo.apps.looks.actions.review import review
from yinuo.apps.looks.actions.state_reason import state_reason
from yinuo.apps.looks.models import Look, Opening
from yinuo.apps.looks.queries import opened_by_glass, opening_of, to_review, without_own_case
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person
from yinuo.core.case.looking import Purpose
from yinuo.core.errors import Refusal

WORDS = "窗口来了本人，经办单位没有人接电话"


def sees(
    person: Person, case: Case, moment: datetime, purpose: Purpose = Purpose.CASE, kind: str = "case"
) -> None:
    who = As(person, "window", UNIT, purpose)
    assert look([(who, Seen(kind, case.number, case.unit))], now=moment) == 1


def broken(
    person: Person, text: str, moment: datetime = NOW, key: str = "danger", words: str = WORDS
) -> object:
    return break_glass(text, key, words, person=person, now=moment)


def test_the_same_within_ten_minutes_is_one_row_with_a_count(cast: Cast) -> None:
    case = submitted(cast)
    for minute in (0, 3, 9):
        sees(cast.window, case, NOW + timedelta(minutes=minute))
    (row,) = Look.objects.all()
    assert (row.count, row.first_at, row.last_at) == (3, NOW, NOW + timedelta(minutes=9))
    sees(cast.window, case, NOW + timedelta(minutes=10))
    sees(cast.window, case, NOW, kind="result")
    sees(cast.reviewer, case, NOW)
    assert sorted(Look.objects.values_list("count", flat=True)) == [1, 1, 1, 3]


def test_a_list_is_one_row_for_each_case_and_day(cast: Cast) -> None:
    case = submitted(cast)
    for moment in (NOW, at("10-12 17:00"), at("10-13 09:00")):
        sees(cast.window, case, moment, Purpose.LIST, "list")
    assert list(Look.objects.order_by("pk").values_list("count", flat=True)) == [2, 1]


def test_forty_looks_are_one_statement(cast: Cast) -> None:
    who = As(cast.window, "window", UNIT, Purpose.LIST)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look([(who, Seen("list", f"YN{n}", UNIT)) for n in range(40)], now=NOW)
    assert len(asked) == 1
    assert Look.objects.count() == 40


def test_a_reason_holds_until_the_day_ends(cast: Cast) -> None:
    case = submitted(cast)
    made = state_reason(case.number, (UNIT,), "stands-in", WORDS, person=cast.reviewer, now=NOW)
    assert isinstance(made, Opening)
    assert opening_of(cast.reviewer, case.number, at("10-12 23:59")) == made
    assert opening_of(cast.reviewer, case.number, at("10-13 00:00")) is None
    assert opening_of(cast.window, case.number, NOW) is None


@pytest.mark.parametrize(
    ("key", "words", "field"),
    [("", WORDS, "key"), ("danger", WORDS, "key"), ("other", "", "words"), ("other", "看", "words"),
     ("other", "长" * 501, "words")],
)  # fmt: skip
def test_a_reason_is_one_of_a_few_and_words(cast: Cast, key: str, words: str, field: str) -> None:
    result = state_reason("YN1", (UNIT,), key, words, person=cast.reviewer, now=NOW)
    assert isinstance(result, Refusal)
    assert list(result.fields) == [field]
    assert not Opening.objects.exists()


def test_nobody_states_a_reason_for_another_units_case(cast: Cast) -> None:
    result = state_reason("YN1", (UNIT,), "other", WORDS, person=cast.elsewhere, now=NOW)
    assert result == Refusal("not-your-unit")


def test_a_reason_is_sealed(cast: Cast) -> None:
    state_reason("YN1", (UNIT,), "other", WORDS, person=cast.reviewer, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM looks_opening")
        (stored,) = cursor.fetchone()
    assert stored.startswith("v1.")
    assert Opening.objects.get().words == WORDS


def test_a_broken_glass_opens_one_case_for_an_hour(cast: Cast) -> None:
    case, other = submitted(cast), submitted(cast)
    made = broken(cast.elsewhere, case.query_code)
    assert isinstance(made, Opening)
    for moment, seen in ((NOW, 1), (NOW + timedelta(minutes=59), 1), (NOW + timedelta(minutes=60), 0)):
        assert opened_by_glass(cast.elsewhere, moment) == ({case.number} if seen else set())
        found = visible_to(cast.elsewhere, NOW.date(), moment)
        assert found.filter(number=case.number).count() == seen
        assert not found.filter(number=other.number).exists()
    assert not visible_to(cast.elsewhere, NOW.date()).exists(), "lists never show it"
    assert not visible_to(cast.stranger, NOW.date(), NOW).exists()


def test_the_glass_is_for_whoever_may_break_it_and_a_case_that_is_there(cast: Cast) -> None:
    case = submitted(cast)
    editor = member("editor-1", "baicheng-bureau", "editor")
    assert broken(editor, case.number) == Refusal("may-not-break")
    assert broken(cast.citizen, case.number) == Refusal("may-not-break")
    assert broken(cast.elsewhere, "YN-no-such") == Refusal("no-such-case")
    already = broken(cast.window, case.number)
    assert already == Refusal("already-visible", facts={"number": case.number})
    assert not Opening.objects.exists()


def test_a_broken_glass_is_reviewed_once_by_a_supervisor_of_the_unit(cast: Cast) -> None:
    case = submitted(cast)
    made = broken(cast.elsewhere, case.number)
    assert isinstance(made, Opening)
    assert made.review_by == at("10-15 00:00").date()  # three working days after a Monday
    for person in (cast.window, cast.elsewhere, cast.citizen):
        assert review(made.pk, True, "有必要", person=person, now=NOW) == Refusal("not-yours-to-review")
    empty = review(made.pk, None, "", person=cast.supervisor, now=NOW)
    assert isinstance(empty, Refusal)
    assert set(empty.fields) == {"justified", "words"}
    assert list(to_review({UNIT})) == [made]
    done = review(made.pk, False, "打电话就能问清楚", person=cast.supervisor, now=at("10-13 09:00"))
    assert isinstance(done, Opening)
    assert (done.justified, done.verdict, done.reviewer) == (False, "打电话就能问清楚", cast.supervisor)
    assert review(made.pk, True, "再想想", person=cast.approver, now=NOW) == Refusal("already-reviewed")
    assert not to_review({UNIT}).exists()


def test_looks_without_an_own_case_are_marked_by_somebody_else(cast: Cast) -> None:
    case = submitted(cast)
    sees(cast.window, case, NOW)
    sees(cast.reviewer, case, NOW, Purpose.REASON)
    sees(cast.supervisor, case, NOW, Purpose.OVERSIGHT)
    day, everything = NOW.date(), list(Look.objects.values_list("pk", flat=True))
    assert [one.person for one in without_own_case({UNIT}, day)] == [cast.reviewer, cast.supervisor]
    assert mark_seen(everything, person=cast.elsewhere, now=NOW) == 0
    assert mark_seen(everything, person=cast.reviewer, now=NOW) == 0
    assert mark_seen(everything, person=cast.supervisor, now=NOW) == 1
    assert mark_seen(everything, person=cast.approver, now=NOW) == 1
    assert mark_seen(everything, person=cast.approver, now=NOW) == 0


def test_supervisors_are_told_once_a_day_of_the_day_before(cast: Cast) -> None:
    case = submitted(cast)
    sees(cast.window, case, NOW)
    assert report(at("10-13 00:01")) == 0, "everybody had their own case"
    sees(cast.reviewer, case, NOW, Purpose.REASON)
    assert report(at("10-12 23:00")) == 0, "the day is not over"
    assert report(at("10-13 00:01")) == 1
    assert report(at("10-13 09:00")) == 0
    (told,) = Notice.objects.filter(template="looks-daily")
    assert told.person == cast.supervisor
    assert case.query_code not in told.body
    broken(cast.elsewhere, case.number)
    assert report(at("10-14 09:00")) == 1, "an open review is said every day"

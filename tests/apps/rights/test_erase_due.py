"""What has been kept long enough goes by itself, once a day, and the report says how much."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from support.actors import Cast
from support.drafts import complete, uploaded
from support.fixed_clock import NOW, at
from support.journeys import accepted, asked, closed, denied, does
from support.mandates import mandated, organisation, ward
from support.retention import keep_by, rule

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.keeping import handed_in_files, named_files
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import opened
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.mandates.models import Mandate, Organisation, Ward
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.actions.close_account import close_account
from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.erase_due import erase_due
from yinuo.apps.rights.actions.lift_hold import lift_hold
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.apps.rights.due import due
from yinuo.apps.rights.models import ClosedAccount, Erased, Hold, Run
from yinuo.apps.rights.queries import keeping, runs
from yinuo.core.case import commands as c
from yinuo.core.clock import SHANGHAI

pytestmark = pytest.mark.usefixtures("quick_papers")

DENIED = frozenset({"denied"})


def morning(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=1, tzinfo=SHANGHAI)


def reported() -> dict[str, tuple[int, int, int]]:
    return {row.rule: (row.count, row.held, row.owed) for row in Erased.objects.all()}


@pytest.fixture
def two_years(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("no", "case", "1y", outcomes=DENIED), rule("rest", "case", "2y"))


def test_a_case_goes_the_day_after_its_last(cast: Cast, two_years: None) -> None:
    case = closed(cast)  # 2026-10-12
    assert keeping(case, NOW.date()).last_day == date(2028, 10, 12)
    assert erase_due(morning("2028-10-12")) == 0
    assert erase_due(morning("2028-10-13")) == 1
    case.refresh_from_db()
    assert (case.erased_on, case.erased_by) == (date(2028, 10, 13), "rest")


def test_the_outcome_says_which_rule(cast: Cast, two_years: None) -> None:
    no = does(denied(cast), c.Rate(2), cast.citizen)
    assert keeping(no, NOW.date()).rule is None, "it goes on"
    yes = closed(cast)
    assert getattr(keeping(yes, NOW.date()).rule, "key", "") == "rest"


def test_what_goes_on_is_kept(cast: Cast, two_years: None) -> None:
    accepted(cast)
    assert erase_due(morning("2058-01-01")) == 0
    assert not Case.objects.filter(erased_on__isnull=False).exists()


def test_the_report_says_what_by_which_rule_and_how_much(cast: Cast, two_years: None) -> None:
    closed(cast)
    closed(cast, at=at("10-13 09:00"))
    erase_due(morning("2030-01-01"))
    (run,) = runs()
    (row,) = run.rows.all()
    assert (run.day, row.rule, row.kind, row.keep, row.ground, row.count) == (
        date(2030, 1, 1), "rest", "case", "2y", "archives-law 第十三条", 2,
    )  # fmt: skip
    assert run.finished_at is not None


def test_once_a_day_and_again_the_next(cast: Cast, two_years: None) -> None:
    closed(cast)
    assert erase_due(morning("2027-01-01")) == 0
    assert erase_due(morning("2030-01-01")) == 1
    closed(cast, at=at("10-13 09:00"))
    assert erase_due(morning("2030-01-01") + timedelta(hours=1)) == 0
    assert erase_due(morning("2030-01-02")) == 1
    assert Run.objects.count() == 3


def test_a_tick_that_stops_in_the_middle_is_gone_on_with(cast: Cast, two_years: None) -> None:
    for n in range(3):
        closed(cast, at=at(f"10-1{n + 3} 09:00"))
    assert erase_due(morning("2030-01-01"), most=2) == 2
    assert Run.objects.get().finished_at is None
    assert erase_due(morning("2030-01-01") + timedelta(minutes=1), most=2) == 1
    assert Run.objects.get().finished_at is not None
    assert reported() == {"rest": (3, 0, 0)}


def test_the_clock_does_it(cast: Cast, two_years: None) -> None:
    closed(cast)
    assert tick(morning("2030-01-01")).erased == 1
    assert tick(morning("2030-01-01")).erased == 0


def test_a_city_without_rules_erases_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch)
    closed(cast)
    assert erase_due(morning("2090-01-01")) == 0
    assert not Run.objects.exists()


def test_for_ever_is_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("archive", "case", "forever"))
    case = closed(cast)
    assert erase_due(morning("2090-01-01")) == 0
    assert keeping(case, NOW.date()).last_day is None


def test_what_is_on_hold_stays_and_the_report_says_so(cast: Cast, two_years: None) -> None:
    case = closed(cast)
    held = place_hold(
        case.number, "诉讼中", "2029-06-30", is_told=True, person=cast.supervisor, now=morning("2028-01-01")
    )
    assert isinstance(held, Hold)
    assert erase_due(morning("2029-01-01")) == 0
    assert reported() == {"rest": (0, 1, 0)}
    assert erase_due(morning("2029-07-01")) == 1


def test_a_hold_that_was_lifted_holds_no_more(cast: Cast, two_years: None) -> None:
    case = closed(cast)
    held = place_hold(
        case.number, "诉讼中", "2029-06-30", is_told=True, person=cast.supervisor, now=morning("2028-01-01")
    )
    assert isinstance(held, Hold)
    lift_hold(held, "判决生效", person=cast.supervisor, now=morning("2028-12-01"))
    assert erase_due(morning("2029-01-01")) == 1


def test_where_the_office_owes_an_answer_it_answers_first(cast: Cast, two_years: None) -> None:
    case = does(closed(cast), c.Card("yellow", "decide", reason="慢"), cast.supervisor)
    assert erase_due(morning("2029-01-01")) == 0
    assert reported() == {"rest": (0, 0, 1)}
    does(case, c.AnswerCard("yellow", "已经改正"), cast.approver, morning("2029-01-01"))
    assert erase_due(morning("2029-01-02")) == 1


def test_a_draft_goes_with_its_files(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("draft", "draft", "90d"))
    complete(cast.citizen)
    other = uploaded(cast.stranger)
    assert erase_due(morning("2027-01-10")) == 0
    assert erase_due(morning("2027-01-11")) == 1
    assert not Draft.objects.exists()
    assert list(Upload.objects.all()) == [other]
    assert reported() == {"draft": (1, 0, 0)}


def test_a_file_that_nobody_handed_in_goes_by_itself(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left behind by an answer to a notice that was never sent, or by a program."""
    keep_by(monkeypatch, rule("upload", "upload", "90d"))
    left = uploaded(cast.citizen)
    case, again, draft = asked(cast), uploaded(cast.citizen), complete(cast.stranger)
    state = opened(case).state
    given = {**state.provided, "vehicle-licence": (str(again.pk),)}
    does(case, c.AnswerSupplement(state.answers, given), cast.citizen)
    kept = {str(one) for one in named_files(draft.provided) | handed_in_files(opened(case).events)}
    assert str(again.pk) in kept
    assert erase_due(morning("2027-01-10")) == 0
    assert erase_due(morning("2027-01-11")) == 1
    assert {str(one.pk) for one in Upload.objects.all()} == kept
    assert not Upload.objects.filter(pk=left.pk).exists()


def test_old_notices_go_but_for_those_of_a_case_on_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("notice", "notice", "1y"))
    free, kept = accepted(cast), accepted(cast, at=at("10-13 09:00"))
    told = Notice.objects.filter(case=kept.number).count()
    place_hold(
        kept.number, "诉讼中", "2029-06-30", is_told=True, person=cast.supervisor, now=morning("2027-01-01")
    )
    gone = Notice.objects.filter(case=free.number).count()
    assert told > 0
    assert erase_due(morning("2027-11-01")) == gone > 0
    assert Notice.objects.count() == told
    assert reported() == {"notice": (gone, told, 0)}


def test_ended_mandates_and_what_nobody_represents(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("mandate", "mandate", "3y"))
    company, child = organisation(cast.citizen), ward(cast.citizen)
    mandate = mandated(company, cast.stranger)
    revoke(mandate, "不再合作", person=cast.citizen, now=NOW)
    assert erase_due(morning("2029-10-12")) == 0
    assert erase_due(morning("2029-10-13")) == 1
    assert not Mandate.objects.exists()
    assert (Organisation.objects.get(), Ward.objects.get()) == (company, child)
    Organisation.objects.update(ended_at=NOW)
    assert erase_due(morning("2029-10-14")) == 1
    assert erase_due(morning("2036-05-05")) == 1, "the child is of age since 2033-05-04"


def test_a_mandate_is_kept_as_long_as_a_case_that_stands_on_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_by(monkeypatch, rule("mandate", "mandate", "3y"))
    mandate = mandated(cast.citizen, cast.stranger)
    case = closed(cast)
    Case.objects.filter(pk=case.pk).update(principal=mandate.key)
    assert erase_due(morning("2031-01-01")) == 0
    Case.objects.filter(pk=case.pk).update(principal="")
    assert erase_due(morning("2031-01-02")) == 1


def test_a_closed_account_goes_with_its_last_case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("rest", "case", "2y"), rule("account", "account", "1d"))
    closed(cast)
    ClosedAccount.objects.create(person=close_account(cast.citizen), closed_at=at("11-01 09:00"))
    assert erase_due(morning("2027-01-01")) == 0
    assert Person.objects.filter(pk=cast.citizen.pk).exists()
    erase_due(morning("2028-10-13"))
    assert not Person.objects.filter(pk=cast.citizen.pk).exists()
    assert Case.objects.count() == 1


def test_what_is_due_can_be_counted_before_it_goes(cast: Cast, two_years: None) -> None:
    closed(cast)
    found: list[Any] = [
        (one.rule.key, one.thing.number) for one in due(catalogue().retention, date(2030, 1, 1))
    ]
    assert [key for key, _ in found] == ["rest"]
    assert not Case.objects.filter(erased_on__isnull=False).exists()

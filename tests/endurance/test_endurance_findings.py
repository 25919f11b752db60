"""The checks after a month of kills find what they are there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from support.actors import Cast
from support.endurance.acting import Act, Record
from support.endurance.findings import Outside, findings
from support.fixed_clock import at
from support.journeys import accepted

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.notices.models import Notice
from yinuo.apps.promises.models import PromiseRow

NIGHT = at("10-13 00:20")


@dataclass
class Month:
    case: Case
    record: Record
    outside: Outside

    def found(self) -> str:
        return "\n".join(findings(self.record, self.outside, NIGHT))


@pytest.fixture
def month(cast: Cast, tmp_path: Path) -> Month:
    """A case that was handed in and accepted, and the night after it."""
    case = accepted(cast)
    tick(NIGHT)
    acts = [Act(case.number, verb, "", acknowledged=True) for verb in ("submit", "accept")]
    record = Record(acts, {str(Draft.objects.get(case=case).pk): case.number})
    return Month(case, record, Outside([], [], tmp_path / "beats", []))


def test_a_sound_month_has_no_findings(month: Month) -> None:
    assert month.found() == ""


def _twice(month: Month) -> None:
    last = CaseEvent.objects.get(case=month.case, kind="accepted")
    last.pk, last.seq = None, last.seq + 1
    last.save(force_insert=True)


def _mailed_twice(month: Month) -> None:
    mail = EmailMessage()
    mail["Message-ID"] = "<one@example.org>"
    month.outside = replace(month.outside, mails=[mail, mail])


def _sent_and_not_there(month: Month) -> None:
    Notice.objects.filter(case=month.case.number).update(channel="sms")


def _invented(month: Month) -> None:
    row = Notice.objects.filter(case=month.case.number).first()
    assert row is not None
    row.pk, row.key = None, f"{month.case.number}:99:issued:somebody"
    row.save(force_insert=True)


def _promised_by_nobody(month: Month) -> None:
    PromiseRow.objects.filter(key="decide").update(person="")


SPOILT: dict[str, Callable[[Month], object]] = {
    "accept  was acknowledged, and is there 0 times": lambda month: CaseEvent.objects.filter(
        case=month.case, kind="accepted"
    ).delete(),
    "accept  was acknowledged, and is there 2 times": _twice,
    "more, [] less": lambda month: month.record.acts.append(Act(month.case.number, "urge", "mark1.", True)),
    "1 drafts became": lambda month: Draft.objects.update(case=None),
    "audit:": lambda month: Case.objects.update(stage="granted"),
    "a rebuild changes the rows": lambda month: PromiseRow.objects.update(unit="elsewhere"),
    "(decide) is missing": lambda month: PromiseRow.objects.filter(key="decide").delete(),
    "(decide) has no owner": _promised_by_nobody,
    ":submitted:": lambda month: Notice.objects.filter(template="submitted").delete(),
    "tells of what never happened": _invented,
    "is marked as sent and never arrived": _sent_and_not_there,
    "email one arrived 2 times": _mailed_twice,
    "sealed are 0 days, and 1 are over": lambda month: DayRoot.objects.all().delete(),
    "something was left to do": lambda month: DayRoot.objects.all().delete(),
    "the worker ended by itself": lambda month: month.outside.beats.write_bytes(b"bex"),
}


@pytest.mark.parametrize("said", SPOILT)
def test_what_was_spoilt_is_said(month: Month, said: str) -> None:
    SPOILT[said](month)
    assert said in month.found()

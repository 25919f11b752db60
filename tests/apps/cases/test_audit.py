"""The audit finds whatever was changed behind the rules' back; a rebuild puts the rows right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import F
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import STAGES, accepted, asked, closed, submitted

from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.cases.models import Case, CaseEvent
from yinuo.apps.cases.queries import audit, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.promises.models import PromiseRow

pytestmark = pytest.mark.usefixtures("quick_papers")


def faults() -> list[str]:
    return [fault.what for _number, found in audit(catalogue().calendar) for fault in found]


def rebuilt() -> list[str]:
    return list(rebuild(catalogue().calendar))


@pytest.mark.parametrize("stage", STAGES)
def test_what_the_rules_wrote_has_no_fault(cast: Cast, stage: str) -> None:
    STAGES[stage](cast)
    assert faults() == []


def test_every_case_is_looked_at(cast: Cast) -> None:
    numbers = [submitted(cast).number, accepted(cast).number]
    assert [number for number, _ in audit(catalogue().calendar)] == numbers


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "refused"},
        {"actor": "somebody"},
        {"role": "system"},
        {"at": at("10-12 09:00")},
        {"payload": {"deemed": True, "promise": None}},
        {"hash": "0" * 64},
        {"seq": 7},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(cast: Cast, change: dict[str, object]) -> None:
    case = accepted(cast)
    CaseEvent.objects.filter(case=case, seq=2).update(**change)
    assert faults() == [f"the chain breaks at event {change.get('seq', 2)}"]


def test_an_event_from_another_case_is_found(cast: Cast) -> None:
    first, second = accepted(cast), accepted(cast)
    CaseEvent.objects.filter(case=first, seq=2).delete()
    CaseEvent.objects.filter(case=second, seq=2).update(case=first)
    assert "the chain breaks at event 2" in faults()


def test_an_event_that_was_taken_out_of_the_middle_is_found(cast: Cast) -> None:
    case = closed(cast)
    CaseEvent.objects.filter(case=case, seq=3).delete()
    assert faults() == ["the chain breaks at event 4"]


def test_a_last_event_that_was_taken_away_is_found_by_the_row(cast: Cast) -> None:
    case = accepted(cast)
    CaseEvent.objects.filter(case=case, seq=2).delete()
    assert any(fault.startswith("stage is 'accepted'") for fault in faults())


def test_a_case_without_any_event_is_found(cast: Cast) -> None:
    CaseEvent.objects.filter(case=submitted(cast)).delete()
    assert faults() == ["there are no events"]


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "granted"},
        {"owner": "nobody"},
        {"unit": "zhenlai-traffic"},
        {"due_on": date(2026, 12, 31)},
        {"granted": True},
        {"rating": 1},
        {"seq": 9},
        {"received_at": at("10-01 00:00")},
        {"query_code": "AAAAAAAAAAAA"},
        {"item_version": "0" * 64},
        {"item": "za-hotel-license"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_found_and_rebuilt(cast: Cast, change: dict[str, object]) -> None:
    case = accepted(cast)
    before = Case.objects.values().get()
    Case.objects.filter(pk=case.pk).update(**change)
    assert [fault.split(" ")[0] for fault in faults()] == list(change)
    assert rebuilt() == [case.number]
    assert faults() == []
    assert Case.objects.values().get() == before


def test_a_case_that_was_given_to_another_applicant_is_found_and_given_back(cast: Cast) -> None:
    case = accepted(cast)
    Case.objects.filter(pk=case.pk).update(applicant=cast.stranger)
    assert [fault.split(" ")[0] for fault in faults()] == ["applicant_id"]
    rebuilt()
    assert faults() == []
    assert list(visible_to(cast.citizen, date(2026, 10, 12))) == [case]
    assert not visible_to(cast.stranger, date(2026, 10, 12)).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2026, 12, 31)},
        {"ended_at": at("10-12 10:00")},
        {"is_void": True},
        {"is_paused": True},
        {"owner": "applicant"},
        {"unit": "zhenlai-traffic"},
        {"key": "deliver"},
        {"facts": {}},
        {"statutory_due_on": None},
        {"place": 5},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_promise_is_found_and_rebuilt(cast: Cast, change: dict[str, object]) -> None:
    case = accepted(cast)
    before = list(PromiseRow.objects.filter(case=case.number).order_by("place").values_list("key", "due_on"))
    PromiseRow.objects.filter(case=case.number, key="decide").update(**change)
    assert faults() == ["the promises are not those of the events"]
    rebuilt()
    assert faults() == []
    after = PromiseRow.objects.filter(case=case.number).order_by("place").values_list("key", "due_on")
    assert list(after) == before


@pytest.mark.parametrize("what", ["deleted", "added"])
def test_a_promise_too_few_or_too_many_is_found_and_rebuilt(cast: Cast, what: str) -> None:
    case = asked(cast)
    row = PromiseRow.objects.get(case=case.number, key="accept")
    if what == "deleted":
        row.delete()
    else:
        row.pk, row.place = None, 9
        row.save()
    assert faults() == ["the promises are not those of the events"]
    rebuilt()
    assert faults() == []
    assert PromiseRow.objects.filter(case=case.number).count() == 2


def test_a_rebuild_of_sound_rows_changes_nothing(cast: Cast) -> None:
    for make in (submitted, asked, accepted, closed):
        make(cast)
    before = list(Case.objects.order_by("pk").values()), list(PromiseRow.objects.order_by("pk").values())
    assert len(rebuilt()) == 4
    after = list(Case.objects.order_by("pk").values()), list(PromiseRow.objects.order_by("pk").values())
    assert after == before


def test_a_rebuild_never_touches_an_event(cast: Cast) -> None:
    case = accepted(cast)
    Case.objects.filter(pk=case.pk).update(changed_at=F("changed_at") + timedelta(days=1))
    before = list(CaseEvent.objects.values())
    rebuilt()
    assert list(CaseEvent.objects.values()) == before

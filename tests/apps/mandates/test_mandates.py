"""For whom somebody may act: stating, giving, agreeing, ending."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.actors import Cast, citizen
from support.fixed_clock import NOW
from support.mandates import CHILD, LAST_DAY, USCC, mandated, offered, organisation, ward

from yinuo.apps.mandates.actions.answer import answer
from yinuo.apps.mandates.actions.confirm_organisation import confirm_organisation
from yinuo.apps.mandates.actions.end_organisation import end_organisation
from yinuo.apps.mandates.actions.end_ward import end_ward
from yinuo.apps.mandates.actions.give import MOST_OPEN, give
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.mandates.actions.state_organisation import state_organisation
from yinuo.apps.mandates.actions.state_ward import state_ward
from yinuo.apps.mandates.models import Mandate, Organisation
from yinuo.apps.mandates.queries import acting, contact, mandate_of, offered_to, standing
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

TODAY = NOW.date()
VEHICLE = "jg-vehicle-transfer"


def names(person: Person, today: date = TODAY) -> list[str]:
    return [one.name for one in acting(person, today)]


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("template", flat=True))


def given(principal: Any, person: Person, **changes: Any) -> Mandate | Refusal:
    asked = {"phone": "13800000002", "name": "李建军", "items": [], "last_day": LAST_DAY, **changes}
    return give(principal, person=person, now=NOW, **asked)


def test_whoever_states_an_organisation_acts_for_it(cast: Cast) -> None:
    made = organisation(cast.citizen)
    (right,) = acting(cast.citizen, TODAY)
    assert (right.principal, right.right, right.covers(VEHICLE)) == (made.key, "representative", True)
    assert names(cast.stranger) == []


@pytest.mark.parametrize(
    ("uscc", "name", "wrong"),
    [
        ("", "某公司", {"uscc": "required"}),
        ("91350100M000100Y44", "某公司", {"uscc": "bad-check-digit"}),
        (USCC, " ", {"name": "required"}),
        (USCC, "长" * 121, {"name": "too-long"}),
    ],
)
def test_what_is_wrong_with_an_organisation(cast: Cast, uscc: str, name: str, wrong: dict[str, str]) -> None:
    assert state_organisation(cast.citizen, uscc, name, now=NOW) == Refusal("invalid-answers", wrong)


def test_staff_represent_nobody_here(cast: Cast) -> None:
    assert state_organisation(cast.window, USCC, "某公司", now=NOW) == Refusal("only-an-applicant")
    assert state_ward(cast.window, "王小明", CHILD, now=NOW) == Refusal("only-an-applicant")


def test_one_code_is_confirmed_once(cast: Cast) -> None:
    first, second = organisation(cast.citizen), organisation(cast.stranger)
    done = confirm_organisation(first, "营业执照原件", by=cast.window, now=NOW)
    assert isinstance(done, Organisation)
    assert (done.confirmed_at, done.confirmed_by) == (NOW, cast.window)
    no = confirm_organisation(second, "营业执照原件", by=cast.window, now=NOW)
    assert no == Refusal("organisation-confirmed-already")
    assert confirm_organisation(second, " ", by=cast.window, now=NOW) == Refusal("say-what-was-seen")


def test_the_same_organisation_is_stated_once_by_each(cast: Cast) -> None:
    organisation(cast.citizen)
    again = state_organisation(cast.citizen, USCC, "换个名字", now=NOW)
    assert again == Refusal("invalid-answers", {"uscc": "organisation-stated"})


def test_a_child_until_its_eighteenth_birthday(cast: Cast) -> None:
    child = ward(cast.citizen)
    assert child.of_age_on == date(2033, 5, 4)
    assert names(cast.citizen, date(2033, 5, 3)) == ["王小明"]
    assert names(cast.citizen, date(2033, 5, 4)) == []


def test_who_is_of_age_acts_for_themselves(cast: Cast) -> None:
    no = state_ward(cast.citizen, "王大明", "11010519491231002X", now=NOW)
    assert no == Refusal("invalid-answers", {"identity": "of-age"})


def test_born_on_the_leap_day() -> None:
    from yinuo.apps.mandates.actions.state_ward import _of_age_on

    assert _of_age_on("220802202002293218") == date(2038, 3, 1)


def test_a_child_that_was_taken_out(cast: Cast) -> None:
    child = ward(cast.citizen)
    assert end_ward(child, person=cast.stranger, now=NOW) == Refusal("not-yours-to-end")
    end_ward(child, person=cast.citizen, now=NOW)
    assert names(cast.citizen) == []
    assert ward(cast.citizen).pk != child.pk


def test_a_mandate_begins_when_the_agent_agrees(cast: Cast) -> None:
    mandate = offered(organisation(cast.citizen), cast.stranger, [VEHICLE])
    assert names(cast.stranger) == []
    assert list(offered_to(cast.stranger)) == [mandate]
    assert told(cast.stranger) == ["mandate-offered"]
    answer(mandate, agree=True, person=cast.stranger, now=NOW)
    (right,) = acting(cast.stranger, TODAY)
    assert (right.right, right.items, right.last_day) == ("agent", frozenset({VEHICLE}), LAST_DAY)
    assert mandate_of(cast.stranger, right.principal, VEHICLE, TODAY) == str(mandate.pk)
    assert told(cast.citizen) == ["mandate-answered"]


def test_a_mandate_ends_with_its_last_day(cast: Cast) -> None:
    mandated(cast.citizen, cast.stranger, last_day=LAST_DAY)
    assert names(cast.stranger, LAST_DAY) == ["王淑兰"]
    assert names(cast.stranger, LAST_DAY + timedelta(days=1)) == []


def test_a_declined_mandate_never_begins(cast: Cast) -> None:
    mandate = offered(cast.citizen, cast.stranger)
    answer(mandate, agree=False, person=cast.stranger, now=NOW)
    assert names(cast.stranger) == []
    assert standing(Mandate.objects.get(pk=mandate.pk), TODAY) == "declined"
    assert answer(mandate, agree=True, person=cast.stranger, now=NOW) == Refusal("not-asked-you")


def test_only_the_person_who_was_named_can_agree(cast: Cast) -> None:
    mandate = offered(cast.citizen, cast.stranger)
    other = citizen("13800000003", "赵六")
    assert answer(mandate, agree=True, person=other, now=NOW) == Refusal("not-asked-you")
    Person.objects.filter(pk=cast.stranger.pk).update(name="李建国")
    cast.stranger.refresh_from_db()
    assert answer(mandate, agree=True, person=cast.stranger, now=NOW) == Refusal("names-another")


def test_an_offer_that_is_over_cannot_be_agreed_to(cast: Cast) -> None:
    mandate = offered(cast.citizen, cast.stranger, last_day=TODAY)
    assert answer(mandate, agree=True, person=cast.stranger, now=NOW + timedelta(days=1)) == Refusal(
        "mandate-over"
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"phone": "123"}, "phone"),
        ({"phone": "13800000001"}, "phone"),
        ({"name": ""}, "name"),
        ({"items": ["no-such-item"]}, "services"),
        ({"last_day": None}, "last_day"),
        ({"last_day": TODAY - timedelta(days=30)}, "last_day"),
        ({"last_day": date(2031, 1, 1)}, "last_day"),
    ],
)
def test_what_is_wrong_with_a_mandate(cast: Cast, changes: dict[str, Any], wrong: str) -> None:
    no = given(cast.citizen, cast.citizen, **changes)
    assert isinstance(no, Refusal)
    assert set(no.fields) == {wrong}


def test_nobody_learns_whether_a_number_has_an_account(cast: Cast) -> None:
    known = given(cast.citizen, cast.citizen)
    unknown = given(cast.citizen, cast.citizen, phone="13899999999")
    assert isinstance(known, Mandate)
    assert isinstance(unknown, Mandate)
    assert known.agent_id is unknown.agent_id is None


def test_an_agent_hands_nothing_on(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandated(firm, cast.stranger)
    assert given(firm, cast.stranger, phone="13800000003", name="赵六") == Refusal("not-yours-to-give")
    assert given(cast.citizen, cast.stranger) == Refusal("not-yours-to-give")


def test_one_number_is_asked_once(cast: Cast) -> None:
    offered(cast.citizen, cast.stranger)
    assert given(cast.citizen, cast.citizen) == Refusal("invalid-answers", {"phone": "has-a-mandate"})


def test_nobody_floods_strangers_with_offers(cast: Cast) -> None:
    for n in range(MOST_OPEN):
        assert isinstance(given(cast.citizen, cast.citizen, phone=f"139{n:08}"), Mandate)
    no = given(cast.citizen, cast.citizen, phone="13700000000")
    assert no == Refusal("too-many-mandates", facts={"most": MOST_OPEN})


@pytest.mark.parametrize("who", ["citizen", "stranger"])
def test_either_side_ends_a_mandate_and_both_are_told(cast: Cast, who: str) -> None:
    mandate = mandated(cast.citizen, cast.stranger)
    revoke(mandate, "合同到期", person=getattr(cast, who), now=NOW)
    assert names(cast.stranger) == []
    assert told(cast.citizen)[-1] == told(cast.stranger)[-1] == "mandate-ended"
    assert "合同到期" in Notice.objects.filter(person=cast.stranger).latest("pk").body
    assert revoke(mandate, "再一次", person=cast.citizen, now=NOW) == Refusal("mandate-over")


def test_nobody_else_ends_a_mandate_and_nobody_without_a_reason(cast: Cast) -> None:
    mandate = mandated(cast.citizen, cast.stranger)
    other = citizen("13800000003", "赵六")
    assert revoke(mandate, "为难他", person=other, now=NOW) == Refusal("not-yours-to-end")
    assert revoke(mandate, "  ", person=cast.citizen, now=NOW) == Refusal("reason-needed")


def test_mandates_end_with_whoever_gave_them_for_an_organisation(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandated(firm, cast.stranger)
    assert end_organisation(firm, person=cast.stranger, now=NOW) == Refusal("not-yours-to-end")
    end_organisation(firm, person=cast.citizen, now=NOW)
    assert names(cast.stranger) == names(cast.citizen) == []


def test_several_mandates_at_once(cast: Cast) -> None:
    mandated(cast.citizen, cast.stranger, [VEHICLE])
    mandated(organisation(cast.citizen), cast.stranger)
    ward(cast.stranger)
    assert names(cast.stranger) == ["王小明", "王淑兰", "白城某某物流有限公司"]


def test_who_is_told_while_the_mandate_holds_and_after(cast: Cast) -> None:
    firm = organisation(cast.citizen)
    mandate = mandated(firm, cast.stranger, [VEHICLE])
    agent, owner = str(cast.stranger.pk), str(cast.citizen.pk)
    assert contact(firm.key, agent, VEHICLE, TODAY) == agent
    assert contact(firm.key, agent, "za-hotel-license", TODAY) == owner
    revoke(mandate, "合同到期", person=cast.citizen, now=NOW)
    assert contact(firm.key, agent, VEHICLE, TODAY) == owner
    assert contact("", agent, VEHICLE, TODAY) == agent
    assert contact(ward(cast.citizen).key, agent, VEHICLE, TODAY) == owner
    assert contact(f"person:{owner}", agent, VEHICLE, TODAY) == owner

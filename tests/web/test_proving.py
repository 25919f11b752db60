"""What weighs much asks anew who is there, and only then; what was typed comes along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from support.actors import PASSWORD, UNIT, Cast, member
from support.factors import bound, code_at
from support.fixed_clock import NOW
from support.journeys import closed
from support.mandates import organisation
from support.papers import be_quick
from support.programs import asks, registered
from support.visits import long_in, shown, signed_in, value_of

from yinuo.apps.access.models import Change, SecondFactor
from yinuo.apps.entries.models import Entry
from yinuo.apps.items.models import Publication
from yinuo.apps.looks.models import Opening
from yinuo.apps.mandates.models import Mandate
from yinuo.apps.people.models import Person
from yinuo.apps.rights.models import Hold
from yinuo.apps.signing_in.actions.confirm import FRESH
from yinuo.web.proving import FIELD

pytestmark = pytest.mark.usefixtures("clock")

TITLE = "再确认一次是您本人"
TAKE, ALLOW = "/my-data/take/", "/oauth/authorize/"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that weighs much. `made`: how many there are of what it makes."""

    person: Person
    address: str
    typed: dict[str, str]
    made: Callable[[], int]

    @property
    def proof(self) -> str:
        return code_at(NOW) if self.person.is_staff else PASSWORD


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)


def _administrator() -> Person:
    return member("admin-1", "baicheng-bureau", "administrator")


def _account(cast: Cast) -> Act:
    typed = {"login": "clerk-7", "name": "赵一", "reason": "新来的"}
    return Act(_administrator(), "/desk/people/add/", typed, Change.objects.count)


def _close(cast: Cast) -> Act:
    address = f"/desk/people/{cast.window.pk}/close/"
    return Act(_administrator(), address, {"reason": "调走了"}, Change.objects.count)


def _publish(cast: Cast) -> Act:
    return Act(member("editor-1", UNIT, "editor"), "/desk/catalogue/publish/", {}, Publication.objects.count)


def _glass(cast: Cast) -> Act:
    typed = {"case": closed(cast).number, "key": "danger", "words": "申请人报警，联系不上家属"}
    return Act(cast.elsewhere, "/desk/break-glass/", typed, Opening.objects.count)


def _hold(cast: Cast) -> Act:
    number = closed(cast).number
    typed = {"case": number, "reason": "行政诉讼没有审完", "last_day": "2027-12-31", "told": "yes"}
    return Act(cast.supervisor, "/desk/holds/", typed, Hold.objects.count)


def _lift(cast: Cast) -> Act:
    hold = _hold(cast)
    signed_in(hold.person).post(hold.address, hold.typed)
    address = f"/desk/holds/{Hold.objects.get().pk}/lift/"
    return Act(
        cast.supervisor, address, {"why": "判决生效"}, Hold.objects.filter(lifted_at__isnull=False).count
    )


def _mandate(cast: Cast) -> Act:
    typed = {"phone": "13800000002", "name": "李建军", "scope": "all", "last_day": "2026-12-31"}
    return Act(cast.citizen, "/mandates/new/", typed, Mandate.objects.count)


def _organisation(cast: Cast) -> Act:
    address = f"/organisations/{organisation(cast.citizen).pk}/mandates/new/"
    return Act(cast.citizen, address, _mandate(cast).typed, Mandate.objects.count)


WEIGHTY = (_account, _close, _publish, _glass, _hold, _lift, _mandate, _organisation)


@pytest.fixture(params=WEIGHTY, ids=lambda made: made.__name__.strip("_"))
def act(request: pytest.FixtureRequest, cast: Cast) -> Act:
    made: Act = request.param(cast)
    if made.person.is_staff:
        bound(made.person, NOW)
    return made


def test_whoever_came_long_ago_is_asked_and_nothing_is_lost(act: Act) -> None:
    browser, before = long_in(act.person), act.made()
    asked = browser.post(act.address, act.typed)
    assert (asked.status_code, TITLE in shown(asked), act.made()) == (403, True, before)
    assert "no-store" in asked["Cache-Control"]
    assert {key: value_of(asked, key) for key in act.typed} == act.typed
    browser.post(act.address, act.typed | {FIELD: act.proof})
    assert act.made() == before + 1
    assert Entry.objects.filter(kind="confirm", outcome="worked", person=act.person).count() == 1


def test_whoever_has_just_come_is_not_asked(act: Act) -> None:
    before = act.made()
    assert TITLE not in shown(signed_in(act.person).post(act.address, act.typed))
    assert act.made() == before + 1


def test_a_wrong_proof_does_nothing_and_stands_in_no_page(act: Act) -> None:
    browser, before = long_in(act.person), act.made()
    wrong = browser.post(act.address, act.typed | {FIELD: "000001"})
    assert (wrong.status_code, TITLE in shown(wrong), act.made()) == (422, True, before)
    assert {key: value_of(wrong, key) for key in act.typed} == act.typed
    assert value_of(wrong, FIELD) == ""
    assert Entry.objects.filter(kind="confirm", outcome="failed", person=act.person).count() == 1


def test_one_proof_is_enough_for_ten_minutes(cast: Cast, clock: Any) -> None:
    act, browser = _mandate(cast), long_in(cast.citizen)
    browser.post(act.address, act.typed | {FIELD: PASSWORD})
    clock.shift(FRESH - timedelta(seconds=1))
    assert TITLE not in shown(browser.post(act.address, act.typed))
    clock.shift(1)
    assert TITLE in shown(browser.post(act.address, act.typed))


def test_whoever_guesses_is_shut_out(act: Act) -> None:
    browser, before = long_in(act.person), act.made()
    answers = [browser.post(act.address, act.typed | {FIELD: "000001"}).status_code for _ in range(11)]
    assert answers[-1] == 429
    assert browser.post(act.address, act.typed | {FIELD: act.proof}).status_code == 429
    assert act.made() == before


def test_whoever_may_not_is_told_so_and_not_asked(cast: Cast) -> None:
    for address in ("/desk/people/add/", "/desk/catalogue/publish/", "/desk/holds/"):
        refused = long_in(bound(member(f"x{address[6:9]}", UNIT, "window"), NOW)).post(address, {"x": "y"})
        assert (refused.status_code, TITLE in shown(refused)) == (403, False), address


def test_all_of_ones_data_leave_only_with_their_owner(cast: Cast) -> None:
    browser = long_in(cast.citizen)
    asked = browser.post(TAKE, {"part": "1"})
    assert (asked.status_code, value_of(asked, "part")) == (403, "1")
    taken = browser.post(TAKE, {"part": "1", FIELD: PASSWORD})
    assert taken["Content-Type"] == "application/zip"


def test_a_program_is_let_in_by_the_owner_only(cast: Cast) -> None:
    """After the proof the question stands there again; what the program asked for came from the address."""
    browser, asked = long_in(cast.citizen), asks(registered())
    answer = {"allow": "true", **asked}
    here = browser.get(ALLOW, asked).wsgi_request.get_full_path()
    assert TITLE in shown(browser.post(here, answer))
    shown_again = browser.post(here, {FIELD: PASSWORD})
    assert (shown_again.status_code, shown_again["Location"]) == (302, here)
    assert "想替您办事" in shown(browser.get(here))
    assert browser.post(here, answer)["Location"].startswith(asked["redirect_uri"])


def test_whoever_has_no_password_signs_in_again(cast: Cast) -> None:
    cast.citizen.set_unusable_password()
    cast.citizen.save()
    act, browser = _mandate(cast), long_in(cast.citizen)
    for typed in (act.typed, act.typed | {FIELD: ""}):
        assert "请退出后重新登录" in shown(browser.post(act.address, typed))
    assert not Mandate.objects.exists()


def test_the_demo_shows_the_code_and_nothing_else_does(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    act = _account(cast)
    factor = SecondFactor.objects.get(person=bound(act.person, NOW))
    monkeypatch.setattr(settings, "DEMO", True)
    browser = long_in(act.person)
    assert 'id="demo-code"' not in browser.post(act.address, act.typed).content.decode()
    factor.is_demo = True
    factor.save()
    assert code_at(NOW) in shown(browser.post(act.address, act.typed))

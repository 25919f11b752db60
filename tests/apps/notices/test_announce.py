"""Notices of what happened to a case: to whom, in which words, by which channel, and once."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast
from support.fixed_clock import at
from support.journeys import accepted, asked, closed, delivered, denied, does, issued, submitted
from support.notices import EMAIL, announced, told, wants

from yinuo.apps.cases.queries import opened
from yinuo.apps.notices.actions.announce import announce
from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.notices.actions.tell import tell
from yinuo.apps.notices.channels import channel_for
from yinuo.apps.notices.models import Notice, Preference
from yinuo.apps.people.queries import anonymous
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal
from yinuo.project.environment import Smtp

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


@pytest.fixture
def all_connected(settings: Any) -> None:
    settings.SMS_URL, settings.SMS_KEY = "http://127.0.0.1:9/", "key"
    settings.SMTP, settings.MAIL_FROM = Smtp("127.0.0.1", 9, "none"), "a@bureau.example"


def test_each_step_is_told_once_however_often_it_is_announced(cast: Cast) -> None:
    case = delivered(cast)
    first = announced(case)
    assert first == ["submitted", "accepted", *["stepped"] * first.count("stepped"), "granted", "issued",
                     "delivered-online"]  # fmt: skip
    assert announced(case) == first


def test_the_words_name_service_day_and_unit_and_lead_to_the_case(cast: Cast) -> None:
    case = accepted(cast)
    announced(case)
    notice = Notice.objects.get(case=case.number, template="accepted")
    assert "机动车转让登记（本地）" in notice.subject
    assert "交通警察大队" in notice.body
    assert "10月" in notice.body
    assert (notice.state, notice.channel, notice.person) == ("sent", "hall", cast.citizen)
    assert set(notice.facts) == {"item", "unit", "due", "code"}


def test_nobody_else_is_told(cast: Cast) -> None:
    announced(accepted(cast))
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.citizen.pk}


def test_whoever_stayed_anonymous_is_told_nothing(cast: Cast) -> None:
    case = submitted(cast)
    found = opened(case)
    hidden = found.state.but(applicant=str(anonymous().pk))
    before = Notice.objects.count()
    assert announce(hidden, found.events, found.item, now=case.received_at) == 0
    assert Notice.objects.count() == before


def test_ones_own_words_are_no_news_and_the_offices_are(cast: Cast) -> None:
    case = does(accepted(cast), c.Say("什么时候好"), cast.citizen)
    assert "message" not in announced(case)
    case = does(case, c.Say("明天"), cast.window)
    assert announced(case).count("message") == 1


def test_whoever_has_rated_is_not_asked_to_rate(cast: Cast) -> None:
    assert "closed" not in announced(closed(cast))


def test_closing_invites_to_rate(cast: Cast) -> None:
    case = does(delivered(cast), c.Close(), cast.window)
    assert announced(case)[-1] == "closed"


def test_a_denial_and_a_supplement_notice_are_told_without_what_a_clerk_wrote(cast: Cast) -> None:
    for case, template, words in (
        (asked(cast), "supplement-asked", "照片太暗"),
        (denied(cast), "denied", "查封"),
    ):
        assert template in announced(case)
        text = "".join(f"{one.subject}{one.body}{one.sms}" for one in Notice.objects.filter(case=case.number))
        assert words not in text


@pytest.mark.usefixtures("all_connected")
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_the_chosen_channel_and_language_are_used(cast: Cast, channel: str) -> None:
    wants(cast.citizen, channel, "en")
    case = issued(cast)
    announced(case)
    notice = Notice.objects.get(case=case.number, template="issued")
    assert (notice.channel, notice.language, notice.state) == (channel, "en", "waiting")
    assert notice.subject == "Your result is ready: Transfer of a vehicle within the city"
    assert len(notice.sms) <= 160


def test_a_channel_that_the_city_has_not_connected_falls_back_to_the_hall(cast: Cast, settings: Any) -> None:
    settings.SMS_URL, settings.SMTP = "", None
    for channel in ("sms", "email"):
        wants(cast.citizen, channel)
        assert channel_for(cast.citizen) == "hall"


@pytest.mark.usefixtures("all_connected")
def test_staff_read_at_the_desk_whatever_they_chose(cast: Cast) -> None:
    wants(cast.window, "email")
    assert channel_for(cast.window) == "hall"


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@example.org", "a@example.org\nBcc: b@c.org", "x" * 260]
)
def test_an_address_that_is_none_is_refused(cast: Cast, email: str) -> None:
    no = choose(cast.citizen, channel="email", email=email, language="en")
    assert isinstance(no, Refusal)
    assert set(no.fields) == {"email"}
    assert not Preference.objects.exists()


def test_a_channel_and_a_language_that_do_not_exist_are_refused(cast: Cast) -> None:
    no = choose(cast.citizen, channel="pigeon", email="", language="tlh")
    assert isinstance(no, Refusal)
    assert no.fields == {"channel": "not-a-choice", "language": "not-a-choice"}


def test_choosing_again_replaces_the_choice(cast: Cast) -> None:
    wants(cast.citizen, "email")
    wants(cast.citizen, "sms", "en")
    kept = Preference.objects.get()
    assert (kept.channel, kept.language, kept.email) == ("sms", "en", EMAIL)


def test_something_is_told_once_for_each_key(cast: Cast) -> None:
    first = told(cast.citizen)
    assert told(cast.citizen).pk == first.pk
    assert Notice.objects.count() == 1


def test_staff_are_told_of_what_is_owed_in_words(cast: Cast) -> None:
    facts = {"item": "甲事项", "code": "ACEFHJKMNPR3", "what": "decide", "due": at("10-20 09:00").date()}
    facts |= {"unit": "taobei-traffic", "days": 3, "reason": "not asked for"}
    tell(str(cast.window.pk), "rung-broken-more", facts, case="X", key="k", now=at("10-23 09:00"))  # type: ignore[arg-type]
    notice = Notice.objects.get()
    assert notice.subject == "晚了 3 天：甲事项"
    assert "作出决定" in notice.body
    assert "10月20日" in notice.body
    assert "reason" not in notice.facts


def test_a_missing_fact_is_a_slip_of_ours(cast: Cast) -> None:
    with pytest.raises(KeyError):
        tell(str(cast.window.pk), "rung-half", {"item": "甲"}, case="", key="k", now=at("10-12 09:00"))

"""A citizen's notices: the list, what is unread, and how she wants to be told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from support.actors import Cast
from support.journeys import accepted
from support.notices import EMAIL, announced, told, wants
from support.visits import shown, signed_in, value_of

from yinuo.apps.notices.models import Notice, Preference
from yinuo.web import sentences

pytestmark = pytest.mark.usefixtures("clock", "quick_papers")


def unread_in(client: Client) -> str | None:
    """What stands beside the word in the navigation."""
    page = client.get("/windows/").content.decode()
    return page.split('class="yn-count">', 1)[1].split("<", 1)[0] if "yn-count" in page else None


def test_without_a_notice_it_is_said_what_will_come(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    assert "还没有通知" in shown(client.get("/notices/"))
    assert unread_in(client) is None


def test_notices_are_listed_the_newest_first_and_lead_to_the_case(cast: Cast) -> None:
    case = accepted(cast)
    announced(case)
    response = signed_in(cast.citizen).get("/notices/")
    text = shown(response)
    assert text.index("已经受理") < text.index("已经收到")
    assert f'href="/cases/{case.number}/"' in response.content.decode()


def test_what_is_unread_is_counted_on_every_page_until_it_is_marked(cast: Cast) -> None:
    first, _second = told(cast.citizen), told(cast.citizen, "two")
    client = signed_in(cast.citizen)
    assert unread_in(client) == "2"
    client.get("/notices/")
    assert unread_in(client) == "2"
    assert client.post("/notices/read/", {"notice": first.pk}).status_code == 302
    assert unread_in(client) == "1"
    client.post("/notices/read/")
    assert unread_in(client) is None
    assert "未读" not in shown(client.get("/notices/"))


def test_nobody_sees_or_marks_what_is_somebody_elses(cast: Cast) -> None:
    notice = told(cast.citizen)
    stranger = signed_in(cast.stranger)
    assert notice.subject not in shown(stranger.get("/notices/"))
    for which in (str(notice.pk), "9" * 40, "x", ""):
        stranger.post("/notices/read/", {"notice": which})
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "短信正在发"),
        ("sent", "短信也发了"),
        ("dead", "短信没有送到"),
        ("dropped", "短信没有送到"),
    ],
)
def test_a_text_message_is_shown_too_with_what_became_of_it(cast: Cast, state: str, words: str) -> None:
    notice = told(cast.citizen)
    Notice.objects.filter(pk=notice.pk).update(channel="sms", state=state)
    text = shown(signed_in(cast.citizen).get("/notices/"))
    assert notice.subject in text
    assert words in text


def test_many_notices_are_turned_page_by_page(cast: Cast) -> None:
    for number in range(23):
        told(cast.citizen, str(number))
    client = signed_in(cast.citizen)
    assert client.get("/notices/").content.decode().count("<h2 ") == 20
    assert client.get("/notices/?page=2").content.decode().count("<h2 ") == 3


def test_channel_and_language_are_chosen_and_kept(cast: Cast) -> None:
    client = signed_in(cast.citizen)
    assert not Preference.objects.exists()
    choice = {"channel": "email", "email": EMAIL, "language": "en"}
    assert client.post("/notices/settings/", choice)["Location"] == "/notices/"
    kept = Preference.objects.get(person=cast.citizen)
    assert (kept.channel, kept.email, kept.language) == ("email", EMAIL, "en")
    page = client.get("/notices/settings/")
    assert value_of(page, "email") == EMAIL
    assert 'value="email" checked' in page.content.decode()
    assert 'value="en" checked' in page.content.decode()


def test_a_wrong_address_is_told_at_its_field_and_what_was_typed_stays(cast: Cast) -> None:
    choice = {"channel": "email", "email": "wang@", "language": "zh-hans"}
    response = signed_in(cast.citizen).post("/notices/settings/", choice)
    assert response.status_code == 422
    assert sentences.field("bad-format") in shown(response)
    assert value_of(response, "email") == "wang@"
    assert not Preference.objects.exists()


def test_nothing_chosen_is_no_fault_of_the_server(cast: Cast) -> None:
    assert signed_in(cast.citizen).post("/notices/settings/", {}).status_code == 422


def test_what_the_city_has_not_connected_is_said(cast: Cast, settings: Any) -> None:
    client = signed_in(cast.citizen)
    settings.SMS_URL, settings.SMTP = "", None
    assert shown(client.get("/notices/settings/")).count("本市还没有接通") == 2
    settings.SMS_URL = "https://sms.example/"
    assert shown(client.get("/notices/settings/")).count("本市还没有接通") == 1


def test_the_words_of_a_notice_are_marked_with_their_language(cast: Cast) -> None:
    wants(cast.citizen, "hall", "en")
    told(cast.citizen)
    page = signed_in(cast.citizen).get("/notices/").content.decode()
    assert '<h2 lang="en">Withdrawn: Transfer of a vehicle within the city</h2>' in page


def test_staff_are_sent_to_the_desk(cast: Cast) -> None:
    client = signed_in(cast.window)
    for address in ("/notices/", "/notices/settings/"):
        assert client.get(address)["Location"] == "/desk/notices/"

"""My data: what is held, taking it along, explanations, consent, deleting, closing the account."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client, override_settings
from support.actors import PASSWORD, Cast
from support.drafts import HOTEL, complete
from support.fixed_clock import NOW, at
from support.journeys import accepted, asked, closed, delivered, does, issued, submitted
from support.mandates import mandated, organisation, ward
from support.papers import be_quick
from support.retention import keep_by, rule
from support.visits import long_in, shown, signed_in

from yinuo.apps.cases.actions.tick import tick
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.documents.models import Upload
from yinuo.apps.notices.models import Preference
from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.apps.signing_in.models import Code, Link
from yinuo.core.case import commands as c
from yinuo.core.case.passing import CLOSE_AFTER
from yinuo.web.hall.my_data import holdings

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)


def packet(person: Person, part: int = 1) -> ZipFile:
    response = signed_in(person).post("/my-data/take/", {"part": part})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]


def data(person: Person, part: int = 1) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(packet(person, part).read("data.json"))
    return made


def test_the_page_names_every_kind_and_links_only_to_pages_that_are_there(cast: Cast) -> None:
    closed(cast)
    asked(cast)
    complete(cast.citizen, HOTEL, unit="taobei-public-order")
    client = signed_in(cast.citizen)
    for address in (
        "/my-data/",
        "/my-data/decisions/",
        "/my-data/consent/",
        "/my-data/delete/",
        "/my-data/close/",
    ):
        page = client.get(address)
        assert page.status_code == 200, address
        for target in set(re.findall(r'href="(/[^"#]*)', page.content.decode())):
            assert client.get(target).status_code in (200, 302), target


def test_how_long_a_case_is_kept_stands_beside_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_by(monkeypatch, rule("rest", "case", "2y"))
    closed(cast)
    words = shown(signed_in(cast.citizen).get("/my-data/"))
    assert "留到" in words
    assert "2028" in words
    assert "《中华人民共和国档案法》第十三条" in words


@pytest.mark.parametrize(("told", "seen"), [(True, True), (False, False)])
def test_a_hold_is_told_and_its_reason_where_the_law_lets_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, told: bool, seen: bool
) -> None:
    keep_by(monkeypatch, rule("rest", "case", "2y"))
    case = closed(cast)
    place_hold(
        case.number,
        "行政诉讼没有审完",
        "2028-12-31",
        is_told=told,
        person=cast.supervisor,
        now=at("10-13 09:00"),
    )
    words = shown(signed_in(cast.citizen).get("/my-data/"))
    assert "保全到" in words
    assert ("行政诉讼没有审完" in words) is seen
    assert ("第三十五条" in words) is not seen
    assert data(cast.citizen)["cases"][0]["kept"]["hold"] == {
        "until": "2028-12-31", "reason": "行政诉讼没有审完" if seen else None,
    }  # fmt: skip


def test_a_record_is_corrected_by_the_services_of_its_branch(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_by(monkeypatch, corrections=("xf-recheck", "jg-vehicle-transfer", "hz-id-reissue-lost", "not-there"))
    closed(cast)
    page = signed_in(cast.citizen).get("/my-data/").content.decode()
    assert set(re.findall(r"/items/([a-z-]+)/", page)) == {"xf-recheck", "jg-vehicle-transfer"}


def test_the_packet_has_everything_in_it(cast: Cast) -> None:
    case = closed(cast)
    complete(cast.citizen, HOTEL, unit="taobei-public-order")
    archive = packet(cast.citizen)
    made = json.loads(archive.read("data.json"))
    assert made["schema"] == "yinuo-my-data/1"
    assert made["account"]["name"] == "王淑兰"
    assert made["account"]["phone"] == "13800000001"
    (one,) = made["cases"]
    assert (one["number"], one["stage"]) == (case.number, "closed")
    assert one["answers"]["seller_name"]
    assert [event["kind"] for event in one["events"]][:2] == ["submitted", "accepted"]
    assert {one["promise"] for one in one["receipts"]} >= {"accept", "decide", "deliver"}
    assert one["ratings"][0]["words"] == "半天就办好了"
    assert made["notices"]
    assert len(made["drafts"]) == 1
    files = [file for each in (*made["cases"], *made["drafts"]) for file in each["files"]]
    paths = {file["path"] for file in files} | {file["path"] for file in one["results"]}
    assert set(archive.namelist()) == {"data.json", "index.html", *paths}
    assert archive.testzip() is None
    assert len(files) == Upload.objects.filter(person=cast.citizen).count() > 2


def test_the_files_are_the_ones_that_were_handed_in(cast: Cast) -> None:
    from hashlib import sha256

    submitted(cast)
    archive = packet(cast.citizen)
    for file in json.loads(archive.read("data.json"))["cases"][0]["files"]:
        assert sha256(archive.read(file["path"])).hexdigest() == file["sha256"]


def test_the_page_in_the_packet_opens_without_a_network(cast: Cast) -> None:
    closed(cast)
    archive = packet(cast.citizen)
    page = archive.read("index.html").decode()
    targets: list[str] = []

    class Targets(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            targets.extend(value or "" for name, value in attrs if name in ("src", "href"))

    Targets().feed(page)
    assert targets
    assert set(targets) <= set(archive.namelist())
    assert "王淑兰" in page
    assert "<script" not in page


def test_staff_are_there_by_unit_and_post_alone(cast: Cast) -> None:
    closed(cast)
    for name in ("data.json", "index.html"):
        text = packet(cast.citizen).read(name).decode()
        for person in (cast.window, cast.reviewer, cast.approver):
            assert person.name not in text
            assert str(person.pk) not in text
        assert "窗口岗" in text


def test_an_agent_takes_nothing_of_the_principal_along(cast: Cast) -> None:
    case = closed(cast)
    Case.objects.filter(pk=case.pk).update(principal=f"person:{cast.stranger.pk}")
    assert data(cast.citizen)["cases"] == []
    (one,) = data(cast.stranger)["cases"]
    assert (one["number"], one["by_agent"]) == (case.number, True)
    assert {event["who"] for event in one["events"] if event["by"] == "applicant"} == {"代办人"}
    assert cast.citizen.phone not in packet(cast.stranger).read("data.json").decode()


def test_nor_what_the_agent_was_told_about_it(cast: Cast) -> None:
    case = closed(cast)
    assert data(cast.citizen)["notices"]
    Case.objects.filter(pk=case.pk).update(principal=mandated(cast.stranger, cast.citizen).key)
    assert [one for one in data(cast.citizen)["notices"] if one["case"]] == []


def test_companies_children_and_mandates_are_in_it(cast: Cast) -> None:
    company, child = organisation(cast.citizen), ward(cast.citizen)
    mandated(company, cast.stranger)
    case = submitted(cast)
    Case.objects.filter(pk=case.pk).update(principal=child.key)
    made = data(cast.citizen)
    assert made["organisations"][0]["name"] == company.name
    assert made["children"][0]["name"] == child.name
    assert made["mandates"]["given"][0]["agent"] == cast.stranger.name
    assert made["cases"][0]["for"] == child.name
    theirs = data(cast.stranger)
    assert theirs["mandates"]["held"][0]["principal"] == company.name
    assert theirs["cases"] == []


def test_much_is_taken_along_in_parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "CASES_IN_A_PART", 2)
    numbers = [submitted(cast, at=NOW + timedelta(minutes=n)).number for n in range(3)]
    assert "第 2 包，共 2 包" in shown(signed_in(cast.citizen).get("/my-data/"))
    first, second = data(cast.citizen, 1), data(cast.citizen, 2)
    assert [one["number"] for one in (*first["cases"], *second["cases"])] == numbers[::-1]
    assert "account" in first
    assert "account" not in second
    assert signed_in(cast.citizen).post("/my-data/take/", {"part": 3}).status_code == 404
    assert signed_in(cast.citizen).post("/my-data/take/", {"part": "x"}).status_code == 404


def test_an_infected_file_is_named_and_not_given(cast: Cast) -> None:
    submitted(cast)
    Upload.objects.update(state="infected", path="")
    archive = packet(cast.citizen)
    assert set(archive.namelist()) == {"data.json", "index.html"}
    files = json.loads(archive.read("data.json"))["cases"][0]["files"]
    assert {(file["path"], file["scan"]) for file in files} == {(None, "infected")}


def test_silence_is_explained_with_rule_law_and_count(cast: Cast, clock: Any) -> None:
    case = submitted(cast)
    clock.move_to(at("11-20 09:00"))
    assert tick(at("11-20 09:00")).changed == 1
    words = shown(signed_in(cast.citizen).get("/my-data/decisions/"))
    assert "视为受理" in words
    assert "第" in words
    (one,) = data(cast.citizen)["cases"][0]["automatic"]
    assert one["kind"] == "deemed"
    assert one["law"]
    assert one["counted"]
    assert one["receipt"] == "accept"
    assert signed_in(cast.citizen).get(f"/cases/{case.number}/receipts/accept.json").status_code == 200


def test_a_lapse_is_explained(cast: Cast, clock: Any) -> None:
    asked(cast)
    clock.move_to(at("12-30 09:00"))
    tick(at("12-30 09:00"))
    kinds = [one["kind"] for one in data(cast.citizen)["cases"][0]["automatic"]]
    assert kinds == ["lapsed"]


def test_a_case_that_closed_by_itself_says_that_no_law_sets_the_days(cast: Cast, clock: Any) -> None:
    delivered(cast)
    later = NOW + CLOSE_AFTER + timedelta(days=2)
    clock.move_to(later)
    tick(later)
    (one,) = data(cast.citizen)["cases"][0]["automatic"]
    assert (one["kind"], one["law"]) == ("closed", "")
    assert "15" in one["counted"]


def test_what_people_decided_is_not_called_automatic(cast: Cast) -> None:
    closed(cast)
    assert data(cast.citizen)["cases"][0]["automatic"] == []
    assert "没有这样的决定" in shown(signed_in(cast.citizen).get("/my-data/decisions/"))


def test_messages_are_given_up_with_one_press(cast: Cast) -> None:
    Preference.objects.create(person=cast.citizen, channel="email", email="wang@example.org", language="en")
    client = signed_in(cast.citizen)
    client.post("/my-data/consent/quiet/")
    kept = Preference.objects.get(person=cast.citizen)
    assert (kept.channel, kept.email, kept.language) == ("hall", "", "en")


def link(person: Person) -> Link:
    return Link.objects.create(
        person=person, issuer="https://id.example", subject="s", subject_index="x", linked_at=NOW
    )


def test_a_provider_is_parted_from_where_another_way_in_is_left(cast: Cast) -> None:
    link(cast.citizen)
    signed_in(cast.citizen).post("/my-data/consent/provider/")
    assert not Link.objects.exists()


def test_the_only_way_in_is_not_taken_away(cast: Cast) -> None:
    alone = Person.objects.create_person("provider-1", "张三", None)
    link(alone)
    page = signed_in(alone).post("/my-data/consent/provider/", follow=True)
    assert "登不进来" in shown(page)
    assert Link.objects.exists()


def test_drafts_are_deleted_at_once(cast: Cast) -> None:
    draft = complete(cast.citizen)
    client = signed_in(cast.citizen)
    assert f"/apply/{draft.pk}/discard/" in client.get("/my-data/delete/").content.decode()
    client.post(f"/apply/{draft.pk}/discard/")
    assert not Draft.objects.exists()


def understood(client: Client) -> None:
    assert client.post("/my-data/close/", {"understood": "yes"}).status_code == 302


def test_the_account_is_closed_after_two_questions(cast: Cast) -> None:
    closed(cast)
    client = signed_in(cast.citizen)
    assert "留下的" in shown(client.get("/my-data/close/"))
    assert client.post("/my-data/close/").status_code == 422
    assert client.get("/my-data/close/enter/").status_code == 302, "the first question was not answered"
    understood(client)
    assert client.post("/my-data/close/enter/", {"old_password": "wrong"}).status_code == 422
    assert Person.objects.get(pk=cast.citizen.pk).is_active
    done = client.post("/my-data/close/enter/", {"old_password": PASSWORD}, follow=True)
    assert "账号已经注销" in shown(done)
    assert not Person.objects.get(pk=cast.citizen.pk).is_active
    assert client.get("/my-data/").status_code == 302


def test_with_something_open_it_is_not_closed(cast: Cast) -> None:
    accepted(cast)
    client = signed_in(cast.citizen)
    assert "还不能注销" in shown(client.get("/my-data/close/"))
    client.post("/my-data/close/", {"understood": "yes"})
    assert client.get("/my-data/close/enter/").status_code == 302


def test_without_a_password_a_code_is_asked_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("yinuo.apps.signing_in.texting.send", lambda phone, words: sent.append(words))
    cast.citizen.set_unusable_password()
    cast.citizen.save()
    with override_settings(SMS_URL="https://sms.example/"):
        client = signed_in(cast.citizen)
        understood(client)
        (words,) = sent
        digits = re.findall(r"\d{6}", words)[0]
        wrong = "000000" if digits != "000000" else "111111"
        assert client.post("/my-data/close/enter/", {"code": wrong}).status_code == 422
        assert Code.objects.get().purpose == "close"
        client.post("/my-data/close/enter/", {"code": digits})
    assert not Person.objects.get(pk=cast.citizen.pk).is_active


def test_whoever_has_neither_types_the_name(cast: Cast) -> None:
    alone = Person.objects.create_person("provider-1", "张三", None)
    client = long_in(alone)
    understood(client)
    assert client.post("/my-data/close/enter/", {"name": "张三"}).status_code == 422  # an open browser
    client = signed_in(alone)
    understood(client)
    assert client.post("/my-data/close/enter/", {"name": "李四"}).status_code == 422
    client.post("/my-data/close/enter/", {"name": "张三"})
    assert not Person.objects.get(pk=alone.pk).is_active


def test_a_paper_is_in_the_packet_and_not_on_the_way_of_anybody_else(cast: Cast) -> None:
    issued(cast)
    archive = packet(cast.citizen)
    (paper,) = json.loads(archive.read("data.json"))["cases"][0]["results"]
    assert archive.read(paper["path"])
    assert data(cast.stranger)["cases"] == []


def test_staff_come_back_to_the_desk(cast: Cast) -> None:
    assert signed_in(cast.window).get("/my-data/")["Location"] == "/desk/"


def test_a_bad_rating_that_is_being_looked_into_is_in_it(cast: Cast) -> None:
    does(delivered(cast), c.Rate(5, "太慢"), cast.citizen)
    (rating,) = data(cast.citizen)["cases"][0]["ratings"]
    assert (rating["level"], rating["words"]) == (5, "太慢")

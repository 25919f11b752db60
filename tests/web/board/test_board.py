"""The board: for whoever leads or supervises, of their own units, every number with its cases."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from support.actors import Cast, member
from support.drafts import HOTEL, VEHICLE
from support.fixed_clock import NOW
from support.journeys import accepted, does, granted
from support.visible_text import chinese_in
from support.visits import shown, signed_in
from support.walks import handed_in, post_everywhere

from yinuo.apps.cases.models import Case
from yinuo.apps.people.models import Person
from yinuo.apps.promises.models import PromiseRow, RungReached
from yinuo.core.case import commands as c
from yinuo.web import figures as texts

ADDRESSES = (
    "/board/", "/board/cases/?figure=open", "/board/charts/on-time.svg", "/board/charts/work.svg",
    "/board/charts/days.svg", "/board/figures.csv", "/board/figures.json",
)  # fmt: skip


@pytest.fixture
def office(cast: Cast, clock: Any) -> Cast:
    """Two decisions in time, one late, one open and past its day; a hotel at the unit next door."""
    post_everywhere(cast)
    granted(cast)
    granted(cast)
    late = handed_in(cast, VEHICLE, NOW - timedelta(days=40))
    late = does(late, c.Accept(), cast.window)
    for post in ("inspector", "reviewer"):
        who = cast.window if post == "inspector" else cast.reviewer
        from yinuo.apps.cases.queries import opened

        step = opened(late).item.route.step(opened(late).state.step)
        if step is not None and step.post == post:
            late = does(late, c.PassStep("好"), who, NOW - timedelta(days=2))
    does(late, c.Decide(True, "好"), cast.approver, NOW - timedelta(days=1))
    does(handed_in(cast, VEHICLE, NOW - timedelta(days=60)), c.Accept(), cast.window)
    does(handed_in(cast, HOTEL, NOW - timedelta(days=5)), c.Accept(), cast.window)
    clock.move_to(NOW + timedelta(hours=2))
    return cast


def test_only_whoever_leads_or_supervises_finds_the_board(office: Cast) -> None:
    clerk = office.window
    for address in ADDRESSES:
        assert Client().get(address).status_code == 302, address
        for person in (office.citizen, clerk, office.reviewer):
            assert signed_in(person).get(address).status_code == 404, address
        for person in (office.approver, office.supervisor):
            assert signed_in(person).get(address).status_code == 200, address


def test_only_they_find_the_link_to_it(office: Cast) -> None:
    assert '"/board/"' not in signed_in(office.window).get("/desk/").content.decode()
    assert '"/board/"' in signed_in(office.approver).get("/desk/").content.decode()


def table(client: Client, query: str = "") -> dict[str, dict[str, dict[str, str]]]:
    """Group name -> figure -> its row of the download."""
    body = client.get(f"/board/figures.csv?{query}").content.decode("utf-8-sig")
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(body)):
        found.setdefault(row["group"], {})[row["figure"]] = row
    return found


def test_a_unit_has_its_figures_with_numerator_and_denominator(office: Cast) -> None:
    unit = table(signed_in(office.supervisor))["taobei-traffic"]
    on_time = unit["decide-on-time"]
    assert (on_time["numerator"], on_time["denominator"]) == ("2", "3")
    assert on_time["value"] == str(round(2 / 3, 6))
    assert unit["open"]["value"] == "4"  # three that were granted and not yet handed over, one undecided
    assert unit["violation"]["value"] == "1"
    assert unit["received"]["numerator"] == "4"


def test_a_leader_sees_nothing_of_another_unit(office: Cast) -> None:
    leader = member("leader-of-hotels", "taobei-public-order", "leader")
    client = signed_in(leader)
    assert set(table(client)) == {"taobei-public-order"}
    assert set(table(client, "by=item")) == {HOTEL}
    assert set(table(client, "unit=taobei-traffic")) == set()
    page = client.get("/board/cases/?figure=received&by=unit&group=taobei-traffic")
    assert "0 件" in shown(page)
    assert "转移" not in shown(client.get("/board/"))


def test_a_clerk_elsewhere_who_leads_here_sees_only_what_she_leads(office: Cast) -> None:
    from yinuo.apps.people.models import Post

    leader = member("two-posts", "taobei-public-order", "leader")
    Post.objects.create(person=leader, post="window", unit="taobei-traffic", starts_on=NOW.date())
    assert set(table(signed_in(leader))) == {"taobei-public-order"}


def test_behind_each_number_are_its_cases_with_the_way_to_the_desk(office: Cast) -> None:
    client = signed_in(office.supervisor)
    page = client.get("/board/").content.decode()
    pairs = re.findall(r'href="(/board/cases/\?[^"]+)">(\d+)<', page)
    assert len(pairs) > 20
    for link, number in pairs:
        answer = client.get(link.replace("&amp;", "&"))
        listed = answer.content.decode().count('href="/desk/cases/')
        asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
        if asked.get("figure") not in (["median"], ["p90"]):
            assert listed == int(number), link


@pytest.mark.parametrize("by", ["unit", "branch", "item", "person"])
def test_every_grouping_adds_up_to_the_same_whole(office: Cast, by: str) -> None:
    found = table(signed_in(office.supervisor), f"by={by}")
    assert sum(int(one["open"]["numerator"]) for one in found.values()) == 5
    assert sum(int(one["decide-on-time"]["denominator"]) for one in found.values()) == 3


def test_persons_have_their_work_and_neither_score_nor_order_by_it(office: Cast) -> None:
    client = signed_in(office.supervisor)
    page = client.get("/board/?by=person&sort=-decide-on-time")
    text = page.content.decode()
    assert "aria-sort" not in text
    assert not re.findall(r'<a [^>]*href="[^"]*sort=', text)
    assert "满意" not in shown(page).split("每个数字是什么意思")[0]
    assert "%" not in "".join(re.findall(r"<tbody>.*?</tbody>", text, re.DOTALL)[0:2])
    plain = client.get("/board/?by=person").content.decode()
    names = [re.findall(r'<th scope="row">([^<]+)</th>', one) for one in (text, plain)]
    assert names[0] == names[1]


def test_a_link_sorts_by_a_figure_and_back(office: Cast) -> None:
    client = signed_in(office.supervisor)

    def order(query: str) -> list[str]:
        page = client.get(f"/board/?{query}").content.decode()
        return re.findall(r'<th scope="row">([^<]+)</th>', page)[:2]

    down, up = order("sort=-received"), order("sort=received")
    assert down == up[::-1]
    assert 'aria-sort="descending"' in client.get("/board/?sort=-received").content.decode()


def named(client: Client, query: str, table: int = 0) -> list[str]:
    """The groups of one table of the page, in order."""
    body = re.findall(r"<tbody>.*?</tbody>", client.get(f"/board/?{query}").content.decode(), re.DOTALL)
    return re.findall(r'<th scope="row">([^<]+)</th>', body[table])


def test_whoever_received_the_most_stands_first_unless_another_order_is_asked(office: Cast) -> None:
    client = signed_in(office.supervisor)
    most, other = named(client, "")
    assert [most, other] == named(client, "sort=-received") == named(client, "sort=beauty")
    assert named(client, "sort=received") == [other, most]
    assert named(client, "sort=name") == sorted([most, other])
    assert named(client, "sort=-name") == sorted([most, other], reverse=True)
    assert 'aria-sort="descending"' in client.get("/board/").content.decode()


def test_the_first_rows_stand_there_and_all_when_asked_but_a_file_has_all(
    office: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "FIRST", 1)
    client = signed_in(office.supervisor)
    page = client.get("/board/?sort=name&live=1")
    assert len(named(client, "sort=name")) == 1
    assert "这里是前 1 行，共 2 行。" in shown(page)
    (link,) = {
        one.replace("&amp;", "&") for one in re.findall(r'\?([^"]*all=1[^"]*)"', page.content.decode())
    }
    assert parse_qs(link) | {"period": ["this-year"]} == {
        "by": ["unit"], "period": ["this-year"], "sort": ["name"], "all": ["1"], "live": ["1"],
    }  # fmt: skip
    assert len(named(client, link)) == 2
    assert len(table(client)) == 2


def test_a_group_with_nothing_to_count_is_left_out_and_counted(office: Cast) -> None:
    Case.objects.filter(item=HOTEL).update(ended_at=NOW)  # received, and open no more
    PromiseRow.objects.filter(item=HOTEL).update(ended_at=NOW)
    client = signed_in(office.supervisor)
    assert len(named(client, "", 0)) == 1
    assert len(named(client, "", 1)) == 2
    assert "另有 1 个在这里没有可数的，没有列出。" in shown(client.get("/board/"))


def test_a_folded_table_names_what_is_in_it_and_is_open_when_sorted_by(office: Cast) -> None:
    client = signed_in(office.supervisor)
    folded = re.findall(r"<summary[^>]*>.*?</summary>", client.get("/board/").content.decode())
    assert any("<b>评价</b>：满意率、" in one for one in folded)
    opened = client.get("/board/?sort=-satisfaction").content.decode()
    assert not any("<b>评价</b>" in one for one in re.findall(r"<summary[^>]*>.*?</summary>", opened))
    assert 'id="t-ratings"' in opened


def test_the_board_says_as_of_when_its_numbers_are(office: Cast) -> None:
    assert "截至 10月12日 11:30" in shown(signed_in(office.supervisor).get("/board/"))


def test_each_rung_has_one_row(office: Cast) -> None:
    for n, rung in enumerate(("broken", "broken", "broken-3")):
        RungReached.objects.create(case=f"C{n}", place=0, rung=rung, unit="taobei-traffic", at=NOW)
    page = signed_in(office.supervisor).get("/board/").content.decode()
    rungs = page.split('id="t-rungs"')[1].split("</table>")[0]
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="num">(\d+)', rungs) == [
        ("超过承诺日", "2"),
        ("超过承诺日 3 个工作日", "1"),
    ]


def test_what_makes_no_sense_is_not_asked(office: Cast) -> None:
    client = signed_in(office.supervisor)
    for query in ("by=stars", "unit=moon", "period=own&from=x&to=y", "sort=beauty", "page=x", "period=never"):
        assert client.get(f"/board/?{query}").status_code == 200, query
    page = client.get("/board/?period=own&from=2026-10-12&to=2026-10-01")
    assert "结束日不能早于开始日" in shown(page)
    assert client.get("/board/cases/?figure=beauty").status_code == 404
    assert client.get("/board/charts/beauty.svg").status_code == 404


def test_an_own_span_counts_what_lies_in_it(office: Cast) -> None:
    client = signed_in(office.supervisor)
    found = table(client, "period=own&from=2026-10-11&to=2026-10-11")["taobei-traffic"]
    assert (found["decide-on-time"]["numerator"], found["decide-on-time"]["denominator"]) == ("0", "1")


def test_it_refreshes_itself_only_when_asked(office: Cast) -> None:
    client = signed_in(office.supervisor)
    assert 'http-equiv="refresh"' not in client.get("/board/").content.decode()
    live = client.get("/board/?live=1").content.decode()
    assert '<meta http-equiv="refresh" content="60">' in live
    assert "<script" not in live


def test_a_chart_is_a_picture_without_script_and_its_numbers_stand_in_a_table(office: Cast) -> None:
    client = signed_in(office.supervisor)
    answer = client.get("/board/charts/work.svg")
    picture = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "script" not in picture.lower()
    assert "http://www.w3.org/2000/svg" in picture
    assert "近 12 个月收到和决定的件数" in picture
    assert "sandbox" in answer["Content-Security-Policy"]
    page = client.get("/board/").content.decode()
    assert page.count("<img") == 3
    assert "lazy" not in page  # a page that is printed or photographed would lack them
    assert all('alt="' in one for one in re.findall(r"<img[^>]+>", page))
    assert '<th scope="row">2026-10</th>' in page


def test_the_download_is_safe_in_a_spreadsheet(office: Cast) -> None:
    names = ['=HYPERLINK("x")', "+1", "@SUM(A1)", "-2"]
    for n, name in enumerate(names):
        person = Person.objects.create_person(f"bad-{n}", name, "long enough word", is_staff=True)
        case = accepted(office)
        case.owner = str(person.pk)
        case.save()
    body = signed_in(office.supervisor).get("/board/figures.csv?by=person").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert {row["name"] for row in rows} >= {f"'{name}" for name in names}


def test_the_json_says_what_each_figure_means(office: Cast) -> None:
    answer = signed_in(office.supervisor).get("/board/figures.json")
    held = json.loads(answer.content)
    assert held["definitions"]["decide-on-time"]["denominator"][0]["en"].startswith("decisions made")
    assert {one["figure"] for one in held["figures"]} <= set(held["definitions"])
    assert answer["Cache-Control"] == "private, no-store"


def test_no_applicant_is_named(office: Cast) -> None:
    client = signed_in(office.supervisor)
    for address in ("/board/", "/board/?by=person", "/board/cases/?figure=received", "/board/figures.json"):
        assert office.citizen.name not in client.get(address).content.decode(), address


def test_it_stands_in_both_languages(office: Cast, settings: Any) -> None:
    client = signed_in(office.supervisor)
    assert "答应的事" in shown(client.get("/board/"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    found = table(client)["taobei-traffic"]
    assert found["decide-on-time"]["figure_name"] == "Decided on time"
    assert not chinese_in(found["decide-on-time"]["figure_name"])

"""The public figures: each with what it is made of, nobody to be recognised, the same in every file."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from support.actors import Cast
from support.drafts import HOTEL, VEHICLE
from support.fixed_clock import NOW
from support.journeys import does, granted, submitted
from support.visits import shown
from support.walks import handed_in, post_everywhere

from yinuo.apps.cases import experience
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.people.models import Person
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.case import commands as c
from yinuo.core.figures import FIGURES, Cell, Value, figure
from yinuo.web import figures as texts
from yinuo.web.figures import Row, Shown, hidden_row
from yinuo.web.hall.figures import by_work

FILES = ("/figures/figures.csv", "/figures/broken.csv", "/figures/stops.csv", "/figures/figures.json")


def late(cast: Cast, item: str, days: int = 40) -> Case:
    """Decided yesterday, long after its promised day."""
    case = does(handed_in(cast, item, NOW - timedelta(days=days)), c.Accept(), cast.window)
    who = {"inspector": cast.window, "reviewer": cast.reviewer}
    for step in opened(case).item.route.steps:
        case = does(case, c.PassStep("好"), who[step.post], NOW - timedelta(days=2))
    return does(case, c.Decide(True, "好"), cast.approver, NOW - timedelta(days=1))


@pytest.fixture
def city(cast: Cast, clock: Any) -> Cast:
    """Six vehicles at one unit, one of them late; two hotels at the next, one of them late."""
    post_everywhere(cast)
    for _ in range(5):
        granted(cast)
    late(cast, VEHICLE)
    late(cast, HOTEL, 90)
    handed_in(cast, HOTEL, NOW - timedelta(days=3))
    clock.move_to(NOW + timedelta(hours=6))
    return cast


def rows(address: str) -> list[dict[str, str]]:
    body = Client().get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def cell(unit: str, figure: str) -> dict[str, str]:
    return next(row for row in rows(FILES[0]) if (row["group"], row["figure"]) == (unit, figure))


def test_everybody_may_read_them_and_each_has_its_definition(city: Cast) -> None:
    page = Client().get("/figures/")
    words = shown(page)
    for one in FIGURES:
        assert f'id="def-{one.key}"' in page.content.decode(), one.key
        assert one.name.zh in words
        assert " ".join(one.about.zh.split()) in words
    assert "yinuo figures --from-events" in words
    assert "<script" not in page.content.decode()


def test_a_unit_with_enough_cases_is_shown_with_numerator_and_denominator(city: Cast) -> None:
    found = cell("city", "received")
    assert found["value"] == "8"


def test_small_groups_and_what_would_give_them_away_are_hidden_in_page_and_files(city: Cast) -> None:
    hotel, vehicle, whole = (
        cell(unit, "decide-on-time") for unit in ("taobei-public-order", "taobei-traffic", "city")
    )
    assert hotel["value"] == "<5"
    assert hotel["numerator"] == hotel["denominator"] == ""
    assert vehicle["value"] == "<5"  # else the whole less this would be the one of the hotels
    assert (whole["numerator"], whole["denominator"]) == ("5", "7")
    held = json.loads(Client().get(FILES[3]).content)
    hidden = [
        one for one in held["figures"] if one["group"] == "taobei-public-order" and one["value"] == "<5"
    ]
    assert {"decide-on-time", "received", "median", "p90"} <= {one["figure"] for one in hidden}
    assert all(one["numerator"] is None and one["denominator"] is None for one in hidden)
    assert held["smallest_group_shown"] == 5
    assert "不到 5 件的一组只显示“<5”" in shown(Client().get("/figures/"))


def test_no_shown_cells_lead_to_a_hidden_one(city: Cast) -> None:
    """For each figure: the whole less what is shown leaves at least five, or the whole is hidden."""
    every = rows(FILES[0])
    for one in FIGURES:
        if not one.denominator:
            continue
        of = [row for row in every if row["figure"] == one.key]
        whole = next(row for row in of if row["group"] == "city")
        units = [row for row in of if row["group"] != "city"]
        if whole["value"] == "<5" or not any(row["value"] == "<5" for row in units):
            continue
        left = int(whole["denominator"]) - sum(int(row["denominator"] or 0) for row in units)
        assert left >= 5, one.key


def public_row(unit: str, received: int | None, base: int = 9) -> Row:
    """A row of the page; `received` is None where it is hidden."""
    cell = Cell(None if received is None else Value(received, None, received, base))
    return hidden_row(unit, unit, {"received": cell})


def test_the_order_of_the_units_tells_nothing_of_a_hidden_number() -> None:
    rows = [public_row("a", None), public_row("b", 7), public_row("c", None), public_row("d", 30)]
    assert [one.key for one in by_work(rows)] == ["d", "b", "a", "c"]


def units_in(page: str, title: str) -> list[str]:
    """The rows of the public table with this title."""
    body = page.split(f">{title}<")[1].split("</table>")[0]
    return re.findall(r'<th scope="row">([^<]+)</th>', body)


def test_a_page_is_short_first_and_all_of_it_is_a_link_away(city: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(texts, "FIRST", 1)
    before = rows(FILES[0])
    first, every = (Client().get(f"/figures/?period=this-year{more}") for more in ("", "&all=1"))
    assert "这里是前 1 行，共 2 行。" in shown(first)
    assert "?period=this-year&amp;all=1" in first.content.decode()
    counted = [len(units_in(page.content.decode(), "各单位：按时没有")) for page in (first, every)]
    assert counted == [2, 3]  # the whole city, then the units
    assert rows(FILES[0]) == before
    assert {row["group"] for row in before} == {"city", "taobei-traffic", "taobei-public-order"}


def test_what_is_hidden_counts_as_something_and_keeps_its_row() -> None:
    one = figure("received")
    assert not Shown(one, None).is_nothing
    assert Shown(one, Value(0, None, 0, 0)).is_nothing
    assert Shown(figure("decide-on-time"), Value(0, 0, None, 0)).is_nothing
    assert not Shown(figure("decide-on-time"), Value(0, 3, 0.0, 3)).is_nothing


def test_a_unit_without_anything_to_count_is_left_out_and_counted(city: Cast) -> None:
    Case.objects.filter(item=HOTEL).update(ended_at=NOW)
    PromiseRow.objects.filter(item=HOTEL).update(ended_at=NOW)
    page = Client().get("/figures/").content.decode()
    table = page.split(">各单位：此刻<")[1].split("</details>")[0]
    assert len(units_in(page, "各单位：此刻")) == 2
    assert "另有 1 个在这里没有可数的，没有列出。" in table
    assert "没有可数的" not in page.split(">各单位：按时没有<")[1].split("其他的表")[0]


def test_the_page_says_as_of_when_its_numbers_are(city: Cast, clock: Any) -> None:
    assert "截至 10月12日 15:30" in shown(Client().get("/figures/"))
    clock.move_to(NOW + timedelta(hours=6, minutes=1))
    assert "截至 10月12日 15:31" in shown(Client().get("/figures/"))


def test_broken_promises_are_listed_without_a_number_or_a_person(city: Cast) -> None:
    found = rows(FILES[1])
    assert [(row["item"], row["unit"], row["done_on"]) for row in found] == [
        (VEHICLE, "taobei-traffic", "2026-10-11")
    ]
    (row,) = found
    days = date.fromisoformat(row["done_on"]) - date.fromisoformat(row["promised_day"])
    assert int(row["days_late"]) == days.days > 20


def test_what_too_few_share_is_counted_and_not_listed(city: Cast) -> None:
    words = shown(Client().get("/figures/"))
    assert "另有没列出的" in words
    broken = rows(FILES[1])
    assert HOTEL not in {row["item"] for row in broken}


def test_nothing_published_names_a_case_or_a_person(city: Cast) -> None:
    secrets = [
        *Case.objects.values_list("number", flat=True),
        *Case.objects.values_list("query_code", flat=True),
    ]
    secrets += list(Person.objects.values_list("name", flat=True))
    secrets += [str(one) for one in Person.objects.values_list("pk", flat=True)]
    for address in ("/figures/", *FILES, "/figures/charts/work.svg"):
        body = Client().get(address).content.decode()
        assert not [secret for secret in secrets if secret in body], address


def test_no_person_and_no_item_is_a_group_of_the_public_figures(city: Cast) -> None:
    assert {row["group"] for row in rows(FILES[0])} == {"city", "taobei-traffic", "taobei-public-order"}
    assert rows(f"{FILES[0]}?by=person&period=own&from=2026-10-12&to=2026-10-12") == rows(FILES[0])


def test_each_file_can_be_had_for_each_span(city: Cast) -> None:
    for address in FILES:
        for span in ("this-month", "last-month", "this-year", "whenever"):
            assert Client().get(f"{address}?period={span}").status_code == 200, (address, span)
    assert Client().get("/figures/people.csv").status_code == 404
    assert Client().get("/figures/charts/people.svg").status_code == 404


def test_points_of_few_are_left_out_of_the_chart_and_of_its_table(city: Cast) -> None:
    page = Client().get("/figures/").content.decode()
    table = page[page.index("近 12 个月决定按时率（%）") :]
    september = re.search(r'<th scope="row">2026-09</th>(.*?)</tr>', table, re.DOTALL)
    october = re.search(r'<th scope="row">2026-10</th>(.*?)</tr>', table, re.DOTALL)
    assert september is not None
    assert "—" in september[1]
    assert october is not None
    assert "71.4" in october[1]  # five of seven


def test_the_home_page_leads_there_and_hides_small_numbers_too(cast: Cast, clock: Any) -> None:
    home = Client().get("/")
    assert '"/figures/"' in home.content.decode()
    granted(cast)
    clock.move_to(NOW + timedelta(hours=6))
    assert "<5" in shown(Client().get("/"))
    for _ in range(5):
        granted(cast)
    words = shown(Client().get("/"))
    assert "100.0 %" in words or "100.0%" in words


def test_a_guide_says_how_long_it_took_when_enough_can_say_it(cast: Cast, clock: Any) -> None:
    clock.move_to(NOW + timedelta(hours=6))
    experience.forget()
    for _ in range(4):
        granted(cast)
    assert "大家实际用了多久" not in shown(Client().get(f"/items/{VEHICLE}/"))
    granted(cast)
    experience.forget()
    words = shown(Client().get(f"/items/{VEHICLE}/"))
    assert re.search(r"一半在 0 个工作日 ?内办好，十件有九件在 0 个工作日 ?内（近 12 个月 5 件）", words), (
        words
    )
    experience.forget()


def test_an_empty_office_has_no_rate_and_no_error(db: None, clock: Any) -> None:
    words = shown(Client().get("/figures/"))
    before, after = words.split("每个数字怎么来的")[0], words.split("各单位：按时没有")[1]
    assert "100" not in before + after
    assert "这段时间里没有要列出的" in words


def test_it_stands_in_both_languages(city: Cast, settings: Any) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    words = shown(client.get("/figures/"))
    assert "Decided on time" in words
    assert "of these, decided on the promised day or before" in words


def test_a_submitted_case_alone_is_a_group_of_one(cast: Cast, clock: Any) -> None:
    submitted(cast)
    clock.move_to(NOW + timedelta(hours=1))
    assert cell("taobei-traffic", "received")["value"] == "<5"
    assert cell("city", "received")["value"] == "<5"
    assert cell("city", "open")["value"] == "<5"

"""From what happened to the guide by questions, and the four ways through all services."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from support.catalogues import whole
from support.visits import shown

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.paths import NO_PATHS
from yinuo.web.hall import finding, guides, lists

pytestmark = pytest.mark.usefixtures("clock", "db")

MOST_BYTES = 60_000


@pytest.fixture
def whole_city(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages over the catalogue of the repository, without publishing it."""
    for module in (finding, guides, lists):
        monkeypatch.setattr(module, "catalogue", whole)


@pytest.fixture
def city_without_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue(), "paths", NO_PATHS)


def page(path: str, lang: str = "zh-hans") -> Any:
    client = Client()
    if lang == "en":
        client.post("/preferences/", {"language": lang})
    return client.get(path)


def links(response: Any, part: str = "main") -> dict[str, str]:
    """Every link of the main part or the trail: address -> words."""
    body = response.content.decode()
    inside = body.split("<main", 1)[1] if part == "main" else body.split("<main", 1)[0]
    found = re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', inside.split("</main>")[0], re.DOTALL)
    return {html.unescape(to): re.sub(r"<[^>]+>", "", words) for to, words in found}


def test_the_home_page_and_an_empty_search_open_the_first_question() -> None:
    for path in ("/", "/search/?q=xyzzyq", "/branches/", "/letters/"):
        assert "/start/" in links(page(path)), path


@pytest.mark.usefixtures("whole_city")
def test_a_new_parent_is_led_to_the_registration_of_the_birth() -> None:
    assert "/start/" in links(page("/"))
    first = {words: to for to, words in links(page("/start/")).items()}
    child = next(to for words, to in first.items() if words.startswith("有孩子了"))
    born = links(page(child))
    assert born["/items/hz-birth-registration/"].startswith("在国内出生")


@pytest.mark.usefixtures("whole_city")
def test_every_question_and_every_answer_opens() -> None:
    paths = whole().paths
    for node in paths.nodes:
        path = "/start/" if node.key == "start" else f"/start/{node.key}/"
        response = page(path)
        assert response.status_code == 200, path
        assert node.question.zh in shown(response)
        for option in node.options:
            if option.is_list:
                assert page(f"/start/{node.key}/{option.items[0]}/").status_code == 200


@pytest.mark.usefixtures("whole_city")
def test_the_trail_goes_back_to_every_choice() -> None:
    trail = links(page("/start/move-in/"), part="trail")
    assert trail["/start/"] == "遇到什么事"
    assert trail["/start/moving/"] == "搬家或落户"
    assert "/start/move-in/" not in trail
    assert "把户口迁到白城来" in shown(page("/start/move-in/"))
    leaf = links(page("/start/move-in/hz-move-stable-employment/"), part="trail")
    assert leaf["/start/move-in/"] == "把户口迁到白城来"


@pytest.mark.usefixtures("whole_city")
def test_every_step_has_a_way_out_and_a_step_back() -> None:
    for path, back in (
        ("/start/", None),
        ("/start/moving/", "/start/"),
        ("/start/move-in/", "/start/moving/"),
    ):
        response = page(path)
        assert 'action="/search/"' in response.content.decode()
        out = links(response)
        assert {"/branches/", "/letters/"} <= set(out)
        assert [to for to, words in out.items() if words == "回上一步"] == ([back] if back else [])


@pytest.mark.usefixtures("whole_city")
def test_several_services_are_shown_with_what_each_takes() -> None:
    words = shown(page("/start/moving/hz-household-split/"))
    for key in ("hz-household-split", "hz-household-merge"):
        item = whole().items[key]
        assert item.name.zh in words
        assert item.summary.zh in words
    assert words.count("承诺") >= 4
    assert "不收费" in words
    assert re.search(r"跑 \d 次|不用跑", words)


@pytest.mark.usefixtures("whole_city")
def test_the_questions_are_asked_in_english() -> None:
    response = page("/start/id-card/", "en")
    words = shown(response)
    assert "What about the identity card?" in words
    assert "Replacing a lost identity card" in words
    assert "3 services" in words


@pytest.mark.parametrize(
    "path",
    ["/start/nobody/", "/start/nobody/hz-id-reissue-lost/", "/start/one/za-dog-person/", "/audience/cat/"],
)
def test_what_nobody_asked_does_not_exist(path: str) -> None:
    assert page(path).status_code == 404


def test_the_first_question_has_one_address() -> None:
    assert page("/start/start/")["Location"] == "/start/"


@pytest.mark.usefixtures("city_without_questions")
def test_a_city_without_questions_has_its_lists() -> None:
    assert page("/start/")["Location"] == "/branches/"
    for path in ("/", "/search/?q=xyzzyq", "/branches/"):
        assert "/start/" not in links(page(path)), path


@pytest.mark.usefixtures("whole_city")
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_no_list_is_longer_than_a_phone_loads_at_once(lang: str) -> None:
    letters = links(page("/letters/", lang))
    wanted = [path for path in letters if path.startswith("?") or "letter=" in path]
    wanted += ["/start/", "/branches/", "/audience/person/", "/audience/company/?page=2", "/topics/car/"]
    wanted += [f"/branches/{key}/" for key in whole().city.branches]
    for path in wanted:
        assert len(page(path, lang).content) <= MOST_BYTES, path


@pytest.mark.usefixtures("whole_city")
@pytest.mark.parametrize("kind", ["person", "company", "organisation"])
def test_turning_the_pages_shows_every_service_of_an_audience_once(kind: str) -> None:
    wanted = sorted(key for key, item in whole().items.items() if kind in item.audience)
    number, found = 1, []
    while True:
        out = links(page(f"/audience/{kind}/?page={number}"))
        found += [to.split("/")[2] for to in out if to.startswith("/items/")]
        if f"?page={number + 1}" not in out:
            break
        number += 1
    assert number > 1
    assert sorted(found) == wanted


@pytest.mark.usefixtures("whole_city")
def test_an_audience_is_narrowed_to_a_branch_and_stays_so_when_pages_turn() -> None:
    out = links(page("/audience/person/?branch=huzheng"))
    shown_items = [to.split("/")[2] for to in out if to.startswith("/items/")]
    assert {whole().items[key].branch for key in shown_items} == {"huzheng"}
    assert "?branch=huzheng&page=2" in out


@pytest.mark.usefixtures("whole_city")
def test_a_letter_lists_its_services_and_the_bar_goes_to_the_others() -> None:
    response = page("/letters/?letter=j")
    out = links(response)
    assert "/items/jg-vehicle-transfer/" in out
    assert "/letters/?letter=C" in out
    assert "/items/hz-birth-registration/" not in out
    assert re.search(r'letter=J" aria-current="page"', response.content.decode())
    assert "/items/jg-vehicle-transfer/" in links(page("/letters/?letter=T", "en"))


@pytest.mark.parametrize("wrong", ["letter=%F0%9F%90%BC", "letter=zz", "letter="])
def test_a_letter_that_nobody_has_shows_the_first(wrong: str) -> None:
    response = page(f"/letters/?{wrong}")
    assert response.status_code == 200
    assert 'aria-current="page"' in response.content.decode()


def test_a_page_that_is_not_there_shows_one_that_is() -> None:
    for number in ("0", "999", "x", "-1"):
        assert page(f"/audience/person/?page={number}").status_code == 200

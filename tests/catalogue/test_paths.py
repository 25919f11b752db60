"""The questions that lead to a service: what a sound tree knows, and everything an editor is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from support.catalogues import CITY, SAMPLE, alone, whole
from support.catalogues import findings as findings_below

from yinuo.catalogue.language import NO_LANGUAGE, Language
from yinuo.catalogue.loading import load
from yinuo.catalogue.paths import (
    MOST_CLICKS,
    START,
    Ground,
    NodeShape,
    Paths,
    clicks_to,
    items_in,
    paths_from,
    problems,
)
from yinuo.catalogue.reader import dotted, read_text

BRANCHES = {"hz-birth": "huzheng", "hz-name": "huzheng", "jg-transfer": "jiaoguan"}
OFFICE = Language(
    {"zh": 50, "en": 25}, {"zh": {"予以": "给"}, "en": {"commence": "start"}}, {"zh": (), "en": ()}
)
Tree = list[dict[str, Any]]
Change = Callable[[Tree], None]


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def option(words: str = "某事", **leads: Any) -> dict[str, Any]:
    return {"label": text(words), **leads}


def tree() -> Tree:
    """start -> child -> name, and a car at the start."""
    return [
        {
            "key": "start",
            "question": text("什么事"),
            "options": [option("孩子", ask="child"), option("车", items=["jg-transfer"])],
        },
        {
            "key": "child",
            "question": text("哪种"),
            "options": [option("刚出生", items=["hz-birth"]), option("名字", ask="name")],
        },
        {
            "key": "name",
            "question": text("怎么"),
            "options": [option("改", items=["hz-name", "hz-birth"]), option("别的", topic="newborn")],
        },
    ]


def made(nodes: Tree) -> Paths:
    source = read_text(json.dumps(nodes, ensure_ascii=False), "paths.yaml")
    return paths_from(TypeAdapter(list[NodeShape]).validate_python(nodes), source)


def told(nodes: Tree, language: Language = NO_LANGUAGE) -> list[str]:
    ground = Ground(BRANCHES, {"newborn"}, language)
    return [f"{dotted(path)}: {message}" for path, message in problems(made(nodes), ground)]


def test_a_sound_tree_has_no_problems() -> None:
    assert told(tree()) == []


def test_a_city_that_asks_nothing_has_no_problems() -> None:
    assert told([]) == []


def test_the_trail_of_a_question_is_what_was_chosen_before_it() -> None:
    paths = made(tree())
    assert [(step.node.key, step.chosen.label.zh) for step in paths.trail("name")] == [
        ("start", "孩子"),
        ("child", "名字"),
    ]
    assert paths.trail(START) == ()
    assert paths.trail("no-such-question") == ()


def test_only_an_answer_with_several_services_has_a_page_of_its_own() -> None:
    name, child = made(tree()).node("name"), made(tree()).node("child")
    assert name is not None
    assert child is not None
    several = name.leaf("hz-name")
    assert several is not None
    assert several.items == ("hz-name", "hz-birth")
    assert name.leaf("hz-birth") is None
    assert child.leaf("hz-birth") is None


@pytest.mark.parametrize(
    ("leads", "message"),
    [
        ({}, "leads nowhere: write one of ask, items, topic"),
        ({"ask": "child", "topic": "newborn"}, "leads to ask and topic: write one of them"),
        ({"items": []}, "at least 1 item"),
        ({"items": [f"hz-{n}" for n in range(9)]}, "at most 8 items"),
        ({"ask": "child", "note": "x"}, "Extra inputs are not permitted"),
    ],
)
def test_an_option_leads_to_exactly_one_place(leads: dict[str, Any], message: str) -> None:
    nodes = tree()
    nodes[0]["options"][0] = option(**leads)
    with pytest.raises(ValidationError, match=message):
        made(nodes)


def test_a_question_has_at_least_two_answers() -> None:
    nodes = tree()
    del nodes[0]["options"][1]
    with pytest.raises(ValidationError, match="at least 2 items"):
        made(nodes)


def set_option(node: int, at: int, **leads: Any) -> Change:
    def change(nodes: Tree) -> None:
        nodes[node]["options"][at] = option(**leads)

    return change


def rename_start(nodes: Tree) -> None:
    nodes[0]["key"] = "begin"


def same_key(nodes: Tree) -> None:
    nodes.append(nodes[1] | {"options": [option(topic="newborn"), option("车", topic="newborn")]})


def lists_alike(nodes: Tree) -> None:
    nodes[2]["options"].append(option("又", items=["hz-name", "jg-transfer"]))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (rename_start, [".: there is no question start to begin with"]),
        (same_key, ["3.key: child stands twice"]),
        (lists_alike, ["2.options.2.items.0: hz-name comes first in another option already"]),
        (set_option(2, 1, ask="nobody"), ["2.options.1.ask: there is no question nobody"]),
        (set_option(2, 1, topic="nothing"), ["2.options.1.topic: there is no topic nothing"]),
        (
            set_option(2, 1, items=["hz-name", "gone"]),
            [
                "2.options.1.items.0: hz-name comes first in another option already",
                "2.options.1.items.1: there is no item gone",
            ],
        ),
        (set_option(2, 1, items=["hz-birth", "hz-birth"]), ["2.options.1.items.1: hz-birth stands twice"]),
        (set_option(2, 1, ask="child"), ["2.options.1.ask: goes in a circle: child was asked before"]),
        (set_option(2, 1, ask="name"), ["2.options.1.ask: goes in a circle: name was asked before"]),
        (set_option(2, 1, ask="start"), ["2.options.1.ask: goes in a circle: start was asked before"]),
        (set_option(0, 1, items=["hz-birth"]), [".: leads to no item of the branch jiaoguan"]),
        (
            set_option(0, 0, items=["hz-birth"]),
            ["1.key: child cannot be reached from start", "2.key: name cannot be reached from start"],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Change, wanted: list[str]) -> None:
    nodes = tree()
    change(nodes)
    assert told(nodes) == wanted


def test_a_question_is_asked_in_one_place_only() -> None:
    nodes = tree()
    nodes[0]["options"].append(option("名字", ask="name"))
    assert told(nodes) == ["1.options.1.ask: name is asked in another place already"]


def test_questions_that_only_lead_to_each_other_cannot_be_reached() -> None:
    nodes = tree()
    for key, other in (("one", "two"), ("two", "one")):
        options = [option(ask=other), option("别的", topic="newborn")]
        nodes.append({"key": key, "question": text("转"), "options": options})
    assert told(nodes) == [
        "3.key: one cannot be reached from start",
        "4.key: two cannot be reached from start",
    ]


def deeper(nodes: Tree, last: dict[str, Any]) -> Tree:
    """One question more below `name`, so that its answers are the fourth click."""
    nodes[2]["options"][1] = option("再问", ask="deep")
    options = [last, option("一项", items=["hz-name"])]
    return [*nodes, {"key": "deep", "question": text("深"), "options": options}]


def test_a_guide_is_at_most_four_clicks_from_the_first_question() -> None:
    assert told(deeper(tree(), option(items=["hz-birth"]))) == []
    far = "3.options.0: a guide is 5 clicks from the first question; 4 at most"
    assert told(deeper(tree(), option(items=["hz-birth", "hz-name"]))) == [far]
    assert told(deeper(tree(), option(topic="newborn"))) == [far]


def test_labels_are_what_people_say() -> None:
    nodes = tree()
    nodes[1]["hint"] = {"zh": "予以登记", "en": "fine"}
    nodes[0]["options"][1]["label"] = {"zh": "车", "en": "Commence a transfer"}
    assert told(nodes, OFFICE) == [
        "1.hint.zh: 予以 is office language: write 给",
        "0.options.1.label.en: Commence is office language: write start",
    ]


def test_a_catalogue_without_the_file_asks_nothing(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    assert load(tmp_path).paths.nodes == ()
    assert findings_below(tmp_path) == []


def in_file(root: Path, item: str) -> list[str]:
    """Two ways to an item, in the city's file, checked with all the rest."""
    alone(root, SAMPLE)
    lines = [
        "- key: start",
        "  question: {zh: 什么事, en: What}",
        "  options:",
        "    - label: {zh: 车, en: A car}",
        f"      items: [{item}]",
        "    - label: {zh: 别的, en: Else}",
        "      topic: car",
    ]
    (root / CITY / "paths.yaml").write_text("\n".join(lines) + "\n")
    return [str(finding) for finding in findings_below(root)]


def test_the_check_of_a_catalogue_reads_the_questions(tmp_path: Path) -> None:
    assert in_file(tmp_path, SAMPLE.stem) == []
    assert len(load(tmp_path).paths.nodes) == 1
    assert in_file(tmp_path, "jg-gone") == [
        f"{CITY}/paths.yaml:1: .: leads to no item of the branch jiaoguan",
        f"{CITY}/paths.yaml:5: 0.options.0.items.0: there is no item jg-gone",
    ]


def test_a_slip_in_an_item_is_told_once_and_not_again_as_missing(tmp_path: Path) -> None:
    assert in_file(tmp_path, SAMPLE.stem) == []
    place = tmp_path / SAMPLE
    place.write_text(place.read_text().replace("online: prefill", "online: nowhere"))
    files = {finding.file for finding in findings_below(tmp_path)}
    assert SAMPLE.as_posix() in files
    assert f"{CITY}/paths.yaml" not in files


def test_a_file_of_another_shape_is_told_and_asks_nothing(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    (tmp_path / CITY / "paths.yaml").write_text("- key: start\n  options: []\n")
    messages = [finding.message for finding in findings_below(tmp_path)]
    assert any("question: Field required" in message for message in messages)
    assert load(tmp_path).paths.nodes == ()


def test_the_city_leads_a_new_parent_to_the_registration_of_the_birth() -> None:
    paths = whole().paths
    assert paths.start is not None
    child = next(one.ask for one in paths.start.options if one.label.zh == "有孩子了")
    node = paths.node(child or "")
    assert node is not None
    assert node.options[0].items == ("hz-birth-registration",)
    assert clicks_to(node.options[0], node, paths) + 1 <= MOST_CLICKS  # and one from the home page


def test_the_city_leads_to_every_topic_and_every_branch() -> None:
    city, named = whole(), set(items_in(whole().paths))
    offered = {option.topic for node in city.paths.nodes for option in node.options}
    assert {topic.key for topic in city.topics} <= offered
    assert set(city.city.branches) == {city.items[key].branch for key in named if key in city.items}


def test_the_city_leads_to_nearly_everything_that_it_offers() -> None:
    named = set(items_in(whole().paths))
    left_out = [key for key in whole().items if key not in named]
    assert len(left_out) <= len(whole().items) * 0.05, left_out

"""From a row of facts to a draft that loads, and from a draft to a finished item by editing data alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.catalogues import CITY, ROOT, SAMPLE, alone, findings, whole

from yinuo.catalogue.drafting import articles, branch, chinese, draft, law_named, problem, slug
from yinuo.catalogue.loading import load_foundation, load_item
from yinuo.catalogue.numerals import numeral
from yinuo.catalogue.packages import written_list
from yinuo.catalogue.writing import written
from yinuo.core.item import Item

LAWS = whole().laws
ROWS = [json.loads(line) for line in (Path(__file__).parent / "rows.jsonl").read_text().splitlines()]
BY_ID = {row["id"]: row for row in ROWS}
ADDED = yaml.safe_load((Path(__file__).parent / "finished.yaml").read_text())
BARE = {"id": "xx-bare", "name_zh": "样例", "branch": "便民"}


def made(**facts: Any) -> dict[str, Any]:
    return draft(BARE | facts, LAWS)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("第10-13条", "第十条、第十一条、第十二条、第十三条"),
        ("第14,16-18条", "第十四条、第十六条、第十七条、第十八条"),
        ("第23(1)条", "第二十三条第（一）项"),
        ("第23（1）,24（12）条", "第二十三条第（一）项、第二十四条第（十二）项"),
        ("第10条至第12条", "第十条、第十一条、第十二条"),
        ("第1-40条", "第一条至第四十条"),
        ("第20条", "第二十条"),
        ("20", "第二十条"),
        ("第1254条", "第一千二百五十四条"),
        ("第14条第2款", "第十四条第二款"),
        ("第6条第(2)项", "第六条第（二）项"),
        ("第十条、第十二条", "第十条、第十二条"),
        ("第二十三条第（一）项", "第二十三条第（一）项"),
        ("第十条（2020年修订）", "第十条"),
        ("第二百九十一条之二", "第二百九十一条之二"),
        ("附件", "附件"),
    ],
)
def test_articles_are_written_the_way_a_law_writes_them(given: str, wanted: str) -> None:
    assert articles(given) == wanted


def test_numbers_in_chinese_are_those_that_the_lints_read() -> None:
    assert [n for n in range(1, 10_000) if numeral(chinese(n)) != n] == []
    assert (chinese(0), chinese(10), chinese(110), chinese(1005)) == ("零", "十", "一百一十", "一千零五")


@pytest.mark.parametrize(
    "name", ["行政许可法", "《行政许可法》", "中华人民共和国行政许可法", "行政许可法（2019年修正）"]
)
def test_a_law_is_known_by_every_spelling(name: str) -> None:
    assert law_named(name, LAWS) == "administrative-licensing-law"


def test_an_unknown_law_gets_a_key_that_the_register_does_not_have() -> None:
    for name in ("城市绿化条例", "Law 7", ""):
        key = law_named(name, LAWS)
        assert re.fullmatch(r"[a-z][a-z-]*", key)
        assert key not in LAWS


def test_an_article_or_a_law_that_is_not_known_is_not_made_up() -> None:
    assert made(legal_basis=[{"law": "行政许可法", "article": None}])["basis"][0]["article"] == "没有查到"
    assert made()["basis"] == [{"law": "unknown-law", "article": "没有查到"}]


def test_a_branch_and_a_key_are_the_sound_of_their_words() -> None:
    assert branch({"branch": "出入境"}) == "churujing"
    assert slug("居民身份证", "x") == "ju-min-shen-fen-zheng"
    assert slug("5年", "choice-1") == "choice-1"


@pytest.mark.parametrize(
    ("fee", "wanted"),
    [
        (0, None),
        ({"amount": 0, "unit": "元"}, None),
        (None, {"amount": None, "ground": "没有查到"}),
        (20, {"amount": 20, "ground": "没有查到", "unit": {"zh": "元", "en": "元"}}),
        (
            {"amount": None, "unit": "按面积", "basis": "某文件"},
            {"amount": None, "ground": "某文件", "note": {"zh": "按面积", "en": "按面积"}},
        ),
    ],
)
def test_a_fee_that_is_free_unknown_or_depends(fee: object, wanted: object) -> None:
    assert made(fee=fee)["fee"] == wanted


def test_the_steps_of_a_fee_are_kept_in_its_note() -> None:
    fee = made(fee={"amount": 20, "unit": "元/证", "basis": "某文件", "tiers": [20, 40]})["fee"]
    assert (fee["amount"], fee["note"]["zh"]) == (20, "分档：20、40")


def test_without_form_fields_one_question_is_asked() -> None:
    (page,) = made(form_fields=[])["form"]
    assert [field["key"] for field in page["fields"]] == ["request"]


def test_seven_questions_stand_on_a_page() -> None:
    fields = [{"key": f"q{n}", "label_zh": f"问{n}", "type": "text"} for n in range(15)]
    assert [len(page["fields"]) for page in made(form_fields=fields)["form"]] == [7, 7, 1]


def test_papers_of_one_name_and_choices_of_one_sound_have_keys_of_their_own() -> None:
    papers = made(materials=[{"name": "委托书"}, {"name": "委托书"}, {"name": "2份"}])["materials"]
    assert [paper["key"] for paper in papers] == ["wei-tuo-shu", "material-2", "material-3"]
    field = {"key": "kind", "label_zh": "种类", "type": "choice", "choices": ["公鸡", "攻击", "1人"]}
    choices = made(form_fields=[field])["form"][0]["fields"][0]["choices"]
    assert [choice["value"] for choice in choices] == ["gong-ji", "choice-2", "choice-3"]


def test_a_file_of_the_form_is_a_paper_unless_it_is_listed_already() -> None:
    fields = [
        {"key": "pictures", "label_zh": "现场照片", "type": "file", "required": False},
        {"key": "licence", "label_zh": "执照", "type": "file", "required": True},
    ]
    item = made(form_fields=fields, materials=[{"name": "营业执照", "form": "复印件"}])
    assert [paper["name"]["zh"] for paper in item["materials"]] == ["营业执照", "现场照片"]
    assert item["materials"][1] == {
        "key": "xian-chang-zhao-pian",
        "name": {"zh": "现场照片", "en": "现场照片"},
        "form": "electronic",
        "source": "applicant",
        "required": False,
    }


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"required": True}, {"form": "copy", "source": "other"}),
        ({}, {"form": "copy", "source": "other"}),
        ({"copies": None}, {"form": "copy", "source": "other"}),
        ({"copies": 2}, {"form": "copy", "source": "other", "copies": 2}),
        ({"form": "原件"}, {"form": "electronic", "source": "other"}),
        (
            {"form": "核验", "obtainable_by_data_sharing": True},
            {"form": "check", "source": "other", "fetch": True},
        ),
        (
            {"required": "conditional", "when": "代办的"},
            {"form": "copy", "source": "other", "required": False, "note": {"zh": "代办的", "en": "代办的"}},
        ),
    ],
)
def test_a_paper_keeps_what_is_known_of_it(facts: dict[str, object], wanted: dict[str, object]) -> None:
    (paper,) = made(materials=[{"name": "证"} | facts])["materials"]
    assert {key: value for key, value in paper.items() if key not in ("key", "name")} == wanted


def test_an_original_is_shown_only_by_who_has_to_come() -> None:
    (paper,) = made(visits=1, materials=[{"name": "证", "form": "原件"}])["materials"]
    assert paper["form"] == "original"
    assert (made(visits=1)["online"], made(visits=1, online_depth="II")["online"]) == ("prefill", "download")


GROUND = [{"law": "行政许可法", "article": "第四十二条"}]


@pytest.mark.parametrize(
    ("facts", "promised", "statutory"),
    [
        ({}, "20wd", None),
        ({"statutory_days": 15, "statutory_unit": "working", "legal_basis": GROUND}, "15wd", "15wd"),
        ({"statutory_days": 15, "statutory_unit": "calendar"}, "15cd", "15cd"),
        ({"promised_days": 3, "promised_unit": "working"}, "3wd", None),
        ({"handling": "即办件"}, "now", None),
        ({"promised_days": 0, "promised_unit": "immediate"}, "now", None),
    ],
)
def test_the_limits_are_those_of_the_row(facts: dict[str, Any], promised: str, statutory: str | None) -> None:
    decide = made(**facts)["limits"]["decide"]
    assert (decide["promised"], decide["statutory"]) == (promised, statutory)
    assert (decide["ground"] is not None) is ("legal_basis" in facts)


@pytest.mark.parametrize(
    ("facts", "route"),
    [
        ({"handling": "即办件"}, "immediate"),
        ({"kind": "行政备案"}, "filing"),
        ({"steps": ["审核", "审批", "听证"]}, "heard"),
        ({"steps": ["审批", "现场核查"]}, "inspected"),
        ({}, "reviewed"),
    ],
)
def test_the_steps_decide_on_the_route(facts: dict[str, Any], route: str) -> None:
    assert made(**facts)["route"] == route


def test_chinese_gets_full_width_punctuation() -> None:
    item = made(name_zh="动物诊疗许可(宠物医院)", conditions=["住在本市,年满六周岁", "A, b"])
    assert item["name"]["zh"] == "动物诊疗许可（宠物医院）"
    assert [one["zh"] for one in item["conditions"]] == ["住在本市，年满六周岁", "A, b"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"name_zh": "样例", "branch": "便民"}, "id: Field required"),
        ({"id": "xx-bare", "branch": "便民"}, "name_zh: Field required"),
        ({"id": "xx-bare", "name_zh": "样例"}, "branch: Field required"),
        (BARE | {"name_zh": ""}, "name_zh: "),
        (BARE | {"id": "../../laws"}, "id: "),
        (BARE | {"branch": "../便民"}, "branch: ../bianmin cannot be the key of a branch"),
        (BARE | {"materials": [{"name": "证"}, {}]}, "materials.1.name: Field required"),
        (BARE | {"form_fields": "none"}, "form_fields: "),
        ([], ".: "),
        ("text", ".: "),
    ],
)
def test_what_is_no_row_is_told_in_one_line(row: object, told: str) -> None:
    wrong = problem(row)
    assert wrong is not None
    assert wrong.startswith(told)
    assert "\n" not in wrong


def test_keys_that_are_not_read_make_a_row_no_worse() -> None:
    assert problem(BARE | {"sources": [], "confidence": None}) is None


def test_the_row_in_the_guide_is_a_row() -> None:
    guide = (ROOT.parent / "docs" / "how-to" / "write-an-item.md").read_text()
    row = json.loads(guide.split("```json\n")[1].split("```")[0])
    assert problem(row) is None
    assert (draft(row, LAWS)["id"], draft(row, LAWS)["branch"]) == ("wh-library-card", "wenhua")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small catalogue with every route."""
    alone(tmp_path, SAMPLE)
    shutil.copytree(ROOT / "routes", tmp_path / "routes", dirs_exist_ok=True)
    return tmp_path


def put(root: Path, item: dict[str, Any]) -> Path:
    place: Path = root / CITY / "items" / item["branch"] / f"{item['id']}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(written(item))
    return place


def drafted(root: Path, row: dict[str, Any]) -> tuple[Path, Item]:
    base = load_foundation(root)
    place = put(root, draft(row, base.laws))
    return place, load_item(base, place).item


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_row_becomes_a_draft_that_loads(root: Path, row: dict[str, Any]) -> None:
    assert problem(row) is None
    _, item = drafted(root, row)
    labels = {field.label.zh for field in item.form.fields} | {paper.name.zh for paper in item.materials}
    assert {field["label_zh"] for field in row["form_fields"]} <= labels
    assert {paper["name"] for paper in row["materials"]} <= labels


# What only a person can do: translate, look a law up, decide what the document shows, and prove it.
OPEN = (
    r".*\.en: is still Chinese",
    r"branch: the city has no branch",
    r"(basis\.\d+|limits\.decide\.ground)\.law: there is no law",
    r"(basis\.\d+|limits\.decide\.ground)\.article: 没有查到 names no article",
    r"limits\.decide: a statutory limit and its ground stand together",
    r"fee: a fee without an amount says in its note what it depends on",
    r"result: a document shows at least one answer",
    r"form\.\d+\.fields\.\d+: \w+ is asked, but no scenario answers it",
    r"scenarios\.\d+",
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_draft_leaves_open_only_what_a_person_must_finish(root: Path, row: dict[str, Any]) -> None:
    place, _ = drafted(root, row)
    found = [finding for finding in findings(root) if finding.file == place.relative_to(root).as_posix()]
    told = [f"{finding.path}: {finding.message}" for finding in found]
    assert [one for one in told if not any(re.match(kind, one) for kind in OPEN)] == []
    assert any("is still Chinese" in one for one in told)
    assert any(one.startswith("scenarios.") for one in told)


def in_english(value: Any) -> Any:
    """The draft with its translations filled in."""
    if isinstance(value, list):
        return [in_english(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("zh") in ADDED["english"]:
        return value | {"en": ADDED["english"][value["zh"]]}
    return {key: in_english(one) for key, one in value.items()}


def finished(item: dict[str, Any]) -> dict[str, Any]:
    """What a person does to the draft: all of it is data."""
    item = in_english(item)
    item["basis"] = item["basis"][:1]
    item["result"]["fields"] = ["applicant", "forest_place", "cubic_metres"]
    item["materials"][2] |= {"required": True, "when": {"field": "replants", "is": True}}
    return item | {"scenarios": ADDED["scenarios"]}


def register(root: Path) -> None:
    """The law and the office are data as well."""
    laws, city = root / "laws.yaml", root / CITY / "city.yaml"
    laws.write_text(written_list([*yaml.safe_load(laws.read_text()), ADDED["law"]]))
    known = yaml.safe_load(city.read_text())
    city.write_text(written(known | {"branches": [*known["branches"], ADDED["office"]]}))


def test_a_service_of_an_unseen_office_is_finished_by_editing_data_alone(root: Path) -> None:
    register(root)
    item = draft(BY_ID["ly-tree-felling-permit"], load_foundation(root).laws)
    assert item["basis"][0] == {"law": "forest-law", "article": "第五十六条、第五十七条、第五十八条"}
    assert item["route"] == "inspected"
    put(root, finished(item))
    assert [str(finding) for finding in findings(root)] == []


def test_a_finished_item_that_promises_too_much_is_found_out(root: Path) -> None:
    """The check above would see a mistake."""
    register(root)
    item = finished(draft(BY_ID["ly-tree-felling-permit"], load_foundation(root).laws))
    item["limits"]["decide"]["promised"] = "21wd"
    put(root, item)
    assert any("21wd is longer than the statutory 20wd" in finding.message for finding in findings(root))

"""`yinuo item new`, `show` and `diff` from the command line."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.catalogues import CITY, ROOT, SAMPLE, alone, findings

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import forget, versions
from yinuo.catalogue.loading import load_foundation, load_item
from yinuo.cli import main

KEY = SAMPLE.stem
ROWS = Path(__file__).parents[1] / "catalogue" / "rows.jsonl"
CARD = {"id": "wh-card", "name_zh": "读者证", "branch": "文化"}
SEAL = {"id": "wh-seal", "name_zh": "藏书章", "branch": "文化"}

DEARER = "费用“费用”现在是：120 元一辆（号牌和行驶证）（原来：110 元一辆（号牌和行驶证））\n"


@pytest.fixture
def yinuo(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: object) -> tuple[int, str, str]:
        status = main(["item", *(str(word) for word in words)])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue with the sample item alone and every route, and the commands look at it."""
    root = tmp_path / "catalogue"
    alone(root, SAMPLE)
    shutil.copytree(ROOT / "routes", root / "routes", dirs_exist_ok=True)
    monkeypatch.setenv("YINUO_CATALOGUE", str(root))
    return root


def items(root: Path) -> set[str]:
    return {path.relative_to(root / CITY / "items").as_posix() for path in root.rglob("items/**/*.yaml")}


BEFORE = {"jiaoguan/jg-vehicle-transfer.yaml"}


@pytest.fixture
def rows(tmp_path: Path) -> Any:
    def write(*lines: object) -> Path:
        place = tmp_path / "rows.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        place.write_text("\n".join(texts) + "\n")
        return place

    return write


def changed(here: Path, old: str, new: str, name: str = "other.yaml") -> Path:
    """The sample with a text replaced, as a file outside of the catalogue."""
    text = (here / SAMPLE).read_text()
    assert old in text
    place = here.parent / name
    place.write_text(text.replace(old, new))
    return place


def test_an_empty_draft_loads_and_check_says_what_is_left(yinuo: Any, here: Path) -> None:
    status, out, _ = yinuo("new", "bm-lost-umbrella", "--name", "雨伞\n认领")
    place = here / CITY / "items/bianmin/bm-lost-umbrella.yaml"
    assert (status, out) == (0, f"{place}\n")
    assert place.read_text().splitlines()[0] == "# 雨伞 认领"
    assert load_item(load_foundation(here), place).item.name.zh == "雨伞\n认领"
    paths = {finding.path for finding in findings(here) if finding.file.endswith(place.name)}
    assert {"name.en", "basis.0.law", "fee", "result", "scenarios.0.events"} <= paths


def test_every_row_of_a_file_becomes_an_item(yinuo: Any, here: Path) -> None:
    status, out, _ = yinuo("new", "--from", ROWS)
    made = items(here) - BEFORE
    assert (status, len(out.splitlines()), len(made)) == (0, 6, 6)
    assert "wenhua/wh-library-card.yaml" in made
    assert yinuo("show", "wh-library-card")[0] == 0


def test_one_row_can_be_taken(yinuo: Any, here: Path, rows: Any) -> None:
    assert yinuo("new", "wh-seal", "--from", rows(CARD, "", "   ", SEAL))[0] == 0
    assert items(here) - BEFORE == {"wenhua/wh-seal.yaml"}


def test_a_row_may_hold_what_some_editors_take_for_a_line_break(yinuo: Any, here: Path, rows: Any) -> None:
    assert yinuo("new", "--from", rows(CARD | {"conditions": ["住在\u2028本市"]}, SEAL))[0] == 0
    place = here / CITY / "items/wenhua/wh-card.yaml"
    assert load_item(load_foundation(here), place).item.conditions[0].zh == "住在\u2028本市"


def test_nothing_is_written_over_an_item(yinuo: Any, here: Path, rows: Any) -> None:
    text = (here / SAMPLE).read_text()
    for words in (("new", KEY, "--branch", "jiaoguan"), ("new", KEY, "--branch", "bianmin")):
        status, out, err = yinuo(*words)
        assert (status, out) == (1, "")
        assert err == f"yinuo item: {here / SAMPLE} is there already; nothing was written\n"
    assert yinuo("new", "--from", rows(CARD, CARD | {"id": KEY, "branch": "交管"}))[0] == 1
    assert (items(here), (here / SAMPLE).read_text()) == (BEFORE, text)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([CARD, '{"id": "wh-x", '], "rows.jsonl:2 is no JSON: "),
        ([CARD, "", "[" * 100_000], "rows.jsonl:3 is no JSON: "),
        ([CARD, {"name_zh": "章", "branch": "文化"}], "rows.jsonl:2: id: Field required"),
        ([CARD, {"id": "wh-seal", "branch": "文化"}], "rows.jsonl:2: name_zh: Field required"),
        ([CARD, {"id": "wh-seal", "name_zh": "章"}], "rows.jsonl:2: branch: Field required"),
        ([CARD, SEAL | {"id": "../../../laws"}], "rows.jsonl:2: id: "),
        ([CARD, SEAL | {"materials": ["章"]}], "rows.jsonl:2: materials.0: "),
        ([CARD, [1, 2]], "rows.jsonl:2: .: "),
        ([SEAL, CARD, SEAL], "wh-seal stands twice; nothing was written"),
        ([""], "rows.jsonl holds no row"),
    ],
)
def test_with_one_broken_row_nothing_is_written(
    yinuo: Any, here: Path, rows: Any, lines: list[object], told: str
) -> None:
    status, out, err = yinuo("new", "--from", rows(*lines))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("yinuo item: ")
    assert told in err
    assert items(here) == BEFORE


def test_a_broken_line_counts_even_when_another_row_is_wanted(yinuo: Any, here: Path, rows: Any) -> None:
    assert yinuo("new", "wh-card", "--from", rows(CARD, "{"))[0] == 1
    assert items(here) == BEFORE


def test_a_missing_or_unreadable_file_is_told_in_one_line(yinuo: Any, here: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\x00")
    for place in (tmp_path / "nothing.jsonl", tmp_path, tmp_path / "latin.jsonl"):
        status, out, err = yinuo("new", "--from", place)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(f"yinuo item: {place} cannot be read: ")
    assert items(here) == BEFORE


def test_a_row_that_is_not_there_is_told(yinuo: Any, here: Path, rows: Any) -> None:
    place = rows(CARD)
    assert yinuo("new", "wh-gone", "--from", place) == (1, "", f"yinuo item: {place} holds no row wh-gone\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name the new item's ID, or a file of rows with --from"),
        (["Bad Id"], "the new item: id: "),
        (["../x"], "the new item: id: "),
        (["bm-x", "--branch", "../x"], "the new item: branch: "),
        (["bm-x", "--name", ""], "the new item: name_zh: "),
    ],
)
def test_what_cannot_be_a_new_item_is_refused(yinuo: Any, here: Path, words: list[str], told: str) -> None:
    status, out, err = yinuo("new", *words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert told in err
    assert items(here) == BEFORE


def test_when_a_file_cannot_be_written_none_is(yinuo: Any, here: Path, rows: Any) -> None:
    (here / CITY / "items" / "minzheng").write_text("in the way")
    status, out, err = yinuo("new", "--from", rows(CARD, CARD | {"id": "mz-card", "branch": "民政"}))
    assert (status, out) == (1, "")
    assert err.endswith("; nothing was written\n")
    assert items(here) == BEFORE


def test_a_new_item_goes_into_the_named_city(yinuo: Any, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "acity").mkdir()
    (here / "acity" / "city.yaml").write_text("id: acity\n")
    monkeypatch.setenv("YINUO_CITY", CITY)
    assert yinuo("new", "bm-x")[0] == 0
    assert "bianmin/bm-x.yaml" in items(here)


def test_without_a_city_or_a_catalogue_there_is_a_message(
    yinuo: Any, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / CITY / "city.yaml").unlink()
    status, _, err = yinuo("new", "bm-x")
    assert (status, err) == (
        1,
        f"yinuo item: {here} holds no city: there is no folder with a city.yaml\n",
    )
    monkeypatch.setenv("YINUO_CATALOGUE", str(here / "nowhere"))
    status, _, err = yinuo("show", KEY)
    assert (status, "laws.yaml:1: .: cannot be read" in err) == (1, True)


def test_an_item_is_shown_in_chinese(yinuo: Any, here: Path) -> None:
    status, out, _ = yinuo("show", KEY)
    assert status == 0
    assert out.splitlines()[0].startswith(f"机动车转让登记（本地）  {KEY}@")
    for heading in ("事项", "时限", "填写项", "材料", "费用", "结果"):
        assert f"\n{heading}\n" in out
    assert "必须交，当“" in out


def test_an_item_is_shown_in_english(yinuo: Any, here: Path) -> None:
    status, out, _ = yinuo("show", here / SAMPLE, "--lang", "en")
    assert status == 0
    for heading in ("Service", "Limits", "Questions", "Materials", "Fee", "Result"):
        assert f"\n{heading}\n" in out
    assert "required when “" in out


def test_two_files_are_compared_in_both_languages(yinuo: Any, here: Path) -> None:
    other = changed(here, "amount: 110", "amount: 120")
    assert yinuo("diff", KEY, other)[:2] == (0, DEARER)
    status, out, _ = yinuo("diff", other, here / SAMPLE, "--lang", "en")
    assert (status, out.startswith("Fee: “fee” is now: 110 ")) == (0, True)


def test_nothing_changed_is_said(yinuo: Any, here: Path) -> None:
    assert yinuo("diff", KEY, here / SAMPLE)[:2] == (0, "没有变化\n")
    assert yinuo("diff", KEY, KEY, "--lang", "en")[:2] == (0, "nothing has changed\n")


def test_a_change_of_a_scenario_alone_is_not_called_nothing(yinuo: Any, here: Path) -> None:
    other = changed(here, "夫妻卖车给邻居", "夫妻把车卖给邻居")
    assert "场景" in yinuo("diff", KEY, other)[1]
    assert "only scenarios" in yinuo("diff", KEY, other, "--lang", "en")[1]


@pytest.mark.parametrize("verb", ["show", "diff"])
@pytest.mark.parametrize("name", ["jg-no-such", "*", "", "nowhere.yaml", "../laws", "a@b.yaml"])
def test_an_unknown_item_is_told(yinuo: Any, here: Path, verb: str, name: str) -> None:
    status, out, err = yinuo(verb, name) if verb == "show" else yinuo(verb, KEY, name)
    assert (status, out, err) == (1, "", f"yinuo item: there is no item {name}\n")


def test_a_file_in_a_folder_with_an_at_sign_is_a_file(yinuo: Any, here: Path) -> None:
    folder = here.parent / "me@home"
    folder.mkdir()
    (folder / "one.yaml").write_text((here / SAMPLE).read_text())
    assert yinuo("show", folder / "one.yaml")[0] == 0


def test_a_broken_file_is_told_with_its_lines(yinuo: Any, here: Path) -> None:
    other = changed(here, "kind: '01'", "kind: 01\ncolour: red")
    status, out, err = yinuo("show", other)
    assert (status, out) == (1, "")
    assert any(line.startswith("other.yaml:") and "begins with a zero" in line for line in err.splitlines())
    assert any(": colour: " in line for line in err.splitlines())
    other.write_text("a: [b")
    assert yinuo("diff", KEY, other)[0] == 1


def published(here: Path, day: int) -> str:
    """Put the catalogue into service on a day of October; gives the version of the sample."""
    report = publish(here, datetime(2026, 10, day, 2, tzinfo=UTC))
    assert not report.findings
    forget()
    return versions(KEY)[0].version


def test_published_versions_are_compared(db: None, yinuo: Any, here: Path) -> None:
    try:
        first = published(here, 1)
        (here / SAMPLE).write_text((here / SAMPLE).read_text().replace("amount: 110", "amount: 120"))
        second = published(here, 2)
        assert yinuo("diff", f"{KEY}@{first[:12]}", f"{KEY}@{second[:12]}")[:2] == (0, DEARER)
        assert yinuo("diff", f"{KEY}@{first}", KEY)[:2] == (0, DEARER)
        assert yinuo("diff", f"{KEY}@published", KEY)[:2] == (0, "没有变化\n")
        assert f"{KEY}@{second[:12]}" in yinuo("show", f"{KEY}@published")[1]
    finally:
        forget()


def test_a_version_that_was_never_published_is_told(db: None, yinuo: Any, here: Path) -> None:
    told = {f"{KEY}@zzz": f"no version zzz of {KEY}", "jg-x@published": "no version published of jg-x"}
    for name, message in told.items():
        assert yinuo("show", name) == (1, "", f"yinuo item: {message} was published\n")


@pytest.mark.parametrize("words", [[], ["new", "x", "--lang", "en"], ["show"], ["show", "x", "--lang", "fr"]])
def test_wrong_use_ends_with_status_two(words: list[str], yinuo: Any) -> None:
    with pytest.raises(SystemExit) as stopped:
        yinuo(*words)
    assert stopped.value.code == 2

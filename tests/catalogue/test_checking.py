"""`check` as a whole: it counts, it orders, it drives every item, and it finds names that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.catalogues import CITY, SAMPLE, alone

from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import Entry, load
from yinuo.catalogue.unhappy import PATHS

TWIN = SAMPLE.with_name("jg-vehicle-twin.yaml")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return alone(tmp_path, SAMPLE)


def add_twin(root: Path, name: str = "又一件转让登记") -> None:
    text = (root / SAMPLE).read_text().replace("id: jg-vehicle-transfer", "id: jg-vehicle-twin")
    text = text.replace("zh: 机动车行驶证,", "zh: 旧行驶证,", 1)
    (root / TWIN).write_text(text.replace("机动车转让登记（本地）", name, 1))


def test_a_sound_item_is_proven_by_its_scenarios_and_every_unhappy_path(place: Path, tmp_path: Path) -> None:
    report = check(load(tmp_path))
    assert (report.items, report.proven, report.scenarios, report.paths) == (1, 1, 3, len(PATHS))
    assert report.findings == ()
    assert str(report) == "1 items, 1 proven, 0 findings"


def test_an_item_that_cannot_be_loaded_counts_as_one_that_is_not_proven(place: Path, tmp_path: Path) -> None:
    add_twin(tmp_path)
    (tmp_path / TWIN).write_text("id: [")
    report = check(load(tmp_path))
    assert (report.items, report.proven) == (2, 1)
    assert {finding.file for finding in report.findings} == {TWIN.as_posix()}


def test_two_services_cannot_have_the_same_name(place: Path, tmp_path: Path) -> None:
    add_twin(tmp_path, "机动车转让登记（本地）")
    (finding,) = check(load(tmp_path)).findings
    assert str(finding) == f"{TWIN}:3: name.zh: is also the name of jg-vehicle-transfer"


def test_findings_come_in_the_order_of_the_files_and_lines_and_none_twice(
    place: Path, tmp_path: Path
) -> None:
    add_twin(tmp_path)
    for name in (SAMPLE, TWIN):
        path = tmp_path / name
        text = (
            path.read_text().replace("amount: 110", "amount: null").replace("topics: [car]", "topics: [cars]")
        )
        path.write_text(text.replace("decide: '2026-10-13'}", "decide: '2026-10-14'}"))
    found = check(load(tmp_path)).findings
    assert [f.file for f in found] == [SAMPLE.as_posix()] * 3 + [TWIN.as_posix()] * 3
    assert [f.line for f in found[:3]] == sorted(f.line for f in found[:3])
    assert [f.path for f in found[:3]] == ["topics.0", "fee", "scenarios.0.expect.due.decide"]
    assert len(set(found)) == len(found)


def test_a_scenario_that_fails_is_told_by_its_name(place: Path, tmp_path: Path) -> None:
    place.write_text(place.read_text().replace("stage: closed", "stage: delivered", 1))
    (finding,) = check(load(tmp_path)).findings
    assert finding.path == "scenarios.0.expect.stage"
    assert finding.message == "夫妻卖车给邻居，手续齐全: the case is closed"


def test_a_happy_scenario_that_is_refused_is_told_once_and_stops_the_unhappy_paths(
    place: Path, tmp_path: Path
) -> None:
    place.write_text(place.read_text().replace("'220802198503121220'", "'220802198503121221'", 1))
    messages = [finding.message for finding in check(load(tmp_path)).findings]
    assert "the happy answers are refused: invalid-answers" in messages
    assert all("without" not in message for message in messages)


def test_progress_is_told_after_each_item(place: Path, tmp_path: Path) -> None:
    add_twin(tmp_path)
    seen: list[str] = []

    def done(entry: Entry) -> None:
        seen.append(entry.item.id)

    check(load(tmp_path), done)
    assert seen == ["jg-vehicle-transfer", "jg-vehicle-twin"]


@pytest.mark.parametrize("part", [TWIN.as_posix(), f"{CITY}/items/jiaoguan", CITY, "."])
def test_a_part_of_the_catalogue_can_be_checked_by_itself(place: Path, tmp_path: Path, part: str) -> None:
    add_twin(tmp_path)
    place.write_text(place.read_text().replace("amount: 110", "amount: null"))
    report = check(load(tmp_path), part=part)
    assert report.items == (1 if part == TWIN.as_posix() else 2)
    assert len(report.findings) == (0 if part == TWIN.as_posix() else 1)


def test_a_part_is_a_whole_folder_and_no_beginning_of_a_name(place: Path, tmp_path: Path) -> None:
    assert check(load(tmp_path), part=f"{CITY}/items/jiao").items == 0

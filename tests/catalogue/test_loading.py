"""Loading a catalogue: every file strictly, every finding with its place, and all of a file at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.catalogues import CITY, ROOT, SAMPLE, alone, findings, sample

from yinuo.catalogue.loading import CatalogueBrokenError, load, load_calendar
from yinuo.core.calendar import DayKind

AMBIGUOUS = "NO is ambiguous: write true or false, or put it in quotes"
Edit = Callable[[str], str]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The sample item's file in a catalogue that holds just what it needs."""
    return alone(tmp_path, SAMPLE)


def edited(root: Path, name: str, edit: Edit) -> list[str]:
    path = root / name
    text = path.read_text()
    changed = edit(text)
    assert changed != text
    path.write_text(changed)
    return [str(finding) for finding in load(root).findings]


def line_of(path: Path, start: str) -> int:
    """The number of the first line that begins so, once its indent is taken away."""
    lines = path.read_text().splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.strip().startswith(start))


def test_a_sound_catalogue_loads_whole(place: Path, tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    assert catalogue.findings == []
    assert list(catalogue.items) == ["jg-vehicle-transfer"]
    assert catalogue.city.id == CITY
    assert catalogue.routes["reviewed"].four_eyes
    assert "vehicle-registration-rules" in catalogue.laws
    assert catalogue.holidays["Spring Festival"].zh == "春节"
    assert catalogue.items["jg-vehicle-transfer"].limits["decide"].promised.amount == 1


def test_the_calendar_can_be_loaded_alone() -> None:
    calendar = load_calendar(ROOT)
    assert [year.year for year in calendar.years[:3]] == [2024, 2025, 2026]
    assert calendar.kind(date(2026, 2, 14)) is DayKind.MAKEUP
    assert calendar.years[0].notice == "国办发明电〔2023〕7号"


def test_a_calendar_with_a_finding_is_none(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "calendars/cn/2026.yaml"
    path.write_text(path.read_text().replace("year: 2026", "year: 2026\nyears: 1"))
    with pytest.raises(CatalogueBrokenError, match="years: Extra inputs are not permitted"):
        load_calendar(tmp_path)


def test_everything_that_is_wrong_in_one_file_is_told_at_once(place: Path, tmp_path: Path) -> None:
    """Findings of the reader and of the shape together, each with its line and path, none twice."""
    text = place.read_text()
    for old, new in (
        ("kind: '01'", "kind: 01"),
        ("        past: true", "        past: NO"),
        ("online: prefill", "online: prefill\nonlin: full"),
        ("  count: 1\n", "  count: one\n"),
        ("    copies: 2\n", "    copies: 2\n    copies: 3\n"),
        ("  kind: registration\n", ""),
        ("handling: immediate", "handling: at-once"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    place.write_text(text)
    copies = line_of(place, "copies: 3")
    assert sorted(str(finding) for finding in load(tmp_path).findings) == sorted(
        [
            f"{SAMPLE}:{line_of(place, 'kind: 01')}: kind: 01 begins with a zero: put it in quotes",
            f"{SAMPLE}:{line_of(place, 'handling:')}: handling: Input should be 'immediate' or 'promise'",
            f"{SAMPLE}:{line_of(place, 'past: NO')}: form.0.fields.3.past: {AMBIGUOUS}",
            f"{SAMPLE}:{copies}: materials.4.copies: stands twice; first on line {copies - 1}",
            f"{SAMPLE}:{line_of(place, 'result:')}: result: kind: Field required",
            f"{SAMPLE}:{line_of(place, 'count:')}: visits.count: Input should be a valid integer",
            f"{SAMPLE}:{line_of(place, 'onlin:')}: onlin: Extra inputs are not permitted",
        ]
    )
    assert load(tmp_path).items == {}


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("a: 1\n\tb: 2\n", ":2: .: is no YAML: found a tab character that violates indentation"),
        ("id: x\n---\nid: y\n", ":3: .: must hold exactly one document"),
        ("", ":1: .: must hold exactly one document"),
        ("- 1\n- 2\n", ":1: .: Input should be a valid dictionary or instance of ItemShape"),
    ],
)
def test_a_file_that_is_no_item_at_all_is_one_finding(
    place: Path, tmp_path: Path, broken: str, message: str
) -> None:
    place.write_text(broken)
    assert [str(finding) for finding in load(tmp_path).findings] == [f"{SAMPLE}{message}"]


def test_a_file_in_another_encoding_is_a_finding(place: Path, tmp_path: Path) -> None:
    place.write_bytes(place.read_text().encode("gb18030"))
    (finding,) = load(tmp_path).findings
    assert str(finding).startswith(f"{SAMPLE}:1: .: cannot be read: 'utf-8' codec")


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("id: jg-vehicle-transfer", "id: jg-other", "id", "the file is named jg-vehicle-transfer"),
        ("branch: jiaoguan", "branch: huzheng", "branch", "the file lies in the folder jiaoguan"),
        ("route: reviewed", "route: scenic", "route", "there is no route scenic"),
        ("use: vehicle", "use: vessel", "form.0.fields.0.use", "there is no field group vessel"),
    ],
)
def test_what_an_item_refers_to_exists(
    place: Path, tmp_path: Path, old: str, new: str, path: str, message: str
) -> None:
    found = edited(tmp_path, SAMPLE.as_posix(), lambda text: text.replace(old, new, 1))
    line = line_of(place, new if new.startswith(("id", "branch", "route")) else f"- {new}")
    assert found == [f"{SAMPLE}:{line}: {path}: {message}"]


def test_two_files_cannot_hold_the_same_item(place: Path, tmp_path: Path) -> None:
    twin = tmp_path / CITY / "items/twin/jg-vehicle-transfer.yaml"
    twin.parent.mkdir()
    twin.write_text(place.read_text().replace("branch: jiaoguan", "branch: twin"))
    messages = [finding.message for finding in load(tmp_path).findings]
    assert messages == [f"stands twice; first in {SAMPLE}"]


def test_a_field_group_or_route_is_named_like_its_file(place: Path, tmp_path: Path) -> None:
    found = edited(tmp_path, "fields/agent.yaml", lambda text: text.replace("id: agent", "id: agents"))
    assert found == ["fields/agent.yaml:2: id: the file is named agent"]
    found = edited(tmp_path, "routes/reviewed.yaml", lambda text: text.replace("id: reviewed", "id: seen"))
    assert "routes/reviewed.yaml:1: id: the file is named reviewed" in found


def test_a_broken_route_is_told_where_it_is_broken(place: Path, tmp_path: Path) -> None:
    found = edited(
        tmp_path, "routes/reviewed.yaml", lambda text: text.replace("post: reviewer", "post: poet")
    )
    assert found[0].startswith("routes/reviewed.yaml:9: steps.0.post: Input should be 'window'")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("year: 2026", "year: 2025", ":6: year: the file is named 2026"),
        ("to: '2026-10-07'", "to: '2027-10-07'", ": 2027-10-07 is no day of 2026"),
        ("to: '2026-10-07'", "to: '2026-09-30'", ": holidays.6.to: lies before its from"),
        ("- '2026-10-10'", "- '2026-10-12'", ": makeup.5: 2026-10-12 is no Saturday or Sunday"),
        ("- '2026-10-10'", "- '2026-02-30'", ": 2026-02-30 is no day of 2026"),
        ("- '2026-10-10'", "- 2026-10", "makeup.5: String should match pattern"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(
    place: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "calendars/cn/2026.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CatalogueBrokenError) as broken:
        load(tmp_path)
    assert any(f.file == "calendars/cn/2026.yaml" and message in str(f) for f in broken.value.findings)


def test_years_of_the_calendar_leave_no_gap(place: Path, tmp_path: Path) -> None:
    (tmp_path / "calendars/cn/2024.yaml").write_text((ROOT / "calendars/cn/2024.yaml").read_text())
    with pytest.raises(CatalogueBrokenError, match=r"calendars/cn:1: \.: a calendar needs consecutive years"):
        load(tmp_path)


def test_without_a_city_there_is_nothing_to_load(tmp_path: Path) -> None:
    with pytest.raises(CatalogueBrokenError, match=r"one folder with a city\.yaml"):
        load(tmp_path)


def test_of_several_cities_one_must_be_named(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "othertown"
    other.mkdir()
    (other / "city.yaml").write_text((tmp_path / CITY / "city.yaml").read_text())
    with pytest.raises(CatalogueBrokenError, match="or the city must be named"):
        load(tmp_path)
    assert list(load(tmp_path, CITY).items) == ["jg-vehicle-transfer"]


def test_a_broken_city_stops_the_loading_with_its_findings(place: Path, tmp_path: Path) -> None:
    path = tmp_path / CITY / "city.yaml"
    path.write_text(path.read_text().replace("sample_data:", "sampledata:", 1))
    found = findings(tmp_path)
    assert {finding.file for finding in found} == {f"{CITY}/city.yaml"}
    assert any("sampledata: Extra inputs" in str(finding) for finding in found)
    assert any("sample_data: Field required" in str(finding) for finding in found)


def test_an_item_has_the_same_version_wherever_and_in_whatever_order_it_is_written(
    place: Path, tmp_path: Path
) -> None:
    version = load(tmp_path).items["jg-vehicle-transfer"].version
    assert version == sample().items["jg-vehicle-transfer"].version
    lines = place.read_text().splitlines(keepends=True)
    moved = [line for line in lines if not line.startswith("online:")]
    place.write_text("".join(["online: prefill\n", *moved, "# a remark\n"]))
    assert load(tmp_path).items["jg-vehicle-transfer"].version == version
    place.write_text(place.read_text().replace("amount: 110", "amount: 111"))
    assert load(tmp_path).items["jg-vehicle-transfer"].version != version


def test_a_change_to_a_field_group_is_a_new_version_of_the_items_that_use_it(
    place: Path, tmp_path: Path
) -> None:
    version = load(tmp_path).items["jg-vehicle-transfer"].version
    group = tmp_path / "fields/vehicle.yaml"
    group.write_text(group.read_text().replace("号牌号码", "车牌号码"))
    assert load(tmp_path).items["jg-vehicle-transfer"].version != version

"""Kept readings: the same catalogue as read anew, sooner, and never one that the files no longer hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.catalogues import SAMPLE, alone

from yinuo.catalogue import readings
from yinuo.catalogue.loading import load
from yinuo.catalogue.readings import FILE, kept_readings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return alone(tmp_path, SAMPLE)


def test_a_catalogue_from_kept_readings_is_the_same(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(tmp_path)
    monkeypatch.setattr(readings, "read_text", None)  # nothing is taken apart again
    again = load(tmp_path)
    assert again.items == first.items
    assert again.findings == first.findings == []


def test_a_changed_file_is_read_anew_and_what_was_replaced_is_let_go(place: Path, tmp_path: Path) -> None:
    load(tmp_path)
    before = set(kept_readings(tmp_path).kept)
    place.write_text(place.read_text() + "\nid: twice\n")
    assert any("stands twice" in str(finding) for finding in load(tmp_path).findings)
    place.write_text(place.read_text().replace("\nid: twice\n", "# a remark\n"))
    assert load(tmp_path).findings == []
    after = set(kept_readings(tmp_path).kept)
    assert len(before - after) == len(after - before) == 1


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '["another reader", {}]', "\x00\x01"])
def test_damaged_readings_and_those_of_another_reader_are_not_used(
    place: Path, tmp_path: Path, damaged: str
) -> None:
    sound = load(tmp_path)
    (tmp_path / FILE).write_text(damaged)
    assert load(tmp_path).items == sound.items
    made_by, kept = json.loads((tmp_path / FILE).read_text())
    assert made_by != "another reader"
    assert kept


def test_a_folder_that_cannot_be_written_is_loaded_all_the_same(place: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert load(tmp_path).findings == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(FILE)] == [FILE]

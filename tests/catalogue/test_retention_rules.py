"""How long what is kept, as data of a city: the file, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.catalogues import CITY, ROOT, SAMPLE, alone, whole

from yinuo.catalogue.lints.retention import retention_is_sound
from yinuo.catalogue.loading import load
from yinuo.catalogue.retention import NO_RETENTION
from yinuo.core.retention import KINDS, OUTCOMES, Matter

FILE = f"{CITY}/retention.yaml"


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Path]:
    """The city's file in a catalogue with one item."""
    alone(tmp_path, SAMPLE)
    place = tmp_path / FILE
    place.write_text((ROOT / FILE).read_text())
    return place


def broken(place: Path, old: str, new: str) -> list[str]:
    """What is found in the file once that stands there."""
    text = place.read_text()
    assert text.count(old) == 1, old
    place.write_text(text.replace(old, new))
    catalogue = load(place.parents[1])
    assert catalogue.retention is NO_RETENTION
    return [finding.message for finding in catalogue.findings]


def test_the_file_of_the_city_says_something_of_everything() -> None:
    kept = whole().retention
    assert not [finding for finding in whole().findings if finding.file == FILE]
    assert list(retention_is_sound(whole())) == []
    assert {rule.kind for rule in kept.rules} == set(KINDS)


def test_every_case_of_every_item_has_a_rule_with_a_reason() -> None:
    for entry in whole().entries.values():
        for outcome in OUTCOMES:
            rule = whole().retention.of(
                "case", Matter(outcome, entry.item.id, entry.item.kind, entry.item.branch)
            )
            assert rule is not None
            assert all((rule.why.zh, rule.why.en))


def test_what_no_law_says_is_called_a_preset() -> None:
    for rule in whole().retention.rules:
        assert rule.confidence == "preset" or rule.ground, rule.key


def test_licences_are_kept_as_the_archive_asks() -> None:
    kept = whole().retention
    granted = kept.of("case", Matter("granted", "za-hotel-license", "01", "zhian"))
    assert granted is not None
    assert (str(granted.span), granted.confidence) == ("30y", "medium")
    withdrawn = kept.of("case", Matter("withdrawn", "za-hotel-license", "01", "zhian"))
    assert withdrawn is not None
    assert str(withdrawn.span) == "2y"


def test_a_city_without_the_file_erases_nothing(tmp_path: Path) -> None:
    alone(tmp_path, SAMPLE)
    assert load(tmp_path).retention is NO_RETENTION


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keep: 6mo", "keep: 90wd", "90wd is no length of time"),
        ("keep: 6mo", "keep: soon", "soon is no length of time"),
        ("keep: 30y", "keep: 20d", "a case is kept for 30 days at least"),
        ("key: petition", "key: withdrawn", "withdrawn stands twice"),
        (
            "key: draft\n    kind: draft",
            "key: draft\n    kind: draft\n    outcomes: [granted]",
            "only cases have outcomes",
        ),
        (
            "key: licence-granted\n    kind: case\n    kinds: ['01']\n    outcomes: [granted]",
            "key: all\n    kind: case",
            "is never reached",
        ),
        (
            "key: other-cases\n    kind: case",
            "key: other-cases\n    kind: case\n    outcomes: [granted]",
            "must fit everything",
        ),
        ("outcomes: [denied, refused]", "outcomes: [lost]", "Input should be"),
        (
            "keep: 3y\n    ground: null\n    confidence: preset",
            "keep: 3y\n    ground: null\n    confidence: high",
            "without a ground it is a preset",
        ),
    ],
)
def test_a_slip_is_found(rules: Path, old: str, new: str, said: str) -> None:
    assert any(said in line for line in broken(rules, old, new)), broken


def test_what_points_to_nothing_is_found(rules: Path) -> None:
    text = rules.read_text().replace(
        "kind: case\n    branches: [xinfang]", "kind: case\n    items: [no-item]\n    branches: [nowhere]"
    )
    rules.write_text(text)
    found = [finding.message for finding in retention_is_sound(load(rules.parents[1]))]
    for said in (
        "there is no item no-item",
        "there is no branch nowhere",
        "there is no item fz-info-correct",
        "there is no law archives-law in laws.yaml",
    ):
        assert said in found

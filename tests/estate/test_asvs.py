"""docs/reference/asvs.md: each requirement once, every file and test it names is there, counts are right."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "asvs.md"
STATUSES = ("met", "partly", "not met", "not applicable")
# The levels of the requirements of ASVS 5.0.0, section by section, in their order.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "22",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3",
    "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "222", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23",
    "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
TO_THE_TOP = ("7", "8", "11")  # chapters that are judged at level 3
ROW = re.compile(r"^\| (\d+(?:\.\d+)*) \| ([\d, ]+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
GAP = re.compile(r"^- \*\*(\d+\.\d+\.\d+)\*\* \S", re.MULTILINE)
FILE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|html|lock|yaml))(?:::(?:\w+::)?(\w+))?`")
SUM = re.compile(
    r"^\| ([A-Z][\w ,]*|\*\*all\*\*) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE
)


@cache
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def in_scope() -> dict[str, str]:
    """Requirement -> its level."""
    return {
        f"{section}.{n}": level
        for section, levels in LEVELS.items()
        for n, level in enumerate(levels, 1)
        if level != "3" or section.partition(".")[0] in TO_THE_TOP
    }


def meant(number: str) -> list[str]:
    """The requirements that a row stands for: one, or all of a section or chapter."""
    return [one for one in in_scope() if one == number or one.startswith(f"{number}.")]


def test_the_standard_has_all_its_requirements() -> None:
    every = "".join(LEVELS.values())
    assert (every.count("1"), every.count("2"), every.count("3")) == (69, 185, 91)


def test_each_requirement_stands_once_with_its_level() -> None:
    rows = ROW.findall(page())
    assert Counter(one for row in rows for one in meant(row[0])) == Counter(list(in_scope()))
    for number, levels, *_ in rows:
        assert levels == ", ".join(sorted({in_scope()[one] for one in meant(number)})), number


def test_each_status_is_a_known_one_and_a_row_for_many_is_not_applicable() -> None:
    for number, _, what, status, _ in ROW.findall(page()):
        assert status in STATUSES, number
        if number.count(".") < 2:
            assert status == "not applicable", number
            assert f"({len(meant(number))} requirements)" in what, number


def test_what_is_not_met_in_full_stands_at_the_top() -> None:
    lists = page().partition("## Not met\n")[2].partition("\n## 1 ")[0]
    gone, half = (GAP.findall(part) for part in lists.split("## Partly\n"))
    rows = ROW.findall(page())
    assert gone == [row[0] for row in rows if row[3] == "not met"]
    assert half == [row[0] for row in rows if row[3] == "partly"]


def test_the_counts_are_those_of_the_tables() -> None:
    titles = dict(re.findall(r"^## (\d+) (.+)$", page(), re.MULTILINE))
    counted = {title: Counter[str]() for title in titles.values()}
    for number, _, _, status, _ in ROW.findall(page()):
        counted[titles[number.partition(".")[0]]][status] += len(meant(number))
    counted["**all**"] = sum(counted.values(), Counter())
    told = {name: tuple(map(int, counts)) for name, *counts in SUM.findall(page())}
    assert told == {
        name: (*(count[status] for status in STATUSES), count.total()) for name, count in counted.items()
    }


@pytest.mark.parametrize(("name", "test"), sorted(set(FILE.findall(PAGE.read_text(encoding="utf-8")))))
def test_every_file_and_test_that_it_names_is_there(name: str, test: str) -> None:
    places = [one for one in (ROOT / "src" / "yinuo" / name, ROOT / name) if one.is_file()]
    assert places
    assert not test or re.search(
        rf"^ *(async )?def {test}\(", places[-1].read_text(encoding="utf-8"), re.MULTILINE
    )

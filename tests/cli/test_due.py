"""`yinuo due`: every vector of the design, what is shown, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.calendars import announced

from yinuo.cli import main
from yinuo.core.receipt import SCHEMA, Receipt, verify

VECTORS = [
    ("2026-02-12", "5wd", "2026-02-26"),
    ("2026-02-12", "20wd", "2026-03-18"),
    ("2026-04-30", "5wd", "2026-05-11"),
    ("2025-01-24", "20wd", "2025-02-27"),
    ("2024-09-13", "7wd", "2024-09-25"),
    ("2026-02-01", "15cd", "2026-02-24"),
    ("2026-08-02", "60cd", "2026-10-08"),
]


@pytest.fixture
def yinuo(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, str, str]:
        status = main(["due", *words])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


@pytest.mark.parametrize(("start", "limit", "due"), VECTORS)
def test_the_check_vectors_of_the_design(yinuo: Any, start: str, limit: str, due: str) -> None:
    status, out, err = yinuo(start, limit)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"due: {due}"


def test_a_term_that_never_rolls(yinuo: Any) -> None:
    status, out, _ = yinuo("2026-02-01T10:00", "3cd", "--no-roll")
    assert (status, out.splitlines()[0]) == (0, "due: 2026-02-04")


def test_every_day_has_a_line_and_the_calendar_is_named(yinuo: Any) -> None:
    _, out, _ = yinuo("2026-02-12", "5wd")
    lines = out.splitlines()
    assert lines[1] == "2026-02-12  trigger"
    assert lines[-2] == "2026-02-26  counted 5/5"
    assert len(lines) == 1 + 15 + 1
    assert "2026-02-14  makeup counted 2/5" in lines
    assert lines[-1] == f"calendar: {announced().version}"


def test_as_json_it_is_the_receipt_that_verifies(yinuo: Any) -> None:
    status, out, _ = yinuo("2026-02-12", "20wd", "--json")
    value = json.loads(out)
    assert status == 0
    assert set(value) == {
        "schema", "start", "limit", "pauses", "extensions", "due", "stopped", "provisional", "calendar",
        "item", "days", "digest",
    }  # fmt: skip
    assert (value["schema"], value["due"], value["provisional"]) == (SCHEMA, "2026-03-18", False)
    assert (len(value["days"]), value["days"][0]) == (35, {"date": "2026-02-12", "label": "trigger"})
    assert isinstance(verify(value, announced()), Receipt)


MORNING, NOON = "2026-03-04T10:00:00+08:00", "2026-03-06T11:30:00+08:00"


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2026-03-04..2026-03-06", "2026-03-04", "2026-03-06", "pause"),
        ("2026-03-04..2026-03-06:", "2026-03-04", "2026-03-06", "pause"),
        ("2026-03-04..2026-03-06:hearing", "2026-03-04", "2026-03-06", "hearing"),
        ("2026-03-04..2026-03-06:听证", "2026-03-04", "2026-03-06", "听证"),
        ("2026-03-04T10:00..2026-03-06T11:30", MORNING, NOON, "pause"),
        ("2026-03-04T10:00..2026-03-06T11:30:hearing", MORNING, NOON, "hearing"),
        ("2026-03-04..2026-03-06T11:30:00", "2026-03-04", NOON, "pause"),
        ("2026-03-04..2026-03-06T11:30+08:00:hearing", "2026-03-04", NOON, "hearing"),
        ("2026-03-04..2026-03-06T03:30Z", "2026-03-04", NOON, "pause"),
        ("2026-03-04..2026-03-06T03:30Z:hearing", "2026-03-04", NOON, "hearing"),
        ("2026-03-04..2026-03-06T03:30+0000", "2026-03-04", NOON, "pause"),
        ("2026-03-04..2026-03-05T22:30-05:00", "2026-03-04", NOON, "pause"),
        ("2026-03-04..2026-03-05T22:30-0500", "2026-03-04", NOON, "pause"),
    ],
)
def test_a_pause_is_read_with_its_times_and_its_kind(
    yinuo: Any, text: str, start: str, end: str, kind: str
) -> None:
    status, out, err = yinuo("2026-03-02", "5wd", "--pause", text, "--json")
    assert (status, err) == (0, "")
    (read,) = json.loads(out)["pauses"]
    assert (read["from"], read["to"], read["kind"]) == (start, end, kind)


def test_a_pause_moves_the_day_and_several_add_up(yinuo: Any) -> None:
    one = ("--pause", "2026-03-04..2026-03-06:hearing")
    two = ("--pause", "2026-03-09..2026-03-10")
    assert yinuo("2026-03-02", "5wd")[1].startswith("due: 2026-03-09")
    assert yinuo("2026-03-02", "5wd", *one)[1].startswith("due: 2026-03-11")
    assert yinuo("2026-03-02", "5wd", *one, *two)[1].startswith("due: 2026-03-12")
    assert yinuo("2026-03-02", "5wd", *two, *one)[1].startswith("due: 2026-03-12")


@pytest.mark.parametrize("text", ["2026-03-04..", "2026-03-04..:hearing"])
def test_while_a_pause_is_open_there_is_no_day(yinuo: Any, text: str) -> None:
    status, out, _ = yinuo("2026-03-02", "5wd", "--pause", text)
    assert status == 0
    assert out.splitlines()[0] == "due: none, stopped on 2026-03-04 with 3 working_days left"


def test_more_time_moves_the_day(yinuo: Any) -> None:
    assert yinuo("2026-03-02", "5wd", "--extend", "10wd")[1].startswith("due: 2026-03-23")
    assert yinuo("2026-03-02T09:00", "24h", "--extend", "24h")[1].startswith("due: 2026-03-04T09:00:00+08:00")


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-03-02T16:45", "24h", "2026-03-03T16:45:00+08:00"),
        ("2026-03-02T08:45Z", "24h", "2026-03-03T16:45:00+08:00"),
        ("2026-03-02", "now", "2026-03-02"),
        ("2026-03-01", "now", "2026-03-02"),
        ("2026-01-31", "1mo", "2026-02-28"),
    ],
)
def test_the_other_units(yinuo: Any, start: str, limit: str, due: str) -> None:
    assert yinuo(start, limit)[1].splitlines()[0] == f"due: {due}"


def test_a_year_without_a_notice_is_provisional(yinuo: Any) -> None:
    assert "provisional" in yinuo("2031-03-03", "5wd")[1].splitlines()[0]
    assert "provisional" not in yinuo("2026-03-03", "5wd")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("tomorrow", "5wd"),
        ("2026-02-30", "5wd"),
        ("2026-02-12", "5"),
        ("2026-02-12", "five working days"),
        ("2026-02-12", "0wd"),
        ("2026-02-12", "9" * 40 + "cd"),
        ("9999-12-30", "60cd"),
        ("2026-02-12", "5wd", "--pause", "2026-02-13"),
        ("2026-02-12", "5wd", "--pause", "2026-02-16..2026-02-13"),
        ("2026-02-12", "5wd", "--pause", "..2026-02-13"),
        ("2026-02-12", "5wd", "--pause", "2026-02-13..soon"),
        ("2026-02-12", "5wd", "--extend", "now"),
        ("2026-02-12", "5wd", "--extend", "much"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_read_is_named_in_one_line(yinuo: Any, words: tuple[str, ...]) -> None:
    status, out, err = yinuo(*words)
    assert (status, out) == (2, "")
    assert err.startswith("yinuo due: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [(), ("2026-02-12",), ("2026-02-12", "-5wd"), ("2026-02-12", "5wd", "--nonsense"), ("a", "b", "c")],
)
def test_wrong_use_ends_with_status_two(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["due", *words])
    assert stopped.value.code == 2
    assert "usage: yinuo" in capsys.readouterr().err

"""Asking the virus scanner: a real clamd with two signatures of our own, and what may go wrong on the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from support.nasty import drawn, zipped
from support.scanners import EICAR, LARGEST, MARKER, impostor, program, running_clamd

from yinuo.apps.documents.scanning import Verdict, presence, scan
from yinuo.project.environment import Clamd

needs_clamd = pytest.mark.skipif(program() is None, reason="no clamd (Debian's package clamav-daemon)")


@pytest.fixture(scope="module")
def scanners() -> Iterator[tuple[Clamd, Clamd]]:
    with running_clamd() as both:
        yield both


@needs_clamd
@pytest.mark.parametrize("way", [0, 1], ids=["by socket", "by network"])
def test_a_real_scanner_finds_what_it_knows_and_nothing_else(scanners: tuple[Clamd, Clamd], way: int) -> None:
    with override_settings(CLAMD=scanners[way]):
        assert scan(EICAR) == Verdict("infected", "Yinuo.Test.Eicar.UNOFFICIAL")
        assert scan(b"words before " * 20_000 + MARKER) == Verdict("infected", "Yinuo.Test.Worm.UNOFFICIAL")
        assert scan(drawn("JPEG") + MARKER).said == "infected"
        assert scan(zipped(a=MARKER)).said == "infected"
        assert scan(drawn("JPEG")) == Verdict("clean")
        assert scan(b"") == Verdict("clean")


@needs_clamd
def test_what_is_larger_than_it_takes_stays_unclear(scanners: tuple[Clamd, Clamd]) -> None:
    for one in scanners:
        with override_settings(CLAMD=one):
            assert scan(b"a" * (LARGEST + 1)) == Verdict("unclear")
            assert scan(b"a" * (20 * LARGEST)).said in ("unclear", "away")


def test_without_a_scanner_nothing_is_asked() -> None:
    with override_settings(CLAMD=None):
        assert scan(EICAR) == Verdict("none")
        assert presence() == "none"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Some.Worm FOUND\0", "infected"),
        (b"stream: OK but not quite\0", "unclear"),
        (b"INSTREAM size limit exceeded. ERROR\0", "unclear"),
        (b"stream: OK\0stream: Some.Worm FOUND\0", "unclear"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "unclear"),
        (b"\xff" * 5000, "unclear"),
        (b"", "away"),
    ],
)
def test_only_the_very_answer_makes_a_file_clean(answer: bytes, said: str) -> None:
    with impostor(answer) as address, override_settings(CLAMD=address):
        assert scan(b"words").said == said


@needs_clamd
def test_a_real_scanner_says_that_it_is_there(scanners: tuple[Clamd, Clamd]) -> None:
    for one in scanners:
        with override_settings(CLAMD=one):
            assert presence() == "there"


@pytest.mark.parametrize("answer", [b"PONG and more\0", b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
def test_whoever_answers_otherwise_is_no_scanner(answer: bytes) -> None:
    with impostor(answer) as address, override_settings(CLAMD=address):
        assert presence() == "away"


def test_one_that_never_answers_costs_the_seconds_that_were_given() -> None:
    with impostor(None) as address, override_settings(CLAMD=address):
        started = time.monotonic()
        assert scan(b"a" * 3_000_000, seconds=0.3) == Verdict("away")
        assert presence(seconds=0.3) == "away"
        assert time.monotonic() - started < 5


def test_one_that_is_not_there_is_away(tmp_path: Path) -> None:
    with impostor(None) as address:
        pass
    for one in (address, Clamd(path=str(tmp_path / "none")), Clamd(host="scanner.invalid", port=3310)):
        with override_settings(CLAMD=one):
            assert scan(b"words", seconds=2) == Verdict("away")
            assert presence() == "away"

"""The statement of a day: one text, read back only when it is exactly that text."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.merkle import verify_inclusion
from yinuo.core.sealing import FIRST, Statement, proof_of, root_of, statement_of

SAID = Statement(date(2026, 10, 12), 2, "ab" * 32, FIRST, datetime(2026, 10, 12, 16, 10, tzinfo=UTC))


def test_the_text_is_canonical_json_of_what_is_said() -> None:
    assert json.loads(SAID.text) == {
        "schema": "yinuo-root/1",
        "day": "2026-10-12",
        "size": 2,
        "root": "ab" * 32,
        "before": sha256(b"").hexdigest(),
        "signed_at": "2026-10-12T16:10:00+00:00",
    }
    assert SAID.text == json.dumps(json.loads(SAID.text), sort_keys=True, separators=(",", ":"))
    assert statement_of(SAID.text) == SAID
    assert SAID.hash == sha256(SAID.text.encode()).hexdigest()


@given(st.data())
def test_any_other_text_is_no_statement_or_says_something_else(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SAID.text) - 1))
    changed = SAID.text[:place] + chr(ord(SAID.text[place]) ^ 1) + SAID.text[place + 1 :]
    with suppress(ValueError):
        assert statement_of(changed) != SAID


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "1", SAID.text + " ", SAID.text.replace(",", ", ")])
def test_what_is_no_statement_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a statement|Expecting"):
        statement_of(text)


def test_each_thing_that_is_said_changes_the_hash() -> None:
    others = [
        replace(SAID, day=date(2026, 10, 13)), replace(SAID, size=3), replace(SAID, root="ac" * 32),
        replace(SAID, before="ab" * 32), replace(SAID, signed_at=datetime(2026, 10, 13, tzinfo=UTC)),
    ]  # fmt: skip
    assert len({one.hash for one in (SAID, *others)}) == 6


def test_the_leaves_are_the_hashes_as_they_are_written() -> None:
    hashes = [sha256(bytes([n])).hexdigest() for n in range(5)]
    for index, one in enumerate(hashes):
        path = [bytes.fromhex(step) for step in proof_of(hashes, index)]
        assert verify_inclusion(one.encode(), index, 5, path, bytes.fromhex(root_of(hashes)))

"""The bundle of a case holds as it is, and whatever is changed in it is named."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from support.actors import Cast
from support.calendars import announced
from support.fixed_clock import at
from support.journeys import accepted, asked, does
from support.ledger import CHANGES, Sealed, bundle_of, flipped
from support.papers import be_quick

from yinuo.apps.documents.signing import FileSigner, create_authority
from yinuo.apps.ledger.actions.seal import seal_until
from yinuo.apps.ledger.queries import keys
from yinuo.apps.ledger.signatures import read_keys
from yinuo.apps.ledger.verification import Findings, is_bundle, verify_bundle
from yinuo.core.case import commands as c


def faults(value: dict[str, Any], **trust: Any) -> list[str]:
    return verify_bundle(value, announced(), **trust).faults


def test_a_bundle_holds(sealed: Sealed) -> None:
    for case in (sealed.closed, sealed.accepted):
        found = verify_bundle(bundle_of(case), announced(), read_keys(keys()))
        assert (found.faults, found.open) == ([], [])


def test_what_is_not_sealed_yet_is_said(cast: Cast, clock: Any) -> None:
    case = asked(cast)
    found = verify_bundle(bundle_of(case), announced())
    assert (found.faults, found.open) == ([], [1, 2])


def test_days_sealed_and_not_sealed_stand_together(
    cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    case = accepted(cast)
    assert seal_until(at("10-13 09:00")) == 1
    does(case, c.Say("请快一点"), cast.citizen, at("10-13 10:00"))
    found = verify_bundle(bundle_of(case), announced())
    assert (found.faults, found.open) == ([], [3])


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_named(sealed: Sealed, change: str) -> None:
    value = bundle_of(sealed.closed)
    spoil, said = CHANGES[change]
    spoil(value)
    assert any(fault.startswith(said) for fault in faults(value)), faults(value)


def test_no_byte_of_a_bundle_can_be_another(sealed: Sealed) -> None:
    """Every 29th byte of what is not a file, and some of the file."""
    text = json.dumps(bundle_of(sealed.closed), ensure_ascii=False).encode()
    start = text.index(b'"pdf": "') + 8
    end = text.index(b'"', start)
    places = [*range(0, start, 29), *range(start, end, 3001), end - 1, *range(end, len(text), 29)]
    assert len(places) > 300
    missed = [place for place in places if not _noticed(text, place)]
    assert [(place, text[place - 20 : place + 20]) for place in missed] == []


def _noticed(text: bytes, place: int) -> bool:
    other = bytearray(text)
    other[place] ^= 1
    try:
        value = json.loads(bytes(other))
    except ValueError:
        return True
    return not is_bundle(value) or bool(faults(value))


def test_another_key_signed_nothing_of_it(sealed: Sealed, tmp_path: Any) -> None:
    create_authority(tmp_path / "keys", "Somebody", at("10-01 00:00"))
    other = read_keys(FileSigner(tmp_path / "keys").statement_keys.decode())
    found = faults(bundle_of(sealed.accepted), trusted=other)
    assert found[:2] == [
        "the key in the bundle is not the one that was given",
        "root of 2026-10-14: the signature does not fit",
    ]


def test_a_key_that_signed_earlier_is_still_good(sealed: Sealed, tmp_path: Any) -> None:
    """The certificate was renewed: the new key is the first that is published, the old one stands behind."""
    value = bundle_of(sealed.closed)
    create_authority(tmp_path / "keys", "Renewed", at("10-01 00:00"))
    new = FileSigner(tmp_path / "keys").statement_keys.decode()
    assert faults(value, trusted=read_keys(new + keys())) == []
    assert faults(value, trusted=read_keys(new)) != []


def test_whoever_makes_a_bundle_anew_needs_the_key(sealed: Sealed) -> None:
    """Every hash fits again, but not what was signed."""
    value = bundle_of(sealed.accepted)
    last = value["events"][-1]
    last["text"] = flipped(last["text"], last["text"].index("T") + 1)
    last["hash"] = sha256(last["text"].encode()).hexdigest()
    assert "event 2: the proof does not lead to the root of 2026-10-14" in faults(value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: b.pop("key"),
        lambda b: b.update(more=1),
        lambda b: b.update(events=[]),
        lambda b: b.update(events={}),
        lambda b: b.update(roots=None),
        lambda b: b.update(case=7),
        lambda b: b.update(schema="yinuo-bundle/2"),
    ],
)
def test_another_shape_is_no_bundle(sealed: Sealed, spoil: Any) -> None:
    value = bundle_of(sealed.accepted)
    spoil(value)
    assert faults(value) == ["the file is not a bundle as yinuo-bundle/1 describes it"]


@pytest.mark.parametrize("part", ["events", "receipts", "results", "roots"])
@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, {"event": [], "text": 7, "statement": {}}])
def test_any_value_in_a_list_is_safe(sealed: Sealed, part: str, wrong: Any) -> None:
    value = bundle_of(sealed.closed)
    value[part][0] = wrong
    found = verify_bundle(value, announced())
    assert isinstance(found, Findings)
    assert found.faults

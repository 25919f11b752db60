"""`yinuo verify` on bundles: what holds, by whose key, and what exactly does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.actors import Cast
from support.ledger import CHANGES, bundle_of, sealed_cases
from support.papers import be_quick
from support.served import FOUNDED

from yinuo.apps.documents.signing import FileSigner, create_authority
from yinuo.apps.ledger.queries import keys
from yinuo.apps.ledger.signatures import fingerprint, read_keys


@pytest.fixture
def bundle(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    be_quick(monkeypatch)
    return bundle_of(sealed_cases(cast).closed)


@pytest.fixture
def key(tmp_path: Path, db: None) -> Path:
    place = tmp_path / "key.pem"
    place.write_text(keys())
    return place


def saved(folder: Path, value: object) -> Path:
    place = folder / "bundle.json"
    place.write_text(json.dumps(value, ensure_ascii=False, indent=1))
    return place


def test_a_bundle_holds_with_the_key_that_is_given(
    yinuo: Any, bundle: dict[str, Any], key: Path, tmp_path: Path
) -> None:
    events, receipts = len(bundle["events"]), len(bundle["receipts"])
    status, out, _ = yinuo("verify", saved(tmp_path, bundle), "--key", key)
    assert status == 0
    assert out.splitlines() == [
        f"valid: case {bundle['case']}: {events} events, {receipts} receipts, 1 results",
        f"events proven by signed days: {events} by 1",
        f"key: {fingerprint(read_keys(keys())[0])}",
    ]


def test_with_its_own_key_it_is_said_what_that_is_worth(
    yinuo: Any, bundle: dict[str, Any], tmp_path: Path
) -> None:
    status, out, _ = yinuo("verify", saved(tmp_path, bundle))
    assert status == 0
    assert "with the key in the bundle: it agrees with itself; who made it only --key can show" in out


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_wrong_is_named(
    yinuo: Any, bundle: dict[str, Any], key: Path, tmp_path: Path, change: str
) -> None:
    spoil, said = CHANGES[change]
    spoil(bundle)
    status, out, _ = yinuo("verify", saved(tmp_path, bundle), "--key", key)
    assert status == 1
    assert any(line.startswith(f"NOT VALID: {said}") for line in out.splitlines()), out
    assert "valid: case" not in out


def test_with_somebody_elses_key_nothing_is_valid(yinuo: Any, bundle: dict[str, Any], tmp_path: Path) -> None:
    create_authority(tmp_path / "other", "Somebody", FOUNDED)
    place = tmp_path / "other.pem"
    place.write_bytes(FileSigner(tmp_path / "other").statement_keys)
    status, out, _ = yinuo("verify", saved(tmp_path, bundle), "--key", place)
    assert status == 1
    assert "NOT VALID: root of 2026-10-12: the signature does not fit" in out


def test_a_key_that_is_none_is_wrong_use(yinuo: Any, bundle: dict[str, Any], tmp_path: Path) -> None:
    place = tmp_path / "none.pem"
    for content in (None, "-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----\n", "x"):
        if content is not None:
            place.write_text(content)
        status, out, err = yinuo("verify", saved(tmp_path, bundle), "--key", place)
        assert (status, out) == (2, "")
        assert "no key to trust" in err

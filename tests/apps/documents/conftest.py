"""One demonstration authority for the session, and a document that it signed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.sheets import result_sheet

from yinuo.apps.documents.signing import FileSigner, create_authority
from yinuo.apps.documents.typesetting import typeset

FOUNDED = datetime(2026, 10, 1, tzinfo=UTC)
SIGNED_AT = datetime(2026, 10, 22, 7, 20, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "authority"
    create_authority(folder, "示例市公安局电子签名", FOUNDED)
    return folder


@pytest.fixture(scope="session")
def signer(authority: Path) -> FileSigner:
    return FileSigner(authority, clock=lambda: SIGNED_AT)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> FileSigner:
    """An authority that gave itself the same name."""
    folder = tmp_path_factory.mktemp("strange") / "authority"
    create_authority(folder, "示例市公安局电子签名", FOUNDED)
    return FileSigner(folder, clock=lambda: SIGNED_AT)


@pytest.fixture(scope="session")
def unsigned() -> bytes:
    pdf = typeset("result", result_sheet())
    assert isinstance(pdf, bytes)
    return pdf


@pytest.fixture(scope="session")
def signed(signer: FileSigner, unsigned: bytes) -> bytes:
    return signer.sign_pdf(unsigned, reason="准予行政许可", field="Decision")

"""Cases are driven with papers that nobody reads."""

from __future__ import annotations

import pytest
from support.papers import be_quick


@pytest.fixture
def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)

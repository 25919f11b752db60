"""Two cases on days that are sealed; the time is the day after."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast
from support.ledger import AFTER, Sealed, sealed_cases
from support.papers import be_quick


@pytest.fixture
def sealed(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    be_quick(monkeypatch)
    cases = sealed_cases(cast)
    clock.move_to(AFTER)
    return cases

"""Handing in."""

from __future__ import annotations

from support.actors import Cast
from support.journeys import closed, submitted
from yinuo.apps.cases.models import Case


def test_x(cast: Cast) -> None:
    case = closed(cast)
    assert case.stage == "closed"

"""Cases around which something happened: rated badly, urged, forwarded, drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from support.actors import ELSEWHERE, Cast
from support.journeys import accepted, delivered, does, submitted

from yinuo.apps.cases.models import Case
from yinuo.core.case import commands as c

WHY = "窗口的人说不清楚"


def badly_rated(cast: Cast, at: datetime | None = None, **facts: Any) -> Case:
    """Delivered, then 不满意 by the applicant."""
    return does(delivered(cast), c.Rate(4, WHY, **facts), cast.citizen, at)


def urged(cast: Cast) -> Case:
    return does(accepted(cast), c.Urge("什么时候能好"), cast.citizen)


def offered(cast: Cast) -> Case:
    """Forwarded to the other unit of the cast, which has not taken it yet."""
    case = submitted(cast)
    return does(case, c.Forward(ELSEWHERE, str(cast.elsewhere.pk), "车辆在镇赉登记"), cast.window)


def drawn(cast: Cast, unit: str = "baicheng-bureau") -> Case:
    """Ended by a rating, then drawn for a call by the clock."""
    case = does(delivered(cast), c.Rate(2), cast.citizen)
    return does(case, c.Draw("2026-09", "ab" * 32, unit), None)

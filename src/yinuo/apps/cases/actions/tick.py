"""What time itself does: deemed acceptance, lapse of unanswered notices, closing what was delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.core.case import Stage
from yinuo.core.case.commands import Close, Deem, Lapse
from yinuo.core.errors import Refusal

# The city's own figure: time to come back with a question before the case is put away.
CLOSE_AFTER = timedelta(days=15)

TIMED = {Stage.SUBMITTED: Deem(), Stage.SUPPLEMENT: Lapse()}


def tick(now: datetime) -> int:
    """Let the clock act on every case that it may touch; returns how many it changed. Safe to repeat."""
    changed = 0
    for stage, command in TIMED.items():
        for case in list(Case.objects.filter(stage=stage.value).order_by("pk")):
            changed += not isinstance(act(case, command, person=None, now=now), Refusal)
    delivered = Case.objects.filter(stage=Stage.DELIVERED.value, changed_at__lt=now - CLOSE_AFTER)
    for case in list(delivered.order_by("pk")):
        changed += not isinstance(act(case, Close(), person=None, now=now), Refusal)
    return changed

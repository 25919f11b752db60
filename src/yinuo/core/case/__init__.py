"""The case: one application for one item, as events. `handle` decides, `apply` folds."""

from yinuo.core.case.commands import Context
from yinuo.core.case.events import SYSTEM, Actor, Event
from yinuo.core.case.fold import apply, fold
from yinuo.core.case.handling import handle
from yinuo.core.case.state import ENDED, CaseState, Holder, Stage

__all__ = [
    "ENDED",
    "SYSTEM",
    "Actor",
    "CaseState",
    "Context",
    "Event",
    "Holder",
    "Stage",
    "apply",
    "fold",
    "handle",
]

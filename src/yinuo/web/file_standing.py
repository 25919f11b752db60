"""What a member of staff has to know of the files of a case before acting on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from yinuo.apps.cases.queries import Opened
from yinuo.apps.documents.actions.check_uploads import KEPT
from yinuo.apps.documents.queries import uploads


@dataclass(frozen=True, slots=True)
class FilesStanding:
    """How many files wait for the virus scanner, are infected, or came while there was none."""

    waiting: int
    infected: int
    unscanned: int
    kept_days: int = KEPT.days


def files_of(found: Opened) -> FilesStanding:
    ids = [one for ids in found.state.provided.values() for one in ids]
    states = Counter(one.state for one in uploads(ids).values())
    return FilesStanding(states["waiting"], states["infected"], states["unscanned"])

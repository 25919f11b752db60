"""What the worker does about files: asks the scanner, tells of what it found, deletes what was infected."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from yinuo.apps.documents.models import Check, Upload
from yinuo.apps.documents.queries import content, to_check
from yinuo.apps.documents.scanning import Verdict, scan
from yinuo.apps.notices.actions.tell import tell
from yinuo.core.clock import day_of

log = structlog.get_logger("yinuo.uploads")

PATIENCE = 30.0  # seconds for one file: the scanner may be loading its signatures
RUN = 30.0  # seconds of one run: the clock must go on ticking
KEPT = timedelta(days=30)  # an infected file, locked up, for whoever investigates; then it is deleted
STATES = {"clean": Check.CLEAN, "infected": Check.INFECTED}


def check_uploads(now: datetime, limit: int = 200) -> Counter[str]:
    """Look at up to `limit` files; returns how many were clean, infected, unclear, deleted, or still wait.

    Safe to repeat, and by two workers at once. While the scanner is away the run ends at the first file.
    Without a scanner nothing can wait for one: such files become `unscanned`, which staff are told.
    """
    counts = Counter(deleted=_delete(now))
    if settings.CLAMD is None:
        counts["unscanned"] = Upload.objects.filter(state=Check.WAITING).update(state=Check.UNSCANNED)
        return +counts
    until = time.monotonic() + RUN
    for stored in list(to_check()[:limit]):
        verdict = _verdict(stored)
        _mark(stored, verdict, now)
        counts[verdict.said] += 1
        if verdict.said == "away" or time.monotonic() > until:
            break
    counts["waiting"] = Upload.objects.filter(state=Check.WAITING).count()
    _warn(counts)
    return +counts


def _verdict(stored: Upload) -> Verdict:
    try:
        return scan(content(stored), PATIENCE)
    except Exception as error:  # one file that cannot be read must not keep the others locked up
        log.error("file cannot be read", upload=str(stored.pk), error=type(error).__name__)
        return Verdict("unclear")


def _warn(counts: Counter[str]) -> None:
    if counts["away"]:
        log.warning("virus scanner does not answer", waiting=counts["waiting"])
    if counts["unclear"]:
        log.warning("virus scanner would not look at files", files=counts["unclear"])


@transaction.atomic
def _mark(stored: Upload, verdict: Verdict, now: datetime) -> None:
    """Only what was still unknown; whoever handed in an infected file is told once."""
    unknown = to_check().order_by().filter(pk=stored.pk)
    if verdict.said not in STATES:
        unknown.update(checked_at=now)
        return
    changed = unknown.update(state=STATES[verdict.said], threat=verdict.threat, checked_at=now)
    if changed and verdict.said == "infected":
        log.warning("infected file locked up", upload=str(stored.pk), threat=verdict.threat)
        facts = {"due": day_of(now + KEPT)}
        tell(
            str(stored.person_id),
            "file-infected",
            facts,
            case="",
            key=f"upload:{stored.pk}:infected",
            now=now,
        )


def _delete(now: datetime) -> int:
    """The content; the row stays, so that the case can still say what became of the file."""
    old = Upload.objects.filter(state=Check.INFECTED, checked_at__lt=now - KEPT).exclude(path="")
    for stored in old:
        default_storage.delete(stored.path)
        Upload.objects.filter(pk=stored.pk).update(path="")
    return len(old)

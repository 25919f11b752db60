"""`yinuo audit`: one line for each fault, whatever it is about, and a last line that counts."""

from __future__ import annotations

from typing import Any

import pytest
from support.actors import Cast
from support.ledger import AFTER, sealed_cases
from support.papers import be_quick

from yinuo.apps.cases.models import CaseEvent
from yinuo.apps.documents.models import Document
from yinuo.apps.ledger.models import DayRoot


def test_cases_documents_and_days_are_audited_together(
    yinuo: Any, cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_quick(monkeypatch)
    cases = sealed_cases(cast)
    clock.move_to(AFTER)
    assert yinuo("audit")[:2] == (0, "2 cases, 0 faults\n")
    document = Document.objects.get()
    Document.objects.update(sha256="0" * 64)
    CaseEvent.objects.filter(case=cases.accepted, seq=2).update(actor="somebody")
    DayRoot.objects.filter(day="2026-10-13").update(size=1)
    status, out, _ = yinuo("audit")
    assert status == 1
    assert out.splitlines() == [
        f"{cases.closed.number}: document {document.pk} has another sha256 in its row than in its event",
        f"{cases.accepted.number}: the chain breaks at event 2",
        "2026-10-13: the signature does not fit what the row says",
        "2026-10-13: the list of its events does not give its root",
        "2026-10-13: its events do not give its root",
        "2 cases, 5 faults",
    ]

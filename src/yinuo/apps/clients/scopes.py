"""What a program may be allowed to do, as data; `web/scopes.py` says it to the person who is asked."""

from __future__ import annotations

from collections.abc import Mapping

CASES, ACT, APPLY, PAPERS, NOTICES = "cases", "act", "apply", "papers", "notices"
SCOPES: Mapping[str, str] = {
    CASES: "read own cases",
    ACT: "urge, supplement, withdraw, leave messages and rate",
    APPLY: "fill in applications and hand them in",
    PAPERS: "download receipts and results",
    NOTICES: "read notices",
}
"""In the words of the description of the API."""

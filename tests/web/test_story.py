"""Every kind of event has a sentence, and every refusal of the rules has one."""

from __future__ import annotations

import re
from pathlib import Path

import yinuo
from yinuo.core.case.fold import KINDS
from yinuo.web import sentences, story, story_upkeep

SOURCE = Path(yinuo.__file__).parent
# What a person never meets on a page: the program itself asks wrongly, a file is no receipt, or the worker
# looks whether a case may be erased yet.
NEVER_SAID = {
    "bad-limit", "not-a-receipt", "receipt-differs", "still-open", "still-owed", "time-runs-backwards",
    "unknown-calendar",
}  # fmt: skip


def test_every_kind_of_event_has_a_sentence() -> None:
    assert set(story._TELLERS) == KINDS
    assert story.WITHIN <= KINDS
    assert set(story_upkeep.TELLERS) <= KINDS


def test_every_refusal_has_a_sentence() -> None:
    """The codes as they stand in the source of the rules and of the actions on cases."""
    files = [*(SOURCE / "core").rglob("*.py"), *(SOURCE / "apps" / "cases").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    codes = set(re.findall(r'Refusal\(\s*"([a-z-]+)"', text))
    codes |= set(re.findall(r'has_words\([^)]*, "([a-z-]+)"\)', text))
    assert len(codes) > 60
    special = {"urged-enough"}
    assert codes - set(sentences.REFUSALS) - set(sentences.FIELDS) - special == NEVER_SAID & codes

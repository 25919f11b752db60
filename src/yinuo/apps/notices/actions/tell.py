"""Telling one person one thing: staff at the desk, a citizen by the channel that was chosen."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.notices.outbox import Message, put
from yinuo.apps.notices.queries import reader
from yinuo.apps.notices.wording import Facts


def tell(person_id: str, template: str, facts: Facts, *, case: str, key: str, now: datetime) -> int:
    """One notice, once for each `key`; 0 for a person who is not there or stayed anonymous.

    `facts` are those that the template names (catalogue/notices.py: TEMPLATES and COMMON), beside `link`:
    texts, days and moments, `what` and `card` by key, `unit` by id. Raises KeyError when one is missing.
    """
    person = reader(person_id)
    if person is None:
        return 0
    return put(person, [Message(key=key, template=template, facts=facts, case=case)], now)

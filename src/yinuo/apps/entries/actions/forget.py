"""An entry that was kept long enough goes."""

from __future__ import annotations

from yinuo.apps.entries.models import Entry


def forget_entry(entry: Entry) -> None:
    entry.delete()

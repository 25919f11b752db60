"""What a reply to the one notice is about: what was asked, what the new answers ask further, nothing else."""

from __future__ import annotations

from typing import Any

from yinuo.apps.cases.queries import Opened
from yinuo.core.form import Answers, Field, asked, settle
from yinuo.core.item import Material


def questions(found: Opened, answers: Answers) -> list[Field]:
    """The questions of the notice, and those that only these answers ask."""
    notice: Any = found.state.notice
    before = {field.key for field in asked(found.item.form, found.state.answers)}
    now = {field.key for field in asked(found.item.form, answers)}
    return [f for f in found.item.form.fields if f.key in notice["fields"] or f.key in now - before]


def materials(found: Opened, answers: Answers) -> list[Material]:
    """The materials of the notice, and those that only these answers call for."""
    notice: Any = found.state.notice
    missing = found.item.missing(settle(found.item.form, answers), frozenset(found.state.provided))
    return [m for m in found.item.materials if m.key in notice["materials"] or m in missing]

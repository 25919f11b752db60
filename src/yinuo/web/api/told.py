"""Cases, promises and drafts as values: what the pages show, without the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yinuo.apps.cases.models import Draft
from yinuo.apps.cases.queries import Opened
from yinuo.apps.documents.models import Upload
from yinuo.apps.documents.queries import document_of
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.queries import names
from yinuo.core.clock import SHANGHAI, Stopped, day_of
from yinuo.core.form import asked, problems, settle
from yinuo.core.promise import Promise
from yinuo.web import sentences
from yinuo.web.api.catalogue import words
from yinuo.web.clocks import view
from yinuo.web.ratings import rateable
from yinuo.web.standing import owed_to_applicant, standing, urging
from yinuo.web.story import progress_steps, story_for_applicant


def stamp(moment: date | datetime | Stopped | None) -> str | None:
    """A day, or a moment in Shanghai; None for a clock that stands still."""
    if moment is None or isinstance(moment, Stopped):
        return None
    return (moment.astimezone(SHANGHAI) if isinstance(moment, datetime) else moment).isoformat()


def promise(owed: Promise, found: Opened, now: datetime) -> dict[str, Any]:
    served = catalogue()
    shown = view(owed, served, now, found.item)
    return {
        "key": owed.key,
        "about": owed.about,
        "name": shown.name,
        "owner": owed.owner,
        "ground": owed.ground,
        "started": stamp(owed.start),
        "due": stamp(shown.due),
        "statutory_due": stamp(owed.statutory_due(served.calendar)),
        "ended_at": stamp(owed.ended),
        "is_void": owed.void,
        "is_paused": owed.is_paused,
        "is_provisional": shown.receipt.provisional,
        "colour": shown.colour.value,
        "status": shown.status,
        "left": shown.left,
    }


def steps(found: Opened) -> list[dict[str, Any]]:
    return [{"name": one.name, "at": stamp(one.at), "state": one.state} for one in progress_steps(found)]


def row(found: Opened, now: datetime) -> dict[str, Any]:
    """A case in a list."""
    state, main = found.state, found.state.main_promise
    return {
        "number": state.number,
        "item": found.item.id,
        "item_name": words(found.item.name),
        "stage": state.stage.value,
        "unit": state.unit,
        "unit_name": words(catalogue().city.units[state.unit].name),
        "received_at": stamp(state.received),
        "ended_at": stamp(state.ended),
        "main": promise(main, found, now) if main else None,
    }


def case(found: Opened, now: datetime) -> dict[str, Any]:
    """A case as its page shows it."""
    state = found.state
    return {
        **row(found, now),
        "query_code": state.query_code,
        "item_version": found.item.version,
        "seq": state.seq,
        "granted": state.granted,
        "answers": dict(state.answers),
        "provided": {key: list(ids) for key, ids in state.provided.items()},
        "promises": [promise(one, found, now) for one in owed_to_applicant(found)],
        "steps": steps(found),
        "history": _history(found),
        "standing": standing(found, now),
        "notice": _notice(found),
        "urging": _urging(found, now),
        "rateable": rateable(found, now),
        "document": _document(found),
    }


def _history(found: Opened) -> list[dict[str, Any]]:
    people = names({event.actor for event in found.events})
    return [
        {"at": stamp(line.at), "who": line.who, "role": line.role, "kind": line.kind, "words": line.words}
        for line in story_for_applicant(found, people)
    ]


def _notice(found: Opened) -> dict[str, Any] | None:
    notice: Any = found.state.notice
    return {key: dict(notice[key]) for key in ("fields", "materials")} if notice is not None else None


def _urging(found: Opened, now: datetime) -> dict[str, Any] | None:
    may = urging(found, now)
    return {"left": may.left, "why_not": may.why_not} if may else None


def _document(found: Opened) -> dict[str, Any] | None:
    paper = document_of(found.state.number)
    if paper is None:
        return None
    return {
        "issued_on": stamp(paper.issued_on),
        "revoked_at": stamp(paper.revoked_at),
        "sha256": paper.sha256,
    }


def draft(begun: Draft) -> dict[str, Any]:
    """A draft with what its form still wants."""
    item, now = pinned(begun.item, begun.item_version), timezone.now()
    answers = settle(item.form, begun.answers)
    wrong = problems(item.form, answers, day_of(now))
    missing = [one.key for one in item.missing(answers, frozenset(begun.provided))]
    return {
        "id": str(begun.pk),
        "item": item.id,
        "item_version": item.version,
        "item_name": words(item.name),
        "principal": begun.principal,
        "answers": begun.answers,
        "files": begun.provided,
        "unit": begun.unit,
        "units": [one.id for one in catalogue().city.competent(item.jurisdiction, item.branch)],
        "asked": [field.key for field in asked(item.form, answers)],
        "wrong": {key: {"code": code, "detail": sentences.field(code)} for key, code in wrong.items()},
        "missing": missing,
        "is_complete": not wrong and not missing and bool(begun.unit),
        "changed_at": stamp(begun.changed_at),
        "case": begun.case.number if begun.case else None,
    }


def file(stored: Upload) -> dict[str, Any]:
    return {
        "id": str(stored.pk),
        "name": stored.name,
        "content_type": stored.content_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "uploaded_at": stamp(stored.uploaded_at),
        "state": stored.state,
    }

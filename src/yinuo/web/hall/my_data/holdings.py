"""Everything that is held about a person, as they take it along: docs/reference/my-data-format.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.documents.models import Document, Upload
from yinuo.apps.documents.queries import uploads
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.mandates.queries import principal_name
from yinuo.apps.people.models import Person
from yinuo.apps.rights.closing import own_cases, own_drafts
from yinuo.apps.rights.offices import Office, offices
from yinuo.apps.rights.queries import keeping
from yinuo.catalogue import wording
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.core.form import settle
from yinuo.core.item import Item
from yinuo.web.fields import answer_rows
from yinuo.web.hall.my_data.explaining import explanations
from yinuo.web.hall.my_data.person import about
from yinuo.web.language import language, said
from yinuo.web.standing import owed_to_applicant
from yinuo.web.story import story_for_applicant
from yinuo.web.story_upkeep import post_name, unit_name

SCHEMA = "yinuo-my-data/1"
CASES_IN_A_PART = 50  # a part is made while the browser waits, well below half a minute


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of the packet: where it lies in there, and what it is."""

    path: str
    stored: Upload | Document


@dataclass(slots=True)
class Packet:
    """`data`: what becomes data.json; `files`: what lies beside it."""

    data: dict[str, Any]
    files: list[Filed] = field(default_factory=list)


def parts(person: Person) -> int:
    """In how many packets everything is taken along; 1 for nearly everybody."""
    return max(1, -(-own_cases(person).count() // CASES_IN_A_PART))


def packet(person: Person, part: int, now: datetime) -> Packet:
    """Part 1 has everything about the person and the latest cases; the others have earlier cases."""
    first = (part - 1) * CASES_IN_A_PART
    cases = own_cases(person).order_by("-received_at", "-pk")[first : first + CASES_IN_A_PART]
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "made_at": now.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "part": {"number": part, "of": parts(person)},
    }
    made = Packet(head)
    if part == 1:
        made.data |= about(person, now)
        made.data["drafts"] = [_draft(one, made) for one in own_drafts(person)]
    made.data["cases"] = [_case(case, person, made, now) for case in cases]
    return made


def _draft(draft: Draft, made: Packet) -> dict[str, Any]:
    item = pinned(draft.item, draft.item_version)
    return {
        **_item(item),
        "started_at": _moment(draft.started_at),
        "changed_at": _moment(draft.changed_at),
        **_answers(item, draft.answers),
        "files": list(_files(item, draft.provided, f"files/draft-{draft.pk.hex[:8]}", made)),
    }


def _item(item: Item) -> dict[str, str]:
    return {"item": item.id, "service": said(item.name)}


def _answers(item: Item, answers: Any) -> dict[str, Any]:
    """Raw for programs, and as questions and answers for people."""
    settled = settle(item.form, answers)
    rows = answer_rows([field for field in item.form.fields if field.key in settled], settled)
    return {
        "answers": dict(answers),
        "in_words": [{"question": label, "answer": words} for label, words in rows],
    }


def _case(case: Case, person: Person, made: Packet, now: datetime) -> dict[str, Any]:
    found, served = opened(case, now), catalogue()
    state, held = found.state, offices(found)
    folder = f"files/{case.query_code}"
    return {
        **_item(found.item),
        "number": case.number,
        "query_code": case.query_code,
        "for": principal_name(case.principal) if case.principal else "",
        "by_agent": case.applicant_id != person.pk,
        "unit": unit_name(state.unit),
        "stage": state.stage.value,
        "received_at": _moment(state.received),
        "ended_at": _moment(state.ended),
        **_answers(found.item, state.answers),
        "events": list(_events(found, person, held)),
        "had_by": [{"since": _moment(one.since), **_office(held[one.person])} for one in state.chain],
        "receipts": [
            {
                "promise": one.key,
                "about": one.about,
                "receipt": one.account(served.calendar, found.item.version).as_json(),
            }
            for one in owed_to_applicant(found)
        ],
        "automatic": [one.as_json() for one in explanations(found)],
        "ratings": [_rating(visit, one) for visit, one in state.ratings.items()],
        "files": list(_files(found.item, _ever_provided(found), folder, made)),
        "results": list(_results(case, folder, made)),
        "kept": _kept(case, now),
    }


def _events(found: Opened, person: Person, held: dict[str, Office]) -> Iterator[dict[str, Any]]:
    """What the page of the case tells, the earliest first; staff by unit and post, an agent by no name."""
    people = {one: f"{unit_name(office.unit)} {_post(office)}".strip() for one, office in held.items()}
    people |= {
        event.actor: _("代办人") if event.actor != str(person.pk) else person.name
        for event in found.events
        if event.role == "applicant"
    }
    for line in reversed(story_for_applicant(found, people)):
        yield {
            "at": _moment(line.at),
            "kind": line.kind,
            "by": line.role,
            "who": line.who,
            "words": line.words,
        }


def _office(office: Office) -> dict[str, str]:
    return {"unit": unit_name(office.unit), "post": _post(office)}


def _post(office: Office) -> str:
    return post_name(office.post) if office.post else ""


def _rating(visit: int, rating: Any) -> dict[str, Any]:
    return {"visit": visit, **{key: rating[key] for key in ("level", "reasons", "words", "channel")}}


def _ever_provided(found: Opened) -> dict[str, list[str]]:
    """Material -> every file that was handed in for it, also what an answer to a notice replaced."""
    given: dict[str, list[str]] = {}
    for event in found.events:
        materials: Any = event.payload.get("provided") or {}
        for key, ids in materials.items():
            given[key] = list(dict.fromkeys([*given.get(key, []), *ids]))
    return given


def _files(item: Item, provided: Any, folder: str, made: Packet) -> Iterator[dict[str, Any]]:
    stored, number = uploads(one for ids in provided.values() for one in ids), count(1)
    for key, ids in provided.items():
        material = item.material(key)
        for one in (stored[one] for one in ids if one in stored):
            path = (
                f"{folder}/{next(number):02}-{one.name}"
                if one.path and one.state in ("clean", "unscanned")
                else None
            )
            if path is not None:
                made.files.append(Filed(path, one))
            yield _file(one, said(material.name) if material else key, path)


def _file(stored: Upload, material: str, path: str | None) -> dict[str, Any]:
    """`path` null: the scanner has not looked at it, or it found something; then it is given to nobody."""
    return {
        "material": material,
        "name": stored.name,
        "path": path,
        "scan": stored.state,
        "content_type": stored.content_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "uploaded_at": _moment(stored.uploaded_at),
    }


def _results(case: Case, folder: str, made: Packet) -> Iterator[dict[str, Any]]:
    for n, one in enumerate(
        Document.objects.filter(case=case.number).exclude(path="").order_by("issued_on", "pk"), 1
    ):
        path = f"{folder}/result-{n}.pdf"
        made.files.append(Filed(path, one))
        yield {
            "path": path,
            "issued_on": one.issued_on.isoformat(),
            "sha256": one.sha256,
            "revoked_at": _moment(one.revoked_at),
        }


def _kept(case: Case, now: datetime) -> dict[str, Any]:
    """How long the office keeps it, and by which law; while it goes on nothing is set."""
    found, served = keeping(case, day_of(now)), catalogue()
    rule, hold = found.rule, found.hold
    law = wording.ground(str(rule.ground), served.laws, language()) if rule and rule.ground else ""
    return {
        "until": found.last_day.isoformat() if found.last_day else None,
        "rule": rule.key if rule else None,
        "why": said(rule.why) if rule else "",
        "law": law,
        "hold": {"until": hold.last_day.isoformat(), "reason": hold.reason if hold.is_told else None}
        if hold
        else None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None

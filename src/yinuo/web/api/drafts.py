"""Applying: begin, answer, upload, hand in. Everything sent is kept, and what is wrong is told at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File as FileParam
from ninja import Form, Status
from ninja.files import UploadedFile

from yinuo.apps.cases.actions.discard_draft import discard_draft
from yinuo.apps.cases.actions.save_draft import MOST_FILES, save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Draft
from yinuo.apps.cases.queries import draft_of, drafts_of
from yinuo.apps.clients.scopes import APPLY
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.queries import ANONYMOUS
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web.api import case_shapes as shapes
from yinuo.web.api import told
from yinuo.web.api.callers import caller_of
from yinuo.web.api.routes import Routes
from yinuo.web.api.writing import ONCE, answer, done_once, files, unknown

router = Routes(tags=["applying"])


def _own(request: HttpRequest, draft_id: UUID) -> Draft | Refusal:
    """A draft of whoever asks, for whom the program acts; any other does not exist."""
    who = caller_of(request)
    found = draft_of(who.person, draft_id, day_of(timezone.now()))
    is_mine = found is not None and found.principal == who.principal
    return found if found is not None and is_mine else Refusal("not-found")


@router.operation("GET", "/drafts", shapes.Drafts, name="api-drafts", scope=APPLY)
def drafts(request: HttpRequest) -> Any:
    """The applications that were begun and not handed in, the latest changed first; at most 50."""
    who = caller_of(request)
    found = drafts_of(who.person, day_of(timezone.now())).filter(principal=who.principal)
    return {"entries": [told.draft(one) for one in found.select_related("case")]}


@router.operation(
    "POST",
    "/drafts",
    shapes.Draft,
    name="api-begin",
    scope=APPLY,
    door="case-act",
    status=201,
    may=(404, 422),
)
def begin(request: HttpRequest, payload: shapes.Begun) -> Any:
    """A new application, or the one of that service that was begun before."""
    entry, who = catalogue().entries.get(payload.item), caller_of(request)
    if entry is None:
        return Refusal("not-found")
    begun = start(entry.item, person=who.person, now=timezone.now(), principal=who.principal)
    if isinstance(begun, Refusal):
        return begun
    return Status(201, told.draft(_only_place(begun)))


def _only_place(draft: Draft) -> Draft:
    """Where there is one place to apply at, it need not be chosen."""
    item = pinned(draft.item, draft.item_version)
    places = catalogue().city.competent(item.jurisdiction, item.branch)
    if draft.unit or len(places) != 1:
        return draft
    saved = save_draft(draft, now=timezone.now(), unit=places[0].id)
    return draft if isinstance(saved, Refusal) else saved


@router.operation("GET", "/drafts/{uuid:draft_id}", shapes.Draft, name="api-draft", scope=APPLY, may=(404,))
def draft(request: HttpRequest, draft_id: UUID) -> Any:
    """One application with what its form still wants."""
    found = _own(request, draft_id)
    return found if isinstance(found, Refusal) else told.draft(found)


@router.operation(
    "PATCH", "/drafts/{uuid:draft_id}", shapes.Draft, name="api-save", scope=APPLY, may=(404, 409, 422)
)
def save(request: HttpRequest, draft_id: UUID, payload: shapes.Saved) -> Any:
    """Keep answers, files and the place. Wrong answers are kept as well and named under `wrong`."""
    found, who, now = _own(request, draft_id), caller_of(request), timezone.now()
    if isinstance(found, Refusal):
        return found
    item = pinned(found.item, found.item_version)
    known = item.form.keys
    wrong = unknown(payload.answers, known)
    places = {one.id for one in catalogue().city.competent(item.jurisdiction, item.branch)}
    if payload.unit is not None and payload.unit not in places:
        wrong["unit"] = "not-a-choice"
    provided = files(payload.files, item.materials, who.person, now)
    if isinstance(provided, Refusal) or wrong:
        more = provided.fields if isinstance(provided, Refusal) else {}
        return Refusal("invalid-answers", {**wrong, **more})
    given = {key: answer(known[key], value) for key, value in payload.answers.items()}
    saved = save_draft(found, now=now, answers=given, provided=provided, unit=payload.unit)
    return saved if isinstance(saved, Refusal) else told.draft(saved)


@router.operation(
    "POST", "/drafts/{uuid:draft_id}/files", shapes.File, name="api-upload", scope=APPLY, door="upload",
    status=201, may=(404, 409, 422),
)  # fmt: skip
def add_file(
    request: HttpRequest,
    draft_id: UUID,
    material: Form[shapes.Key],
    file: FileParam[UploadedFile],
) -> Any:
    """Upload one file of a material: PDF, JPEG or PNG, looked at by its content."""
    found, who, now = _own(request, draft_id), caller_of(request), timezone.now()
    if isinstance(found, Refusal):
        return found
    no = _no_room(found, material)
    if no is not None:
        return no
    stored = upload(file, person=who.person, now=now, principal=found.principal, item=found.item)
    if isinstance(stored, Refusal):
        return stored
    saved = save_draft(
        found, now=now, provided={material: [*found.provided.get(material, []), str(stored.pk)]}
    )
    return saved if isinstance(saved, Refusal) else Status(201, told.file(stored))


def _no_room(draft: Draft, material: str) -> Refusal | None:
    known = pinned(draft.item, draft.item_version).material(material)
    if known is None or not known.is_uploaded:
        return Refusal("invalid-answers", {material: "unknown-field"})
    is_full = len(draft.provided.get(material, [])) >= MOST_FILES
    return Refusal("too-many-files", facts={"most": MOST_FILES}) if is_full else None


@router.operation(
    "DELETE", "/drafts/{uuid:draft_id}", None, name="api-discard", scope=APPLY, status=204, may=(404, 409)
)
def discard(request: HttpRequest, draft_id: UUID) -> Any:
    """Throw an application away, with its files."""
    found = _own(request, draft_id)
    result = found if isinstance(found, Refusal) else discard_draft(found)
    return result if isinstance(result, Refusal) else Status(204, None)


@router.operation(
    "POST", "/drafts/{uuid:draft_id}/submit", shapes.Submitted, name="api-submit", scope=APPLY, door="submit",
    status=201, may=(404, 409, 422),
)  # fmt: skip
def hand_in(request: HttpRequest, draft_id: UUID, payload: shapes.Declared, key: str = ONCE) -> Any:
    """Hand it in. Refused with every question and material that is still wrong or missing."""
    found, who = _own(request, draft_id), caller_of(request)
    if isinstance(found, Refusal):
        return found
    if not payload.truth:
        return Refusal("declare-truth")

    def do() -> dict[str, Any] | Refusal:
        case = submit(found, person=who.person, now=timezone.now())
        if isinstance(case, Refusal):
            return case
        unnamed = case.applicant.login == ANONYMOUS
        return {"number": None if unnamed else case.number, "query_code": case.query_code}

    return done_once(request, key, 201, do)

"""Applying: one topic a page, everything kept after each page, handed in once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinuo.apps.cases.actions.discard_draft import discard_draft
from yinuo.apps.cases.actions.note_refused import note_refused
from yinuo.apps.cases.actions.save_draft import MOST_FILES, save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.cases.queries import draft_of
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.queries import sound, uploads
from yinuo.apps.items.queries import catalogue, offered, pinned
from yinuo.apps.people.queries import ANONYMOUS
from yinuo.core.clock import day_of, due
from yinuo.core.errors import Refusal
from yinuo.core.form import Page, asked_on, asked_pages, problem, problems, read, settle
from yinuo.core.item import Item, Material
from yinuo.web import sentences
from yinuo.web.acting import principal_of, whom
from yinuo.web.fields import answer_rows, shown
from yinuo.web.hall.real_name import step_for
from yinuo.web.language import said
from yinuo.web.limiting import limited, with_files
from yinuo.web.posting import signed_in_post


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way: a page of the form, the materials, the place, the check."""

    key: str
    title: str
    address: str
    done: bool


@signed_in_post
@limited("case-act")
def begin(request: HttpRequest, item_id: str) -> HttpResponse:
    entry = catalogue().entries.get(item_id)
    if entry is None:
        raise Http404
    whom = principal_of(request)
    draft = start(entry.item, person=request.user, now=timezone.now(), principal=whom)  # type: ignore[arg-type]
    if isinstance(draft, Refusal):
        messages.error(request, sentences.refusal(draft))
        guide = reverse("guide", args=[item_id])
        return redirect(step_for(draft, guide) or guide)
    return redirect("resume", draft_id=draft.pk)


def _draft(request: HttpRequest, draft_id: UUID) -> tuple[Draft, Item]:
    """A draft that the person may go on with; any other does not exist."""
    draft = draft_of(request.user, draft_id, day_of(timezone.now()))  # type: ignore[arg-type]
    if draft is None:
        note_refused(request.user, draft=draft_id, now=timezone.now())  # type: ignore[arg-type]
        raise Http404
    return draft, pinned(draft.item, draft.item_version)


def receipt_of(case: Case) -> HttpResponse:
    """Where a submission ends: its receipt, or for an anonymous report the page of its query code."""
    if case.applicant.login == ANONYMOUS:
        return redirect(f"{reverse('progress')}?code={case.query_code}&new=1")
    return redirect("submitted", number=case.number)


@login_required
def resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Where the person left off: the first stop that is not done."""
    draft, item = _draft(request, draft_id)
    if draft.case is not None:
        return receipt_of(draft.case)
    stops = way(draft, item)
    return redirect(next((stop for stop in stops if not stop.done), stops[-1]).address)


def way(draft: Draft, item: Item) -> list[Stop]:
    """Every stop of this application as the answers so far make it."""
    answers = settle(item.form, draft.answers)
    today = day_of(timezone.now())
    wrong = problems(item.form, answers, today)
    root = f"/apply/{draft.pk}"
    stops = [
        Stop(
            page.key,
            said(page.title),
            f"{root}/form/{page.key}/",
            not any(f.key in wrong for f in asked_on(page, answers)),
        )
        for page in asked_pages(item.form, answers)
    ]
    if any(material.is_uploaded for material in offered(item, answers)):
        complete = not item.missing(answers, frozenset(sound(draft.provided)))
        stops.append(Stop("materials", pgettext("step", "材料"), f"{root}/materials/", complete))
    if len(_places(item)) > 1:
        stops.append(Stop("where", _("在哪里办"), f"{root}/where/", bool(draft.unit)))
    return [*stops, Stop("check", _("核对提交"), f"{root}/check/", False)]


def _instead(draft: Draft, item: Item, key: str) -> HttpResponse | None:
    """Where to go from a stop that is no more on the way: the receipt, or on with what is; None to stay."""
    if draft.case is not None:
        return receipt_of(draft.case)
    on_the_way = any(stop.key == key for stop in way(draft, item))
    return None if on_the_way else redirect("resume", draft_id=draft.pk)


def _places(item: Item) -> list[Any]:
    return catalogue().city.competent(item.jurisdiction, item.branch)


def _frame(draft: Draft, item: Item, key: str) -> dict[str, Any]:
    stops = way(draft, item)
    keys = [stop.key for stop in stops]
    at = keys.index(key) if key in keys else 0
    served, now = catalogue(), timezone.now()
    return {
        "draft": draft,
        "whom": whom(draft.principal, item.id, day_of(now)),
        "item": item,
        "stops": stops,
        "stop": stops[at],
        "stop_number": at + 1,
        "next_stop": stops[at + 1] if at + 1 < len(stops) else None,
        "back": stops[at - 1].address if at else None,
        "due": due(day_of(now), item.limits["decide"].promised, served.calendar),
    }


@login_required
def page(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    draft, item = _draft(request, draft_id)
    found = next((one for one in item.form.pages if one.key == key), None)
    if found is None:
        raise Http404
    if instead := _instead(draft, item, key):
        return instead
    if request.method == "POST":
        return _save_page(request, draft, item, found)
    fields = shown(asked_on(found, draft.answers), draft.answers, {})
    return render(request, "hall/apply_page.html", {**_frame(draft, item, key), "fields": fields})


def _save_page(request: HttpRequest, draft: Draft, item: Item, found: Page) -> HttpResponse:
    """Keep what was typed, then say what is wrong with it. New questions may appear: they are asked next."""
    before = {field.key for field in asked_on(found, draft.answers)}
    answers = dict(draft.answers)
    for field in found.fields:
        if field.key in before:
            answers[field.key] = read(field, request.POST.getlist(field.key))
    saved = save_draft(draft, now=timezone.now(), answers={key: answers.get(key) for key in before})
    if isinstance(saved, Refusal):
        return redirect("resume", draft_id=draft.pk)
    if "later" in request.POST:
        messages.success(request, _("草稿已经存好，随时可以在“我的办件”里接着填。"))
        return redirect("cases")
    today = day_of(timezone.now())
    now_asked = asked_on(found, saved.answers)
    errors = {f.key: code for f in now_asked if (code := problem(f, saved.answers.get(f.key), today))}
    new = {field.key for field in now_asked} - before
    if errors:
        only_new = set(errors) <= new
        fields = shown(now_asked, saved.answers, {} if only_new else errors)
        context = {
            **_frame(saved, item, found.key),
            "fields": fields,
            "more": only_new,
            "has_errors": not only_new,
        }
        return render(request, "hall/apply_page.html", context, status=200 if only_new else 422)
    return redirect(_following(saved, item, found.key))


def _following(draft: Draft, item: Item, key: str) -> str:
    stops = way(draft, item)
    keys = [stop.key for stop in stops]
    at = keys.index(key) + 1 if key in keys else 0
    return stops[min(at, len(stops) - 1)].address


@dataclass(frozen=True, slots=True)
class MaterialRow:
    material: Material
    files: list[Any]
    error: str


@login_required
@limited("upload", when=with_files)
def materials(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft, item = _draft(request, draft_id)
    if instead := _instead(draft, item, "materials"):
        return instead
    errors: dict[str, str] = {}
    if request.method == "POST":
        draft, errors = _take_files(request, draft, item)
        if not errors and "next" in request.POST:
            missing = item.missing(settle(item.form, draft.answers), frozenset(sound(draft.provided)))
            errors = {m.key: _("请上传这份材料") for m in missing}
            if not errors:
                return redirect(_following(draft, item, "materials"))
    context = {**_frame(draft, item, "materials"), **material_rows(draft, item, errors)}
    return render(request, "hall/apply_materials.html", context, status=422 if errors else 200)


def material_rows(draft: Draft, item: Item, errors: dict[str, str]) -> dict[str, Any]:
    fitting = offered(item, settle(item.form, draft.answers))
    files = uploads([one for ids in draft.provided.values() for one in ids])
    rows = [
        MaterialRow(m, [files[i] for i in draft.provided.get(m.key, []) if i in files], errors.get(m.key, ""))
        for m in fitting
        if m.is_uploaded
    ]
    return {
        "rows": rows,
        "errors": [(row.material.key, row.error) for row in rows if row.error],
        "fetched": [m for m in fitting if m.fetch],
        "brought": [m for m in fitting if m.bring],
    }


def _take_files(request: HttpRequest, draft: Draft, item: Item) -> tuple[Draft, dict[str, str]]:
    """Every file is looked at on its own: a bad one does not lose the good ones."""
    provided, errors, now = dict(draft.provided), {}, timezone.now()
    for key, files in request.FILES.lists():
        if item.material(key) is None:
            continue
        for file in files:
            error = _take_file(file, key, provided, draft, request, now)
            if error:
                errors[key] = error
    removed = request.POST.get("remove", "")
    provided = {key: [i for i in ids if i != removed] for key, ids in provided.items()}
    saved = save_draft(draft, now=now, provided=provided)
    return (draft, {}) if isinstance(saved, Refusal) else (saved, errors)


def _take_file(
    file: UploadedFile[bytes],
    key: str,
    provided: dict[str, list[str]],
    draft: Draft,
    request: HttpRequest,
    now: Any,
) -> str:
    if len(provided.get(key, [])) >= MOST_FILES:
        return sentences.refusal(Refusal("too-many-files", facts={"most": MOST_FILES}))
    stored = upload(file, person=request.user, now=now, principal=draft.principal, item=draft.item)  # type: ignore[arg-type]
    if isinstance(stored, Refusal):
        return sentences.about(file.name or "", sentences.refusal(stored))
    provided[key] = [*provided.get(key, []), str(stored.pk)]
    return ""


@login_required
def where(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft, item = _draft(request, draft_id)
    if instead := _instead(draft, item, "where"):
        return instead
    places, error = _places(item), ""
    if request.method == "POST":
        chosen = request.POST.get("unit", "")
        if chosen in {place.id for place in places}:
            save_draft(draft, now=timezone.now(), unit=chosen)
            return redirect("check", draft_id=draft.pk)
        error = _("请选择在哪里办")
    context = {**_frame(draft, item, "where"), "groups": _grouped(places), "error": error}
    return render(request, "hall/apply_where.html", context, status=422 if error else 200)


def _grouped(places: list[Any]) -> list[tuple[Any, list[Any]]]:
    """The places by area, so that eighty stations are five short lists."""
    divisions = catalogue().city.divisions
    codes = list(dict.fromkeys(place.division for place in places))
    return [(divisions.get(code), [p for p in places if p.division == code]) for code in codes]


@login_required
@limited("submit")
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft, item = _draft(request, draft_id)
    if instead := _instead(draft, item, "check"):
        return instead
    draft = _only_place(draft, item)
    refused: Refusal | None = None
    if request.method == "POST":
        if request.POST.get("true") != "yes":
            refused = Refusal("declare-truth")
        else:
            result = submit(draft, person=request.user, now=timezone.now())  # type: ignore[arg-type]
            if not isinstance(result, Refusal):
                return receipt_of(result)
            refused = result
    return render(
        request, "hall/apply_check.html", _check_context(draft, item, refused), status=422 if refused else 200
    )


def _only_place(draft: Draft, item: Item) -> Draft:
    places = _places(item)
    if len(places) != 1 or draft.unit == places[0].id:
        return draft
    saved = save_draft(draft, now=timezone.now(), unit=places[0].id)
    return draft if isinstance(saved, Refusal) else saved


def _check_context(draft: Draft, item: Item, refused: Refusal | None) -> dict[str, Any]:
    frame = _frame(draft, item, "check")
    answers = settle(item.form, draft.answers)
    unit = catalogue().city.units.get(draft.unit)
    return {
        **frame,
        **material_rows(draft, item, {}),
        "pages": [
            (page, f"/apply/{draft.pk}/form/{page.key}/", answer_rows(asked_on(page, answers), answers))
            for page in asked_pages(item.form, answers)
        ],
        "unit": unit,
        "open": [stop for stop in frame["stops"][:-1] if not stop.done],
        "refused": refused,
        "sentence": sentences.refusal(refused) if refused else "",
        "step_first": step_for(refused, f"/apply/{draft.pk}/check/") if refused else "",
    }


@signed_in_post
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft, _item = _draft(request, draft_id)
    result = discard_draft(draft)
    if isinstance(result, Refusal):
        messages.error(request, sentences.refusal(result))
    else:
        messages.success(request, _("草稿已经删除。"))
    return redirect("cases")

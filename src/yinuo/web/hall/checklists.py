"""The checklist on paper: for an item as such, or for the situation of an application that was begun."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.cases.queries import drafts_of
from yinuo.apps.documents.actions.make_checklist import make_checklist
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer, Answers, asked, problem, read, settle
from yinuo.core.item import Item
from yinuo.web import sentences
from yinuo.web.downloads import as_download
from yinuo.web.fields import shown
from yinuo.web.language import language
from yinuo.web.limiting import always, limited


def choose(request: HttpRequest, item_id: str) -> HttpResponse:
    """What to bring in one's own situation: only the questions that decide on it, and nobody signs in."""
    entry = catalogue().entries.get(item_id)
    if entry is None:
        raise Http404
    item, answers = entry.item, _chosen(entry.item, request)
    fields = [field for field in asked(item.form, answers) if field.key in item.deciding()]
    needed = item.needed(answers)
    context = {
        "item": item,
        "fields": shown(fields, answers, {}),
        "is_complete": all(field.key in answers or not field.required for field in fields),
        "yours": [material for material in needed if not material.fetch],
        "ours": [material for material in needed if material.fetch],
        "query": request.GET.urlencode(),
    }
    return render(request, "hall/checklist.html", context)


@limited("typeset", when=always)
def of_item(request: HttpRequest, item_id: str) -> HttpResponse:
    """On paper, for the situation that was chosen; without one, what every situation needs."""
    entry = catalogue().entries.get(item_id)
    if entry is None:
        raise Http404
    return _answer(entry.item, _chosen(entry.item, request), None)


def _chosen(item: Item, request: HttpRequest) -> Answers:
    """The answers in the address that can be true; whatever else stands there does not matter."""
    today, deciding = day_of(timezone.now()), item.deciding()
    given: dict[str, Answer] = {}
    for field in item.form.fields:
        answer = read(field, request.GET.getlist(field.key)) if field.key in deciding else None
        if answer not in (None, []) and problem(field, answer, today) is None:
            given[field.key] = answer
    return settle(item.form, given)


@login_required
@limited("typeset", when=always)
def of_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What the answers so far call for. Somebody else's draft does not exist."""
    if request.user.is_staff:
        raise Http404
    draft = drafts_of(request.user, day_of(timezone.now())).filter(pk=draft_id).first()  # type: ignore[arg-type]
    if draft is None:
        raise Http404
    item = pinned(draft.item, draft.item_version)
    return _answer(item, settle(item.form, draft.answers), draft.unit or None)


def _answer(item: Item, answers: Answers, unit: str | None) -> HttpResponse:
    served = catalogue()
    places = [one for one in served.city.competent(item.jurisdiction, item.branch) if unit in (None, one.id)]
    pdf = make_checklist(item, answers, places, served, lang=language(), now=timezone.now())
    if isinstance(pdf, Refusal):
        return HttpResponse(sentences.refusal(pdf), status=422, content_type="text/plain; charset=utf-8")
    return as_download(pdf, "application/pdf", f"{item.id}.pdf")

"""A citizen's cases: the list, the case with its promises, answers to notices, results."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.note_refused import note_refused
from yinuo.apps.cases.actions.rate import rate
from yinuo.apps.cases.queries import Opened, drafts_of, opened, visible_to
from yinuo.apps.documents.actions.make_receipt import make_receipt
from yinuo.apps.documents.queries import content, document_of, own_uploads
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.queries import names
from yinuo.core.case.commands import Say, Urge, Withdraw
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.promise import Promise
from yinuo.web import sentences
from yinuo.web.acting import principal_of, whom
from yinuo.web.clocks import PromiseView, view
from yinuo.web.downloads import as_download, handed_in
from yinuo.web.hall.looks import beside
from yinuo.web.language import language
from yinuo.web.limiting import always, limited
from yinuo.web.posting import signed_in_post
from yinuo.web.ratings import RatingForm, posted, rateable, ratings
from yinuo.web.standing import WITHIN, owed_to_applicant, standing, urging
from yinuo.web.story import involved, progress_steps, story_for_applicant


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    now, served = timezone.now(), catalogue()
    whom, person = principal_of(request), request.user
    found = visible_to(person, day_of(now)).filter(principal=whom).order_by("-received_at")
    cases = [(case, pinned(case.item, case.item_version)) for case in found if not person.is_staff]
    drafts = [] if person.is_staff else drafts_of(person, day_of(now)).filter(principal=whom)  # type: ignore[arg-type]
    listed = [(draft, pinned(draft.item, draft.item_version)) for draft in drafts]
    rows = [(case, item, _next_promise(opened(case, now), served, now)) for case, item in cases]
    return render(request, "hall/cases.html", {"rows": rows, "drafts": listed})


def _next_promise(found: Opened, served: Any, now: datetime) -> PromiseView | None:
    promise = found.state.main_promise
    return view(promise, served, now, found.item) if promise else None


def own_case(request: HttpRequest, number: str) -> Opened:
    """The person's own case; anybody else's does not exist."""
    if request.user.is_staff:
        raise Http404
    case = visible_to(request.user, day_of(timezone.now())).filter(number=number).first()
    if case is None:
        note_refused(request.user, number=number, now=timezone.now())  # type: ignore[arg-type]
        raise Http404
    return opened(case, timezone.now())


@login_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = own_case(request, number)
    return render(request, "hall/case.html", _context(found, {}))


def _context(found: Opened, errors: dict[str, str], typed: RatingForm | None = None) -> dict[str, Any]:
    served, now, state = catalogue(), timezone.now(), found.state
    promises = [view(promise, served, now, found.item) for promise in owed_to_applicant(found)]
    main = found.state.main_promise
    people = names(involved(found))
    return {
        "case": found.case,
        "whom": whom(state.principal, state.item, day_of(now)),
        "state": state,
        "item": found.item,
        "main": view(main, served, now, found.item) if main else None,
        "kept": [one for one in promises if one.is_ended and one.promise.owner != "applicant"],
        "chain": [
            (people.get(h.person, _("值班人")), h, served.city.units[h.unit]) for h in reversed(state.chain)
        ],
        "steps": progress_steps(found),
        "story": story_for_applicant(found, people),
        "document": document_of(found.case.number),
        "errors": errors,
        "unit": served.city.units[state.unit],
        "undecided": state.stage.value in ("submitted", "supplement", "accepted", "suspended"),
        "forms": [_form(visit, typed) for visit in rateable(found, now)],
        "ratings": ratings(found, now),
        "standing": standing(found, now),
        "urging": urging(found, now),
        **beside(found.case.number),
    }


def _form(visit: int, typed: RatingForm | None) -> RatingForm:
    """What was typed stays in the form that it was typed into."""
    return typed if typed is not None and typed.visit == visit else RatingForm(visit)


@login_required
def submitted(request: HttpRequest, number: str) -> HttpResponse:
    found = own_case(request, number)
    served, now = catalogue(), timezone.now()
    accept = found.state.promise("accept")
    context = {
        **_context(found, {}),
        "accept": view(accept, served, now, found.item) if accept else None,
        "decide": found.item.limits["decide"],
    }
    return render(request, "hall/submitted.html", context)


@signed_in_post
@limited("case-act")
def act_on(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    found, words = own_case(request, number), request.POST.get("words", "")
    commands: dict[str, Any] = {"withdraw": Withdraw(words), "urge": Urge(words), "say": Say(words)}
    if verb not in commands and verb != "rate":
        raise Http404
    now, form = timezone.now(), posted(request.POST) if verb == "rate" else None
    if form is not None:
        result = _rate(found, form, request.user, now)
    else:
        result = act(found.case, commands[verb], person=request.user, now=now)  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        context = {**_context(found, {verb: sentences.refusal(result)}, form), "typed": words}
        return render(request, "hall/case.html", context, status=422)
    messages.success(request, _done(verb))
    return redirect("case", number=number)


def _rate(found: Opened, form: RatingForm, person: Any, now: datetime) -> Opened | Refusal:
    return rate(
        found.case,
        form.level,
        words=form.words,
        reasons=form.reasons,
        visit=form.visit,
        person=person,
        now=now,
    )


def _done(verb: str) -> str:
    return {
        "withdraw": _("已经撤回，不再办理。"),
        "urge": _("已经催办。经手的人和他的负责人都看得到，要在期限内答复您。"),
        "say": _("已经发出。"),
        "rate": _("谢谢您的评价。从明天起计入，那时经手的人才看得到。"),
    }[verb]


def _promise(found: Opened, key: str) -> Promise:
    promise = found.state.promise(key) if key not in WITHIN else None
    if promise is None:
        raise Http404
    return promise


@login_required
def receipt_json(request: HttpRequest, number: str, key: str) -> HttpResponse:
    found = own_case(request, number)
    receipt = _promise(found, key).account(catalogue().calendar, found.item.version)
    body = json.dumps(receipt.as_json(), ensure_ascii=False, indent=1)
    return as_download(body.encode(), "application/json", f"receipt-{found.case.query_code}-{key}.json")


@login_required
@limited("typeset", when=always)
def receipt_pdf(request: HttpRequest, number: str, key: str) -> HttpResponse:
    found = own_case(request, number)
    pdf = make_receipt(
        found.state, _promise(found, key), found.item, catalogue(), lang=language(), now=timezone.now()
    )
    if isinstance(pdf, Refusal):
        return JsonResponse({"error": sentences.refusal(pdf)}, status=422)
    return as_download(pdf, "application/pdf", f"receipt-{found.case.query_code}-{key}.pdf")


@login_required
def result_pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = own_case(request, number)
    document = document_of(found.case.number)
    if document is None:
        raise Http404
    return as_download(content(document), "application/pdf", f"result-{found.case.query_code}.pdf")


@login_required
def own_file(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    today = day_of(timezone.now())
    stored = own_uploads([str(upload_id)], request.user, today).get(str(upload_id))  # type: ignore[arg-type]
    if stored is None:
        raise Http404
    return handed_in(request, stored)

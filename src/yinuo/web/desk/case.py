"""One case at the desk: answers, materials, promises and the next step, side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.queries import Opened, opened, visible_to
from yinuo.apps.documents.queries import content, document_of, uploads
from yinuo.apps.items.queries import catalogue, offered
from yinuo.apps.people.queries import actor, colleagues, names
from yinuo.core.case import Actor, Stage
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import asked_on, asked_pages
from yinuo.web import sentences
from yinuo.web.clocks import view
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.verbs import VERBS
from yinuo.web.downloads import as_download
from yinuo.web.fields import answer_rows
from yinuo.web.posting import signed_in_post
from yinuo.web.story import progress_steps, story


def _visible(request: HttpRequest, number: str) -> Opened:
    """A case of one's own units; any other does not exist."""
    case = visible_to(request.user, day_of(timezone.now())).filter(number=number).first()
    if case is None:
        raise Http404
    return opened(case)


@staff_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = _visible(request, number)
    return render(request, "desk/case.html", _context(request, found, None))


def _context(request: HttpRequest, found: Opened, refused: Refusal | None) -> dict[str, Any]:
    served, now, state, item = catalogue(), timezone.now(), found.state, found.item
    who = actor(request.user, served.city, day_of(now))  # type: ignore[arg-type]
    people = names({event.actor for event in found.events} | {holder.person for holder in state.chain})
    owed = [p for p in state.promises if p.owner != "applicant"]
    return {
        "case": found.case,
        "state": state,
        "item": item,
        "pages": [
            (p, answer_rows(asked_on(p, state.answers), state.answers))
            for p in asked_pages(item.form, state.answers)
        ],
        "materials": _materials(found),
        "fields": [
            field for page in asked_pages(item.form, state.answers) for field in asked_on(page, state.answers)
        ],
        "main": view(owed[-1], served, now) if owed else None,
        "promises": [view(promise, served, now) for promise in state.promises],
        "chain": [(people.get(h.person, ""), h, served.city.units[h.unit]) for h in reversed(state.chain)],
        "owner": people.get(state.owner.person, ""),
        "steps": progress_steps(found),
        "story": story(found, people),
        "may": _may(found, who),
        "step": item.route.step(state.step),
        "colleagues": [p for p in colleagues(state.unit, day_of(now)) if p.pk != request.user.pk],
        "units": [u for u in served.city.competent(item.jurisdiction, item.branch) if u.id != state.unit],
        "document": document_of(found.case.number),
        "refused": refused,
        "sentence": sentences.refusal(refused) if refused else "",
        "since": _since(refused, people) if refused else [],
        "typed": request.POST if refused else {},
        "typed_asks": request.POST.getlist("ask") if refused else [],
        "unit": served.city.units[state.unit],
    }


def _since(refused: Refusal, people: dict[str, str]) -> list[dict[str, Any]]:
    since: Any = refused.facts.get("since", [])
    known = people | names({one["actor"] for one in since})
    return [one | {"name": known.get(one["actor"], _("申请人或系统"))} for one in since]


def _materials(found: Opened) -> list[tuple[Any, list[Any]]]:
    provided = found.state.provided
    files = uploads([one for ids in provided.values() for one in ids])
    needed = [
        m for m in offered(found.item, found.state.answers) if m.required or m.fetch or m.key in provided
    ]
    return [(m, [files[i] for i in provided.get(m.key, ()) if i in files]) for m in needed]


def _may(found: Opened, who: Actor) -> dict[str, bool]:
    """What this person can do now; the core has the last word, this only keeps the page short."""
    state, route = found.state, found.item.route
    step = route.step(state.step)
    accepts = state.stage is Stage.SUBMITTED and who.holds(route.accept_post, state.unit)
    worker = step.post if step else route.decide_post
    works = who.holds(worker, state.unit)
    issues = who.holds(route.issue_post, state.unit)
    leads = who.holds(route.extend_post, state.unit)
    return {
        "take": state.ended is None and state.owner.person != who.id and who.works_in(state.unit),
        "hand_over": state.ended is None and (state.owner.person == who.id or leads),
        "accept": accepts,
        "supplement": accepts and (not state.notices or state.notice_allowed not in (None, who.id)),
        "allow_notice": state.stage is Stage.SUBMITTED
        and state.notices > 0
        and state.notice_allowed is None
        and who.holds("supervisor", state.unit),
        "correct": who.holds("supervisor", state.unit),
        "pass": state.stage is Stage.ACCEPTED and step is not None and works,
        "decide": state.stage is Stage.ACCEPTED and step is None and works,
        "return": state.stage is Stage.ACCEPTED and state.step > 0 and works,
        "suspend": state.stage is Stage.ACCEPTED and works and bool(found.item.special_procedures),
        "resume": state.stage is Stage.SUSPENDED and works,
        "ask_extension": _extendable(found) and works and state.extension is None,
        "answer_extension": state.extension is not None and leads,
        "issue": state.stage in (Stage.GRANTED, Stage.DENIED) and issues,
        "deliver": state.stage is Stage.ISSUED and issues,
        "revoke": state.document is not None
        and state.revoked is None
        and who.holds(route.decide_post, state.unit),
        "say": state.ended is None and who.works_in(state.unit),
    }


def _extendable(found: Opened) -> bool:
    promise = found.state.promise("decide")
    open_stage = found.state.stage in (Stage.ACCEPTED, Stage.SUSPENDED)
    return bool(open_stage and found.item.extension and promise and not promise.extensions)


@signed_in_post
@staff_only
def act_on(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Do one thing; what was typed is kept when it is refused."""
    found = _visible(request, number)
    do = VERBS.get(verb)
    if do is None:
        raise Http404
    seen = request.POST.get("seen", "")
    result = do(
        found.case,
        request.POST,
        person=request.user,
        now=timezone.now(),
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
    )
    if isinstance(result, Refusal):
        status = 409 if result.code == "changed-meanwhile" else 422
        return render(
            request, "desk/case.html", _context(request, _visible(request, number), result), status=status
        )
    messages.success(request, _("已办好这一步。"))
    still_mine = visible_to(request.user, day_of(timezone.now())).filter(number=number).exists()
    return redirect("desk-case", number=number) if still_mine else redirect("desk")


@staff_only
def file(request: HttpRequest, number: str, upload_id: UUID) -> HttpResponse:
    """A file of this case, only through the case."""
    found = _visible(request, number)
    ids = {one for ids in found.state.provided.values() for one in ids}
    stored = uploads([str(upload_id)]).get(str(upload_id)) if str(upload_id) in ids else None
    if stored is None:
        raise Http404
    return as_download(content(stored), stored.content_type, stored.name, inline=True)


@staff_only
def result(request: HttpRequest, number: str) -> HttpResponse:
    found = _visible(request, number)
    document = document_of(found.case.number)
    if document is None:
        raise Http404
    return as_download(content(document), "application/pdf", f"result-{found.case.query_code}.pdf")

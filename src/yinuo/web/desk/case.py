"""One case at the desk: answers, materials, promises and the next step, side by side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from yinuo.apps.cases import rating_links
from yinuo.apps.cases.disclosure import TELLING, hidden_visits
from yinuo.apps.cases.queries import Opened, visible_to
from yinuo.apps.documents.queries import content, document_of, uploads
from yinuo.apps.documents.seal_code import qr_svg
from yinuo.apps.items.queries import catalogue, offered
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import actor, colleagues, names, staff_of
from yinuo.catalogue.city import Unit
from yinuo.core.case.handling import NOT_THEIRS
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import asked_on, asked_pages
from yinuo.web import sentences
from yinuo.web.acting import whom
from yinuo.web.clocks import view
from yinuo.web.desk.around import cards, lines
from yinuo.web.desk.may import may
from yinuo.web.desk.verbs import VERBS
from yinuo.web.desk.viewing import shows, visible
from yinuo.web.downloads import as_download, handed_in
from yinuo.web.entries import refused
from yinuo.web.fields import answer_rows
from yinuo.web.file_standing import files_of
from yinuo.web.posting import signed_in_post
from yinuo.web.ratings import rateable, ratings
from yinuo.web.story import involved, progress_steps, story


@shows("case")
def case(request: HttpRequest, found: Opened) -> HttpResponse:
    return render(request, "desk/case.html", _context(request, found, None))


def _context(request: HttpRequest, found: Opened, refused: Refusal | None) -> dict[str, Any]:
    served, now, state, item = catalogue(), timezone.now(), found.state, found.item
    who = actor(request.user, served.city, day_of(now))  # type: ignore[arg-type]
    people = names(involved(found))
    hidden, main = hidden_visits(found, who, now), state.main_promise
    can = may(found, who, now, hidden)
    return {
        "case": found.case,
        "whom": whom(state.principal, state.item, day_of(now)),
        "state": state,
        "item": item,
        "pages": [
            (p, answer_rows(asked_on(p, state.answers), state.answers))
            for p in asked_pages(item.form, state.answers)
        ],
        "materials": _materials(found),
        "standing": files_of(found),
        "fields": [
            field for page in asked_pages(item.form, state.answers) for field in asked_on(page, state.answers)
        ],
        "main": view(main, served, now, item) if main and main.owner != "applicant" else None,
        "lines": lines(found, now, hidden),
        "cards": cards(found, people, _("系统")),
        "ratings": [(one, can["remedy"][one.visit]) for one in ratings(found, now, hidden)],
        "rateable": rateable(found, now) if who.works_in(state.unit) else [],
        "chain": [(people.get(h.person, ""), h, served.city.units[h.unit]) for h in reversed(state.chain)],
        "owner": people.get(state.owner.person, ""),
        "steps": progress_steps(found),
        "story": story(found, people, hidden),
        "may": can,
        "asked": _asked(found),
        "step": item.route.step(state.step),
        "colleagues": [p for p in colleagues(state.unit, day_of(now)) if p.pk != request.user.pk],
        "units": [u for u in served.city.competent(item.jurisdiction, item.branch) if u.id != state.unit],
        "receivers": _receivers(found, now) if can["reassign"] else [],
        "offered_here": state.offered is not None and who.works_in(str(state.offered["unit"])),
        "document": document_of(found.case.number),
        "refused": refused,
        "sentence": sentences.refusal(refused) if refused else "",
        "since": _since(refused, people, hidden) if refused else [],
        "typed": request.POST if refused else {},
        "typed_asks": request.POST.getlist("ask") if refused else [],
        "unit": served.city.units[state.unit],
    }


def _asked(found: Opened) -> dict[str, str]:
    """The words of the last urging and of the last question of a supervisor, for whoever answers them."""
    return {e.kind: str(e.payload["words"]) for e in found.events if e.kind in ("urged", "supervised")}


def _receivers(found: Opened, now: datetime) -> list[tuple[Unit, list[Person]]]:
    """The competent units and whoever works there, but for whoever has the case."""
    city, state, item = catalogue().city, found.state, found.item
    units = {unit.id: unit for unit in city.competent(item.jurisdiction, item.branch)}
    units.setdefault(state.unit, city.units[state.unit])
    there = staff_of(units, day_of(now))
    others = {key: [p for p in people if str(p.pk) != state.owner.person] for key, people in there.items()}
    return [(unit, others[key]) for key, unit in units.items() if others.get(key)]


def _since(refused: Refusal, people: dict[str, str], hidden: Collection[int]) -> list[dict[str, Any]]:
    """What somebody was overtaken by. While ratings are hidden, one of them is just something new."""
    since: Any = refused.facts.get("since", [])
    known = people | names({one["actor"] for one in since})
    told = [one | {"kind": "" if hidden and one["kind"] in TELLING else one["kind"]} for one in since]
    return [one | {"name": known.get(one["actor"], _("申请人或系统"))} for one in told]


def _materials(found: Opened) -> list[tuple[Any, list[Any]]]:
    provided = found.state.provided
    files = uploads([one for ids in provided.values() for one in ids])
    needed = [
        m for m in offered(found.item, found.state.answers) if m.required or m.fetch or m.key in provided
    ]
    return [(m, [files[i] for i in provided.get(m.key, ()) if i in files]) for m in needed]


@signed_in_post
@shows("case", glass=False)
def act_on(request: HttpRequest, found: Opened, verb: str) -> HttpResponse:
    """Do one thing; what was typed is kept when it is refused. Whoever broke the glass only reads."""
    number, do = found.case.number, VERBS.get(verb)
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
        if result.code in NOT_THEIRS:
            refused(request)
        status = 409 if result.code == "changed-meanwhile" else 422
        return render(
            request, "desk/case.html", _context(request, visible(request, number), result), status=status
        )
    messages.success(request, _("已办好这一步。"))
    still_mine = visible_to(request.user, day_of(timezone.now())).filter(number=number).exists()
    return redirect("desk-case", number=number) if still_mine else redirect("desk")


@shows("rating-code", glass=False)
def rating_code(request: HttpRequest, found: Opened) -> HttpResponse:
    """A QR to show or to print: the applicant rates with it, without signing in, or leaves it."""
    number, now = found.case.number, timezone.now()
    asked = request.GET.get("visit", "0")
    visit = next((n for n in rateable(found, now) if str(n) == asked), None)
    here = actor(request.user, catalogue().city, day_of(now)).works_in(found.state.unit)  # type: ignore[arg-type]
    if visit is None or not here:
        raise Http404
    address = rating_links.address(number, day_of(now), visit=visit, channel="window")
    context = {
        "case": found.case,
        "item": found.item,
        "unit": catalogue().city.units[found.state.unit],
        "visit": visit,
        "address": address,
        "code": mark_safe(qr_svg(address)),  # noqa: S308 (made by segno from an address of ours)
        "last_day": day_of(now) + rating_links.VALID_FOR,
    }
    return render(request, "desk/rating_code.html", context)


@shows("file", thing="upload_id")
def file(request: HttpRequest, found: Opened, upload_id: UUID) -> HttpResponse:
    """A file of this case, only through the case."""
    ids = {one for ids in found.state.provided.values() for one in ids}
    stored = uploads([str(upload_id)]).get(str(upload_id)) if str(upload_id) in ids else None
    if stored is None:
        raise Http404
    return handed_in(request, stored)


@shows("result")
def result(request: HttpRequest, found: Opened) -> HttpResponse:
    document = document_of(found.case.number)
    if document is None:
        raise Http404
    return as_download(content(document), "application/pdf", f"result-{found.case.query_code}.pdf")

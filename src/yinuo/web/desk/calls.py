"""Calls to applicants: of the lots that were drawn (抽样回访), and after a bad rating (差评回访)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.calls import lots, to_call
from yinuo.apps.cases.disclosure import hidden_visits
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.queries import actor
from yinuo.core.case import Actor
from yinuo.core.case.commands import CallBack, FollowUp
from yinuo.core.case.rules.rating import LEVELS
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.item import Item
from yinuo.core.promise import Promise
from yinuo.web import sentences
from yinuo.web.clocks import PromiseView, view
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.viewing import listed, shows, visible
from yinuo.web.ratings import RatingView, ratings


@dataclass(frozen=True, slots=True)
class Called:
    """One case of a lot."""

    case: Case
    item: Item
    view: PromiseView


@dataclass(frozen=True, slots=True)
class Due:
    """A call that this case owes. visit: of the bad rating, None where the case was drawn."""

    promise: PromiseView
    visit: int | None
    rating: RatingView | None
    is_own_work: bool  # this person had the case: a colleague has to call


@staff_only
def overview(request: HttpRequest) -> HttpResponse:
    """The lots; the cases of the one in `month`, else of the latest."""
    now, drawn = timezone.now(), lots()
    month = request.GET.get("month", "")
    lot = next((one for one in drawn if one.month == month), drawn[0] if drawn else None)
    rows = to_call(request.user, lot.month, now) if lot else []
    listed(request, [case for _promise, case in rows])
    context = {
        "lots": drawn,
        "lot": lot,
        "rows": [_called(promise, case) for promise, case in rows],
        "sample": catalogue().rules.follow_up,
    }
    return render(request, "desk/calls.html", context)


def _called(promise: Promise, case: Case) -> Called:
    item = pinned(case.item, case.item_version)
    return Called(case, item, view(promise, catalogue(), timezone.now(), item))


@shows("call", glass=False)
def call(request: HttpRequest, found: Opened) -> HttpResponse:
    """The calls that a case owes, with the number to dial for whoever may call."""
    if request.method != "POST":
        return render(request, "desk/call.html", _context(request, found))
    data = request.POST
    result = act(found.case, _command(data), person=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        context = _context(request, visible(request, found.case.number)) | {
            "error": sentences.refusal(result),
            "typed": data,
        }
        return render(request, "desk/call.html", context, status=422)
    messages.success(request, _("已记下这次回访。"))
    return redirect("desk-calls")


def _command(data: QueryDict) -> CallBack | FollowUp:
    reached, words = data.get("reached") == "yes", data.get("words", "").strip()
    visit = data.get("visit", "")
    if visit.isascii() and visit.isdecimal() and len(visit) < 4:
        return CallBack(int(visit), reached, data.get("satisfied") == "yes", words)
    level = data.get("level", "")
    return FollowUp(reached, words, int(level) if level in {"1", "2", "3", "4", "5"} else None)


def _context(request: HttpRequest, found: Opened) -> dict[str, Any]:
    now = timezone.now()
    who = actor(request.user, catalogue().city, day_of(now))  # type: ignore[arg-type]
    due = _due(found, who)
    may_call = any(not one.is_own_work for one in due)
    return {
        "case": found.case,
        "item": found.item,
        "unit": catalogue().city.units[found.state.unit],
        "due": due,
        "phone": _phone(found.case) if may_call else "",
        "may_call": may_call,
        "levels": LEVELS,
        "typed": {},
    }


def _due(found: Opened, who: Actor) -> list[Due]:
    now, state = timezone.now(), found.state
    hidden = hidden_visits(found, who, now)
    rated = {one.visit: one for one in ratings(found, now, hidden)}
    own = state.has_worked(who.id)
    calls = [p for p in state.open_promises if p.key == "follow-up" and who.works_in(p.owner)]
    backs = [p for p in state.open_promises if p.key == "call-back" and who.works_in(state.unit)]
    made = [Due(_view(p, found), None, None, own) for p in calls]
    return made + [
        Due(_view(p, found), int(p.about), rated[int(p.about)], own) for p in backs if int(p.about) in rated
    ]


def _view(promise: Promise, found: Opened) -> PromiseView:
    return view(promise, catalogue(), timezone.now(), found.item)


def _phone(case: Case) -> str:
    """The phone of the applicant; empty for an anonymous one."""
    return case.applicant.phone

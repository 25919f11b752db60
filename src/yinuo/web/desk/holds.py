"""保全: the cases of one's units that may not be erased, placing one, lifting one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import visible_to
from yinuo.apps.people.queries import names
from yinuo.apps.rights.actions.lift_hold import lift_hold
from yinuo.apps.rights.actions.place_hold import place_hold
from yinuo.apps.rights.queries import hold_in, open_holds
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import only_who_may
from yinuo.web.posting import signed_in_post
from yinuo.web.proving import proved_again

ENTRIES = ("case", "reason", "last_day", "told")


@only_who_may("legal-hold")
@proved_again
def holds(request: HttpRequest) -> HttpResponse:
    """The open ones, and by POST one more."""
    if request.method == "POST":
        return _placed(request)
    asked = {"case": request.GET.get("case", "")[:60], "told": "yes"}
    return render(request, "desk/holds.html", _page(request, asked))


def _page(request: HttpRequest, typed: dict[str, str], no: Refusal | None = None) -> dict[str, Any]:
    seen = _cases(request)
    found = list(open_holds(day_of(timezone.now())).filter(case__in=seen.values("number")))
    cases = seen.in_bulk([one.case for one in found], field_name="number")
    people = names(str(one.placed_by_id) for one in found)
    return {
        "rows": [(one, cases[one.case], people.get(str(one.placed_by_id), "")) for one in found],
        "typed": typed,
        "errors": {key: sentences.field(code) for key, code in no.fields.items()} if no else {},
        "sentence": sentences.refusal(no) if no else "",
    }


def _cases(request: HttpRequest) -> QuerySet[Case]:
    return visible_to(request.user, day_of(timezone.now()))


def _placed(request: HttpRequest) -> HttpResponse:
    typed = {key: request.POST.get(key, "")[:2000].replace("\x00", "") for key in ENTRIES}
    result = place_hold(
        typed["case"].strip(),
        typed["reason"],
        typed["last_day"],
        is_told=typed["told"] != "no",
        person=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    if isinstance(result, Refusal):
        return render(request, "desk/holds.html", _page(request, typed, result), status=422)
    messages.success(request, _("已经保全。到期以前不会删，申请人在自己的页面上看得到。"))
    return redirect("desk-holds")


@signed_in_post
@only_who_may("legal-hold")
@proved_again
def lift(request: HttpRequest, hold: UUID) -> HttpResponse:
    today = day_of(timezone.now())
    found = hold_in(hold, _cases(request), today)
    if found is None:
        raise Http404
    why = request.POST.get("why", "").replace("\x00", "")
    result = lift_hold(found, why, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        messages.error(request, sentences.refusal(result))
    else:
        messages.success(request, _("保全解除了。从现在起又按规定的期限保存。"))
    return redirect("desk-holds")

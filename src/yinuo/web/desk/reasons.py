"""Before a case that is not one's own: why one opens it, or why one breaks the glass of another unit's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.actions.break_glass import OPEN_FOR, REVIEW_WITHIN, break_glass
from yinuo.apps.looks.actions.state_reason import state_reason
from yinuo.apps.looks.queries import broken_by
from yinuo.apps.looks.reasons import LONGEST
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import only_who_may, staff_only
from yinuo.web.desk.viewing import looker, visible
from yinuo.web.looking import glass_reasons, reasons
from yinuo.web.proving import proved_again


@staff_only
def reason(request: HttpRequest, number: str) -> HttpResponse:
    """It names the case and nobody: who the applicant is shows after the reason."""
    found = visible(request, number)
    back = _back(request, number)
    if looker(request, found) is not None:
        return redirect(back)
    context: dict[str, Any] = {"case": found.case, "item": found.item, "next": back, "longest": LONGEST}
    context |= {"reasons": reasons(), "unit": catalogue().city.units[found.state.unit]}
    if request.method != "POST":
        return render(request, "desk/reason.html", context | _wrong({}, {}))
    units = tuple(unit for unit in (found.case.unit, found.case.offered) if unit)
    key, words = request.POST.get("key", ""), request.POST.get("words", "")
    result = state_reason(number, units, key, words, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        wrong = _wrong(result.fields, {"key": key, "words": words})
        return render(request, "desk/reason.html", context | wrong, status=422)
    return redirect(back)


def _back(request: HttpRequest, number: str) -> str:
    """A page of the desk, else that of the case."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked.startswith("/desk/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("desk-case", args=[number])


def _wrong(fields: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, Any]:
    return {"errors": {name: sentences.field(code) for name, code in fields.items()}, "typed": typed}


@only_who_may("break-glass")
@proved_again
def glass(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), request.user
    context: dict[str, Any] = {"reasons": glass_reasons(), "broken": broken_by(person), "now": now}  # type: ignore[arg-type]
    context |= {"minutes": int(OPEN_FOR.total_seconds() // 60), "days": REVIEW_WITHIN, "longest": LONGEST}
    if request.method != "POST":
        return render(request, "desk/break_glass.html", context | _wrong({}, {}))
    typed = {name: request.POST.get(name, "")[:600] for name in ("case", "key", "words")}
    result = break_glass(typed["case"], typed["key"], typed["words"], person=person, now=now)  # type: ignore[arg-type]
    if isinstance(result, Refusal) and result.code == "already-visible":
        messages.success(request, _("这件事您本来就看得到。"))
        return redirect("desk-case", number=str(result.facts["number"]))
    if isinstance(result, Refusal):
        wrong = _wrong(result.fields or {"case": result.code}, typed)
        return render(request, "desk/break_glass.html", context | wrong, status=422)
    return redirect("desk-case", number=result.case)

"""Organisations that were stated and that a window confirms once it has seen the licence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.actions.confirm_organisation import confirm_organisation
from yinuo.apps.mandates.queries import stated, to_confirm
from yinuo.apps.people.queries import may
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.searching import answer, searched
from yinuo.web.desk.viewing import represented
from yinuo.web.posting import signed_in_post


@staff_only
def organisations(request: HttpRequest) -> HttpResponse:
    """Found by the code that stands on the licence: nobody leafs through who represents what."""
    _may_confirm(request)
    if request.method == "POST":
        return answer(request, request.POST.get("uscc", ""))
    return _shown(request, searched(request))


def _shown(request: HttpRequest, uscc: str, no: Refusal | None = None, typed: str = "") -> HttpResponse:
    """Whoever is named on the page sees later that it was shown."""
    page = _page(uscc, no, typed)
    represented(request, page["rows"])
    return render(request, "desk/organisations.html", page, status=422 if no else 200)


def _may_confirm(request: HttpRequest) -> None:
    if not may("confirm-organisation", request.user, catalogue().city, day_of(timezone.now())):  # type: ignore[arg-type]
        raise PermissionDenied


def _page(uscc: str, no: Refusal | None, typed: str) -> dict[str, Any]:
    uscc = uscc.strip().upper()[:18]
    return {
        "uscc": uscc,
        "rows": list(stated(uscc)) if uscc else [],
        "sentence": sentences.refusal(no) if no else "",
        "typed": typed,
    }


@signed_in_post
@staff_only
def confirm(request: HttpRequest, organisation: UUID) -> HttpResponse:
    _may_confirm(request)
    found = to_confirm(organisation)
    if found is None:
        raise Http404
    seen = request.POST.get("seen", "")
    result = confirm_organisation(found, seen, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        return _shown(request, found.uscc, result, seen)
    messages.success(request, _("已经核实：%(name)s") % {"name": result.name})
    return redirect("desk-organisations")

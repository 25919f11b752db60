"""Giving a mandate: to whom, in what, until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.apps.mandates.actions.give import give
from yinuo.apps.mandates.models import Mandate, Organisation
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.hall.acting import own_organisation
from yinuo.web.language import said
from yinuo.web.proving import proved_again

MOST_ITEMS = 6  # lines of the form; whoever needs more gives a second mandate, or one for everything
USUAL = timedelta(days=365)


@login_required
@proved_again
def own(request: HttpRequest) -> HttpResponse:
    """Somebody acts for me."""
    return _page(request, request.user, None)  # type: ignore[arg-type]


@login_required
@proved_again
def of_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Somebody acts for my organisation."""
    found = own_organisation(request, organisation)
    return _page(request, found, found)


def _page(
    request: HttpRequest, principal: Person | Organisation, organisation: Organisation | None
) -> HttpResponse:
    typed = _typed(request)
    context: dict[str, Any] = {"typed": typed, "errors": {}, "organisation": organisation, "names": _names()}
    if request.method != "POST":
        return render(request, "hall/mandate_new.html", context)
    result = _give(request, principal, typed)
    if isinstance(result, Refusal):
        context["errors"] = {key: sentences.field(code) for key, code in result.fields.items()}
        context["sentence"] = "" if result.fields else sentences.refusal(result)
        return render(request, "hall/mandate_new.html", context, status=422)
    messages.success(request, _("委托已经写好，等对方登录以后答复。请您自己也告诉对方一声。"))
    return redirect("mandate", mandate=result.pk)


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    usual = (day_of(timezone.now()) + USUAL).isoformat()
    lines = [one.strip()[:200] for one in post.getlist("item")][:MOST_ITEMS]
    return {
        "phone": post.get("phone", "")[:30],
        "name": post.get("name", "")[:200],
        "scope": post.get("scope", "all"),
        "items": lines + [""] * (MOST_ITEMS - len(lines)),
        "last_day": post.get("last_day", usual)[:10],
    }


def _give(request: HttpRequest, principal: Person | Organisation, typed: dict[str, Any]) -> Mandate | Refusal:
    items = [one for one in typed["items"] if one] if typed["scope"] == "some" else []
    if typed["scope"] == "some" and not items:
        return Refusal("invalid-answers", {"services": "required"})
    keys = {name: key for key, name in _names()}
    return give(
        principal,
        person=request.user,  # type: ignore[arg-type]
        phone=typed["phone"],
        name=typed["name"],
        items=[keys.get(one, one) for one in items],
        last_day=_day(typed["last_day"]),
        now=timezone.now(),
    )


def _names() -> list[tuple[str, str]]:
    """(id, name) of every service in the reader's language."""
    return [(key, said(entry.item.name)) for key, entry in catalogue().entries.items()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

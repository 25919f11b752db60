"""For whom somebody is at work in this session: themselves, or somebody they have the right to act for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.actions.note_refused import note_refused
from yinuo.apps.mandates.models import Mandate, Organisation
from yinuo.apps.mandates.queries import (
    Acting,
    acting,
    agents_on,
    organisation_of,
    principal_name,
    standing,
)
from yinuo.core.clock import day_of

CHOSEN = "acting_for"


class ActingFor:
    """Puts `request.acting` on every request: an `Acting`, or None for oneself.

    A right that ended since it was chosen ends here: whatever the address, the person is told so and is at
    work for themselves again. So the answer says nothing about what there is at that address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(CHOSEN, "")
        request.acting = _right(request, chosen) if chosen else None  # type: ignore[attr-defined]
        if chosen and request.acting is None:  # type: ignore[attr-defined]
            return _ended(request)
        return self.get_response(request)


def _right(request: HttpRequest, principal: str) -> Acting | None:
    if not request.user.is_authenticated:
        return None
    found = acting(request.user, day_of(timezone.now()))
    return next((one for one in found if one.principal == principal), None)


def _ended(request: HttpRequest) -> HttpResponse:
    del request.session[CHOSEN]
    if not request.user.is_authenticated:
        return redirect(request.get_full_path())
    _note(request)
    messages.error(request, _("您替别人办事的权限已经结束，刚才那一步没有办。原因写在下面。"))
    return redirect("acting")


def _note(request: HttpRequest) -> None:
    """Whoever gave the mandate hears of it where the step was about a case or a draft of theirs."""
    try:
        asked = resolve(request.path).kwargs
    except Resolver404:
        return
    number, draft = str(asked.get("number", "")), asked.get("draft_id")
    if number or draft:
        note_refused(request.user, number=number, draft=draft, now=timezone.now())  # type: ignore[arg-type]


def principal_of(request: HttpRequest) -> str:
    """As cases name it; empty for oneself."""
    one: Acting | None = getattr(request, "acting", None)
    return one.principal if one else ""


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom a case is, as pages show it. `agents`: everybody who has or had a mandate that covers it."""

    name: str
    organisation: Organisation | None
    agents: list[tuple[Mandate, str]]


def whom(principal: str, item: str, today: date) -> Whom | None:
    """None for a case that somebody handed in for themselves."""
    if not principal:
        return None
    agents = [(one, standing(one, today)) for one in agents_on(principal, item)]
    return Whom(principal_name(principal), organisation_of(principal), agents)


def choose(request: HttpRequest, principal: str) -> bool:
    """Go on for somebody, or for oneself with an empty text; False where there is no such right."""
    if principal and _right(request, principal) is None:
        return False
    request.session[CHOSEN] = principal
    return True

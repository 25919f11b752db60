"""Coming in: the one door behind every way of signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from yinuo.apps.entries.models import Way
from yinuo.apps.people.models import Person
from yinuo.web.entries import came_in
from yinuo.web.hall.signing_in.pending import hold
from yinuo.web.sessions import begin


def enter(request: HttpRequest, person: Person, target: str = "", *, way: Way) -> HttpResponse:
    """Sign in and go to `target`, else to the own cases. Staff go on to the second factor first."""
    if person.is_staff:
        return hold(request, person, target)
    begin(request, person)
    came_in(request, person, way)
    return redirect(target or "/cases/")


def wanted(request: HttpRequest) -> str:
    """Where somebody was on the way to: an address of this site, from its root; anything else is nowhere."""
    return safe(request, request.POST.get("next") or request.GET.get("next") or "")


def safe(request: HttpRequest, target: str) -> str:
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here and target.startswith("/") else ""


def onward(address: str, target: str) -> str:
    """The address of another step that leads on to the same target."""
    return f"{address}?{urlencode({'next': target})}" if target else address

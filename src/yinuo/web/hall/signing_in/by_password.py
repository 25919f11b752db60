"""Signing in with a password."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yinuo.apps.entries.models import Outcome, Way
from yinuo.apps.limits.actions.forget import forget
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.sign_in import sign_in as who_may
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import normalize
from yinuo.web import sentences
from yinuo.web.client_address import counted_address
from yinuo.web.entries import noted
from yinuo.web.errors import send_again
from yinuo.web.hall.signing_in.entering import enter, safe, wanted
from yinuo.web.kept import kept
from yinuo.web.known_browser import is_known, remember
from yinuo.web.limiting import come, too_often

AGAIN, HELD = "again", "held."  # in the form: where a form that waits is sent to, and its fields


def sign_in(request: HttpRequest) -> HttpResponse:
    target = wanted(request)
    if request.method != "POST":
        return _page(request, target)
    name = _login_name(request.POST.get("login", ""))
    account = normalize("phone", name)  # as it is looked up: no way of writing it is counted apart
    door = "sign-in-known" if is_known(request, account) else "sign-in"
    shut = come(request, door, person=account)
    if shut is not None:
        return too_often(request, shut)
    person = who_may(name, request.POST.get("password", ""))
    if isinstance(person, Refusal):
        noted(request, Person.objects.by_login(name), Way.PASSWORD, Outcome.FAILED)
        return _page(request, target, name, sentences.refusal(person), _waiting(request))
    forget(door, person=account, address=counted_address(request))
    response = enter(request, person, target, way=Way.PASSWORD)
    again = safe(request, request.POST.get(AGAIN, ""))
    if again and not person.is_staff:
        response = send_again(request, again, _("登录好了"), fields=_held(request))
    remember(response, account)
    return response


def came_back(request: HttpRequest) -> HttpResponse:
    """The page for whoever sent a form signed out. The form waits in it until they are in."""
    held = [(f"{HELD}{name}", value) for name, value in kept(request)]
    return _page(request, "", held=[(AGAIN, request.get_full_path()), *held])


def _held(request: HttpRequest) -> list[tuple[str, str]]:
    """The form that waited, as it was sent."""
    return [(name.removeprefix(HELD), value) for name, value in kept(request) if name.startswith(HELD)]


def _waiting(request: HttpRequest) -> list[tuple[str, str]]:
    """The same, still waiting: the password was wrong."""
    return [(name, value) for name, value in kept(request) if name == AGAIN or name.startswith(HELD)]


def _page(
    request: HttpRequest,
    target: str,
    name: str = "",
    error: str = "",
    held: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    context = {
        "next": target,
        "held": held,
        "login": name,
        "error": error,
        "provider": settings.OIDC_LABEL if settings.OIDC_ISSUER else "",
        "has_codes": bool(settings.SMS_URL),
    }
    return render(request, "hall/sign_in.html", context, status=422 if error else 200)


def _login_name(typed: str) -> str:
    """A phone number however it is written; a staff number as it is."""
    stripped = typed.strip()[:60]
    return normalize("phone", stripped) if stripped[:1].isdigit() or stripped[:1] == "+" else stripped

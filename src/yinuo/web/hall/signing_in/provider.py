"""Signing in by way of the identity provider, and linking an account to it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.entries.models import Outcome, Way
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.sign_in_by_provider import sign_in_by_provider
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.entries import noted
from yinuo.web.hall.signing_in import oidc
from yinuo.web.hall.signing_in.entering import enter, onward, safe, wanted
from yinuo.web.limiting import always, limited

# In the session: where somebody was on the way to, and whose account they have shown to be theirs to link.
TARGET, LINKING = "provider-next", "provider-link"


def leave(request: HttpRequest) -> HttpResponse:
    """Off to the provider. Whoever is signed in links this account, once it is shown to be theirs.

    Only by a form of ours: no link of another site makes a session here of one there. A form may lead to our
    own pages only (CSP), so a page of ours leads on by itself.
    """
    _must_be_there()
    target, person = wanted(request), _citizen(request)
    if request.method != "POST":
        return redirect(onward(reverse("account" if person else "sign-in"), target))
    if person is not None and request.session.get(LINKING) != str(person.pk):
        return redirect(onward(reverse("account-provider"), target))
    sent = oidc.begin(request)
    if isinstance(sent, Refusal):
        return _refused(request, sent, target)
    request.session[TARGET] = target
    return render(request, "hall/leaving.html", {"away": sent, "provider": settings.OIDC_LABEL})


@limited("provider", when=always)
def back(request: HttpRequest) -> HttpResponse:
    """From the provider."""
    _must_be_there()
    target = safe(request, str(request.session.pop(TARGET, "")))
    claims = oidc.finish(request)
    if isinstance(claims, Refusal):
        return _failed(request, claims, target)
    current, linking = _citizen(request), request.session.pop(LINKING, "")
    if current is not None and linking != str(current.pk):
        return _failed(request, Refusal("try-again"), target)
    person = sign_in_by_provider(claims, now=timezone.now(), current=current)
    if isinstance(person, Refusal):
        return _failed(request, person, target)
    if current is not None:
        messages.success(request, _("身份已经核实。"))
    return enter(request, person, target or (reverse("account") if current else ""), way=Way.PROVIDER)


def _citizen(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) and not request.user.is_staff else None


def _failed(request: HttpRequest, no: Refusal, target: str) -> HttpResponse:
    """Back from the provider, and not in: nobody is known by it but whoever is signed in here."""
    noted(request, _citizen(request), Way.PROVIDER, Outcome.FAILED)
    return _refused(request, no, target)


def _refused(request: HttpRequest, no: Refusal, target: str) -> HttpResponse:
    messages.error(request, sentences.refusal(no))
    is_in = request.user.is_authenticated and not request.user.is_staff
    return redirect(onward(reverse("account" if is_in else "sign-in"), target))


def _must_be_there() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404

"""The step that all ways by text message share: give a phone number, get a code there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.ask import ask
from yinuo.apps.signing_in.queries import phone_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import mask, normalize
from yinuo.web.hall.signing_in.forms import Form
from yinuo.web.hall.signing_in.words import message
from yinuo.web.known_browser import is_known
from yinuo.web.limiting import come, too_often

ASKED = "asked"  # in the session: purpose -> id of the code. The phone itself stands in no session.


def ask_here(
    request: HttpRequest, form: Form, purpose: str, onward: str, person: Person | None = None
) -> HttpResponse:
    """The page with the phone number, and on to the page for the code once it is on its way."""
    typed = form.typed(request)
    account = normalize("phone", typed["phone"])
    door = "code-send-known" if is_known(request, account) else "code-send"
    if shut := come(request, door, person=account):
        return too_often(request, shut)
    code = ask(purpose, typed["phone"], words=message, now=timezone.now(), person=person)
    if isinstance(code, Refusal):
        return form.show(request, typed, code)
    request.session[ASKED] = {**request.session.get(ASKED, {}), purpose: str(code.pk)}
    return redirect(onward)


def asked(request: HttpRequest, purpose: str) -> str:
    """The id of the code that this browser asked for; empty where there is none."""
    return str(request.session.get(ASKED, {}).get(purpose, ""))


def sent_to(code: str, purpose: str) -> str:
    """`138****0001`, for the page that waits for the code; empty where the code counts no more."""
    phone = phone_of(code, purpose, timezone.now())
    return mask("phone", phone) if phone else ""


def done(request: HttpRequest, purpose: str) -> None:
    """The code is used: the session forgets it."""
    kept = {key: one for key, one in request.session.get(ASKED, {}).items() if key != purpose}
    request.session[ASKED] = kept

"""What weighs much asks anew who is there: a session that was left open hands nobody the keys of the house.

It asks only where the last proof is older than ten minutes, and what was typed comes along (ASVS 5.0, 7.5.3).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from yinuo.apps.access.queries import factor_of
from yinuo.apps.entries.models import Kind, Outcome, Way
from yinuo.apps.limits.actions.forget import forget
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.actions.confirm import confirm, is_fresh
from yinuo.apps.signing_in.passwords import LONGEST
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.client_address import counted_address
from yinuo.web.entries import noted
from yinuo.web.kept import kept
from yinuo.web.limiting import come, too_often
from yinuo.web.second_factor import DOOR, confirmed, demo_code
from yinuo.web.sessions import prove, proved_at

View = Callable[..., HttpResponse]
Fields = list[tuple[str, str]]  # name, value
FIELD = "proof_code"  # `kept` never writes a name with `code` into a page


def proved_again(act: View) -> View:
    """A view whose forms are taken only from whoever has just shown who they are. Goes inside the guard that
    says who may come at all."""

    @wraps(act)
    @sensitive_post_parameters(FIELD)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unproved(request) or act(request, *args, **kwargs)

    return guarded


def unproved(request: HttpRequest, fields: Fields | None = None) -> HttpResponse | None:
    """The page that asks, and in it `fields`, else all that was typed; None where nothing is to be asked."""
    person = request.user
    if request.method != "POST" or is_fresh(proved_at(request), timezone.now()):
        return None
    if not isinstance(person, Person):
        return None
    if FIELD not in request.POST:
        return _page(request, person, None, fields)
    door = DOOR if person.is_staff else "confirm"
    if shut := come(request, door, person=str(person.pk)):
        return too_often(request, shut)
    no = _doubt(request, person, request.POST[FIELD])
    if no is not None:
        return _page(request, person, no, fields)
    forget(door, person=str(person.pk), address=counted_address(request))
    prove(request)
    return None


def _doubt(request: HttpRequest, person: Person, typed: str) -> Refusal | None:
    """Staff show their authenticator, citizens their password."""
    ask = confirmed if person.is_staff else owner_at
    return ask(request, person, typed[: LONGEST + 1])


def owner_at(request: HttpRequest, person: Person, password: str) -> Refusal | None:
    """Whether whoever sits here is the owner, asked before the account is changed, linked or closed."""
    no = confirm(person, password, proved=proved_at(request), now=timezone.now())
    if password:
        noted(request, person, Way.PASSWORD, Outcome.FAILED if no else Outcome.WORKED, Kind.CONFIRM)
    return no


def _page(request: HttpRequest, person: Person, no: Refusal | None, fields: Fields | None) -> HttpResponse:
    factor = factor_of(person) if person.is_staff else None
    can = person.is_staff or person.has_usable_password()
    wrong = next(map(sentences.field, no.fields.values()), "") if no else ""
    context = {
        "field": FIELD,
        "kept": kept(request) if fields is None else fields,
        "error": wrong,
        "errors": {FIELD: wrong} if wrong else {},
        "must_sign_in": "" if can else sentences.refusal(Refusal("sign-in-again")),
        "is_staff": person.is_staff,
        "demo": demo_code(factor) if factor else "",
    }
    response = render(request, "prove_again.html", context, status=422 if no else 403)
    response["Cache-Control"] = "private, no-store"
    return response

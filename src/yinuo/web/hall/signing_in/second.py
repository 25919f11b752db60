"""The second factor of staff: its code at every sign-in, and setting it up at the first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from yinuo.apps.access.actions.begin_enrolment import begin_enrolment
from yinuo.apps.access.actions.check_code import check_code
from yinuo.apps.access.actions.set_up import set_up
from yinuo.apps.access.models import SecondFactor
from yinuo.apps.access.queries import factor_of, given_password
from yinuo.apps.access.totp import STEP, address_of
from yinuo.apps.documents.seal_code import qr_svg
from yinuo.apps.entries.models import Outcome, Way
from yinuo.apps.limits.actions.forget import forget
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.passwords import LONGEST
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.client_address import counted_address
from yinuo.web.entries import came_in, noted
from yinuo.web.hall.signing_in.pending import held, release, target_of
from yinuo.web.limiting import come, too_often
from yinuo.web.second_factor import DOOR, demo_code, way_of
from yinuo.web.sessions import begin


@never_cache
@sensitive_post_parameters("code")
def second(request: HttpRequest) -> HttpResponse:
    """The code of the authenticator, or a recovery code in its place."""
    person = held(request)
    if person is None:
        return redirect("sign-in")
    factor = factor_of(person)
    if factor is None or given_password(person) is not None:
        return redirect("second-factor-setup")
    if request.method != "POST":
        return _asked(request, factor)
    shut = come(request, DOOR, person=str(person.pk))
    if shut is not None:
        return too_often(request, shut)
    typed = request.POST.get("code", "")[:40]
    no, way = check_code(person, typed, timezone.now()), way_of(typed)
    if no is not None:
        noted(request, person, way, Outcome.FAILED)
        return _asked(request, factor, no)
    target = target_of(request)
    _settle(request, person, way)
    return redirect(target)


def _asked(request: HttpRequest, factor: SecondFactor, no: Refusal | None = None) -> HttpResponse:
    context = {"error": sentences.field(no.fields["code"]) if no else "", "demo": demo_code(factor)}
    return render(request, "hall/signing_in/second.html", context, status=422 if no else 200)


def _settle(request: HttpRequest, person: Person, way: Way) -> None:
    forget(DOOR, person=str(person.pk), address=counted_address(request))
    release(request)
    begin(request, person)
    came_in(request, person, way)


@never_cache
@sensitive_post_parameters("code", "password")
def setup(request: HttpRequest) -> HttpResponse:
    """The first sign-in: an authenticator, and a password of one's own where somebody else made it."""
    person = held(request)
    if person is None:
        return redirect("sign-in")
    chooses = given_password(person) is not None
    if factor_of(person) is not None and not chooses:
        return redirect("second-factor")
    if request.method != "POST":
        return _setting_up(request, person, chooses)
    shut = come(request, DOOR, person=str(person.pk))
    if shut is not None:
        return too_often(request, shut)
    code = "".join(request.POST.get("code", "")[:40].split())
    password = request.POST.get("password", "")[: LONGEST + 1].replace("\x00", "") if chooses else None
    codes = set_up(person, code, password, timezone.now())
    if isinstance(codes, Refusal):
        if "code" in codes.fields:
            noted(request, person, way_of(code), Outcome.FAILED)
        return _setting_up(request, person, chooses, codes)
    target = target_of(request)
    _settle(request, person, way_of(code))
    if not codes:
        return redirect(target)
    return render(request, "hall/signing_in/recovery.html", {"codes": codes, "target": target})


def _setting_up(
    request: HttpRequest, person: Person, chooses: bool, no: Refusal | None = None
) -> HttpResponse:
    factor = factor_of(person)
    new = begin_enrolment(person, timezone.now()) if factor is None else None
    context = {
        "qr": mark_safe(qr_svg(address_of(new.secret, str(person.login)))) if new else "",  # noqa: S308 - our own
        "secret": " ".join(new.secret[n : n + 4] for n in range(0, len(new.secret), 4)) if new else "",
        "step": STEP,
        "chooses": chooses,
        "errors": {key: sentences.field(code) for key, code in no.fields.items()} if no else {},
    }
    return render(request, "hall/signing_in/setup.html", context, status=422 if no else 200)

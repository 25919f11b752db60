"""Between password and second factor: nobody is signed in, the session only knows who said the password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from yinuo.apps.access.queries import enrolment_is_over, given_password
from yinuo.apps.entries.models import Outcome, Way
from yinuo.apps.people.models import Person
from yinuo.web.entries import noted
from yinuo.web.sessions import leave

KEY = "second_factor"
LIFE = 600  # seconds to find the telephone, or to set up an authenticator for the first time


def hold(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    """The password was right: on to the second factor. Whoever was signed in here before no longer is."""
    late = too_late(person)
    noted(request, person, Way.PASSWORD, Outcome.FAILED if late else Outcome.HALF)
    if late:
        messages.error(request, late)
        return redirect("sign-in")
    leave(request)
    request.session.flush()
    request.session[KEY] = {
        "person": str(person.pk),
        "proof": person.get_session_auth_hash(),
        "at": int(timezone.now().timestamp()),
        "next": target,
    }
    return redirect("second-factor")


def too_late(person: Person) -> str:
    """Why the password, right as it is, leads nowhere any more; '' where it does."""
    given, now = given_password(person), timezone.now()
    if given is not None and given.until <= now:
        return _("这个初始密码过期了，请账号管理员重新给一个。")
    if enrolment_is_over(person, now):
        return _("验证器重置后 24 小时里没有绑定新的，现在不能绑了。请再找账号管理员当面重置一次。")
    return ""


def held(request: HttpRequest) -> Person | None:
    """Who waits for the second factor; None after ten minutes, or when the password changed meanwhile."""
    kept = request.session.get(KEY)
    if kept is None or timezone.now().timestamp() - kept["at"] >= LIFE:
        return None
    person = Person.objects.filter(pk=kept["person"], is_staff=True, is_active=True).first()
    if person is None or enrolment_is_over(person, timezone.now()):
        return None
    if not constant_time_compare(person.get_session_auth_hash(), kept["proof"]):
        return None
    return person


def target_of(request: HttpRequest) -> str:
    """Where the sign-in was to lead, checked when it began."""
    return str(request.session.get(KEY, {}).get("next") or "/desk/")


def release(request: HttpRequest) -> None:
    request.session.pop(KEY, None)

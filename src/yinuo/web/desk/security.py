"""One's own sign-in: where one is signed in, signing out there, recovery codes, password."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yinuo.apps.access.actions.choose_password import choose_password
from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.actions.make_recovery_codes import make_recovery_codes
from yinuo.apps.access.queries import changes, open_sessions, recovery_codes_left
from yinuo.apps.entries.models import Kind, Outcome, Way
from yinuo.apps.limits.actions.forget import forget
from yinuo.apps.people.models import Person
from yinuo.apps.signing_in.passwords import LONGEST
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.client_address import counted_address
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.account_words import told
from yinuo.web.entries import noted
from yinuo.web.entries import told as entries_told
from yinuo.web.limiting import come, too_often
from yinuo.web.second_factor import DOOR, confirmed
from yinuo.web.security_headers import forgetting
from yinuo.web.sessions import session_of

SHOWN = 20


@never_cache
@staff_only
def security(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


def _page(request: HttpRequest, no: Refusal | None) -> HttpResponse:
    person, now = _person(request), timezone.now()
    context = {
        "sessions": open_sessions(person, now),
        "here": session_of(request),
        "most": settings.STAFF_SESSIONS,
        "idle": settings.STAFF_IDLE_MINUTES,
        "hours": settings.STAFF_SESSION_HOURS,
        "codes_left": recovery_codes_left(person),
        "entries": entries_told(request, person),
        "changes": [told(one) for one in changes(person)[:SHOWN]],
        "error": sentences.refusal(no) if no else "",
        "errors": {key: sentences.field(code) for key, code in no.fields.items()} if no else {},
    }
    return render(request, "desk/security.html", context, status=422 if no else 200)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # `staff_only` lets in nobody else
    return request.user


@require_POST
@staff_only
def sign_out_there(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One of one's own; any other does not exist."""
    if not end_sessions(_person(request), "everywhere", timezone.now(), only=[session_id]):
        raise Http404
    messages.success(request, _("那一处已经退出。"))
    return redirect("desk-security")


@require_POST
@staff_only
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    end_sessions(_person(request), "everywhere", timezone.now())
    logout(request)
    messages.success(request, _("所有地方都退出了，这里也是。"))
    return forgetting(redirect("sign-in"))


@never_cache
@require_POST
@sensitive_post_parameters("code")
@staff_only
def new_codes(request: HttpRequest) -> HttpResponse:
    """Against a code of the authenticator, so that nobody takes them at a desk that was left open."""
    person = _person(request)
    shut = come(request, DOOR, person=str(person.pk))
    if shut is not None:
        return too_often(request, shut)
    no = confirmed(request, person, request.POST.get("code", ""))
    if no is not None:
        return _page(request, no)
    forget(DOOR, person=str(person.pk), address=counted_address(request))
    codes = make_recovery_codes(person, timezone.now())
    return render(request, "desk/recovery.html", {"codes": codes})


@never_cache
@require_POST
@sensitive_post_parameters("old", "password")
@staff_only
def password(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    shut = come(request, "sign-in", person=str(person.pk))
    if shut is not None:
        return too_often(request, shut)
    is_right = person.check_password(request.POST.get("old", "")[: LONGEST + 1])
    noted(request, person, Way.PASSWORD, Outcome.WORKED if is_right else Outcome.FAILED, Kind.CONFIRM)
    if not is_right:
        return _page(request, Refusal("wrong-password", {"old": "wrong-password"}))
    new = request.POST.get("password", "")[: LONGEST + 1].replace("\x00", "")
    changed = choose_password(person, new, timezone.now(), but=session_of(request))
    if isinstance(changed, Refusal):
        return _page(request, changed)
    forget("sign-in", person=str(person.pk), address=counted_address(request))
    update_session_auth_hash(request, changed)
    messages.success(request, _("新密码存好了。别处的登录都已经退出。"))
    return redirect("desk-security")

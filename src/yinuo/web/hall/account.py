"""One's own account: what it knows, password, phone, identity; signing out, language and large type."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.queries import open_sessions
from yinuo.apps.people.actions.change_password import change_password
from yinuo.apps.people.actions.check_identity import check_identity
from yinuo.apps.people.models import Level, Person
from yinuo.apps.signing_in.actions.move_phone import move_phone
from yinuo.apps.signing_in.models import Purpose
from yinuo.apps.signing_in.queries import is_linked
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import mask
from yinuo.web.entries import told
from yinuo.web.hall.signing_in.asking import ask_here, asked, done, sent_to
from yinuo.web.hall.signing_in.entering import onward, safe, wanted
from yinuo.web.hall.signing_in.forms import (
    Entry,
    Form,
    code_entry,
    demo_way,
    new_password_entry,
    phone_entry,
)
from yinuo.web.hall.signing_in.provider import LINKING
from yinuo.web.hall.signing_in.words import farewell
from yinuo.web.limiting import limited
from yinuo.web.posting import signed_in_post
from yinuo.web.proving import owner_at
from yinuo.web.security_headers import forgetting
from yinuo.web.sessions import leave, session_of

YEAR = 365 * 24 * 3600


@login_required
def account(request: HttpRequest) -> HttpResponse:
    person = _citizen(request)
    if person is None:
        return redirect("desk")
    context = {
        "phone": mask("phone", person.phone) if person.phone else "",
        "identity": mask("idcard", person.identity) if person.identity else "",
        "level": Level(person.level).name.lower(),
        "has_password": person.has_usable_password(),
        "provider": settings.OIDC_LABEL if settings.OIDC_ISSUER else "",
        "is_linked": is_linked(person),
        "may_link": request.session.get(LINKING) == str(person.pk),
        "next": wanted(request),
        "sessions": open_sessions(person, timezone.now()),
        "here": session_of(request),
        "idle": settings.CITIZEN_IDLE_MINUTES,
        "hours": settings.CITIZEN_SESSION_HOURS,
        "entries": told(request, person),
    }
    return render(request, "hall/account.html", context)


def _citizen(request: HttpRequest) -> Person | None:
    """The person whose account this is; staff have none in the hall."""
    person = request.user
    return person if isinstance(person, Person) and not person.is_staff else None


def _form(title: str, button: str, entries: list[Entry], lead: str = "", target: str = "") -> Form:
    return Form(
        title,
        button,
        entries,
        lead=lead,
        ways=[(reverse("account"), _("不改了")), *(demo_way() if _waits(entries) else [])],
        parent=(_("我的账号"), reverse("account")),
        hidden={"next": target},
    )


def _waits(entries: list[Entry]) -> bool:
    """Whether a code is on its way."""
    return any(one.key == "code" for one in entries)


def _old_password(person: Person) -> list[Entry]:
    """Asked before anything that could lock the owner out; an account without a password has none to ask."""
    asked_for = Entry("old_password", _("现在的密码"), "current-password", kind="password")
    return [asked_for] if person.has_usable_password() else []


@login_required
@limited("confirm")
def password(request: HttpRequest) -> HttpResponse:
    person = _citizen(request)
    if person is None:
        return redirect("desk")
    lead = _("改了以后，别处的登录都会退出。")
    entries = [*_old_password(person), new_password_entry()]
    form = _form(_("改密码"), _("存下新密码"), entries, lead)
    if request.method != "POST":
        return form.show(request)
    typed = form.typed(request)
    changed = owner_at(request, person, typed.get("old_password", "")) or change_password(
        person, typed["password"], timezone.now(), but=session_of(request)
    )
    if isinstance(changed, Refusal):
        return form.show(request, {}, changed)
    update_session_auth_hash(request, changed)
    messages.success(request, _("新密码存好了。别处的登录都已经退出。"))
    return redirect("account")


@login_required
@limited("confirm")
def phone(request: HttpRequest) -> HttpResponse:
    person = _citizen(request)
    if person is None:
        return redirect("desk")
    lead = _("验证码发到新手机上。以后用新号码登录，通知也发到新号码。")
    entries = [phone_entry(_("新手机号码")), *_old_password(person)]
    form = _form(_("换手机号"), _("发送验证码"), entries, lead)
    if request.method != "POST":
        return form.show(request)
    typed = form.typed(request)
    if refused := owner_at(request, person, typed.get("old_password", "")):
        return form.show(request, typed, refused)
    return ask_here(request, form, Purpose.PHONE, reverse("account-phone-enter"), person)


@login_required
@limited("code-try")
def phone_enter(request: HttpRequest) -> HttpResponse:
    person, code = _citizen(request), asked(request, Purpose.PHONE)
    if person is None or not code:
        return redirect("account")
    sent = sent_to(code, Purpose.PHONE)
    lead = _("验证码发到 %(phone)s。") % {"phone": sent} if sent else _("验证码过期了，请再要一个。")
    form = _form(_("换手机号"), _("换到这个号码"), [code_entry()], lead)
    if request.method != "POST":
        return form.show(request)
    digits, now = form.typed(request)["code"], timezone.now()
    moved = move_phone(person, code, digits, farewell=farewell, now=now, but=session_of(request))
    if isinstance(moved, Refusal):
        return form.show(request, {}, moved)
    done(request, Purpose.PHONE)
    messages.success(request, _("手机号换好了。别处的登录都已经退出。"))
    return redirect("account")


@login_required
@limited("confirm")
def provider(request: HttpRequest) -> HttpResponse:
    """Linking this account to the identity provider: whoever has only found the browser open cannot."""
    person, target = _citizen(request), wanted(request)
    if person is None or not settings.OIDC_ISSUER or is_linked(person):
        return redirect("account")
    lead = _("绑定以后，能登录%(name)s的人就能进这个账号。平台上的姓名要和这里的一样。") % {
        "name": settings.OIDC_LABEL
    }
    form = _form(_("绑定身份认证平台"), _("去核实身份并绑定"), _old_password(person), lead, target)
    if request.method != "POST":
        return form.show(request)
    if refused := owner_at(request, person, form.typed(request).get("old_password", "")):
        return form.show(request, {}, refused)
    request.session[LINKING] = str(person.pk)
    # Out of the site leads a button of its own: nobody is taken there by typing a password.
    messages.success(request, _("密码对了。现在点“去核实身份并绑定”，会离开本站。"))
    return redirect(onward(reverse("account"), target))


@login_required
@limited("confirm")
def identity(request: HttpRequest) -> HttpResponse:
    """The identity number, given by oneself; and the way on to what asked for it."""
    person, target = _citizen(request), wanted(request)
    if person is None or person.level == Level.VERIFIED:
        return redirect(target or ("account" if person else "desk"))
    lead = _("只核对号码本身对不对。办理时，窗口还会核对证件。")
    entry = Entry("identity", _("公民身份号码"), "off", width="yn-w-id yn-id", hint=_("18 位，照证件填"))
    form = _form(_("身份证号"), _("核对"), [entry], lead, target)
    if request.method != "POST":
        return form.show(request)
    typed = form.typed(request)
    checked = check_identity(person, typed["identity"], day_of(timezone.now()))
    if isinstance(checked, Refusal):
        return form.show(request, typed, checked)
    messages.success(request, _("号码对上了。"))
    return redirect(target or "account")


@signed_in_post
def sign_out_there(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One of one's own; any other does not exist."""
    person = _citizen(request)
    if person is None or not end_sessions(person, "everywhere", timezone.now(), only=[session_id]):
        raise Http404
    messages.success(request, _("那一处已经退出。"))
    return redirect("account")


@signed_in_post
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    person = _citizen(request)
    if person is None:
        return redirect("desk")
    end_sessions(person, "everywhere", timezone.now(), but=session_of(request))
    messages.success(request, _("别处的登录都已经退出。"))
    return redirect("account")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    leave(request)
    logout(request)
    return forgetting(redirect("home"))


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and large type; kept in cookies, so that they need no account."""
    response = redirect(safe(request, request.POST.get("back", "")) or "home")
    if "large" in request.POST:
        _keep(response, settings.LARGE_COOKIE_NAME, "1" if request.POST["large"] == "1" else "0")
    chosen = request.POST.get("language")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, str(chosen))
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, YEAR, samesite="Lax", httponly=True, secure=settings.SECURE)

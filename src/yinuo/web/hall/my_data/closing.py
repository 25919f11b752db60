"""Closing the account: read what follows, then prove once more who it is."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.people.models import Person
from yinuo.apps.rights.actions.close_own_account import close_own_account
from yinuo.apps.rights.closing import closing
from yinuo.apps.signing_in.actions.ask import ask
from yinuo.apps.signing_in.actions.redeem import redeem
from yinuo.apps.signing_in.models import Purpose
from yinuo.core.errors import Refusal
from yinuo.web.hall.my_data.access import citizen, citizens_only
from yinuo.web.hall.signing_in.asking import ASKED, asked, done, sent_to
from yinuo.web.hall.signing_in.forms import Entry, Form, code_entry, demo_way
from yinuo.web.hall.signing_in.words import message
from yinuo.web.limiting import come, limited, too_often
from yinuo.web.proving import owner_at
from yinuo.web.security_headers import forgetting

UNDERSTOOD = "understood"  # in the session: the first question was answered


@citizens_only
def close(request: HttpRequest) -> HttpResponse:
    """The first question: what goes, what ends with it, what stays."""
    person, now = citizen(request), timezone.now()
    found = closing(person, now)
    if request.method == "POST" and not found.open and request.POST.get("understood") == "yes":
        request.session[UNDERSTOOD] = True
        return _asked_for_proof(request, person)
    forgotten = request.method == "POST" and not found.open
    context = {"found": found, "forgotten": forgotten}
    return render(request, "hall/my_data/close.html", context, status=422 if forgotten else 200)


def _asked_for_proof(request: HttpRequest, person: Person) -> HttpResponse:
    """On to the second question; whoever has no password gets a code by text message for it."""
    if not person.has_usable_password() and person.phone:
        if shut := come(request, "code-send", person=person.phone):
            return too_often(request, shut)
        code = ask(Purpose.CLOSE, person.phone, words=message, now=timezone.now(), person=person)
        if not isinstance(code, Refusal):
            request.session[ASKED] = {**request.session.get(ASKED, {}), Purpose.CLOSE: str(code.pk)}
    return redirect("my-data-close-enter")


@citizens_only
@limited("confirm")
def enter(request: HttpRequest) -> HttpResponse:
    """The second question: the password, a code, or the name where there is neither."""
    person = citizen(request)
    if not request.session.get(UNDERSTOOD):
        return redirect("my-data-close")
    form = _form(request, person)
    if request.method != "POST":
        return form.show(request)
    if refused := _doubt(request, person, form.typed(request)):
        return form.show(request, form.typed(request), refused)
    result = close_own_account(person, reason=_("对方注销了账号"), now=timezone.now())
    if isinstance(result, Refusal):
        return redirect("my-data-close")
    done(request, Purpose.CLOSE)
    logout(request)
    messages.success(request, _("账号已经注销。办过的事照规定留到期满，到期自己删。"))
    return forgetting(redirect("home"))


def _form(request: HttpRequest, person: Person) -> Form:
    entry = _proof(request, person)
    ways = [(reverse("my-data-close"), _("不注销了"))]
    return Form(
        _("再确认一次：注销账号"),
        _("注销账号"),
        [entry],
        lead=_lead(request, entry),
        ways=[*ways, *(demo_way() if entry.key == "code" else [])],
        parent=(_("我的信息"), reverse("my-data")),
    )


def _proof(request: HttpRequest, person: Person) -> Entry:
    if person.has_usable_password():
        return Entry("old_password", _("现在的密码"), "current-password", kind="password")
    if person.phone and settings.SMS_URL:
        return code_entry()
    return Entry("name", _("您的姓名"), "off", hint=_("和账号上的写得一样"))


def _lead(request: HttpRequest, entry: Entry) -> str:
    said = _("注销以后找不回来。")
    if entry.key != "code":
        return said
    sent = sent_to(asked(request, Purpose.CLOSE), Purpose.CLOSE) if asked(request, Purpose.CLOSE) else ""
    return said + (
        _("验证码发到 %(phone)s。") % {"phone": sent} if sent else _("验证码过期了，请退回去再要一个。")
    )


def _doubt(request: HttpRequest, person: Person, typed: dict[str, str]) -> Refusal | None:
    """Why it is not shown that this is the owner."""
    if "old_password" in typed:
        return owner_at(request, person, typed["old_password"])
    if "name" in typed:
        same = typed["name"].strip() == person.name
        return owner_at(request, person, "") if same else Refusal("invalid-answers", {"name": "wrong-name"})
    code = asked(request, Purpose.CLOSE)
    used = redeem(code, Purpose.CLOSE, typed["code"], now=timezone.now()) if code else None
    if used is None:
        return Refusal("invalid-answers", {"code": "code-expired"})
    return used if isinstance(used, Refusal) else None

"""Signing in, signing up and a new password, each with a code that comes by text message."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.entries.models import Kind, Outcome, Way
from yinuo.apps.signing_in.actions.reset_password import reset_password
from yinuo.apps.signing_in.actions.sign_in_by_code import sign_in_by_code
from yinuo.apps.signing_in.actions.sign_up import sign_up
from yinuo.apps.signing_in.models import Purpose
from yinuo.apps.signing_in.queries import person_of
from yinuo.core.errors import Refusal
from yinuo.web.entries import noted
from yinuo.web.hall.signing_in.asking import ask_here, asked, done, sent_to
from yinuo.web.hall.signing_in.entering import enter, onward, wanted
from yinuo.web.hall.signing_in.forms import (
    Entry,
    Form,
    code_entry,
    demo_way,
    new_password_entry,
    phone_entry,
)
from yinuo.web.limiting import come, too_often


def _ask(request: HttpRequest, purpose: str, title: str, lead: str, there: str) -> HttpResponse:
    """The first page of each way."""
    target = wanted(request)
    form = Form(
        title,
        _("发送验证码"),
        [phone_entry(_("手机号码"))],
        lead=lead if settings.SMS_URL else _("本市还没有接通短信，现在发不了验证码。"),
        ways=[(onward(reverse("sign-in"), target), _("用密码登录"))],
        hidden={"next": target},
    )
    if request.method != "POST":
        return form.show(request)
    return ask_here(request, form, purpose, onward(reverse(there), target))


def _lead(code: str, purpose: str) -> str:
    """The same whether or not the number has an account."""
    phone = sent_to(code, purpose)
    if not phone:
        return _("验证码过期了，请再要一个。")
    return _("如果 %(phone)s 能用，验证码马上就到。一分钟还没有收到，可以再要一个。") % {"phone": phone}


def _form(title: str, button: str, entries: list[Entry], target: str, again: str, lead: str) -> Form:
    ways = [(onward(reverse(again), target), _("再要一个验证码")), *demo_way()]
    return Form(title, button, entries, lead=lead, ways=ways, hidden={"next": target})


def sign_in_ask(request: HttpRequest) -> HttpResponse:
    lead = _("不用记密码。验证码发到您注册时用的手机上。")
    return _ask(request, Purpose.SIGN_IN, _("用短信验证码登录"), lead, "sign-in-code-enter")


def sign_in_enter(request: HttpRequest) -> HttpResponse:
    code, target = asked(request, Purpose.SIGN_IN), wanted(request)
    if not code:
        return redirect(onward(reverse("sign-in-code"), target))
    title, lead = _("用短信验证码登录"), _lead(code, Purpose.SIGN_IN)
    form = _form(title, _("登录"), [code_entry()], target, "sign-in-code", lead)
    if request.method != "POST":
        return form.show(request)
    if shut := come(request, "code-try", person=code):
        return too_often(request, shut)
    person = sign_in_by_code(code, form.typed(request)["code"], now=timezone.now())
    if isinstance(person, Refusal):
        _failed(request, code, Purpose.SIGN_IN, Kind.SIGN_IN)
        return form.show(request, {}, person)
    done(request, Purpose.SIGN_IN)
    return enter(request, person, target, way=Way.CODE)


def _failed(request: HttpRequest, code: str, purpose: str, kind: Kind) -> None:
    noted(request, person_of(code, purpose, timezone.now()), Way.CODE, Outcome.FAILED, kind)


def register_ask(request: HttpRequest) -> HttpResponse:
    lead = _("先确认手机在您手里，再填姓名和密码。")
    return _ask(request, Purpose.REGISTER, _("注册"), lead, "register-enter")


def register_enter(request: HttpRequest) -> HttpResponse:
    code, target = asked(request, Purpose.REGISTER), wanted(request)
    if not code:
        return redirect(onward(reverse("register"), target))
    entries = [code_entry(), Entry("name", _("姓名"), "name"), new_password_entry()]
    lead = _lead(code, Purpose.REGISTER)
    form = _form(_("注册"), _("注册并登录"), entries, target, "register", lead)
    if request.method != "POST":
        return form.show(request)
    if shut := come(request, "code-try", person=code) or come(request, "register"):
        return too_often(request, shut)
    typed = form.typed(request)
    person = sign_up(code, typed["code"], name=typed["name"], password=typed["password"], now=timezone.now())
    if isinstance(person, Refusal):
        return form.show(request, typed, person)
    done(request, Purpose.REGISTER)
    return enter(request, person, target or reverse("home"), way=Way.CODE)


def reset_ask(request: HttpRequest) -> HttpResponse:
    lead = _("验证码发到您注册时用的手机上。工作人员请找管理员重设。")
    return _ask(request, Purpose.RESET, _("重设密码"), lead, "reset-enter")


def reset_enter(request: HttpRequest) -> HttpResponse:
    code, target = asked(request, Purpose.RESET), wanted(request)
    if not code:
        return redirect(onward(reverse("reset"), target))
    lead = _lead(code, Purpose.RESET)
    entries = [code_entry(), new_password_entry()]
    form = _form(_("重设密码"), _("存下新密码"), entries, target, "reset", lead)
    if request.method != "POST":
        return form.show(request)
    if shut := come(request, "code-try", person=code) or come(request, "reset"):
        return too_often(request, shut)
    typed = form.typed(request)
    person = reset_password(code, typed["code"], password=typed["password"], now=timezone.now())
    if isinstance(person, Refusal):
        if "code" in person.fields:
            _failed(request, code, Purpose.RESET, Kind.RESET)
        return form.show(request, typed, person)
    done(request, Purpose.RESET)
    noted(request, person, Way.CODE, Outcome.WORKED, Kind.RESET)
    messages.success(request, _("新密码存好了，请用它登录。别处的登录都已经退出。"))
    return redirect(onward(reverse("sign-in"), target))

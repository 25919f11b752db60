"""Signing in and out, signing up, language and large type."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.apps.people.actions.register import register as sign_up
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import normalize
from yinuo.web import sentences
from yinuo.web.frame import LARGE

YEAR = 365 * 24 * 3600


def sign_in(request: HttpRequest) -> HttpResponse:
    target = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    context: dict[str, object] = {"next": target, "login": ""}
    if request.method != "POST":
        return render(request, "hall/sign_in.html", context)
    name = _login_name(request.POST.get("login", ""))
    person = authenticate(request, username=name, password=request.POST.get("password", ""))
    if person is None:
        context |= {"login": name, "error": sentences.field("wrong-login")}
        return render(request, "hall/sign_in.html", context, status=422)
    login(request, person)
    return redirect(target or ("/desk/" if getattr(person, "is_staff", False) else "/cases/"))


def _login_name(typed: str) -> str:
    """A phone number however it is written; a staff number as it is."""
    stripped = typed.strip()[:60]
    return normalize("phone", stripped) if stripped[:1].isdigit() or stripped[:1] == "+" else stripped


def _safe(request: HttpRequest, target: str) -> str:
    """An address of this site, from its root; anything else is nowhere."""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here and target.startswith("/") else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")


def register(request: HttpRequest) -> HttpResponse:
    target = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    typed = {key: request.POST.get(key, "") for key in ("phone", "name")}
    context: dict[str, object] = {"next": target, "typed": typed, "errors": {}}
    if request.method != "POST":
        return render(request, "hall/register.html", context)
    person = sign_up(typed["phone"], typed["name"], request.POST.get("password", ""))
    if isinstance(person, Refusal):
        context["errors"] = {key: sentences.field(code) for key, code in person.fields.items()}
        context["phrase"] = _("有几处需要改一改")
        return render(request, "hall/register.html", context, status=422)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(target or "home")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and large type; kept in cookies, so that they need no account."""
    response = redirect(_safe(request, request.POST.get("back", "")) or "home")
    if "large" in request.POST:
        response.set_cookie(LARGE, "1" if request.POST["large"] == "1" else "0", YEAR, samesite="Lax")
    chosen = request.POST.get("language")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, YEAR, samesite="Lax")
    return response

"""Whoever signed in stays so while their session stands in the list, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from yinuo.apps.access.actions.end_sessions import end_sessions
from yinuo.apps.access.actions.keep_open import keep_open
from yinuo.apps.access.actions.open_session import open_session
from yinuo.apps.people.models import Person

KEY = "person_session"
PROVED = "proved"  # in the session: when whoever is here last showed who they are
BACKEND = "django.contrib.auth.backends.ModelBackend"
# The first that fits: what one program says of itself often names the others too.
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("QQBrowser", "QQ"), ("UCBrowser", "UC"),
    ("HuaweiBrowser", "Huawei"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


class Sessions:
    """`request.user` is nobody where no session is open; looked up only for pages that ask for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.user
        request.user = SimpleLazyObject(lambda: _checked(request, given))  # type: ignore[assignment]
        return self.get_response(request)


def _checked(request: HttpRequest, given: Any) -> Any:
    if not given.is_authenticated:
        return given
    why = keep_open(given, session_of(request), timezone.now())
    if not why:
        return given
    request.user = given  # `logout` looks at it
    logout(request)
    words = farewell(why)
    if words:
        messages.info(request, words, fail_silently=True)
    return request.user


def session_of(request: HttpRequest) -> UUID | None:
    """The entry in the list that this browser belongs to."""
    kept = request.session.get(KEY)
    return UUID(kept) if kept else None


def begin(request: HttpRequest, person: Person) -> None:
    """Signed in, staff only after the second factor. Whoever was signed in here before no longer is.

    The id of the session changes in any case: one that somebody else planted or saw before is worth nothing
    afterwards.
    """
    leave(request)
    login(request, person, backend=BACKEND)
    request.session.cycle_key()
    opened = open_session(person, browser_of(request), timezone.now())
    request.session[KEY] = str(opened.pk)
    prove(request)


def prove(request: HttpRequest) -> None:
    """Whoever is here has just shown who they are."""
    request.session[PROVED] = timezone.now().isoformat()


def proved_at(request: HttpRequest) -> datetime | None:
    kept = request.session.get(PROVED)
    return datetime.fromisoformat(kept) if kept else None


def leave(request: HttpRequest) -> None:
    """Signing out: the entry in the list is over with it."""
    person, kept = request.user, session_of(request)
    if isinstance(person, Person) and kept is not None:
        end_sessions(person, "signed-out", timezone.now(), only=[kept])


def browser_of(request: HttpRequest) -> str:
    """What the browser says that it is, as `Firefox · Windows`; its version says nothing to anybody."""
    said = request.headers.get("User-Agent", "")
    return f"{_first(said, BROWSERS)} · {_first(said, SYSTEMS)}"


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "?")


def farewell(why: str) -> str:
    """Why somebody is signed out; '' where they know."""
    words = {
        "idle": _("太久没有操作，已经自动退出。请重新登录。"),
        "too-long": _("登录时间到了，请重新登录。"),
        "too-many": _("您在别处又登录了，这里已经退出。"),
        "everywhere": _("您在别处让这里退出了。"),
        "post-ended": _("您的岗位有变动，请重新登录。"),
        "password-changed": _("密码改过了，请用新密码登录。"),
        "phone-moved": _("手机号换过了，请重新登录。"),
        "way-changed": _("登录方式改过了，请重新登录。"),
        "factor-reset": _("验证器重置了，请重新登录并绑定。"),
        "by-office": _("管理员结束了这次登录，请重新登录。"),
    }
    return words.get(why, "")

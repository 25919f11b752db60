"""What the pages write down of whoever comes: sign-ins that worked or failed, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from django.utils.translation import ngettext

from yinuo.apps.entries.actions.enter import enter
from yinuo.apps.entries.actions.tally import tally
from yinuo.apps.entries.models import Entry, Forged, Kind, Outcome, Way
from yinuo.apps.entries.queries import failures_since, last_visit, recent
from yinuo.apps.limits.queries import place
from yinuo.apps.people.models import Person
from yinuo.web.client_address import client_address

SHOWN = 20
WAYS: Mapping[str, str] = {
    Way.PASSWORD: mark("密码"),
    Way.CODE: mark("短信验证码"),
    Way.PROVIDER: mark("身份认证平台"),
    Way.AUTHENTICATOR: mark("验证器"),
    Way.RECOVERY: mark("恢复码"),
}
OUTCOMES: Mapping[tuple[str, str], str] = {
    (Kind.SIGN_IN, Outcome.WORKED): mark("登录了"),
    (Kind.SIGN_IN, Outcome.HALF): mark("密码对了，还差第二步"),
    (Kind.SIGN_IN, Outcome.FAILED): mark("没有登录成"),
    (Kind.RESET, Outcome.WORKED): mark("重设了密码"),
    (Kind.RESET, Outcome.FAILED): mark("想重设密码，没有成"),
    (Kind.CONFIRM, Outcome.WORKED): mark("要紧的一步前核对过本人"),
    (Kind.CONFIRM, Outcome.FAILED): mark("要紧的一步前没有通过核对"),
    (Kind.REFUSED, Outcome.FAILED): mark("没有权限，进不去"),
}


def noted(
    request: HttpRequest, person: Person | None, way: Way, outcome: Outcome, kind: Kind = Kind.SIGN_IN
) -> None:
    """Write down an attempt. `person` None: nobody has what was typed."""
    enter(kind, way, outcome, person=person, address=client_address(request), now=timezone.now())


def came_in(request: HttpRequest, person: Person, way: Way) -> None:
    """Somebody is in: written down, and they hear what failed since they were here last."""
    failed = failures_since(person, last_visit(person))
    noted(request, person, way, Outcome.WORKED)
    if failed:
        words = ngettext(
            "上次登录以后，有 %(n)s 次尝试没有成功。不是您本人，请马上改密码。",
            "上次登录以后，有 %(n)s 次尝试没有成功。不是您本人，请马上改密码。",
            failed,
        )
        messages.warning(request, words % {"n": failed})


def refused(request: HttpRequest, person: Any = None) -> None:
    """No post or scope of this person allows what was asked for; the page is named, not what it is about.

    `person` None: whoever is signed in. Of whoever is not, nothing is written: they are asked to sign in.
    """
    who = person or getattr(request, "user", None)
    if not isinstance(who, Person) and not getattr(who, "is_authenticated", False):
        return
    page = request.resolver_match.url_name if request.resolver_match else None
    address = client_address(request)
    enter(Kind.REFUSED, page or "", Outcome.FAILED, person=who, address=address, now=timezone.now())


def forged(kind: Forged) -> None:
    """Something came that nobody stands behind: counted."""
    tally(kind, timezone.now())


@dataclass(frozen=True, slots=True)
class Told:
    """An attempt in words. `is_near`: it came from where the reader is now."""

    at: datetime
    way: str
    words: str
    failed: bool
    is_near: bool


def told(request: HttpRequest, person: Person) -> list[Told]:
    """The last attempts at one's own account, for its page."""
    here = place(client_address(request))
    return [_told(one, here) for one in recent(person, SHOWN)]


def _told(entry: Entry, here: str) -> Told:
    failed, is_near = entry.outcome == Outcome.FAILED, entry.digest == here
    return Told(entry.at, way_of(entry), words_of(entry), failed, is_near)


def words_of(entry: Entry) -> str:
    return _(OUTCOMES[entry.kind, entry.outcome])


def way_of(entry: Entry) -> str:
    """How somebody showed who they are; '' for a page that was refused."""
    return _(WAYS[entry.way]) if entry.way in WAYS else ""

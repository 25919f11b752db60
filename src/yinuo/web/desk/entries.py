"""Sign-ins that failed and access that was refused, for whoever runs the accounts. Of citizens no name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinuo.apps.entries.models import Entry, Forged, Kind, Way
from yinuo.apps.entries.queries import Day, days, last_failures
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.web.desk.access import only_who_may
from yinuo.web.entries import way_of, words_of

DAYS, LAST = 14, 100
SECOND = (Way.AUTHENTICATOR, Way.RECOVERY)


@require_safe
@only_who_may("manage-people")
def entries(request: HttpRequest) -> HttpResponse:
    context = {
        "heads": _heads(),
        "rows": [_row(one) for one in days(day_of(timezone.now()), DAYS)],
        "last": _last(last_failures()[:LAST]),
        "most": LAST,
    }
    return render(request, "desk/entries.html", context)


def _heads() -> list[str]:
    return [
        _("密码"),
        _("短信验证码"),
        _("身份认证平台"),
        _("第二步"),
        _("重设密码"),
        _("核对本人"),
        _("没有权限"),
        _("来自几处"),
        _("不认的表单"),
        _("不认的令牌"),
        _("关着门还来"),
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """One day and its numbers, in the order of the heads."""

    day: date
    counts: list[int]


def _row(one: Day) -> Row:
    def sign_in(*ways: Way) -> int:
        return sum(one.failed.get((Kind.SIGN_IN, way), 0) for way in ways)

    def of(kind: Kind) -> int:
        return sum(n for (found, _way), n in one.failed.items() if found == kind)

    failed = [sign_in(Way.PASSWORD), sign_in(Way.CODE), sign_in(Way.PROVIDER), sign_in(*SECOND)]
    failed += [of(Kind.RESET), of(Kind.CONFIRM), of(Kind.REFUSED)]
    forged = [one.forged.get(kind, 0) for kind in (Forged.FORM, Forged.TOKEN, Forged.SHUT_DOOR)]
    return Row(one.day, [*failed, one.places, *forged])


@dataclass(frozen=True, slots=True)
class Failure:
    """`staff`: the member of staff, whom the page may name. `place`: the same number, the same place."""

    at: datetime
    staff: Person | None
    who: str
    words: str
    way: str
    page: str
    place: int


def _last(found: Iterable[Entry]) -> list[Failure]:
    """The places of the page are numbered as they come: where they are nobody can say."""
    places: dict[str, int] = {}
    return [_failure(one, places.setdefault(one.digest, len(places) + 1)) for one in found]


def _failure(one: Entry, place: int) -> Failure:
    staff = one.person if one.person is not None and one.person.is_staff else None
    who = _("没有这个账号") if one.person is None else _("一位市民")
    page = one.way if one.kind == Kind.REFUSED else ""
    return Failure(one.at, staff, who, words_of(one), way_of(one), page, place)

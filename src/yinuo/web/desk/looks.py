"""For whoever supervises: who looked at cases that were not their own, day by day, and broken glass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinuo.apps.cases.queries import visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.actions.mark_seen import mark_seen
from yinuo.apps.looks.actions.review import review
from yinuo.apps.looks.models import Look, Opening
from yinuo.apps.looks.queries import counts, glasses, without_own_case
from yinuo.apps.looks.reasons import LONGEST
from yinuo.apps.people.queries import names, units_for
from yinuo.core.case.looking import Purpose
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import staff_only
from yinuo.web.looking import kind_name, purpose_name, reason_name, titles
from yinuo.web.posting import signed_in_post

# From how many different cases on one day a number is said; presets. They judge nobody.
MANY_OPENED, MANY_FOUND = 10, 60
NOT_OWN = (Purpose.OVERSIGHT, Purpose.REASON, Purpose.GLASS)
REVIEWED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What one person looked at in one case for one purpose on the day."""

    looks: tuple[Look, ...]
    title: Any  # (case, item); None where the case is no longer there
    is_own: bool  # the reader's own looks: somebody else marks them

    @property
    def first(self) -> Look:
        return self.looks[0]

    @property
    def purpose(self) -> str:
        return purpose_name(self.first.purpose)

    @property
    def reason(self) -> str:
        return reason_name(self.first.opening) if self.first.opening else ""

    @property
    def what(self) -> list[str]:
        return [kind_name(kind) for kind in dict.fromkeys(look.kind for look in self.looks)]

    @property
    def is_seen(self) -> bool:
        return all(look.seen_at for look in self.looks)


@dataclass(frozen=True, slots=True)
class Glass:
    opening: Opening
    title: Any
    is_late: bool
    is_own: bool

    @property
    def reason(self) -> str:
        return reason_name(self.opening)


def _reviewing(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever reviews looks of some unit; for everybody else the page does not exist."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _units(request):
            raise Http404
        return page(request, *args, **kwargs)

    return login_required(guarded)


def _units(request: HttpRequest) -> frozenset[str]:
    today = day_of(timezone.now())
    return units_for("review-looks", request.user, catalogue().city, today)  # type: ignore[arg-type]


@_reviewing
def looks(request: HttpRequest) -> HttpResponse:
    """The day in `day`, else yesterday: today's list is not finished."""
    now, units = timezone.now(), _units(request)
    today = day_of(now)
    day = _day(request.GET.get("day", ""), today)
    rows = list(without_own_case(units, day))
    broken = list(glasses(units).filter(reviewed_at__isnull=True))
    reviewed = list(
        glasses(units).filter(reviewed_at__isnull=False).order_by("-reviewed_at")[:REVIEWED_SHOWN]
    )
    numbers = {row.case for row in rows} | {one.case for one in broken + reviewed}
    known = titles(visible_to(request.user, today).filter(number__in=numbers), catalogue().items)
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "rows": list(_rows(rows, known, request.user.pk)),
        "glasses": [_glass(one, known, today, request.user.pk) for one in broken],
        "reviewed": [_glass(one, known, today, request.user.pk) for one in reviewed],
        "numbers": _numbers(units, day),
        "longest": LONGEST,
    }
    return render(request, "desk/looks.html", context)


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today - timedelta(days=1)


def _rows(looks: list[Look], known: Mapping[str, Any], reader: Any) -> Iterator[Row]:
    """The unseen first."""

    def key(look: Look) -> tuple[Any, ...]:
        return look.seen_at is not None, str(look.person_id), look.case, look.purpose, look.opening_id or 0

    for _together, found in groupby(sorted(looks, key=key), key=key):
        one = tuple(found)
        yield Row(one, known.get(one[0].case), one[0].person_id == reader)


def _glass(one: Opening, known: Mapping[str, Any], today: date, reader: Any) -> Glass:
    late = one.reviewed_at is None and one.review_by is not None and one.review_by < today
    return Glass(one, known.get(one.case), late, one.person_id == reader)


def _numbers(units: frozenset[str], day: date) -> list[tuple[str, list[str]]]:
    """Name -> what is out of the ordinary about a day's numbers, in words."""
    found: dict[Any, dict[str, int]] = {}
    for row in counts(units, day):
        found.setdefault(row["person"], {})[row["purpose"]] = row["cases"]
    people, working = names(str(one) for one in found), catalogue().calendar.is_working(day)
    said = [(people.get(str(person), ""), _said(numbers, working)) for person, numbers in found.items()]
    return sorted((name, words) for name, words in said if words)


def _said(numbers: Mapping[str, int], working: bool) -> list[str]:
    other = sum(numbers.get(one.value, 0) for one in NOT_OWN)
    found, opened = numbers.get("search", 0), other + numbers.get("case", 0)
    words = []
    if other >= MANY_OPENED:
        words.append(
            ngettext("打开了 %(n)s 件不归自己经办的", "打开了 %(n)s 件不归自己经办的", other) % {"n": other}
        )
    if found >= MANY_FOUND:
        words.append(ngettext("搜索翻到了 %(n)s 件", "搜索翻到了 %(n)s 件", found) % {"n": found})
    if opened and not working:
        words.append(ngettext("在休息日打开了 %(n)s 件", "在休息日打开了 %(n)s 件", opened) % {"n": opened})
    return words


@signed_in_post
@_reviewing
def mark(request: HttpRequest) -> HttpResponse:
    ids = [int(one) for one in request.POST.getlist("look") if one.isdecimal() and len(one) < 19]
    if mark_seen(ids, person=request.user, now=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, _("记下了：您看过了。"))
    day = _day(request.POST.get("day", ""), day_of(timezone.now()))
    response = redirect("desk-looks")
    response["Location"] += f"?day={day}"
    return response


@signed_in_post
@staff_only
def review_glass(request: HttpRequest, opening_id: int) -> HttpResponse:
    justified = {"yes": True, "no": False}.get(request.POST.get("justified", ""))
    words = request.POST.get("words", "")
    result = review(opening_id, justified, words, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal) and result.code == "not-yours-to-review":
        raise PermissionDenied if not _units(request) else Http404
    if isinstance(result, Refusal) and result.fields:
        messages.error(request, _("请选有没有必要，并且写一句话。"))
    elif isinstance(result, Refusal):
        messages.error(request, sentences.refusal(result))
    else:
        messages.success(request, _("复核记下了。申请人看得到结论。"))
    return redirect("desk-looks")

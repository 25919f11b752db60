"""Notices at the desk: one's own, and those of one's units that could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.apps.cases.queries import visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.actions.settle import Way, settle
from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.queries import undelivered
from yinuo.apps.people.queries import units_for
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.viewing import listed
from yinuo.web.notices import PER_PAGE, channel_name, own_notices, why

WAYS: dict[str, Way] = {"again": "again", "done": "done", "drop": "drop"}


@dataclass(frozen=True, slots=True)
class Row:
    notice: Notice
    channel: str
    why: str


@staff_only
def notices(request: HttpRequest) -> HttpResponse:
    context = own_notices(request) | {"may_settle": bool(_units(request))}
    return render(request, "desk/notices.html", context)


@staff_only
def dead_letters(request: HttpRequest) -> HttpResponse:
    """What failed for good, and what nobody can know of."""
    found = _undelivered(request)
    page = Paginator(found.select_related("person"), PER_PAGE).get_page(request.GET.get("page"))
    shown = {one.case for one in page.object_list if one.case}
    listed(request, visible_to(request.user, day_of(timezone.now())).filter(number__in=shown))
    context = {
        "page": page,
        "rows": [Row(one, channel_name(one.channel), why(one.error)) for one in page.object_list],
        "counts": {state: found.filter(state=state).count() for state in ("dead", "unsure")},
    }
    return render(request, "desk/undelivered.html", context)


@require_POST
@staff_only
def decide(request: HttpRequest, notice_id: int) -> HttpResponse:
    if not _undelivered(request, decided=True).filter(pk=notice_id).exists():
        raise Http404
    chosen = WAYS.get(request.POST.get("way", ""))
    if chosen is None:
        messages.error(request, _("请选择再发一次、已经送到还是不发了"))
        return redirect("desk-undelivered")
    reason = request.POST.get("reason", "")
    result = settle(notice_id, chosen, reason, person=request.user, now=timezone.now())  # type: ignore[arg-type]
    if isinstance(result, Refusal):
        messages.error(request, sentences.refusal(result))
    else:
        messages.success(request, _done(chosen))
    return redirect("desk-undelivered")


def _done(way: Way) -> str:
    return {
        "again": _("一分钟以内再发一次。"),
        "done": _("记为已经送到。"),
        "drop": _("不再发了，理由记录在案。"),
    }[way]


def _undelivered(request: HttpRequest, *, decided: bool = False) -> QuerySet[Notice]:
    """Those about cases of the units that one supervises, and those about none.

    `decided`: also those that are settled or delivered, so that whoever decides second is told so.
    """
    units = _units(request)
    if not units:
        raise PermissionDenied
    cases = visible_to(request.user, day_of(timezone.now())).filter(unit__in=units).values("number")
    found = Notice.objects.exclude(channel="hall") if decided else undelivered()
    return found.filter(Q(case="") | Q(case__in=cases))


def _units(request: HttpRequest) -> set[str]:
    """Where one supervises or administers, with everything below."""
    person, city = request.user, catalogue().city
    return set(units_for("undelivered", person, city, day_of(timezone.now())))  # type: ignore[arg-type]

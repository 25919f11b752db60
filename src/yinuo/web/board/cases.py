"""The cases behind one number of the board, with the way to each at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yinuo.apps.cases.disclosure import unread_by
from yinuo.apps.cases.figures import Group, behind, group_of, stopped_behind
from yinuo.apps.cases.models import Case
from yinuo.apps.people.queries import names
from yinuo.core.case import Stage
from yinuo.core.figures import Figure, figure
from yinuo.core.form import Text
from yinuo.web.board.access import supervisors_only
from yinuo.web.board.asking import SETS, Asked, asked
from yinuo.web.board.page import procedures
from yinuo.web.figures import counted, stop_name
from yinuo.web.language import said

PER_PAGE = 50


def stage_names() -> dict[Stage, str]:
    return {
        Stage.SUBMITTED: _("待受理"),
        Stage.SUPPLEMENT: _("等补正"),
        Stage.ACCEPTED: _("办理中"),
        Stage.SUSPENDED: _("特别程序"),
        Stage.GRANTED: _("待制证"),
        Stage.DENIED: _("不予办理"),
        Stage.ISSUED: _("待送达"),
        Stage.DELIVERED: _("已送达"),
        Stage.CLOSED: _("已办结"),
        Stage.REFUSED: _("不予受理"),
        Stage.TRANSFERRED: _("已转出"),
        Stage.WITHDRAWN: _("已撤回"),
        Stage.LAPSED: _("已失效"),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the list; it names no applicant."""

    number: str
    code: str
    item: Text | str
    unit: Text | str
    received_at: datetime
    due_on: date | None
    stage: str
    person: str


@supervisors_only
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    ask = asked(request)
    group = request.GET.get("group")
    found, words = _behind(ask, group)
    kept = found.filter(erased_on__isnull=True)
    ordered = kept.order_by(F("due_on").asc(nulls_last=True), "-received_at", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "ask": ask,
        "words": words,
        "group": ask.labels([group])[group] if group else "",
        "page": page,
        "lines": _lines(ask, list(page)),
        "erased": found.filter(erased_on__isnull=False).count(),
        "back": ask.query(),
        "query": query.urlencode(),
    }
    return render(request, "board/cases.html", context)


def _behind(ask: Asked, group: str | None) -> tuple[QuerySet[Case], str]:
    get = ask.request.GET
    if "stop" in get:
        kind, ground = get["stop"], get.get("ground", "")
        return stopped_behind(ask.scope, ask.view, kind, ground), stop_name(kind, procedures())
    one, part = _figure(get.get("figure", "open")), get.get("part", "top")
    top, bottom = counted(one.numerator), counted(one.denominator)
    asked_for: tuple[tuple[str, ...], tuple[str, ...], str] = (one.numerator, (), top)
    if part == "bottom" or one.percentile:
        asked_for = (one.denominator, (), bottom)
    elif part == "rest":
        words = _("%(all)s；减去：%(part)s") % {"all": bottom, "part": top}
        asked_for = (one.denominator, one.numerator, words)
    wanted, without, words = asked_for
    found = behind(ask.scope, ask.view, wanted, without, _group(ask, group))
    if one.key in (*SETS["ratings"], *SETS["remedies"]):
        found = found.exclude(unread_by(str(ask.request.user.pk), ask.view.now))
    return found, f"{said(one.name)}{_('：')}{words}"


def _group(ask: Asked, key: str | None) -> Group | None:
    if key is None:
        return None
    if ask.by != "branch":
        return Group(ask.by, (key,))
    items = ask.scope.cases.order_by().values_list("item", flat=True).distinct()
    return Group("item", tuple(one for one in items if group_of(one, "branch", ask.served) == key))


def _figure(key: str) -> Figure:
    try:
        return figure(key)
    except KeyError:
        raise Http404 from None


def _lines(ask: Asked, found: list[Case]) -> list[Line]:
    people = names({case.owner for case in found})
    stages = stage_names()
    items, units = ask.served.items, ask.served.city.units
    return [
        Line(
            number=case.number,
            code=case.query_code,
            item=items[case.item].name if case.item in items else case.item,
            unit=units[case.unit].name if case.unit in units else case.unit,
            received_at=case.received_at,
            due_on=case.due_on,
            stage=stages[Stage(case.stage)],
            person=people.get(case.owner, ""),
        )
        for case in found
    ]

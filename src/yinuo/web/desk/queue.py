"""The queue of one's own units, the next due first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.disclosure import hidden_visits, is_shown
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, open_queue, opened, visible_to
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.queries import actor, called, names
from yinuo.catalogue.loading import Catalogue
from yinuo.core.case import Actor, Stage
from yinuo.core.clock import Stopped, day_of
from yinuo.core.identifiers import normalize
from yinuo.core.promise import Promise
from yinuo.web.clocks import PromiseView, view
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.searching import answer, searched
from yinuo.web.desk.viewing import listed
from yinuo.web.story import progress_steps

PER_PAGE = 40
COLOURS = {"late": "is-broken", "soon": "is-soon", "ok": "", "stopped": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    found: Opened
    promise: PromiseView | None
    owner: str
    step: str

    @property
    def is_waiting(self) -> bool:
        """For the applicant's answer to a notice; the office owes nothing meanwhile."""
        return self.found.state.stage is Stage.SUPPLEMENT

    @property
    def chip(self) -> str:
        return self.promise.chip if self.promise and not self.is_waiting else "stopped"

    @property
    def status(self) -> str:
        if self.is_waiting:
            return _("等申请人补正")
        return self.promise.status if self.promise else ""

    @property
    def group(self) -> str:
        return {"broken": "late", "violation": "late", "soon": "soon", "ok": "ok"}.get(self.chip, "stopped")


@staff_only
def queue(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return answer(request, request.POST.get("q", ""), **_chosen(request.POST))
    now, served = timezone.now(), catalogue()
    asked = {"q": searched(request), "colour": request.GET.get("colour", ""), **_chosen(request.GET)}
    ended = asked["stage"] == "ended"
    if ended:
        cases = visible_to(request.user, day_of(now)).filter(ended_at__isnull=False).order_by("-ended_at")
    else:
        cases = open_queue(request.user, day_of(now))
    everything = _filtered(cases, asked, str(request.user.pk))
    who = actor(request.user, served.city, day_of(now))  # type: ignore[arg-type]
    rows = _rows(everything, served, now, who)
    shown = [row for row in rows if not asked["colour"] or row.group == asked["colour"]]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    listed(request, [row.found.case for row in page.object_list], searched=bool(asked["q"]))
    context = {
        "page": page,
        "total": len(rows),
        "tabs": _tabs(rows),
        "asked": asked,
        "items": _items(request, now),
        "today": day_of(now),
        "query": _without(request, "page"),
        "tab_query": _without(request, "page", "colour"),
    }
    return render(request, "desk/queue.html", context)


def _chosen(given: QueryDict) -> dict[str, str]:
    return {key: given.get(key, "").strip() for key in ("item", "stage", "who")}


def _filtered(cases: QuerySet[Case], asked: dict[str, str], person: str) -> QuerySet[Case]:
    if asked["q"]:
        code = normalize("query-code", asked["q"])
        cases = cases.filter(
            Q(query_code=code) | Q(number__contains=asked["q"]) | Q(applicant__in=called(asked["q"]))
        )
    if asked["item"]:
        cases = cases.filter(item=asked["item"])
    if asked["stage"] and asked["stage"] != "ended":
        cases = cases.filter(stage=asked["stage"])
    return cases.filter(owner=person) if asked["who"] == "me" else cases


def _rows(cases: QuerySet[Case], served: Catalogue, now: datetime, who: Actor) -> list[Row]:
    found = [opened(case, now) for case in cases.select_related("applicant")]
    people = names({one.state.owner.person for one in found})
    return [_row(one, served, now, people, who) for one in found]


def _row(found: Opened, served: Catalogue, now: datetime, people: dict[str, str], who: Actor) -> Row:
    next_one = _next(found, served, hidden_visits(found, who, now))
    step = next((step.name for step in progress_steps(found) if step.state == "now"), _("办结"))
    owner = people.get(found.state.owner.person, "")
    return Row(found, view(next_one, served, now, found.item) if next_one else None, owner, step)


def _next(found: Opened, served: Catalogue, hidden: Collection[int]) -> Promise | None:
    """What the office owes first; while nothing runs, what stands still or how it ended."""
    running = [p for p in found.state.open_promises if p.owner != "applicant" and p.key != "procedure"]
    owed = [p for p in running if is_shown(p, hidden)]
    dues = [(due, n) for n, p in enumerate(owed) if not isinstance(due := p.due(served.calendar), Stopped)]
    if not dues:
        return owed[0] if owed else found.state.main_promise
    return owed[min(dues, key=lambda found: (day_of(found[0]), found[1]))[1]]


def _tabs(rows: list[Row]) -> list[tuple[str, str, int, str]]:
    """Key, name, count and look of each tab."""
    labels = {"late": _("已逾期"), "soon": _("快到期"), "ok": _("正常"), "stopped": _("停表")}
    return [(k, word, sum(row.group == k for row in rows), COLOURS[k]) for k, word in labels.items()]


def _items(request: HttpRequest, now: datetime) -> list[tuple[str, Any]]:
    """The items that occur in what this person may see."""
    served = catalogue().items
    keys = visible_to(request.user, day_of(now)).values_list("item", flat=True).distinct().order_by("item")
    return [(key, served[key].name) for key in keys if key in served]


def _without(request: HttpRequest, *keys: str) -> str:
    query = request.GET.copy()
    for key in keys:
        query.pop(key, None)
    return query.urlencode()

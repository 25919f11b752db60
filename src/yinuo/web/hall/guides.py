"""Finding a service and reading what it takes: home, search, branches, topics, guides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.cases.figures import Figures, figures
from yinuo.apps.items.queries import catalogue, index
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Limit, Stopped, day_of, due
from yinuo.core.item import Item

MOST_HITS = 30


def home(request: HttpRequest) -> HttpResponse:
    served = catalogue()
    counted = _counted(served)
    context = {
        "topics": [
            topic for topic in served.topics if any(topic.key in i.topics for i in served.items.values())
        ],
        "branches": [(b, counted.get(key, 0)) for key, b in served.city.branches.items() if counted.get(key)],
        "total": len(served.items),
        "hot": [served.items[key] for key in served.city.hot if key in served.items],
        "figures": _figures(served),
        "counties": [unit for unit in served.city.units.values() if unit.kind == "county"],
    }
    return render(request, "hall/home.html", context)


def _figures(served: Catalogue) -> Figures:
    return figures(served.calendar, day_of(timezone.now()))


def _counted(served: Catalogue) -> dict[str, int]:
    counted: dict[str, int] = {}
    for item in served.items.values():
        counted[item.branch] = counted.get(item.branch, 0) + 1
    return counted


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    served = catalogue()
    hits = index().find(query, MOST_HITS) if query else []
    items = [served.items[hit.item_id] for hit in hits]
    return render(request, "hall/search.html", {"query": query, "items": items, "topics": served.topics})


def branches(request: HttpRequest) -> HttpResponse:
    served = catalogue()
    groups = [
        (branch, [item for item in served.items.values() if item.branch == key])
        for key, branch in served.city.branches.items()
    ]
    return render(request, "hall/branches.html", {"groups": [group for group in groups if group[1]]})


def branch(request: HttpRequest, key: str) -> HttpResponse:
    served = catalogue()
    found = served.city.branches.get(key)
    items = [item for item in served.items.values() if item.branch == key]
    if found is None or not items:
        raise Http404
    return render(request, "hall/list.html", {"title": found.name, "about": found.about, "items": items})


def topic(request: HttpRequest, key: str) -> HttpResponse:
    served = catalogue()
    found = next((one for one in served.topics if one.key == key), None)
    if found is None:
        raise Http404
    items = [item for item in served.items.values() if key in item.topics]
    context = {"title": found.name, "about": found.about, "items": items, "char": found.char}
    return render(request, "hall/list.html", context)


@dataclass(frozen=True, slots=True)
class Example:
    """If it were accepted today: the day on which it would be due, counted like any promise."""

    start: date
    due: date | datetime | Stopped
    rolls: bool


def example(limit: Limit, served: Catalogue, today: date) -> Example:
    return Example(today, due(today, limit, served.calendar), limit.rolls)


def guide(request: HttpRequest, item_id: str) -> HttpResponse:
    served = catalogue()
    entry = served.entries.get(item_id)
    if entry is None:
        raise Http404
    item, now = entry.item, timezone.now()
    decide = item.limits["decide"]
    context = {
        "item": item,
        "branch": served.city.branches[item.branch],
        "decide": decide,
        "accept": item.limits["accept"],
        "deliver": item.limits["deliver"],
        "example": example(decide.promised, served, day_of(now)),
        "yours": [m for m in item.materials if not m.fetch],
        "ours": [m for m in item.materials if m.fetch],
        "always": [m for m in item.materials if m.required and m.when is None and not m.fetch],
        "places": served.city.competent(item.jurisdiction, item.branch),
        "minutes": _minutes(item),
    }
    return render(request, "hall/guide.html", context)


def _minutes(item: Item) -> int:
    """How long the form takes, at twenty seconds a question and a minute a file; rounded up."""
    files = sum(1 for material in item.materials if material.is_uploaded and material.when is None)
    return max(2, round(len(item.form.fields) * 20 / 60 + files))


def windows(request: HttpRequest) -> HttpResponse:
    city = catalogue().city
    counties = [unit for unit in city.units.values() if unit.kind in ("bureau", "county")]
    groups = [(one, [u for u in city.units.values() if u.parent == one.id]) for one in counties]
    return render(request, "hall/windows.html", {"groups": groups})


ABOUT = ("privacy", "accessibility", "promises")


def about(request: HttpRequest, page: str) -> HttpResponse:
    if page not in ABOUT:
        raise Http404
    calendar = catalogue().calendar
    context = {"until": calendar.announced_until, "version": calendar.version}
    return render(request, f"hall/about_{page}.html", context)

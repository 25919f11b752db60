"""Finding a service and reading what it takes: home, search, guides."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.cases.figures import decisions
from yinuo.apps.items.queries import catalogue, index
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import day_of
from yinuo.core.figures import SMALL
from yinuo.web import addresses
from yinuo.web.figures import HIDDEN, shown
from yinuo.web.glossary import alphabetical
from yinuo.web.guide import guide_of
from yinuo.web.language import language
from yinuo.web.limiting import asking, limited
from yinuo.web.periods import fixed
from yinuo.web.structured import embedded, service

MOST_HITS = 30


def home(request: HttpRequest) -> HttpResponse:
    served = catalogue()
    counted = _counted(served)
    context = {
        "asks": served.paths.start,
        "topics": [
            topic for topic in served.topics if any(topic.key in i.topics for i in served.items.values())
        ],
        "branches": [(b, counted.get(key, 0)) for key, b in served.city.branches.items() if counted.get(key)],
        "total": len(served.items),
        "hot": [served.items[key] for key in served.city.hot if key in served.items],
        **_figures(),
        "counties": [unit for unit in served.city.units.values() if unit.kind == "county"],
    }
    return render(request, "hall/home.html", context)


def _figures() -> dict[str, object]:
    """This year's decisions of the whole city, small numbers hidden as on the page of the figures."""
    now = timezone.now()
    period = fixed("this-year", day_of(now))
    tally = decisions(period, now)
    kept = shown("decide-on-time", tally)
    is_small = 0 < tally.counts["decide-ended"] < SMALL
    values = {"decided": tally.counts["decide-ended"], "kept": kept, "median": shown("median", tally)}
    return {"since": period.first, "is_small": is_small, "small": HIDDEN, **values}


def _counted(served: Catalogue) -> dict[str, int]:
    counted: dict[str, int] = {}
    for item in served.items.values():
        counted[item.branch] = counted.get(item.branch, 0) + 1
    return counted


@limited("search", when=asking("q"))
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    served = catalogue()
    hits = index().find(query, MOST_HITS) if query else []
    items = [served.items[hit.item_id] for hit in hits]
    context = {"query": query, "items": items, "topics": served.topics, "asks": served.paths.start}
    return render(request, "hall/search.html", context)


def guide(request: HttpRequest, item_id: str) -> HttpResponse:
    served = catalogue()
    entry = served.entries.get(item_id)
    if entry is None:
        raise Http404
    context = guide_of(entry.item, served)
    context["structured"] = embedded(service(entry.item, served, language(), addresses.guide(item_id)))
    return render(request, "hall/guide.html", context)


def windows(request: HttpRequest) -> HttpResponse:
    city = catalogue().city
    counties = [unit for unit in city.units.values() if unit.kind in ("bureau", "county")]
    groups = [(one, [u for u in city.units.values() if u.parent == one.id]) for one in counties]
    return render(request, "hall/windows.html", {"groups": groups})


def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "hall/glossary.html", {"terms": alphabetical(catalogue().language.terms)})


ABOUT = ("privacy", "accessibility", "promises")


def about(request: HttpRequest, page: str) -> HttpResponse:
    if page not in ABOUT:
        raise Http404
    calendar = catalogue().calendar
    context = {"until": calendar.announced_until, "version": calendar.version}
    return render(request, f"hall/about_{page}.html", context)

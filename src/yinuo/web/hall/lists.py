"""All services, by branch, by life topic, by who applies and by letter; no page longer than people scroll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.city import Branch
from yinuo.catalogue.letters import by_letter
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.paths import items_in
from yinuo.core.item import Item
from yinuo.web.language import language, said

ON_A_PAGE = 40
FIRST_FEW = 6  # of each branch on the page of all services

AUDIENCES: Mapping[str, tuple[Promise, Promise]] = {
    "person": (_("个人能办的事"), _("给自己和家里人办的。")),
    "company": (_("企业能办的事"), _("公司、商店、个体户来办的。")),
    "organisation": (_("其他单位能办的事"), _("学校、医院、机关、社会团体来办的。")),
}


def branches(request: HttpRequest) -> HttpResponse:
    """All branches, each with the first few of its services."""
    served = catalogue()
    groups = [(one, _of_branch(served, one.key)) for one in served.city.branches.values()]
    context = {
        "groups": [(one, items[:FIRST_FEW], len(items)) for one, items in groups if items],
        "audiences": [(key, title) for key, (title, _about) in AUDIENCES.items()],
        "asks": served.paths.start,
        "topics": [one for one in served.topics if any(one.key in i.topics for i in served.items.values())],
    }
    return render(request, "hall/branches.html", context)


def _of_branch(served: Catalogue, key: str) -> list[Item]:
    """Its services, those to which most answers of the questions lead before the others."""
    led = Counter(items_in(served.paths))
    items = _likeliest_first(served, (item for item in served.items.values() if item.branch == key))
    return sorted(items, key=lambda item: (item.id not in served.city.hot, -led[item.id]))


def _likeliest_first(served: Catalogue, items: Iterable[Item]) -> list[Item]:
    """What most people come for, then in the order in which the questions name them."""
    named = dict.fromkeys((*served.city.hot, *items_in(served.paths)))
    order = {key: n for n, key in enumerate(named)}
    return sorted(items, key=lambda item: order.get(item.id, len(order)))


def branch(request: HttpRequest, key: str) -> HttpResponse:
    served = catalogue()
    found = served.city.branches.get(key)
    items = _of_branch(served, key)
    if found is None or not items:
        raise Http404
    return _list(request, items, title=said(found.name), about=said(found.about))


def topic(request: HttpRequest, key: str) -> HttpResponse:
    served = catalogue()
    found = next((one for one in served.topics if one.key == key), None)
    if found is None:
        raise Http404
    items = _likeliest_first(served, (item for item in served.items.values() if key in item.topics))
    return _list(request, items, title=said(found.name), about=said(found.about))


def audience(request: HttpRequest, key: str) -> HttpResponse:
    """What one kind of applicant can apply for; `branch` narrows it."""
    if key not in AUDIENCES:
        raise Http404
    served = catalogue()
    items = _likeliest_first(served, (item for item in served.items.values() if key in item.audience))
    wanted = request.GET.get("branch", "")
    title, about = AUDIENCES[key]
    kept = [item for item in items if item.branch == wanted] if wanted in served.city.branches else items
    narrower = _narrower(served, items, wanted)
    return _list(request, kept, title=str(title), about=str(about), narrower=narrower, wanted=wanted)


def _narrower(served: Catalogue, items: Iterable[Item], wanted: str) -> list[tuple[Branch, int, bool]]:
    """The branches that have some of the services: how many, and whether it is the chosen one."""
    held = [item.branch for item in items]
    return [(one, held.count(key), key == wanted) for key, one in served.city.branches.items() if key in held]


def _list(request: HttpRequest, items: Sequence[Item], **context: object) -> HttpResponse:
    page = Paginator(items, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "hall/list.html", {"page": page, "items": page.object_list, **context})


def letters(request: HttpRequest) -> HttpResponse:
    """The services of one letter: of `letter`, else of the first that has any."""
    served = catalogue()
    groups = by_letter(served.items.values(), language())
    first = next((letter for letter, items in groups.items() if items), "")
    asked = request.GET.get("letter", "").upper()
    letter = asked if groups.get(asked) else first
    context = {
        "letters": [(one, len(items)) for one, items in groups.items()],
        "letter": letter,
        "asks": served.paths.start,
        "items": [(item, served.city.branches[item.branch]) for item in groups.get(letter, ())],
    }
    return render(request, "hall/letters.html", context)

"""Questions first: one question a page, plain links, from what happened to the service that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.paths import START, Node, Option
from yinuo.core.form import Text


@dataclass(frozen=True, slots=True)
class Link:
    """`note`: a line below the label. `services`: how many one chooses from next, where there are several."""

    label: Text
    address: str
    note: Text | None = None
    services: int = 0


def start(request: HttpRequest) -> HttpResponse:
    """The first question; a city that asks none has only its lists."""
    served = catalogue()
    if served.paths.start is None:
        return redirect("branches")
    return _ask(request, served, served.paths.start)


def node(request: HttpRequest, key: str) -> HttpResponse:
    """A further question."""
    if key == START:
        return redirect("start")
    served = catalogue()
    return _ask(request, served, _node(served, key))


def leaf(request: HttpRequest, key: str, item_id: str) -> HttpResponse:
    """Where an answer means one of several services: each with what it takes."""
    served = catalogue()
    asked = _node(served, key)
    option = asked.leaf(item_id)
    if option is None:
        raise Http404
    context = {
        "option": option,
        "items": [served.items[item] for item in option.items],
        "trail": _trail(served, key),
        "back": _address(key),
    }
    return render(request, "hall/leaf.html", context)


def _node(served: Catalogue, key: str) -> Node:
    found = served.paths.node(key)
    if found is None:
        raise Http404
    return found


def _ask(request: HttpRequest, served: Catalogue, asked: Node) -> HttpResponse:
    trail = _trail(served, asked.key)
    context = {
        "node": asked,
        "choices": list(_choices(served, asked)),
        "trail": trail[:-1],
        "here": trail[-1].label if trail else None,
        "back": _back(trail),
    }
    return render(request, "hall/ask.html", context)


def _back(trail: list[Link]) -> str:
    """The question before this one; nothing for the first."""
    if not trail:
        return ""
    return trail[-2].address if len(trail) > 1 else reverse("start")


def _trail(served: Catalogue, key: str) -> list[Link]:
    """What was chosen so far, each with the question that it led to."""
    return [Link(step.chosen.label, _address(step.chosen.ask or START)) for step in served.paths.trail(key)]


def _choices(served: Catalogue, asked: Node) -> Iterator[Link]:
    for option in asked.options:
        note = option.hint or _only_name(served, option)
        yield Link(option.label, _leads_to(asked, option), note, _services(served, option))


def _services(served: Catalogue, option: Option) -> int:
    if option.topic is not None:
        return sum(option.topic in item.topics for item in served.items.values())
    return len(option.items) if option.is_list else 0


def _only_name(served: Catalogue, option: Option) -> Text | None:
    """Of an answer that opens a guide at once, which one."""
    if len(option.items) != 1:
        return None
    name = served.items[option.items[0]].name
    return name if name.zh != option.label.zh else None


def _leads_to(asked: Node, option: Option) -> str:
    if option.ask is not None:
        return _address(option.ask)
    if option.topic is not None:
        return reverse("topic", args=[option.topic])
    if option.is_list:
        return reverse("start-leaf", args=[asked.key, option.items[0]])
    return reverse("guide", args=[option.items[0]])


def _address(key: str) -> str:
    return reverse("start") if key == START else reverse("start-node", args=[key])

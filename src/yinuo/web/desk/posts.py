"""The matrix of posts and acts, as the city declares it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue.posts import Action, Apart, PostKind, Posts
from yinuo.web.desk.access import staff_only


@dataclass(frozen=True, slots=True)
class Row:
    """One act; `cells`: for each post, whether it may."""

    action: Action
    cells: list[tuple[PostKind, bool]]


@staff_only
def posts(request: HttpRequest) -> HttpResponse:
    declared = catalogue().city.posts
    context = {
        "kinds": list(declared.kinds.values()),
        "width": len(declared.kinds) + 1,
        "parts": [(name, _rows(declared, part)) for part, name in _parts()],
        "clashes": _clashes(declared),
        "most": declared.longest_absence,
    }
    return render(request, "desk/posts.html", context)


def _parts() -> list[tuple[str, str]]:
    return [("case", _("办件")), ("around", _("督办和评价")), ("desk", _("办件台"))]


def _rows(declared: Posts, part: str) -> list[Row]:
    kinds = declared.kinds.values()
    return [
        Row(action, [(kind, kind.key in action.posts) for kind in kinds])
        for action in declared.actions
        if action.part == part
    ]


def _clashes(declared: Posts) -> list[tuple[PostKind, PostKind, Apart]]:
    kinds = declared.kinds
    return [(kinds[one], kinds[other], rule) for one, other, rule in declared.clashes()]

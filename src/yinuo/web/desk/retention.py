"""What was erased by which rule, day by day, and what the rules are. Numbers only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yinuo.apps.items.queries import catalogue
from yinuo.apps.rights.queries import runs
from yinuo.web.desk.access import can, staff_only

ON_A_PAGE = 31
WHO = ("legal-hold", "manage-people")  # supervisors, and whoever runs the accounts


@staff_only
def reports(request: HttpRequest) -> HttpResponse:
    if not any(can(request, action) for action in WHO):
        raise PermissionDenied
    page = Paginator(runs(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rules": catalogue().retention.rules,
    }
    return render(request, "desk/retention.html", context)

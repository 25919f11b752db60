"""No page of the desk shows a case, or names its applicant, without a look being written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from support.actors import Cast
from support.estate import ROUTES, patterns
from support.fixed_clock import at
from support.journeys import issued
from support.notices import undelivered_about
from support.papers import be_quick
from support.visits import signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.looks.models import Look

# It asks for a reason before anything is shown; its own test says that it names nobody.
BEFORE_THE_LOOK = {"desk-reason"}


@pytest.fixture
def case(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Case:
    be_quick(monkeypatch)
    made = issued(cast)
    undelivered_about(made)
    clock.move_to(at("10-12 12:00"))
    return made


def staff_routes(case: Case) -> dict[str, str]:
    """Name -> address of everything below /desk/ and /board/ that can be asked for about this case."""
    (file,) = opened(case).state.provided["ownership"]
    given = {"number": case.number, "upload_id": file, "item_id": case.item, "name": "work"}
    found = {}
    for pattern in patterns(get_resolver()):
        name = str(pattern.name)
        if not name.startswith(("desk", "board")) or "post" in ROUTES.get(name, ""):
            continue
        arguments = {key: given[key] for key in pattern.pattern.converters if key in given}
        try:
            found[name] = reverse(name, kwargs=arguments)
        except NoReverseMatch:
            assert "number" not in pattern.pattern.converters, f"{name}: give this test its arguments"
    return found


def looked_at(client: Client, address: str, case: Case) -> tuple[Any, bool]:
    """The answer, and whether a look at the case was written down."""
    Look.objects.all().delete()
    response = client.get(address)
    return response, Look.objects.filter(case=case.number).exists()


def test_every_page_about_a_case_is_a_look(cast: Cast, case: Case) -> None:
    routes = {name: address for name, address in staff_routes(case).items() if case.number in address}
    assert len(routes) >= 6
    for person in (cast.window, cast.supervisor):
        client = signed_in(person)
        for name in sorted(routes.keys() - BEFORE_THE_LOOK):
            response, recorded = looked_at(client, routes[name], case)
            assert response.status_code != 200 or recorded, f"{name} shows a case and records nothing"
            assert response.status_code == 200, f"{name}: this test sees nothing of it"


def test_every_page_that_names_the_applicant_is_a_look(cast: Cast, case: Case) -> None:
    named = 0
    for person in (cast.window, cast.supervisor):
        client = signed_in(person)
        for name, address in staff_routes(case).items():
            response, recorded = looked_at(client, address, case)
            if response.status_code == 200 and cast.citizen.name in response.content.decode(errors="replace"):
                named += 1
                assert recorded, f"{name} names the applicant and records nothing"
    assert named >= 6


def test_a_post_that_is_refused_shows_the_case_and_is_a_look(cast: Cast, case: Case) -> None:
    Look.objects.all().delete()
    address = f"/desk/cases/{case.number}/decide/"
    response = signed_in(cast.window).post(address, {"outcome": "grant", "words": "", "seen": case.seq})
    assert response.status_code == 422
    assert Look.objects.get().kind == "case"

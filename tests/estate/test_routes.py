"""Every address: who may see it, and that it breaks for nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from support.estate import API, NAMES, ROUTES, Estate, patterns
from support.estate import estate as estate  # the fixture
from support.visits import asked_to_sign_in, sent_to_sign_in, signed_in


def test_every_address_stands_in_the_table() -> None:
    names = [pattern.name for pattern in patterns(get_resolver())]
    assert len(names) == len(set(names)), "a name stands twice"
    assert set(names) == set(ROUTES) | set(API)


def fetched(client: Client, estate: Estate, name: str) -> Any:
    """A GET, or a POST where nothing else is answered; without following it anywhere."""
    address = estate.address(name)
    if "post" in ROUTES[name]:
        return client.post(address, {"words": "x", "reason": "x", "seen": "x"})
    return client.get(address)


def test_whoever_is_not_signed_in_sees_what_is_public_and_is_asked_to_sign_in(estate: Estate) -> None:
    for name, who in ROUTES.items():
        response = fetched(Client(), estate, name)
        if who in ("token", "off"):
            assert response.status_code == 404, name
        elif who in ("public", "post"):
            assert response.status_code in (200, 302), name
            assert not sent_to_sign_in(response), name
        else:
            assert asked_to_sign_in(response), f"{name}: {response.status_code}"


def test_another_citizen_sees_nothing_of_it(estate: Estate) -> None:
    client = signed_in(estate.cast.stranger)
    for name, who in ROUTES.items():
        if name == "sign-out":
            continue
        response = fetched(client, estate, name)
        if "own" in who or "board" in who or who in ("token", "off"):
            assert response.status_code == 404, name
        elif "staff" in who:
            assert response.status_code == 403, name
        else:
            assert response.status_code in (200, 302), name


def answers(kind: str, who: str) -> tuple[int, ...]:
    """What a member of staff may be answered at an address of this kind."""
    there, words = (200, 302), kind.split()
    only = {
        "editor": (),
        "administrator": (),
        "supervisor": ("supervisor",),
        "window": ("window", "elsewhere"),
    }
    hidden = {"own", "token", "off", "nobody"} | ({"board"} if who == "window" else set())
    if hidden & set(words):
        return (404,)
    if "typed" in words:
        return (422,)
    for word in words:
        if word in only:
            return there if who in only[word] else (403, 404)
    return (404,) if "case" in words and who == "elsewhere" else there


@pytest.mark.parametrize("who", ["elsewhere", "window", "supervisor"])
def test_staff_see_the_cases_of_their_units_at_the_desk_and_nobodys_own_pages(
    estate: Estate, who: str
) -> None:
    client = signed_in(getattr(estate.cast, who))
    for name, kind in ROUTES.items():
        if name == "sign-out" or "leaving" in kind:
            continue
        response = fetched(client, estate, name)
        assert response.status_code in answers(kind, who), f"{name}: {response.status_code}"


def test_the_citizen_sees_what_is_her_own(estate: Estate) -> None:
    client = signed_in(estate.cast.citizen)
    for name, who in ROUTES.items():
        if "own" in who and name not in ("discard", "organisation-end"):
            assert fetched(client, estate, name).status_code in (200, 302), name
    for name in ("desk", "desk-case", "desk-act"):
        assert fetched(client, estate, name).status_code == 403, name


def test_no_address_breaks_by_an_id_that_does_not_exist(estate: Estate) -> None:
    nothing = {
        "draft_id": "00000000-0000-4000-8000-000000000000",
        "upload_id": "00000000-0000-4000-8000-000000000000",
        "number": "YN" + "9" * 300,
        "key": "no-such-key",
        "item_id": "no-such-item",
        "page": "no-such-page",
        "name": "no-such-chart",
        "verb": "no-such-verb",
        "token": "no.such.link",
        "code": "NOSUCHCODE22",
        "day": "2026-02-30",
        "notice_id": 10**30,
        "opening_id": 10**30,
        "organisation": "00000000-0000-4000-8000-000000000000",
        "ward": "00000000-0000-4000-8000-000000000000",
        "mandate": "00000000-0000-4000-8000-000000000000",
        "person_id": "00000000-0000-4000-8000-000000000000",
        "session_id": "00000000-0000-4000-8000-000000000000",
        "delegation_id": 10**30,
        "program": "no-such-program",
        "hold": "00000000-0000-4000-8000-000000000000",
    }
    wrong = {name: {key: nothing[key] for key in given} for name, given in estate.arguments.items() if given}
    strange = Estate(estate.cast, wrong)
    for person in (estate.cast.citizen, estate.cast.window):
        client = signed_in(person)
        for name in wrong:
            assert fetched(client, strange, name).status_code in (403, 404), name


def test_what_needs_a_post_is_not_done_by_a_link(estate: Estate) -> None:
    for person in (estate.cast.citizen, estate.cast.window):
        client = signed_in(person)
        for name, who in ROUTES.items():
            if "post" in who:
                assert client.get(estate.address(name)).status_code == 405, name


def test_what_is_only_read_is_not_changed_by_head(estate: Estate) -> None:
    client = signed_in(estate.cast.citizen)
    for name in NAMES:
        assert client.head(estate.address(name)).status_code < 500, name

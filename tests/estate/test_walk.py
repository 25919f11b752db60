"""Every address, asked by everybody who has no business there: to them there is nothing.

In 2026 three of seven advisories of the nearest peer were filters that had been forgotten on one list, one
detail, one search. So nobody has to remember: a new address without a row in the table fails, and every
address of the table is walked by every one of these people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from support.actors import UNIT, citizen, member
from support.estate import NAMES, ROUTES, Estate
from support.estate import estate as estate  # the fixture
from support.fixed_clock import NOW
from support.mandates import mandated, organisation
from support.visits import signed_in
from support.walk import Route, counted, leaks

from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.documents.models import Upload
from yinuo.apps.mandates.actions.revoke import revoke
from yinuo.apps.people.models import Person, Post
from yinuo.core.identifiers import format_query_code

PRIVATE = ("own", "case", "administrator", "supervisor", "nobody", "board")
SOME_UUID = "00000000-0000-4000-8000-000000000000"
ASKED = ("desk", "desk-people")  # where one can look for something
Actors = dict[str, Client]


def nowhere(key: str, value: Any) -> Any:
    """Another name of the same shape, of which there is nothing."""
    if key == "number":
        return f"{value[:-6]}999999"
    if key in ("notice_id", "delegation_id"):
        return 987654
    if key in ("draft_id", "upload_id", "person_id", "session_id", "organisation", "ward", "mandate", "hold"):
        return uuid4()
    return SOME_UUID if key == "program" else value


def routes(estate: Estate) -> list[Route]:
    """Every address that names something which is not for everybody."""
    named = [
        Route(name, "post" in ROUTES[name], given, {key: nowhere(key, value) for key, value in given.items()})
        for name, given in estate.arguments.items()
        if any(kind in ROUTES[name].split() for kind in PRIVATE)
    ]
    return [one for one in named if one.there != one.nowhere]


def firm_of(estate: Estate) -> Any:
    from yinuo.apps.mandates.models import Organisation

    return Organisation.objects.get(pk=estate.arguments["organisation"]["organisation"])


@pytest.fixture
def firms(estate: Estate) -> Estate:
    """The same estate, where case, draft and file are of the organisation and were handed in by its agent."""
    key = firm_of(estate).key
    number, draft = estate.arguments["case"]["number"], estate.arguments["resume"]["draft_id"]
    Case.objects.filter(number=number).update(principal=key)
    Draft.objects.filter(pk=draft).update(principal=key)
    upload = estate.arguments["own-file"]["upload_id"]
    item = Case.objects.get(number=number).item
    Upload.objects.filter(pk=upload).update(principal=key, item=item)
    return estate


def people_without_business(estate: Estate) -> dict[str, Person | None]:
    """Everybody who must not be able to tell that anything of this estate exists."""
    other = organisation(estate.cast.stranger, "别的公司", "91220800MA0X00000G")
    agent, revoked, narrow = (citizen(f"1380000001{n}", f"代办{n}") for n in range(3))
    mandated(other, agent)
    ended = mandated(firm_of(estate), revoked)
    revoke(ended, "合同到期", person=firm_of(estate).representative, now=NOW)
    mandated(firm_of(estate), narrow, ["za-dog-person"])
    expired = member("expired-1", UNIT, "window", "reviewer", "approver", "leader")
    Post.objects.filter(person=expired).update(ends_on=NOW.date() - timedelta(days=1))
    return {
        "anonymous": None,
        "a stranger": estate.cast.stranger,
        "a clerk of another unit": estate.cast.elsewhere,
        "the same unit without the post": member("editor-1", UNIT, "editor"),
        "a post that has expired": expired,
        "another organisation's agent": agent,
        "an agent whose mandate was revoked": revoked,
        "an agent for other services": narrow,
    }


def nobody_of_theirs(estate: Estate) -> Actors:
    return {name: signed_in(person) for name, person in people_without_business(estate).items()}


def names_of(estate: Estate) -> list[str]:
    """What no list, search, count or file may tell them."""
    case = Case.objects.get(number=estate.arguments["case"]["number"])
    draft, file = estate.arguments["resume"]["draft_id"], estate.arguments["own-file"]["upload_id"]
    codes = [case.number, case.query_code, format_query_code(case.query_code)]
    return [*codes, case.applicant.name, str(draft), str(file)]


def test_to_whom_it_is_no_business_there_is_nothing(
    firms: Estate, record_property: Callable[[str, Any], None]
) -> None:
    walked, actors = routes(firms), nobody_of_theirs(firms)
    told = {name: seen for name, client in actors.items() if (seen := leaks(client, walked))}
    assert not told
    record_property(*counted("addresses", len(walked), len(actors)))


def test_no_list_search_count_or_file_names_it(
    firms: Estate, record_property: Callable[[str, Any], None]
) -> None:
    """Whatever they open, none of the case's names is in it."""
    case, names = Case.objects.get(number=firms.arguments["case"]["number"]), names_of(firms)
    asked = [name for name in NAMES if name not in firms.arguments and name != "demo-messages"]
    actors = nobody_of_theirs(firms)
    for who, client in actors.items():
        for name in asked:
            address = firms.address(name)
            looked_for = {"q": case.query_code}
            response = client.post(address, looked_for, follow=True) if name in ASKED else client.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            shown = body.decode(errors="replace")
            for echo in ("value=&quot;", 'value="', "q="):  # what one typed oneself comes back
                shown = shown.replace(f"{echo}{case.query_code}", "")
            assert not [one for one in names if one in shown], (who, name)
    record_property(*counted("lists", len(asked), len(actors)))


def everything(*_: Any, **__: Any) -> Any:
    return Case.objects.all()


def any_draft(_person: Any, draft: Any, _today: date) -> Any:
    return Draft.objects.select_related("case__applicant").filter(pk=draft).first()


def any_upload(ids: Any, *_: Any) -> Any:
    return {str(one.pk): one for one in Upload.objects.filter(pk__in=list(ids))}


PLANTED: dict[str, Callable[..., Any]] = {
    "yinuo.web.hall.cases.visible_to": everything,
    "yinuo.web.desk.viewing.visible_to": everything,
    "yinuo.web.hall.applying.draft_of": any_draft,
    "yinuo.web.hall.cases.own_uploads": any_upload,
}


@pytest.mark.parametrize("place", PLANTED)
def test_the_walk_finds_a_query_that_forgets_whose_it_is(
    firms: Estate, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(place, PLANTED[place])
    cast = firms.cast
    walked = [one for one in routes(firms) if not one.post]
    assert any(leaks(signed_in(person), walked) for person in (cast.stranger, cast.elsewhere))


def test_the_same_people_see_what_is_theirs(firms: Estate) -> None:
    """The walk would find nothing in a system that shows nothing to anybody."""
    walked = [replace(one) for one in routes(firms) if not one.post and "own" in ROUTES[one.name].split()]
    seen = leaks(signed_in(firms.cast.citizen), walked)
    assert {"case", "resume", "own-file", "organisation", "mandate", "result", "bundle"} <= set(seen)

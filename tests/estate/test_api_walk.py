"""Every operation of the API, asked by the programs of everybody who has no business there.

The same people as in test_walk.py. Whoever can hand something in let a program in with every scope, or is the
agent of an organisation's program; staff, who have none, are given a token that no server would give them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.urls import get_resolver
from support.drafts import begun, uploaded
from support.estate import API, Estate, patterns
from support.estate import estate as estate  # the fixture
from support.journeys import asked
from support.program_walk import Operation, Question, leaks, telling
from support.programs import Asking, registered, token_for
from support.walk import counted
from test_walk import any_draft, any_upload, everything, firm_of, names_of, nowhere, people_without_business
from test_walk import firms as firms  # the fixture

from yinuo.apps.cases.models import Draft
from yinuo.apps.mandates.models import Organisation
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person

MATERIAL = "vehicle-licence"
SENT: dict[str, dict[str, Any]] = {
    "api-save": {"answers": {}}, "api-upload": {"material": MATERIAL}, "api-submit": {"truth": True},
    "api-discard": {}, "api-withdraw": {"words": "x"}, "api-urge": {"words": "x"}, "api-say": {"words": "x"},
    "api-rate": {"level": 5}, "api-case-upload": {}, "api-supplement": {"answers": {}}, "api-notice-read": {},
}  # fmt: skip
PUBLIC = {"api-item"}  # names what is for everybody
PARTS = {one.name: one.pattern.converters for one in patterns(get_resolver()) if one.name in API}
LISTS = [
    name for name in PARTS if name.startswith("api-") and API[name].startswith("GET") and not PARTS[name]
]


def arguments(estate: Estate) -> dict[str, dict[str, Any]]:
    number, draft = estate.arguments["case"], estate.arguments["resume"]
    in_case = ("case", "withdraw", "urge", "say", "rate", "case-upload", "supplement", "result")
    found = {f"api-{key}": number for key in in_case}
    found |= {f"api-{key}": draft for key in ("draft", "save", "upload", "submit", "discard")}
    receipt = estate.arguments["receipt-json"]
    notice = {"notice_id": Notice.objects.filter(person=estate.cast.citizen).latest("pk").pk}
    return found | {"api-receipt": receipt, "api-receipt-pdf": receipt, "api-notice-read": notice}


def operations(estate: Estate) -> list[Operation]:
    """Every operation whose address names something which is not for everybody."""
    made = []
    for name, given in arguments(estate).items():
        method, body = API[name].split()[0], SENT.get(name, {})
        nothing = {key: nowhere(key, value) for key, value in given.items()}
        made.append(Operation(name, method, Question(given, body), Question(nothing, body)))
    return made


def test_every_operation_that_names_something_is_walked(firms: Estate) -> None:
    walked = {one.name for one in operations(firms)}
    assert walked == {name for name, parts in PARTS.items() if parts} - PUBLIC
    assert {name for name in walked if not API[name].startswith("GET")} == SENT.keys()


def program_of(who: str, person: Person | None, estate: Estate) -> Asking:
    """One with every scope; of an agent, that of the organisation for which it may act or might."""
    if person is None:
        return Asking()
    if "agent" not in who:
        return Asking(token_for(registered().client, person))
    firm = firm_of(estate)
    if who.startswith("another"):
        firm = Organisation.objects.exclude(pk=firm.pk).get()
    return Asking(token_for(registered(agent=person, principal=firm.key).client, None))


def names_in_bodies(estate: Estate, person: Person | None) -> list[Operation]:
    """A file of the estate, put into one's own draft and one's own answer to a notice; whoever has none
    names the estate's."""
    if person is None or person.is_staff:
        draft, case = estate.arguments["resume"], estate.arguments["case"]
    else:
        draft = {"draft_id": begun(person).pk}
        case = {"number": asked(replace(estate.cast, citizen=person)).number}
    file = estate.arguments["own-file"]["upload_id"]
    named = {"api-save": draft, "api-supplement": case}
    return [
        Operation(name, API[name].split()[0], with_file(given, file), with_file(given, uuid4()))
        for name, given in named.items()
    ]


def with_file(arguments: dict[str, Any], file: UUID) -> Question:
    return Question(arguments, {"files": {MATERIAL: [str(file)]}}, (str(file),))


def told(estate: Estate, who: str, person: Person | None) -> list[str]:
    """Whatever tells this person that something of the estate exists."""
    program = program_of(who, person, estate)
    own = Asking(token_for(registered().client, person)) if person else program
    seen = leaks(program, operations(estate)) + leaks(own, names_in_bodies(estate, person))
    return seen + telling(program, LISTS, names_of(estate))


def test_to_programs_of_whom_it_is_no_business_there_is_nothing(
    firms: Estate, record_property: Callable[[str, Any], None]
) -> None:
    people = people_without_business(firms)
    assert not {who: seen for who, person in people.items() if (seen := told(firms, who, person))}
    walked = len(operations(firms)) + len(names_in_bodies(firms, None))
    record_property(*counted("operations", walked, len(people)))
    record_property(*counted("lists of the API", len(LISTS), len(people)))


def test_the_organisation_s_own_program_is_told_all_of_it(firms: Estate) -> None:
    """The walk would find nothing in an API that tells nobody anything."""
    own = program_of("the agent", firms.cast.citizen, firms)
    for one in operations(firms):
        with transaction.atomic():
            assert leaks(own, [one]), one.name
            transaction.set_rollback(True)  # the next finds everything as it was


def test_a_file_of_one_s_own_is_taken(estate: Estate) -> None:
    person = estate.cast.citizen
    mine = replace(estate, arguments={**estate.arguments, "own-file": {"upload_id": uploaded(person).pk}})
    program = Asking(token_for(registered().client, person))
    assert leaks(program, names_in_bodies(mine, person)) == ["api-save", "api-supplement"]


def test_the_lists_are_those_in_which_it_stands(firms: Estate) -> None:
    own = program_of("the agent", firms.cast.citizen, firms)
    assert telling(own, LISTS, names_of(firms)) == ["api-drafts", "api-cases", "api-notices"]


def any_drafts(*_: Any) -> Any:
    return Draft.objects.filter(case__isnull=True).order_by("-changed_at")


def any_notice(*_: Any) -> Any:
    return Notice.objects.all()


PLANTED: dict[str, Callable[..., Any]] = {
    "yinuo.web.api.cases.visible_to": everything,
    "yinuo.web.api.drafts.draft_of": any_draft,
    "yinuo.web.api.drafts.drafts_of": any_drafts,
    "yinuo.web.api.notices.of_person": any_notice,
    "yinuo.web.api.writing.own_uploads": any_upload,
}


@pytest.mark.parametrize("place", PLANTED)
def test_the_walk_finds_an_operation_that_forgets_whose_it_is(
    firms: Estate, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    who = "an agent whose mandate was revoked"
    person = people_without_business(firms)[who]
    monkeypatch.setattr(place, PLANTED[place])
    assert told(firms, who, person)

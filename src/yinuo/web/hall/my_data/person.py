"""What is held about a person beside cases: the account, notices, mandates, programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from yinuo.apps.clients.queries import programs_of
from yinuo.apps.entries.models import Entry
from yinuo.apps.entries.queries import all_of
from yinuo.apps.looks.queries import of_citizen
from yinuo.apps.mandates.models import Mandate
from yinuo.apps.mandates.queries import (
    given_by,
    held_by,
    name_of,
    offered_to,
    organisations_of,
    standing,
    wards_of,
)
from yinuo.apps.notices.channels import preference_of
from yinuo.apps.notices.queries import of_person
from yinuo.apps.people.models import Level, Person
from yinuo.apps.rights.closing import own_cases
from yinuo.apps.signing_in.models import Link
from yinuo.core.clock import SHANGHAI, day_of
from yinuo.web.entries import words_of
from yinuo.web.looking import LookView, views
from yinuo.web.story_upkeep import post_name, unit_name


def about(person: Person, now: datetime) -> dict[str, Any]:
    """The part of the packet that is there once."""
    today = day_of(now)
    return {
        "account": _account(person),
        "told_by": _told_by(person),
        "notices": _notices(person, today),
        "organisations": _organisations(person),
        "children": _children(person),
        "mandates": _mandates(person, today),
        "programs": [
            {"name": one.client.name, "may": list(one.scopes), "since": _moment(one.since)}
            for one in programs_of(person, now)
        ],
        "sign_ins": [_sign_in(one) for one in all_of(person)],
        "looks": [_look(one) for one in views(of_citizen(person, own_cases(person).values("number")))],
    }


def _sign_in(one: Entry) -> dict[str, Any]:
    """An attempt that worked or failed. The place that it came from is kept as a digest, which names none."""
    facts = {"kind": one.kind, "way": one.way, "outcome": one.outcome, "words": words_of(one)}
    return {"at": _moment(one.at), **facts}


def _look(one: LookView) -> dict[str, Any]:
    """Who looked, by unit and post; what they saw, and for what."""
    return {
        "at": _moment(one.look.first_at),
        "case": one.look.case,
        "unit": unit_name(one.look.unit),
        "post": post_name(one.look.post) if one.look.post else "",
        "saw": one.what,
        "times": one.times,
        "purpose": one.purpose,
        "reason": one.reason,
    }


def _account(person: Person) -> dict[str, Any]:
    links = Link.objects.filter(person=person).order_by("linked_at")
    return {
        "name": person.name,
        "phone": person.phone,
        "identity": person.identity,
        "real_name": Level(person.level).name.lower(),
        "has_password": person.has_usable_password(),
        "joined_at": _moment(person.joined_at),
        "last_sign_in_at": _moment(person.last_login),
        "providers": [
            {"issuer": one.issuer, "subject": one.subject, "linked_at": _moment(one.linked_at)}
            for one in links
        ],
    }


def _told_by(person: Person) -> dict[str, str]:
    chosen = preference_of(person)
    return {"channel": chosen.channel, "email": chosen.email, "language": chosen.language}


def _notices(person: Person, today: date) -> list[dict[str, Any]]:
    """Not those about a case of somebody for whom they act: these are that person's."""
    mine = Q(case="") | Q(case__in=own_cases(person).values("number"))
    return [
        {
            "at": _moment(one.created_at),
            "case": one.case,
            "channel": one.channel,
            "subject": one.subject,
            "body": one.body,
            "read_at": _moment(one.read_at),
        }
        for one in of_person(person, today).filter(mine).order_by("created_at", "pk")
    ]


def _organisations(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "uscc": one.uscc,
            "name": one.name,
            "stated_at": _moment(one.stated_at),
            "confirmed_at": _moment(one.confirmed_at),
        }
        for one in organisations_of(person)
    ]


def _children(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "identity": one.identity,
            "of_age_on": one.of_age_on.isoformat(),
            "stated_at": _moment(one.stated_at),
        }
        for one in wards_of(person)
    ]


def _mandates(person: Person, today: date) -> dict[str, Any]:
    """What was given says the agent's name and phone, since the person wrote them down; what is held says for
    whom, and nothing of what was done for them."""
    given = [*given_by(person)]
    for organisation in organisations_of(person):
        given += given_by(organisation)
    return {
        "given": [{"agent": one.agent_name, "phone": one.phone, **_mandate(one, today)} for one in given],
        "held": [{"principal": name_of(one), **_mandate(one, today)} for one in held_by(person)],
        "asked": [{"principal": name_of(one), **_mandate(one, today)} for one in offered_to(person)],
    }


def _mandate(one: Mandate, today: date) -> dict[str, Any]:
    return {
        "items": one.items,
        "given_at": _moment(one.given_at),
        "last_day": one.last_day.isoformat(),
        "standing": standing(one, today),
        "revoked_at": _moment(one.revoked_at),
        "reason": one.reason,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None

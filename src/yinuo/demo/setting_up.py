"""Setting up a deployment: tables, authority, catalogue; for the demo also people and cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.management import call_command

from yinuo.apps.documents.authority import FILES
from yinuo.apps.documents.signing import create_authority
from yinuo.apps.items import queries as items
from yinuo.apps.items.actions.publish import publish
from yinuo.apps.people.models import Person
from yinuo.catalogue.checking import Report
from yinuo.demo.cases import make_cases
from yinuo.demo.people import make_people

Progress = Callable[[str], None]


def prepare(now: datetime, say: Progress) -> Report:
    """Everything that a server needs before it starts. Safe to repeat."""
    say("database")
    call_command("migrate", interactive=False, verbosity=0)
    keys = settings.DATA / "keys" / "authority"
    if not any((keys / file).exists() for file in FILES):
        say("signing authority")
        create_authority(keys, "Yinuo demo", now)
    say("catalogue")
    report = publish(settings.CATALOGUE, now)
    items.forget()
    return report


def populate(now: datetime, say: Progress) -> int:
    """The demo's people and cases, once; returns how many cases were made."""
    if Person.objects.exists():
        return 0
    served = items.catalogue()
    say("people")
    make_people(served.city)
    made = 0
    for made, case in enumerate(make_cases(served, now), start=1):
        say(f"case {made}: {served.items[case.item].name.en}")
    return made

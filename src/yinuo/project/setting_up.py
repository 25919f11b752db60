"""Setting up a deployment: tables, signing authority, catalogue."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.management import call_command

from yinuo.apps.cases.actions.put_into_service import Progress, calendar_version, put_into_service
from yinuo.apps.documents.authority import FILES
from yinuo.apps.documents.signing import create_authority
from yinuo.catalogue.checking import Report


def prepare(now: datetime, say: Progress) -> Report:
    """Everything that a server needs before it starts. Safe to repeat."""
    say("database")
    call_command("migrate", interactive=False, verbosity=0)
    keys = settings.DATA / "keys" / "authority"
    if not any((keys / file).exists() for file in FILES):
        say("signing authority")
        create_authority(keys, "Yinuo demo" if settings.DEMO else "Yinuo", now)
    say("catalogue")
    return put_into_service(settings.CATALOGUE, now, say)


def is_in_service() -> bool:
    """Whether any catalogue was ever published here: without one nothing can be served."""
    return calendar_version() is not None

"""Choosing how one wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from yinuo.apps.notices.models import CHANNELS, Preference
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal

LONGEST_EMAIL = 254  # RFC 5321 4.5.3.1.3, without the angle brackets


def choose(person: Person, *, channel: str, email: str, language: str) -> Preference | Refusal:
    """The preference, kept; `invalid-answers` names `channel`, `email` and `language` where they are wrong.

    An address that is given is checked in any case; for e-mail there must be one.
    """
    email = email.strip()
    wrong = {
        "channel": None if channel in CHANNELS else "not-a-choice",
        "language": None if language in dict(settings.LANGUAGES) else "not-a-choice",
        "email": _email_problem(email, needed=channel == "email"),
    }
    fields = {key: code for key, code in wrong.items() if code}
    if fields:
        return Refusal("invalid-answers", fields)
    facts = {"channel": channel, "email": email, "language": language}
    made, _ = Preference.objects.update_or_create(person=person, defaults=facts)
    return made


def _email_problem(email: str, *, needed: bool) -> str | None:
    if not email:
        return "required" if needed else None
    if len(email) > LONGEST_EMAIL:
        return "too-long"
    try:
        validate_email(email)
    except ValidationError:
        return "bad-format"
    return None

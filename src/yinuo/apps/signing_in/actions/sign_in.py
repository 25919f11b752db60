"""Who may come in by a password."""

from __future__ import annotations

from django.contrib.auth import authenticate

from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal


def sign_in(login: str, password: str) -> Person | Refusal:
    """Whoever has this phone or staff number and password; `wrong-login` for everybody else.

    The answer and the work are the same for an unknown number and for a wrong password.
    """
    person = authenticate(username=login.replace("\x00", ""), password=password)
    return person if isinstance(person, Person) else Refusal("wrong-login")

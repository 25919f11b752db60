"""The second factor of staff as pages see it: its door, what was typed there, and the code of the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from yinuo.apps.access.actions.check_code import check_code
from yinuo.apps.access.models import SecondFactor
from yinuo.apps.access.totp import WINDOW, code_of, is_step_code, step_at
from yinuo.apps.entries.models import Kind, Outcome, Way
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal
from yinuo.web.entries import noted

DOOR = "second-factor"  # of `limits`: guesses at six digits


def confirmed(request: HttpRequest, person: Person, typed: str) -> Refusal | None:
    """Whether a code shows that whoever is signed in is who they are: checked, and written down."""
    typed = typed[:40]
    no = check_code(person, typed, timezone.now())
    noted(request, person, way_of(typed), Outcome.FAILED if no else Outcome.WORKED, Kind.CONFIRM)
    return no


def way_of(typed: str) -> Way:
    return Way.AUTHENTICATOR if is_step_code(typed) else Way.RECOVERY


def demo_code(factor: SecondFactor) -> str:
    """What an authenticator would show, or will show next where that was used. The demo only, and there only
    for its own people: '' everywhere else, and where all that is good now was used."""
    if not (settings.DEMO and factor.is_demo):
        return ""
    factor.refresh_from_db()
    step, last = max(step_at(timezone.now()), factor.last_step + 1), step_at(timezone.now()) + WINDOW
    return code_of(factor.secret, step) if step <= last else ""

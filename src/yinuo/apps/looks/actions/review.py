"""Looking again at a broken glass: was it right to open the case?"""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.items.queries import catalogue
from yinuo.apps.looks.models import Opening
from yinuo.apps.looks.reasons import LONGEST
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import units_for
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal


def review(
    opening: int, justified: bool | None, words: str, *, person: Person, now: datetime
) -> Opening | Refusal:
    """Once, by whoever reviews looks for the unit of the case, and never by whoever opened it.

    `not-yours-to-review` `own-look` `already-reviewed`; `invalid-answers` for `justified` and `words`.
    """
    found = Opening.objects.filter(pk=opening, way="glass").first()
    units = units_for("review-looks", person, catalogue().city, day_of(now))
    if found is None or found.case_unit not in units:
        return Refusal("not-yours-to-review")
    if found.person_id == person.pk:
        return Refusal("own-look")
    fields = _wrong(justified, words.strip())
    if fields:
        return Refusal("invalid-answers", fields)
    done = Opening.objects.filter(pk=opening, reviewed_at__isnull=True).update(
        reviewer=person, reviewed_at=now, justified=justified, verdict=words.strip()
    )
    found.refresh_from_db()
    return found if done else Refusal("already-reviewed")


def _wrong(justified: bool | None, words: str) -> dict[str, str]:
    wrong = {
        "justified": "required" if justified is None else None,
        "words": "required" if not words else "too-long" if len(words) > LONGEST else None,
    }
    return {name: code for name, code in wrong.items() if code}

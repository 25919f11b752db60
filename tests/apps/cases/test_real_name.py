"""Items that ask first who somebody is: at the start, and again when it is handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.actors import Cast, citizen
from support.drafts import complete
from support.fixed_clock import NOW

from yinuo.apps.cases.actions import submit as submitting
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case, Draft
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.people.models import Level, Person
from yinuo.core.errors import Refusal

ITEM = "jg-vehicle-transfer"
LEVELS = [Level.NONE, Level.CHECKED, Level.VERIFIED]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("asked", ["none", "checked", "verified"])
def test_a_start_needs_the_level(db: None, asked: str, level: Level) -> None:
    item = replace(catalogue().items[ITEM], real_name=asked)
    begun = start(item, person=citizen("13700000001", "周晓燕", level), now=NOW)
    if level >= ["none", "checked", "verified"].index(asked):
        assert isinstance(begun, Draft)
    else:
        assert begun == Refusal(f"real-name-{asked}")
        assert not Draft.objects.exists()


def test_a_level_that_is_lost_meanwhile_stops_the_submission(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = complete(cast.citizen, ITEM)
    monkeypatch.setattr(submitting, "pinned", lambda *key: replace(pinned(*key), real_name="verified"))
    Person.objects.filter(pk=cast.citizen.pk).update(level=Level.CHECKED)
    cast.citizen.refresh_from_db()
    assert submit(draft, person=cast.citizen, now=NOW) == Refusal("real-name-verified")
    assert not Case.objects.exists()
    Person.objects.filter(pk=cast.citizen.pk).update(level=Level.VERIFIED)
    cast.citizen.refresh_from_db()
    assert isinstance(submit(draft, person=cast.citizen, now=NOW), Case)

"""Issuing at the desk with a name that the faces cannot show."""

from __future__ import annotations

from typing import Any

from support.actors import Cast
from support.fixed_clock import at
from support.journeys import granted
from support.visits import shown, signed_in

from yinuo.apps.cases.models import Case
from yinuo.apps.documents.models import Document


def test_the_clerk_is_told_which_character_is_missing(cast: Cast, clock: Any) -> None:
    case = granted(cast, answers={"name": "𠮷永芳"})
    clock.move_to(at("10-12 11:00"))
    response = signed_in(cast.window).post(f"/desk/cases/{case.number}/issue/", {"seen": str(case.seq)})
    assert response.status_code == 422
    assert "“𠮷”" in shown(response)
    assert not Document.objects.exists()
    assert Case.objects.get().stage == "granted"

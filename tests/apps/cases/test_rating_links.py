"""Links with which a case is rated without signing in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from yinuo.apps.cases.rating_links import RatingLink, address, read, token
from yinuo.core.errors import Refusal

TODAY = date(2026, 10, 12)
LINK = RatingLink("YN20261012000010", 0, "link", TODAY)


def test_a_link_comes_back_as_it_was_made() -> None:
    for link in (LINK, RatingLink("YN20261012000010", 3, "window", TODAY)):
        assert read(token(link), TODAY) == link


def test_it_holds_for_sixty_days_and_no_longer() -> None:
    assert read(token(LINK), date(2026, 12, 11)) == LINK
    assert read(token(LINK), date(2026, 12, 12)) == Refusal("link-expired")


@pytest.mark.parametrize("place", range(0, 120, 3))
def test_a_changed_link_is_none(place: int) -> None:
    text = token(LINK)
    at = place % len(text)
    changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    assert read(changed, TODAY) == Refusal("no-such-link")
    assert read(changed + "x", TODAY) == Refusal("no-such-link")


@pytest.mark.parametrize("text", ["", ".", "a.b", "x" * 3000, "中文", "a.b.c"])
def test_anything_else_is_none(text: str) -> None:
    assert read(text, TODAY) == Refusal("no-such-link")


@override_settings(SECRET_KEY="another")
def test_another_deployment_does_not_take_it() -> None:
    with override_settings(SECRET_KEY="one"):
        text = token(LINK)
    assert read(text, TODAY) == Refusal("no-such-link")


@override_settings(ORIGIN="https://hall.example/")
def test_the_address_is_whole() -> None:
    found = address("YN20261012000010", TODAY, visit=2, channel="window")
    assert found.startswith("https://hall.example/rate/")
    text = found.removeprefix("https://hall.example/rate/").removesuffix("/")
    assert read(text, TODAY) == RatingLink("YN20261012000010", 2, "window", TODAY)

"""The name of a request in the logs: that of a proxy of our own, never one that a visitor made up."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db
GIVEN = "0123456789abcdef"


def named(given: str) -> str:
    return str(Client().get("/healthz", HTTP_X_REQUEST_ID=given)["X-Request-Id"])


def test_a_visitor_does_not_name_it() -> None:
    assert named(GIVEN) != GIVEN
    assert named(GIVEN) != named(GIVEN)


@override_settings(PROXIES=1)
def test_a_proxy_of_our_own_does() -> None:
    assert named(GIVEN) == GIVEN


@override_settings(PROXIES=1)
@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with a space in it", "line\tbreak-and-more"])
def test_what_is_no_name_is_not_taken_from_it_either(given: str) -> None:
    assert named(given) != given
    assert len(named(given)) == 32

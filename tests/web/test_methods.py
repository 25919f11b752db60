"""Pages show themselves and take forms; whatever else is asked of them is refused before it is looked at."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "FOO"])
@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/healthz", "/desk/", "/static/theme.css", "/no-such-page/"]
)
def test_no_page_answers_a_method_that_it_does_not_know(method: str, path: str) -> None:
    response = Client().generic(method, path, HTTP_X_SAID="and comes back")
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "and comes back" not in response.getvalue().decode()


def test_a_page_tells_its_head() -> None:
    assert Client().head("/").status_code == 200


def test_the_api_refuses_as_a_problem() -> None:
    response = Client().generic("TRACE", "/api/v1/items")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"

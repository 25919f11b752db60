"""The description of the API is what the API does, and every operation says all that it can answer."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from test_docs import REFERENCE, script

from yinuo.apps.clients.scopes import SCOPES
from yinuo.web.scopes import ABOUT, NAMES


@cache
def described() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((REFERENCE / "openapi.json").read_text(encoding="utf-8"))
    return value


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = described()["paths"].items()
    return [(method, path, one) for path, item in paths for method, one in item.items()]


def test_the_description_is_what_the_operations_say() -> None:
    page = (REFERENCE / "openapi.json").read_text(encoding="utf-8")
    assert page == script("openapi").page(), "run scripts/openapi.py"


@pytest.mark.parametrize("one", operations(), ids=lambda one: one[2]["operationId"])
def test_an_operation_says_all_that_it_can_answer(one: tuple[str, str, dict[str, Any]]) -> None:
    _method, path, operation = one
    statuses = set(operation["responses"])
    wanted = {"400", "429"}
    wanted |= {"401", "403"} if operation.get("security") else set()
    wanted |= {"404"} if "{" in path else set()
    wanted |= {"422"} if operation.get("requestBody") or operation["parameters"] else set()
    wanted -= {"422"} if [p["name"] for p in operation["parameters"]] == ["draft_id"] else set()
    assert wanted <= statuses
    assert operation["description"]
    for scheme in operation.get("security", []):
        assert set(scheme["oauth"]) <= set(SCOPES)


def test_every_scope_has_words_for_whoever_is_asked() -> None:
    assert set(NAMES) == set(ABOUT) == set(SCOPES)

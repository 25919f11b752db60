"""Sealed columns: plain in Python, unreadable in the table, and nothing can be searched by them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.actors import Cast
from support.fixed_clock import NOW

from yinuo.apps.cases.models import CaseEvent, Draft
from yinuo.apps.notices.models import Notice, Preference
from yinuo.apps.vault.errors import SealBrokenError

CHARACTERS = st.characters(exclude_categories=["Cs"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(CHARACTERS), inner, max_size=4),
    max_leaves=12,
)


def stored(model: type[Any], column: str) -> list[Any]:
    """What really stands in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return Draft.objects.create(
        person=cast.citizen,
        item="x",
        item_version="1",
        answers={"phone": "13800000001"},
        started_at=NOW,
        changed_at=NOW,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.dictionaries(st.text(CHARACTERS), JSON, max_size=4))
def test_answers_come_back_as_they_were_given(draft: Draft, answers: dict[str, Any]) -> None:
    draft.answers = answers
    draft.save()
    assert Draft.objects.get(pk=draft.pk).answers == answers


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(email=st.text(CHARACTERS))
def test_a_text_comes_back_as_it_was_given(cast: Cast, email: str) -> None:
    Preference.objects.update_or_create(person=cast.citizen, defaults={"email": email})
    assert Preference.objects.get(person=cast.citizen).email == email
    assert Preference.objects.values_list("email", flat=True).get() == email


def test_the_table_holds_the_seal(draft: Draft) -> None:
    (answers,) = stored(Draft, "answers")
    assert answers.startswith("v1.")
    assert "13800000001" not in answers


def test_every_way_of_writing_seals(cast: Cast, draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(answers={"way": "update"})
    assert Draft.objects.get().answers == {"way": "update"}
    draft.answers = {"way": "bulk"}
    Draft.objects.bulk_update([draft], ["answers"])
    assert Draft.objects.get().answers == {"way": "bulk"}
    Preference.objects.bulk_create([Preference(person=cast.citizen, email="a@example.com")])
    assert Preference.objects.get().email == "a@example.com"
    for value in (*stored(Draft, "answers"), *stored(Preference, "email")):
        assert value.startswith("v1.")


@pytest.mark.parametrize(
    ("model", "condition"),
    [
        (Draft, {"answers": {}}),
        (Draft, {"answers__phone": "1"}),
        (CaseEvent, {"payload__draw": "2026-10"}),
        (Notice, {"body__contains": "王"}),
        (Preference, {"email": "a@example.com"}),
        (Preference, {"email__in": ["a@example.com"]}),
        (Preference, {"email__iexact": "a@example.com"}),
    ],
)
def test_a_search_in_a_sealed_column_is_a_mistake_that_is_told(model: Any, condition: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        model.objects.filter(**condition)


def test_a_value_moved_to_another_column_is_found(draft: Draft) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_draft SET provided = answers")
    with pytest.raises(SealBrokenError, match=r"cases_draft\.provided"):
        Draft.objects.get()


def test_a_value_written_in_the_clear_is_found(draft: Draft) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_draft SET answers = '{}'")
    with pytest.raises(SealBrokenError, match=r"cases_draft\.answers"):
        Draft.objects.get()

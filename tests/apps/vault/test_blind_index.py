"""A blind index finds a value under any key of the ring, says nothing of it, and is renewed with its row."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from support.actors import Cast
from support.fixed_clock import NOW

from yinuo.apps.people.models import Person
from yinuo.apps.vault import ring
from yinuo.apps.vault.index import blind, blinds, hold, is_blind_of
from yinuo.apps.vault.keys import new_key

pytestmark = pytest.mark.usefixtures("own_ring")


def turned() -> None:
    """Another key is in use from now on; nothing was renewed yet."""
    key = new_key("aes-256-gcm", NOW)
    ring.change(lambda held: replace(held.with_key(key), active=key.name))


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_it_is_the_same_for_the_same_text_and_43_characters(text: str) -> None:
    assert blind("phone", text) == blind("phone", text) == blinds("phone", text)[0]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", blind("phone", text))


def test_it_is_another_for_another_text_purpose_or_key() -> None:
    before = {blind("phone", "1"), blind("phone", "2"), blind("identity", "1")}
    turned()
    assert len(before | {blind("phone", "1")}) == 4


def test_an_index_under_an_old_key_is_still_found() -> None:
    before = blind("phone", "1")
    turned()
    assert before in blinds("phone", "1")
    assert is_blind_of(before, "phone", "1")
    assert not is_blind_of(before, "phone", "2")


def test_who_registered_before_a_turn_signs_in_after_it(cast: Cast) -> None:
    turned()
    assert Person.objects.by_login("13800000001") == cast.citizen


def test_a_row_loaded_before_and_saved_after_a_turn_has_the_new_index(cast: Cast) -> None:
    before = cast.citizen.login
    turned()
    cast.citizen.save()
    assert cast.citizen.login != before
    assert Person.objects.by_login("13800000001") == cast.citizen


def test_the_number_of_a_member_of_staff_stays_as_it_is(cast: Cast) -> None:
    turned()
    cast.window.save()
    assert Person.objects.get(pk=cast.window.pk).login == "window-1"


@pytest.mark.django_db
def test_holding_a_text_is_possible_in_any_database() -> None:
    with transaction.atomic():
        hold("phone", "1")

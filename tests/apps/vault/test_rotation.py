"""A rotation renews everything, stops and goes on anywhere, and overwrites nothing written meanwhile."""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from support.actors import Cast
from support.fixed_clock import NOW
from support.journeys import accepted, submitted

from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.queries import audit
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.queries import content
from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person
from yinuo.apps.vault import ring
from yinuo.apps.vault.actions.add_key import add_key
from yinuo.apps.vault.actions.remove_key import remove_key
from yinuo.apps.vault.actions.rotate import Step, rotate
from yinuo.apps.vault.columns import Column, indexes, sealed_columns
from yinuo.apps.vault.keys import Key
from yinuo.apps.vault.queries import by_key, left, stale_indexes
from yinuo.core.errors import Refusal

pytestmark = [pytest.mark.usefixtures("own_ring", "quick_papers", "own_files")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is here who would have to hear of the key first."""
    monkeypatch.setattr(ring, "KNOWN_AFTER", 0)


def added() -> str:
    key = add_key(NOW)
    assert isinstance(key, Key)
    return key.name


def everything() -> dict[str, Any]:
    """What people have in the database, in the clear."""
    return {
        "events": list(CaseEvent.objects.order_by("pk").values_list("payload", "hash")),
        "drafts": list(Draft.objects.order_by("pk").values_list("answers", "provided")),
        "notices": list(Notice.objects.order_by("pk").values_list("subject", "body", "facts", "sms")),
        "people": list(Person.objects.order_by("pk").values_list("phone", "identity", "name")),
    }


def raw(model: Any, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def test_everything_is_sealed_anew_and_says_the_same(cast: Cast) -> None:
    accepted(cast)
    before, sealed = everything(), raw(CaseEvent, "payload")
    old, key = ring.fresh().active, added()
    assert [step.fault for step in rotate() if step.fault] == []
    assert ring.fresh().active == key
    assert everything() == before
    assert not set(sealed) & set(raw(CaseEvent, "payload"))
    assert by_key()[old] == left() == 0
    assert by_key().keys() == {key}
    assert [found for _, found in audit(catalogue().calendar) if found] == []


def test_a_second_rotation_finds_nothing_to_do(cast: Cast) -> None:
    accepted(cast)
    added()
    assert list(rotate())
    assert list(rotate()) == []


@pytest.mark.parametrize("done", [0, 1, 2, 5, 9, 14])
def test_it_goes_on_where_it_was_stopped(cast: Cast, done: int) -> None:
    accepted(cast)
    before = everything()
    added()
    all_of_it = left()
    assert len(list(islice(rotate(), done))) == done
    assert left() == all_of_it - done
    assert everything() == before
    list(rotate())
    assert left() == 0
    assert everything() == before


def test_blind_indexes_are_renewed(cast: Cast) -> None:
    before = cast.citizen.login
    added()
    list(rotate())
    cast.citizen.refresh_from_db()
    assert cast.citizen.login != before
    assert Person.objects.by_login("13800000001") == cast.citizen
    assert Person.objects.by_login("window-1") == cast.window
    assert not list(stale_indexes())


def test_somebody_who_writes_meanwhile_wins(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted(cast)
    added()
    swap, draft = Column.swap, Draft.objects.get()

    def swap_late(column: Column, pk: Any, old: str, new: str) -> bool:
        if column.place == "cases_draft.answers":
            Draft.objects.filter(pk=draft.pk).update(answers={"written": "meanwhile"})
        return swap(column, pk, old, new)

    monkeypatch.setattr(Column, "swap", swap_late)
    steps = list(rotate())
    assert Step("cases_draft.answers", str(draft.pk).replace("-", ""), renewed=False) in [
        Step(one.place, one.row.replace("-", ""), one.fault, one.renewed) for one in steps
    ]
    assert Draft.objects.get().answers == {"written": "meanwhile"}
    assert left() == 0


def test_what_was_written_with_the_old_key_behind_its_back_is_found_by_the_next_pass(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that began before the new key was in use commits after its table was gone through."""
    case = submitted(cast)
    old = raw(CaseEvent, "payload")[0]
    added()
    steps = rotate()
    for step in steps:
        if step.place == "notices_notice.facts":
            with connection.cursor() as cursor:
                cursor.execute("UPDATE cases_caseevent SET payload = %s", [old])
            break
    assert left() > 0
    list(steps)
    assert left() == 0
    assert Case.objects.get(pk=case.pk).events.get().payload


def test_files_are_sealed_anew(cast: Cast) -> None:
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    stored = upload(SimpleUploadedFile("猫.png", buffer.getvalue()), person=cast.citizen, now=NOW)
    assert not isinstance(stored, Refusal)
    before, key = content(stored), added()
    places = {step.place for step in rotate()}
    assert {"files", "documents_upload.name"} <= places
    assert content(stored) == before
    with open(default_storage.path(stored.path), "rb") as file:
        assert file.read(12) == f"v1.{key}.".encode()


def test_a_broken_value_is_told_once_and_holds_nothing_up(cast: Cast) -> None:
    submitted(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_draft SET answers = provided")
    added()
    faults = [step for step in rotate() if step.fault]
    assert [step.place for step in faults] == ["cases_draft.answers"]
    assert "changed" in faults[0].fault
    assert left() == 1


def test_an_old_key_goes_only_when_nothing_needs_it(cast: Cast) -> None:
    old, key = ring.fresh().active, added()
    assert remove_key(old) == remove_key(key) == Refusal("key-in-use")
    list(islice(rotate(), 1))
    assert remove_key(old) == Refusal("key-in-use")
    list(rotate())
    gone = remove_key(old)
    assert isinstance(gone, Key)
    assert [one.name for one in ring.fresh().keys] == [key]
    assert remove_key("ffffffff") == Refusal("no-such-key")
    assert Person.objects.by_login("13800000001") == cast.citizen


def test_every_sealed_field_of_every_model_is_found() -> None:
    places = {column.place for column in sealed_columns()}
    assert {"cases_caseevent.payload", "cases_draft.answers", "people_person.phone"} <= places
    assert {index.at.place for index in indexes()} >= {"people_person.login", "people_person.identity_index"}


@pytest.mark.django_db
def test_a_ring_that_was_lost_and_made_anew_shows_in_the_count(cast: Cast, own_ring: Path) -> None:
    many = left() + sum(by_key().values())
    own_ring.unlink()
    ring.make()
    assert by_key()[""] == many > 0

"""Whatever is changed behind the application's back is found, and it is said what: column by column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from support.fixed_clock import at
from support.ledger import Sealed, flipped, lines

from yinuo.apps.cases.actions.rebuild import rebuild
from yinuo.apps.cases.models import Case, CaseEvent, Draft
from yinuo.apps.cases.recording import event_of
from yinuo.apps.documents.models import Document, Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.ledger.models import DayRoot
from yinuo.apps.promises.models import PromiseRow
from yinuo.core.ledger import EMPTY, digest

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="writes any text into any column")


@contextmanager
def undone() -> Iterator[None]:
    """What is changed inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def changed(kind: str, value: str | None) -> Iterator[Any]:
    """Other values of a column, each but one bit or one step away. kind: as SQLite names it."""
    if value is None:
        yield "2026-10-12"
    elif kind == "integer":
        yield int(value) + 1
    else:
        places = {0, len(value) // 3, len(value) // 2, len(value) - 1} if value else set()
        yield from (flipped(value, place) for place in sorted(places))


def each_change(model: Any, *left_out: str) -> Iterator[tuple[Any, str, Any]]:
    """Row by row and column by column, as the database holds them: (id, column, another value)."""
    columns = [one.column for one in model._meta.fields if one.column not in ("id", *left_out)]
    for column in columns:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT CAST(id AS TEXT), typeof("{column}"), CAST("{column}" AS TEXT) '
                f"FROM {model._meta.db_table}"
            )
            rows = cursor.fetchall()
        for pk, kind, value in rows:
            yield from ((pk, column, other) for other in changed(kind, value))


def unfound(model: Any, name: Callable[[str], tuple[str, ...]], *left_out: str) -> tuple[int, list[str]]:
    """How many changes were tried; those after which no line of the audit begins with one of the names."""
    tried, missed = 0, []
    for pk, column, other in list(each_change(model, *left_out)):
        with undone():
            if not written(model, pk, column, other):
                continue
            found = lines()
        tried += 1
        if not any(line.startswith(name(pk)) for line in found):
            missed.append(f"{column} = {other!r}: {found}")
    return tried, missed


def written(model: Any, pk: str, column: str, other: Any) -> bool:
    """False when the database itself does not take it: two rows at one place."""
    query = f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE CAST(id AS TEXT) = %s'
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, [other, pk])
    except IntegrityError:
        return False
    return True


def test_what_was_sealed_and_left_alone_has_no_fault(sealed: Sealed) -> None:
    assert lines() == []


@only_sqlite
def test_a_change_in_any_column_of_an_event_names_the_case(sealed: Sealed) -> None:
    cases = {row.pk: row.case.number for row in CaseEvent.objects.select_related("case")}
    tried, missed = unfound(CaseEvent, lambda pk: (cases[int(pk)],))
    assert tried > 200
    assert missed == []


@only_sqlite
def test_a_change_in_any_column_of_a_sealed_day_names_the_day(sealed: Sealed) -> None:
    days = {row.pk: row.day.isoformat() for row in DayRoot.objects.all()}
    tried, missed = unfound(DayRoot, lambda pk: (days[int(pk)], f"days: row {pk}"))
    assert tried > 60
    assert missed == []


@only_sqlite
def test_a_change_in_any_column_of_a_document_names_it(sealed: Sealed) -> None:
    document = Document.objects.get()
    tried, missed = unfound(Document, lambda pk: (sealed.closed.number,))
    assert tried > 20
    assert missed == []
    Document.objects.update(sha256="0" * 64)
    assert lines() == [
        f"{sealed.closed.number}: document {document.pk} has another sha256 in its row than in its event"
    ]


@only_sqlite
def test_a_change_in_any_column_of_a_case_or_promise_names_the_case(sealed: Sealed) -> None:
    numbers = {row.pk: row.number for row in Case.objects.all()}
    _, missed = unfound(Case, lambda pk: (numbers[int(pk)],), "number")
    assert missed == []
    promises = {row.pk: row.case for row in PromiseRow.objects.all()}
    _, missed = unfound(PromiseRow, lambda pk: (promises[int(pk)],), "rung")
    assert missed == []


@pytest.mark.parametrize("place", [0, 100, 5000, -1])
def test_a_byte_of_a_result_that_is_another_names_the_document(sealed: Sealed, place: int) -> None:
    document = Document.objects.get()
    with spoilt(document.path, place):
        assert lines() == [f"{sealed.closed.number}: document {document.pk} is not the file that was issued"]


def test_a_byte_of_an_upload_that_is_another_names_the_upload(sealed: Sealed) -> None:
    upload = Upload.objects.order_by("pk")[0]
    with spoilt(upload.path, 10):
        assert lines() == [f"files: upload {upload.pk} is not the file that was handed in"]


@contextmanager
def spoilt(path: str, place: int) -> Iterator[None]:
    """The stored file with another byte at that place."""
    stored = Path(settings.DATA) / "files" / path
    content = stored.read_bytes()
    other = bytearray(content)
    other[place] ^= 1
    stored.write_bytes(other)
    yield
    stored.write_bytes(content)


def test_a_file_that_is_gone_is_named(sealed: Sealed) -> None:
    document = Document.objects.get()
    (Path(settings.DATA) / "files" / document.path).unlink()
    assert lines() == [f"{sealed.closed.number}: document {document.pk} is not the file that was issued"]
    Document.objects.all().delete()
    assert lines() == [f"{sealed.closed.number}: document {document.pk} is gone"]


def test_an_upload_that_is_gone_is_named_with_its_case(sealed: Sealed) -> None:
    key = Upload.objects.order_by("pk")[0].pk
    Upload.objects.filter(pk=key).delete()
    (found,) = lines()
    assert found.endswith(f": upload {key} is gone")


def rechained(case: Case) -> None:
    """As somebody would who knows how: every hash is made anew, and the rows are those of the events."""
    before = EMPTY
    for row in case.events.order_by("seq"):
        before = digest(before, case.number, event_of(row))
        CaseEvent.objects.filter(pk=row.pk).update(hash=before)
    list(rebuild(catalogue().calendar))


def test_a_chain_that_was_made_anew_does_not_fit_the_sealed_day(sealed: Sealed) -> None:
    first = CaseEvent.objects.get(case=sealed.accepted, seq=1)
    CaseEvent.objects.filter(pk=first.pk).update(at=at("10-14 11:00"))
    rechained(sealed.accepted)
    number = sealed.accepted.number
    assert lines() == [
        f"{number}: event {seq} is not the one that was sealed on 2026-10-14" for seq in (1, 2)
    ]


def test_a_last_event_that_was_taken_away_is_missed_by_the_sealed_day(sealed: Sealed) -> None:
    CaseEvent.objects.filter(case=sealed.accepted, seq=2).delete()
    rechained(sealed.accepted)
    assert lines() == [f"{sealed.accepted.number}: event 2 of 2026-10-14 is gone"]


def test_an_event_that_was_put_into_a_sealed_day_is_named(sealed: Sealed) -> None:
    CaseEvent.objects.create(
        case=sealed.accepted, seq=3, kind="message", at=at("10-13 10:00"), actor="x", role="staff",
        payload={"words": "x"}, hash="0" * 64,
    )  # fmt: skip
    rechained(sealed.accepted)
    assert lines() == [f"{sealed.accepted.number}: event 3 was not there when 2026-10-13 was sealed"]


def test_a_case_that_is_gone_is_named_event_by_event(sealed: Sealed) -> None:
    number = sealed.accepted.number
    CaseEvent.objects.filter(case=sealed.accepted).delete()
    Draft.objects.filter(case=sealed.accepted).delete()
    Case.objects.filter(pk=sealed.accepted.pk).delete()
    assert lines() == [
        f"{number}: event 1 of 2026-10-14 is gone",
        f"{number}: event 2 of 2026-10-14 is gone",
        f"{number}: there are promises, but no case",
    ]


@pytest.mark.parametrize("day", ["2026-10-12", "2026-10-13", "2026-10-14"])
def test_a_day_that_is_gone_is_named(sealed: Sealed, day: str) -> None:
    DayRoot.objects.filter(day=day).delete()
    assert f"{day}: not sealed, nor is any day until {day}" in lines()


def test_without_any_day_all_are_named(sealed: Sealed) -> None:
    DayRoot.objects.all().delete()
    assert lines() == ["2026-10-12: not sealed, nor is any day until 2026-10-14"]


def test_a_list_of_events_that_fits_a_change_does_not_fit_the_root(sealed: Sealed) -> None:
    """Events and list are changed alike, so that only the signed root can tell."""
    CaseEvent.objects.filter(case=sealed.accepted, seq=2).update(actor="somebody")
    rechained(sealed.accepted)
    events = sealed.accepted.events.order_by("seq")
    leaves = [[sealed.accepted.number, event.seq, event.hash] for event in events]
    DayRoot.objects.filter(day="2026-10-14").update(leaves=leaves)
    assert lines() == [
        "2026-10-14: the list of its events does not give its root",
        "2026-10-14: its events do not give its root",
    ]


def test_a_day_that_somebody_else_signed_is_named(sealed: Sealed) -> None:
    row = DayRoot.objects.get(day="2026-10-13")
    other = DayRoot.objects.get(day="2026-10-12")
    DayRoot.objects.filter(pk=row.pk).update(signature=other.signature)
    assert lines() == ["2026-10-13: the signature does not fit what the row says"]


def test_a_days_list_that_is_no_list_is_named(sealed: Sealed) -> None:
    DayRoot.objects.filter(day="2026-10-14").update(leaves=json.loads('{"a": 1}'))
    assert lines() == ["2026-10-14: the list of its events does not give its root"]

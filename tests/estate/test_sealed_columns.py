"""Whatever a column of text holds is decided: it is sealed, or it stands below with what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from support.actors import UNIT, citizen, make_cast
from support.drafts import complete, picture
from support.fixed_clock import NOW

from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.vault.fields import BlindIndex, Sealed

# Names of columns that never hold anything of a person's own, whatever the table.
NEUTRAL = {
    # what, where, how far: words of the catalogue and of the rules
    *(
        "item",
        "item_version",
        "unit",
        "offered",
        "case_unit",
        "stage",
        "kind",
        "role",
        "post",
        "state",
        "key",
    ),
    *(
        "purpose",
        "way",
        "outcome",
        "template",
        "channel",
        "language",
        "content_type",
        "version",
        "folder",
        "about",
        "rung",
    ),
    *("what", "why", "rule", "ground", "keep", "error", "principal", "posts", "browser", "threat", "items"),
    # numbers that name a case or a row, and those who are members of staff or accounts by their id
    *("case", "number", "actor", "owner", "person", "settled_by", "erased_by", "thing", "claim", "path"),
    # hashes, signatures and codes that were made at random
    *("hash", "sha256", "digest", "root", "before", "signature", "seal", "query_code", "password"),
}
IN_THE_CLEAR = {
    "access.Change.facts": "post, unit and day",
    "documents.Document.facts": "a hash of what the paper vouches for",
    "items.ItemVersion.bundle": "a service, as it is published",
    "ledger.DayRoot.leaves": "case numbers and hashes",
    "mandates.Organisation.name": "of an organisation; it stands in the public register",
    "mandates.Organisation.seen": "by which paper it was confirmed",
    "mandates.Organisation.uscc": "of an organisation; it stands in the public register",
    "promises.PromiseRow.facts": "limits, days and articles; figures are counted by them",
    "signing_in.Link.issuer": "the address of an identity provider",
    "webhooks.Endpoint.address": "the address of a program of an organisation",
}
OF_OTHERS = ("auth", "contenttypes", "sessions", "oauth2_provider")  # Django's own: ids, codes and tokens


def text_columns() -> list[Any]:
    ours = [model for model in apps.get_models() if model._meta.app_label not in OF_OTHERS]
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field for model in ours for field in model._meta.local_concrete_fields if isinstance(field, kinds)
    ]


def test_every_column_of_text_is_sealed_or_known_to_hold_nothing_of_a_person() -> None:
    open_ones = {
        f"{field.model._meta.label}.{field.name}"
        for field in text_columns()
        if not isinstance(field, Sealed | BlindIndex)
        and field.name not in NEUTRAL
        # a client's own columns are those of its library
        and not field.model._meta.label.startswith("clients.Client")
    }
    assert open_ones == set(IN_THE_CLEAR)


def test_every_blind_index_names_a_sealed_column_of_its_table() -> None:
    for field in text_columns():
        if isinstance(field, BlindIndex):
            assert isinstance(field.model._meta.get_field(field.of), Sealed)
            assert field.purpose


def test_no_index_stands_on_a_sealed_column() -> None:
    assert [field.name for field in text_columns() if isinstance(field, Sealed) and field.db_index] == []


MARKS = {
    "phone": "13987650042",
    "name": "马可辨",
    "email": "marked.person@example.com",
    "file": "马可辨的结婚证",
    "seller": "曾难认",
}


@pytest.mark.skipif("sqlite" not in connection.settings_dict["ENGINE"], reason="the file of SQLite")
def test_nothing_personal_stands_in_the_database_or_in_the_files(committed: None, settings: Any) -> None:
    make_cast()
    person = citizen(MARKS["phone"], MARKS["name"])
    choose(person, channel="hall", email=MARKS["email"], language="zh-hans")
    upload(SimpleUploadedFile(f"{MARKS['file']}.png", picture()), person=person, now=NOW)
    draft = complete(
        person,
        answers={"seller_name": MARKS["seller"], "name": MARKS["name"], "phone": MARKS["phone"]},
        unit=UNIT,
    )
    case = submit(draft, person=person, now=NOW)
    assert isinstance(case, Case)
    assert MARKS["seller"] in str(case.events.get().payload)
    database = Path(connection.settings_dict["NAME"])
    log = database.with_name(f"{database.name}-wal")
    assert log.stat().st_size > 0
    files = [path for path in (Path(settings.DATA) / "files").rglob("*") if path.is_file()]
    assert files
    for path in (database, log, *files):
        held = path.read_bytes()
        assert [mark for mark in MARKS.values() if any(form in held for form in forms(mark))] == [], path
        assert picture() not in held


def forms(mark: str) -> list[bytes]:
    """As UTF-8, and as JSON writes what is not ASCII."""
    return [mark.encode(), mark.encode("unicode_escape")]

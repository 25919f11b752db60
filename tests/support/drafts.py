"""Applications that are filled in: the happy answers of an item, with a picture for each upload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from support.actors import UNIT
from support.fixed_clock import NOW

from yinuo.apps.cases.actions.save_draft import save_draft
from yinuo.apps.cases.actions.start import start
from yinuo.apps.cases.models import Draft
from yinuo.apps.documents.actions import upload as uploading
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.confinement import clean_picture
from yinuo.apps.documents.models import Upload
from yinuo.apps.items.queries import catalogue
from yinuo.apps.people.models import Person
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer, Answers, settle

VEHICLE = "jg-vehicle-transfer"
HOTEL = "za-hotel-license"


@cache
def picture(kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (12, 8), "#fffdfa").save(buffer, kind)
    return buffer.getvalue()


def photo(name: str = "照片.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture())


@cache
def _cleaned(content: bytes, kind: str) -> bytes | Refusal:
    """Once for all tests: the process that reads a picture takes a fifth of a second to begin."""
    return clean_picture(content, kind)


def uploaded(person: Person, at: datetime = NOW, name: str = "照片.png") -> Upload:
    with patch.object(uploading, "clean_picture", _cleaned):
        stored = upload(photo(name), person=person, now=at)
    assert isinstance(stored, Upload)
    return stored


def happy_answers(item: str = VEHICLE) -> dict[str, Answer]:
    scenarios = catalogue().entries[item].shape.scenarios
    return dict(next(scenario.answers for scenario in scenarios if scenario.shows == "happy"))


def begun(person: Person, item: str = VEHICLE, at: datetime = NOW) -> Draft:
    draft = start(catalogue().items[item], person=person, now=at)
    assert isinstance(draft, Draft)
    return draft


def complete(
    person: Person,
    item: str = VEHICLE,
    *,
    unit: str = UNIT,
    at: datetime = NOW,
    answers: Answers | None = None,
) -> Draft:
    """A draft that may be handed in; `answers` stand instead of the happy ones of the same key."""
    given: Mapping[str, Answer] = {**happy_answers(item), **(answers or {})}
    found = catalogue().items[item]
    needed = [one for one in found.needed(settle(found.form, given)) if one.is_uploaded]
    saved = save_draft(
        begun(person, item, at),
        now=at,
        answers=given,
        provided={one.key: [str(uploaded(person, at).pk)] for one in needed},
        unit=unit,
    )
    assert isinstance(saved, Draft)
    return saved


def answered(person: Person, **answers: Answer) -> Draft:
    """A draft with these answers; the vehicle is said to be bought unless they say otherwise."""
    saved = save_draft(begun(person), now=NOW, answers={"acquired_by": "purchase", **answers})
    assert isinstance(saved, Draft)
    return saved


def stored(draft: Draft) -> Draft:
    """The draft as it is in the database now."""
    return Draft.objects.get(pk=draft.pk)

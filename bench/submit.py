"""Submitting through the action, against a bare Django insert of the same rows, in one run.

The two take turns in short rounds, so that whatever else the machine does hits both alike.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yinuo.apps.documents.models import Upload
    from yinuo.apps.people.models import Person

TIMES = 25
ROUNDS = 24


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YINUO_DATA": folder, "DJANGO_SETTINGS_MODULE": "yinuo.project.settings"}
        os.environ.setdefault("YINUO_LOG_LEVEL", "ERROR")
        import django

        django.setup()
        _set_up()
        _actions()
        pairs = [(_actions(), _inserts()) for _ in range(ROUNDS)]
        print(f"submit through the action  {median(a for a, _ in pairs):.0f} per second")
        print(f"bare insert of its rows  {median(b for _, b in pairs):.0f} per second")
        print(f"submit as a share of the bare insert  {median(a / b for a, b in pairs):.2f} ratio")


def _set_up() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from yinuo.apps.items.actions.publish import publish
    from yinuo.apps.items.queries import catalogue
    from yinuo.demo.people import make_people

    call_command("migrate", verbosity=0)
    report = publish(Path(settings.CATALOGUE), datetime.now(UTC))
    assert not report.findings, report.findings
    make_people(catalogue().city)


def _actions() -> float:
    """Cases per second from a complete draft, everything included that the web does after the button."""
    from yinuo.apps.cases.actions.submit import submit
    from yinuo.apps.cases.models import Case, Draft
    from yinuo.apps.items.queries import catalogue
    from yinuo.apps.people.models import Person

    entry = catalogue().entries["jg-vehicle-transfer"]
    answers = next(s.answers for s in entry.shape.scenarios if s.shows == "happy")
    person, now = Person.objects.get_by_natural_key("13800000001"), datetime.now(UTC)
    file = str(_file(person, now).pk)
    provided = {m.key: [file] for m in entry.item.needed(answers) if m.is_uploaded}
    drafts = [
        Draft.objects.create(
            person=person, item=entry.item.id, item_version=entry.item.version, answers=answers,
            provided=provided, unit="taobei-traffic", started_at=now, changed_at=now,
        )
        for _ in range(TIMES)
    ]  # fmt: skip
    started = time.perf_counter()
    made = [submit(draft, person=person, now=now) for draft in drafts]
    took = time.perf_counter() - started
    assert all(isinstance(one, Case) for one in made), made
    return TIMES / took


def _file(person: Person, now: datetime) -> Upload:
    """One for all drafts of a round: how it came is not measured here."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from yinuo.apps.documents.actions.upload import upload
    from yinuo.apps.documents.models import Upload

    drawn = BytesIO()
    Image.new("RGB", (12, 8)).save(drawn, "PNG")
    stored = upload(SimpleUploadedFile("x.png", drawn.getvalue()), person=person, now=now)
    assert isinstance(stored, Upload), stored
    return stored


def _inserts() -> float:
    """The same rows (serial, case, event, promise, draft, file) as they are, one transaction a case."""
    from django.db import transaction

    from yinuo.apps.cases.models import Case, CaseEvent, DailySerial, Draft
    from yinuo.apps.documents.models import Upload
    from yinuo.apps.promises.models import PromiseRow

    case = Case.objects.latest("pk")
    event = case.events.get()
    promise = PromiseRow.objects.get(case=case.number)
    draft, day = case.draft, DailySerial.objects.latest("day")
    offset, file = Case.objects.count(), Upload.objects.latest("uploaded_at")
    copies = [_copies(case, event, promise, f"B{offset + n}") for n in range(TIMES)]
    started = time.perf_counter()
    for one, happened, owed in copies:
        with transaction.atomic():
            DailySerial.objects.filter(pk=day.pk).update(last=day.last)
            one.save(force_insert=True)
            happened.case = one
            CaseEvent.objects.bulk_create([happened])
            PromiseRow.objects.bulk_create([owed])
            Draft.objects.filter(pk=draft.pk).update(changed_at=draft.changed_at)
            Upload.objects.filter(pk=file.pk).update(handed_in=True)
    return TIMES / (time.perf_counter() - started)


def _copies(case: object, event: object, promise: object, number: str) -> tuple:  # type: ignore[type-arg]
    from copy import copy

    one, happened, owed = copy(case), copy(event), copy(promise)
    for row in (one, happened, owed):
        row.pk, row._state = None, copy(row._state)  # type: ignore[attr-defined]
        row._state.adding = True  # type: ignore[attr-defined]
    one.number, one.query_code, owed.case = number, number.rjust(12, "C")[:12], number  # type: ignore[attr-defined]
    return one, happened, owed


if __name__ == "__main__":
    main()

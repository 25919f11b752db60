"""A process that writes without a pause, as the site does: people register, fill in, upload and hand in.

`python -m support.writing <who> <file to stop at>` prints a JSON line for all that was acknowledged.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any


def write(who: str, stop: Path) -> Iterator[dict[str, Any]]:
    """Every writer takes the same phone numbers, so that they race for each; who comes first goes on."""
    for turn in count():
        if stop.exists():
            return
        phone = f"139{turn:08}"
        if _registers(phone, who):
            yield {"phone": phone} | _hands_in(phone, f"{who}-{turn}")


def _registers(phone: str, who: str) -> bool:
    from yinuo.apps.people.actions.register import register
    from yinuo.apps.people.models import Person

    return isinstance(register(phone, f"王{who}", f"a long enough word {who}"), Person)


def _hands_in(phone: str, mark: str) -> dict[str, Any]:
    """A draft with answers that are changed several times, its files, and its case."""
    from support.drafts import complete, happy_answers

    from yinuo.apps.cases.actions.save_draft import save_draft
    from yinuo.apps.cases.actions.submit import submit
    from yinuo.apps.cases.models import Case, Draft
    from yinuo.apps.people.models import Person

    person, now = Person.objects.by_login(phone), datetime.now(UTC)
    assert person is not None, phone
    answers: dict[str, Any] = happy_answers() | {"seller_name": mark}
    draft = complete(person, at=now, answers=answers)
    for _ in range(3):
        saved = save_draft(draft, now=now, answers=answers)
        assert isinstance(saved, Draft), saved
    files = [one for ids in saved.provided.values() for one in ids]
    case = submit(saved, person=person, now=now)
    assert isinstance(case, Case), case
    return {
        "case": case.number,
        "answers": dict(saved.answers),
        "files": {one: _digest(one) for one in files},
    }


def _digest(upload: str) -> str:
    from yinuo.apps.documents.queries import content, uploads

    return hashlib.sha256(content(uploads([upload])[upload])).hexdigest()


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.project.settings")
    django.setup()
    for done in write(sys.argv[1], Path(sys.argv[2])):
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

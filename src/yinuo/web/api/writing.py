"""What several operations do with what they are sent: answers as values, own files, once for each key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.params.functions import Header

from yinuo.apps.cases.actions.save_draft import MOST_FILES
from yinuo.apps.clients.actions.once import Answer as Done
from yinuo.apps.clients.actions.once import once
from yinuo.apps.documents.queries import own_uploads
from yinuo.apps.people.models import Person
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer, Field, read
from yinuo.core.item import Material
from yinuo.web.api.callers import caller_of

ONCE = Header(
    ...,
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    description="Made up by you, another one for each request. Sent again with the same request within 24 "
    "hours it gives the same answer and does nothing; with another one it is refused with `key-reused`.",
)


def done_once(
    request: HttpRequest, key: str, status: int, do: Callable[[], dict[str, Any] | Refusal]
) -> HttpResponse | Refusal:
    """The answer of `do` as JSON, or of the request that came first with this key."""

    def act() -> Done | Refusal:
        result = do()
        return result if isinstance(result, Refusal) else Done(status, json.dumps(result, ensure_ascii=False))

    asked = b"\0".join((str(request.method).encode(), request.path.encode(), request.body))
    done = once(key, asked, act, who=caller_of(request), now=timezone.now())
    if isinstance(done, Refusal):
        return done
    response = HttpResponse(done.body, status=done.status, content_type="application/json")
    if done.again:
        response["Idempotent-Replayed"] = "true"
    return response


def answer(field: Field, value: Answer | None) -> Answer | None:
    """A text is read as if it had been typed; values stay as they are."""
    if isinstance(value, str):
        return read(field, [value])
    if isinstance(value, list) and field.type == "choices":
        return read(field, value)
    return value


def unknown(given: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(set(given) - set(known), "unknown-field")


def files(
    given: Mapping[str, Sequence[str]], materials: Iterable[Material], person: Person, now: datetime
) -> dict[str, list[str]] | Refusal:
    """Ids of own files by material; `invalid-answers` for another material, too many, or somebody else's."""
    wrong = unknown(given, (one.key for one in materials if one.is_uploaded))
    for key, ids in given.items():
        if len(ids) > MOST_FILES or set(ids) - own_uploads(ids, person, day_of(now)).keys():
            wrong.setdefault(key, "not-a-choice")
    return Refusal("invalid-answers", wrong) if wrong else {key: list(ids) for key, ids in given.items()}

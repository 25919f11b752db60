"""Walking the operations of the API as a program of somebody who has no business there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.urls import reverse
from support.drafts import photo
from support.programs import Asking
from support.walk import Arguments, Seen, seen

UPLOADS = ("api-upload", "api-case-upload")


@dataclass(frozen=True, slots=True)
class Question:
    """What an address names, and what is sent to it. `names`: what the answer may repeat of the body."""

    arguments: Arguments
    body: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `there` names a thing that exists, `nowhere` one of the same shape that does not."""

    name: str
    method: str
    there: Question
    nowhere: Question


def path(name: str, arguments: Arguments) -> str:
    return reverse(name, kwargs=dict(arguments)).removeprefix("/api/v1")


def ask(program: Asking, operation: Operation, question: Question) -> Seen:
    """Never for want of room: an answer of 429 would be the same for everything."""
    address = path(operation.name, question.arguments)
    if operation.method == "GET":
        response = program.get(address)
    elif operation.name in UPLOADS:
        response = program.upload(address, photo(), **question.body)
    else:
        response = program.send(operation.method, address, question.body, key=uuid4().hex)
    assert response.status_code != 429, operation.name
    return seen(response, [address, *question.arguments.values(), *question.names])


def leaks(program: Asking, operations: Iterable[Operation]) -> list[str]:
    """The operations at which this program can tell that the thing exists."""
    return [one.name for one in operations if ask(program, one, one.there) != ask(program, one, one.nowhere)]


def telling(program: Asking, lists: Iterable[str], names: Iterable[str]) -> list[str]:
    """The lists, searches and figures in which one of these names stands."""
    wanted = [json.dumps(one, ensure_ascii=False).strip('"') for one in names]
    said = {name: program.get(path(name, {})).content.decode() for name in lists}
    return [name for name, body in said.items() if any(one in body for one in wanted)]

"""From a posted form of the desk to the action that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.http import QueryDict
from django.utils import timezone

from yinuo.apps.cases.actions import forward, hand_over, issue, revoke
from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import colleagues
from yinuo.core.case import commands as c
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal

Data = QueryDict


class Verb(Protocol):
    def __call__(self, case: Case, data: Data, **who: Any) -> Opened | Refusal: ...


def _command(make: Callable[[Data], Any]) -> Verb:
    def do(case: Case, data: Data, **who: Any) -> Opened | Refusal:
        return act(case, make(data), **who)

    return do


def _words(data: Data) -> str:
    return data.get("words", "").strip()


def _notice(data: Data) -> c.AskSupplement:
    """Everything that is marked, with what is wrong; a marked line without words is refused by the core."""
    marked = data.getlist("ask")
    words = {key: data.get(f"why-{key}", "").strip() for key in marked}
    return c.AskSupplement(
        materials={
            key.removeprefix("material:"): w for key, w in words.items() if key.startswith("material:")
        },
        fields={key.removeprefix("field:"): w for key, w in words.items() if key.startswith("field:")},
    )


def _hand_over(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    to = _colleague(case, data.get("to", ""))
    return hand_over.hand_over(case, to, _words(data), **who)


def _colleague(case: Case, key: str) -> Person | None:
    here = colleagues(case.unit, day_of(timezone.now()))
    return next((person for person in here if str(person.pk) == key), None)


def _forward(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    return forward.forward(case, data.get("unit", ""), _words(data), **who)


def _issue(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    return issue.issue(case, **who)


def _revoke(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    return revoke.revoke(case, _words(data), **who)


def _decide(data: Data) -> c.Decide:
    return c.Decide(data.get("outcome") == "grant", _words(data))


VERBS: Mapping[str, Verb] = {
    "take": _command(lambda data: c.Take()),
    "hand-over": _hand_over,
    "accept": _command(lambda data: c.Accept()),
    "supplement": _command(_notice),
    "allow-notice": _command(lambda data: c.AllowNotice(_words(data))),
    "refuse": _command(lambda data: c.Refuse(_words(data), data.get("to", "").strip())),
    "forward": _forward,
    "pass": _command(lambda data: c.PassStep(_words(data))),
    "return": _command(lambda data: c.Return(_words(data))),
    "suspend": _command(lambda data: c.Suspend(data.get("procedure", ""), _words(data))),
    "resume": _command(lambda data: c.Resume(_words(data))),
    "ask-extension": _command(lambda data: c.AskExtension(_words(data))),
    "answer-extension": _command(
        lambda data: c.AnswerExtension(data.get("outcome") == "grant", _words(data))
    ),
    "decide": _command(_decide),
    "issue": _issue,
    "deliver": _command(lambda data: c.Deliver(data.get("method", ""), data.get("reference", ""))),
    "say": _command(lambda data: c.Say(_words(data))),
    "revoke": _revoke,
    "correct": _command(lambda data: c.Correct(_words(data))),
}

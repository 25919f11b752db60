"""From a posted form of the desk to the action that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.http import QueryDict
from django.utils import timezone

from yinuo.apps.cases.actions import appeal_rating, forward, hand_over, issue, reassign, revoke
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


def _reassign(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    unit, _, to = data.get("to", "").partition("|")
    return reassign.reassign(case, unit, to, _words(data), **who)


def _appeal(case: Case, data: Data, **who: Any) -> Opened | Refusal:
    return appeal_rating.appeal_rating(case, _visit(data), _words(data), **who)


def _visit(data: Data) -> int:
    """Which rating is meant: 0 is that of the whole case; -1, which there never is, for anything odd."""
    text = data.get("visit", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1


def _card(data: Data) -> c.Card:
    card, _, rest = data.get("card", "").partition("|")
    key, _, about = rest.partition("|")
    return c.Card(card, key, about, reason=_words(data))


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
    "take-over": _command(lambda data: c.TakeOver()),
    "decline-forward": _command(lambda data: c.DeclineForward(_words(data))),
    "reassign": _reassign,
    "answer-urge": _command(lambda data: c.AnswerUrge(_words(data))),
    "supervise": _command(lambda data: c.Supervise(_words(data))),
    "answer-supervision": _command(lambda data: c.AnswerSupervision(_words(data))),
    "card": _command(_card),
    "answer-card": _command(lambda data: c.AnswerCard(data.get("card", ""), _words(data))),
    "verify-rating": _command(
        lambda data: c.VerifyRating(_visit(data), _words(data), data.get("complex") == "yes")
    ),
    "answer-rating": _command(lambda data: c.AnswerRating(_visit(data), _words(data))),
    "put-right": _command(lambda data: c.PutRight(_visit(data), _words(data))),
    "appeal-rating": _appeal,
    "decide-appeal": _command(
        lambda data: c.DecideAppeal(_visit(data), data.get("outcome") == "grant", _words(data))
    ),
    "correct": _command(lambda data: c.Correct(_words(data))),
}

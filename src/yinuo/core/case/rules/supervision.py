"""Around the clock: urging, supervision, cards, messages, corrections, dates that another calendar moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.core.case.commands import (
    AnswerCard,
    AnswerSupervision,
    AnswerUrge,
    Card,
    Context,
    Correct,
    Made,
    Redate,
    Say,
    Supervise,
    Urge,
)
from yinuo.core.case.rules.guards import (
    has_post,
    has_words,
    in_stage,
    is_applicant,
    is_leader,
    is_staff_here,
    is_system,
    owes,
)
from yinuo.core.case.rules.holding import WORKING
from yinuo.core.case.state import CaseState
from yinuo.core.clock import day_of, instant
from yinuo.core.errors import Refusal

CARDS = ("yellow", "red")


def urge(command: Urge, state: CaseState, context: Context) -> Made | Refusal:
    """Once a day and a few times in all, so that asking stays a question and does not become the work."""
    no = in_stage(state, WORKING) or is_applicant(state, context)
    if no is not None:
        return no
    if state.urged is not None and day_of(state.urged) == day_of(context.now):
        return Refusal("urged-today")
    if state.urges >= context.duties.most_urges:
        return Refusal("urged-enough", facts={"most": context.duties.most_urges})
    answer = None if state.owes("urge") else owes("urge", state.unit, context.duties.urge, context)
    return [("urged", {"words": command.words, "promise": answer})]


def answer_urge(command: AnswerUrge, state: CaseState, context: Context) -> Made | Refusal:
    return _answered("urge", command.words, state, context) or [("urge-answered", {"words": command.words})]


def _answered(key: str, words: str, state: CaseState, context: Context) -> Refusal | None:
    """Anybody of the unit answers in words, while an answer is owed."""
    no = is_staff_here(state, context) or has_words(words, "words-needed")
    return no or (None if state.owes(key) else Refusal("nothing-to-answer"))


def supervise(command: Supervise, state: CaseState, context: Context) -> Made | Refusal:
    """督办: whoever answers for the unit or supervises it wants to know, in writing."""
    no = in_stage(state, WORKING) or has_words(command.words, "words-needed")
    if no is None and is_leader(state, context) is not None:
        no = has_post(state, context, "supervisor")
    if no is None and state.owes("supervision") is not None:
        no = Refusal("already-asked")
    answer = owes("supervision", state.unit, context.duties.supervision, context)
    return no or [("supervised", {"words": command.words, "promise": answer})]


def answer_supervision(command: AnswerSupervision, state: CaseState, context: Context) -> Made | Refusal:
    no = _answered("supervision", command.words, state, context)
    return no or [("supervision-answered", {"words": command.words})]


def card(command: Card, state: CaseState, context: Context) -> Made | Refusal:
    """Given by the clock or by a supervisor who says why; once per colour and promise."""
    no = None
    if context.actor.role != "system":
        no = has_post(state, context, "supervisor") or has_words(command.reason, "reasons-needed")
    if no is None and command.card not in CARDS:
        no = Refusal("no-such-card")
    promise = state.promise(command.key, command.about)
    if no is None and (promise is None or promise.owner == "applicant" or promise.void):
        no = Refusal("no-such-promise")
    since = instant(promise.start).isoformat() if promise is not None else ""
    facts = {"card": command.card, "key": command.key, "about": command.about, "since": since}
    if no is None and any(facts.items() <= given.items() for given in state.cards):
        no = Refusal("carded-already")
    if no is not None:
        return no
    answer = None
    if state.owes("card", command.card) is None:
        answer = owes("card", state.unit, context.duties.card, context, about=command.card, post="leader")
    return [("carded", {**facts, "rung": command.rung, "reason": command.reason, "promise": answer})]


def answer_card(command: AnswerCard, state: CaseState, context: Context) -> Made | Refusal:
    """Whoever leads the unit says what happened and what was done about it."""
    no = is_leader(state, context) or has_words(command.words, "words-needed")
    if no is None and state.owes("card", command.card) is None:
        no = Refusal("nothing-to-answer")
    return no or [("card-answered", {"card": command.card, "words": command.words})]


def say(command: Say, state: CaseState, context: Context) -> Made | Refusal:
    applicant = is_applicant(state, context)
    no = in_stage(state, WORKING) or (applicant and is_staff_here(state, context))
    return no or has_words(command.words, "words-needed") or [("message", {"words": command.words})]


def correct(command: Correct, state: CaseState, context: Context) -> Made | Refusal:
    """What is wrong in the record is put right by a further event, never by changing one."""
    no = has_post(state, context, "supervisor") or has_words(command.words, "words-needed")
    return no or [("corrected", {"words": command.words})]


def redate(command: Redate, state: CaseState, context: Context) -> Made | Refusal:
    """The record says that dates moved, and to where; they are computed, so nothing else changes."""
    no = is_system(context)
    if no is None and not command.promises:
        no = Refusal("nothing-moved")
    return no or [("redated", {"promises": list(command.promises), "calendar": command.calendar})]


RULES: Mapping[type, Any] = {
    Urge: urge,
    AnswerUrge: answer_urge,
    Supervise: supervise,
    AnswerSupervision: answer_supervision,
    Card: card,
    AnswerCard: answer_card,
    Say: say,
    Correct: correct,
    Redate: redate,
}

"""Which act every command of staff is, and with which posts somebody comes to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yinuo.core.case import commands as c
from yinuo.core.case.events import Actor

# What is missing here only an applicant or the clock does.
ACTS: Mapping[type, str] = {
    c.Take: "take",
    c.HandOver: "hand-over",
    c.Accept: "accept",
    c.AskSupplement: "supplement",
    c.AllowNotice: "allow-notice",
    c.Refuse: "refuse",
    c.Forward: "forward",
    c.TakeOver: "take-over",
    c.DeclineForward: "decline-forward",
    c.Reassign: "reassign",
    c.PassStep: "pass",
    c.Return: "return",
    c.Suspend: "suspend",
    c.Resume: "resume",
    c.AskExtension: "ask-extension",
    c.AnswerExtension: "answer-extension",
    c.Decide: "decide",
    c.Issue: "issue",
    c.Deliver: "deliver",
    c.Close: "close",
    c.Revoke: "revoke",
    c.Say: "say",
    c.AnswerUrge: "answer-urge",
    c.Supervise: "supervise",
    c.AnswerSupervision: "answer-supervision",
    c.Card: "card",
    c.AnswerCard: "answer-card",
    c.VerifyRating: "verify-rating",
    c.AnswerRating: "answer-rating",
    c.PutRight: "put-right",
    c.CallBack: "call-back",
    c.AppealRating: "appeal-rating",
    c.DecideAppeal: "decide-appeal",
    c.FollowUp: "follow-up",
    c.Correct: "correct",
}


def standings(actor: Actor, allowed: frozenset[str]) -> Iterator[tuple[str, Actor]]:
    """How somebody may come to an act: by own right first, then for one absent colleague at a time.

    The principal ('' where it is one's own right) and the actor with only the posts that count; the others
    lie in `besides`.
    """
    counting = frozenset(pair for pair in actor.posts if pair[0] in allowed)
    own = counting - {(post, unit) for post, unit, _ in actor.deputy}
    yield "", actor.with_only(own)
    for post, unit, principal in sorted(actor.deputy):
        if (post, unit) in counting:
            yield principal, actor.with_only(own | {(post, unit)})

"""Putting a notice into the outbox: worded once, on the channel that its reader chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yinuo.apps.items.queries import catalogue
from yinuo.apps.notices.channels import channel_for, preference_of
from yinuo.apps.notices.models import Notice, State
from yinuo.apps.notices.wording import Facts, in_words, lang_of, link
from yinuo.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Message:
    """`item`: the id of the service, for what it words otherwise; `case`: the number, "" for none."""

    key: str
    template: str
    facts: Facts
    case: str = ""
    item: str = ""


def put(person: Person, messages: Iterable[Message], now: datetime) -> int:
    """Write what is not there yet; returns how many messages were given. What stands there stays as it is.

    A catalogue without that template tells nobody.
    """
    served = catalogue()
    rows = [_row(person, one, now) for one in messages if served.notices.has(one.template)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(person: Person, message: Message, now: datetime) -> Notice:
    served, channel = catalogue(), channel_for(person)
    language = preference_of(person).language
    lang = lang_of(language)
    given = {**message.facts, "link": link(message.case, desk=person.is_staff)}
    named = served.notices.named(message.template, message.item)
    facts = in_words({key: value for key, value in given.items() if key in named}, lang)
    worded = served.notices.worded(message.template, message.item, facts, lang)
    waits = channel != "hall"
    return Notice(
        key=message.key,
        person=person,
        case=message.case,
        template=message.template,
        language=language,
        channel=channel,
        facts=facts,
        subject=worded.subject,
        body=worded.body,
        sms=worded.sms,
        created_at=now,
        state=State.WAITING if waits else State.SENT,
        next_try_at=now if waits else None,
        sent_at=None if waits else now,
    )

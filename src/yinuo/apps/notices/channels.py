"""Which channels the city has connected, and where somebody is reached on them."""

from __future__ import annotations

from django.conf import settings

from yinuo.apps.notices.models import Preference
from yinuo.apps.people.models import Person

DEFAULT = Preference(channel="hall", language="zh-hans")


def connected() -> frozenset[str]:
    """The channels over which something can be sent; the hall is always one."""
    sms = {"sms"} if settings.SMS_URL else set()
    email = {"email"} if settings.SMTP else set()
    return frozenset({"hall"} | sms | email)


def preference_of(person: Person) -> Preference:
    """How somebody chose to be told, else the default; never saved."""
    return getattr(person, "notice_preference", None) or DEFAULT


def address(person: Person, channel: str) -> str:
    """The phone number or e-mail address; empty where there is none."""
    if channel == "sms":
        return person.phone
    return preference_of(person).email if channel == "email" else ""


def channel_for(person: Person) -> str:
    """The chosen channel; the hall for staff, and where the channel is not connected or leads nowhere."""
    chosen = preference_of(person).channel
    usable = not person.is_staff and chosen in connected() and address(person, chosen)
    return chosen if usable else "hall"

"""Links with which a case is rated without signing in: whoever has one may rate once, and learns nothing.

A link is for one rating of one case: its number, the visit (0: the whole case), the channel, the day on which
the link was made. It is signed, so nobody makes or changes one; nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

from yinuo.core.errors import Refusal

VALID_FOR = timedelta(days=60)
SALT = "yinuo.rating"


@dataclass(frozen=True, slots=True)
class RatingLink:
    """channel: `link` where it was sent, `window` where it was shown as a QR."""

    number: str
    visit: int
    channel: str
    made_on: date

    @property
    def last_day(self) -> date:
        return self.made_on + VALID_FOR


def address(number: str, today: date, *, visit: int = 0, channel: str = "link") -> str:
    """The whole address, for a notice or a QR."""
    return f"{settings.ORIGIN.rstrip('/')}/rate/{token(RatingLink(number, visit, channel, today))}/"


def token(link: RatingLink) -> str:
    facts = [link.number, link.visit, link.channel, link.made_on.isoformat()]
    return _signer().sign_object(facts)


def read(text: str, today: date) -> RatingLink | Refusal:
    """Refuses `no-such-link` (made up or changed) and `link-expired`."""
    try:
        number, visit, channel, day = _signer().unsign_object(text)
    except BadSignature:
        return Refusal("no-such-link")
    link = RatingLink(number, visit, channel, date.fromisoformat(day))
    return link if today <= link.last_day else Refusal("link-expired")


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)

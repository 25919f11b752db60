"""How often each door may be used. Every figure has its reason; a door without figures does not exist.

Figures per address are wide: behind one address of a mobile network there are thousands of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Per = Literal["address", "code", "person"]
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` uses in `within` seconds, counted from the first."""

    per: Per
    most: int
    within: int
    why: str


@dataclass(frozen=True, slots=True)
class Pauses:
    """After `free` failures each further one shuts the door, for `pauses` seconds in turn, then for the last.

    What comes to a shut door is not counted, so nobody keeps it shut for longer. After `memory` seconds
    without an attempt all is forgotten; a success is forgotten at once.
    """

    per: Per
    free: int
    pauses: tuple[int, ...]
    memory: int
    why: str

    def __post_init__(self) -> None:
        if not self.pauses or list(self.pauses) != sorted(self.pauses) or self.pauses[-1] >= self.memory:
            raise ValueError("pauses grow, and are remembered for longer than the last of them")


Limit = Window | Pauses
GROWING = (30, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE)

LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "sign-in": (
        Pauses("address", 50, GROWING, HOUR, "one address that tries passwords of many accounts"),
        Pauses("person", 5, GROWING, DAY, "guesses at one account: about 100 a day, and never shut for good"),
    ),
    "sign-in-known": (
        Pauses("person", 10, GROWING, DAY, "a browser known from before is apart from strangers' guesses"),
    ),
    "second-factor": (
        Pauses("address", 50, GROWING, HOUR, "one address that tries codes of many accounts"),
        Pauses("person", 5, GROWING, DAY, "six digits: 100 guesses a day find one code in 30 years or so"),
    ),
    "code-send": (
        Window("address", 60, HOUR, "each message costs money and rings somebody's phone"),
        Window("person", 5, HOUR, "nobody's phone is flooded in our name"),
        Window("person", 10, DAY, "nobody's phone is flooded in our name"),
    ),
    "code-send-known": (
        Window("person", 5, HOUR, "apart from strangers, who cannot use up what the owner may ask for"),
        Window("person", 10, DAY, "nobody's phone is flooded in our name"),
    ),
    "code-try": (
        Window("address", 100, 10 * MINUTE, "one address that tries codes of many phones"),
        Window("person", 10, 15 * MINUTE, "six digits; each code has few tries of its own as well"),
    ),
    "register": (
        Window("address", 60, HOUR, "accounts made by a machine; a class of students still gets through"),
    ),
    "reset": (Window("address", 60, HOUR, "nobody tries new passwords for many accounts from one address"),),
    "confirm": (Window("person", 10, 15 * MINUTE, "whoever finds a session open guesses at its password"),),
    "provider": (Window("address", 120, 10 * MINUTE, "each is a call from us to the identity provider"),),
    "progress": (
        Window("address", 300, 10 * MINUTE, "query codes have 46 random bits: guessing stays hopeless"),
    ),
    "verify": (Window("address", 300, 10 * MINUTE, "each check is a signature to be checked"),),
    "rate-link": (
        Window("address", 300, 10 * MINUTE, "links and short codes cannot be tried out"),
        Window("code", 30, 10 * MINUTE, "one link is for one rating"),
    ),
    "upload": (
        Window("address", 600, 10 * MINUTE, "each file is decoded, made anew and scanned"),
        Window("person", 120, 10 * MINUTE, "no form asks for more files at a time"),
    ),
    "search": (Window("address", 600, MINUTE, "a search reads the whole index"),),
    "submit": (
        Window("address", 300, HOUR, "cases made by a machine"),
        Window("person", 30, HOUR, "an agent hands in a day's work in the morning; more is a machine"),
    ),
    "case-act": (Window("person", 60, 10 * MINUTE, "messages and urgings reach a clerk"),),
    "bundle": (Window("person", 30, 10 * MINUTE, "a bundle folds a case and makes the proofs of its days"),),
    "take-along": (
        Window("person", 10, HOUR, "a packet folds fifty cases and opens every file that was handed in"),
    ),
    "typeset": (
        Window("address", 300, 10 * MINUTE, "a sheet takes a quarter of a second of one processor"),
        Window("person", 60, 10 * MINUTE, "nobody prints more at a time"),
    ),
    "api": (
        Window("address", 3000, MINUTE, "programs of one organisation share an address"),
        Window("code", 600, MINUTE, "ten calls a second for each client"),
    ),
    "api-token": (
        Window("address", 300, 10 * MINUTE, "one address that tries client secrets"),
        Window("code", 60, 10 * MINUTE, "a token lasts far longer than ten seconds"),
    ),
}

"""Who came, who tried to come, and who was turned away: what a security log holds, for people to read."""

from __future__ import annotations

from django.db import models
from django.db.models import F


class Kind(models.TextChoices):
    """What somebody wanted."""

    SIGN_IN = "sign-in"
    RESET = "reset"  # a new password by a code to the phone
    CONFIRM = "confirm"  # to show, signed in, who they are, before what weighs much
    REFUSED = "refused"  # something that no post or scope of theirs allows


class Way(models.TextChoices):
    """How somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    CODE = "text-code"
    PROVIDER = "provider"
    AUTHENTICATOR = "authenticator"
    RECOVERY = "recovery-code"


class Outcome(models.TextChoices):
    """`HALF`: the password was right, and the second factor is still asked for."""

    WORKED = "worked"
    FAILED = "failed"
    HALF = "half"


class Forged(models.TextChoices):
    """What anybody can send without being known. Only counted: a flood makes a number grow, and no table."""

    FORM = "form"  # one that no page of ours made, or one that grew stale
    TOKEN = "token"  # noqa: S105 - or the secret of a program, or a code of its own
    SHUT_DOOR = "shut-door"  # coming back to a door of apps.limits that is shut


class Entry(models.Model):
    """One attempt. `person` is null where nobody has the number that was typed, which is kept nowhere.

    way: a `Way`; of what was refused the name of the page. digest: the address it came from, keyed: it names
    no place, but says whether two attempts came from the same one.
    """

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=40)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    digest = models.CharField(max_length=43)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="entry_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


class Tally(models.Model):
    """How often something was sent on a day that no page and no program of ours sends."""

    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Forged.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(F("day"), F("kind"), name="one_tally_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.count}"

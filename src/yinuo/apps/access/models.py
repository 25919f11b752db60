"""How staff get in: the second factor, sessions, who stands in for whom, and what was changed on accounts."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from yinuo.apps.vault.fields import SealedText


class SecondFactor(models.Model):
    """The secret that a person's authenticator shares with us (TOTP, RFC 6238).

    `last_step`: the last step of 30 seconds whose code was used; it and all before it are refused from then.
    `is_demo`: the demo shows its code on the page. Nothing counts before `confirmed_at`.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    secret = SealedText()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    is_demo = models.BooleanField(default=False)


class RecoveryCode(models.Model):
    """One use each, for whoever has lost the authenticator. Kept as slow and salted hashes, like passwords.

    key: the first letters of the code, no secret: by them it is found, and one hash is worked out, not ten.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    key = models.CharField(max_length=2)
    digest = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("person"), F("key"), name="recovery_codes_begin_differently")
        ]


class Enrolment(models.Model):
    """The authenticator was reset: a new one can be set up until then. Gone once that is done."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    until = models.DateTimeField()


class GivenPassword(models.Model):
    """A password that somebody else made: good until then, and only to choose one's own."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    until = models.DateTimeField()


class PersonSession(models.Model):
    """One sign-in of a person. `posts`: what staff held then, as `post@unit`; to lose one ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    browser = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    posts = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"], name="session_open")]


class Delegation(models.Model):
    """Somebody does another's post while that person is absent; both days count."""

    post = models.ForeignKey("people.Post", models.CASCADE, related_name="+")
    deputy = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    reason = SealedText()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_starts"
            )
        ]


class Change(models.Model):
    """What was done to an account, append-only. `by` null: the command line."""

    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    what = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    reason = SealedText()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="change_of_person")]

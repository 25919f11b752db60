"""For whom somebody may act: organisations, children, and mandates from one person to another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinuo.apps.vault.fields import BlindIndex, SealedText

PERSON = settings.AUTH_USER_MODEL
BY_PHONE, BY_IDENTITY = "mandate.phone", "ward.identity"  # the purposes of the blind indexes


class Organisation(models.Model):
    """A company or another body, as its legal representative states it.

    Anybody may state that they represent an organisation, and sees only what was handed in under that
    statement. Once a window has seen the licence it is confirmed; one confirmed row there is for each code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uscc = models.CharField(max_length=18, db_index=True)
    name = models.CharField(max_length=120)
    representative = models.ForeignKey(PERSON, models.PROTECT, related_name="organisations")
    stated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    seen = models.CharField(max_length=200, blank=True)  # by which paper it was confirmed
    ended_at = models.DateTimeField(null=True)  # the representative no longer represents it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="one_confirmed_organisation",
            ),
            models.UniqueConstraint(
                fields=["uscc", "representative"],
                condition=Q(ended_at__isnull=True),
                name="stated_once_by_each",
            ),
        ]

    @property
    def key(self) -> str:
        return f"organisation:{self.pk}"


class Ward(models.Model):
    """A child for whom a parent acts by law (民法典第二十三、二十七条), until it is eighteen (第十七条)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guardian = models.ForeignKey(PERSON, models.CASCADE, related_name="wards")
    name = SealedText()
    identity = SealedText()
    identity_index = BlindIndex(of="identity", purpose=BY_IDENTITY)
    of_age_on = models.DateField()
    stated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "identity_index"],
                condition=Q(ended_at__isnull=True),
                name="one_ward_of_a_guardian",
            )
        ]

    @property
    def key(self) -> str:
        return f"ward:{self.pk}"


class Mandate(models.Model):
    """委托 (民法典第一百六十五条: who, in what, until when). It begins when the agent has agreed.

    `phone_index` finds the person who was asked; nobody learns whether that number has an account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="mandates")
    person = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="mandates_given")
    agent = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="mandates_held")
    agent_name = SealedText()
    phone = SealedText()
    phone_index = BlindIndex(of="phone", purpose=BY_PHONE, db_index=True)
    items = models.JSONField(default=list)  # ids; empty: every item
    last_day = models.DateField()
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reason = SealedText(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(person__isnull=True),
                name="a_mandate_has_one_principal",
            )
        ]

    @property
    def key(self) -> str:
        """The principal, as cases name it."""
        return f"person:{self.person_id}" if self.person_id else f"organisation:{self.organisation_id}"


class Attempt(models.Model):
    """What somebody tried when the mandate had ended: it was refused, and the principal was told."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="attempts")
    item = models.CharField(max_length=60)
    case = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

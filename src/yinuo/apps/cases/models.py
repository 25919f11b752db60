"""Cases: the events are the truth, the case row is a projection that can be rebuilt from them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinuo.apps.vault.fields import SealedJSON


class Draft(models.Model):
    """An application being filled in. Its id is what makes a double submit one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    item = models.CharField(max_length=60)
    item_version = models.CharField(max_length=64)
    principal = models.CharField(max_length=60, blank=True)  # for whom; empty: for oneself
    answers = SealedJSON(default=dict)
    provided = SealedJSON(default=dict)
    unit = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    case = models.OneToOneField("Case", models.CASCADE, null=True, related_name="draft")


class Case(models.Model):
    number = models.CharField(max_length=60, unique=True)
    query_code = models.CharField(max_length=12, unique=True)
    item = models.CharField(max_length=60)
    item_version = models.CharField(max_length=64)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    principal = models.CharField(max_length=60, blank=True, db_index=True)  # for whom; empty: the applicant
    unit = models.CharField(max_length=60)
    offered = models.CharField(
        max_length=60, blank=True
    )  # forwarded to this unit, which has not taken it yet
    owner = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    notices = models.PositiveSmallIntegerField(default=0)
    deemed = models.BooleanField(default=False)  # accepted by silence
    erased_on = models.DateField(null=True)  # nothing personal is left; it only counts in the figures
    erased_by = models.CharField(max_length=60, blank=True)  # the rule of keeping

    class Meta:
        indexes = [
            models.Index(fields=["unit", "ended_at", "due_on"], name="case_queue"),
            models.Index(fields=["applicant", "-received_at"], name="case_of_applicant"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """Append-only. Unique on (case, seq): of two who act at once, one wins."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    role = models.CharField(max_length=10)
    payload = SealedJSON()
    about = models.CharField(max_length=20, null=True)  # what rows are looked up by: `recording.about_of`
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_event_per_place")]
        indexes = [
            models.Index(fields=["at"], name="case_event_at"),  # for sealing a day
            models.Index(fields=["kind", "about"], name="case_event_about", condition=Q(about__isnull=False)),
        ]


class DailySerial(models.Model):
    """The last serial number given out on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

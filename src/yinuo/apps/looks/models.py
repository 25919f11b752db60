"""Who looked at what, and why: the views of staff, and the reasons that were stated before them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinuo.apps.vault.fields import SealedText


class Opening(models.Model):
    """Somebody said why they open a case that is not their own.

    `way`: `reason` within the unit, until the end of the day; `glass` from another unit, for an hour, to be
    reviewed by `review_by`. `justified`: what the review found.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.CharField(max_length=60)
    case_unit = models.CharField(max_length=60)
    way = models.CharField(max_length=10)
    key = models.CharField(max_length=20)
    words = SealedText()
    at = models.DateTimeField()
    until = models.DateTimeField()
    review_by = models.DateField(null=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    verdict = SealedText(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "until"], name="opening_open"),
            models.Index(fields=["case_unit", "at"], name="opening_of_unit"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Look(models.Model):
    """One member of staff saw one thing of one case. The same within `slot` is counted in the same row.

    `thing`: the id of the file, empty for anything else. `case` is empty where a person's or an
    organisation's entry was seen, and `subject` is then whose it is.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.CharField(max_length=20)
    unit = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    case = models.CharField(max_length=60, blank=True)
    case_unit = models.CharField(max_length=60)
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    thing = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=10)
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="looks")
    slot = models.DateTimeField()
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "case", "thing", "purpose", "slot"], name="one_look_per_slot"
            )
        ]
        indexes = [
            models.Index(fields=["case", "-first_at"], name="look_of_case"),
            models.Index(fields=["case_unit", "day", "purpose"], name="look_of_day"),
            models.Index(fields=["subject", "-first_at"], name="look_of_subject"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"

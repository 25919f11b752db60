"""Promises as rows: a projection of the case events, so that boards and queues can ask the database."""

from __future__ import annotations

from django.db import models

from yinuo.apps.vault.fields import SealedJSON


class PromiseRow(models.Model):
    """One promise of one case. `due_on` is null while the clock stands still; hours also have `due_at`."""

    case = models.CharField(max_length=60, db_index=True)
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    about = models.CharField(max_length=60, blank=True)
    owner = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    post = models.CharField(max_length=20, blank=True)
    person = models.CharField(max_length=40, blank=True)  # who has the case; nobody where the applicant owes
    item = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    used = models.PositiveSmallIntegerField(null=True)  # working days to its end, pauses taken out
    facts = models.JSONField()
    reasons = SealedJSON(null=True)  # of each extension in `facts`, in somebody's own words; null without one
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    statutory_due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_void = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="one_row_per_promise")]
        indexes = [
            models.Index(fields=["unit", "ended_at", "due_on"], name="promise_open_by_unit"),
            # All that a figure is counted from, so that counting a year reads no row with its long `facts`.
            models.Index(
                fields=[
                    "key",
                    "ended_at",
                    "owner",
                    "is_void",
                    "due_on",
                    "due_at",
                    "statutory_due_on",
                    "used",
                    "item",
                    "person",
                    "unit",
                ],
                name="promise_figures",
            ),
        ]


class RungReached(models.Model):
    """A warning rung that a promise came to: once, whatever crashes, since the row is unique."""

    case = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=12)
    unit = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place", "rung"], name="one_row_per_rung")]

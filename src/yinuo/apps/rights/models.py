"""What keeping and erasing leave on record: holds, numbers of what was erased, accounts that were closed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from yinuo.apps.vault.fields import SealedText

PERSON = settings.AUTH_USER_MODEL


class Hold(models.Model):
    """保全: a case that may not be erased until a day, whatever its rule says.

    `is_told`: whether its applicant may know why. Where the law forbids it (个人信息保护法第三十五条) they
    are told that there is a reason. `last_day`: it ends by itself; `lifted_at`: it ended before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.CharField(max_length=60, db_index=True)
    reason = SealedText()
    is_told = models.BooleanField()
    placed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    last_day = models.DateField()
    lifted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = SealedText(blank=True)


class Run(models.Model):
    """One day's erasing. Until `finished_at` the next tick goes on with it."""

    day = models.DateField(unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Erased(models.Model):
    """What one rule did in one run: numbers only. `keep`, `ground`: what the rule said then.

    `held`: what was due and is on hold. `owed`: what was due and in which somebody waits for the office.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="rows")
    rule = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    keep = models.CharField(max_length=10)
    ground = models.CharField(max_length=150, blank=True)
    count = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    owed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "rule"], name="one_row_per_rule_and_run")]


class ClosedAccount(models.Model):
    """An account that its owner closed. The empty row of the person stays until its last case is erased."""

    person = models.OneToOneField(PERSON, models.CASCADE, primary_key=True, related_name="+")
    closed_at = models.DateTimeField()

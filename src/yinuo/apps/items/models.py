"""What has been published: versions of items that cases pin, and whole catalogues that the hall serves."""

from __future__ import annotations

from django.db import models


class ItemVersion(models.Model):
    """One version of one item, kept for as long as a case may need it."""

    item = models.CharField(max_length=60)
    version = models.CharField(max_length=64)
    bundle = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="one_row_per_version")]


class Publication(models.Model):
    """A catalogue that passed every check; the latest one is served. `folder` lies in the data folder."""

    folder = models.CharField(max_length=64)
    items = models.PositiveIntegerField()
    published_at = models.DateTimeField()

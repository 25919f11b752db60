"""How often somebody came to a door: one row for each door and person, address or code, by digest only."""

from __future__ import annotations

from django.db import models


class Count(models.Model):
    """Moments are whole seconds since 1970: one statement counts and judges, the same on both databases.

    digest: keyed; whom it stands for cannot be read from it. used: how often, until `ends`; from then on the
    row means nothing. closed_until: the door stays shut before it; 0 where only a number is counted.
    """

    digest = models.CharField(max_length=43, primary_key=True)
    used = models.BigIntegerField()
    closed_until = models.BigIntegerField(default=0)
    ends = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.used} until {self.ends}"

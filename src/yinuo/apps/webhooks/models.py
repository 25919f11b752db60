"""Where programs want to hear of cases, and the outbox of what they are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.apps.clients.models import Client
from yinuo.apps.vault.fields import SealedText


class Endpoint(models.Model):
    """An address of a program, entered by the administrator. `secret`: what it checks our signature with."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="endpoints")
    address = models.CharField(max_length=300)
    secret = SealedText()
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "address"], condition=Q(closed_at__isnull=True), name="an_address_once"
            )
        ]


class State(models.TextChoices):
    """`sending`: claimed by a worker. `dead`: given up; the administrator may send it again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


class Delivery(models.Model):
    """One event of one case for one address. `id` goes along, so that a receiver knows what it had before.

    `error` is a code, never what a server said. `claim` is who may say how the sending went.
    """

    key = models.CharField(max_length=100, unique=True)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    case = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], name="webhook_waiting", condition=Q(state__in=["waiting", "sending"])
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

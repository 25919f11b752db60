"""Notices: how somebody wants to be told, and the outbox of everything that people are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yinuo.apps.vault.fields import SealedJSON, SealedText

CHANNELS = ("hall", "sms", "email")


class Preference(models.Model):
    """How somebody wants to be told. Without a row: in the hall, in Chinese."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference")
    channel = models.CharField(max_length=10, default="hall")
    email = SealedText(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")


class State(models.TextChoices):
    """`sending`: claimed by a worker. `unsure`: perhaps it went out. `dropped`: written off."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    DEAD = "dead"
    DROPPED = "dropped"


UNDELIVERED = (State.UNSURE, State.DEAD)


class Notice(models.Model):
    """One message to one person. `key` makes it exactly one, however often it is announced.

    The address is not kept: it is looked up when the message is sent. `facts` are those that the template
    names, in words. `claim` is who may say how the sending went; `error` is a code, never what a server said.
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.CharField(max_length=60, blank=True)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    facts = SealedJSON(default=dict)
    subject = SealedText()
    body = SealedText()
    sms = SealedText(blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = SealedText(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], name="notice_waiting", condition=Q(state__in=["waiting", "sending"])
            ),
            models.Index(
                fields=["created_at"], name="notice_undelivered", condition=Q(state__in=["unsure", "dead"])
            ),
            models.Index(fields=["person", "-created_at"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

"""Programs that may use the API, and the answers that are kept for whoever asks the same again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from oauth2_provider.models import AbstractApplication

from yinuo.apps.vault.fields import SealedText


class Client(AbstractApplication):  # type: ignore[misc]
    """A program that the administrator registered.

    `scopes`: the most that it may ever ask for. With the grant `client-credentials` it is a program of an
    organisation: `user` is the agent in whose name it acts and `principal` for whom, as cases name it.
    Otherwise each person allows it on a page, and `user` is empty.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    scopes = models.JSONField(default=list)
    principal = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Client]] = models.Manager()

    def is_usable(self, request: object) -> bool:
        """Asked by the library before anything else."""
        return self.closed_at is None

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Letter by letter: whatever differs is another address (OAuth 2.1, 4.1.3)."""
        return uri in self.redirect_uris.split()


class Kept(models.Model):
    """The answer to a request that carried an `Idempotency-Key`.

    `key` is a digest of the key, `digest` one of what was asked.
    """

    client = models.ForeignKey(Client, models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = SealedText(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "person", "key"], name="one_answer_per_key")]

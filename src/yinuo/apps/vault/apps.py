"""Starting: a deployment without a key ring gets one when its tables are made."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "yinuo.apps.vault"

    def ready(self) -> None:
        post_migrate.connect(_make_ring, sender=self)


def _make_ring(**_facts: Any) -> None:
    from yinuo.apps.vault.actions.make_ring import make_ring

    make_ring()

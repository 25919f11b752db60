"""Addresses as the world outside knows them: with the origin of this deployment."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def public(name: str, *arguments: str) -> str:
    """The whole address of a page by its name, such as `https://hall.example/items/x/`."""
    return f"{settings.ORIGIN.rstrip('/')}{reverse(name, args=arguments)}"


def guide(item_id: str) -> str:
    return public("guide", item_id)

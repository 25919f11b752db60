"""Deleting looks and the reasons for them: old ones, and those of a case that is erased."""

from __future__ import annotations

from collections.abc import Collection

from yinuo.apps.looks.models import Look, Opening


def forget_looks(looks: Collection[int]) -> int:
    """Delete these looks, with the reasons that no other look rests on; returns how many looks."""
    openings = set(Look.objects.filter(pk__in=looks, opening__isnull=False).values_list("opening", flat=True))
    deleted, _ = Look.objects.filter(pk__in=looks).delete()
    Opening.objects.filter(pk__in=openings, looks__isnull=True).delete()
    return deleted


def forget_case(number: str) -> int:
    """Delete every look at a case and every reason that was stated for it; returns how many looks."""
    deleted, _ = Look.objects.filter(case=number).delete()
    Opening.objects.filter(case=number, looks__isnull=True).delete()
    return deleted

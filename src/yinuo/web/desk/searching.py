"""What is searched for at the desk: names and codes of people, which stand in no address.

The form is posted; the address that answers carries the words sealed, for whoever searched alone. So the way
back, a second tab and the next page work, and histories and logs tell nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from yinuo.apps.vault.errors import VaultError
from yinuo.apps.vault.sealing import seal, unseal

PLACE = "desk.search"
FIND = "find"
LONGEST = 60  # characters, as the fields say


def answer(request: HttpRequest, words: str, **filters: str) -> HttpResponse:
    """Off to the address of what was found."""
    sealed = seal(f"{request.user.pk} {words}", PLACE) if (words := words.strip()[:LONGEST]) else ""
    query = urlencode({key: value for key, value in {FIND: sealed, **filters}.items() if value})
    return redirect(f"{request.path}?{query}" if query else request.path)


def searched(request: HttpRequest) -> str:
    """The words; none where the address has none, or those of somebody else."""
    try:
        person, _, words = unseal(request.GET.get(FIND, ""), PLACE).partition(" ")
    except VaultError:
        return ""
    return words if person == str(request.user.pk) else ""

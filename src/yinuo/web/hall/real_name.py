"""Where somebody goes on whose name has to be known better before an application."""

from __future__ import annotations

from django.urls import reverse

from yinuo.core.errors import Refusal
from yinuo.web.hall.signing_in.entering import onward

STEPS = {"real-name-checked": "account-identity", "real-name-verified": "account"}


def step_for(no: Refusal, target: str) -> str:
    """The address of what to do first, from where it goes on to `target`; empty for any other refusal."""
    name = STEPS.get(no.code, "")
    return onward(reverse(name), target) if name else ""

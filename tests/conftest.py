"""What every test shares: how hard hypothesis tries."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The machines that run this are of any speed, so no example is ever too slow.
settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

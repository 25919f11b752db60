"""What the machine counts about itself: requests by the name of their address, never by path or person."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from yinuo.apps.notices.queries import due, undelivered
from yinuo.apps.promises.queries import late, running
from yinuo.core.clock import day_of

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where several web processes put their numbers together
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_own = CollectorRegistry()
REQUESTS = Counter(
    "yinuo_requests", "Requests by route, method and status", ("route", "method", "status"), registry=_own
)
SECONDS = Histogram(
    "yinuo_request_seconds", "Seconds that a request took", ("route",), registry=_own, buckets=STEPS
)
REFUSED = Counter("yinuo_limits_refused", "Requests refused because of a limit", ("door",), registry=_own)


class Measure:
    """Counts each request under the name of its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        route = (request.resolver_match.view_name if request.resolver_match else "") or "-"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


def refused_at(door: str) -> None:
    REFUSED.labels(door).inc()


def measured() -> bytes:
    """Everything in the text format of Prometheus, of all web processes together."""
    registry = CollectorRegistry()
    if SHARED_FOLDER in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_own)
    registry.register(_Promises())
    return generate_latest(registry)


class _Promises(Collector):
    """What is owed and what waits to be sent, as it is in the database now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        for name, words, rows in (
            ("yinuo_promises_running", "Promises that run", running()),
            ("yinuo_promises_late", "Promises that are broken and still owed", late(day_of(now))),
            ("yinuo_notices_waiting", "Notices that wait to be sent now", due(now)),
            ("yinuo_notices_undelivered", "Notices that could not be delivered", undelivered()),
        ):
            yield GaugeMetricFamily(name, words, value=rows.count())

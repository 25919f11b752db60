"""Logs: one line per request, with a request id; JSON where a machine reads them. Nothing personal."""

from __future__ import annotations

import logging
import logging.config
import re
import time
import uuid
from collections.abc import Callable, Mapping

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import Processor

log = structlog.get_logger("yinuo.request")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure(options: Mapping[str, object]) -> None:
    """Called by Django with the LOGGING setting: `json` and `level`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *_tail(options),
                    ],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["console"], "level": options["level"]},
            "loggers": {"fontTools": {"level": "ERROR"}, "pyhanko": {"level": "ERROR"}},
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _tail(options: Mapping[str, object]) -> list[Processor]:
    if options["json"]:
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [_console()]


def _console() -> Processor:
    """Plain tracebacks: the pretty ones print local variables, and those hold what people wrote."""
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


class RequestLog:
    """Method, route and time of each request. The route, not the path: paths name cases."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            route = request.resolver_match.route if request.resolver_match else "-"
            took = round((time.perf_counter() - started) * 1000)
            log.info("request", method=request.method, route=route, status=response.status_code, ms=took)
        response["X-Request-Id"] = request_id
        return response

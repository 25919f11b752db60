"""Logs: one line per request, with a request id; JSON where a machine reads them. Nothing personal."""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Mapping

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor

from yinuo.web.client_address import request_id

log = structlog.get_logger("yinuo.request")
# Loggers of Django whose messages hold a path, a host name or a referrer of the visitor's.
NAME_PATHS = (
    "django.request", "django.security.csrf", "django.security.DisallowedHost",
    "django.security.SuspiciousOperation", "django.security.TooManyFieldsSent",
    "django.security.RequestDataTooBig", "django.security.SuspiciousFileOperation",
    "django.security.SuspiciousMultipartForm", "django.security.TooManyFilesSent",
)  # fmt: skip
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure(options: Mapping[str, object]) -> None:
    """Called by Django with the LOGGING setting: `json` and `level`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
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
            "filters": {"no paths": {"()": WithoutPath}},
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["console"], "level": options["level"]},
            "loggers": {
                "fontTools": {"level": "ERROR"},
                "pyhanko": {"level": "ERROR"},
                "oauth2_provider": {"level": "WARNING"},  # says at each cleaning that there was nothing
                **{name: {"filters": ["no paths"]} for name in NAME_PATHS},
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _tail(options: Mapping[str, object]) -> list[Processor]:
    if options["json"]:
        return [_told, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [_told, structlog.dev.ConsoleRenderer(colors=False)]


def _told(logger: object, method: str, event: EventDict) -> EventDict:
    """Where an exception was raised and of which kind. Its message may quote what people wrote, and a
    database quotes the row; the pretty tracebacks print local variables. None of that is written down."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = traceback_of(error)
    return event


def traceback_of(error: BaseException) -> str:
    """The innermost cause first, each with its calls and its kind, without any message."""
    chain, one = [error], error
    while (before := one.__cause__ or one.__context__) is not None and before not in chain:
        chain.append(one := before)
    return "\n".join(
        "".join(traceback.format_tb(one.__traceback__)) + f"{type(one).__module__}.{type(one).__qualname__}"
        for one in reversed(chain)
    )


class WithoutPath(logging.Filter):
    """Django writes the path of a request that failed, and paths name cases and carry links."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        said = record.msg
        if said == "%s: %s" and isinstance(record.args, tuple):  # what Django says of a status, and the path
            said = record.args[0]
        what = str(said).partition(":")[0].partition("%")[0].strip()
        record.msg, record.args = f"{what}: {match.route if match else '-'}", ()
        return True


class RequestLog:
    """Method, route and time of each request. The route, not the path: paths name cases."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request_id(request)
        name = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
            route = request.resolver_match.route if request.resolver_match else "-"
            took = round((time.perf_counter() - started) * 1000)
            log.info("request", method=request.method, route=route, status=response.status_code, ms=took)
        response["X-Request-Id"] = name
        return response

"""What the hall did not do, and why."""

from __future__ import annotations

from collections.abc import Mapping

import httpx


class ProblemError(Exception):
    """A refusal (RFC 9457). `code` is stable, `detail` is for people; `fields`: key -> code."""

    def __init__(self, status: int, code: str, detail: str, fields: Mapping[str, str]) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail, self.fields = status, code, detail, dict(fields)


def problem_of(answer: httpx.Response) -> ProblemError:
    """Of whatever came back: a proxy in between may answer with something else than JSON."""
    try:
        value = answer.json()
    except ValueError:
        value = {}
    told = value if isinstance(value, dict) else {}
    fields = {key: str(one["code"]) for key, one in told.get("fields", {}).items()}
    code = str(told.get("code") or told.get("error") or "no-problem-told")
    return ProblemError(answer.status_code, code, str(told.get("detail", "")), fields)

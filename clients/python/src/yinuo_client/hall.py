"""The hall: every operation as a method."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote

import httpx

from yinuo_client.problems import problem_of
from yinuo_client.shapes import Answer, Case, CaseRow, Draft, File, Item, ItemRow, Notice, Submitted

TRIES = 4
LONGEST_PAUSE = 60.0  # seconds
AGAIN = frozenset({429, 502, 503, 504})


class Hall:
    """`base`: such as `https://hall.example`. `language`: `zh-Hans` or `en`, of what is told in words.

    Every method raises ProblemError where the hall says no, httpx.TransportError where it is not reached.
    """

    def __init__(
        self, base: str, token: str = "", *, language: str = "zh-Hans", http: httpx.Client | None = None
    ) -> None:
        self._http = http if http is not None else httpx.Client(timeout=30)
        self._root = f"{base.rstrip('/')}/api/v1"
        self._head = {"Accept-Language": language}
        if token:
            self._head["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Hall:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    # Everybody

    def items(self, query: str = "", *, branch: str = "", topic: str = "") -> list[ItemRow]:
        asked = {"q": query, "branch": branch, "topic": topic}
        found = self._get("/items", {key: value for key, value in asked.items() if value})
        return cast(list[ItemRow], found["entries"])

    def item(self, item_id: str) -> Item:
        return cast(Item, self._get(f"/items/{quote(item_id)}"))

    def units(self) -> list[dict[str, Any]]:
        return cast(list[dict[str, Any]], self._get("/units")["entries"])

    def calendar(self) -> dict[str, Any]:
        return self._get("/calendar")

    def figures(self, period: str = "this-year") -> dict[str, Any]:
        return self._get("/figures", {"period": period})

    def progress(self, query_code: str) -> dict[str, Any]:
        return self._json("POST", "/progress", {"code": query_code})

    def verify(self, seal: str) -> dict[str, Any]:
        return self._json("POST", "/verify", {"code": seal})

    # Applying: the scope `apply`

    def drafts(self) -> list[Draft]:
        return cast(list[Draft], self._get("/drafts")["entries"])

    def begin(self, item_id: str) -> Draft:
        return cast(Draft, self._json("POST", "/drafts", {"item": item_id}))

    def draft(self, draft_id: str) -> Draft:
        return cast(Draft, self._get(f"/drafts/{quote(draft_id)}"))

    def save(
        self,
        draft_id: str,
        *,
        answers: Mapping[str, Answer | None] | None = None,
        files: Mapping[str, Sequence[str]] | None = None,
        unit: str | None = None,
    ) -> Draft:
        """Merged into what is there; an answer of None is taken out."""
        body: dict[str, Any] = {"answers": dict(answers or {}), "files": dict(files or {})}
        if unit is not None:
            body["unit"] = unit
        return cast(Draft, self._json("PATCH", f"/drafts/{quote(draft_id)}", body))

    def upload(self, draft_id: str, material: str, name: str, content: bytes) -> File:
        path = f"/drafts/{quote(draft_id)}/files"
        return cast(
            File,
            self._send("POST", path, data={"material": material}, files={"file": (name, content)}).json(),
        )

    def submit(self, draft_id: str, *, key: str = "") -> Submitted:
        """Says that everything in it is true."""
        return cast(Submitted, self._once(f"/drafts/{quote(draft_id)}/submit", {"truth": True}, key))

    def discard(self, draft_id: str) -> None:
        self._send("DELETE", f"/drafts/{quote(draft_id)}")

    # Own cases: the scopes `cases`, `act` and `papers`

    def cases(self) -> Iterator[CaseRow]:
        """All of them, the latest first; fetched page by page."""
        return cast(Iterator[CaseRow], self._pages("/cases"))

    def case(self, number: str) -> Case:
        return cast(Case, self._get(f"/cases/{quote(number)}"))

    def withdraw(self, number: str, words: str = "", *, key: str = "") -> Case:
        return self._act(number, "withdraw", {"words": words}, key)

    def urge(self, number: str, words: str = "", *, key: str = "") -> Case:
        return self._act(number, "urge", {"words": words}, key)

    def say(self, number: str, words: str, *, key: str = "") -> Case:
        return self._act(number, "say", {"words": words}, key)

    def rate(self, number: str, level: int, words: str = "", *, visit: int = 0, key: str = "") -> Case:
        return self._act(number, "rate", {"level": level, "words": words, "visit": visit}, key)

    def upload_to_case(self, number: str, name: str, content: bytes) -> File:
        """For a supplement that is asked now."""
        files = {"file": (name, content)}
        return cast(File, self._send("POST", f"/cases/{quote(number)}/files", files=files).json())

    def supplement(
        self,
        number: str,
        *,
        answers: Mapping[str, Answer | None] | None = None,
        files: Mapping[str, Sequence[str]] | None = None,
        key: str = "",
    ) -> Case:
        return self._act(
            number, "supplement", {"answers": dict(answers or {}), "files": dict(files or {})}, key
        )

    def receipt(self, number: str, promise: str) -> dict[str, Any]:
        return self._get(f"/cases/{quote(number)}/receipts/{quote(promise)}.json")

    def receipt_pdf(self, number: str, promise: str) -> bytes:
        return self._send("GET", f"/cases/{quote(number)}/receipts/{quote(promise)}.pdf").content

    def result_pdf(self, number: str) -> bytes:
        return self._send("GET", f"/cases/{quote(number)}/result.pdf").content

    # Notices: the scope `notices`

    def notices(self) -> Iterator[Notice]:
        return cast(Iterator[Notice], self._pages("/notices"))

    def mark_read(self, notice: int) -> None:
        self._send("POST", f"/notices/{notice}/read")

    # How it is sent

    def _act(self, number: str, verb: str, body: Mapping[str, Any], key: str) -> Case:
        return cast(Case, self._once(f"/cases/{quote(number)}/{verb}", body, key))

    def _once(self, path: str, body: Mapping[str, Any], key: str) -> dict[str, Any]:
        """With a key of one's own, or a new one; it stays the same when the request is sent again."""
        head = {"Idempotency-Key": key or uuid.uuid4().hex}
        return cast(dict[str, Any], self._send("POST", path, json=body, headers=head).json())

    def _json(self, method: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return cast(dict[str, Any], self._send(method, path, json=body).json())

    def _get(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        return cast(dict[str, Any], self._send("GET", path, params=dict(query or {})).json())

    def _pages(self, path: str) -> Iterator[Any]:
        cursor: str | None = ""
        while cursor is not None:
            page = self._get(path, {"cursor": cursor} if cursor else None)
            yield from page["entries"]
            cursor = page["next"]

    def _send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **rest: Any
    ) -> httpx.Response:
        """Sent again after a pause where that does no harm: reading, and whatever carries a key."""
        head = {**self._head, **(headers or {})}
        is_safe = method == "GET" or "Idempotency-Key" in head
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._http.request(method, self._root + path, headers=head, **rest)
            except httpx.TransportError:
                if not is_safe or attempt == TRIES:
                    raise
                time.sleep(2.0 ** (attempt - 2))
                continue
            if answer.is_success:
                return answer
            if answer.status_code not in AGAIN or not is_safe or attempt == TRIES:
                raise problem_of(answer)
            time.sleep(_pause(answer, attempt))
        raise AssertionError("the last attempt returns or raises")


def _pause(answer: httpx.Response, attempt: int) -> float:
    """As the hall asks for, else growing."""
    told = answer.headers.get("Retry-After", "")
    return min(float(told), LONGEST_PAUSE) if told.isdecimal() else float(2.0 ** (attempt - 2))

"""A request that says that it is too large: refused unread, and told how much may come."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, override_settings
from support.actors import Cast
from support.visits import shown, signed_in

ADDRESS = "/verify/"
TAKEN_APART = "the form was taken apart"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may begin to store a file."""

    def store(*args: object) -> None:
        raise AssertionError(TAKEN_APART)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", store)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.new_file", store)


def sent(client: Client, size: int) -> Any:
    return client.post(ADDRESS, {"pdf": SimpleUploadedFile("a.pdf", b"x" * size, "application/pdf")})


@pytest.mark.usefixtures("db", "unread")
@override_settings(LARGEST_UPLOAD=1024 * 1024, LARGEST_REQUEST=2 * 1024 * 1024)
def test_what_is_too_large_is_refused_before_it_is_stored() -> None:
    response = sent(Client(), 2 * 1024 * 1024)
    assert response.status_code == 413
    words = shown(response)
    assert "文件太大" in words
    assert "一个文件最多 1 MB" in words
    assert "一次最多 2 MB" in words


@pytest.mark.usefixtures("db", "unread")
def test_one_that_fits_is_taken_apart() -> None:
    with pytest.raises(AssertionError, match=TAKEN_APART):
        sent(Client(), 1000)


@override_settings(LARGEST_REQUEST=1024 * 1024)
def test_who_is_signed_in_stays_so(cast: Cast) -> None:
    response = sent(signed_in(cast.citizen), 1024 * 1024)
    assert response.status_code == 413
    assert cast.citizen.name in shown(response)


class Endless:
    """A body that never ends; `given`: how much of it was asked for."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"x" * size

    readline = read


@pytest.mark.django_db
@override_settings(LARGEST_REQUEST=1024 * 1024)
def test_so_much_runs_out_and_no_more() -> None:
    """A browser reads no answer while it still sends; who sends for ever is left standing."""
    body = Endless()
    response = Client().post(
        ADDRESS,
        **{"wsgi.input": body, "CONTENT_LENGTH": str(10**12), "CONTENT_TYPE": "multipart/form-data"},  # type: ignore[arg-type]
    )
    assert response.status_code == 413
    assert body.given == 4 * 1024 * 1024


@pytest.mark.django_db
@override_settings(LARGEST_REQUEST=1000)
def test_the_api_says_it_as_a_problem() -> None:
    response = Client().post("/api/v1/cases", {"x": "y" * 2000}, content_type="application/json")
    assert response.status_code == 413
    assert response.json()["code"] == "too-large"


def test_a_page_may_carry_several_files() -> None:
    assert settings.LARGEST_REQUEST == 6 * settings.LARGEST_UPLOAD

"""Quarantine: what waits for the scanner, what the worker makes of it, what becomes of an infected file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from pikepdf import Name, Pdf
from support.actors import citizen
from support.drafts import picture
from support.fixed_clock import NOW
from support.nasty import drawn, pdf
from support.scanners import MARKER, impostor, program, running_clamd

from yinuo.apps.documents import auditing
from yinuo.apps.documents.actions.check_uploads import KEPT, check_uploads
from yinuo.apps.documents.actions.discard_uploads import discard_uploads
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.models import Check, Upload
from yinuo.apps.documents.queries import content, handed_out, sound
from yinuo.apps.notices.models import Notice
from yinuo.apps.people.models import Person
from yinuo.apps.people.queries import anonymous
from yinuo.core.errors import Refusal
from yinuo.project.environment import Clamd

needs_clamd = pytest.mark.skipif(program() is None, reason="no clamd (Debian's package clamav-daemon)")
MINUTE = timedelta(minutes=1)


def worm(made: Pdf) -> None:
    """A virus that cleaning does not take out: it stands on the page."""
    made.pages[0].Contents = made.make_stream(b"BT (" + MARKER + b") Tj ET")


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with running_clamd() as (at_home, _):
        yield at_home


@pytest.fixture
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Clamd:
    """An address at which no scanner is."""
    return Clamd(path=str(tmp_path_factory.mktemp("none") / "socket"))


@pytest.fixture
def person(db: None) -> Person:
    return citizen("13800000001", "王淑兰")


def hand_in(person: Person, body: bytes, scanner: Clamd | None) -> Upload | Refusal:
    with override_settings(CLAMD=scanner):
        return upload(SimpleUploadedFile("file", body), person=person, now=NOW)


def stored(person: Person, body: bytes, scanner: Clamd | None) -> Upload:
    result = hand_in(person, body, scanner)
    assert isinstance(result, Upload)
    return result


def checked(scanner: Clamd | None, minutes: int = 1) -> dict[str, int]:
    with override_settings(CLAMD=scanner):
        return dict(check_uploads(NOW + minutes * MINUTE))


def state_of(one: Upload) -> str:
    one.refresh_from_db()
    return one.state


@needs_clamd
def test_a_file_is_looked_at_at_once(person: Person, scanner: Clamd) -> None:
    clean = stored(person, picture(), scanner)
    assert (clean.state, clean.checked_at, clean.is_open) == (Check.CLEAN, NOW, True)
    for body in (pdf(worm), drawn("PNG") + MARKER):
        result = hand_in(person, body, scanner)
        assert isinstance(result, Refusal)
        assert result.code == "infected-file"
    assert Upload.objects.count() == 1


@needs_clamd
def test_what_could_not_be_looked_at_waits_and_is_opened_by_nobody(
    person: Person, scanner: Clamd, nobody: Clamd
) -> None:
    one = stored(person, picture(), nobody)
    assert one.state == Check.WAITING
    assert handed_out(one) == Refusal("being-checked")
    assert checked(nobody) == {"away": 1, "waiting": 1}
    assert state_of(one) == Check.WAITING
    assert checked(scanner) == {"clean": 1}
    assert state_of(one) == Check.CLEAN
    assert handed_out(one) == content(one)
    assert not Notice.objects.exists()


@needs_clamd
def test_a_virus_that_is_found_later_is_locked_up_and_told_once(
    person: Person, scanner: Clamd, nobody: Clamd
) -> None:
    bad, good = stored(person, pdf(worm), nobody), stored(person, picture(), nobody)
    assert checked(scanner) == {"infected": 1, "clean": 1}
    assert checked(scanner, 2) == {}
    assert state_of(bad) == Check.INFECTED
    assert bad.threat == "Yinuo.Test.Worm.UNOFFICIAL"
    assert handed_out(bad) == Refusal("locked-file")
    told = Notice.objects.get()
    assert (told.person_id, told.template, told.case) == (person.pk, "file-infected", "")
    assert bad.name not in told.body + told.subject
    provided = {"licence": [str(bad.pk)], "photo": [str(bad.pk), str(good.pk)], "none": []}
    assert sound(provided) == {"photo": [str(good.pk)]}


@needs_clamd
def test_nobody_is_told_of_an_anonymous_file(db: None, scanner: Clamd, nobody: Clamd) -> None:
    bad = stored(anonymous(), pdf(worm), nobody)
    checked(scanner)
    assert state_of(bad) == Check.INFECTED
    assert not Notice.objects.exists()


@needs_clamd
def test_an_infected_file_is_deleted_in_the_end_and_its_row_remains(
    person: Person, scanner: Clamd, nobody: Clamd
) -> None:
    bad = stored(person, pdf(worm), nobody)
    checked(scanner)
    path, days = bad.path, KEPT // MINUTE
    assert checked(scanner, days) == {}
    assert default_storage.exists(path)
    assert checked(scanner, days + 2) == {"deleted": 1}
    assert not default_storage.exists(path)
    assert state_of(bad) == Check.INFECTED
    assert bad.path == ""
    assert handed_out(bad) == Refusal("locked-file")
    assert list(auditing.files()) == []
    assert discard_uploads([str(bad.pk)]) == 1


@needs_clamd
def test_what_came_before_there_was_a_scanner_is_looked_at_when_there_is_one(
    person: Person, scanner: Clamd
) -> None:
    early, bad = stored(person, picture(), None), stored(person, pdf(worm), None)
    assert handed_out(bad) == content(bad)
    assert checked(scanner) == {"clean": 1, "infected": 1}
    assert (state_of(early), state_of(bad)) == (Check.CLEAN, Check.INFECTED)


def test_files_do_not_wait_for_a_scanner_that_was_taken_away(person: Person, nobody: Clamd) -> None:
    one = stored(person, picture(), nobody)
    assert checked(None) == {"unscanned": 1}
    assert state_of(one) == Check.UNSCANNED


@needs_clamd
def test_a_file_that_cannot_be_read_keeps_no_other_one_locked_up(
    person: Person, scanner: Clamd, nobody: Clamd
) -> None:
    lost, good = stored(person, picture(), nobody), stored(person, picture(), nobody)
    default_storage.delete(lost.path)
    assert checked(scanner) == {"unclear": 1, "clean": 1, "waiting": 1}
    assert (state_of(lost), state_of(good)) == (Check.WAITING, Check.CLEAN)


def test_a_scanner_that_answers_nonsense_lets_nothing_through(person: Person) -> None:
    with impostor(b"stream: fine\0") as address:
        one = stored(person, picture(), address)
    assert one.state == Check.WAITING
    with impostor(b"OK\0") as address:
        assert checked(address) == {"unclear": 1, "waiting": 1}


@needs_clamd
def test_what_was_tried_longest_ago_comes_first(person: Person, scanner: Clamd, nobody: Clamd) -> None:
    """So that one file with which the scanner cannot cope does not keep the others waiting."""
    tried, fresh = stored(person, picture(), nobody), stored(person, picture(), nobody)
    Upload.objects.filter(pk=tried.pk).update(checked_at=NOW + MINUTE)
    with override_settings(CLAMD=scanner):
        assert dict(check_uploads(NOW + 2 * MINUTE, limit=1)) == {"clean": 1, "waiting": 1}
    assert (state_of(tried), state_of(fresh)) == (Check.WAITING, Check.CLEAN)


def test_a_page_with_a_worm_is_what_cleaning_leaves(person: Person) -> None:
    """The files of this module are infected after cleaning as well; else they would prove nothing."""

    kept = content(stored(person, pdf(worm), None))
    with pikepdf.open(BytesIO(kept)) as opened:
        assert MARKER in opened.pages[0].Contents.read_bytes()
        assert opened.Root.Type == Name.Catalog

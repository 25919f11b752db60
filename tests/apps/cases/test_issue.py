"""Issuing and revoking: the signed paper, the code on it, and that neither exists without its event."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from support.actors import Cast, make_cast
from support.fixed_clock import NOW
from support.journeys import MINUTE, WORDS, accepted, delivered, denied, does, granted, issued
from support.races import at_once

from yinuo.apps.cases.actions.issue import issue
from yinuo.apps.cases.actions.revoke import revoke
from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import Opened, opened
from yinuo.apps.documents.models import Document
from yinuo.apps.documents.queries import Standing, content, document_of, signer, standing
from yinuo.apps.documents.verification import Verdict, verify_pdf
from yinuo.apps.people.models import Person
from yinuo.core.case import commands as c
from yinuo.core.errors import Refusal

pytestmark = pytest.mark.usefixtures("clock")


def make(case: Case, person: Person, seen: int | None = None) -> Opened | Refusal:
    return issue(case, person=person, now=case.changed_at + MINUTE, seen=seen)


def take_back(
    case: Case, person: Person, why: str = "证明不真实", seen: int | None = None
) -> Opened | Refusal:
    return revoke(case, why, person=person, now=case.changed_at + timedelta(days=1), seen=seen)


def files() -> set[str]:
    """Every signed paper in the storage."""
    folders = default_storage.listdir("documents")[0] if default_storage.exists("documents") else []
    return {name for folder in folders for name in default_storage.listdir(f"documents/{folder}")[1]}


def test_the_paper_verifies_offline_and_is_the_one_of_the_event(cast: Cast) -> None:
    case = issued(cast)
    document = document_of(case.number)
    assert document is not None
    pdf = content(document)
    event = opened(case).state.document
    assert event == {
        "document": str(document.pk),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "name": "机动车行驶证和登记证书签注",
    }
    verdict = verify_pdf(pdf, trust=signer().authority_pem)
    assert isinstance(verdict, Verdict)
    assert verdict.trusted
    assert verdict.covers_whole_document
    assert isinstance(verify_pdf(pdf.replace(b"/Type", b"/Typo", 1), trust=signer().authority_pem), Refusal)


def test_the_code_on_the_paper_stands_until_the_result_is_revoked(cast: Cast) -> None:
    case = issued(cast)
    document = document_of(case.number)
    assert document is not None
    before = standing(document.seal)
    assert isinstance(before, Standing)
    assert (before.seal.number, before.revoked_at) == (case.query_code, None)
    result = take_back(case, cast.approver)
    assert isinstance(result, Opened)
    after = standing(document.seal)
    assert isinstance(after, Standing)
    assert after.revoked_at == case.changed_at + timedelta(days=1)
    assert opened(case).state.revoked is not None


def test_a_denial_is_issued_too(cast: Cast) -> None:
    case = denied(cast)
    assert isinstance(make(case, cast.window), Opened)
    assert document_of(case.number) is not None


@pytest.mark.parametrize("who", ["reviewer", "approver", "citizen", "stranger", "elsewhere", "supervisor"])
def test_only_the_window_of_the_unit_issues_and_nothing_is_made_for_others(cast: Cast, who: str) -> None:
    case, before = granted(cast), files()
    result = make(case, getattr(cast, who))
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"
    assert not Document.objects.exists()
    assert files() == before


def test_nothing_is_made_before_the_decision(cast: Cast) -> None:
    result = make(accepted(cast), cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"
    assert not Document.objects.exists()


def test_issued_twice_there_is_one_paper(cast: Cast) -> None:
    case = issued(cast)
    result = make(case, cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"
    assert Document.objects.count() == 1


def test_a_name_that_the_faces_cannot_show_is_named_and_nothing_is_issued(cast: Cast) -> None:
    case, before = granted(cast, answers={"name": "𠮷永芳"}), files()
    result = make(case, cast.window)
    assert isinstance(result, Refusal)
    assert result.code == "missing-glyph"
    assert set(result.fields.values()) == {"𠮷"}
    assert not Document.objects.exists()
    assert files() == before
    case.refresh_from_db()
    assert (case.stage, case.seq) == ("granted", case.events.count())


def test_whoever_looked_before_somebody_else_acted_leaves_no_paper_behind(cast: Cast) -> None:
    case = granted(cast)
    seen = case.seq
    later = does(case, c.Say("什么时候能取？"), cast.citizen)
    before = files()
    result = make(later, cast.window, seen=seen)
    assert isinstance(result, Refusal)
    assert result.code == "changed-meanwhile"
    assert not Document.objects.exists()
    assert files() == before


def test_of_two_who_issue_at_once_one_paper_remains(committed: None) -> None:
    cast = make_cast()
    case = granted(cast)
    before = files()
    results = at_once(
        lambda: make(case, cast.window, seen=case.seq), lambda: make(case, cast.window, seen=case.seq)
    )
    assert sorted(type(one).__name__ for one in results) == ["Opened", "Refusal"]
    document = Document.objects.get()
    assert opened(case).state.document == {
        "document": str(document.pk),
        "sha256": document.sha256,
        "name": "机动车行驶证和登记证书签注",
    }
    assert len(files() - before) == 1


@pytest.mark.parametrize("who", ["window", "reviewer", "citizen", "elsewhere"])
def test_only_who_decides_revokes(cast: Cast, who: str) -> None:
    case = issued(cast)
    result = take_back(case, getattr(cast, who))
    assert isinstance(result, Refusal)
    assert result.code == "without-the-post"
    assert Document.objects.get().revoked_at is None


def test_a_revocation_says_why_and_happens_once(cast: Cast) -> None:
    case = delivered(cast)
    assert take_back(case, cast.approver, " ") == Refusal("reasons-needed")
    assert isinstance(take_back(case, cast.approver), Opened)
    first = Document.objects.get().revoked_at
    case.refresh_from_db()
    assert take_back(case, cast.approver) == Refusal("revoked-already")
    assert Document.objects.get().revoked_at == first


def test_what_was_not_issued_cannot_be_revoked(cast: Cast) -> None:
    result = take_back(granted(cast), cast.approver)
    assert isinstance(result, Refusal)
    assert result.code == "wrong-stage"


def test_a_revocation_of_what_has_changed_meanwhile_ends_nothing(cast: Cast) -> None:
    case = issued(cast)
    later = does(case, c.Deliver("online"), cast.window)
    result = take_back(later, cast.approver, seen=case.seq)
    assert isinstance(result, Refusal)
    assert result.code == "changed-meanwhile"
    assert Document.objects.get().revoked_at is None


def test_a_code_that_was_made_up_does_not_stand(cast: Cast) -> None:
    issued(cast)
    code = Document.objects.get().seal
    assert standing(code[:-4] + "AAAA") == Refusal("bad-signature")
    assert standing("hello") == Refusal("not-a-code")
    Document.objects.all().delete()
    assert standing(code) == Refusal("not-issued")


def test_the_words_of_the_decision_are_those_of_the_approver(cast: Cast) -> None:
    state = opened(granted(cast, at=NOW)).state
    assert state.decision is not None
    assert (state.decision["reasons"], state.granted) == (WORDS, True)

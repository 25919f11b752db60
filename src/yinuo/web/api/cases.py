"""Own cases: the list, one with its promises and history, and what its applicant may do."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File as FileParam
from ninja import Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.actions.rate import rate
from yinuo.apps.cases.queries import Opened, opened, visible_to
from yinuo.apps.clients.scopes import ACT, CASES, PAPERS
from yinuo.apps.documents.actions.make_receipt import make_receipt
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.queries import content, document_of
from yinuo.apps.items.queries import catalogue
from yinuo.core.case.commands import AnswerSupplement, Say, Urge, Withdraw
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer
from yinuo.core.promise import Promise
from yinuo.web.api import case_shapes as shapes
from yinuo.web.api import told
from yinuo.web.api.callers import caller_of
from yinuo.web.api.cursors import page
from yinuo.web.api.routes import Decorator, Routes
from yinuo.web.api.writing import ONCE, answer, done_once, files, unknown
from yinuo.web.downloads import as_download
from yinuo.web.language import language
from yinuo.web.standing import WITHIN
from yinuo.web.supplements import materials, questions

router = Routes(tags=["cases"])
Number = Annotated[str, StringConstraints(max_length=60)]
Cursor = Annotated[str, StringConstraints(max_length=200)]
Size = Annotated[int, Field(ge=1, le=50)]
DOES = (404, 409, 422)


def _mine(request: HttpRequest) -> Any:
    """The cases of whoever the program acts for."""
    who = caller_of(request)
    return visible_to(who.person, day_of(timezone.now())).filter(principal=who.principal)


def _own(request: HttpRequest, number: str) -> Opened | Refusal:
    """One of them; any other does not exist."""
    found = _mine(request).filter(number=number).first()
    return opened(found, timezone.now()) if found is not None else Refusal("not-found")


@router.operation("GET", "/cases", shapes.Cases, name="api-cases", scope=CASES, may=(422,))
def cases(request: HttpRequest, cursor: Cursor = "", size: Size = 20) -> Any:
    """Own cases, the latest first. The next page: the same with `cursor` from `next`."""
    now, found = timezone.now(), page(_mine(request), cursor, size)
    if isinstance(found, Refusal):
        return found
    return {"entries": [told.row(opened(one, now), now) for one in found[0]], "next": found[1]}


@router.operation("GET", "/cases/{number}", shapes.Case, name="api-case", scope=CASES, may=(404, 422))
def case(request: HttpRequest, number: Number) -> Any:
    """One case: every promise with its day, the way it goes, what happened."""
    found = _own(request, number)
    return found if isinstance(found, Refusal) else told.case(found, timezone.now())


def _does(verb: str) -> Decorator:
    """An operation by which the applicant acts on one case; the answer is the case after it."""
    return router.operation(
        "POST",
        f"/cases/{{number}}/{verb}",
        shapes.Case,
        name=f"api-{verb}",
        scope=ACT,
        door="case-act",
        may=DOES,
    )


def _do(request: HttpRequest, number: str, key: str, command: Any) -> HttpResponse | Refusal:
    """A command of the applicant, once for each key."""
    found, who = _own(request, number), caller_of(request)
    if isinstance(found, Refusal):
        return found

    def do() -> dict[str, Any] | Refusal:
        now = timezone.now()
        done = act(found.case, command, person=who.person, now=now)
        return done if isinstance(done, Refusal) else told.case(done, now)

    return done_once(request, key, 200, do)


@_does("withdraw")
def withdraw(request: HttpRequest, payload: shapes.Said, number: Number, key: str = ONCE) -> Any:
    """Withdraw the application; it is not worked on any more."""
    return _do(request, number, key, Withdraw(payload.words.strip()))


@_does("urge")
def urge(request: HttpRequest, payload: shapes.Said, number: Number, key: str = ONCE) -> Any:
    """Urge the office; it owes an answer then. Once a day, and not without end."""
    return _do(request, number, key, Urge(payload.words.strip()))


@_does("say")
def say(request: HttpRequest, payload: shapes.Said, number: Number, key: str = ONCE) -> Any:
    """Leave a message for whoever has the case."""
    return _do(request, number, key, Say(payload.words.strip()))


@_does("rate")
def rated(request: HttpRequest, payload: shapes.Rated, number: Number, key: str = ONCE) -> Any:
    """Rate the case or one visit. It counts from tomorrow, and only then the clerk reads it."""
    found, who = _own(request, number), caller_of(request)
    if isinstance(found, Refusal):
        return found

    def do() -> dict[str, Any] | Refusal:
        now, given = timezone.now(), payload
        done = rate(
            found.case,
            given.level,
            words=given.words,
            reasons=given.reasons,
            visit=given.visit,
            channel="api",
            person=who.person,
            now=now,
        )
        return done if isinstance(done, Refusal) else told.case(done, now)

    return done_once(request, key, 200, do)


@router.operation(
    "POST", "/cases/{number}/files", shapes.File, name="api-case-upload", scope=ACT, door="upload",
    status=201, may=DOES,
)  # fmt: skip
def add_file(request: HttpRequest, number: Number, file: FileParam[UploadedFile]) -> Any:
    """Upload a file for a supplement; name its id there."""
    found, who = _own(request, number), caller_of(request)
    if isinstance(found, Refusal):
        return found
    if found.state.notice is None:
        return Refusal("wrong-stage")
    whose = {"principal": found.state.principal, "item": found.item.id}
    stored = upload(file, person=who.person, now=timezone.now(), **whose)
    return stored if isinstance(stored, Refusal) else Status(201, told.file(stored))


@_does("supplement")
def supplement(request: HttpRequest, payload: shapes.Supplemented, number: Number, key: str = ONCE) -> Any:
    """Answer the one notice: what it asks, and what the new answers ask further."""
    found = _own(request, number)
    if isinstance(found, Refusal):
        return found
    reply = _reply(request, found, payload) if found.state.notice is not None else Refusal("wrong-stage")
    return reply if isinstance(reply, Refusal) else _do(request, number, key, reply)


def _reply(request: HttpRequest, found: Opened, given: shapes.Supplemented) -> AnswerSupplement | Refusal:
    answers, asked = _answers(found, given)
    wanted = [one for one in materials(found, answers) if one.is_uploaded]
    taken = files(given.files, wanted, caller_of(request).person, timezone.now())
    wrong = unknown(given.answers, asked)
    if isinstance(taken, Refusal) or wrong:
        return Refusal("invalid-answers", {**wrong, **(taken.fields if isinstance(taken, Refusal) else {})})
    missing = [one.key for one in wanted if not taken.get(one.key)]
    if missing:
        return Refusal("missing-materials", dict.fromkeys(missing, "required"))
    return AnswerSupplement(answers, {**found.state.provided, **taken})


def _answers(found: Opened, given: shapes.Supplemented) -> tuple[dict[str, Answer], set[str]]:
    """In the order of the form, so that an answer can open the questions after it; and what was asked."""
    answers, open_to = dict(found.state.answers), set()
    for field in found.item.form.fields:
        if field not in questions(found, answers):
            continue
        open_to.add(field.key)
        if field.key in given.answers:
            value = answer(field, given.answers[field.key])
            answers = {**answers, field.key: value} if value is not None else _without(answers, field.key)
    return answers, open_to


def _without(answers: dict[str, Answer], key: str) -> dict[str, Answer]:
    return {one: value for one, value in answers.items() if one != key}


def _promise(found: Opened, key: str) -> Promise | None:
    return found.state.promise(key) if key not in WITHIN else None


@router.operation(
    "GET",
    "/cases/{number}/receipts/{key}.json",
    dict[str, Any],
    name="api-receipt",
    scope=PAPERS,
    may=(404, 422),
)
def receipt(request: HttpRequest, number: Number, key: Number) -> Any:
    """How a due day comes about, day by day, in the format `yinuo-receipt/1`."""
    found = _own(request, number)
    owed = _promise(found, key) if not isinstance(found, Refusal) else None
    if isinstance(found, Refusal) or owed is None:
        return Refusal("not-found")
    return owed.account(catalogue().calendar, found.item.version).as_json()


@router.operation(
    "GET", "/cases/{number}/receipts/{key}.pdf", None, name="api-receipt-pdf", scope=PAPERS, door="typeset",
    may=(404, 422), file="application/pdf",
)  # fmt: skip
def receipt_pdf(request: HttpRequest, number: Number, key: Number) -> Any:
    """The same as a signed PDF."""
    found = _own(request, number)
    owed = _promise(found, key) if not isinstance(found, Refusal) else None
    if isinstance(found, Refusal) or owed is None:
        return Refusal("not-found")
    pdf = make_receipt(found.state, owed, found.item, catalogue(), lang=language(), now=timezone.now())
    return pdf if isinstance(pdf, Refusal) else as_download(pdf, "application/pdf", f"receipt-{key}.pdf")


@router.operation(
    "GET",
    "/cases/{number}/result.pdf",
    None,
    name="api-result",
    scope=PAPERS,
    may=(404, 422),
    file="application/pdf",
)
def result(request: HttpRequest, number: Number) -> Any:
    """The result, as it was signed; 404 until there is one."""
    found = _own(request, number)
    paper = document_of(found.case.number) if not isinstance(found, Refusal) else None
    if paper is None:
        return Refusal("not-found")
    return as_download(content(paper), "application/pdf", "result.pdf")

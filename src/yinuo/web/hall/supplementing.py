"""Answering the one notice: what was asked, what the new answers ask further, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.cases.actions.act import act
from yinuo.apps.cases.queries import Opened
from yinuo.apps.documents.actions.upload import upload
from yinuo.apps.documents.queries import own_uploads, sound, uploads
from yinuo.apps.items.queries import catalogue
from yinuo.core.case.commands import AnswerSupplement
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer, problem, read
from yinuo.core.item import Material
from yinuo.web import sentences
from yinuo.web.clocks import view
from yinuo.web.fields import shown
from yinuo.web.hall.cases import own_case
from yinuo.web.limiting import limited, with_files
from yinuo.web.supplements import materials, questions


@dataclass(frozen=True, slots=True)
class Reply:
    """The application as it would stand: answers and files, and by key the codes of what is wrong.

    `files`: by material, what came with this attempt or an earlier one. `refused`: why the files are not
    taken, in words.
    """

    answers: dict[str, Answer]
    files: dict[str, list[str]]
    wrong: dict[str, str]
    refused: dict[str, str]


@dataclass(frozen=True, slots=True)
class MaterialRow:
    material: Material
    words: str
    files: list[Any]
    error: str


@login_required
@limited("upload", when=with_files)
@limited("case-act")
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    found = own_case(request, number)
    if found.state.notice is None:
        return redirect("case", number=number)
    if request.method != "POST":
        reply = Reply(dict(found.state.answers), {}, {}, {})
        return render(request, "hall/supplement.html", _context(found, reply))
    reply, sentence = _reply(request, found), ""
    if not reply.wrong and not reply.refused:
        command = AnswerSupplement(reply.answers, {**found.state.provided, **reply.files})
        result = act(found.case, command, person=request.user, now=timezone.now())  # type: ignore[arg-type]
        if not isinstance(result, Refusal):
            messages.success(request, _("补正已经交上，受理时限接着计算。"))
            return redirect("case", number=number)
        sentence = sentences.refusal(result)
    context = _context(found, reply) | {"sentence": sentence, "has_errors": True}
    return render(request, "hall/supplement.html", context, status=422)


def _reply(request: HttpRequest, found: Opened) -> Reply:
    answers, wrong = _answers(request, found)
    files, refused = {}, {}
    for material in materials(found, answers):
        if material.is_uploaded:
            files[material.key], error = _new_files(request, found, material.key)
            if error:
                refused[material.key] = error
    return Reply(answers, files, wrong, refused)


def _answers(request: HttpRequest, found: Opened) -> tuple[dict[str, Answer], dict[str, str]]:
    """In the order of the form, so that an answer can open the questions after it."""
    answers, wrong, today = dict(found.state.answers), {}, day_of(timezone.now())
    for field in found.item.form.fields:
        if field not in questions(found, answers):
            continue
        answer = read(field, request.POST.getlist(field.key))
        answers.pop(field.key, None)
        if answer is not None:
            answers[field.key] = answer
        code = problem(field, answer, today)
        if code:
            wrong[field.key] = code
    return answers, wrong


def _new_files(request: HttpRequest, found: Opened, key: str) -> tuple[list[str], str]:
    """The new files of a material with those of an earlier attempt; a bad one loses no good one."""
    now, person, error = timezone.now(), request.user, ""
    kept = own_uploads(request.POST.getlist(f"kept-{key}"), person, day_of(now))  # type: ignore[arg-type]
    ids = sound({key: kept}).get(key, [])
    whose = {"principal": found.state.principal, "item": found.item.id}
    for file in request.FILES.getlist(key):
        stored = upload(file, person=person, now=now, **whose)  # type: ignore[arg-type]
        if isinstance(stored, Refusal):
            error = sentences.about(file.name or "", sentences.refusal(stored))
        else:
            ids.append(str(stored.pk))
    return ids, error or ("" if ids else _("请上传这份材料"))


def _context(found: Opened, reply: Reply) -> dict[str, Any]:
    notice: Any = found.state.notice
    promise = found.state.promise("supplement")
    asked = shown(questions(found, reply.answers), reply.answers, reply.wrong)
    return {
        "case": found.case,
        "item": found.item,
        "fields": [(one, notice["fields"].get(one.field.key, "")) for one in asked],
        "rows": [_row(one, found, reply) for one in materials(found, reply.answers)],
        "due": view(promise, catalogue(), timezone.now()).due if promise else None,
    }


def _row(material: Material, found: Opened, reply: Reply) -> MaterialRow:
    notice: Any = found.state.notice
    files = uploads(reply.files.get(material.key, []))
    words = notice["materials"].get(material.key, "")
    return MaterialRow(material, words, list(files.values()), reply.refused.get(material.key, ""))

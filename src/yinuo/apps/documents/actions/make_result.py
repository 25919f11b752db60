"""Making the result of a case: typeset, sealed with a code, signed and stored."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yinuo.apps.documents.models import Document
from yinuo.apps.documents.queries import signer, verify_page
from yinuo.apps.documents.seal_code import SealCode, address, encode, facts_digest, qr_svg
from yinuo.apps.documents.sheets import Line, ResultSheet
from yinuo.apps.documents.typesetting import typeset
from yinuo.catalogue import wording
from yinuo.catalogue.loading import Catalogue
from yinuo.core.case import CaseState
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.form import Answer, Field
from yinuo.core.identifiers import format_query_code
from yinuo.core.item import Item


def make_result(state: CaseState, item: Item, served: Catalogue, *, now: datetime) -> Document | Refusal:
    """The signed document of a decided case; `missing-glyph` names the value and the character."""
    lines = holder_lines(item, state)
    facts = {line["label_zh"]: line["value"] for line in lines}
    facts |= {"case": state.number, "granted": str(state.granted)}
    seal = SealCode("result", state.query_code, item.id, day_of(now), facts_digest(facts))
    code = encode(seal, signer())
    pdf = typeset("result", dict(_sheet(state, item, served, lines, code, now)))
    if isinstance(pdf, Refusal):
        return pdf
    signed = signer().sign_pdf(pdf, reason=item.result.name.zh, field="Yinuo")
    return _store(signed, state, seal, code)


def holder_lines(item: Item, state: CaseState) -> list[Line]:
    """The form fields that the document shows, with answers in words."""
    lines: list[Line] = []
    for key in item.result.fields:
        field, answer = item.form.field(key), state.answers.get(key)
        if field is not None and answer not in (None, "", []):
            lines.append(
                {"label_zh": field.label.zh, "label_en": field.label.en, "value": in_words(field, answer)}
            )
    return lines


def in_words(field: Field, answer: Answer | None) -> str:
    """An answer as it is read: labels of choices, yes and no, dates."""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    labels = {choice.value: choice.label.zh for choice in field.choices}
    if isinstance(answer, list):
        return "、".join(labels.get(one, one) for one in answer)
    return labels.get(str(answer), str(answer if answer is not None else ""))


def _sheet(
    state: CaseState, item: Item, served: Catalogue, lines: list[Line], code: str, now: datetime
) -> ResultSheet:
    decision = state.decision or {}
    unit = served.city.units[state.unit]
    granted = bool(state.granted)
    remedies = decision.get("remedies")
    appeals = [str(one["zh"]) for one in remedies] if isinstance(remedies, list) else []
    target = address(verify_page() + "?c=", code)
    title = item.result.name if granted else item.route.denied
    word = item.route.granted if granted else item.route.denied
    reasons = str(decision.get("reasons", ""))
    return {
        "typeset_at": now.isoformat(),
        "sample": served.city.is_sample,
        "title_zh": title.zh if granted else f"{item.name.zh}：{title.zh}",
        "title_en": title.en,
        "office": unit.name.zh,
        "office_en": unit.name.en,
        "case_number": state.number,
        "query_code": format_query_code(state.query_code),
        "holder": lines,
        "decision": [f"{item.name.zh}：{word.zh}。"] + ([reasons] if granted and reasons else []),
        "reasons": [] if granted else [reasons],
        "appeals": appeals,
        "grounds": [wording.ground(str(one), served.laws, "zh") for one in item.basis],
        "issued_on": day_of(now).isoformat(),
        "validity": item.result.validity.zh if granted else "",
        "qr_svg": qr_svg(target),
        "qr_address": verify_page(),
        "signer": served.city.bureau.name.zh,
    }


def _store(pdf: bytes, state: CaseState, seal: SealCode, code: str) -> Document:
    key = uuid.uuid4()
    path = default_storage.save(f"documents/{key.hex[:2]}/{key.hex}.pdf", ContentFile(pdf))
    return Document.objects.create(
        id=key,
        case=state.number,
        query_code=state.query_code,
        item=state.item,
        seal=code,
        facts=seal.facts,
        sha256=hashlib.sha256(pdf).hexdigest(),
        path=path,
        issued_on=seal.issued_on,
    )

"""A signed receipt of one promise: how its date came about, on paper."""

from __future__ import annotations

from datetime import datetime

from yinuo.apps.documents.queries import signer, verify_page
from yinuo.apps.documents.seal_code import SealCode, address, encode, facts_digest, qr_svg
from yinuo.apps.documents.sheets import Day, Ground, ReceiptSheet
from yinuo.apps.documents.typesetting import typeset
from yinuo.catalogue import wording
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.wording import Language
from yinuo.core.case import CaseState
from yinuo.core.clock import Limit, Unit, day_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import format_query_code
from yinuo.core.item import Item
from yinuo.core.promise import Promise
from yinuo.core.receipt import Receipt


def make_receipt(
    state: CaseState, promise: Promise, item: Item, served: Catalogue, *, lang: Language, now: datetime
) -> bytes | Refusal:
    """The signed PDF of a promise's receipt."""
    receipt = promise.account(served.calendar, item.version)
    due = receipt.due
    facts = {"case": state.number, "promise": promise.key, "due": due.isoformat() if due else ""}
    seal = SealCode("receipt", state.query_code, item.id, day_of(now), facts_digest(facts))
    sheet = _sheet(state, receipt, item, served, lang, now)
    target = address(verify_page() + "?c=", encode(seal, signer()))
    pdf = typeset("receipt", {**sheet, "qr_svg": qr_svg(target)})
    if isinstance(pdf, Refusal):
        return pdf
    return signer().sign_pdf(pdf, reason="时限回执", field="Yinuo")


def _sheet(
    state: CaseState, receipt: Receipt, item: Item, served: Catalogue, lang: Language, now: datetime
) -> ReceiptSheet:
    zh = lang == "zh"
    due, stopped = receipt.due, receipt.stopped
    return {
        "typeset_at": now.isoformat(),
        "lang": lang,
        "sample": served.city.is_sample,
        "office": served.city.units[state.unit].name.zh if zh else served.city.units[state.unit].name.en,
        "item_name": item.name.zh if zh else item.name.en,
        "case_number": state.number,
        "query_code": format_query_code(state.query_code),
        "promise": _promised(receipt.limit, lang),
        "due_on": day_of(due).isoformat() if due else None,
        "due_time": f"{due:%H:%M}" if isinstance(due, datetime) else "",
        "stopped": {"on": day_of(stopped.on).isoformat(), "left": wording.left(stopped, lang)}
        if stopped
        else None,
        "provisional": receipt.provisional,
        "summary": wording.summary(receipt, served.holidays, lang),
        "days": _days(receipt, item, served, lang),
        "grounds": _grounds(receipt, served, lang),
        "calendar_version": receipt.calendar.version,
        "item_version": item.version,
        "qr_svg": "",
        "qr_address": verify_page(),
    }


def _promised(limit: Limit, lang: Language) -> str:
    words = wording.limit(limit, lang)
    if limit.unit is Unit.IMMEDIATE:
        return f"我们承诺{words}办完这一步" if lang == "zh" else f"We promise this step {words}"
    return f"我们承诺 {words}内办完这一步" if lang == "zh" else f"We promise this step within {words}"


def _days(receipt: Receipt, item: Item, served: Catalogue, lang: Language) -> list[Day]:
    return [
        {
            "on": row.day.isoformat(),
            "kind": row.what,  # type: ignore[typeddict-item]
            "count": row.count or None,
            "label": wording.row(row, receipt, served.holidays, lang, item),
        }
        for row in receipt.days()
    ]


def _grounds(receipt: Receipt, served: Catalogue, lang: Language) -> list[Ground]:
    zh = lang == "zh"
    rows: list[Ground] = []
    if receipt.ground:
        text = wording.ground(receipt.ground, served.laws, lang)
        rows.append({"label": "时限" if zh else "Limit", "text": text})
    for pause in receipt.pauses:
        text = wording.ground(pause.ground, served.laws, lang)
        rows.append({"label": "停表" if zh else "Stopped", "text": text})
    for extension in receipt.extensions:
        text = wording.ground(extension.ground, served.laws, lang)
        rows.append({"label": "延长" if zh else "Extended", "text": text})
    return rows

"""The checklist of one situation on one page: what to bring, what the office checks itself, where to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yinuo.apps.documents.sheets import ChecklistSheet, Fetched, Needed, Place
from yinuo.apps.documents.typesetting import typeset
from yinuo.catalogue import wording
from yinuo.catalogue.city import Unit
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.wording import Language
from yinuo.core.clock import Stopped, day_of, due
from yinuo.core.errors import Refusal
from yinuo.core.form import Answers, Field, Text, asked
from yinuo.core.item import Item, Material

MOST_PLACES = 5
FORMS = {
    "original": Text("原件", "original"),
    "copy": Text("复印件", "copy"),
    "electronic": Text("电子件", "electronic file"),
    "check": Text("核验后退还", "shown and given back"),
}


def make_checklist(
    item: Item, answers: Answers, places: Sequence[Unit], served: Catalogue, *, lang: Language, now: datetime
) -> bytes | Refusal:
    """The PDF for these answers; without any it lists what every situation needs."""
    needed = item.needed(answers)
    limit = item.limits["decide"].promised
    today = day_of(now)
    last = due(today, limit, served.calendar)
    sheet: ChecklistSheet = {
        "typeset_at": now.isoformat(),
        "lang": lang,
        "sample": served.city.is_sample,
        "office": _said(served.city.bureau.name, lang),
        "item_name": _said(item.name, lang),
        "situation": _situation(item, answers, lang),
        "yours": [_needed(material, lang) for material in needed if not material.fetch],
        "ours": [_fetched(material, lang) for material in needed if material.fetch],
        "example": {
            "start_on": today.isoformat(),
            "due_on": today.isoformat() if isinstance(last, Stopped) else day_of(last).isoformat(),
            "limit": wording.limit(limit, lang),
        },
        "places": [_place(unit, lang) for unit in places[:MOST_PLACES]],
    }
    return typeset("checklist", dict(sheet))


def _said(text: Text | None, lang: Language) -> str:
    return "" if text is None else text.said(lang)


def _situation(item: Item, answers: Answers, lang: Language) -> list[str]:
    """The choices that were made, in short phrases: they decide what is on the list."""
    colon = "：" if lang == "zh" else ": "
    chosen = [field for field in asked(item.form, answers) if field.type == "choice" and field.key in answers]
    return [_said(field.label, lang) + colon + _choice(field, answers, lang) for field in chosen]


def _choice(field: Field, answers: Answers, lang: Language) -> str:
    labels = {choice.value: choice.label for choice in field.choices}
    return _said(labels.get(str(answers[field.key])), lang)


def _needed(material: Material, lang: Language) -> Needed:
    form = _said(FORMS[material.form], lang)
    copies = material.copies
    count = (f" {copies} 份" if lang == "zh" else f" × {copies}") if copies > 1 else ""
    return {"name": _said(material.name, lang), "form": form + count, "note": _said(material.note, lang)}


def _fetched(material: Material, lang: Language) -> Fetched:
    return {"name": _said(material.name, lang), "note": _said(material.note, lang)}


def _place(unit: Unit, lang: Language) -> Place:
    name, address, hours = (_said(text, lang) for text in (unit.name, unit.address, unit.hours))
    return {"name": name, "address": address, "hours": hours, "phone": unit.phone}

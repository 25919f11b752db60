"""Every notice about a service as people would get it, with its own facts, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.notices.wording import Fact, in_words, rating_link
from yinuo.catalogue.language import Lang
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.notices import ACCOUNT, APPLICANT, LONGEST_SMS, STAFF, Worded
from yinuo.core.clock import Stopped, day_of, reach
from yinuo.core.form import Text
from yinuo.core.item import Item
from yinuo.web.addresses import public
from yinuo.web.desk.access import staff_only
from yinuo.web.desk.catalogue import entry_of

LANGS: tuple[Lang, ...] = ("zh", "en")
CODE = "ACEFHJKMNPR3"
NUMBER = "YN-2026-00001"
# Which limit of the item makes the day that a template names.
LIMITS = {"submitted": "accept", "supplemented": "accept", "granted": "deliver", "issued": "deliver"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One template in one language on the three channels."""

    lang: str
    worded: Worded
    mail: str
    room: int


@staff_only
def preview(request: HttpRequest, item_id: str) -> HttpResponse:
    working, entry = entry_of(item_id)
    item, today = entry.item, day_of(timezone.now())
    groups = [
        (
            group,
            [(key, list(_samples(key, item, working, today))) for key in known if working.notices.has(key)],
        )
        for group, known in (("applicant", APPLICANT), ("staff", STAFF), ("account", ACCOUNT))
    ]
    shape = working.notices.shape
    own = shape.items.get(item_id, {}) if shape else {}
    return render(request, "desk/catalogue_notices.html", {"item": item, "groups": groups, "own": own})


def _samples(template: str, item: Item, working: Catalogue, today: date) -> Iterator[Sample]:
    for lang in LANGS:
        facts = in_words(_facts(template, item, working, today), lang, working)
        worded = working.notices.worded(template, item.id, facts, lang)
        mail = f"{worded.body}\n\n{working.notices.mail(_foot(facts, working, lang), lang)}"
        yield Sample("en" if lang == "en" else "zh-Hans", worded, mail, LONGEST_SMS[lang])


def _facts(template: str, item: Item, working: Catalogue, today: date) -> dict[str, Fact]:
    """Facts as a case of this item would have them."""
    units = working.city.competent(item.jurisdiction, item.branch)
    step, procedure = next(iter(item.route.steps), None), next(iter(item.special_procedures), None)
    return {
        "item": item.name,
        "code": CODE,
        "number": NUMBER,
        "link": public("case", NUMBER),
        "unit": units[0].name if units else working.city.bureau.name,
        "due": _due(template, item, working, today),
        "to": Text("市市场监督管理局", "the market supervision bureau"),
        "rate": rating_link("7KTM4PXC9RHW"),
        "step": step.name if step else Text("审核", "Review"),
        "procedure": procedure.name if procedure else Text("听证", "hearing"),
        "who": Text("民警甲", "Officer A"),
        "what": "decide",
        "card": "yellow",
        "days": 3,
        "looks": "4",
        "glass": "1",
        "principal": Text("白城某某物流有限公司", "Somewhere Logistics Ltd"),
        "agent": Text("李某", "Li"),
        "answer": Text("接受", "accepted"),
        "reason": Text("合同到期", "the contract has ended"),
    }


def _due(template: str, item: Item, working: Catalogue, today: date) -> date | datetime | Stopped:
    limit = item.limits[LIMITS.get(template, "decide")].promised
    if template.startswith("supplement-"):
        limit = item.supplement.answer
    return reach(timezone.now() if limit.unit.value == "hour" else today, limit, working.calendar, (), ()).due


def _foot(facts: dict[str, str], working: Catalogue, lang: Lang) -> dict[str, str]:
    return {
        "link": facts["link"],
        "office": working.city.bureau.name.said(lang),
        "phone": working.city.phone,
        "settings": public("notices-settings"),
    }

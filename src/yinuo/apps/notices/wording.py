"""From the facts of a case to the words of a notice, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.catalogue.language import Lang
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Stopped
from yinuo.core.form import Text
from yinuo.core.identifiers import format_query_code

Fact = str | int | Text | date | datetime | Stopped
Facts = Mapping[str, Fact]

# What is owed, by the key of its promise.
OWED: Mapping[str, Text] = {
    "accept": Text("答复是否受理", "answer whether it is taken up"),
    "decide": Text("作出决定", "decide"),
    "deliver": Text("送达结果", "hand over the result"),
    "supplement": Text("补材料", "add what is missing"),
    "step": Text("办完这一步", "finish this step"),
    "procedure": Text("办完特别程序", "finish the special procedure"),
    "extension": Text("答复延长申请", "answer the request to extend"),
    "hand-over": Text("接手转来的件", "take the case that was passed on"),
    "urge": Text("答复催办", "answer the applicant's urging"),
    "supervision": Text("答复督办", "answer the supervisor"),
    "card": Text("答复督办牌", "answer the card"),
    "verify": Text("核实差评", "look into the bad rating"),
    "answer": Text("答复差评", "answer the bad rating"),
    "put-right": Text("整改", "put it right"),
    "call-back": Text("整改后回访", "call back"),
    "appeal": Text("复核差评", "decide on the appeal"),
    "follow-up": Text("抽查回访", "call the applicant who was drawn"),
}
CARDS: Mapping[str, Text] = {"yellow": Text("黄牌", "yellow card"), "red": Text("红牌", "red card")}
# In place of a day while the clock stands still.
STOPPED = Text("恢复计时后再算", "set when it goes on")


def lang_of(language: str) -> Lang:
    return "en" if language.startswith("en") else "zh"


def in_words(facts: Facts, lang: Lang, served: Catalogue | None = None) -> dict[str, str]:
    """Every fact as text. `what` and `card` may be given by key, `unit` by id."""
    served = served or catalogue()
    return {key: _word(key, value, lang, served) for key, value in facts.items()}


def _word(key: str, value: Fact, lang: Lang, served: Catalogue) -> str:
    if isinstance(value, str):
        value = _named(key, value, served)
    if isinstance(value, Stopped):
        value = STOPPED
    if isinstance(value, Text):
        return value.said(lang)
    return wording.day(value, lang) if isinstance(value, date) else str(value)


def _named(key: str, value: str, served: Catalogue) -> str | Text:
    if key == "unit" and value in served.city.units:
        return served.city.units[value].name
    if key == "code":
        return format_query_code(value)
    return {"what": OWED, "card": CARDS}.get(key, {}).get(value, value)


def link(case: str, *, desk: bool = False) -> str:
    """Where somebody reads on: the case, else the list of notices."""
    path = reverse("desk-case" if desk else "case", args=[case]) if case else reverse("notices")
    return f"{settings.ORIGIN.rstrip('/')}{path}"


def rating_link(code: str) -> str:
    """Where the case of a query code is rated, short enough for a text message."""
    return f"{settings.ORIGIN.rstrip('/')}{reverse('rate-by-code', args=[code])}"


def foot(case: str, lang: Lang) -> str:
    """What stands below an e-mail."""
    served = catalogue()
    facts = {
        "link": link(case),
        "office": served.city.bureau.name.said(lang),
        "phone": served.city.phone,
        "settings": f"{settings.ORIGIN.rstrip('/')}{reverse('notices-settings')}",
    }
    return served.notices.mail(facts, lang)

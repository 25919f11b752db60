"""What happened around a case, in words: who has it, urging, supervision, cards, ratings, calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.core.item import Item
from yinuo.core.receipt import moment
from yinuo.web.clocks import promise_name
from yinuo.web.language import language, said
from yinuo.web.sentences import lead

Teller = Callable[[Mapping[str, Any], Item], str]


def level_name(level: int) -> str:
    """GB/T 39046 A.8."""
    return [_("非常满意"), _("满意"), _("基本满意"), _("不满意"), _("非常不满意")][level - 1]


def card_name(card: str) -> str:
    return {"yellow": _("黄牌"), "red": _("红牌")}[card]


def visit_name(visit: int) -> str:
    """What a rating is about."""
    return _("第 %(n)s 次到场") % {"n": visit} if visit else _("整件事")


def unit_name(unit: object) -> str:
    known = catalogue().city.units.get(str(unit))
    return said(known.name) if known else str(unit)


def post_name(post: str) -> str:
    """Who has to act."""
    return {
        "window": _("窗口岗"),
        "reviewer": _("审核岗"),
        "inspector": _("核查岗"),
        "approver": _("审批岗"),
        "leader": _("负责人"),
        "supervisor": _("督办岗"),
    }[post]


def reason_names(keys: list[str]) -> list[str]:
    """The reasons of a rating as the city words them; a key that it dropped since stands for itself."""
    words = {reason.key: said(reason.label) for reason in catalogue().rules.reasons}
    return [words.get(key, key) for key in keys]


def _unit(word: Callable[[], str], key: str = "reason") -> Teller:
    return lambda facts, item: lead(word() % {"unit": unit_name(facts["unit"])}, facts.get(key))


def _words(word: Callable[[], str], key: str = "words") -> Teller:
    return lambda facts, item: lead(word(), facts.get(key))


def _carded(facts: Mapping[str, Any], item: Item) -> str:
    what = promise_name(str(facts["key"]))
    words = _("“%(what)s”的时限给%(card)s") % {"what": what, "card": card_name(str(facts["card"]))}
    return lead(words, facts.get("reason"))


def _rated(facts: Mapping[str, Any], item: Item) -> str:
    words = _("评价（%(what)s）：%(level)s") % {
        "what": visit_name(int(facts["visit"])),
        "level": level_name(int(facts["level"])),
    }
    said_why = [*reason_names(list(facts["reasons"])), *([str(facts["words"])] if facts["words"] else [])]
    return lead(words, wording.listed(said_why, language())) if said_why else words


def _called_back(facts: Mapping[str, Any], item: Item) -> str:
    if not facts["reached"]:
        return lead(_("差评回访，没有打通"), facts["words"])
    word = _("差评回访，申请人满意") if facts["satisfied"] else _("差评回访，申请人不满意")
    return lead(word, facts["words"])


def _decided(facts: Mapping[str, Any], item: Item) -> str:
    word = _("申诉成立，这个评价不再计入") if facts["upheld"] else _("申诉不成立，评价照样计入")
    return lead(word, facts["reasons"])


def _followed_up(facts: Mapping[str, Any], item: Item) -> str:
    if not facts["reached"]:
        return lead(_("抽样回访，没有打通"), facts["words"])
    if facts["level"] is None:
        return lead(_("抽样回访"), facts["words"])
    return lead(_("抽样回访：%(level)s") % {"level": level_name(int(facts["level"]))}, facts["words"])


def _redated(facts: Mapping[str, Any], item: Item) -> str:
    moved = [_moved(one) for one in facts["promises"]]
    return lead(_("日历变了，日期重新算过"), _("；").join(moved))


def _moved(one: Mapping[str, Any]) -> str:
    before, after = (_day(one[key]) for key in ("from", "to"))
    return _("%(what)s从 %(before)s 改到 %(after)s") % {
        "what": promise_name(str(one["key"])),
        "before": before,
        "after": after,
    }


def _day(text: str | None) -> str:
    return wording.day(moment(text), language()) if text else _("停表")


TELLERS: Mapping[str, Teller] = {
    "forwarded": _unit(lambda: _("请%(unit)s接手")),
    "taken-over": _unit(lambda: _("%(unit)s接手，时限接着数"), ""),
    "forward-declined": _words(lambda: _("没有接手，仍由首办单位办"), "reason"),
    "reassigned": _unit(lambda: _("督办岗改派到%(unit)s")),
    "urged": _words(lambda: _("催办")),
    "urge-answered": _words(lambda: _("答复催办")),
    "supervised": _words(lambda: _("督办")),
    "supervision-answered": _words(lambda: _("答复督办")),
    "carded": _carded,
    "card-answered": lambda facts, item: lead(
        _("书面答复%(card)s") % {"card": card_name(str(facts["card"]))}, facts["words"]
    ),
    "rated": _rated,
    "rating-verified": _words(lambda: _("核实差评"), "finding"),
    "rating-answered": _words(lambda: _("答复差评")),
    "put-right": _words(lambda: _("整改"), "measures"),
    "called-back": _called_back,
    "rating-appealed": _words(lambda: _("对评价提出申诉"), "reasons"),
    "appeal-decided": _decided,
    "drawn": lambda facts, item: _("抽中 %(draw)s 的回访") % {"draw": facts["draw"]},
    "followed-up": _followed_up,
    "redated": _redated,
}

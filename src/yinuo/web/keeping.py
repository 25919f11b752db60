"""How long what is kept, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.catalogue.describing import KINDS
from yinuo.core.retention import OUTCOMES, Rule, Span
from yinuo.web import sentences
from yinuo.web.language import language, said


def span(value: Span | None) -> str:
    """`30 年`; `永久` where there is no end."""
    if value is None:
        return _("永久")
    years = ngettext("%(n)s 年", "%(n)s 年", value.amount)
    months = ngettext("%(n)s 个月", "%(n)s 个月", value.amount)
    days = ngettext("%(n)s 天", "%(n)s 天", value.amount)
    return {"y": years, "mo": months, "d": days}[value.unit] % {"n": value.amount}


def kept_kind(kind: str) -> str:
    """What a rule of keeping is about."""
    return {
        "case": _("办件"),
        "draft": _("没交的申请"),
        "upload": _("没交上来的文件"),
        "notice": _("通知"),
        "look": _("谁看过的记录"),
        "entry": _("登录和被拒的记录"),
        "mandate": _("结束了的委托"),
        "account": _("注销了的账号"),
    }[kind]


def confidence(level: str) -> str:
    """How sure it is that the law asks for just this long."""
    return {
        "high": _("有法律条文"),
        "medium": _("有依据，具体年限要由单位核定"),
        "low": _("依据还要核实"),
        "preset": _("本市自己定的"),
    }[level]


def about(rule: Rule) -> str:
    """What a rule is for: `办件：行政许可，准予`. The rules of a kind are read one after the other."""
    city, items = catalogue().city, catalogue().items
    narrowed = [
        *(said(KINDS[one]) for one in sorted(rule.kinds) if one in KINDS),
        *(said(city.branches[one].name) for one in sorted(rule.branches) if one in city.branches),
        *(said(items[one].name) for one in sorted(rule.items) if one in items),
        *(outcome(one) for one in OUTCOMES if one in rule.outcomes),
    ]
    if narrowed:
        return sentences.about(kept_kind(rule.kind), wording.listed(narrowed, language()))
    return _("其余的办件") if rule.kind == "case" else kept_kind(rule.kind)


def outcome(key: str) -> str:
    return {
        "granted": _("准予"),
        "denied": _("不准"),
        "refused": _("不予受理"),
        "transferred": _("转送"),
        "withdrawn": _("撤回"),
        "lapsed": _("视为撤回"),
    }[key]

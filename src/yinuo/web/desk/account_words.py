"""Posts, spans and the record of changes in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from yinuo.apps.access.models import Change
from yinuo.apps.items.queries import catalogue
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.language import said

WORDS: Mapping[str, str] = {
    "account-added": mark("新建账号"),
    "account-closed": mark("停用账号"),
    "post-given": mark("给岗位：%(post)s"),
    "post-ended": mark("结束岗位：%(post)s"),
    "factor-confirmed": mark("绑定验证器"),
    "factor-reset": mark("重置验证器"),
    "recovery-codes-made": mark("生成恢复码"),
    "recovery-code-used": mark("用恢复码登录"),
    "password-chosen": mark("换了自己的密码"),
    "password-reset": mark("重置密码"),
    "sessions-ended": mark("结束所有登录"),
    "deputy-named": mark("代理：%(post)s"),
    "deputy-ended": mark("代理结束：%(post)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words; `by` is '' for the command line."""

    at: datetime
    by: str
    person: str
    login: str
    words: str
    reason: str


def told(change: Change) -> Told:
    by = change.by.name if change.by else ""
    return Told(change.at, by, change.person.name, str(change.person.login), _words(change), change.reason)


def _words(change: Change) -> str:
    facts: Mapping[str, str] = change.facts
    text = _(WORDS[change.what])
    if "post" in facts:
        text = text % {"post": at_unit(facts["post"], facts["unit"])}
    span = " – ".join(day for day in (facts.get("from", ""), facts.get("to", "")) if day)
    return _("%(what)s（%(span)s）") % {"what": text, "span": span} if span else text


def at_unit(post: str, unit: str) -> str:
    """`审批岗 · 洮北交警大队`; what the city no longer knows stands for itself."""
    city = catalogue().city
    kind, place = city.posts.kinds.get(post), city.units.get(unit)
    return f"{said(kind.name) if kind else post} · {said(place.name) if place else unit}"


def why_not(no: Refusal) -> str:
    """A refusal in words, with the rule of the city where it names one."""
    if no.code == "incompatible-posts":
        return sentences.about(sentences.refusal(no), said(no.facts["why"]))  # type: ignore[arg-type]
    if no.code == "too-long-away":
        return _("代理最长 %(most)s 天；更久请重新任命") % {"most": no.facts["most"]}
    return sentences.refusal(no)

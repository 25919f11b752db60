"""Filters of every template: catalogue texts, days, limits and grounds in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.apps.items.queries import catalogue
from yinuo.catalogue import wording
from yinuo.catalogue.describing import LEVELS
from yinuo.core.clock import Limit, day_of
from yinuo.core.form import Text
from yinuo.core.identifiers import format_query_code
from yinuo.core.retention import Rule, Span
from yinuo.web import clocks, keeping, story, story_upkeep
from yinuo.web.glossary import Glossary
from yinuo.web.language import language, said

register = template.Library()


@register.filter
def t(text: Text | None) -> str:
    return said(text)


@register.simple_tag(takes_context=True)
def explained(context: template.Context, text: Text | None) -> SafeString | str:
    """A catalogue text with the meanings of its new terms, on a page that has a glossary."""
    glossary: Glossary | None = context.get("glossary")
    return glossary.mark(text) if glossary is not None else said(text)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day that never breaks over a line, with its year when that is another one."""
    if value is None:
        return ""
    other_year = day_of(value).year != day_of(timezone.now()).year
    return format_html('<span class="yn-nowrap">{}</span>', wording.day(value, language(), year=other_year))


@register.filter
def long_day(value: date | datetime | None) -> SafeString | str:
    """With its year and weekday."""
    if value is None:
        return ""
    words = wording.day(value, language(), year=True)
    name = wording.weekday(day_of(value), language())
    order = (
        '{1}, <span class="yn-nowrap">{0}</span>'
        if language() == "en"
        else ('<span class="yn-nowrap">{0}</span> {1}')
    )
    return format_html(order, words, name)


@register.filter
def weekday(value: date | datetime | None) -> str:
    return "" if value is None else wording.weekday(day_of(value), language())


@register.filter
def limit(value: Limit | None) -> str:
    return "" if value is None else wording.limit(value, language())


@register.filter
def ground(value: object) -> str:
    return wording.ground(str(value), catalogue().laws, language()) if value else ""


@register.filter
def audience(kinds: Sequence[str]) -> str:
    """Who may apply, as one enumeration."""
    names = {"person": _("个人"), "company": _("企业"), "organisation": _("其他组织")}
    return wording.listed([names[kind] for kind in kinds], language())


@register.filter
def verified(level: str) -> str:
    """How far the facts of an item were checked."""
    return said(LEVELS[level])


@register.filter
def query_code(value: str) -> SafeString:
    return format_html('<span class="yn-code">{}</span>', format_query_code(value))


@register.filter
def money(value: float) -> str:
    return f"{value:g}"


@register.filter
def day_only(value: datetime) -> SafeString | str:
    """The day of an instant, without its time."""
    return day(day_of(value))


@register.filter
def clock(value: datetime) -> str:
    """The day and time of an instant."""
    return wording.day(value, language())


@register.filter
def level_name(level: int) -> str:
    return story_upkeep.level_name(level)


@register.filter
def card_name(card: str) -> str:
    return story_upkeep.card_name(card)


@register.filter
def post_name(post: str) -> str:
    return story_upkeep.post_name(post)


@register.filter
def promise_name(key: str) -> str:
    return clocks.promise_name(key)


@register.filter
def visit_name(visit: int) -> str:
    return story_upkeep.visit_name(visit)


@register.filter
def unit_name(unit: str) -> str:
    return story_upkeep.unit_name(unit)


@register.filter
def absolute(number: int) -> int:
    return abs(number)


@register.filter
def event_name(kind: str) -> str:
    return story.event_name(kind)


@register.simple_tag(takes_context=True)
def typed_why(context: template.Context, kind: str, key: str) -> str:
    """What a clerk typed for one line of a notice that was refused."""
    return str(context["typed"].get(f"why-{kind}:{key}", ""))


@register.filter
def span(value: Span | None) -> str:
    return keeping.span(value)


@register.filter
def kept_kind(kind: str) -> str:
    return keeping.kept_kind(kind)


@register.filter
def confidence(level: str) -> str:
    return keeping.confidence(level)


@register.filter
def rule_about(rule: Rule) -> str:
    return keeping.about(rule)

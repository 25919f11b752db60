"""Limits, days and grounds in words, in both languages of the hall: the same on pages and on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from yinuo.catalogue.loading import LawShape
from yinuo.catalogue.numerals import numeral
from yinuo.core.clock import SHANGHAI, Limit, Stopped, Unit, day_of
from yinuo.core.form import Text
from yinuo.core.item import Item
from yinuo.core.receipt import Receipt, Row

Language = Literal["zh", "en"]

_UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.CALENDAR_DAY: ("日", "calendar day"),
    Unit.MONTH: ("个月", "month"),
    Unit.HOUR: ("小时", "hour"),
}
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEK: Mapping[Language, Sequence[str]] = {
    "zh": "一二三四五六日",
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PAUSES: Mapping[str, Text] = {"supplement": Text("等申请人补正材料", "waiting for the applicant's answer")}

_NUMBER = r"(\d+|[零一二三四五六七八九十百千]+)"
# 第六条之二第一款第（三）项; in a list the later ones may be items of the same article.
_ARTICLE = re.compile(
    rf"(?:第{_NUMBER}条(?:之{_NUMBER})?)?(?:第{_NUMBER}款)?(?:第（?{_NUMBER}）?项)?", re.ASCII
)


def limit(value: Limit, lang: Language) -> str:
    """`5 个工作日`, `5 working days`, `当天`."""
    if value.unit is Unit.IMMEDIATE:
        return "当天" if lang == "zh" else "the same day"
    zh, en = _UNITS[value.unit]
    return f"{value.amount} {zh}" if lang == "zh" else f"{value.amount} {en}{'s' * (value.amount != 1)}"


def day(value: date | datetime, lang: Language, *, year: bool = False) -> str:
    """`10月22日`, `22 October`; an instant with its time; with the year where asked."""
    local = value.astimezone(SHANGHAI) if isinstance(value, datetime) else value
    clock = f" {local:%H:%M}" if isinstance(local, datetime) else ""
    if lang == "zh":
        return f"{f'{local.year}年' if year else ''}{local.month}月{local.day}日{clock}"
    return f"{local.day} {_MONTHS[local.month - 1]}{f' {local.year}' if year else ''}{clock}"


def month(value: date, lang: Language) -> str:
    """`10月`, `Oct`: for the corner of a calendar's day."""
    return f"{value.month}月" if lang == "zh" else _MONTHS[value.month - 1][:3]


def unit(value: Unit, amount: int, lang: Language) -> str:
    """What a running clock counts, after its number: `个工作日`, `working days`; months run in days."""
    zh, en = _UNITS[value] if value in (Unit.WORKING_DAY, Unit.HOUR) else ("天", "day")
    return zh if lang == "zh" else f"{en}{'s' * (amount != 1)}"


def weekday(value: date, lang: Language) -> str:
    return (_WEEKDAYS if lang == "zh" else _DAYS)[value.weekday()]


def left(stopped: Stopped, lang: Language) -> str:
    """What a stopped clock still has: `还剩 11 个工作日`."""
    amount = stopped.left // 3600 if stopped.unit is Unit.HOUR else stopped.left
    words = limit(Limit(amount, stopped.unit), lang)
    return f"还剩 {words}" if lang == "zh" else f"{words} left"


def ground(value: str, laws: Mapping[str, LawShape], lang: Language) -> str:
    """`law-id 第二十五条` as `《机动车登记规定》第二十五条`; an unknown law stays as it is."""
    key, _, article = value.partition(" ")
    law = laws.get(key)
    if law is None:
        return value
    return f"《{law.name.zh}》{article}" if lang == "zh" else f"{law.name.en}, {articles(article)}"


def articles(value: str) -> str:
    """`第七条、第八条` as `Articles 7 and 8`; what is written in another way stays as it is."""
    found = [_ARTICLE.fullmatch(part) for part in value.split("、")]
    if not value or any(match is None or not match[0] for match in found):
        return value
    parts = [match.groups() for match in found if match is not None]
    several = sum(part[0] is not None for part in parts) > 1
    return f"Article{'s' * several} {listed([_article(part) for part in parts], 'en')}"


def _article(part: Sequence[str | None]) -> str:
    article, inserted, paragraph, point = (value and numeral(value) for value in part)
    number = f"{article}-{inserted}" if inserted else f"{article or ''}"
    words = [number, f"paragraph {paragraph}" if paragraph else "", f"item {point}" if point else ""]
    return " ".join(word for word in words if word)


def listed(words: Sequence[str], lang: Language) -> str:
    """`甲、乙、丙`, `a, b and c`."""
    if lang == "zh":
        return "、".join(words)
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def row(
    value: Row, receipt: Receipt, holidays: Mapping[str, Text], lang: Language, item: Item | None = None
) -> str:
    """What one day of a receipt counts as, in words; `item` knows what its special procedures are called."""
    zh = lang == "zh"
    if value.what == "trigger":
        return "起算日，当天不计" if zh else "the trigger day, not counted"
    if value.what == "paused":
        why = pause(value.pause.kind if value.pause else "", lang, item)
        return f"停表，不计：{why}" if zh else f"clock stopped, not counted: {why}"
    if value.what in ("counted", "makeup"):
        return _counted(value, lang)
    if value.what == "rolled":
        return "顺延到这一天" if zh else "moved on to this day"
    if value.what == "weekend":
        return "周末，不计" if zh else "weekend, not counted"
    return holiday(value.day, receipt, holidays, lang)


def _counted(value: Row, lang: Language) -> str:
    if value.unit is Unit.HOUR:
        return f"用了 {value.count} 小时" if lang == "zh" else f"{value.count} hours used"
    working = value.unit is Unit.WORKING_DAY
    if lang == "zh":
        tail = "（调休上班）" if value.what == "makeup" else ""
        return f"第 {value.count} {'个工作日' if working else '天'}{tail}"
    tail = " (make-up working day)" if value.what == "makeup" else ""
    return f"{'working day' if working else 'day'} {value.count}{tail}"


def holiday(value: date, receipt: Receipt, holidays: Mapping[str, Text], lang: Language) -> str:
    key = receipt.calendar.holiday(value)
    name = holidays.get(key) if key else None
    if lang == "zh":
        return f"{name.zh if name else '节'}放假，不计"
    return f"{name.en if name else 'public holiday'}, not counted"


def pause(kind: str, lang: Language, item: Item | None = None) -> str:
    procedure = item.procedure(kind) if item else None
    text = procedure.name if procedure else PAUSES.get(kind)
    if text is None:
        return kind
    return text.zh if lang == "zh" else text.en


def summary(receipt: Receipt, holidays: Mapping[str, Text], lang: Language) -> str:
    """The receipt in two or three sentences: from when, what was skipped, until when."""
    rows, due = receipt.days(), receipt.due
    if receipt.limit.unit is Unit.IMMEDIATE and not receipt.extensions:
        return _at_once(receipt, rows[0].day, lang)
    counted, skipped = _counted_from(receipt, lang), _skipped(rows, receipt, holidays, lang)
    if lang == "zh":
        rolled = "最后一天休息，顺延。" if rows[-1].what == "rolled" else ""
        end = f"到期日是 {day(due, lang)}。" if due else "现在停表，恢复后接着数。"
        return f"{counted}。{skipped}{rolled}{end}"
    rolled = "The last day is a day off, so it moves on. " if rows[-1].what == "rolled" else ""
    end = f"The last day is {day(due, lang)}." if due else "The clock stands still now and goes on later."
    return f"{counted}. {skipped}{rolled}{end}"


def _at_once(receipt: Receipt, first: date, lang: Language) -> str:
    if receipt.due == first:
        return "当天办结，不用往后数。" if lang == "zh" else "Due on the day itself."
    if receipt.due is None:
        return (
            "当天休息，现在停表。" if lang == "zh" else "That is a day off, and the clock stands still now."
        )
    last = day(receipt.due, lang)
    return f"当天休息，顺延到 {last}。" if lang == "zh" else f"That is a day off, so it is due on {last}."


def _counted_from(receipt: Receipt, lang: Language) -> str:
    """Hours run from the instant itself; of days the first is not counted."""
    hours = receipt.limit.unit is Unit.HOUR
    start = day(receipt.start if hours else day_of(receipt.start), lang)
    more = [limit(extension.limit, lang) for extension in receipt.extensions]
    counted = limit(receipt.limit, lang)
    if lang == "zh":
        counted += "".join(f"，延长 {one}" for one in more)
        return f"{start} 起算，往后数 {counted}" if hours else f"{start}起算，当天不算，往后数 {counted}"
    counted += "".join(f", extended by {one}" for one in more)
    return f"Counted from {start}{'' if hours else ', which is not counted itself'}: {counted}"


def _skipped(rows: list[Row], receipt: Receipt, holidays: Mapping[str, Text], lang: Language) -> str:
    off: dict[str, int] = {}
    for one in rows[1:]:
        if one.what == "holiday":
            key = receipt.calendar.holiday(one.day) or ""
            off[key] = off.get(key, 0) + 1
    makeup = [day(one.day, lang) for one in rows if one.what == "makeup"]
    paused = sum(one.what == "paused" for one in rows)
    return _join_skipped(off, makeup, paused, holidays, lang)


def _join_skipped(
    off: Mapping[str, int], makeup: list[str], paused: int, holidays: Mapping[str, Text], lang: Language
) -> str:
    zh = lang == "zh"
    parts: list[str] = []
    if off:
        named = [
            f"{holidays[k].zh} {n} 天" if zh else f"{holidays[k].en} ({n})"
            for k, n in off.items()
            if k in holidays
        ]
        parts.append(f"{'、'.join(named)}放假，不数" if zh else f"Not counted: {', '.join(named)}")
    if makeup:
        parts.append(
            f"{'、'.join(makeup)}调休上班，要数" if zh else f"Counted as make-up days: {', '.join(makeup)}"
        )
    if paused:
        parts.append(f"停表 {paused} 天，不数" if zh else f"The clock stood still for {paused} days")
    if not parts:
        return ""
    return "；".join(parts) + "。" if zh else "; ".join(parts) + ". "

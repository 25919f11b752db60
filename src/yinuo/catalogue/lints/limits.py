"""Limits and the laws they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinuo.catalogue.lints.problem import Problem
from yinuo.catalogue.loading import Catalogue, Entry, LawShape
from yinuo.catalogue.numerals import numeral
from yinuo.catalogue.reader import Path_
from yinuo.catalogue.schema import GroundShape, ItemLimitShape
from yinuo.core.clock import Limit, Unit

_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千两]+|[0-9]+)条")

_COMPARABLE = {
    Unit.WORKING_DAY: 1.4,
    Unit.CALENDAR_DAY: 1.0,
    Unit.MONTH: 30.0,
    Unit.HOUR: 1 / 24,
    Unit.IMMEDIATE: 0.0,
}


PERMIT = "01"  # 事项类型 行政许可, GB/T 39046 A.1


def promised_within_statutory(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for key, limit in _limits(entry):
        if limit.statutory is not None and length(limit.promised) > length(limit.statutory):
            yield (
                ("limits", key, "promised"),
                f"{limit.promised} is longer than the statutory {limit.statutory}",
            )


def length(limit: Limit) -> float:
    """A limit in calendar days, roughly: five working days are a week. Only for comparing two limits."""
    return limit.amount * _COMPARABLE[limit.unit]


def statutory_has_ground(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for key, limit in _limits(entry):
        if (limit.statutory is None) != (limit.ground is None):
            yield ("limits", key), "a statutory limit and its ground stand together, or both are null"


def _limits(entry: Entry) -> Iterator[tuple[str, ItemLimitShape]]:
    limits = entry.shape.limits
    yield "accept", limits.accept
    yield "decide", limits.decide
    if limits.deliver is not None:
        yield "deliver", limits.deliver


def immediate_means_a_day(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """即办件 is done at once; at the latest on the next working day."""
    limit = entry.shape.limits.decide.promised
    at_once = limit.unit is Unit.IMMEDIATE or length(limit) <= length(Limit(1, Unit.WORKING_DAY))
    if entry.shape.handling == "immediate" and not at_once:
        yield (
            ("limits", "decide", "promised"),
            f"an immediate item is done within one working day, not {limit}",
        )


def grounds_exist(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    for path, ground in _grounds(entry):
        law = catalogue.laws.get(ground.law)
        if law is None:
            yield (*path, "law"), f"there is no law {ground.law} in laws.yaml"
            continue
        if law.status == "repealed":
            yield (*path, "law"), f"{law.name.zh} is no longer in force"
        yield from (((*path, "article"), message) for message in _article_problems(ground.article, law))


def _grounds(entry: Entry) -> Iterator[tuple[Path_, GroundShape]]:
    shape = entry.shape
    yield from ((("basis", n), ground) for n, ground in enumerate(shape.basis))
    for key, limit in _limits(entry):
        if limit.ground is not None:
            yield ("limits", key, "ground"), limit.ground
    for n, procedure in enumerate(shape.special_procedures):
        yield ("special_procedures", n, "ground"), procedure.ground
    if shape.extension is not None:
        yield ("extension", "ground"), shape.extension.ground
    if shape.silence is not None:
        yield ("silence", "ground"), shape.silence.ground
    if shape.supplement is not None and shape.supplement.ground is not None:
        yield ("supplement", "ground"), shape.supplement.ground


def _article_problems(article: str, law: LawShape) -> Iterator[str]:
    numbers = [numeral(found) for found in _ARTICLE.findall(article)]
    if not numbers:
        yield f"{article} names no article: write 第二十五条"
    for number in numbers:
        if law.articles and not 1 <= number <= law.articles:
            yield f"{law.name.zh} has {law.articles} articles, not {number}"


def permits_have_a_limit(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """行政许可法第四十二条 gives every permit twenty working days unless another law decides otherwise; an
    item that knows of no figure tells the editor why."""
    shape = entry.shape
    silent = shape.kind == PERMIT and shape.limits.decide.statutory is None
    if silent and "期限" not in shape.verification.note:
        yield (
            ("limits", "decide", "statutory"),
            "a permit has 20wd by 行政许可法第四十二条, or its verification says why no 期限 is known",
        )


def units_follow_the_law(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """A bare 日 is read as the law says that sets the limit: working days or calendar days."""
    for key, limit in _limits(entry):
        law = catalogue.laws.get(limit.ground.law) if limit.ground else None
        if law is None or limit.statutory is None or not _contradicts(law, limit.statutory):
            continue
        yield (
            ("limits", key, "statutory"),
            f"{law.name.zh} counts {law.day_unit} days ({law.day_unit_article}), not {limit.statutory}",
        )


def _contradicts(law: LawShape, limit: Limit) -> bool:
    """第八十五条（二、三、五、七日） speaks of these numbers of days only."""
    other = {"working": Unit.CALENDAR_DAY, "calendar": Unit.WORKING_DAY}
    if law.day_unit is None or limit.unit is not other[law.day_unit]:
        return False
    listed = re.search(r"（(.+)日）", law.day_unit_article or "")
    return listed is None or limit.amount in [numeral(number) for number in listed[1].split("、")]


def silence_has_a_day(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """Silence becomes a yes after a day that the applicant always gives."""
    silence = entry.shape.silence
    if silence is None:
        return
    field = entry.item.form.field(silence.field)
    if field is None or field.type != "date" or not field.required or field.when is not None:
        yield ("silence", "field"), f"{silence.field} is no date that is always asked and required"

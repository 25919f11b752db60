"""From checked shapes to core objects. A bundle (item, groups, route) is all that an item needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yinuo.catalogue.schema import (
    ExtensionShape,
    FeeShape,
    FieldShape,
    GroundShape,
    GroupShape,
    ItemLimitShape,
    ItemShape,
    MaterialShape,
    PageShape,
    RouteShape,
    SupplementShape,
    TextShape,
    UseShape,
)
from yinuo.core.clock import Limit, Unit
from yinuo.core.form import AllOf, AnyOf, Choice, Field, Form, Not, Page, Text, When
from yinuo.core.item import (
    Fee,
    Ground,
    Item,
    ItemLimit,
    Material,
    Result,
    Silence,
    Situation,
    SpecialProcedure,
    Supplement,
    Verification,
)
from yinuo.core.ledger import canonical
from yinuo.core.route import Route, Step

# The city's own figures where the law names none: thirty days to answer the one notice, and ten working
# days to deliver, which is 行政许可法第四十四条 for permits and the custom for everything else.
ANSWER_SUPPLEMENT = Limit(30, Unit.CALENDAR_DAY, rolls=True)
DELIVER = ItemLimit(Limit(10, Unit.WORKING_DAY))

Groups = Mapping[str, tuple[Field, ...]]
"""The questions of each field group."""


def version_of(bundle: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content: the same item is the same version wherever it is loaded."""
    return hashlib.sha256(canonical(bundle)).hexdigest()


def item_from_bundle(bundle: Mapping[str, Any]) -> Item:
    """The item of a bundle as it was published; raises pydantic's ValidationError when it is damaged."""
    groups = {key: group(GroupShape.model_validate(value)) for key, value in bundle["groups"].items()}
    shape = ItemShape.model_validate(bundle["item"])
    return assemble(shape, groups, route(RouteShape.model_validate(bundle["route"])), version_of(bundle))


def groups_used(shape: ItemShape) -> set[str]:
    return {field.use for page in shape.form for field in page.fields if isinstance(field, UseShape)}


def assemble(shape: ItemShape, groups: Groups, way: Route, version: str) -> Item:
    extension = shape.extension
    return Item(
        id=shape.id,
        version=version,
        name=text(shape.name),
        summary=text(shape.summary),
        branch=shape.branch,
        kind=shape.kind,
        handling=shape.handling,
        audience=tuple(shape.audience),
        jurisdiction=shape.jurisdiction,
        basis=tuple(ground(g) for g in shape.basis),
        conditions=tuple(text(condition) for condition in shape.conditions),
        form=Form(tuple(_page(page, groups) for page in shape.form)),
        materials=tuple(_material(material) for material in shape.materials),
        route=way,
        limits=_limits(shape),
        supplement=_supplement(shape.supplement),
        special_procedures=tuple(
            SpecialProcedure(p.key, text(p.name), ground(p.ground), p.longest)
            for p in shape.special_procedures
        ),
        extension=_extension(extension) if extension else None,
        fee=_fee(shape.fee) if shape.fee else None,
        result=_result(shape),
        visits=shape.visits.count,
        visit_reason=text(shape.visits.reason) if shape.visits.reason else None,
        online=shape.online,
        verification=Verification(shape.verification.level, shape.verification.note),
        situations=tuple(Situation(s.key, text(s.name)) for s in shape.situations),
        topics=tuple(shape.topics),
        keywords=tuple(shape.keywords),
        base_code=shape.base_code,
        silence=Silence(shape.silence.field, ground(shape.silence.ground)) if shape.silence else None,
        real_name=shape.real_name,
        own_remedies=tuple(text(remedy) for remedy in shape.remedies or ()),
    )


def text(shape: TextShape) -> Text:
    return Text(shape.zh, shape.en)


def ground(shape: GroundShape) -> Ground:
    return Ground(shape.law, shape.article)


def route(shape: RouteShape) -> Route:
    return Route(
        id=shape.id,
        name=text(shape.name),
        about=text(shape.about),
        steps=tuple(Step(step.key, text(step.name), step.post, step.limit) for step in shape.steps),
        accept_post=shape.accept_post,
        decide_post=shape.decide_post,
        issue_post=shape.issue_post,
        extend_post=shape.extend_post,
        four_eyes=shape.four_eyes,
        deniable=shape.deniable,
        issues=shape.issues,
        granted=text(shape.granted),
        denied=text(shape.denied),
        remedies=tuple(text(remedy) for remedy in shape.remedies),
        anonymous=shape.anonymous,
    )


def _limits(shape: ItemShape) -> dict[str, ItemLimit]:
    limits = shape.limits
    return {
        "accept": _limit(limits.accept),
        "decide": _limit(limits.decide),
        "deliver": _limit(limits.deliver) if limits.deliver else DELIVER,
    }


def _limit(shape: ItemLimitShape) -> ItemLimit:
    return ItemLimit(shape.promised, shape.statutory, ground(shape.ground) if shape.ground else None)


def _extension(shape: ExtensionShape) -> ItemLimit:
    return ItemLimit(shape.by, shape.by, ground(shape.ground))


def _supplement(shape: SupplementShape | None) -> Supplement:
    if shape is None:
        return Supplement(ANSWER_SUPPLEMENT)
    return Supplement(shape.answer, ground(shape.ground) if shape.ground else None, shape.restarts)


def _fee(shape: FeeShape) -> Fee:
    unit, note = shape.unit, shape.note
    return Fee(shape.amount, text(unit) if unit else None, shape.ground, text(note) if note else None)


def _result(shape: ItemShape) -> Result:
    result = shape.result
    return Result(text(result.name), result.kind, text(result.validity), "result", tuple(result.fields))


def _material(shape: MaterialShape) -> Material:
    return Material(
        key=shape.key,
        name=text(shape.name),
        form=shape.form,
        source=shape.source,
        copies=shape.copies,
        required=shape.required,
        when=shape.when,
        fetch=shape.fetch,
        bring=shape.bring,
        note=text(shape.note) if shape.note else None,
    )


def _page(shape: PageShape, groups: Groups) -> Page:
    fields: list[Field] = []
    for entry in shape.fields:
        fields.extend(_expand(entry, groups) if isinstance(entry, UseShape) else [_field(entry)])
    return Page(shape.page, text(shape.title), tuple(fields), shape.when)


def group(shape: GroupShape) -> tuple[Field, ...]:
    return tuple(_field(field) for field in shape.fields)


def _expand(use: UseShape, groups: Groups) -> Iterable[Field]:
    fields = groups[use.use]
    if not use.prefix and use.when is None:
        return fields
    own = {field.key for field in fields}
    return [_used(field, use, own) for field in fields]


def _used(field: Field, use: UseShape, own: set[str]) -> Field:
    when = prefixed(field.when, use.prefix, own) if field.when else None
    return replace(field, key=use.prefix + field.key, when=_both(use.when, when))


def _both(first: When | None, second: When | None) -> When | None:
    return AllOf((first, second)) if first and second else first or second


def prefixed(when: When, prefix: str, own: set[str]) -> When:
    """A group's condition with the prefix before the group's own keys; other keys are the item's."""
    if isinstance(when, AllOf | AnyOf):
        return type(when)(tuple(prefixed(part, prefix, own) for part in when.of))
    if isinstance(when, Not):
        return Not(prefixed(when.of, prefix, own))
    return replace(when, field=prefix + when.field) if when.field in own else when


def _field(shape: FieldShape) -> Field:
    return Field(
        key=shape.key,
        label=text(shape.label),
        type=shape.type,
        required=shape.required,
        when=shape.when,
        hint=text(shape.hint) if shape.hint else None,
        choices=tuple(Choice(c.value, Text(c.zh, c.en)) for c in shape.choices),
        least=shape.least,
        most=shape.most,
        past=shape.past,
        future=shape.future,
        longest=shape.longest,
        informational=shape.informational,
    )

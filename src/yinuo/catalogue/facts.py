"""The whole catalogue as open data: every public fact of every item in both languages, and a flat table.

What stays inside: scenarios, and the notes on where a fact was found; of the verification the level is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yinuo.catalogue import codes, conditions, describing, wording
from yinuo.catalogue.loading import Catalogue
from yinuo.core.clock import Limit
from yinuo.core.form import AllOf, AnyOf, Compare, Field, Form, In, Is, Not, Page, Present, Text, When
from yinuo.core.item import Fee, Ground, Item, ItemLimit, Material, SpecialProcedure

FORMAT = 1
Json = dict[str, Any]
Address = Callable[[str], str]
"""The public address of an item's guide, by the item's id."""

TERMS: Mapping[str, Mapping[str, Text]] = {
    "audience": describing.AUDIENCE,
    "handling": describing.HANDLING,
    "jurisdiction": describing.JURISDICTION,
    "online": describing.ONLINE,
    "verification": describing.LEVELS,
    "material_form": describing.FORMS,
    "material_source": describing.SOURCES,
    "limits": describing.LIMITS,
}
"""What the words of the data mean, by the key that they stand under."""

COLUMNS = (
    "id",
    "name_zh",
    "name_en",
    "branch",
    "branch_zh",
    "kind",
    "kind_zh",
    "handling",
    "audience",
    "jurisdiction",
    "topics",
    "accept_promised",
    "decide_promised",
    "decide_statutory",
    "decide_ground",
    "deliver_promised",
    "fee_yuan",
    "fee_zh",
    "result_zh",
    "visits",
    "online",
    "materials",
    "materials_fetched",
    "verification",
    "version",
    "address",
)
"""The flat table; limits are written as in the item files: `5wd`, `60cd`, `2mo`, `24h`, `now`."""

SEVERAL = "|"
_BOUNDS = ("least", "most", "past", "future", "longest")  # told only where a question has them


def document(served: Catalogue, address: Address) -> Json:
    """Everything but what only the publication knows. Texts are `{zh, en}`."""
    city = served.city
    return {
        "format": FORMAT,
        "city": {"id": city.id, "name": _text(city.name), "division": city.division},
        "sample": city.is_sample,
        "note": _text(city.note),
        "terms": {key: {one: _text(text) for one, text in terms.items()} for key, terms in TERMS.items()},
        "kinds": {item.kind: codes.TASK_TYPES[item.kind] for item in served.items.values()},
        "branches": {key: _text(branch.name) for key, branch in city.branches.items()},
        "topics": {topic.key: _text(topic.name) for topic in served.topics},
        "items": [of_item(item, served, address) for item in served.items.values()],
    }


def of_item(item: Item, served: Catalogue, address: Address) -> Json:
    """One item as plain JSON values."""
    return {
        "id": item.id,
        "version": item.version,
        "address": address(item.id),
        "name": _text(item.name),
        "summary": _text(item.summary),
        "branch": item.branch,
        "kind": item.kind,
        "base_code": item.base_code,
        "handling": item.handling,
        "audience": list(item.audience),
        "jurisdiction": item.jurisdiction,
        "topics": list(item.topics),
        "keywords": list(item.keywords),
        "situations": [_text(one.name) for one in item.situations],
        **_rules(item, served),
        "form": [_page(page, item.form) for page in item.form.pages],
        "materials": [_material(material, item.form) for material in item.materials],
        "fee": _fee(item.fee),
        "result": {
            "name": _text(item.result.name),
            "kind": item.result.kind,
            "validity": _text(item.result.validity),
        },
        "visits": {"count": item.visits, "reason": _text(item.visit_reason)},
        "online": item.online,
        "verification": item.verification.level,
    }


def rows(served: Catalogue, address: Address) -> Iterator[dict[str, str]]:
    """The flat table: one row an item, its keys are COLUMNS."""
    for item in served.items.values():
        yield {
            **_who(item, served),
            **_when_and_what(item, served),
            "verification": item.verification.level,
            "version": item.version,
            "address": address(item.id),
        }


def _who(item: Item, served: Catalogue) -> dict[str, str]:
    return {
        "id": item.id,
        "name_zh": item.name.zh,
        "name_en": item.name.en,
        "branch": item.branch,
        "branch_zh": served.city.branches[item.branch].name.zh,
        "kind": item.kind,
        "kind_zh": codes.TASK_TYPES[item.kind],
        "handling": item.handling,
        "audience": SEVERAL.join(item.audience),
        "jurisdiction": item.jurisdiction,
        "topics": SEVERAL.join(item.topics),
    }


def _when_and_what(item: Item, served: Catalogue) -> dict[str, str]:
    decide, fetched = item.limits["decide"], sum(material.fetch for material in item.materials)
    return {
        "accept_promised": str(item.limits["accept"].promised),
        "decide_promised": str(decide.promised),
        "decide_statutory": str(decide.statutory) if decide.statutory else "",
        "decide_ground": wording.ground(str(decide.ground), served.laws, "zh") if decide.ground else "",
        "deliver_promised": str(item.limits["deliver"].promised),
        **_price(item.fee),
        "result_zh": item.result.name.zh,
        "visits": str(item.visits),
        "online": item.online,
        "materials": str(len(item.materials) - fetched),
        "materials_fetched": str(fetched),
    }


def _price(fee: Fee | None) -> dict[str, str]:
    """Yuan; empty where it depends, and the words then say on what."""
    if fee is None:
        return {"fee_yuan": "0", "fee_zh": "不收费"}
    words = [text.zh for text in (fee.unit, fee.note) if text is not None]
    return {"fee_yuan": "" if fee.amount is None else f"{fee.amount:g}", "fee_zh": "；".join(words)}


def _text(text: Text | None) -> Json | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _ground(ground: Ground | None, served: Catalogue) -> Json | None:
    if ground is None:
        return None
    words = describing.ground_words(ground, served.laws)
    return {"law": ground.law, "article": ground.article, "zh": words.zh, "en": words.en}


def _limit(limit: Limit | None) -> Json | None:
    if limit is None:
        return None
    words = describing.limit_words(limit)
    return {
        "amount": limit.amount,
        "unit": limit.unit.value,
        "rolls": limit.rolls,
        "zh": words.zh,
        "en": words.en,
    }


def _owed(limit: ItemLimit | None, served: Catalogue) -> Json | None:
    """A limit with its ground. `statutory` null: the law is silent, and the promise is the city's own."""
    if limit is None:
        return None
    return {
        "promised": _limit(limit.promised),
        "statutory": _limit(limit.statutory),
        "ground": _ground(limit.ground, served),
    }


def _rules(item: Item, served: Catalogue) -> Json:
    supplement = item.supplement
    return {
        "basis": [_ground(one, served) for one in item.basis],
        "conditions": [_text(condition) for condition in item.conditions],
        "route": {
            "name": _text(item.route.name),
            "steps": [_text(step.name) for step in item.route.steps],
            "issues": item.route.issues,
        },
        "limits": {key: _owed(limit, served) for key, limit in item.limits.items()},
        "supplement": {
            "answer": _limit(supplement.answer),
            "restarts": supplement.restarts,
            "ground": _ground(supplement.ground, served),
        },
        "extension": _owed(item.extension, served),
        "special_procedures": [_procedure(one, served) for one in item.special_procedures],
        "remedies": [_text(remedy) for remedy in item.remedies],
    }


def _procedure(one: SpecialProcedure, served: Catalogue) -> Json:
    return {
        "name": _text(one.name),
        "ground": _ground(one.ground, served),
        "longest": _limit(one.longest),
    }


def _fee(fee: Fee | None) -> Json | None:
    """Null: free. `amount` null: it depends, and the note says on what."""
    if fee is None:
        return None
    return {
        "amount": fee.amount,
        "currency": "CNY",
        "unit": _text(fee.unit),
        "ground": fee.ground,
        "note": _text(fee.note),
    }


def _page(page: Page, form: Form) -> Json:
    return {
        "key": page.key,
        "title": _text(page.title),
        "when": _condition(page.when, form),
        "fields": [_field(field, form) for field in page.fields],
    }


def _field(field: Field, form: Form) -> Json:
    return {
        "key": field.key,
        "label": _text(field.label),
        "type": field.type,
        "required": field.required,
        "when": _condition(field.when, form),
        "hint": _text(field.hint),
        "choices": [{"value": choice.value, **_words(choice.label)} for choice in field.choices],
        **{name: bound for name in _BOUNDS if (bound := getattr(field, name)) not in (None, False)},
    }


def _words(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}


def _material(material: Material, form: Form) -> Json:
    return {
        "key": material.key,
        "name": _text(material.name),
        "form": material.form,
        "source": material.source,
        "copies": material.copies,
        "required": material.required,
        "fetched": material.fetch,
        "brought": material.bring,
        "when": _condition(material.when, form),
        "note": _text(material.note),
    }


def _condition(when: When | None, form: Form) -> Json | None:
    """As it is declared in an item file, and in words."""
    if when is None:
        return None
    return {"rule": declared(when), **_words(conditions.words(when, form))}


def declared(when: When) -> Json:
    """The condition as the item file writes it: what `schema.parse_when` reads back."""
    if isinstance(when, AllOf | AnyOf):
        return {"all" if isinstance(when, AllOf) else "any": [declared(part) for part in when.of]}
    if isinstance(when, Not):
        return {"not": declared(when.of)}
    return {"field": when.field, **_test(when)}


def _test(when: Is | In | Present | Compare) -> Json:
    if isinstance(when, Is):
        return {"is": when.value}
    if isinstance(when, In):
        return {"in": list(when.values)}
    if isinstance(when, Present):
        return {"present": when.present}
    bounds = {"at_least": when.at_least, "at_most": when.at_most}
    return {word: bound for word, bound in bounds.items() if bound is not None}

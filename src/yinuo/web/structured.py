"""A guide for search engines: one item as schema.org `GovernmentService`, to be embedded in its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from yinuo.catalogue import describing, wording
from yinuo.catalogue.city import Unit
from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.wording import Language
from yinuo.core.item import Fee, Item

Thing = dict[str, Any]

_TAGS: Mapping[Language, str] = {"zh": "zh-Hans", "en": "en"}
_MOST_PLACES = 8  # as many as the guide shows without unfolding
# Written out, none of these can end the script element that holds the data.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def service(item: Item, served: Catalogue, lang: Language, address: str) -> Thing:
    """The item in the language of the page; `address` is the public one of its guide."""
    city, branch = served.city, served.city.branches[item.branch]
    thing: Thing = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address, "inLanguage": _TAGS[lang]},
        "name": item.name.said(lang),
        "description": item.summary.said(lang),
        "serviceType": branch.name.said(lang),
        "provider": _provider(city.units[branch.unit], lang),
        "areaServed": {"@type": "AdministrativeArea", "name": city.name.said(lang)},
        "audience": {"@type": "Audience", "audienceType": _audience(item, lang)},
        "availableChannel": _channels(item, served, lang, address),
        "offers": _offer(item.fee, lang),
        "termsOfService": wording.ground(str(item.basis[0]), served.laws, lang),
    }
    # Search engines must not take the invented phone numbers of a sample city for real ones.
    return thing | ({"disambiguatingDescription": city.note.said(lang)} if city.is_sample else {})


def embedded(thing: Thing) -> str:
    """JSON that can stand inside a script element of HTML, whatever its texts are."""
    return json.dumps(thing, ensure_ascii=False).translate(_ESCAPES)


def _provider(unit: Unit, lang: Language) -> Thing:
    return {
        "@type": "GovernmentOrganization",
        "name": unit.name.said(lang),
        "telephone": unit.phone,
        "address": unit.address.said(lang),
    }


def _audience(item: Item, lang: Language) -> str:
    return wording.listed([describing.AUDIENCE[kind].said(lang) for kind in item.audience], lang)


def _channels(item: Item, served: Catalogue, lang: Language, address: str) -> list[Thing]:
    """The hall itself, the phone, and where somebody has to come, the windows while they are few."""
    phone = {"@type": "ContactPoint", "telephone": served.city.phone}
    channels: list[Thing] = [
        {"@type": "ServiceChannel", "serviceUrl": address, "availableLanguage": list(_TAGS.values())},
        {"@type": "ServiceChannel", "servicePhone": phone},
    ]
    places = served.city.competent(item.jurisdiction, item.branch)
    if item.visits and len(places) <= _MOST_PLACES:
        where = [_place(place, lang) for place in places]
        channels.append({"@type": "ServiceChannel", "serviceLocation": where})
    return channels


def _place(unit: Unit, lang: Language) -> Thing:
    return {
        "@type": "Place",
        "name": unit.name.said(lang),
        "address": unit.address.said(lang),
        "telephone": unit.phone,
    }


def _offer(fee: Fee | None, lang: Language) -> Thing:
    """A free service costs 0; a fee that depends has no price, only the words on what it depends."""
    offer: Thing = {"@type": "Offer", "priceCurrency": "CNY"}
    if fee is None:
        return offer | {"price": "0"}
    words = [text.said(lang) for text in (fee.unit, fee.note) if text is not None]
    price = {"price": f"{fee.amount:g}"} if fee.amount is not None else {}
    return offer | price | ({"description": "; ".join(words)} if words else {})

"""Notices as data: what applicants and staff are told, in both languages, and what an item words otherwise.

A placeholder such as `{due}` stands for a fact of the case. Only the facts that a template knows may stand in
it, so that a notice can never say more than it should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field, model_validator

from yinuo.catalogue.language import Lang, Language
from yinuo.catalogue.reader import Path_, Source
from yinuo.catalogue.schema import Key, Shape, TextShape

Problem = tuple[Path_, str]

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
COMMON = frozenset({"item", "code", "number", "link"})
# Template -> the facts that it may name beside the common ones.
APPLICANT: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({"due", "unit"}),
    "supplement-asked": frozenset({"due", "unit"}),
    "supplemented": frozenset({"due", "unit"}),
    "supplement-week": frozenset({"due"}),
    "supplement-day": frozenset({"due"}),
    "accepted": frozenset({"due", "unit"}),
    "deemed": frozenset({"due", "unit"}),
    "refused": frozenset({"unit"}),
    "transferred": frozenset({"to"}),
    "forwarded": frozenset({"unit"}),
    "taken-over": frozenset({"unit"}),
    "stepped": frozenset({"step"}),
    "suspended": frozenset({"procedure"}),
    "resumed": frozenset({"due"}),
    "overrun": frozenset({"due"}),
    "extended": frozenset({"due"}),
    "redated": frozenset({"due"}),
    "decide-late": frozenset({"due", "unit", "who"}),
    "granted": frozenset({"due", "unit"}),
    "granted-by-silence": frozenset({"unit"}),
    "answered": frozenset({"unit"}),
    "denied": frozenset({"unit"}),
    "issued": frozenset({"due", "unit"}),
    "delivered-online": frozenset(),
    "delivered-pickup": frozenset({"unit"}),
    "delivered-courier": frozenset(),
    "closed": frozenset({"rate"}),
    "withdrawn": frozenset(),
    "lapsed": frozenset(),
    "message": frozenset({"unit"}),
    "urge-answered": frozenset({"unit"}),
    "revoked": frozenset({"unit"}),
    "corrected": frozenset(),
    "rating-answered": frozenset({"unit"}),
    "put-right": frozenset({"unit"}),
    "appeal-decided": frozenset(),
}
STAFF: Mapping[str, frozenset[str]] = {
    "rung-half": frozenset({"what", "due"}),
    "rung-yellow": frozenset({"what", "due"}),
    "rung-last-day": frozenset({"what", "due"}),
    "rung-broken": frozenset({"what", "due", "unit"}),
    "rung-broken-more": frozenset({"what", "due", "unit", "days"}),
    "card": frozenset({"card", "due"}),
    "urge": frozenset({"due"}),
    "supervision": frozenset({"due"}),
    "bad-rating": frozenset({"due"}),
    "hand-over": frozenset({"due"}),
}
# What concerns somebody without a case: there is no `item`, `code` or `number` to name.
ACCOUNT: Mapping[str, frozenset[str]] = {
    "mandate-offered": frozenset({"principal", "due"}),
    "mandate-answered": frozenset({"agent", "answer"}),
    "mandate-ended": frozenset({"principal", "agent", "reason"}),
    "mandate-tried": frozenset({"principal", "agent", "what"}),
    "file-infected": frozenset({"due"}),
    "looks-daily": frozenset({"due", "looks", "glass"}),
}
TEMPLATES: Mapping[str, frozenset[str]] = {**APPLICANT, **STAFF, **ACCOUNT}
MAIL = frozenset({"link", "office", "phone", "settings"})

# Characters of one text message: 70 in Chinese, 160 of the letters that phones have had from the beginning.
LONGEST_SMS: Mapping[Lang, int] = {"zh": 70, "en": 160}
# What a fact may take of them; a longer one is cut. What has no room here is too long for a text message.
ROOM: Mapping[str, Mapping[Lang, int]] = {
    "item": {"zh": 16, "en": 44},
    "code": {"zh": 14, "en": 14},
    "due": {"zh": 12, "en": 18},
    "rate": {"zh": 70, "en": 70},
}
WHOLE = frozenset({"rate"})  # an address leads nowhere when it is cut, so it takes two messages joined
LONGEST_JOINED: Mapping[Lang, int] = {"zh": 134, "en": 306}


class TemplateShape(Shape):
    """`body`: in the hall and in an e-mail. `sms`: one text message; staff read theirs at the desk."""

    subject: TextShape
    body: TextShape
    sms: TextShape | None = None


class OverrideShape(Shape):
    """What an item words otherwise; the rest is as everywhere."""

    subject: TextShape | None = None
    body: TextShape | None = None
    sms: TextShape | None = None

    @model_validator(mode="after")
    def _says_something(self) -> OverrideShape:
        if self.subject is None and self.body is None and self.sms is None:
            raise ValueError("words nothing otherwise: write one of subject, body, sms")
        return self


class NoticesShape(Shape):
    """`mail` stands below every e-mail."""

    mail: TextShape
    applicant: dict[Key, TemplateShape]
    staff: dict[Key, TemplateShape]
    account: dict[Key, TemplateShape] = Field(default_factory=dict)
    items: dict[Key, dict[Key, OverrideShape]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worded:
    """A notice as somebody reads it. `sms` is empty where the template has no text message."""

    subject: str
    body: str
    sms: str


@dataclass(frozen=True)
class Notices:
    """Without the file there is no template, and nobody is told anything."""

    shape: NoticesShape | None = None
    source: Source | None = None

    def has(self, template: str) -> bool:
        return self._template(template) is not None

    def worded(self, template: str, item: str, facts: Mapping[str, str], lang: Lang) -> Worded:
        """Raises KeyError for a template that does not exist, and for a fact that is named and not given."""
        shape = self._template(template)
        if shape is None:
            raise KeyError(template)
        own = self._override(template, item)
        subject, body, sms = (
            (own and getattr(own, part)) or getattr(shape, part) for part in ("subject", "body", "sms")
        )
        return Worded(
            fill(getattr(subject, lang), facts),
            fill(getattr(body, lang), facts).strip(),
            fill(getattr(sms, lang), _cut(facts, lang)) if sms else "",
        )

    def mail(self, facts: Mapping[str, str], lang: Lang) -> str:
        """What stands below an e-mail; facts as in MAIL."""
        return fill(getattr(self.shape.mail, lang), facts).strip() if self.shape else ""

    def named(self, template: str, item: str) -> frozenset[str]:
        """The facts that a template of an item names."""
        parts = (self._template(template), self._override(template, item))
        texts = [text for part in parts if part for _path, text, _lang in _texts(part)]
        return frozenset(key for text in texts for key in PLACEHOLDER.findall(text))

    def _template(self, key: str) -> TemplateShape | None:
        if self.shape is None:
            return None
        shape = self.shape
        return shape.applicant.get(key) or shape.staff.get(key) or shape.account.get(key)

    def _override(self, template: str, item: str) -> OverrideShape | None:
        return self.shape.items.get(item, {}).get(template) if self.shape else None


NO_NOTICES = Notices()


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts; nothing inside a fact is taken for a placeholder."""
    return PLACEHOLDER.sub(lambda found: facts[found[1]], text)


def _cut(facts: Mapping[str, str], lang: Lang) -> dict[str, str]:
    return {
        key: value if key in WHOLE else _short(value, ROOM[key][lang], lang)
        for key, value in facts.items()
        if key in ROOM
    }


def _short(value: str, room: int, lang: Lang) -> str:
    if len(value) <= room:
        return value
    dots = "…" if lang == "zh" else "..."  # one sign outside the old alphabet would halve an English message
    return value[: room - len(dots)].rstrip() + dots


def _texts(part: TemplateShape | OverrideShape) -> Iterator[tuple[Path_, str, Lang]]:
    for name in ("subject", "body", "sms"):
        text: TextShape | None = getattr(part, name)
        if text is not None:
            yield (name, "zh"), text.zh, "zh"
            yield (name, "en"), text.en, "en"


def problems(notices: Notices, items: frozenset[str], language: Language) -> Iterator[Problem]:
    """What is wrong with the templates beyond their shape. `items`: the ids that there are."""
    shape = notices.shape
    if shape is None:
        return
    for part, known in (("applicant", APPLICANT), ("staff", STAFF), ("account", ACCOUNT)):
        yield from _complete(part, getattr(shape, part), known, language)
    for item, templates in shape.items.items():
        if item not in items:
            yield ("items", item), f"there is no item {item}"
        for key, override in templates.items():
            yield from _override_problems(("items", item, key), key, override, language)
    yield from _text_problems(("mail", "zh"), shape.mail.zh, "zh", MAIL, language)
    yield from _text_problems(("mail", "en"), shape.mail.en, "en", MAIL, language)


def _complete(
    part: str, given: Mapping[str, TemplateShape], known: Mapping[str, frozenset[str]], language: Language
) -> Iterator[Problem]:
    missing = [key for key in known if key not in given]
    if missing:
        yield (part,), f"has no template for {', '.join(missing)}"
    for key, template in given.items():
        if key not in known:
            yield (part, key), f"there is no notice {key}"
            continue
        if part == "applicant" and template.sms is None:
            yield (part, key), "sms: has no text message"
        if part == "staff" and template.sms is not None:
            yield (part, key, "sms"), "staff read notices at the desk: leave it out"
        common = frozenset({"link"}) if part == "account" else COMMON
        yield from _template_problems((part, key), template, common | known[key], language)


def _override_problems(
    place: Path_, key: str, override: OverrideShape, language: Language
) -> Iterator[Problem]:
    if key not in APPLICANT:
        yield place, f"there is no notice {key} to applicants"
        return
    yield from _template_problems(place, override, COMMON | APPLICANT[key], language)


def _template_problems(
    place: Path_, part: TemplateShape | OverrideShape, known: frozenset[str], language: Language
) -> Iterator[Problem]:
    for path, text, lang in _texts(part):
        yield from _text_problems((*place, *path), text, lang, known, language)
        if path[0] == "sms":
            yield from _sms_problems((*place, *path), text, lang)


def _text_problems(
    path: Path_, text: str, lang: Lang, allowed: frozenset[str], language: Language
) -> Iterator[Problem]:
    for key in PLACEHOLDER.findall(text):
        if key not in allowed:
            yield path, f"{{{key}}} is unknown here: there is {', '.join(sorted(allowed))}"
    if path[-2:-1] == ("subject",) and "\n" in text:
        yield path, "a subject is one line"
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield path, "a brace is no placeholder: write {due} or leave it out"
    for word, plain in language.office_words(text, lang):
        yield path, f"{word} is office language: write {plain}"
    for sentence, length in language.long_sentences(text, lang):
        yield path, f"{length} are too many for one sentence: {sentence}"


def _sms_problems(path: Path_, text: str, lang: Lang) -> Iterator[Problem]:
    keys = PLACEHOLDER.findall(text)
    for key in keys:
        if key not in ROOM and key in {*COMMON, *(one for known in TEMPLATES.values() for one in known)}:
            yield path, f"{{{key}}} is too long for a text message: there is {', '.join(sorted(ROOM))}"
    length = len(PLACEHOLDER.sub("", text)) + sum(ROOM[key][lang] for key in keys if key in ROOM)
    longest = LONGEST_SMS if WHOLE.isdisjoint(keys) else LONGEST_JOINED
    if length > longest[lang]:
        yield path, f"can be {length} characters long; a text message has {longest[lang]}"
    if lang == "en" and not text.isascii():
        yield path, "has a sign that halves the room of a text message: write plain letters"

"""Questions and answers as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yinuo.catalogue import wording
from yinuo.core.form import Answer, Answers, Field, Text
from yinuo.web import sentences
from yinuo.web.language import language, said

# What phones and password managers may fill in for people (WCAG 1.3.5), and the keyboard they get.
AUTOCOMPLETE = {
    "name": "name",
    "phone": "tel",
    "delivery_address": "street-address",
    "company_name": "organization",
}
KEYBOARD = {"phone": "tel", "number": "decimal", "location": "decimal"}
INPUT_TYPE = {"date": "date", "datetime": "datetime-local", "phone": "tel"}
WIDTH = {
    "idcard": "yn-w-id yn-id",
    "uscc": "yn-w-id yn-id",
    "vin": "yn-w-id yn-id",
    "phone": "yn-w-phone yn-id",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One question with what was answered and what is wrong with it."""

    field: Field
    value: Answer | None
    error: str

    @property
    def id(self) -> str:
        return f"f-{self.field.key}"

    @property
    def text(self) -> str:
        value = self.value
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value)

    @property
    def chosen(self) -> set[str]:
        return set(self.value) if isinstance(self.value, list) else {self.text}

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-hint"] if self.field.hint or not self.field.required else []
        return " ".join(parts + ([f"{self.id}-error"] if self.error else []))

    @property
    def choices(self) -> list[tuple[str, Text]]:
        if self.field.type == "bool":
            return [("yes", Text("是", "Yes")), ("no", Text("否", "No"))]
        return [(choice.value, choice.label) for choice in self.field.choices]

    @property
    def kind(self) -> str:
        """Which markup: radios, checkboxes, textarea or input."""
        if self.field.type in ("choice", "bool"):
            return "radios"
        if self.field.type == "choices":
            return "checkboxes"
        return "textarea" if self.field.type == "longtext" else "input"

    @property
    def input_type(self) -> str:
        return INPUT_TYPE.get(self.field.type, "text")

    @property
    def keyboard(self) -> str:
        return KEYBOARD.get(self.field.type, "text")

    @property
    def autocomplete(self) -> str:
        return AUTOCOMPLETE.get(self.field.key, "off")

    @property
    def width(self) -> str:
        return WIDTH.get(self.field.type, "")


def shown(fields: Iterable[Field], answers: Answers, errors: Mapping[str, str]) -> list[Shown]:
    return [
        Shown(
            field, answers.get(field.key), sentences.field(errors[field.key]) if field.key in errors else ""
        )
        for field in fields
    ]


def answer_rows(fields: Iterable[Field], answers: Answers) -> list[tuple[str, str]]:
    """Label and answer in words, for the check page and the clerk."""
    return [(said(field.label), answer_words(field, answers.get(field.key))) for field in fields]


def answer_words(field: Field, answer: Any) -> str:
    if answer in (None, "", []):
        return _("没有填")
    if isinstance(answer, bool):
        return _("是") if answer else _("否")
    labels = {choice.value: said(choice.label) for choice in field.choices}
    given = answer if isinstance(answer, list) else [answer]
    return wording.listed([labels.get(str(one)) or str(one) for one in given], language())

"""The short forms of signing in and of the account: a few entries, one button, the ways round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yinuo.core.errors import Refusal
from yinuo.web import sentences

LONGEST = 201  # one more than anything may have, so that what is too long is told and not cut


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to type. A password is never given back."""

    key: str
    label: str
    autocomplete: str
    kind: str = "text"  # text | tel | password
    hint: str = ""
    keyboard: str = ""
    width: str = "yn-w-id"


@dataclass(frozen=True, slots=True)
class Form:
    """`lead`: what to know first. `ways`: (address, words) of what else one can do here."""

    title: str
    button: str
    entries: Sequence[Entry]
    lead: str = ""
    ways: Sequence[tuple[str, str]] = ()
    parent: tuple[str, str] | None = None
    hidden: Mapping[str, str] = field(default_factory=dict)

    def typed(self, request: HttpRequest) -> dict[str, str]:
        """What came in, without the null characters that no keyboard has and no database takes."""
        given = {one.key: request.POST.get(one.key, "") for one in self.entries}
        return {key: text[:LONGEST].replace("\x00", "") for key, text in given.items()}

    def show(
        self, request: HttpRequest, typed: Mapping[str, str] | None = None, no: Refusal | None = None
    ) -> HttpResponse:
        """The page; with what is wrong at its entry, or above where it belongs to none."""
        errors = {key: sentences.field(code) for key, code in no.fields.items()} if no else {}
        rows = [(one, self._value(one, typed or {}), errors.get(one.key, "")) for one in self.entries]
        phrase = "" if no is None else _("有几处需要改一改") if errors else sentences.refusal(no)
        context = {"form": self, "rows": rows, "errors": errors, "phrase": phrase}
        return render(request, "hall/signing_in/form.html", context, status=422 if no else 200)

    def _value(self, entry: Entry, typed: Mapping[str, str]) -> str:
        return "" if entry.kind == "password" else typed.get(entry.key, "")


def phone_entry(label: str, hint: str = "") -> Entry:
    return Entry("phone", label, "tel", kind="tel", keyboard="tel", width="yn-w-phone", hint=hint)


def code_entry() -> Entry:
    hint = _("6 位数字，5 分钟内有效，只能用一次")
    return Entry("code", _("短信验证码"), "one-time-code", keyboard="numeric", width="yn-w-phone", hint=hint)


def new_password_entry() -> Entry:
    hint = _("至少 8 位。不要用姓名、手机号、生日和常见的词")
    return Entry("password", _("密码"), "new-password", kind="password", hint=hint)


def demo_way() -> list[tuple[str, str]]:
    """In the demo: where the message with the code can be read."""
    return [(reverse("demo-messages"), _("看演示短信"))] if settings.DEMO else []

"""Every message has its English, and pages in English show no Chinese but what people wrote."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.extract import extract_python
from django.conf import settings
from django.template import Context, Engine
from django.template.base import Lexer, TokenType
from django.test import Client
from django.utils.translation.template import templatize
from support.actors import Cast
from support.drafts import VEHICLE, complete, happy_answers
from support.fixed_clock import NOW
from support.visible_text import CHINESE, chinese_in, texts
from support.visits import signed_in

from yinuo.apps.cases.actions.submit import submit
from yinuo.apps.cases.models import Case
from yinuo.core.errors import Refusal


def _script() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look for their annotations
    spec.loader.exec_module(module)
    return module


messages: Any = _script()
WEB = messages.SOURCE / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
TRICKY = """{% load i18n %}
{% translate "办好 100%" %}{% translate '单引号' as title %}{% trans "受理" context "button" %}
{% blocktranslate with n=number|default:1 %}第 {{ n }} 步，占 50%{% endblocktranslate %}
{% blocktranslate count n=number trimmed %}
  {{ n }} 件
  在办{% plural %}
  {{ n }} 件
  在办
{% endblocktranslate %}
{% comment %}{% translate "不算" %}{% endcomment %}{# {% translate "也不算" %} #}
{% verbatim %}{% translate "照写" %}{% endverbatim %}{% if _("给标签的话") %}{% endif %}
"""
PUBLIC = (
    "/",
    "/branches/",
    "/branches/jiaoguan/",
    "/start/",
    "/start/one/",
    "/audience/person/",
    "/letters/",
    f"/items/{VEHICLE}/",
    "/items/crj-passport-first-adult/",
    "/items/no-such-item/",
    "/search/",
    "/search/?q=passport",
    "/search/?q=xyzzy",
    "/windows/",
    "/about/promises/",
    "/about/privacy/",
    "/about/accessibility/",
    "/sign-in/",
    "/register/",
    "/progress/?code=AAAA-AAAA-AAAA",
    "/verify/",
    "/verify/?c=nothing",
)
# A plate begins with the character of its province, and a hint spells one family name.
PLATES = "吉[A-Z][A-Z0-9]{5,6}|吕"


def test_the_english_is_complete_and_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    status = messages.main(["--check"])
    assert status == 0, capsys.readouterr().err


def _as_django_finds_them(source: str) -> set[tuple[str, ...]]:
    """By Django's own extraction: the arguments of each call, without the ones that are no text."""
    keywords = ("_", "gettext", "ngettext", "pgettext", "npgettext")
    found = extract_python(BytesIO(templatize(source).encode()), keywords, (), {"encoding": "utf-8"})
    calls = [(words,) if isinstance(words, str) else tuple(words) for _, _, words, _ in found]
    return {tuple(word for word in call if word) for call in calls}


def _in_the_order_of_a_call(message: Any) -> tuple[str, ...]:
    return tuple(word for word in (message.context, message.text, message.plural) if word)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_templates_are_read_as_django_reads_them(path: Path) -> None:
    source = path.read_text()
    ours = {_in_the_order_of_a_call(message) for message in messages.in_template(source)}
    assert ours == _as_django_finds_them(source)


def test_percent_trim_quotes_and_comments_are_read_as_django_reads_them() -> None:
    ours = {_in_the_order_of_a_call(message) for message in messages.in_template(TRICKY)}
    assert ours == _as_django_finds_them(TRICKY)
    assert ("第 %(n)s 步，占 50%%",) in ours
    assert ("%(n)s 件 在办", "%(n)s 件 在办") in ours


def test_what_is_collected_is_what_a_rendered_block_looks_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("django.utils.translation.gettext", lambda text: asked.append(text) or text)
    source = "{% blocktranslate with n=number|default:1 %}第 {{ n }} 步，占 50%{% endblocktranslate %}"
    page = Engine(builtins=["django.templatetags.i18n"]).from_string(source).render(Context({"number": 3}))
    assert page == "第 3 步，占 50%"
    assert asked == [message.text for message in messages.in_template(source)]


def test_calls_in_code_are_collected_with_plural_and_context() -> None:
    source = (
        '_("一"); mark("二" "三"); ngettext("%(n)s 件", "%(n)s 件们", n); pgettext("button", "撤回"); _(name)'
    )
    found = {_in_the_order_of_a_call(message) for message in messages.in_python(source)}
    assert found == {("一",), ("二三",), ("%(n)s 件", "%(n)s 件们"), ("button", "撤回")}


def _findings(tmp_path: Path, english: str | tuple[str, str], message: Any) -> list[str]:
    """What the check says about one message with this English, freshly written and compiled."""
    merged = messages.merge({message: ["page.html"]}, messages.Catalog(locale="en"))
    next(entry for entry in merged if entry.id).string = english
    messages.write(merged, tmp_path / "django.po")
    found: list[str] = messages.check(merged, tmp_path / "django.po")
    return found


def test_a_message_without_english_is_found(tmp_path: Path) -> None:
    assert _findings(tmp_path, "Home", messages.Message("首页")) == []
    assert any("has no English" in line for line in _findings(tmp_path, "", messages.Message("首页")))


def test_a_counted_message_needs_both_english_forms(tmp_path: Path) -> None:
    counted = messages.Message("%(n)s 件", "%(n)s 件")
    assert _findings(tmp_path, ("%(n)s case", "%(n)s cases"), counted) == []
    assert any("has no English" in line for line in _findings(tmp_path, ("%(n)s case", ""), counted))


@pytest.mark.parametrize("english", ["Due soon", "Due %(date)s", "Due <b>%(due)s</b>"])
def test_english_with_other_placeholders_or_markup_is_found(tmp_path: Path, english: str) -> None:
    assert any("differ" in line for line in _findings(tmp_path, english, messages.Message("到 %(due)s")))


def test_a_block_with_an_expression_is_found_since_it_would_come_out_empty(tmp_path: Path) -> None:
    message = messages.Message("到 %(case.due|day)s")
    assert any("no translation" in line for line in _findings(tmp_path, "Due %(case.due|day)s", message))


def test_a_message_file_that_was_not_compiled_is_found(tmp_path: Path) -> None:
    message = messages.Message("首页")
    _findings(tmp_path, "Start", message)
    stale = (tmp_path / "django.mo").read_bytes()
    assert _findings(tmp_path, "Home", message) == []
    (tmp_path / "django.mo").write_bytes(stale)
    merged = messages.merge({message: ["page.html"]}, messages.read(tmp_path / "django.po"))
    assert messages.check(merged, tmp_path / "django.po") == ["django.mo is stale"]


def test_english_is_kept_when_messages_are_collected_again_and_what_is_unused_goes(tmp_path: Path) -> None:
    _findings(tmp_path, "Home", messages.Message("首页"))
    old = messages.read(tmp_path / "django.po")
    merged = messages.merge({messages.Message("首页"): ["a.html"], messages.Message("新的"): ["a.html"]}, old)
    assert {entry.id: entry.string for entry in merged if entry.id} == {"首页": "Home", "新的": ""}
    unused = messages.merge({}, old)
    assert [entry.id for entry in unused if entry.id] == []
    assert "'首页' is used nowhere" in messages.check(unused, tmp_path / "django.po")


def _unmarked(source: str) -> Iterator[str]:
    """Chinese in a template outside the tags that translate."""
    inside = False
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type is TokenType.BLOCK and token.contents else ""
        inside = name == "blocktranslate" or (inside and name != "endblocktranslate")
        if not inside and name != "translate" and token.token_type is not TokenType.COMMENT:
            yield from (line for line in token.contents.splitlines() if CHINESE.search(line))


# The name of the language in itself, and a headline that is worded and broken apart for each language.
OWN_WORDS = ('lang="zh-Hans">中文</button>', "<span>说好哪天办好，</span>")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_template_holds_no_chinese_that_cannot_be_translated(path: Path) -> None:
    found = [line for line in _unmarked(path.read_text()) if not any(words in line for words in OWN_WORDS)]
    assert found == []


def _untranslated(source: str) -> Iterator[str]:
    """Chinese literals in code that are neither translated nor given in both languages nor documentation."""
    tree = ast.parse(source)
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            fine |= {id(given) for given in node.args if node.func.id in {*messages.CALLS, "Text"}}
        elif isinstance(node, ast.Expr):
            fine.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in fine:
            yield from [node.value] if CHINESE.search(node.value) else []


@pytest.mark.parametrize(
    "path", sorted(WEB.rglob("*.py")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_code_of_the_site_holds_no_chinese_that_cannot_be_translated(path: Path) -> None:
    assert list(_untranslated(path.read_text())) == []


def _in_english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_in_english_shows_no_chinese(path: str, clock: Any) -> None:
    page = _in_english(Client()).get(path).content.decode()
    assert "Skip to main content" in texts(page)
    assert chinese_in(page) == []


@pytest.fixture
def case(cast: Cast, clock: Any) -> Case:
    made = submit(complete(cast.citizen), person=cast.citizen, now=NOW)
    assert not isinstance(made, Refusal)
    return made


def _written_by_people(cast: Cast) -> re.Pattern[str]:
    """Names, answers and file names stay as they were given; no page translates them."""
    answers = [str(answer) for answer in happy_answers().values() if CHINESE.search(str(answer))]
    names = [person.name for person in (cast.citizen, cast.window, cast.approver)]
    given = sorted([*answers, *names, "照片.png", "民警 "], key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, given), PLATES]))


def test_applying_in_english_shows_no_chinese(cast: Cast, clock: Any) -> None:
    client, draft = _in_english(signed_in(cast.citizen)), complete(cast.citizen)
    root, allowed = f"/apply/{draft.pk}", _written_by_people(cast)
    first = client.get(f"{root}/check/").context["stops"]
    for address in [stop.address for stop in first]:
        assert chinese_in(client.get(address).content.decode(), allowed) == [], address
        assert chinese_in(client.post(address).content.decode(), allowed) == [], address


def test_a_case_in_english_shows_no_chinese_to_its_applicant(cast: Cast, case: Case) -> None:
    client, allowed = _in_english(signed_in(cast.citizen)), _written_by_people(cast)
    for path in ("/cases/", f"/cases/{case.number}/", f"/cases/{case.number}/submitted/"):
        page = client.get(path).content.decode()
        assert chinese_in(page, allowed) == [], path
        assert case.query_code[:4] in page, path


def test_the_desk_in_english_shows_no_chinese(cast: Cast, case: Case) -> None:
    client, allowed = _in_english(signed_in(cast.window)), _written_by_people(cast)
    queue = client.get("/desk/").content.decode()
    assert case.number in queue
    assert chinese_in(queue, allowed) == []
    for verb in ("take", "supplement", "accept", "pass", "suspend"):
        page = client.post(f"/desk/cases/{case.number}/{verb}/", follow=True).content.decode()
        assert chinese_in(page, allowed) == [], verb
    assert chinese_in(client.get(f"/desk/cases/{case.number}/").content.decode(), allowed) == []


def test_a_message_with_a_context_stays_plain_in_chinese(cast: Cast, case: Case) -> None:
    page = signed_in(cast.window).get(f"/desk/cases/{case.number}/").content.decode()
    assert {"受理", "不予受理"} <= set(texts(page))
    assert "\x04" not in page

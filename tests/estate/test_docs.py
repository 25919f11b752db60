"""What exists is documented, what is documented exists, and the examples in the documents hold."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver
from support.catalogues import whole

import yinuo
from yinuo.catalogue import schema
from yinuo.catalogue.checking import check
from yinuo.catalogue.loading import load
from yinuo.cli import COMMANDS
from yinuo.core.case import Stage
from yinuo.core.clock import Limit
from yinuo.core.receipt import Receipt, account, moment, verify
from yinuo.core.route import POSTS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
# Made by scripts/screenshots.py, which needs a browser.
MADE_BY_SCRIPT = frozenset(DOCS / "images" / f"{name}.png" for name in ("home", "case", "desk"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
CODE = re.compile(r"`([^`]+)`")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    return FENCE.sub("", text)


def rows(page: Path) -> Iterator[list[str]]:
    """The cells of every table row of a page, heads and rules left out."""
    lines = without_code(page.read_text(encoding="utf-8")).splitlines()
    rules = {n for n, line in enumerate(lines) if line.startswith("|") and set(line) <= set("|-: ")}
    heads = {n - 1 for n in rules}
    for n, line in enumerate(lines):
        if line.startswith("|") and n not in rules | heads:
            yield [cell.strip() for cell in line.strip("|").split("|")]


def first_words(page: Path) -> set[str]:
    """Every word in code type in the first cell of a row."""
    return {word for row in rows(page) for word in CODE.findall(row[0])}


def section(page: Path, title: str) -> str:
    text = page.read_text(encoding="utf-8")
    return text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def example(page: Path, language: str) -> str:
    """The first code block of a language on a page."""
    blocks: list[tuple[str, str]] = FENCE.findall(page.read_text(encoding="utf-8"))
    return next(text for kind, text in blocks if kind == language)


def slug(heading: str) -> str:
    """The anchor that a heading gets, as code forges make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = without_code(page.read_text(encoding="utf-8"))
    return {slug(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")}


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_page_is_what_the_commands_say() -> None:
    page = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    assert page == script("command_docs").page(), "run scripts/command_docs.py"


def test_the_figures_are_those_of_the_catalogue() -> None:
    page = (REFERENCE / "catalogue.md").read_text(encoding="utf-8")
    assert page == script("catalogue_table").page(whole()), "run scripts/catalogue_table.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_heading(command: str) -> None:
    assert f"## `yinuo {command}`\n" in (REFERENCE / "command-line.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert first_words(REFERENCE / "settings.md") == set(re.findall(r"YINUO_[A-Z_]*[A-Z]", source))


def shapes() -> list[type[schema.Shape]]:
    found = [one for _, one in inspect.getmembers(schema, inspect.isclass)]
    return [one for one in found if issubclass(one, schema.Shape) and one is not schema.Shape]


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_every_key_of_an_item_file_has_a_row(shape: type[schema.Shape]) -> None:
    keys = {info.alias or key for key, info in shape.model_fields.items()}
    assert keys <= first_words(REFERENCE / "item-format.md")


def test_the_table_of_the_item_has_its_keys_in_their_order() -> None:
    table = section(REFERENCE / "item-format.md", "The item")
    assert re.findall(r"^\| `(\w+)` ", table, re.MULTILINE) == list(schema.ItemShape.model_fields)


def test_every_type_of_field_and_every_act_is_named() -> None:
    page = (REFERENCE / "item-format.md").read_text(encoding="utf-8")
    acts = get_args(schema.ActShape.model_fields["do"].annotation)
    named = set(CODE.findall(without_code(page)))
    assert {*get_args(schema.FieldType), *acts} <= named


def test_every_route_has_a_row_that_says_what_the_route_says() -> None:
    told = {CODE.findall(row[0])[0]: row[1:] for row in rows(REFERENCE / "states.md") if len(row) == 6}
    yes = {True: "yes", False: "no"}
    wanted = {
        key: [
            ", ".join(f"{step.key} ({step.post})" for step in route.steps) or "–",
            route.decide_post,
            yes[route.four_eyes],
            yes[route.deniable],
            yes[route.issues],
        ]
        for key, route in whole().routes.items()
    }
    assert {key: told.get(key) for key in wanted} == wanted


def test_every_stage_post_and_verb_of_the_desk_has_a_row() -> None:
    from yinuo.web.desk.verbs import VERBS

    wanted = {*(stage.value for stage in Stage), *POSTS, *VERBS}
    assert wanted <= first_words(REFERENCE / "states.md")


def addresses(resolver: Any, before: str = "/") -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", before + str(one.pattern)), one.name or ""


def test_every_address_is_documented_and_no_other() -> None:
    told = {tuple(CODE.findall(" ".join(row[:2]))) for row in rows(REFERENCE / "addresses.md")}
    assert told - {()} == set(addresses(get_resolver()))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        is_there = path.exists() or path in MADE_BY_SCRIPT
        if not is_there or (anchor and anchor not in anchors(path)):
            lost.append(link)
    assert lost == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for link in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
            path = (page.parent / link.partition("#")[0]).resolve()
            if path.suffix == ".md" and path.is_file() and path not in reached:
                waiting.append(path)
    decisions = set((DOCS / "decisions").glob("*.md"))
    assert reached & decisions
    assert set(PAGES) - reached - decisions == set()


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"(?:`|^)make (\w+)(?:`| PYTHON|$)", text, re.MULTILINE)) <= targets


def test_decisions_are_numbered_without_gaps_and_have_their_parts() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parts = [f"# {int(page.name[:4])}. ", "**Status:**", "## Context", "## Decision", "## Consequences"]
        assert [part for part in parts if part not in text] == [], page.name


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_people_that_the_demo_makes(readme: str) -> None:
    from yinuo.demo.citizens import CITIZENS
    from yinuo.demo.people import PASSWORD

    text = (ROOT / readme).read_text(encoding="utf-8")
    logins = set(re.findall(r"`((?:taobei-[a-z-]+-\d)|\d{11}|supervisor)`", text))
    staff = {f"{unit}-{place}" for unit in whole().city.units for place in (1, 2, 3)}
    assert f"`{PASSWORD}`" in text
    assert {"supervisor", "13800000001"} <= logins
    assert logins <= {*CITIZENS, *staff, "supervisor"}


def test_the_example_item_is_proven(tmp_path: Path) -> None:
    text = example(DOCS / "how-to" / "write-an-item.md", "yaml")
    item = yaml.safe_load(text)
    city = whole().city.id
    shutil.copytree(ROOT / "catalogue", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("items"))
    path = tmp_path / city / "items" / item["branch"] / f"{item['id']}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    report = check(load(tmp_path, city))
    assert [str(finding) for finding in report.findings if finding.file.endswith(path.name)] == []
    assert report.items == 1


def test_the_example_receipt_verifies_and_has_every_key() -> None:
    page = REFERENCE / "receipt-format.md"
    value = json.loads(example(page, "json"))
    assert isinstance(verify(value, whole().calendar), Receipt)
    assert list(value) == re.findall(r"^\| `(\w+)` ", section(page, "Keys"), re.MULTILINE)


def vectors() -> list[list[str]]:
    wanted = re.compile(r"\d{4}-\d\d-\d\d")
    return [row for row in rows(DOCS / "explanation" / "the-clock.md") if wanted.match(row[0])]


@pytest.mark.parametrize("row", vectors(), ids=lambda row: f"{row[0]} {row[1]}")
def test_every_due_day_in_the_explanation_is_the_one_that_is_counted(row: list[str]) -> None:
    text, _, roll = row[1].partition(" ")
    limit = Limit.parse(text, rolls=roll != "no-roll")
    assert isinstance(limit, Limit)
    receipt = account(moment(row[0]), limit, whole().calendar)
    assert isinstance(receipt.due, date)
    assert receipt.due.isoformat() == row[2]
    assert receipt.provisional is ("provisional" in row[3])


def test_the_software_description_keeps_to_its_standard() -> None:
    value = yaml.safe_load((ROOT / "publiccode.yaml").read_text(encoding="utf-8"))
    assert value["publiccodeYmlVersion"] == "0.4"
    assert value["softwareVersion"] == yinuo.__version__
    for text in value["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    assert value["localisation"]["availableLanguages"] == list(value["description"])[::-1]

"""docs/reference/inventory.md: its lists are those of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from support.catalogues import whole

import yinuo
from yinuo.apps.documents.authority import FILES
from yinuo.core.case.powers import ACTS

SOURCE = Path(yinuo.__file__).parent
ROOT = SOURCE.parents[1]
PAGE = ROOT / "docs" / "reference" / "inventory.md"
SETTINGS = ROOT / "docs" / "reference" / "settings.md"
CODE = re.compile(r"`([^`]+)`")
# Settings that are secret, or an address that may hold a password.
SECRET = re.compile(r"YINUO_\w*(?:KEYS?|SECRET|TOKEN)|YINUO_(?:DATABASE|SMTP)_URL")
CRYPTOGRAPHIC = (
    "hashlib", "hmac", "secrets", "ssl", "cryptography", "pyhanko", "pyhanko_certvalidator", "pyotp",
    "joserfc", "authlib", "oauth2_provider.generators", "django.core.signing", "django.utils.crypto",
    "django.contrib.auth.hashers",
)  # fmt: skip
CALLING = (
    "socket", "smtplib", "requests", "urllib3", "http.client", "urllib.request", "authlib",
    "django.core.mail.backends.smtp",
)  # fmt: skip
# The demo, which no site runs.
LEFT_OUT = ("demo/", "cli/demo.py")


def section(title: str) -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def sources() -> Iterator[tuple[str, str]]:
    """Name below the package, and text, of every module that a site may run."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(LEFT_OUT) and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")


def imports(text: str) -> set[str]:
    """Every module that is imported, and every one above it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return {name[: end.start()] for name in names for end in re.finditer(r"\.|$", name)}


def test_every_secret_setting_is_in_the_inventory() -> None:
    settings = re.findall(r"^\| `(YINUO_\w+)` \|", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for row in rows("Keys, secrets and certificates") for word in CODE.findall(row[0])}
    assert {one for one in settings if SECRET.fullmatch(one)} <= named


@pytest.mark.parametrize("file", [*FILES, "keys/secret", "keys/ring.json"])
def test_every_file_of_keys_is_in_the_inventory(file: str) -> None:
    assert file in {word for row in rows("Keys, secrets and certificates") for word in CODE.findall(row[0])}


def test_every_file_with_cryptography_is_named_and_no_other() -> None:
    found = {name for name, text in sources() if imports(text) & set(CRYPTOGRAPHIC) or "os.urandom" in text}
    named = [file for row in rows("Where the code does it") for file in CODE.findall(row[1])]
    assert set(named) == found
    assert len(named) == len(found)


def test_every_logger_is_named_and_no_other() -> None:
    made = {name for _, text in sources() for name in re.findall(r'get_?[lL]ogger\("(yinuo[\w.]*)"\)', text)}
    assert {CODE.findall(row[0])[0] for row in rows("Logs") if row[0].startswith("`yinuo")} == made


def test_whatever_calls_out_is_named_and_no_other() -> None:
    found = {name for name, text in sources() if imports(text) & set(CALLING)}
    named = {file for row in rows("What the machine may reach") for file in CODE.findall(row[4])}
    assert named == found


def declared(parts: tuple[str, ...]) -> dict[str, str]:
    """Action -> its posts, as the city declares them."""
    text = (ROOT / "catalogue" / whole().city.id / "posts.yaml").read_text(encoding="utf-8")
    return {
        one["key"]: ", ".join(one["posts"]) for one in yaml.safe_load(text)["actions"] if one["part"] in parts
    }


def test_who_reads_what_names_every_action_of_the_desk_with_its_posts() -> None:
    assert {CODE.findall(row[0])[0]: row[1] for row in rows("Who reads what")} == declared(("desk",))


def test_who_writes_what_names_every_act_with_its_posts_and_fields() -> None:
    commands = {act: command for command, act in ACTS.items()}
    wanted = [
        [f"`{act}`", posts, ", ".join(f"`{one.name}`" for one in fields(commands[act])) or "–"]
        for act, posts in declared(("case", "around")).items()
    ]
    assert rows("Who writes what") == wanted


def test_the_time_of_each_record_is_that_of_the_rules() -> None:
    words = {"look": "3 years", "entry": "6 months", "notice": "2 years"}
    kept = {"3y": "3 years", "6mo": "6 months", "2y": "2 years"}
    text = (ROOT / "catalogue" / whole().city.id / "retention.yaml").read_text(encoding="utf-8")
    rules = {
        one["kind"]: kept.get(one["keep"]) for one in yaml.safe_load(text)["rules"] if one["kind"] in words
    }
    assert rules == words
    told = {row[0]: row[3] for row in rows("Records")}
    assert [told[name] for name in ("looks", "sign-ins and refusals", "notices")] == list(words.values())

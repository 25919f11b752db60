"""The page that checks a bundle, in a real browser: on the site under its policy, and as a file offline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.actors import Cast
from support.ledger import CHANGES, bundle_of, sealed_cases
from support.papers import be_quick

from e2e.conftest import AXE, WIDTHS
from yinuo.apps.ledger.queries import keys
from yinuo.web.hall.ledger import CHECKER

# Receipts are counted again by `yinuo verify` alone: to which promise one belongs the page cannot know.
UNSEEN = {"the name of a receipt", "a receipt of another promise", "a receipt left out"}
WORDS = {
    "event": "Event", "root": "Signed day", "receipt": "Receipt", "result": "Result", "the key": "The key",
}  # fmt: skip


@pytest.fixture
def bundle(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    be_quick(monkeypatch)
    return bundle_of(sealed_cases(cast).closed)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A phone without any connection that has the page as a file."""
    context = chromium.new_context(
        viewport={"width": WIDTHS["phone"], "height": 900}, locale="zh-CN", offline=True
    )
    shown = context.new_page()
    shown.problems = []
    shown.on("console", lambda said: shown.problems.append(said.text))
    shown.on("pageerror", lambda error: shown.problems.append(str(error)))
    shown.goto(CHECKER.as_uri())
    yield shown
    context.close()


def checked(page: Any, value: object, folder: Path, key: str | None = None) -> str:
    """What the page says when the bundle, and a key before it, are chosen."""
    if key is not None:
        (folder / "key.pem").write_text(key)
        page.set_input_files("#key", folder / "key.pem")
    place = folder / "bundle.json"
    place.write_text(json.dumps(value, ensure_ascii=False, indent=1))
    page.set_input_files("#bundle", [])
    page.evaluate("document.getElementById('report').replaceChildren()")
    page.set_input_files("#bundle", place)
    page.wait_for_selector("#report .verdict")
    return str(page.inner_text("#report"))


def test_a_sound_bundle_holds_offline_and_it_is_said_by_whose_key(
    page: Any, bundle: dict[str, Any], tmp_path: Path
) -> None:
    said = checked(page, bundle, tmp_path)
    assert "✓ 成立" in said
    assert "✓ It holds" in said
    assert f"{len(bundle['events'])} events are proven by 1 signed days" in said
    assert "not who made it" in said
    said = checked(page, bundle, tmp_path, keys())
    assert "The key is the one that you chose" in said
    assert page.problems == []


def test_each_change_is_named_by_the_page_too(page: Any, bundle: dict[str, Any], tmp_path: Path) -> None:
    sound = json.dumps(bundle)
    for change, (spoil, told) in CHANGES.items():
        if change in UNSEEN:
            continue
        value = json.loads(sound)
        spoil(value)
        said = checked(page, value, tmp_path)
        assert "✗ It does not hold" in said, change
        kind = next(word for start, word in WORDS.items() if told.startswith(start))
        assert kind in said, (change, said)


def test_no_byte_of_what_is_proven_can_be_another(page: Any, bundle: dict[str, Any]) -> None:
    """The same in the page as in `yinuo verify`, but for what only the latter knows: whose receipt it is."""
    del bundle["receipts"][1:]
    bundle["receipts"][0].update(promise="", about="")
    text = json.dumps(bundle, ensure_ascii=True)
    start = text.index('"pdf": "') + 8
    end = text.index('"', start)
    places = [*range(0, start, 41), *range(start, end, 9001), end - 1, *range(end, len(text), 41)]
    missed = page.evaluate(
        """async ([text, places]) => {
          const missed = [];
          for (const place of places) {
            const flipped = String.fromCharCode(text.charCodeAt(place) ^ 1);
            const other = text.slice(0, place) + flipped + text.slice(place + 1);
            try {
              if (!(await check(other, null)).faults.length) missed.push(text.slice(place - 20, place + 20));
            } catch { /* not a bundle any more */ }
          }
          return (await check(text, null)).faults.length ? ["the sound one"] : missed;
        }""",
        [text, places],
    )
    assert len(places) > 200
    assert missed == []


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"schema": "yinuo-bundle/1"}', "%PDF-1.7"])
def test_another_file_is_no_bundle(page: Any, tmp_path: Path, content: str) -> None:
    place = tmp_path / "other.json"
    place.write_text(content)
    page.set_input_files("#bundle", place)
    page.wait_for_selector("#report .verdict")
    assert "The file is not a bundle" in page.inner_text("#report")


def test_a_bundle_can_be_dropped_and_the_keyboard_reaches_everything(
    page: Any, bundle: dict[str, Any]
) -> None:
    dropped = page.evaluate_handle(
        """text => { const data = new DataTransfer();
          data.items.add(new File([text], "bundle.json")); return data; }""",
        json.dumps(bundle),
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    page.wait_for_selector("#report .verdict")
    assert "✓ It holds" in page.inner_text("#report")
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert reached == ["bundle", "key"]


def test_the_page_is_usable_and_fits(page: Any, bundle: dict[str, Any], tmp_path: Path) -> None:
    checked(page, bundle, tmp_path)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, width
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [one["id"] for one in result["violations"] if one["impact"] in ("serious", "critical")] == []


def test_on_the_site_it_runs_under_its_own_policy(
    deployment: str, chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = chromium.new_context(viewport={"width": WIDTHS["phone"], "height": 900}, locale="zh-CN")
    shown = context.new_page()
    problems: list[str] = []
    shown.on("console", lambda said: problems.append(said.text))
    shown.goto(f"{deployment}/ledger/")
    shown.click("a[href='/ledger/verify.html']:not([download])")
    shown.set_input_files("#bundle", {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"})
    shown.wait_for_selector("#report .verdict")
    assert "The file is not a bundle" in shown.inner_text("#report")
    assert problems == []
    shown.go_back()
    with shown.expect_download() as got:
        shown.click("a[href='/ledger/verify.html'][download]")
    got.value.save_as(tmp_path / "saved.html")
    assert (tmp_path / "saved.html").read_bytes() == CHECKER.read_bytes()
    context.close()

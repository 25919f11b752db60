"""The templates of notices: what is found when one is broken, and how they are worded and cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.catalogues import ROOT, SAMPLE, alone, findings, whole

from yinuo.catalogue.loading import load
from yinuo.catalogue.notices import APPLICANT, LONGEST_JOINED, LONGEST_SMS, ROOM, STAFF

ACCEPTED_ZH = "“{item}”已受理，承诺最晚{due}办好。查询码{code}"
ACCEPTED_EN = "{item}: taken up. We promise to decide by {due}. Code {code}"

OVERRIDE = """items:
  jg-vehicle-transfer:
    issued:
      body: {zh: "新的登记证书在{unit}。", en: "Come to {unit}."}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The templates of the repository beside one item."""
    alone(tmp_path, SAMPLE)
    path = tmp_path / "notices.yaml"
    path.write_text((ROOT / "notices.yaml").read_text())
    return path


def minded(place: Path, old: str, new: str) -> list[str]:
    text = place.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    place.write_text(text.replace(old, new))
    return [str(finding) for finding in findings(place.parent)]


def line_of(place: Path, words: str) -> int:
    return next(n for n, line in enumerate(place.read_text().splitlines(), start=1) if words in line)


def test_the_templates_of_the_repository_are_sound(place: Path) -> None:
    assert findings(place.parent) == []


def test_a_catalogue_without_templates_is_one(place: Path) -> None:
    place.unlink()
    assert findings(place.parent) == []
    assert not load(place.parent).notices.has("accepted")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (ACCEPTED_ZH, "{name}已受理", "applicant.accepted.sms.zh: {name} is unknown here"),
        (ACCEPTED_ZH, "已受理，由{unit}办", "sms.zh: {unit} is too long for a text message"),
        (ACCEPTED_ZH, "已受理" * 24, "sms.zh: can be 72 characters long; a text message has 70"),
        (ACCEPTED_EN, "taken up " * 18, "sms.en: can be 162 characters long; a text message has 160"),
        (ACCEPTED_EN, "{item}: taken up – good", "sms.en: has a sign that halves the room"),
        (ACCEPTED_ZH, "{item}已受理{", "sms.zh: a brace is no placeholder"),
        (ACCEPTED_ZH, "逾期不办", "sms.zh: 逾期 is office language"),
        (ACCEPTED_EN, "You shall come", "sms.en: shall is office language"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(place: Path, old: str, new: str, message: str) -> None:
    line = line_of(place, old)
    found = minded(place, old, new)
    assert any(one.startswith(f"notices.yaml:{line}: ") and message in one for one in found), found


def test_just_as_long_as_a_text_message_is_not_too_long(place: Path) -> None:
    """Sixteen for the name of the service, six signs around it, forty-eight more."""
    assert minded(place, ACCEPTED_ZH, "“{item}”已受理。" + "好" * 48) == []
    assert len(minded(place, "好" * 48, "好" * 49)) == 1


def test_a_language_that_is_missing_is_told(place: Path) -> None:
    found = minded(place, f'\n      en: "{ACCEPTED_EN}"', "")
    assert any("applicant.accepted.sms: en: Field required" in one for one in found), found


def test_a_template_that_is_missing_is_told(place: Path) -> None:
    found = minded(place, "\n  lapsed:\n", "\n  lapsed-not:\n")
    assert any("applicant: has no template for lapsed" in one for one in found)
    assert any("applicant.lapsed-not: there is no notice lapsed-not" in one for one in found)


def test_an_item_words_otherwise_what_it_wants_and_the_rest_stays(place: Path) -> None:
    assert minded(place, "items: {}", OVERRIDE) == []
    notices = load(place.parent).notices
    facts = {key: key for key in ("item", "code", "unit", "due")}
    own = notices.worded("issued", "jg-vehicle-transfer", facts, "zh")
    other = notices.worded("issued", "za-hotel-license", facts, "zh")
    assert own.body == "新的登记证书在unit。"
    assert own.subject == other.subject
    assert own.body != other.body
    assert notices.named("issued", "jg-vehicle-transfer") >= {"unit", "item", "code"}


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (
            "no-such-item:\n    issued:\n      body: {zh: 好, en: Good}",
            "items.no-such-item: there is no item",
        ),
        (
            "jg-vehicle-transfer:\n    card:\n      body: {zh: 好, en: Good}",
            "there is no notice card to applicants",
        ),
        ("jg-vehicle-transfer:\n    issued: {}", "words nothing otherwise"),
        ("jg-vehicle-transfer:\n    issued:\n      sms: {zh: '{who}', en: Good}", "{who} is unknown here"),
    ],
)
def test_an_override_is_looked_at_as_well(place: Path, override: str, message: str) -> None:
    found = minded(place, "items: {}", f"items:\n  {override}")
    assert any(message in one for one in found), found


def test_no_text_message_is_ever_too_long() -> None:
    """With the longest facts that there can be, in every template of either language. Only one with an
    address, which cannot be cut, takes two messages."""
    notices = whole().notices
    facts = dict.fromkeys(ROOM, "长" * 300) | {"unit": "x", "link": "x", "number": "x", "rate": "h" * 70}
    for template, own in APPLICANT.items():
        for lang in ("zh", "en"):
            sms = notices.worded(template, "", facts | dict.fromkeys(own - set(ROOM), "x"), lang).sms  # type: ignore[arg-type]
            longest = LONGEST_JOINED if "h" * 70 in sms else LONGEST_SMS
            assert 0 < len(sms) <= longest[lang], (template, lang, len(sms))  # type: ignore[index]
    assert notices.named("closed", "") >= {"rate"}


def test_a_fact_is_never_taken_for_a_template() -> None:
    facts = {"item": "{due}", "unit": "{code}", "due": "10月9日", "code": "ABCD"}
    assert "{due}" in whole().notices.worded("accepted", "", facts, "zh").subject


def test_staff_get_no_text_messages() -> None:
    shape = whole().notices.shape
    assert shape is not None
    assert all(shape.staff[key].sms is None for key in STAFF)

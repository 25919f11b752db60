"""Break any one line of an item, and it says where."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.broken_items import BREAKS, Break
from support.catalogues import ROOT, SAMPLE, alone, findings, whole

from yinuo.catalogue import loading
from yinuo.catalogue.language import NO_LANGUAGE, Lang, Language
from yinuo.catalogue.lints import LINTS
from yinuo.catalogue.lints.limits import length
from yinuo.catalogue.lints.whole import likeness, look_alikes
from yinuo.catalogue.numerals import numeral
from yinuo.catalogue.reader import Finding, Source, dotted, read_file, read_text
from yinuo.core.clock import Limit

# Lines that may go without a word, by the path of what they say. What an item offers beyond what it must:
MAY_GO = (
    r"topics",
    r"keywords\.[1-9]\d*",
    r"form\..*\.hint",
    r"materials\.\d+\.note",
    # A shorter or longer text, more copies, an open end of a date: nothing else in the file repeats them.
    r"form\..*\.(longest|past|future)",
    r"materials\.\d+\.copies",
    # Who hands a material in: without these lines it is the applicant, by uploading it.
    r"materials\.\d+\.(fetch|bring)",
    # A choice that no condition looks at and no scenario picks.
    r"form\.0\.fields\.1\.choices\.[34]",
    r"form\.4\.fields\.0\.choices\.1",
    # What a scenario shows beyond what it must: an item that is proven a little less is no wrong item.
    r"scenarios\.\d+\.expect\.(colour|asked|not_asked)",
    r"scenarios\.[12]\.expect\.(due|statutory_due)",
    r"scenarios\.2\.events\.[123]",
)

REPORT = "routes/report.yaml"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample item in a catalogue of its own. What is not the item is read once: it does not change."""
    item = alone(tmp_path, SAMPLE)
    shutil.copy(ROOT / REPORT, tmp_path / REPORT)  # a broken item may take another route
    read: dict[Path, Source] = {}

    def remembering(path: Path, name: str | None = None) -> Source:
        if path == item:
            return read_file(path, name)
        if path not in read:
            read[path] = read_file(path, name)
        return read[path]

    monkeypatch.setattr(loading, "read_file", remembering)
    return item


def paths_by_line(text: str) -> dict[int, str]:
    """The outermost path that begins on each line."""
    by_line: dict[int, str] = {}
    for path, line in read_text(text, "item.yaml").lines.items():
        by_line.setdefault(line, dotted(path))
    return by_line


def notices(place: Path, text: str) -> list[Finding]:
    """What is found in the item's own file once it has that text."""
    place.write_text(text)
    return [finding for finding in findings(place.parents[3]) if finding.file == SAMPLE.as_posix()]


def without_one_line(lines: list[str]) -> Iterator[tuple[int, str]]:
    for n in range(len(lines)):
        yield n + 1, "".join(lines[:n] + lines[n + 1 :])


def with_one_key_misspelt(lines: list[str]) -> Iterator[tuple[int, str]]:
    for n, line in enumerate(lines):
        for key in re.finditer(r"(?<![\w'])[a-z_]+(?=:(?= |$))", line):
            slipped = f"{line[: key.end() - 1]}{line[key.end() - 1] * 2}{line[key.end() :]}"
            yield n + 1, "".join([*lines[:n], slipped, *lines[n + 1 :]])


def test_the_item_that_is_broken_here_is_sound(place: Path) -> None:
    assert findings(place.parents[3]) == []


def test_no_line_of_an_item_can_be_lost_without_a_finding(place: Path) -> None:
    text = place.read_text()
    lines, by_line = text.splitlines(keepends=True), paths_by_line(text)
    unnoticed = [
        by_line[n]
        for n, broken in without_one_line(lines)
        if not lines[n - 1].startswith("#") and not notices(place, broken)
    ]
    assert [path for path in unnoticed if not re.fullmatch("|".join(MAY_GO), path)] == []


def test_no_key_of_an_item_can_be_misspelt_without_a_finding_on_its_line(place: Path) -> None:
    text = place.read_text()
    lines = text.splitlines(keepends=True)
    unnoticed = []
    for n, broken in with_one_key_misspelt(lines):
        found = notices(place, broken)
        if not any(finding.line == n or "Field required" in finding.message for finding in found):
            unnoticed.append((n, lines[n - 1], [str(finding) for finding in found]))
    assert unnoticed == []


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.path}: {case.message}")
def test_what_cannot_be_right_is_found_in_its_place(place: Path, case: Break) -> None:
    text = place.read_text()
    assert case.old in text
    found = notices(place, text.replace(case.old, case.new, 1))
    matching = [one for one in found if one.path == case.path and case.message in one.message]
    assert matching, [str(finding) for finding in found]


@pytest.mark.parametrize("at_once", ["now", "24h", "33h", "1cd", "1wd"])
def test_what_is_done_within_a_working_day_is_done_at_once(place: Path, at_once: str) -> None:
    text = place.read_text().replace(
        "promised: 1wd\n    statutory: 1wd", f"promised: {at_once}\n    statutory: 3wd"
    )
    assert not [finding for finding in notices(place, text) if finding.path.startswith("limits")]


def test_a_law_that_is_repealed_carries_nothing(place: Path) -> None:
    laws = place.parents[3] / "laws.yaml"
    text = laws.read_text()
    assert "status: amended-since" in text or "status: in-force" in text
    laws.write_text(re.sub("status: .*", "status: repealed", text))
    found = [finding for finding in findings(place.parents[3]) if finding.path == "basis.0.law"]
    assert [finding.message.endswith("is no longer in force") for finding in found] == [True]


def test_every_lint_has_minded_something_here(place: Path) -> None:
    """A lint that no broken item wakes up is one that nobody has seen working."""
    text, silent = place.read_text(), {lint.__name__ for lint in LINTS}
    for case in BREAKS:
        place.write_text(text.replace(case.old, case.new, 1))
        catalogue = loading.load(place.parents[3])
        for entry in catalogue.entries.values():
            silent -= {lint.__name__ for lint in LINTS if list(lint(entry, catalogue))}
    assert silent == set()


LANGUAGE = Language(
    longest={"zh": 10, "en": 5},
    words={"zh": {"均": "都", "逾期": "过期"}, "en": {"shall": "must", "prior to": "before"}},
    everyday={"zh": ("平均",), "en": ("shall we",)},
)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("各地均可办，逾期不候", "zh", ["均", "逾期"]),
        ("平均三天", "zh", []),
        ("You shall apply Prior To the day", "en", ["shall", "Prior To"]),
        ("Shall we call you? The marshall knows.", "en", []),
        ("均", "en", []),
    ],
)
def test_office_words_are_found_but_not_inside_everyday_ones(text: str, lang: Lang, words: list[str]) -> None:
    assert [word for word, _ in LANGUAGE.office_words(text, lang)] == words


@pytest.mark.parametrize(
    ("text", "lang", "lengths"),
    [
        ("一二三四五六七八九十。一二三", "zh", []),
        ("一二三四五六七八九十一。一二三", "zh", [11]),
        ("一二三四五，六七八九（某某法第二十五条）", "zh", []),
        ("one two three four five. one two", "en", []),
        ("one two three four five six; one", "en", [6]),
        ("one two three (Some Law, article 5) four five", "en", []),
    ],
)
def test_a_sentence_has_its_limit_and_a_cited_law_does_not_count(
    text: str, lang: Lang, lengths: list[int]
) -> None:
    assert [length for _, length in LANGUAGE.long_sentences(text, lang)] == lengths


def test_without_rules_of_language_nothing_is_minded() -> None:
    assert list(NO_LANGUAGE.office_words("逾期不候", "zh")) == []


def test_two_items_that_offer_the_same_are_one(place: Path) -> None:
    text = place.read_text().replace("id: jg-vehicle-transfer", "id: jg-vehicle-again")
    (place.parent / "jg-vehicle-again.yaml").write_text(
        text.replace("zh: 机动车转让登记（本地）", "zh: 卖车", 1)
    )
    messages = [finding.message for finding in findings(place.parents[3])]
    assert messages == ["offers the same as jg-vehicle-again: make them one item with situations"]


def test_the_items_most_alike_are_named_first() -> None:
    entry = whole().entries["hz-id-renew-expiry"]
    alike = look_alikes(whole(), entry, least=0.1)
    assert likeness(entry, entry) == 1.0
    assert [share for _, share in alike] == sorted((share for _, share in alike), reverse=True)
    assert alike[0][0].startswith("hz-id-")


@pytest.mark.parametrize(
    ("written", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("九十九", 99), ("一百", 100),
     ("一百零三", 103), ("一百一十", 110), ("二百五十六", 256), ("两百", 200), ("一百〇五", 105),
     ("一千二百五十四", 1254), ("一千零一", 1001), ("45", 45)],
)  # fmt: skip
def test_an_article_is_counted_in_chinese_and_in_digits(written: str, number: int) -> None:
    assert numeral(written) == number


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("now", "1h"),
        ("24h", "1wd"),
        ("1wd", "2cd"),
        ("5wd", "7cd"),
        ("20wd", "1mo"),
        ("29cd", "1mo"),
        ("59cd", "60cd"),
    ],
)
def test_limits_of_different_units_are_compared_by_their_rough_length(shorter: str, longer: str) -> None:
    first, second = Limit.parse(shorter), Limit.parse(longer)
    assert isinstance(first, Limit)
    assert isinstance(second, Limit)
    assert length(first) <= length(second)

"""Limits, days, grounds and receipts in words, in both languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from support.calendars import announced
from support.catalogues import sample
from support.items import limit

from yinuo.catalogue import wording
from yinuo.catalogue.wording import Language
from yinuo.core.clock import SHANGHAI, Extension, Pause, Stopped, Unit
from yinuo.core.receipt import Receipt, account

HOLIDAYS = sample().holidays
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def receipt(start: str, text: str, *pauses: Pause) -> Receipt:
    return account(date.fromisoformat(start), limit(text), announced(), pauses)


def rows(one: Receipt, lang: Language) -> list[str]:
    return [wording.row(row, one, HOLIDAYS, lang) for row in one.days()]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("1wd", "1 个工作日", "1 working day"),
        ("20wd", "20 个工作日", "20 working days"),
        ("60cd", "60 日", "60 calendar days"),
        ("1mo", "1 个月", "1 month"),
        ("24h", "24 小时", "24 hours"),
        ("now", "当天", "the same day"),
    ],
)
def test_a_limit_in_words(text: str, zh: str, en: str) -> None:
    assert [wording.limit(limit(text), lang) for lang in LANGUAGES] == [zh, en]


def test_a_day_in_words() -> None:
    day = date(2026, 10, 2)
    assert wording.day(day, "zh") == "10月2日"
    assert wording.day(day, "en") == "2 October"
    assert wording.day(day, "zh", year=True) == "2026年10月2日"
    assert wording.day(day, "en", year=True) == "2 October 2026"
    assert [wording.weekday(day, lang) for lang in LANGUAGES] == ["星期五", "Friday"]


def test_an_instant_is_told_in_the_time_of_shanghai() -> None:
    instant = datetime.fromisoformat("2026-10-01T17:05:00+00:00")
    assert wording.day(instant, "zh") == "10月2日 01:05"
    assert wording.day(instant, "en", year=True) == "2 October 2026 01:05"


def test_what_a_stopped_clock_has_left() -> None:
    days = Stopped(date(2026, 3, 4), 11, Unit.WORKING_DAY)
    hours = Stopped(datetime(2026, 3, 4, 10, tzinfo=SHANGHAI), 3 * 3600 + 59, Unit.HOUR)
    assert [wording.left(days, lang) for lang in LANGUAGES] == ["还剩 11 个工作日", "11 working days left"]
    assert [wording.left(hours, lang) for lang in LANGUAGES] == ["还剩 3 小时", "3 hours left"]


def test_a_ground_names_the_law_in_full_and_an_unknown_one_stays_as_it_is() -> None:
    laws = sample().laws
    law = laws["vehicle-registration-rules"]
    assert (
        wording.ground("vehicle-registration-rules 第二十五条", laws, "zh") == f"《{law.name.zh}》第二十五条"
    )
    assert wording.ground("vehicle-registration-rules 第二十五条", laws, "en") == f"{law.name.en}, Article 25"
    for lang in LANGUAGES:
        assert wording.ground("no-such-law 第一条", laws, lang) == "no-such-law 第一条"
        assert wording.ground("", laws, lang) == ""


def test_every_day_of_a_receipt_says_what_it_counts_as() -> None:
    hearing = Pause(date(2026, 2, 25), date(2026, 2, 26), "supplement", "law 第三十二条")
    one = receipt("2026-02-12", "5wd", hearing)
    assert rows(one, "zh") == [
        "起算日，当天不计",
        "第 1 个工作日",
        "第 2 个工作日（调休上班）",
        *["春节放假，不计"] * 9,
        "第 3 个工作日",
        "第 4 个工作日",
        "停表，不计：等申请人补正材料",
        "第 5 个工作日",
    ]
    assert rows(one, "en")[:4] == [
        "the trigger day, not counted",
        "working day 1",
        "working day 2 (make-up working day)",
        "Spring Festival, not counted",
    ]
    assert rows(one, "en")[-2] == "clock stopped, not counted: waiting for the applicant's answer"


def test_calendar_days_that_roll_say_so() -> None:
    one = receipt("2026-02-20", "1cd")
    assert rows(one, "zh")[1:] == ["第 1 天", "春节放假，不计", "春节放假，不计", "顺延到这一天"]
    assert rows(one, "en")[-1] == "moved on to this day"
    weekend = receipt("2026-03-06", "2cd")
    assert rows(weekend, "en")[1:] == ["day 1", "day 2", "moved on to this day"]


def test_hours_say_how_many_are_used() -> None:
    assert rows(receipt("2026-03-02", "30h"), "zh")[1:] == ["用了 30 小时"]
    assert rows(receipt("2026-03-02", "30h"), "en")[1:] == ["30 hours used"]


def test_the_kind_of_a_pause_that_nobody_has_words_for_stays_as_it_is() -> None:
    assert wording.pause("hearing", "zh") == "hearing"
    assert wording.pause("supplement", "zh") == "等申请人补正材料"


def test_a_summary_tells_from_when_what_was_skipped_and_until_when() -> None:
    stood_still = Pause(date(2026, 2, 25), date(2026, 2, 27), "hearing", "law 第四十五条")
    one = receipt("2026-02-12", "5wd", stood_still)
    assert wording.summary(one, HOLIDAYS, "zh") == (
        "2月12日起算，当天不算，往后数 5 个工作日。"
        "春节 9 天放假，不数；2月14日、2月28日调休上班，要数；停表 2 天，不数。到期日是 2月28日。"
    )
    assert wording.summary(one, HOLIDAYS, "en") == (
        "Counted from 12 February, which is not counted itself: 5 working days. "
        "Not counted: Spring Festival (9); Counted as make-up days: 14 February, 28 February; "
        "The clock stood still for 2 days. The last day is 28 February."
    )


def test_a_summary_names_the_extension_without_which_the_date_would_be_another() -> None:
    longer = Extension(limit("36h"), date(2026, 3, 3), "案情复杂", "law")
    one = account(date(2026, 3, 2), limit("2wd"), announced(), (), [longer])
    assert wording.summary(one, HOLIDAYS, "zh") == (
        "3月2日起算，当天不算，往后数 2 个工作日，延长 36 小时。到期日是 3月6日 12:00。"
    )
    assert "2 working days, extended by 36 hours" in wording.summary(one, HOLIDAYS, "en")
    assert rows(one, "zh")[1:] == ["第 1 个工作日", "第 2 个工作日", "用了 24 小时", "用了 36 小时"]


def test_a_summary_says_that_the_last_day_rolled() -> None:
    one = receipt("2026-03-06", "2cd")
    assert wording.summary(one, HOLIDAYS, "zh") == (
        "3月6日起算，当天不算，往后数 2 日。最后一天休息，顺延。到期日是 3月9日。"
    )
    assert "a day off, so it moves on" in wording.summary(one, HOLIDAYS, "en")


def test_hours_are_counted_from_their_instant() -> None:
    one = account(datetime(2026, 3, 2, 10, tzinfo=SHANGHAI), limit("24h"), announced())
    assert (
        wording.summary(one, HOLIDAYS, "zh") == "3月2日 10:00 起算，往后数 24 小时。到期日是 3月3日 10:00。"
    )
    assert wording.summary(one, HOLIDAYS, "en") == (
        "Counted from 2 March 10:00: 24 hours. The last day is 3 March 10:00."
    )


def test_a_summary_of_a_stopped_clock_and_of_what_is_due_at_once() -> None:
    stopped = receipt("2026-03-02", "5wd", Pause(date(2026, 3, 4), None))
    assert wording.summary(stopped, HOLIDAYS, "zh").endswith("现在停表，恢复后接着数。")
    assert wording.summary(stopped, HOLIDAYS, "en").endswith("The clock stands still now and goes on later.")
    at_once = receipt("2026-03-02", "now")
    assert wording.summary(at_once, HOLIDAYS, "zh") == "当天办结，不用往后数。"
    assert wording.summary(at_once, HOLIDAYS, "en") == "Due on the day itself."
    on_saturday = receipt("2026-03-07", "now")
    assert wording.summary(on_saturday, HOLIDAYS, "zh") == "当天休息，顺延到 3月9日。"
    assert wording.summary(on_saturday, HOLIDAYS, "en") == "That is a day off, so it is due on 9 March."
    standing = receipt("2026-03-07", "now", Pause(date(2026, 3, 7), None))
    assert wording.summary(standing, HOLIDAYS, "zh") == "当天休息，现在停表。"


def test_a_summary_without_anything_skipped_is_short() -> None:
    told = wording.summary(receipt("2026-03-02", "3wd"), HOLIDAYS, "zh")
    assert told == "3月2日起算，当天不算，往后数 3 个工作日。到期日是 3月5日。"


@pytest.mark.parametrize(
    ("written", "en"),
    [
        ("第二十五条", "Article 25"),
        ("第七条、第八条", "Articles 7 and 8"),
        ("第一百三十八条", "Article 138"),
        ("附件一", "附件一"),
        ("", ""),
    ],
)
def test_articles_are_counted_in_english(written: str, en: str) -> None:
    assert wording.articles(written) == en


def test_words_are_listed_as_each_language_lists_them() -> None:
    assert wording.listed(["a", "b", "c"], "en") == "a, b and c"
    assert wording.listed(["a"], "en") == "a"
    assert wording.listed(["甲", "乙"], "zh") == "甲、乙"

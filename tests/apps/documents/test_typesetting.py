"""The sheets: what they say, that they are the same every time, and what they refuse to print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from support.sheets import checklist_sheet, days_from, receipt_sheet, refusal_sheet, result_sheet

from yinuo.apps.documents.typesetting import typeset
from yinuo.core.errors import Refusal


def pages(template: str, data: Mapping[str, object]) -> list[str]:
    """The text of each page, without the breaks and gaps of the layout."""
    pdf = typeset(template, data)
    assert isinstance(pdf, bytes)
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def fonts_of(pdf: bytes) -> set[tuple[str, bool]]:
    """(name, embedded) of every font that a text object uses."""
    found = set()
    for page in pypdfium2.PdfDocument(pdf):
        for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(text.raw)
            name = (pdfium.c_char * 64)()
            pdfium.FPDFFont_GetBaseFontName(font, name, 64)
            found.add((name.value.decode(), pdfium.FPDFFont_GetIsEmbedded(font) == 1))
    return found


def test_a_certificate_is_one_page_that_names_its_holder_and_its_day() -> None:
    (text,) = pages("result", result_sheet())
    for words in ("王淑兰", "旅馆业特种行业许可证", "2026年10月22日", "星期四", "电子签名", "7KTM4PXC9RHW"):
        assert words in text


def test_a_refusal_says_why_and_how_to_appeal() -> None:
    text = "".join(pages("result", refusal_sheet()))
    for words in ("第二安全出口被封闭", "行政复议", "行政诉讼", "不服怎么办"):
        assert words in text


def test_a_certificate_says_nothing_of_appeals() -> None:
    assert "不服怎么办" not in "".join(pages("result", result_sheet()))


def test_only_a_sample_says_that_it_is_one() -> None:
    assert "不是任何机关出具的文件" in "".join(pages("result", result_sheet()))
    assert "不是任何机关出具的文件" not in "".join(pages("result", result_sheet() | {"sample": False}))


def test_the_same_data_give_the_same_bytes() -> None:
    assert typeset("result", result_sheet()) == typeset("result", result_sheet())


def test_another_moment_gives_other_bytes() -> None:
    later = result_sheet() | {"typeset_at": "2026-10-22T15:21:00+08:00"}
    assert typeset("result", later) != typeset("result", result_sheet())


def test_a_sheet_is_pdf_a_2b() -> None:
    pdf = typeset("result", result_sheet())
    assert isinstance(pdf, bytes)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


@pytest.mark.parametrize(
    ("template", "data"),
    [("result", refusal_sheet()), ("receipt", receipt_sheet()), ("checklist", checklist_sheet())],
)
def test_every_font_is_one_of_ours_and_embedded(template: str, data: Mapping[str, object]) -> None:
    pdf = typeset(template, data)
    assert isinstance(pdf, bytes)
    fonts = fonts_of(pdf)
    assert {name.partition("+")[2].split("-")[0] for name, _ in fonts} == {"NotoSansSC", "NotoSerifSC"}
    assert all(embedded for _, embedded in fonts)


def test_a_rare_character_is_refused_and_named_with_its_place() -> None:
    sheet = result_sheet()
    sheet["holder"][0]["value"] = "𠮷野"
    refusal = typeset("result", sheet)
    assert refusal == Refusal("missing-glyph", {"holder.0.value": "𠮷"}, {"holder.0.value": "U+20BB7"})


def test_all_missing_characters_are_named_at_once_and_each_once() -> None:
    sheet = refusal_sheet() | {"reasons": ["好", "𠮷𡃁𠮷"], "validity": "𡃁"}
    refusal = typeset("result", sheet)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == {"reasons.1": "𠮷𡃁", "validity": "𡃁"}


@pytest.mark.parametrize("invisible", ["\u202e", "\u200b", "\x00", "\ufeff", "\ue000", "\ud800"])
def test_what_nobody_can_see_is_refused(invisible: str) -> None:
    refusal = typeset("result", result_sheet() | {"validity": f"长期{invisible}有效"})
    assert isinstance(refusal, Refusal)
    assert refusal.facts == {"validity": f"U+{ord(invisible):04X}"}


@pytest.mark.parametrize("char", ["𧾷", "𰻝", "龦", "\u9ff0"])
def test_a_character_of_one_face_only_is_printed(char: str) -> None:
    assert char in "".join(pages("result", result_sheet() | {"validity": char}))


@pytest.mark.parametrize("words", ['#read("look.typ")', "#panic()", "*粗*", "$x^2$", "= 标题", "\\u{4e00}"])
def test_markup_in_data_is_printed_as_text(words: str) -> None:
    assert "".join(words.split()) in "".join(pages("result", result_sheet() | {"validity": words}))


@pytest.mark.parametrize("template", ["", "nothing", "../signing", "result.typ"])
def test_an_unknown_template_is_a_bug(template: str) -> None:
    with pytest.raises(ValueError, match="no template"):
        typeset(template, result_sheet())


def test_a_moment_without_an_offset_is_a_bug() -> None:
    with pytest.raises(ValueError, match="offset"):
        typeset("result", result_sheet() | {"typeset_at": "2026-10-22T15:20:00"})


def test_a_receipt_shows_the_promise_the_day_and_every_day_on_the_way() -> None:
    text = "".join(pages("receipt", receipt_sheet()))
    for words in (
        "时限回执",
        "我们承诺",
        "2026年10月17日",
        "星期六",
        "第5天，到期",
        "第四十二条",
        "c41f90b2",
    ):
        assert words in text
    assert all(f"10月{day}日星期" in text for day in range(12, 18))


def test_a_receipt_of_a_stopped_clock_has_no_due_day() -> None:
    stopped = {"on": "2026-10-14", "left": "还剩 3 个工作日"}
    text = "".join(pages("receipt", receipt_sheet() | {"due_on": None, "stopped": stopped}))
    assert "停表，从10月14日起" in text
    assert "还剩3个工作日" in text
    assert "到期" not in text


def test_only_a_provisional_receipt_says_so() -> None:
    assert "暂定" in "".join(pages("receipt", receipt_sheet() | {"provisional": True}))
    assert "暂定" not in "".join(pages("receipt", receipt_sheet()))


def test_an_hour_limit_shows_its_time() -> None:
    assert "15:20" in "".join(pages("receipt", receipt_sheet() | {"due_time": "15:20"}))


def test_a_receipt_for_an_english_reader() -> None:
    text = "".join(pages("receipt", receipt_sheet() | {"lang": "en"}))
    for words in ("Receiptofthetimelimit", "17October2026", "Saturday", "Page1of"):
        assert words in text


@pytest.mark.parametrize("amount", [0, 1, 20, 76, 77, 83, 84, 200])
def test_a_receipt_of_any_length_keeps_every_day(amount: int) -> None:
    sheet = receipt_sheet(amount)
    text = "".join(pages("receipt", sheet))
    assert text.count("星期") >= amount + 1
    assert f"共{len(pages('receipt', sheet))}页" in text


def test_each_look_of_a_day_can_be_drawn() -> None:
    looks = ("trigger", "counted", "weekend", "holiday", "makeup", "paused", "rolled")
    days = [day | {"kind": look} for day, look in zip(days_from(date(2026, 10, 12), 6), looks, strict=True)]
    days[3]["word"] = "国庆"
    text = pages("receipt", receipt_sheet() | {"days": days})[0]
    assert "国庆" in text
    assert "停表，不计" in text


@pytest.mark.parametrize("materials", [0, 3, 6, 7, 8, 11, 18])
def test_a_checklist_fits_one_page(materials: int) -> None:
    (text,) = pages("checklist", checklist_sheet(materials))
    for words in ("需要您准备", "我们自己核验", "营业执照", "2026年11月9日", "文化路6号"):
        assert words in text
    assert ("您不用准备材料" in text) == (materials == 0)


def test_a_checklist_for_an_english_reader() -> None:
    (text,) = pages("checklist", checklist_sheet() | {"lang": "en"})
    for words in ("Youbring", "Wecheckitourselves", "9November2026", "Wheretogo"):
        assert words in text

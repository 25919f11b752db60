"""One promise kept, end to end, in a real browser: on a phone and a desk, with scripts and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.cases.models import Case
from yinuo.cli import main

ANSWERS = {
    "plate": "吉G12345",
    "vin": "LSVAA4182E2184847",
    "acquired_by": "purchase",
    "invoice_no": "00123456",
    "inspection_valid": "yes",
    "encumbrance": "none",
    "customs": "no",
    "seller_name": "王建国",
    "applicant_kind": "person",
    "name": "李秀英",
    "idcard": "220802198503121220",
    "phone": "13904361234",
    "has_agent": "no",
    "plate_choice": "random",
    "delivery": "pickup",
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "发票照片.jpg"
    Image.new("RGB", (300, 400), "#eeeeee").save(path)
    return path


def answer(visitor: Visitor) -> None:
    """Fill in whatever this page asks, and go on until it asks nothing new."""
    page = visitor.page
    here = page.url
    while page.url == here:
        for name in (
            page.eval_on_selector_all(
                "main input[name], main textarea[name]", "all => [...new Set(all.map(one => one.name))]"
            )
            if visitor.scripts
            else [n for n in (*ANSWERS, "delivered_on") if page.locator(f"main [name='{n}']").count()]
        ):
            _answer_one(visitor, name)
        visitor.press("保存，下一步")


def _answer_one(visitor: Visitor, name: str) -> None:
    page = visitor.page
    if name == "delivered_on":
        page.fill("[name=delivered_on]", "2026-10-09")
    elif name in ANSWERS:
        if page.locator(f"[name='{name}'][type=radio]").count():
            page.locator(f"[name='{name}'][value='{ANSWERS[name]}']").check()
        else:
            page.fill(f"[name='{name}']", ANSWERS[name])


def apply_for_transfer(visitor: Visitor, photo: Path) -> str:
    """From the guide to the receipt; returns the case number."""
    visitor.go("/search/?q=过户")
    visitor.follow("机动车转让登记（本地）")
    visitor.page.locator("form[action$='/apply/'] button:visible").first.click()
    while "/form/" in visitor.page.url:
        answer(visitor)
    for key in ("ownership", "registration-certificate", "vehicle-licence"):
        visitor.page.set_input_files(f"[name='{key}']", str(photo))
    visitor.press("保存，下一步")
    visitor.page.locator("[value='taobei-traffic']").check()
    visitor.press("保存，下一步")
    visitor.page.check("#true")
    visitor.press("提交申请")
    return visitor.page.url.rstrip("/").split("/")[-2]


def write(visitor: Visitor, words: str, then: str) -> None:
    form = visitor.page.locator("form", has=visitor.page.get_by_role("button", name=then, exact=True)).first
    form.locator("textarea[name=words]").fill(words)
    visitor.press(then)


@pytest.mark.parametrize(("width", "scripts"), [("phone", True), ("desktop", True), ("phone", False)])
def test_a_vehicle_transfer_is_applied_for_supplemented_decided_issued_and_rated(
    deployment: str, chromium: Any, photo: Path, tmp_path: Path, width: str, scripts: bool,
    settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def visit(login: str) -> Visitor:
        visitor = Visitor(chromium, deployment, width=WIDTHS[width], scripts=scripts)
        visitor.sign_in(login)
        return visitor

    citizen, clerk, reviewer, approver = (
        visit(who) for who in ("13800000001", "taobei-traffic-1", "taobei-traffic-2", "taobei-traffic-3")
    )
    number = apply_for_transfer(citizen, photo)
    assert "已经收到您的申请" in citizen.reads()

    clerk.go("/desk/")
    clerk.follow("机动车转让登记（本地）")
    clerk.unfold("一次告知补正")
    clerk.page.check("#ask-material-ownership")
    clerk.page.fill("[name='why-material:ownership']", "发票照片看不清，请重新拍")
    clerk.press("发出补正通知")

    citizen.go(f"/cases/{number}/")
    assert "停表" in citizen.reads()
    citizen.follow("去补正")
    assert "发票照片看不清" in citizen.reads()
    citizen.page.set_input_files("[name='ownership']", str(photo))
    citizen.press("交上补正")

    clerk.go(f"/desk/cases/{number}/")
    clerk.press("受理")
    reviewer.go(f"/desk/cases/{number}/")
    write(reviewer, "车辆查验合格", "审核通过")
    assert "审核通过" not in reviewer.reads()

    citizen.go(f"/cases/{number}/")
    _shows_the_day_that_the_command_line_computes(citizen, number, tmp_path, capsys)

    approver.go(f"/desk/cases/{number}/")
    write(approver, "材料齐全，准予转让登记", "作出决定")
    clerk.go(f"/desk/cases/{number}/")
    clerk.press("制作并签名")
    clerk.press("送达")

    citizen.go(f"/cases/{number}/")
    pdf = citizen.download("下载结果（PDF，有签名）", tmp_path)
    monkeypatch.setenv("YINUO_DATA", str(settings.DATA))
    assert main(["verify", str(pdf)]) == 0
    assert "valid: signed by" in capsys.readouterr().out

    citizen.page.check("#l-0-1")
    citizen.page.fill("#rate-words-0", "半天就办好了")
    citizen.press("评价")
    assert "非常满意" in citizen.reads()
    case = Case.objects.get(number=number)
    assert (case.stage, case.granted, case.rating) == ("closed", True, 1)
    for visitor in (citizen, clerk, reviewer, approver):
        visitor.close()


def _shows_the_day_that_the_command_line_computes(
    citizen: Visitor, number: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = json.loads(citizen.download("回执数据（JSON）", folder).read_text())
    limit = receipt["limit"]["text"]
    assert main(["due", receipt["start"], limit, "--json"]) == 0
    computed = json.loads(capsys.readouterr().out)
    assert (computed["due"], computed["days"]) == (receipt["due"], receipt["days"])
    month, day = int(receipt["due"][5:7]), int(receipt["due"][8:10])
    assert f"{month}月{day}日" in citizen.page.inner_text(".yn-promise__due")


def test_two_clerks_at_once_one_wins_and_the_other_is_told(
    deployment: str, chromium: Any, photo: Path
) -> None:
    citizen = Visitor(chromium, deployment, width=1280)
    citizen.sign_in("13800000002")
    number = apply_for_transfer(citizen, photo)
    first, second = (Visitor(chromium, deployment, width=1280) for _ in range(2))
    for clerk in (first, second):
        clerk.sign_in("taobei-traffic-1")
        clerk.go(f"/desk/cases/{number}/")
    first.press("受理")
    second.unfold("不予受理")
    write(second, "手续不全", "不予受理")
    assert "别人已经处理了这件事" in second.reads()
    assert "受理了" in second.reads()
    assert Case.objects.get(number=number).stage == "accepted"

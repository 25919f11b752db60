"""In real browsers: where else a citizen is signed in, and signing out there, with and without scripts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from e2e.conftest import WIDTHS
from e2e.pages import Visitor

CITIZEN = "13800000001"
SHOTS = os.environ.get("YINUO_SHOTS", "")


def shot(visitor: Visitor, name: str) -> None:
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("device", ["narrow", *WIDTHS])
def test_one_sees_where_one_is_signed_in_and_signs_out_there(
    chromium: Any, deployment: str, device: str
) -> None:
    width = WIDTHS.get(device, 320)
    here = Visitor(chromium, deployment, width=width, scripts=True)
    others = [Visitor(chromium, deployment, width=width, scripts=False) for _ in range(3)]
    for visitor in (*others, here):
        visitor.sign_in(CITIZEN)
    here.go("/account/")
    shot(here, f"account-{device}")
    assert here.page.get_by_role("button", name="让它退出").count() == 3
    here.press("让它退出")
    assert "那一处已经退出" in here.reads()
    others[-1].go("/cases/")
    assert "您在别处让这里退出了" in others[-1].reads(), "the latest stood first on the list"
    others[0].go("/account/")
    others[0].page.get_by_role("button", name="别处全部退出").click()
    assert "别处没有登录" in others[0].reads()
    here.go("/cases/")
    assert "/sign-in/" in here.page.url
    shot(here, f"farewell-{device}")
    for visitor in (*others, here):
        visitor.close()

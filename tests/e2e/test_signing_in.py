"""In the browser: signing up with a code, an item that asks who one is, and the identity provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.provider import provider_of
from support.texts import texts_in

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.people.models import Level, Person
from yinuo.demo.provider import NEWCOMER, people

PHONE, NAME = NEWCOMER
ITEM = "/items/crj-exit-doc-report-loss/"


@pytest.mark.parametrize(("width", "scripts"), [("phone", True), ("desktop", True), ("phone", False)])
def test_a_newcomer_signs_up_and_is_verified_on_the_way(
    deployment: str, chromium: Any, tmp_path: Path, width: str, scripts: bool
) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS[width], scripts=scripts)
    with texts_in(tmp_path) as texts, provider_of(*people(), origin=deployment):
        visitor.go("/register/")
        visitor.page.fill("#phone", PHONE)
        visitor.press("发送验证码")
        visitor.page.fill("#code", texts.code(PHONE))
        visitor.page.fill("#name", NAME)
        visitor.page.fill("#password", "12345678")
        visitor.press("注册并登录")
        assert "这个密码太容易猜" in visitor.reads()
        visitor.page.fill("#password", "three cats on the roof")
        visitor.press("注册并登录")
        assert NAME in visitor.reads()
        visitor.go(ITEM)
        visitor.press("开始办理")
        assert "先由身份认证平台核实身份" in visitor.reads()
        visitor.follow("去核实身份并绑定")
        visitor.page.fill("#old_password", "three cats on the roof")  # nobody links an account found open
        visitor.press("去核实身份并绑定")
        visitor.page.get_by_role("button", name="去核实身份并绑定").click()
        visitor.page.get_by_role("button", name=NAME, exact=True).click()
        visitor.look()
        assert visitor.page.url == deployment + ITEM
        visitor.press("开始办理")
        assert "/apply/" in visitor.page.url
    assert Person.objects.get_by_natural_key(PHONE).level == Level.VERIFIED
    visitor.close()


def test_somebody_comes_in_by_the_provider(deployment: str, chromium: Any) -> None:
    visitor = Visitor(chromium, deployment, width=WIDTHS["phone"])
    with provider_of(*people(), origin=deployment):
        visitor.go("/sign-in/?next=/account/")
        visitor.page.get_by_role("button", name="用统一身份认证登录").click()
        visitor.page.get_by_role("button", name="王淑兰", exact=True).click()
        visitor.look()
        assert visitor.page.url == deployment + "/account/"
        assert "已经核实" in visitor.reads()
    assert Person.objects.filter(is_staff=False).count() == 5
    visitor.close()

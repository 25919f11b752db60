"""In a real browser: an administrator adds somebody, who sets up an authenticator and signs in with it."""

from __future__ import annotations

import time
from typing import Any

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.access.totp import STEP, code_of


def test_an_administrator_adds_somebody_who_signs_in_with_an_authenticator(
    chromium: Any, deployment: str
) -> None:
    admin = Visitor(chromium, deployment, width=WIDTHS["desktop"])
    admin.sign_in("administrator")
    admin.go("/desk/people/")
    for field, words in (("login", "clerk-7"), ("name", "赵一"), ("reason", "新来的")):
        admin.page.fill(f"#{field}", words)
    admin.press("新建账号")
    password = admin.page.inner_text("#first-password")
    admin.follow("交给本人了")
    admin.unfold("给岗位")
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
    admin.page.select_option("#post", "window")
    admin.page.select_option("#unit", "taobei-traffic")
    admin.page.fill("#starts_on", today)
    admin.page.fill("#reason-give", "新来的")
    admin.press("给岗位")
    assert "窗口岗" in admin.reads()
    admin.go("/desk/posts/")

    clerk = Visitor(chromium, deployment, width=WIDTHS["phone"])
    clerk.go("/sign-in/")
    clerk.page.fill("#login", "clerk-7")
    clerk.page.fill("#password", password)
    clerk.press("登录")
    secret = clerk.page.inner_text("#secret").replace(" ", "")
    clerk.page.fill("#code", code_of(secret, int(time.time()) // STEP))
    clerk.page.fill("#password", "four plain words together")
    clerk.press("完成并登录")
    assert clerk.page.locator("#recovery-codes li").count() == 10
    clerk.follow("我收好了")
    assert "/desk/" in clerk.page.url
    clerk.go("/desk/posts/")
    clerk.go("/desk/absence/")
    clerk.go("/desk/security/")
    assert "就是这里" in clerk.reads()
    clerk.press("全部退出")
    assert "所有地方都退出了" in clerk.reads()
    admin.close()
    clerk.close()

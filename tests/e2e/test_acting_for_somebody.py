"""An agent applies for a company, the mandate is revoked on the way; the company sees what was refused."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.conftest import WIDTHS
from e2e.pages import Visitor
from yinuo.apps.cases.models import Draft
from yinuo.demo.citizens import CITIZENS

OWNER, AGENT = "13800000001", "13800000002"
USCC = "91350100M000100Y43"  # the sample of GB 32100
COMPANY = "白城样例物流有限公司"


def give_mandate(owner: Visitor) -> None:
    """The company is added, and the agent asked to act for it in one service."""
    owner.go("/acting/")
    owner.follow("添加我代表的单位")
    owner.press("添加这个单位")  # nothing filled in: every field says what it wants
    assert "有几处需要改一改" in owner.reads()
    owner.page.fill("#uscc", USCC)
    owner.page.fill("#name", COMPANY)
    owner.press("添加这个单位")
    owner.follow("委托代办人")
    owner.page.fill("#name", CITIZENS[AGENT])
    owner.page.fill("#phone", AGENT)
    owner.page.check("#scope-some")
    owner.page.fill("#item-1", "机动车转让登记（本地）")
    owner.press("写好委托")
    assert "等对方答复" in owner.reads()


@pytest.mark.parametrize(("width", "scripts"), [("phone", True), ("desktop", True), ("phone", False)])
def test_a_mandate_that_is_revoked_on_the_way(
    deployment: str, chromium: Any, width: str, scripts: bool
) -> None:
    owner, agent = (Visitor(chromium, deployment, width=WIDTHS[width], scripts=scripts) for _ in range(2))
    owner.sign_in(OWNER)
    agent.sign_in(AGENT)
    give_mandate(owner)

    agent.go("/acting/")
    agent.follow(f"{COMPANY}请您代办")
    agent.press("我同意代办")
    agent.press(f"替{COMPANY}办")
    assert f"您正在替 {COMPANY} 办事" in agent.reads()
    agent.go("/items/jg-vehicle-transfer/")
    agent.page.locator("form[action$='/apply/'] button:visible").first.click()
    agent.look()
    assert f"这份申请替 {COMPANY} 办" in agent.reads()
    draft = Draft.objects.get()
    assert draft.principal.startswith("organisation:")

    owner.go("/acting/")
    owner.follow(COMPANY)
    owner.follow(CITIZENS[AGENT])
    owner.page.fill("#reason", "合同到期")
    owner.press("撤销委托")

    agent.press("保存，下一步")
    assert agent.page.url.endswith("/acting/")
    assert "刚才那一步没有办" in agent.reads()
    assert "合同到期" in agent.reads()
    agent.page.goto(f"{deployment}/apply/{draft.pk}/")
    assert "没有这个页面" in agent.reads()

    owner.go("/acting/")
    owner.follow(COMPANY)
    assert f"{CITIZENS[AGENT]}又想办“机动车转让登记（本地）”" in owner.reads()
    assert "合同到期" in owner.reads()
    owner.press("替这个单位办")
    owner.go("/cases/")
    assert "机动车转让登记（本地）" in owner.reads()  # what the agent had begun is still there
    owner.close()
    agent.close()

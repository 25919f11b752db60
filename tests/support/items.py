"""Small items and routes, complete enough to be applied for."""

from __future__ import annotations

from typing import Any

from yinuo.core.clock import Limit
from yinuo.core.form import Answer, Choice, Field, Form, Is, Page, Text
from yinuo.core.item import (
    Ground,
    Item,
    ItemLimit,
    Material,
    Result,
    Silence,
    SpecialProcedure,
    Supplement,
    Verification,
)
from yinuo.core.route import Route, Step

LAW = "administrative-licensing-law"
ANSWERS: dict[str, Answer] = {"name": "王淑兰", "kind": "simple"}
FILES = {"application": ["file-1"]}
REMEDIES = (Text("60 日内可以申请行政复议", "Apply for review within 60 days"),)
REVIEW = Step("review", Text("审核", "Review"), "reviewer")
INSPECTION = Step("inspection", Text("现场核查", "Inspection"), "inspector")


def words(zh: str) -> Text:
    return Text(zh, zh)


def limit(text: str) -> Limit:
    made = Limit.parse(text)
    assert isinstance(made, Limit)
    return made


def owed(promised: str, statutory: str | None) -> ItemLimit:
    if statutory is None:
        return ItemLimit(limit(promised))
    return ItemLimit(limit(promised), limit(statutory), Ground(LAW, "第四十二条"))


def route(**changes: Any) -> Route:
    """Window, reviewer, another person as approver, a paper at the end; with `changes` to that."""
    facts: dict[str, Any] = {
        "id": "reviewed",
        "name": words("审核后决定"),
        "about": words("窗口受理，审核岗审核，审批岗决定。"),
        "steps": (REVIEW,),
        "accept_post": "window",
        "decide_post": "approver",
        "issue_post": "window",
        "extend_post": "leader",
        "four_eyes": True,
        "deniable": True,
        "issues": True,
        "granted": words("准予"),
        "denied": words("不予批准"),
        "remedies": REMEDIES,
    }
    return Route(**facts | changes)


FORM = Form(
    (
        Page(
            "application",
            words("申请"),
            (
                Field("name", words("姓名"), "text", longest=50),
                Field(
                    "kind",
                    words("情形"),
                    "choice",
                    choices=(Choice("simple", words("一般")), Choice("complex", words("复杂"))),
                ),
                Field("reason", words("理由"), "text", when=Is("kind", "complex")),
            ),
        ),
    )
)
VALID_UNTIL = Page("term", words("期限"), (Field("valid_until", words("证到哪天"), "date", required=False),))
# 行政许可法第五十条第二款: not decided before the day on which the old licence expires, renewed.
RENEWAL: dict[str, Any] = {
    "form": Form((*FORM.pages, VALID_UNTIL)),
    "silence": Silence("valid_until", Ground(LAW, "第五十条第二款")),
}
MATERIALS = (
    Material("application", words("申请书"), "electronic", "applicant"),
    Material("plan", words("方案"), "electronic", "applicant", when=Is("kind", "complex")),
    Material("record", words("档案"), "check", "government", fetch=True),
    Material("licence", words("旧证"), "original", "government", bring=True),
    Material("photo", words("照片"), "electronic", "applicant", required=False),
)


def item(**changes: Any) -> Item:
    """Five working days to accept, ten to decide (twenty by law), three to deliver; with `changes`."""
    facts: dict[str, Any] = {
        "id": "sample-licence",
        "version": "f" * 64,
        "name": words("样例许可"),
        "summary": words("一件样例。"),
        "branch": "zhian",
        "kind": "01",
        "handling": "promise",
        "audience": ("person",),
        "jurisdiction": "city",
        "basis": (Ground(LAW, "第四十二条"),),
        "conditions": (words("成年"),),
        "form": FORM,
        "materials": MATERIALS,
        "route": route(),
        "limits": {
            "accept": owed("5wd", "5wd"),
            "decide": owed("10wd", "20wd"),
            "deliver": owed("3wd", "10wd"),
        },
        "supplement": Supplement(limit("30cd")),
        "special_procedures": (
            SpecialProcedure("hearing", words("听证"), Ground(LAW, "第四十五条"), limit("20wd")),
        ),
        "extension": ItemLimit(limit("10wd"), limit("10wd"), Ground(LAW, "第四十二条")),
        "fee": None,
        "result": Result(words("许可证"), "licence", words("长期"), fields=("name",)),
        "visits": 1,
        "visit_reason": words("交回旧证"),
        "online": "prefill",
        "verification": Verification("unverified", "样例"),
    }
    return Item(**facts | changes)

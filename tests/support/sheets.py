"""Data for typst sheets, complete and small."""

from __future__ import annotations

from datetime import date, timedelta

from yinuo.apps.documents.seal_code import qr_svg
from yinuo.apps.documents.sheets import ChecklistSheet, Day, ReceiptSheet, ResultSheet

TYPESET_AT = "2026-10-22T15:20:00+08:00"
QR = qr_svg("https://hall.example/verify#YN1.sample")


def result_sheet() -> ResultSheet:
    return {
        "typeset_at": TYPESET_AT,
        "sample": True,
        "title_zh": "旅馆业特种行业许可证",
        "title_en": "Special-trade licence for hotels",
        "office": "示例市公安局",
        "office_en": "Sample City Public Security Bureau",
        "case_number": "20260918-000123",
        "query_code": "7KTM 4PXC 9RHW",
        "holder": [
            {"label_zh": "法定代表人", "label_en": "Legal representative", "value": "王淑兰"},
            {"label_zh": "经营地址", "label_en": "Premises", "value": "湿地路 18 号"},
        ],
        "decision": ["经审查，符合规定的条件，决定准予许可。"],
        "reasons": [],
        "appeals": [],
        "grounds": ["《中华人民共和国行政许可法》第三十八条第一款"],
        "issued_on": "2026-10-22",
        "validity": "长期有效",
        "qr_svg": QR,
        "qr_address": "hall.example/verify",
        "signer": "示例市公安局电子签名",
    }


def refusal_sheet() -> ResultSheet:
    return result_sheet() | {
        "title_zh": "不予行政许可决定书",
        "decision": ["经审查，不符合法定条件，决定不予许可。"],
        "reasons": ["第二安全出口被封闭，不能通行。"],
        "appeals": ["自收到本决定之日起六十日内，可以申请行政复议。", "六个月内可以提起行政诉讼。"],
        "validity": "",
    }


def days_from(first: date, amount: int) -> list[Day]:
    """A trigger and `amount` counted days after it."""
    return [
        {
            "on": (first + timedelta(days=n)).isoformat(),
            "kind": "counted" if n else "trigger",
            "count": n or None,
            "label": f"第 {n} 天" if n else "受理，当天不算",
        }
        for n in range(amount + 1)
    ]


def receipt_sheet(amount: int = 5) -> ReceiptSheet:
    days = days_from(date(2026, 10, 12), amount)
    return {
        "typeset_at": TYPESET_AT,
        "lang": "zh",
        "sample": True,
        "office": "示例市公安局",
        "item_name": "旅馆业特种行业许可证核发",
        "case_number": "20260918-000123",
        "query_code": "7KTM 4PXC 9RHW",
        "promise": "我们承诺，最迟这一天作出决定。",
        "due_on": days[-1]["on"],
        "due_time": "",
        "stopped": None,
        "provisional": False,
        "summary": f"10月12日受理，当天不算，数到第 {amount} 天。",
        "days": days,
        "grounds": [{"label": "法定时限", "text": "《中华人民共和国行政许可法》第四十二条第一款"}],
        "calendar_version": "c41f90b2",
        "item_version": "5be0c2d4",
        "qr_svg": QR,
        "qr_address": "hall.example/verify",
    }


def checklist_sheet(materials: int = 3) -> ChecklistSheet:
    return {
        "typeset_at": TYPESET_AT,
        "lang": "zh",
        "sample": True,
        "office": "示例市公安局",
        "item_name": "旅馆业特种行业许可证核发",
        "situation": ["家庭旅馆、民宿", "第一次办"],
        "yours": [
            {"name": f"材料 {n}", "form": "复印件 1 份", "note": "房产证、租赁合同都可以"}
            for n in range(materials)
        ],
        "ours": [{"name": "营业执照", "note": "向市场监管部门核验"}],
        "example": {"start_on": "2026-10-12", "due_on": "2026-11-09", "limit": "20 个工作日"},
        "places": [
            {
                "name": "公安窗口",
                "address": "文化路 6 号",
                "hours": "工作日 8:30–16:30",
                "phone": "0436-000 0000",
            }
        ],
    }

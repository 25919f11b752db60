"""What hall and desk share about notices: how one is shown, and why one did not arrive, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.queries import of_person, unread
from yinuo.core.clock import day_of

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`lang`: that of its words, not of the page. `way`: what became of it on another channel."""

    notice: Notice
    way: str

    @property
    def lang(self) -> str:
        return "en" if self.notice.language.startswith("en") else "zh-Hans"


def own_notices(request: HttpRequest) -> dict[str, Any]:
    """What a page with one's own notices shows."""
    person: Any = request.user
    today = day_of(timezone.now())
    page: Page[Notice] = Paginator(of_person(person, today), PER_PAGE).get_page(request.GET.get("page"))
    views = [NoticeView(one, way(one)) for one in page.object_list]
    return {"page": page, "notices": views, "unread_here": unread(person, today)}


def channel_name(channel: str) -> str:
    return {"hall": _("网上大厅"), "sms": _("短信"), "email": _("邮件")}[channel]


def way(notice: Notice) -> str:
    """What became of it outside the hall; empty where it stays inside."""
    if notice.channel == "hall":
        return ""
    words = {
        "waiting": _("%(channel)s正在发"),
        "sending": _("%(channel)s正在发"),
        "sent": _("%(channel)s也发了"),
    }
    return words.get(notice.state, _("%(channel)s没有送到")) % {"channel": channel_name(notice.channel)}


def why(error: str) -> str:
    """Why a notice did not arrive, from the code that the sending left."""
    kind, _dash, number = error.partition("-")
    if kind in ("smtp", "http") and number.isdecimal():
        return _("对方服务器拒绝了（%(code)s）") % {"code": number}
    return {
        "timeout": _("对方服务器太久没有回应"),
        "connection": _("连不上对方服务器，或者中途断了"),
        "stopped": _("发到一半程序停了，不知道发出去没有"),
        "failed": _("发的时候程序出错了，不知道发出去没有"),
        "no-address": _("没有号码或者邮箱地址"),
        "not-connected": _("本市没有接通这个渠道"),
    }.get(error, error)

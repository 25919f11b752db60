"""Pages for what goes wrong: each says what to do next, none says what is inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, _("这个请求读不懂"), _("请回到上一页再试一次。已经存下的内容都还在。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 403, _("这里您进不去"), _("您登录的身份没有这个权限。换一个身份登录，或者回到首页。")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 404, _("没有这个页面"), _("地址可能写错了，或者这件事不在您名下。可以回到首页搜索。")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, _("我们这边出错了"), _("已经存下的内容都还在。请过几分钟再试，急事请打服务电话。")
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("这一页放得太久了"),
        _("为了安全，请回到上一页，刷新以后再提交。已经存下的内容都还在。"),
    )


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "words": words}, status=status)

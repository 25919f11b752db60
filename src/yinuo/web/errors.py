"""Pages for what goes wrong: each says what to do next, none says what is inside."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yinuo.apps.entries.models import Forged
from yinuo.web.entries import forged, refused
from yinuo.web.kept import asked_again, is_from_here, kept


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, _("这个请求读不懂"), _("请回到上一页再试一次。已经存下的内容都还在。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    refused(request)
    return _page(
        request, 403, _("这里您进不去"), _("您登录的身份没有这个权限。换一个身份登录，或者回到首页。")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 404, _("没有这个页面"), _("地址可能写错了，或者这件事不在您名下。可以回到首页搜索。")
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """What was typed cannot come back: it was not read."""
    words = _(
        "文件一共太大，没有收下。请按浏览器的“返回”，把文件换小，或者分几次交：一个文件最多 %(one)s MB，"
        "一次最多 %(all)s MB。以前存下的内容都还在。"
    ) % {"one": settings.LARGEST_UPLOAD // 1024**2, "all": settings.LARGEST_REQUEST // 1024**2}
    return _page(request, 413, _("文件太大"), words)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, _("我们这边出错了"), _("已经存下的内容都还在。请过几分钟再试，急事请打服务电话。")
    )


def send_again(
    request: HttpRequest,
    address: str,
    title: str,
    *,
    status: int = 200,
    fields: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """A page with `fields`, else with what was just posted, to be sent to `address` with one press."""
    context = {
        "title": title,
        "address": address,
        "kept": kept(request) if fields is None else fields,
        "asked_again": asked_again(request) if fields is None else [],
        "has_files": bool(request.FILES),
    }
    response = render(request, "send_again.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was typed comes along, but only for a form that a page of this site sent: nobody else's form is
    handed on by one press of a button."""
    forged(Forged.FORM)
    if request.method != "POST" or not is_from_here(request):
        words = _("为了安全，请回到上一页，刷新以后再提交。已经存下的内容都还在。")
        return _page(request, 403, _("这一页放得太久了"), words)
    return send_again(request, request.get_full_path(), _("这一页放得太久了"), status=403)


def locked(request: HttpRequest, words: str) -> HttpResponse:
    """A file that is there and that nobody opens, now or ever."""
    return _page(request, 409, _("这个文件打不开"), words)


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "words": words}, status=status)

"""What a program may be allowed, in words for the person who allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from oauth2_provider.scopes import BaseScopes

from yinuo.apps.clients.scopes import ACT, APPLY, CASES, NOTICES, PAPERS, SCOPES

NAMES: Mapping[str, str] = {
    CASES: mark("看您的办件"),
    ACT: mark("替您催办、补正、撤回、留言和评价"),
    APPLY: mark("替您填写并提交申请"),
    PAPERS: mark("下载您的时限回执和结果文书"),
    NOTICES: mark("看您的通知"),
}
ABOUT: Mapping[str, str] = {
    CASES: mark("您每件事办到哪一步、什么时候到期、您填过的内容。"),
    ACT: mark("和您自己在“我的办件”里点的一样算数；撤回以后不能恢复。"),
    APPLY: mark("新建和修改草稿、上传材料、提交。提交以后和您亲自提交的一样算数。"),
    PAPERS: mark("PDF 和 JSON 文件，里面有您的姓名等个人信息。"),
    NOTICES: mark("我们发给您的每一条通知。"),
}


@dataclass(frozen=True, slots=True)
class ScopeView:
    key: str
    name: str
    about: str


def described(keys: Iterable[str]) -> list[ScopeView]:
    """In the order of the table, whatever order they were asked in."""
    wanted = set(keys)
    return [ScopeView(key, _(NAMES[key]), _(ABOUT[key])) for key in SCOPES if key in wanted]


class Scopes(BaseScopes):  # type: ignore[misc]
    """What the library asks: each program has its own scopes, and none is given that was not asked for."""

    def get_all_scopes(self) -> dict[str, str]:
        return {key: _(NAMES[key]) for key in SCOPES}

    def get_available_scopes(self, application: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        return list(SCOPES) if application is None else list(application.scopes)

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return []

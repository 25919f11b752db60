"""What the text messages of signing in say. A message names no person and has no link."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from yinuo.apps.signing_in.models import Purpose

CODES = {
    Purpose.REGISTER: mark("【一诺】注册验证码 %(code)s，5 分钟内有效。不要告诉任何人，民警也不会向您要。"),
    Purpose.SIGN_IN: mark("【一诺】登录验证码 %(code)s，5 分钟内有效。不要告诉任何人，民警也不会向您要。"),
    Purpose.RESET: mark("【一诺】重设密码验证码 %(code)s，5 分钟内有效。不是您本人要的，请不要理会。"),
    Purpose.PHONE: mark("【一诺】换手机号验证码 %(code)s，5 分钟内有效。不要告诉任何人，民警也不会向您要。"),
    Purpose.CLOSE: mark("【一诺】注销账号验证码 %(code)s，5 分钟内有效。不是您本人要注销，请马上改密码。"),
}
KNOWN = {
    Purpose.REGISTER: mark("【一诺】这个手机号已经注册过，请直接登录；忘了密码可以用验证码登录。"),
    Purpose.PHONE: mark("【一诺】有人想把账号换到这个手机号，但它已经有账号。不是您本人，请不要理会。"),
}


def message(purpose: str, digits: str) -> str:
    """The message with a code; without digits, what a number with an account is told instead."""
    which = Purpose(purpose)
    return _(CODES[which]) % {"code": digits} if digits else _(KNOWN[which])


def farewell() -> str:
    return _("【一诺】您的账号已经换到另一个手机号。不是您本人换的，请马上打服务电话。")

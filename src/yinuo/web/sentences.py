"""Codes of the rules as sentences for people. The one place where they are worded."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from django.utils.translation import ngettext

from yinuo.catalogue.wording import listed
from yinuo.core.errors import Refusal
from yinuo.web.language import language

FIELDS: Mapping[str, str] = {
    "required": mark("请填写这一项"),
    "not-a-choice": mark("请从给出的选项里选"),
    "not-yes-or-no": mark("请选“是”或“否”"),
    "not-a-number": mark("请填数字"),
    "too-small": mark("数字太小了"),
    "too-large": mark("数字太大了"),
    "too-long": mark("写得太长了，请精简"),
    "wrong-type": mark("填的内容不对，请重新填"),
    "bad-date": mark("请填完整的日期，例如 2026-03-05"),
    "date-in-future": mark("这个日期还没到，请填今天或以前的日期"),
    "date-in-past": mark("这个日期已经过了，请填今天或以后的日期"),
    "bad-location": mark("请填经纬度，例如 45.62,122.84"),
    "bad-length": mark("位数不对，请对照证件再数一遍"),
    "bad-character": mark("有不该出现的字符，请重新填"),
    "bad-check-digit": mark("最后的校验位对不上，多半是抄错了一位，请对照证件再看一遍"),
    "bad-province": mark("开头的地区不对，请再看一遍"),
    "unknown-area": mark("前六位的地区不对，请再看一遍"),
    "missing-area-code": mark("座机请加上区号，例如 0436-1234567"),
    "old-id-card": mark("这是 15 位的旧号码，请填 18 位的新号码"),
    "old-residence-card": mark("这是旧版永久居留证的号码，请填护照号码"),
    "bad-format": mark("格式不对，请再看一遍"),
    "unknown-field": mark("没有这一项"),
    "phone-taken": mark("这个手机号已经注册过，请直接登录"),
    "weak-password": mark("密码太简单：至少 8 位，不能全是数字，也不能是常见密码"),
    "wrong-login": mark("账号或密码不对"),
    "empty-file": mark("这个文件是空的"),
    "broken-file": mark("这个文件打不开，请重新拍照或扫描"),
    "too-many-pixels": mark("图片太大了，请缩小后再传"),
}

REFUSALS: Mapping[str, str] = {
    "invalid-answers": mark("有几处需要改一改"),
    "missing-materials": mark("还有材料没有上传"),
    "wrong-stage": mark("这件事已经到了下一步，不能再这样做了"),
    "without-the-post": mark("您没有办这一步的岗位"),
    "not-your-unit": mark("这件事不在您的单位"),
    "not-your-case": mark("这件事不在您名下"),
    "only-the-clock": mark("这一步由系统到期自动做"),
    "only-an-applicant": mark("工作人员账号不能申请，请用个人账号登录"),
    "already-submitted": mark("这份申请已经提交了"),
    "declare-truth": mark("请先勾选：以上内容属实"),
    "too-many-drafts": mark("您有太多没填完的申请，请先删掉一些"),
    "choose-a-unit": mark("请选择在哪里办"),
    "choose-a-person": mark("请选择交给谁"),
    "try-again": mark("刚才同时有别的操作，请再试一次"),
    "changed-meanwhile": mark("您看这一页的时候，别人已经处理了这件事。下面是最新的情况，您写的内容还在。"),
    "nothing-asked": mark("请至少写一处要补正的内容"),
    "say-what-is-wrong": mark("请写清楚每一处要怎么补"),
    "second-notice": mark("补正只能一次告知；要再发一次，须由督办岗批准并记录在案"),
    "no-first-notice": mark("还没有发过补正通知，不需要批准"),
    "reasons-needed": mark("请写明理由，申请人看得到"),
    "opinion-needed": mark("请写下意见"),
    "outcome-needed": mark("请写明特别程序的结果"),
    "words-needed": mark("请写点什么再发"),
    "too-long": mark("写得太长了，请精简"),
    "same-unit": mark("这件事本来就在这个单位"),
    "not-yet": mark("还没到时候"),
    "already-yours": mark("这件事已经在您手里"),
    "not-in-this-unit": mark("只能交给本单位的同事"),
    "no-step-left": mark("只剩下作决定了"),
    "no-step-before": mark("前面没有可以退回的步骤"),
    "no-ground": mark("这个事项没有这种停表的依据"),
    "no-extension": mark("这个事项依法不能延长"),
    "extended-already": mark("已经延长过一次，不能再延长"),
    "too-late-to-extend": mark("已经过了到期日，不能再延长"),
    "already-asked": mark("已经提过了，先等答复"),
    "not-asked": mark("没有人申请延长"),
    "urged-today": mark("今天已经催过了，明天可以再催"),
    "step-open": mark("还有步骤没有完成，不能作决定"),
    "four-eyes": mark("审核的人不能作决定，请由另一位同事决定"),
    "not-deniable": mark("这个事项不能不予办理"),
    "unknown-method": mark("请选择送达方式"),
    "courier-number-needed": mark("请填写快递单号"),
    "rated-already": mark("您已经评价过了"),
    "unknown-level": mark("请选择一个满意度"),
    "no-document": mark("这件事没有可以撤销的结果文书"),
    "revoked-already": mark("已经撤销过了"),
    "offered-already": mark("这件事已经请别的单位接手，先等对方答复"),
    "not-offered": mark("这件事没有在等您的单位接手"),
    "nothing-to-answer": mark("这里没有等着答复或要做的"),
    "no-such-card": mark("请选择黄牌或红牌"),
    "no-such-promise": mark("请选择这件事欠着的一项时限"),
    "carded-already": mark("这项时限已经给过这种牌"),
    "no-such-visit": mark("这件事没有这一次到场"),
    "no-bad-rating": mark("这里没有可以申诉的差评"),
    "handled-it-yourself": mark("您经手过这件事，请让没有经手的同事来做"),
    "drawn-already": mark("这件事已经抽中过回访"),
    "nothing-moved": mark("没有日期变动"),
    "no-such-link": mark("这个评价链接不对，可能没有复制完整。您也可以登录后在“我的办件”里评价。"),
    "link-expired": mark("这个评价链接过了 60 天，已经失效。您可以登录后在“我的办件”里评价。"),
    "staff-cannot-rate": mark("工作人员账号不能评价。请退出登录，由申请人自己评价。"),
    "not-a-code": mark("这不是一诺文书上的验证码"),
    "bad-signature": mark("验证码的签名对不上：这份文书不是本局出具的，或者被改过"),
    "not-issued": mark("本局没有出具过这份文书"),
    "no-such-code": mark("没有这个查询码。请对照回执再看一遍；查询码里没有 0、1、O、I 这些容易看错的字。"),
    "wrong-type": mark("只收 PDF、JPG 和 PNG；请按文件真实的格式上传，改后缀没有用"),
}


def field(code: str) -> str:
    """What is wrong with one answer."""
    return _(FIELDS.get(code, FIELDS["bad-format"])) if code not in REFUSALS else _(REFUSALS[code])


def about(what: str, words: object) -> str:
    """`照片：太暗了`: what a remark is about, then the remark."""
    return _("%(what)s：%(words)s") % {"what": what, "words": words}


def lead(what: str, words: object) -> str:
    """The same, where the remark may be missing."""
    return about(what, words) if words else what


def refusal(no: Refusal) -> str:
    """Why something was not done, and what to do instead."""
    if no.code == "too-large":
        return _("文件太大了，最大 %(mb)s MB。请压缩或者分开上传。") % {"mb": no.facts["most_mb"]}
    if no.code == "urged-enough":
        words = ngettext(
            "已经催过 %(most)s 次了，不能再催。请打服务电话，由督办的人过问。",
            "已经催过 %(most)s 次了，不能再催。请打服务电话，由督办的人过问。",
            int(str(no.facts["most"])),
        )
        return words % {"most": no.facts["most"]}
    if no.code == "missing-glyph":
        missing = [f"“{character}”" for character in dict.fromkeys(no.fields.values())]
        return _("字库里没有%(characters)s这个字，打印出来会是空框，所以没有出具。请联系技术人员补字。") % {
            "characters": listed(missing, language())
        }
    return _(REFUSALS.get(no.code) or FIELDS.get(no.code) or mark("没有办成，请再试一次"))

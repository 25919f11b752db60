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
    "too-short": mark("写得太短了，请写清楚"),
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
    "organisation-stated": mark("您已经添加过这个单位"),
    "ward-stated": mark("您已经添加过这个孩子"),
    "of-age": mark("已经满 18 岁，由本人自己办，或者由本人委托别人办"),
    "own-phone": mark("这是您自己的号码，请填对方的"),
    "has-a-mandate": mark("您已经委托过这个号码，请先撤销原来的"),
    "unknown-item": mark("没有这个事项，请从提示里选"),
    "past-date": mark("这一天已经过了"),
    "too-far": mark("最长三年，请填近一点的日子"),
    "phone-taken": mark("这个手机号已经注册过，请直接登录"),
    "weak-password": mark("这个密码太容易猜：不要用姓名、手机号和常见的词，多写几个不相干的词最好"),
    "password-short": mark("密码太短：至少 8 位"),
    "password-long": mark("密码太长：最多 200 位"),
    "breached-password": mark("这个密码在别处泄露过，请换一个"),
    "wrong-name": mark("和账号上的姓名不一样"),
    "hold-too-long": mark("最长五年，到时候还需要再保全一次"),
    "wrong-password": mark("现在的密码不对"),
    "mobile-needed": mark("请填手机号码，座机收不到短信"),
    "wrong-code": mark("验证码不对，请再看一遍短信"),
    "code-expired": mark("验证码过期了，或者试了太多次，请再要一个"),
    "future-date": mark("里面的出生日期还没到，请对照证件再看一遍"),
    "wrong-login": mark("账号或密码不对"),
    "login-taken": mark("这个工号已经有人用了"),
    "bad-staff-number": mark("工号以字母开头，只用字母、数字和短横线"),
    "too-long-away": mark("代理的时间太长了"),
    "empty-file": mark("这个文件是空的"),
    "broken-file": mark("这个文件打不开，请重新拍照或扫描"),
    "too-many-pixels": mark("图片太大了，请缩小后再传"),
    "other-picture": mark("这种图片格式收不了（苹果手机常见的 HEIC 也是），请转成 JPG 或者截图后再传"),
    "archive-file": mark("压缩包收不了。请解压，把里面的文件按 PDF、JPG 或 PNG 一个一个传"),
    "office-file": mark("Word、Excel、WPS 文件收不了，请另存为 PDF 再传"),
    "ofd-file": mark("OFD 文件收不了，请用阅读软件另存为 PDF 再传"),
    "pdf-encrypted": mark("这个 PDF 设了密码或限制。请打开后“打印”成新的 PDF 再传"),
    "pdf-too-complex": mark("这个 PDF 太复杂，没法检查。请打开后“打印”成新的 PDF，或者拍照再传"),
    "signed-and-active": mark(
        "这个 PDF 有电子签名，里面又有会自己运行的内容或附件，去掉就毁了签名，所以没有收。"
        "请向出具的单位要一份不带这些的，或者打印成新的 PDF 再传"
    ),
    "infected-file": mark("这个文件里查出了病毒，没有收。请先给电脑或手机杀毒，再传一份干净的"),
    "locked-file": mark("这个文件里查出了病毒，已经锁住，谁也打不开。"),
    "being-checked": mark("这个文件正在查毒，查完才能打开。请过几分钟再看。"),
}

REFUSALS: Mapping[str, str] = {
    "invalid-answers": mark("有几处需要改一改"),
    "wait-for-code": mark("验证码刚刚发过，请等一分钟再要"),
    "no-text-messages": mark("本市还没有接通短信，现在发不了验证码"),
    "provider-failed": mark("身份认证平台没有答复，或者答复不对，请再试一次"),
    "provider-refused": mark("您在身份认证平台上取消了"),
    "provider-without-name": mark("身份认证平台没有给出姓名，不能登录"),
    "provider-names-another": mark("认证平台上的姓名和账号上的不一样，没有绑定。姓名写错的，请到窗口更正。"),
    "linked-elsewhere": mark("这个身份已经绑定另一个账号，请退出后用它直接登录"),
    "sign-in-again": mark("这个账号没有密码。为了安全，请退出后重新登录，马上再来办这一步。"),
    "identity-elsewhere": mark("这个身份证号已经核实在另一个账号下，请用那个账号登录"),
    "identity-differs": mark("身份认证平台给出的号码和这个账号核实过的不一样，请到窗口更正"),
    "identity-verified": mark("身份已经核实，不能再改；要更正请到窗口"),
    "real-name-checked": mark("办这件事要先核对身份证号，在“我的账号”里填一次就行"),
    "real-name-verified": mark("办这件事要先由身份认证平台核实身份，请在“我的账号”里核实"),
    "missing-materials": mark("还有材料没有上传"),
    "wrong-stage": mark("这件事已经到了下一步，不能再这样做了"),
    "without-the-post": mark("您没有办这一步的岗位"),
    "incompatible-posts": mark("这两个岗位不能在一个人手里"),
    "not-to-yourself": mark("不能给自己，请让别人来做"),
    "say-why": mark("请写明理由，会记录在案"),
    "no-such-account": mark("没有这个账号"),
    "closed-already": mark("这个账号已经停用"),
    "ended-already": mark("已经结束了"),
    "post-held-already": mark("这段时间已经有这个岗位"),
    "deputy-already": mark("这段时间已经有代理人"),
    "post-not-held": mark("这段时间不全在岗位的任期里"),
    "ends-before-it-starts": mark("结束的日子在开始之前"),
    "needs-another-administrator": mark(
        "密码和验证器，同一个人三天里只能重置一样。另一样请另一位账号管理员来重置"
    ),
    "enrolment-over": mark("绑定验证器的时间过了，请再找账号管理员当面重置一次"),
    "wrong-second-code": mark("验证码不对。请看验证器上现在的数字，再填一遍"),
    "code-used": mark("这个验证码用过了，请等验证器换下一个"),
    "same-password": mark("请换一个和现在不一样的密码"),
    "not-your-unit": mark("这件事不在您的单位"),
    "not-your-case": mark("这件事不在您名下"),
    "without-a-mandate": mark("您现在没有替对方办这件事的权限，请看“我替谁办”"),
    "not-yours-to-give": mark("只有本人，或者单位的代表人，才能委托别人"),
    "not-yours-to-end": mark("这不归您结束"),
    "not-asked-you": mark("这份委托不是请您办的，或者已经答复过了"),
    "names-another": mark("委托书上的姓名和您的姓名不一样，请对方重写一份"),
    "mandate-over": mark("这份委托已经结束了"),
    "too-many-mandates": mark("有效的委托太多了，请先撤销一些"),
    "reason-needed": mark("请写明原因，双方都看得到"),
    "say-what-was-seen": mark("请写明看了什么证件"),
    "organisation-confirmed-already": mark("这个代码已经核实给另一位代表人，请先弄清楚谁代表这个单位"),
    "held-already": mark("这件办件已经在保全"),
    "hold-over": mark("这项保全已经结束"),
    "cases-go-on": mark("还有办件没办完，办完或者撤回以后才能注销"),
    "only-way-in": mark("这个账号没有手机号，也没有密码。解除以后就登不进来了，请先填手机号或者设密码。"),
    "not-linked": mark("没有绑定过"),
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
    "may-not-break": mark("您的岗位不能紧急查看"),
    "no-such-case": mark("没有这件事。请对照办件编号或者查询码再看一遍。"),
    "own-look": mark("这是您自己打开的，要由别人复核"),
    "already-reviewed": mark("已经有人复核过了"),
    "not-a-code": mark("这不是一诺文书上的验证码"),
    "bad-signature": mark("验证码的签名对不上：这份文书不是本局出具的，或者被改过"),
    "not-issued": mark("本局没有出具过这份文书"),
    "no-such-code": mark("没有这个查询码。请对照回执再看一遍；查询码里没有 0、1、O、I 这些容易看错的字。"),
    "wrong-type": mark("只收 PDF、JPG 和 PNG；请按文件真实的格式上传，改后缀没有用"),
}


def field(code: str) -> str:
    """What is wrong with one answer."""
    return _(FIELDS.get(code, FIELDS["bad-format"])) if code not in REFUSALS else _(REFUSALS[code])


def too_often(seconds: int) -> str:
    """When it is worth coming back, in whole seconds below two minutes, else in minutes."""
    if seconds < 120:
        words = ngettext("试得太频繁了。请过 %(n)s 秒再试。", "试得太频繁了。请过 %(n)s 秒再试。", seconds)
        return words % {"n": seconds}
    minutes = -(-seconds // 60)
    words = ngettext("试得太频繁了。请过 %(n)s 分钟再试。", "试得太频繁了。请过 %(n)s 分钟再试。", minutes)
    return words % {"n": minutes}


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
    if no.code == "too-many-pages":
        return _("这个 PDF 超过 %(most)s 页。请分成几个文件再传。") % {"most": no.facts["most"]}
    if no.code == "too-many-files":
        return _("一份材料最多传 %(n)s 个文件") % {"n": no.facts["most"]}
    if no.code == "too-often":
        return too_often(int(str(no.facts["seconds"])))
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

"""What is counted, in plain words, before anything is divided."""

from __future__ import annotations

from collections.abc import Mapping

from yinuo.core.form import Text

# What is counted, in plain words. A day is in the period when it lies between its first and last day.
COUNTS: Mapping[str, Text] = {
    "open": Text(
        "现在还没办完、也不是只等申请人来领的办件",
        "cases that are not finished and do not only wait to be collected",
    ),
    "due-today": Text("在办的办件里，承诺的最后一天就是今天的", "open cases whose promised day is today"),
    "yellow": Text("在办的办件里，快到承诺日的", "open cases that are close to their promised day"),
    "red": Text(
        "在办的办件里，过了承诺日、还没过法定日的",
        "open cases past the promised day and not past the day in law",
    ),
    "violation": Text("在办的办件里，过了法定日的", "open cases past the day in law"),
    "stopped": Text(
        "在办的办件里，时钟依法停着或等申请人补正的",
        "open cases whose clock stands still by law or waits for the applicant",
    ),
    "received": Text("收到日在这段时间里的办件", "cases received in the period"),
    "supplemented": Text("其中发过补正通知的", "of these, cases with a supplement notice"),
    "accepted": Text("受理日在这段时间里的办件", "cases accepted in the period"),
    "deemed": Text("其中因逾期不答复而视为受理的", "of these, cases accepted because the office was silent"),
    "accept-ended": Text(
        "这段时间里答复了是否受理的", "applications answered (accepted or not) in the period"
    ),
    "accept-kept": Text("其中在承诺日当天或以前答复的", "of these, answered on the promised day or before"),
    "accept-bound": Text(
        "这段时间里答复了、法律规定了答复期限的",
        "applications answered in the period for which a law sets a limit",
    ),
    "accept-lawful": Text("其中在法定日当天或以前答复的", "of these, answered on the day in law or before"),
    "decide-ended": Text(
        "这段时间里作出决定的，撤回和失效的不算",
        "decisions made in the period; what was withdrawn or lapsed is left out",
    ),
    "decide-kept": Text("其中在承诺日当天或以前决定的", "of these, decided on the promised day or before"),
    "decide-bound": Text(
        "这段时间里作出决定、法律规定了期限的", "decisions made in the period for which a law sets a limit"
    ),
    "decide-lawful": Text("其中在法定日当天或以前决定的", "of these, decided on the day in law or before"),
    "deliver-ended": Text("这段时间里把结果交给申请人的", "results handed over in the period"),
    "deliver-kept": Text("其中在承诺日当天或以前交的", "of these, on the promised day or before"),
    "deliver-bound": Text(
        "这段时间里交了结果、法律规定了期限的",
        "results handed over in the period for which a law sets a limit",
    ),
    "deliver-lawful": Text("其中在法定日当天或以前交的", "of these, on the day in law or before"),
    "extended": Text("其中延长过期限的", "of these, those whose limit was extended"),
    "decided": Text("决定日在这段时间里的办件", "cases decided in the period"),
    "denied": Text("决定不予办理的", "cases denied"),
    "refused": Text(
        "不予受理的；转给别的机关的不算",
        "applications refused; those passed to another authority are left out",
    ),
    "closed": Text("这段时间里办结的办件", "cases closed in the period"),
    "closed-rated": Text("其中申请人给了评价的", "of these, cases that their applicants rated"),
    "rating-1": Text("非常满意", "very satisfied"),
    "rating-2": Text("满意", "satisfied"),
    "rating-3": Text("基本满意", "fairly satisfied"),
    "rating-4": Text("不满意", "dissatisfied"),
    "rating-5": Text("非常不满意", "very dissatisfied"),
    "rating-out": Text(
        "别的单位审定申诉成立、不再计入的评价", "ratings taken out because another unit upheld an appeal"
    ),
    "remedies-due": Text(
        "这段时间里到期的差评整改事务：核实、答复、整改、回访各算一件",
        "duties from bad ratings that fell due in the period: verifying, answering, putting right,"
        " calling back, one each",
    ),
    "remedies-kept": Text("其中在期限内做完的", "of these, done in time"),
    "remedies-broken": Text(
        "其中没在期限内做完的，做完得晚和到现在没做的都算",
        "of these, not done in time: late, or not done to this day",
    ),
    "bad-ratings": Text(
        "这段时间里的差评（不满意、非常不满意）；申诉成立的不算",
        "bad ratings given in the period; those taken out by an upheld appeal are left out",
    ),
    "called-back": Text("其中已经回访的", "of these, followed by a call"),
    "card-yellow": Text("这段时间里发出的黄牌", "yellow cards given in the period"),
    "card-red": Text("这段时间里发出的红牌", "red cards given in the period"),
}

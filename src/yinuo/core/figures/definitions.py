"""Every figure as data: its name, what it says, what is divided by what. Pages, downloads and the reference
are made from these lines, so that none of them can say something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yinuo.core.figures.counted import COUNTS
from yinuo.core.figures.tally import Tally
from yinuo.core.form import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """`numerator` over `denominator`; a plain count has no denominator, a percentile no numerator.

    base: the group in which somebody might be recognised when it is small; of a count, what it is a part of.
    unit: count | percent | working-days. `is_now`: as of this moment, whatever the period.
    """

    key: str
    name: Text
    about: Text
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    percentile: int = 0
    is_now: bool = False

    @property
    def unit(self) -> str:
        if self.percentile:
            return "working-days"
        return "percent" if self.denominator else "count"


def _now(key: str, zh: str, en: str, about: Text) -> Figure:
    return Figure(key, Text(zh, en), about, (key,), base=("open",), is_now=True)


def _rate(key: str, name: Text, about: Text, numerator: str, denominator: str) -> Figure:
    top, bottom = tuple(numerator.split()), tuple(denominator.split())
    return Figure(key, name, about, top, bottom, bottom)


def _count(key: str, name: Text, about: Text, base: str = "") -> Figure:
    return Figure(key, name, about, (key,), base=tuple(base.split()) or (key,))


def _kept(key: str, zh: str, en: str) -> tuple[Figure, Figure]:
    """Both clocks of one kind of promise."""
    promised = Text(
        "晚一天也算没按时。还没做完的不在这里，在“超过承诺时限”里。",
        "One day late is late. What is not done yet is not in here but under “past the promised day”.",
    )
    lawful = Text(
        "只算法律规定了期限的。晚一天也算。", "Only where a law sets a limit. One day late is late."
    )
    return (
        _rate(
            f"{key}-on-time", Text(f"{zh}按时率", f"{en} on time"), promised, f"{key}-kept", f"{key}-ended"
        ),
        _rate(
            f"{key}-within-law",
            Text(f"{zh}守法率", f"{en} within the law"),
            lawful,
            f"{key}-lawful",
            f"{key}-bound",
        ),
    )


_RATINGS = " ".join(f"rating-{level}" for level in range(1, 6))
_NEAREST = Text(
    "把每一件真正用掉的工作日从少到多排好，停表的日子不数；取排在这个名次上的那一件（最近名次法，不插值）。",
    "The working days really used by each, smallest first, stopped days taken out; the one at this"
    " rank is taken (nearest rank, nothing is interpolated).",
)
FIGURES: tuple[Figure, ...] = (
    _now("open", "在办", "Open", Text("此刻的件数。", "As of this moment.")),
    _now("due-today", "今天到期", "Due today", Text("此刻的件数。", "As of this moment.")),
    _now(
        "yellow",
        "快到期",
        "Close to due",
        Text(
            "剩三分之一期限或两个工作日，以先到的为准。",
            "A third of the limit or two working days left, whichever comes first.",
        ),
    ),
    _now(
        "red",
        "超过承诺时限",
        "Past the promised day",
        Text("办完以后，迟办也会一直留着。", "Once done, it stays marked as late for ever."),
    ),
    _now(
        "violation",
        "超过法定时限",
        "Past the day in law",
        Text("违反法律的期限。", "A limit of the law is broken."),
    ),
    _now(
        "stopped",
        "停表",
        "Stopped",
        Text(
            "这些日子依法不数；为什么停，见停表一栏。",
            "These days do not count by law; why, see the table of stops.",
        ),
    ),
    _count("received", Text("收到", "Received"), Text("一次申请算一件。", "One application is one case.")),
    *_kept("decide", "决定", "Decided"),
    *_kept("accept", "受理答复", "Answered"),
    *_kept("deliver", "送达", "Handed over"),
    Figure(
        "median",
        Text("一半办件用时", "Half take"),
        _NEAREST,
        denominator=("decide-ended",),
        base=("decide-ended",),
        percentile=50,
    ),
    Figure(
        "p90",
        Text("九成办件用时", "Nine of ten take"),
        _NEAREST,
        denominator=("decide-ended",),
        base=("decide-ended",),
        percentile=90,
    ),
    _rate(
        "supplement-rate",
        Text("补正率", "Supplement rate"),
        Text("要申请人回头再交一次的。", "What applicants had to hand in a second time."),
        "supplemented",
        "received",
    ),
    _rate(
        "refusal-rate",
        Text("不予率", "Refusal rate"),
        Text(
            "不予受理和不予办理的，每一件都要写明理由和救济途径。",
            "Refused or denied; each with its reasons and the ways to appeal.",
        ),
        "refused denied",
        "decided refused",
    ),
    _rate(
        "extension-rate",
        Text("延长率", "Extension rate"),
        Text("经负责人批准延长一次的。", "Extended once, by the right leader."),
        "extended",
        "decide-ended",
    ),
    _rate(
        "deemed",
        Text("视为受理", "Accepted by silence"),
        Text("到期不答复，法律视为受理。", "No answer in time is an acceptance by law."),
        "deemed",
        "accepted",
    ),
    _rate(
        "satisfaction",
        Text("满意率", "Satisfaction"),
        Text(
            "五级里的前三级 ÷ 全部评价。没有评价的从不算好评；申诉成立剔除的另列。",
            "The first three of five levels out of all ratings. No rating is never a good one; those taken"
            " out are shown apart.",
        ),
        "rating-1 rating-2 rating-3",
        _RATINGS,
    ),
    *(
        _count(
            f"rating-{n}",
            COUNTS[f"rating-{n}"],
            Text("这段时间里整件办件的评价。", "Ratings of whole cases in the period."),
            _RATINGS,
        )
        for n in range(1, 6)
    ),
    _count(
        "rating-out",
        Text("剔除的评价", "Ratings taken out"),
        Text(
            "申诉成立的差评，不在满意率里，也不藏起来。", "Not part of satisfaction, and not hidden either."
        ),
        f"{_RATINGS} rating-out",
    ),
    _rate(
        "rating-rate",
        Text("主动评价率", "Rated by applicants"),
        Text("评价自愿；没有评价的只是没有评价。", "Rating is voluntary; no rating is just that."),
        "closed-rated",
        "closed",
    ),
    _count(
        "remedies-due",
        Text("差评整改到期", "Remedies due"),
        Text(
            "每一个差评都要核实、答复、整改、回访。",
            "Each bad rating has to be verified, answered, put right and followed by a call.",
        ),
    ),
    _count(
        "remedies-kept",
        Text("整改按时", "Remedies in time"),
        Text("在期限内做完的。", "Done in time."),
        "remedies-due",
    ),
    _count(
        "remedies-broken",
        Text("整改没按时", "Remedies not in time"),
        Text("做完得晚和没做的都算。", "Late, or not done."),
        "remedies-due",
    ),
    _rate(
        "call-back-rate",
        Text("差评回访率", "Bad ratings called back"),
        Text("打过回访电话的差评。", "Bad ratings after which somebody called."),
        "called-back",
        "bad-ratings",
    ),
    _count(
        "card-yellow",
        Text("黄牌", "Yellow cards"),
        Text("监督人发给单位的。", "Given to units by supervisors."),
        "received",
    ),
    _count(
        "card-red",
        Text("红牌", "Red cards"),
        Text("监督人发给单位的。", "Given to units by supervisors."),
        "received",
    ),
)
_BY_KEY = {one.key: one for one in FIGURES}


@dataclass(frozen=True, slots=True)
class Value:
    """`amount`: the count, the share (0 to 1) or the working days; None where there is nothing to divide by.

    numerator: of a percentile the rank that was taken. base: how many the group has.
    """

    numerator: int
    denominator: int | None
    amount: float | None
    base: int


def figure(key: str) -> Figure:
    """Raises KeyError for a key that is none."""
    return _BY_KEY[key]


def value(one: Figure, tally: Tally) -> Value:
    base = tally.total(*one.base)
    if one.percentile:
        rank, days = nearest_rank(tally.days.items(), one.percentile)
        return Value(rank, sum(tally.days.values()), days, base)
    top = tally.total(*one.numerator)
    if not one.denominator:
        return Value(top, None, top, base)
    bottom = tally.total(*one.denominator)
    return Value(top, bottom, top / bottom if bottom else None, base)


def values(tally: Tally) -> dict[str, Value]:
    return {one.key: value(one, tally) for one in FIGURES}


def nearest_rank(days: Iterable[tuple[int, int]], percent: int) -> tuple[int, int | None]:
    """The rank, and the number of days at it: the smallest that at least `percent` % do not exceed."""
    held = sorted(days)
    total = sum(n for _, n in held)
    rank = -(-total * percent // 100)
    seen = 0
    for length, n in held:
        seen += n
        if n and seen >= rank:
            return rank, length
    return 0, None


@dataclass(frozen=True, slots=True)
class Stopping:
    """Why clocks stood still, how often, and for how many working days in all."""

    kind: str
    ground: str
    times: int
    days: int


def stops(tally: Tally) -> list[Stopping]:
    """The most frequent reason first."""
    found = [Stopping(*why, n, tally.stopped[why]) for why, n in tally.stops.items() if n]
    return sorted(found, key=lambda one: (-one.times, one.kind, one.ground))

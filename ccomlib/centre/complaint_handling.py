"""投诉怎么办：多久回复、多久办结、客户满不满意，谁又来了、谁往上告了？"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from .complaint_cases import CASES, CHANNELS, Cases, on_duty_agent
from .days import Duty
from .office import into_day
from .people import Staff
from .text import labels

__all__ = [
    "APPROVERS",
    "DATA_END",
    "FOLLOW_UP",
    "LEVELS",
    "PROMISE",
    "Handling",
    "Rates",
    "come_back",
    "handle",
    "outcome",
]

LEVELS = ("一线", "主管", "总部", "监管媒体")
EXTERNAL = ("", "12315", "消协", "媒体", "短视频")
FOLLOW_UP = ("未回访", "满意", "不满意")
APPROVERS = ("", "一线", "班长", "主管")
# 一线、班长、主管各能批到多少元
LIMITS = (50, 200)
UNDER_LEVEL = 0.18
# 各二级原因承诺的办结小时，次序同 REASONS["投诉"]
PROMISE = np.array([72, 72, 48, 24, 48, 72])
FIRST_RESPONSE, RESPONSE_SPREAD = 4.0, 1.2
NOT_CALLED = 0.15
# 兑现了与没有兑现的，打通回访的里面说满意的比例
PLEASED = (0.38, 0.72)
SECOND = 1_000_000
DATA_END = np.datetime64("2025-06-30", "us")


@dataclass(frozen=True, eq=False)
class Rates:
    """哪个班组慢、什么让人再来；见 ``ComplaintsTruth``。"""

    slow_team: int
    slow_team_factor: float
    slow_hours: float
    promise_ratio: float
    slow_ratio: float
    unhappy_ratio: float


@dataclass(frozen=True, eq=False)
class Handling:
    """一批投诉的办理，一件一个值。"""

    response: np.ndarray
    """首次响应小时。"""
    closed: np.ndarray
    """办结的时刻，可能在数据截止以后。"""
    met: np.ndarray
    """有没有在承诺时限内办结；还没有办结的，到 6 月 29 日为止超没超。"""
    follow: np.ndarray
    """回访结果，``FOLLOW_UP`` 的序号。"""
    risk: np.ndarray
    """越级的可能是办得好的多少倍。"""
    again: np.ndarray
    """重复的可能是办得好的多少倍。"""

    def join(self, other: Handling) -> Handling:
        """两批接起来。"""
        names = [field.name for field in fields(self)]
        return Handling(*(np.append(getattr(self, n), getattr(other, n)) for n in names))


def handle(
    rates: Rates, staff: Staff, cases: Cases, phone: np.ndarray, rng: np.random.Generator
) -> Handling:
    """办一批投诉；回复与办结都在白天，没有登记电话的（``phone`` 为假）无从回访。"""
    count = len(cases.opened)
    slow_team = staff.team[cases.agent] == rates.slow_team
    factor = np.where(slow_team, rates.slow_team_factor, 1.0)
    natural = FIRST_RESPONSE * factor * np.exp(RESPONSE_SPREAD * rng.standard_normal(count))
    natural = np.round(np.clip(natural, 0.1, 96), 3)
    replied = into_day(after(cases.opened, natural), rng, opens=8, closes=21.5, spread=1.5)
    response = np.round(hours(replied - cases.opened), 1)
    work = 0.55 * np.exp(0.6 * rng.standard_normal(count)) * PROMISE[cases.reason]
    length = np.maximum(0.3 * natural + work + 0.5, response + 0.2)
    closed = into_day(after(cases.opened, np.round(length, 3)), rng)
    spent = np.minimum(closed, DATA_END) - cases.opened
    met = hours(spent) <= PROMISE[cases.reason]
    pleased = np.where(met, PLEASED[1], PLEASED[0])
    mood = rng.random(count)
    follow = np.where(mood < NOT_CALLED, 0, np.where(rng.random(count) < pleased, 1, 2))
    follow = np.where(phone & (closed < DATA_END), follow, 0)
    risk = np.where(met, 1.0, rates.promise_ratio)
    risk = risk * np.where(response > rates.slow_hours, rates.slow_ratio, 1.0)
    return Handling(
        response, closed, met, follow, risk, risk * np.where(follow == 2, rates.unhappy_ratio, 1.0)
    )


def after(moment: np.ndarray, length: np.ndarray) -> np.ndarray:
    """若干小时以后。"""
    return moment + (np.rint(length * 3600).astype(np.int64) * SECOND).astype("timedelta64[us]")


def hours(length: np.ndarray) -> np.ndarray:
    """时间差是多少小时。"""
    return length.astype(np.int64) / (3600 * SECOND)


def come_back(
    duty: Duty, staff: Staff, cases: Cases, done: Handling, rng: np.random.Generator
) -> tuple[Cases, np.ndarray]:
    """办得不好的更容易在办结后 1–25 天的白天再来；恰好 400 件。"""
    count = len(cases.opened)
    wait = rng.integers(86_400, 25 * 86_400, count)
    again = done.closed + (wait * SECOND).astype("timedelta64[us]")
    again = into_day(again, rng, opens=8, closes=22, spread=4)
    key = rng.exponential(size=count) / done.again
    key[again >= np.datetime64("2025-06-29T22:00")] = np.inf
    old = np.sort(np.argsort(key, kind="stable")[: CASES["重复"]])
    day = (again[old] - cases.first_day).astype("timedelta64[D]").astype(int)
    return (
        Cases(
            opened=again[old],
            customer=cases.customer[old],
            agent=on_duty_agent(duty, staff, day, rng),
            call=np.full(len(old), -1),
            channel=rng.integers(1, len(CHANNELS), len(old)),
            reason=cases.reason[old],
            node=cases.node[old],
            station=cases.station[old],
            person=cases.person[old],
            first_day=cases.first_day,
        ),
        old,
    )


def outcome(
    cases: Cases, done: Handling, repeat_of: np.ndarray, rng: np.random.Generator
) -> dict[str, object]:
    """办得怎么样：办结时间、有没有往上告、转了几次、赔了多少、回访怎么说。"""
    count = len(cases.opened)
    still_open = done.closed >= DATA_END
    never = np.datetime64("NaT", "us")
    chance = 0.03 * done.risk * np.where(repeat_of >= 0, 1.6, 1.0)
    up = rng.random(count) < np.minimum(chance, 0.9)
    level = np.where(up, 1 + np.searchsorted([0.5, 0.8], rng.random(count)), 0)
    # 没有兑现的，过了承诺的时限才往上告；兑现了的，办的中间
    spent = hours(np.minimum(done.closed, DATA_END) - cases.opened)
    promise = PROMISE[cases.reason]
    part = rng.random(count)
    at = np.where(done.met, (0.3 + 0.6 * part) * spent, promise + part * (spent - promise))
    raised = after(cases.opened, np.round(at, 3))
    outside = level == LEVELS.index("监管媒体")
    channel = np.where(outside, rng.integers(1, len(EXTERNAL), count), 0)
    limit = raised + (rng.integers(3, 11, count) * 86_400 * SECOND).astype("timedelta64[us]")
    hops = rng.poisson(np.where(done.response > 12, 1.4, 0.6))
    paid = (rng.random(count) < np.where(done.met, 0.22, 0.5)) & ~still_open
    amount = np.where(paid, 10 * rng.integers(3, 41, count), 0)
    due = 1 + np.searchsorted(LIMITS, amount)
    under = rng.random(count) < UNDER_LEVEL
    approver = np.where(paid, np.maximum(due - under, 1), 0)
    late = after(cases.opened, done.response) >= DATA_END
    return {
        "办结时间": np.where(still_open, never, done.closed),
        "首次响应小时": np.where(late, np.nan, done.response),
        "渠道层级": labels(LEVELS, level),
        "越级时间": np.where(up, raised, never),
        "外部渠道": labels(EXTERNAL, channel),
        "外部期限": np.where(outside, limit, never),
        "转办次数": hops,
        "补偿金额": amount,
        "批准层级": labels(APPROVERS, approver),
        "越级": up,
        "回访结果": labels(FOLLOW_UP, done.follow),
    }

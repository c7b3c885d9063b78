"""投诉：谁在哪天、为什么投诉，办得怎么样，有没有再来、有没有往上告？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calls import CUSTOMERS, Calls
from .columns import flag, moment, number, whole, words
from .complaint_cases import CASES, CHANNELS, Cases, first_cases, on_duty_agent
from .days import Duty
from .dialogue import VOICES
from .field import NODES, STATIONS, RootCause, worker_names
from .people import TEAMS, Staff
from .registry import table, truth
from .text import labels, numbered_labels

__all__ = ["ComplaintsTruth", "complaints", "complaints_daily", "complaints_truth"]

LEVELS = ("一线", "主管", "总部", "监管媒体")
WANTS = ("", "尽快维修", "退货退款", "免费更换", "赔礼道歉", "赔偿损失", "说明原因")
MODELS = ("", "KFR-35", "KFR-50", "BCD-258", "BCD-420", "XQG-80", "XQG-100", "RSQ-16", "RSQ-20")
DEADLINES = ("", "当天", "三天内", "一周内")
FOLLOW_UP = ("未回访", "满意", "不满意")
# 各二级原因承诺的办结小时，次序同 REASONS["投诉"]
PROMISE = np.array([72, 72, 48, 24, 48, 72])
FIRST_RESPONSE, RESPONSE_SPREAD = 4.0, 1.2
SLOW = 12.0
MISSING = 0.06
VOICE_POOL = [line for lines in VOICES for line in lines]
PER_REASON = len(VOICES[0])
SECOND = 1_000_000
DATA_END = np.datetime64("2025-06-30", "us")


@dataclass(frozen=True, eq=False)
class ComplaintsTruth:
    """投诉里埋下的真相。"""

    root: RootCause
    """投诉变多的那一天与它的根源。"""
    extra_cases: int
    """由这个根源多出来的首次投诉件数。"""
    repeats: int
    """重复投诉件数：同一客户、同一二级原因，在前一次办结后 30 天内再来。"""
    promise_ratio: float
    """没有兑现承诺的，重复与越级的可能是兑现了的多少倍（比率尺度，未封顶）。"""
    slow_ratio: float
    """首次响应超过 slow_hours 的，重复与越级的可能是其他的多少倍。"""
    slow_hours: float
    slow_team: str
    """首次响应普遍慢的班组（首接工号所在的班组）。"""
    slow_team_factor: float
    careless_team: str
    """登记信息缺得最多的班组。"""
    careless_missing: float
    """该班组每个登记栏缺失的概率；其他班组为 0.06。"""


@truth(
    "投诉：哪天变多、根源在谁、什么让人重复与越级（complaints、complaints_daily）",
    stream="complaints.truth.handling",
)
def complaints_truth(root_cause: RootCause, rng: np.random.Generator) -> ComplaintsTruth:
    """由种子定下投诉处理里的规律。"""
    slow, careless = rng.choice(TEAMS, 2, replace=False) + 1
    return ComplaintsTruth(
        root=root_cause,
        extra_cases=CASES["多出"],
        repeats=CASES["重复"],
        promise_ratio=4.0,
        slow_ratio=2.5,
        slow_hours=SLOW,
        slow_team=f"{slow}组",
        slow_team_factor=3.0,
        careless_team=f"{careless}组",
        careless_missing=0.28,
    )


@dataclass(frozen=True, eq=False)
class Handling:
    """一批投诉的办理，一件一个值。"""

    response: np.ndarray
    """首次响应小时。"""
    seconds: np.ndarray
    """从受理到办结的秒数。"""
    met: np.ndarray
    """有没有在承诺时限内办结；还没有办结的，到 6 月 29 日为止超没超。"""
    risk: np.ndarray
    """重复与越级的可能是办得好的多少倍。"""

    def join(self, other: Handling) -> Handling:
        """两批接起来。"""
        names = ("response", "seconds", "met", "risk")
        return Handling(*(np.append(getattr(self, n), getattr(other, n)) for n in names))


def _handle(
    truth: ComplaintsTruth, staff: Staff, cases: Cases, rng: np.random.Generator
) -> Handling:
    count = len(cases.opened)
    slow_team = staff.team[cases.agent] == int(truth.slow_team[:-1]) - 1
    factor = np.where(slow_team, truth.slow_team_factor, 1.0)
    response = FIRST_RESPONSE * factor * np.exp(RESPONSE_SPREAD * rng.standard_normal(count))
    response = np.round(np.clip(response, 0.1, 96), 1)
    work = 0.55 * np.exp(0.6 * rng.standard_normal(count)) * PROMISE[cases.reason]
    seconds = np.rint(np.round((0.3 * response + work + 0.5) * 3600, 3))
    seconds = np.maximum(seconds, np.rint(response * 3600) + 600).astype(np.int64)
    spent = np.minimum(seconds, (DATA_END - cases.opened).astype(np.int64) // SECOND)
    met = spent <= PROMISE[cases.reason] * 3600
    risk = np.where(met, 1.0, truth.promise_ratio)
    return Handling(response, seconds, met, risk * np.where(response > SLOW, truth.slow_ratio, 1.0))


def _come_back(
    duty: Duty, cases: Cases, done: Handling, rng: np.random.Generator
) -> tuple[Cases, np.ndarray]:
    """办得不好的更容易在办结后 1–25 天再来；恰好 400 件。"""
    count = len(cases.opened)
    wait = rng.integers(86_400, 25 * 86_400, count)
    again = cases.opened + ((done.seconds + wait) * SECOND).astype("timedelta64[us]")
    key = rng.exponential(size=count) / done.risk
    key[again >= np.datetime64("2025-06-29T22:00")] = np.inf
    old = np.sort(np.argsort(key, kind="stable")[: CASES["重复"]])
    day = (again[old] - cases.first_day).astype("timedelta64[D]").astype(int)
    return (
        Cases(
            opened=again[old],
            customer=cases.customer[old],
            agent=on_duty_agent(duty, day, rng),
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


@table(
    "投诉工单",
    "一件投诉，2,400 件，180 天",
    key=("工单号",),
    columns=(
        words("工单号", "按受理时间编号"),
        words("客户号", "谁投诉的，与客户编号相同"),
        words("通话编号", "电话来的是哪一通，见 calls_sample；其他渠道是空字"),
        moment("受理时间", "什么时候受理"),
        moment("办结时间", "什么时候办结；到 6 月 29 日还没有办结的为空", blank=True),
        words("进线渠道", "电话、在线客服、微信、门店"),
        words("渠道层级", "告到哪里：一线、主管、总部、监管媒体"),
        words("一级原因", "为什么投诉"),
        words("二级原因", "为什么投诉，细一层"),
        words("责任节点", "哪个服务节点的责任"),
        words("责任单位", "哪个班组或网点"),
        words("责任人", "工号，或外场人员的编号"),
        words("首接工号", "谁第一个接的，见 agents"),
        number("首次响应小时", "受理以后多久第一次回复客户", "小时"),
        whole("承诺小时", "答应多久办结", "小时"),
        flag("承诺兑现", "在承诺时限内办结；没有办结的，表示还没有超过"),
        whole("转办次数", "转给别人几次", "次"),
        whole("补偿金额", "赔了多少", "元"),
        flag("越级", "往上告了"),
        words("回访结果", "满意、不满意、未回访"),
        words("重复自", "是哪一件的重复投诉；首次的是空字"),
        words("客户描述", "客户的原话"),
        words("联系电话", "登记的电话；漏登的是空字"),
        words("产品型号", "登记的型号；漏登的是空字"),
        words("客户诉求", "登记的诉求；漏登的是空字"),
        words("期望时限", "登记的时限；漏登的是空字"),
    ),
)
def complaints(
    complaints_truth: ComplaintsTruth,
    root_cause: RootCause,
    staff: Staff,
    intervals: Intervals,
    duty: Duty,
    calls: Calls,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """2,400 件投诉，按受理时间排。

    Notes
    -----
    电话渠道的投诉来自抽样里接起的投诉电话，客户、首接工号与原因都与那通电话相同；
    其他渠道的首接工号是当天有投诉技能的上班的人。到 6 月 29 日还没有办结的，办结时间为空，
    承诺兑现为真表示还没有超过承诺小时。
    """
    truth, reasons = complaints_truth, calls.reasons
    first = first_cases(intervals, duty, calls, root_cause, rng)
    done = _handle(truth, staff, first, rng)
    later, source = _come_back(duty, first, done, rng)
    cases, done = first.join(later), done.join(_handle(truth, staff, later, rng))
    repeat_of = np.append(np.full(len(first.opened), -1), source)

    count, team = len(cases.opened), staff.team[cases.agent]
    order = np.argsort(cases.opened, kind="stable")
    number = numbered_labels("TS", count, 4)
    call = labels(numbered_labels("C", len(calls.day), 6), np.maximum(cases.call, 0))
    call[cases.call < 0] = ""
    earlier = labels(number, np.argsort(order)[np.maximum(repeat_of, 0)])
    earlier[repeat_of < 0] = ""
    code = cases.reason + len(reasons[0]) - 1 - len(PROMISE)
    units = [*STATIONS, *(f"{i}组" for i in range(1, TEAMS + 1))]
    owners = np.append(worker_names(), staff.number)
    at_desk = cases.node == 0
    owner = np.where(at_desk, len(worker_names()) + cases.agent, cases.person)
    story = rng.integers(0, PER_REASON, count)
    outcome = _outcome(cases, done, repeat_of, rng)
    table = {
        "客户号": labels(numbered_labels("K", CUSTOMERS, 5), cases.customer),
        "通话编号": call,
        "受理时间": cases.opened,
        "办结时间": outcome.pop("办结时间"),
        "进线渠道": labels(CHANNELS, cases.channel),
        "渠道层级": outcome.pop("渠道层级"),
        "一级原因": labels(reasons[0], code),
        "二级原因": labels(reasons[1], code),
        "责任节点": labels(NODES, cases.node),
        "责任单位": labels(units, np.where(at_desk, len(STATIONS) + team, cases.station)),
        "责任人": labels(owners, owner),
        "首接工号": labels(staff.number, cases.agent),
        "首次响应小时": done.response,
        "承诺小时": PROMISE[cases.reason],
        "承诺兑现": done.met,
        **outcome,
        "重复自": earlier,
        "客户描述": labels(VOICE_POOL, cases.reason * PER_REASON + story),
        **_intake(truth, team, repeat_of, rng),
    }
    frame = pd.DataFrame(table).take(order).reset_index(drop=True)
    frame.insert(0, "工单号", number.copy())
    return frame


def _outcome(
    cases: Cases, done: Handling, repeat_of: np.ndarray, rng: np.random.Generator
) -> dict[str, object]:
    """办得怎么样：办结时间、有没有往上告、转了几次、赔了多少、回访怎么说。"""
    count, met = len(cases.opened), done.met
    closed = cases.opened + (done.seconds * SECOND).astype("timedelta64[us]")
    still_open = closed >= DATA_END
    chance = 0.03 * done.risk * np.where(repeat_of >= 0, 1.6, 1.0)
    up = rng.random(count) < np.minimum(chance, 0.9)
    level = np.where(up, 1 + np.searchsorted([0.5, 0.8], rng.random(count)), 0)
    hops = rng.poisson(np.where(done.response > SLOW, 1.4, 0.6))
    paid = (rng.random(count) < np.where(met, 0.22, 0.5)) & ~still_open
    mood = rng.random(count)
    pleased = np.where(met, 0.72, 0.38)
    follow = np.where(mood < 0.15, 0, np.where(mood < 0.15 + 0.85 * pleased, 1, 2))
    return {
        "办结时间": np.where(still_open, np.datetime64("NaT", "us"), closed),
        "渠道层级": labels(LEVELS, level),
        "转办次数": hops,
        "补偿金额": np.where(paid, 10 * rng.integers(3, 41, count), 0),
        "越级": up,
        "回访结果": labels(FOLLOW_UP, np.where(still_open, 0, follow)),
    }


def _intake(
    truth: ComplaintsTruth, team: np.ndarray, repeat_of: np.ndarray, rng: np.random.Generator
) -> dict[str, object]:
    """登记的四栏，有缺的为空字；再来的客户，电话与产品还是原来的。"""
    count = len(team)
    careless = team == int(truth.careless_team[:-1]) - 1
    lost = rng.random((count, 4)) < np.where(careless, truth.careless_missing, MISSING)[:, None]
    tail, model, want, by_when = (
        rng.integers(1, top, count) for top in (10_000, len(MODELS), len(WANTS), len(DEADLINES))
    )
    same = np.where(repeat_of >= 0, repeat_of, np.arange(count))
    phone = labels(numbered_labels("尾号", 9_999, 4), tail[same] - 1)
    phone[lost[:, 0]] = ""
    return {
        "联系电话": phone,
        "产品型号": labels(MODELS, np.where(lost[:, 1], 0, model[same])),
        "客户诉求": labels(WANTS, np.where(lost[:, 2], 0, want)),
        "期望时限": labels(DEADLINES, np.where(lost[:, 3], 0, by_when)),
    }


@table(
    "日投诉量",
    "一天，180 天",
    key=("日期",),
    columns=(
        moment("日期", "哪一天"),
        whole("投诉件数", "当天受理的投诉", "件"),
        whole("呼入量", "四个队列的来电", "通"),
        whole("投诉队列呼入量", "投诉队列的来电", "通"),
        number("万通投诉", "= 投诉件数 ÷ 呼入量 × 10,000", "件/万通"),
    ),
)
def complaints_daily(complaints: pd.DataFrame, intervals: Intervals) -> pd.DataFrame:
    """180 天每天的投诉件数，与当天的来电量、投诉队列来电量放在一起。"""
    data = intervals
    day = (complaints["受理时间"].to_numpy() - data.days.date[0]).astype("timedelta64[D]")
    cases = np.bincount(day.astype(int), minlength=len(data.days))
    calls = data.calls.sum(axis=1)
    return pd.DataFrame(
        {
            "日期": data.days.date.astype("datetime64[us]"),
            "投诉件数": cases,
            "呼入量": calls.sum(axis=1),
            "投诉队列呼入量": calls[:, 3],
            "万通投诉": np.round(cases / calls.sum(axis=1) * 10_000, 2),
        }
    )

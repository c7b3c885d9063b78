"""投诉：谁在哪天、为什么投诉，办得怎么样，有没有再来、有没有往上告？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calls import CUSTOMERS, Calls
from .columns import flag, moment, number, whole, words
from .complaint_cases import CASES, CHANNELS, first_cases
from .complaint_handling import PROMISE, Rates, come_back, handle, outcome
from .days import Duty
from .dialogue import SAFETY_VOICES, VOICES
from .field import NODES, STATIONS, RootCause, worker_names
from .people import TEAMS, Staff
from .registry import table, truth
from .text import labels, numbered_labels
from .truth import Planted

__all__ = ["ComplaintsTruth", "complaints", "complaints_daily", "complaints_truth"]

WANTS = ("", "尽快维修", "退货退款", "免费更换", "赔礼道歉", "赔偿损失", "说明原因")
MODELS = ("", "KFR-35", "KFR-50", "BCD-258", "BCD-420", "XQG-80", "XQG-100", "RSQ-16", "RSQ-20")
DEADLINES = ("", "当天", "三天内", "一周内")
SLOW = 12.0
MISSING = 0.06
VOICE_POOL = [line for lines in VOICES for line in lines] + list(SAFETY_VOICES)
PER_REASON = len(VOICES[0])
# 会出安全事的二级原因（维修质量两样、产品质量），次序同 REASONS["投诉"]
DANGEROUS = (0, 1, 5)
SAFETY_CASES = 30


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
    unhappy_ratio: float
    """回访说不满意的，重复的可能是其他的多少倍。"""
    safety_cases: int
    """等级为“安全”的件数（漏电、燃气），客户描述里看得出来。"""
    slow_team: str
    """首次响应普遍慢的班组（首接工号所在的班组）。"""
    slow_team_factor: float
    careless_team: str
    """登记信息缺得最多的班组。"""
    careless_missing: float
    """该班组每个登记栏缺失的概率；其他班组为 0.06。"""


@truth("投诉：哪天变多、根源在谁、什么让人重复与越级（complaints、complaints_daily）")
def complaints_truth(root_cause: RootCause, planted: Planted) -> ComplaintsTruth:
    """由种子定下投诉处理里的规律。"""
    return ComplaintsTruth(
        root=root_cause,
        extra_cases=CASES["多出"],
        repeats=CASES["重复"],
        promise_ratio=4.0,
        slow_ratio=2.5,
        slow_hours=SLOW,
        unhappy_ratio=2.0,
        safety_cases=SAFETY_CASES,
        slow_team=planted.teams[3],
        slow_team_factor=3.0,
        careless_team=planted.teams[4],
        careless_missing=0.28,
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
        words("等级", "一般；涉及漏电、燃气的是“安全”"),
        words("渠道层级", "告到哪里：一线、主管、总部、监管媒体"),
        moment("越级时间", "什么时候往上告的；没有越级的为空", blank=True),
        words("外部渠道", "告到监管媒体的是哪一家；其余是空字"),
        moment("外部期限", "外部要求什么时候答复；没有的为空", blank=True),
        words("一级原因", "为什么投诉"),
        words("二级原因", "为什么投诉，细一层"),
        words("责任节点", "哪个服务节点的责任"),
        words("责任单位", "哪个班组或网点"),
        words("责任人", "工号，或外场人员的编号"),
        words("首接工号", "谁第一个接的，见 agents"),
        number(
            "首次响应小时",
            "受理以后多久第一次回复客户；到 6 月 29 日还没有回复的为空",
            "小时",
            blank=True,
        ),
        whole("承诺小时", "答应多久办结", "小时"),
        flag("承诺兑现", "在承诺时限内办结；没有办结的，表示还没有超过"),
        whole("转办次数", "转给别人几次", "次"),
        whole("补偿金额", "赔了多少", "元"),
        words("批准层级", "谁批的补偿：一线、班长、主管；没有补偿的是空字"),
        flag("越级", "往上告了"),
        words("回访结果", "满意、不满意、未回访"),
        words("重复自", "是哪一件的重复投诉；首次的是空字"),
        words("客户描述", "客户的原话"),
        words("联系电话", "登记的电话；漏登的是空字，回访不了"),
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
    rates = Rates(
        slow_team=int(truth.slow_team[:-1]) - 1,
        slow_team_factor=truth.slow_team_factor,
        slow_hours=truth.slow_hours,
        promise_ratio=truth.promise_ratio,
        slow_ratio=truth.slow_ratio,
        unhappy_ratio=truth.unhappy_ratio,
    )
    first = first_cases(intervals, duty, staff, calls, root_cause, rng)
    lost = _lost(truth, staff.team[first.agent], rng)
    done = handle(rates, staff, first, ~lost[:, 0], rng)
    later, source = come_back(duty, staff, first, done, rng)
    lost_again = _lost(truth, staff.team[later.agent], rng)
    cases = first.join(later)
    done = done.join(handle(rates, staff, later, ~lost_again[:, 0], rng))
    lost = np.concatenate([lost, lost_again])
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
    known = outcome(cases, done, repeat_of, rng)
    safety = np.zeros(count, dtype=bool)
    risky = np.flatnonzero(np.isin(cases.reason[: len(first.opened)], DANGEROUS))
    safety[rng.choice(risky, SAFETY_CASES, replace=False)] = True
    code_of_voice = np.where(
        safety, len(VOICES) * PER_REASON + story, cases.reason * PER_REASON + story
    )
    table = {
        "客户号": labels(numbered_labels("K", CUSTOMERS, 5), cases.customer),
        "通话编号": call,
        "受理时间": cases.opened,
        "办结时间": known.pop("办结时间"),
        "进线渠道": labels(CHANNELS, cases.channel),
        "等级": labels(("一般", "安全"), safety.astype(int)),
        **{name: known.pop(name) for name in ("渠道层级", "越级时间", "外部渠道", "外部期限")},
        "一级原因": labels(reasons[0], code),
        "二级原因": labels(reasons[1], code),
        "责任节点": labels(NODES, cases.node),
        "责任单位": labels(units, np.where(at_desk, len(STATIONS) + team, cases.station)),
        "责任人": labels(owners, owner),
        "首接工号": labels(staff.number, cases.agent),
        "首次响应小时": known.pop("首次响应小时"),
        "承诺小时": PROMISE[cases.reason],
        "承诺兑现": done.met,
        **known,
        "重复自": earlier,
        "客户描述": labels(VOICE_POOL, code_of_voice),
        **_intake(lost, repeat_of, rng),
    }
    frame = pd.DataFrame(table).take(order).reset_index(drop=True)
    frame.insert(0, "工单号", number.copy())
    return frame


def _lost(truth: ComplaintsTruth, team: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """登记的四栏漏没漏，形状 (件, 4)。"""
    careless = team == int(truth.careless_team[:-1]) - 1
    chance = np.where(careless, truth.careless_missing, MISSING)
    return rng.random((len(team), 4)) < chance[:, None]


def _intake(lost: np.ndarray, repeat_of: np.ndarray, rng: np.random.Generator) -> dict[str, object]:
    """登记的四栏，漏登的为空字；再来的客户，电话与产品还是原来的。"""
    count = len(lost)
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

"""员工的一天：谁上了哪个班，接了多少电话，时间用在哪里？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .columns import moment, number, whole, words
from .people import INDUCTION, PRIMARY, TEAMS, Staff
from .registry import part, table
from .rota import BREAK, MEET, ONLINE, OTHER, TRAIN, Rota
from .shifts import SHIFT_NAMES
from .text import labels
from .timeline import Timeline, adherent
from .traffic import Traffic
from .truth import QUEUES, Planted

__all__ = ["SHIFT_SECONDS", "Duty", "agent_day", "duty"]

SHIFT_SECONDS = 28_800


@dataclass(frozen=True, eq=False)
class Duty:
    """上过班的员工×日，一行一个；再按接的队列拆成员工×日×队列。"""

    day: np.ndarray
    agent: np.ndarray
    shift: np.ndarray
    row: np.ndarray
    """``Rota`` 的第几行。"""
    pair_row: np.ndarray
    """本表的第几行。"""
    pair_queue: np.ndarray
    pair_calls: np.ndarray


@part("180 天谁上了班、接了多少")
def duty(rota: Rota, traffic: Traffic) -> Duty:
    """来上班的人，与各人接起的每个队列的电话。"""
    row = np.flatnonzero(rota.came)
    place = np.cumsum(rota.came) - 1
    taken = traffic.answered
    pair = place[traffic.row[taken]] * len(QUEUES) + traffic.queue[taken]
    calls = np.bincount(pair, minlength=len(row) * len(QUEUES))
    busy = np.flatnonzero(calls)
    return Duty(
        rota.day[row],
        rota.agent[row],
        rota.shift[row],
        row,
        *np.divmod(busy, len(QUEUES)),
        calls[busy],
    )


@table(
    "员工日报",
    "员工 × 上班日，180 天",
    key=("工号", "日期"),
    columns=(
        words("工号", "谁，见 agents"),
        moment("日期", "哪一天"),
        words("班组", "1组 至 12组"),
        words("班次", "上哪个班，见 centre.shift_types()"),
        whole("排班秒", "计划上班多久，不含用餐", "秒"),
        whole("登录秒", "在系统里多久，= 通话 + 话后 + 空闲 + 小休 + 培训 + 会议 + 其他", "秒"),
        whole("通话秒", "与客户说话，含保持", "秒"),
        whole("话后秒", "挂断以后的记录", "秒"),
        whole("空闲秒", "等下一通电话", "秒"),
        whole("小休秒", "喝水、上洗手间", "秒"),
        whole("培训秒", "当天的小课与 45 分钟的课", "秒"),
        whole("会议秒", "班组周会", "秒"),
        whole("其他秒", "线下的活：工单、回访；人手宽裕时才有", "秒"),
        whole("遵守秒", "状态与本人当天的安排一致的时间；批准的周会算一致", "秒"),
        whole("接起量", "接了几通", "通"),
        number("平均处理时长", "= (通话秒 + 话后秒) ÷ 接起量；一通没有接的填主技能的平均", "秒/通"),
        number("质检分", "智能质检给当天全部通话的平均分，满分 100；人工质检见 qa_scores", "分"),
        number("满意度", "话后按键的平均，已按队列校正，1 到 5；短信与语音调查见 survey", "分"),
    ),
)
def agent_day(
    planted: Planted,
    staff: Staff,
    duty: Duty,
    traffic: Traffic,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """员工×日：时间构成、接起量与质量；登录秒等于各段之和，接起量由每一通电话数出来。"""
    rows = duty.row.max() + 1
    line, count = timeline, len(duty.day)
    span = line.end - line.start

    def spent(mark: int) -> np.ndarray:
        here = line.mark == mark
        return np.bincount(line.row[here], span[here], rows)[duty.row].astype(np.int64)

    taken = traffic.answered
    own = traffic.row[taken]

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(own, values[taken], rows)[duty.row].astype(np.int64)

    work, after = total(traffic.handle), total(traffic.after)
    calls = np.bincount(own, minlength=rows)[duty.row]
    online, rest, train, meet, other = (spent(m) for m in (ONLINE, BREAK, TRAIN, MEET, OTHER))
    login = online + rest + train + meet + other

    usual = planted.aht[PRIMARY[staff.skill[duty.agent]]]
    date = traffic.days.date
    tenure = (date[duty.day] - staff.hired[duty.agent]).astype(int) - INDUCTION
    level = staff.quality[duty.agent] - 6 * np.exp(-tenure / 60)
    quality = np.clip(level + 2.5 * rng.standard_normal(count), 50, 100)
    csat = 4.4 + planted.quality_csat * (level - 86) + 0.2 * rng.standard_normal(count)
    return pd.DataFrame(
        {
            "工号": labels(staff.number, duty.agent),
            "日期": date.astype("datetime64[us]")[duty.day],
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[duty.agent]),
            "班次": labels(SHIFT_NAMES, duty.shift),
            "排班秒": np.full(count, SHIFT_SECONDS),
            "登录秒": login,
            "通话秒": work - after,
            "话后秒": after,
            "空闲秒": online - work,
            "小休秒": rest,
            "培训秒": train,
            "会议秒": meet,
            "其他秒": other,
            "遵守秒": adherent(line, rows)[duty.row],
            "接起量": calls,
            "平均处理时长": np.round(np.where(calls > 0, work / np.maximum(calls, 1), usual), 1),
            "质检分": np.round(quality, 1),
            "满意度": np.round(np.clip(csat, 1, 5), 2),
        }
    )

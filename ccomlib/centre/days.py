"""员工的一天：谁上了哪个班，接了多少电话，时间用在哪里？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .columns import moment, number, whole, words
from .people import INDUCTION, PRIMARY, SKILL_QUEUES, TEAMS, Staff
from .registry import part, table
from .shifts import COVER, NIGHT_C, SHIFT_NAMES, rest_days, rotation, shift_codes
from .text import labels
from .truth import Planted

__all__ = ["Duty", "agent_day", "duty"]

SHIFT_SECONDS = 28_800
ABSENT = 0.07
ABSENT_HOLIDAY = 0.22
SECOND_SKILL = 0.35
BUSIEST = 0.75
HALF_HOUR = 1800
PRODUCTIVE_SECONDS = 24_000
BALANCING = 6
# 加班最多 3 小时（劳动法 41 条）：忙到这个程度就封顶，并取消当天的培训
MOST_WORK = 34_000
TOO_BUSY_TO_TRAIN = 24_000
CALL_CV = 0.6


@dataclass(frozen=True, eq=False)
class Duty:
    """上过班的员工×日，一行一个；再按技能拆成员工×日×队列。"""

    day: np.ndarray
    agent: np.ndarray
    shift: np.ndarray
    pair_row: np.ndarray
    pair_queue: np.ndarray
    pair_calls: np.ndarray


@part("180 天谁上了班、接了多少")
def duty(staff: Staff, intervals: Intervals, rng: np.random.Generator) -> Duty:
    """排出 180 天谁上班，并把每天每队列接起的电话分到在岗、有技能的人。

    Notes
    -----
    每个时段接起的电话由当时在岗的人按技能权重（主技能 1，副技能 0.35）分，
    每人每时段最多忙 75%，全天过忙的人少分，余下的由当天其他人分担；
    再加泊松大小的随机波动；每天每队列的合计与时段数据相等。
    """
    data = intervals
    date = data.days.date
    active = (date[:, None] >= staff.hired + INDUCTION) & (
        np.isnat(staff.left) | (date[:, None] < staff.left)
    )
    shift = shift_codes(rotation(date))[:, staff.seat]
    absent = np.where(data.days.free, ABSENT_HOLIDAY, ABSENT)[:, None]
    stays = (rng.random(active.shape) >= absent) | (shift == NIGHT_C)
    working = active & ~rest_days(date)[:, staff.seat] & stays
    day, agent = np.nonzero(working)
    shift = shift[day, agent]

    skill = staff.skill[agent]
    row, queue = np.nonzero(SKILL_QUEUES[skill])
    order = np.lexsort((queue, day[row]))
    row, queue = row[order], queue[order]
    weight = np.where(PRIMARY[skill[row]] == queue, 1.0, SECOND_SKILL)
    calls = _divide(data, row, day[row], queue, shift[row], weight, rng)
    _leave_none_empty(row, queue, calls, len(day), day)
    return Duty(day, agent, shift, row, queue, calls)


def _divide(
    data: Intervals,
    row: np.ndarray,
    day: np.ndarray,
    queue: np.ndarray,
    shift: np.ndarray,
    weight: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    count, shifts = len(data.days), len(SHIFT_NAMES)
    group = day * 4 + queue
    cell = group * shifts + shift
    cover = COVER.astype(float)
    answered = data.answered.transpose(0, 2, 1)
    aht = data.aht.mean(axis=1)
    ceiling = BUSIEST * HALF_HOUR / aht[:, :, None]
    total = answered.sum(axis=2).ravel()
    for _ in range(BALANCING):
        present = np.bincount(cell, weight, count * 4 * shifts).reshape(count, 4, -1) @ cover
        per_head = np.minimum(answered / np.maximum(present, 1e-9), ceiling)
        expected = weight * (per_head @ cover.T).ravel()[cell]
        expected *= (total / np.bincount(group, expected, count * 4))[group]
        busy = np.bincount(row, expected * aht[day, queue]) / PRODUCTIVE_SECONDS
        weight = weight / np.maximum(busy, 0.3)[row]
    raw = rng.gamma(np.maximum(expected, 0.02))
    scale = total / np.bincount(group, raw, count * 4)
    cumulative = np.cumsum(raw * scale[group])
    return np.diff(np.rint(cumulative).astype(np.int64), prepend=0)


def _leave_none_empty(
    row: np.ndarray, queue: np.ndarray, calls: np.ndarray, rows: int, day: np.ndarray
) -> None:
    """一天一个电话都没有接到的人，从同队列接得最多的人那里匀一个。"""
    for empty in np.flatnonzero(np.bincount(row, calls, rows) == 0):
        pair = np.flatnonzero(row == empty)[0]
        same = np.flatnonzero((day[row] == day[empty]) & (queue == queue[pair]))
        calls[same[np.argmax(calls[same])]] -= 1
        calls[pair] += 1


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
        whole("登录秒", "在系统里多久，= 通话 + 话后 + 空闲 + 小休 + 培训", "秒"),
        whole("通话秒", "与客户说话，含保持", "秒"),
        whole("话后秒", "挂断以后的记录", "秒"),
        whole("空闲秒", "等下一通电话", "秒"),
        whole("小休秒", "喝水、上洗手间", "秒"),
        whole("培训秒", "当天的培训与辅导", "秒"),
        whole("遵守秒", "状态与计划一致的时间", "秒"),
        whole("接起量", "接了几通", "通"),
        number("平均处理时长", "= (通话秒 + 话后秒) ÷ 接起量", "秒/通"),
        number("质检分", "当天的质检水平，满分 100", "分"),
        number("满意度", "当天的满意度，1 到 5", "分"),
    ),
)
def agent_day(
    planted: Planted, staff: Staff, intervals: Intervals, duty: Duty, rng: np.random.Generator
) -> pd.DataFrame:
    """员工×日：时间构成、接起量与质量；登录秒 = 通话秒 + 话后秒 + 空闲秒 + 小休秒 + 培训秒。"""
    data = intervals
    count = len(duty.day)
    handled = data.answered.sum(axis=1)
    aht = (data.aht * data.answered).sum(axis=1) / np.maximum(handled, 1)
    calls = np.bincount(duty.pair_row, duty.pair_calls, count).astype(np.int64)
    pair_work = duty.pair_calls * aht[duty.day[duty.pair_row], duty.pair_queue]
    work = np.bincount(duty.pair_row, pair_work, count)

    tenure = (data.days.date[duty.day] - staff.hired[duty.agent]).astype(int) - INDUCTION
    skill_gap = planted.learning * np.exp(-tenure / planted.learning_days)
    noise = rng.gamma(calls / CALL_CV**2) / (calls / CALL_CV**2)
    personal = work * staff.speed[duty.agent] * (1 + skill_gap) * noise
    personal = np.minimum(personal, MOST_WORK)
    level = np.bincount(duty.day, work) / np.bincount(duty.day, personal)
    work = np.maximum(np.rint(personal * level[duty.day]), calls).astype(np.int64)
    talk = np.rint(work * np.clip(0.82 + 0.03 * rng.standard_normal(count), 0.7, 0.95))
    talk = talk.astype(np.int64)

    late = np.rint(rng.exponential(220, count)).astype(np.int64)
    rest = np.clip(np.rint(2100 + 420 * rng.standard_normal(count)), 600, 3900).astype(np.int64)
    train = 900 + 2700 * (rng.random(count) < 0.2)
    train = np.where(work > TOO_BUSY_TO_TRAIN, 0, train)
    idle = SHIFT_SECONDS - late - work - rest - train
    idle = np.where(idle < 300, rng.integers(60, 600, count), idle)
    login = work + rest + train + idle
    adherent = np.rint(np.minimum(login, SHIFT_SECONDS) * rng.beta(57, 3, count)).astype(np.int64)

    level = staff.quality[duty.agent] - 6 * np.exp(-tenure / 60)
    quality = np.clip(level + 2.5 * rng.standard_normal(count), 50, 100)
    csat = 4.4 + planted.quality_csat * (level - 86) + 0.2 * rng.standard_normal(count)
    return pd.DataFrame(
        {
            "工号": labels(staff.number, duty.agent),
            "日期": data.days.date.astype("datetime64[us]")[duty.day],
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[duty.agent]),
            "班次": labels(SHIFT_NAMES, duty.shift),
            "排班秒": np.full(count, SHIFT_SECONDS),
            "登录秒": login,
            "通话秒": talk,
            "话后秒": work - talk,
            "空闲秒": idle,
            "小休秒": rest,
            "培训秒": train,
            "遵守秒": adherent,
            "接起量": calls,
            "平均处理时长": np.round(work / calls, 1),
            "质检分": np.round(quality, 1),
            "满意度": np.round(np.clip(csat, 1, 5), 2),
        }
    )

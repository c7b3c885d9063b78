"""单通电话：从全部来电里抽出六万通，每通谁打的、谁接的、为了什么？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .columns import flag, moment, whole, words
from .people import INDUCTION, Staff
from .registry import part, table
from .rota import Rota
from .text import labels, numbered_labels
from .traffic import Traffic
from .truth import QUEUES, Planted

__all__ = [
    "CUSTOMERS",
    "FIRST_TIME",
    "REASONS",
    "SAMPLE",
    "Calls",
    "calls",
    "calls_sample",
]

SAMPLE = 60_000
DAY = 86_400
CUSTOMERS = 36_000

# 队列 → (原因大类, 原因小类, 平时的权重, 夏季 6–8 月的权重)
REASONS = {
    "咨询": (
        ("产品使用", "功能设置", 24, 26),
        ("产品使用", "故障代码", 14, 16),
        ("服务政策", "保修期限", 18, 16),
        ("服务政策", "收费标准", 13, 13),
        ("进度查询", "上门时间", 17, 18),
        ("进度查询", "配件到货", 6, 5),
        ("保养", "清洗预约", 8, 6),
    ),
    "报修": (
        ("空调", "不制冷", 10, 34),
        ("空调", "漏水", 6, 14),
        ("空调", "不制热", 12, 1),
        ("冰箱", "不制冷", 14, 14),
        ("冰箱", "异响", 8, 6),
        ("洗衣机", "不脱水", 14, 10),
        ("洗衣机", "漏水", 11, 8),
        ("热水器", "打不着火", 17, 8),
        ("热水器", "水温不稳", 8, 5),
    ),
    "订单": (
        ("物流", "查询配送", 34, 34),
        ("物流", "改期", 13, 14),
        ("退换货", "申请退货", 15, 14),
        ("退换货", "换货进度", 9, 9),
        ("发票", "补开发票", 15, 15),
        ("价格", "价保", 14, 14),
    ),
    "投诉": (
        ("维修质量", "反复维修", 24, 25),
        ("维修质量", "修后新故障", 11, 11),
        ("上门服务", "未按约上门", 23, 26),
        ("上门服务", "服务态度", 11, 10),
        ("费用", "收费不符", 17, 15),
        ("产品质量", "要求退货", 14, 13),
    ),
}
SUMMER = (6, 7, 8)
FIRST_TIME = np.array([0.80, 0.66, 0.83, 0.48])
TRANSFER = np.array([0.05, 0.07, 0.04, 0.12])


@dataclass(frozen=True, eq=False)
class Calls:
    """60,000 通电话，按时间排，一通一个值；文字都是编号。"""

    day: np.ndarray
    queue: np.ndarray
    second: np.ndarray
    """当天的第几秒打进来。"""
    answered: np.ndarray
    agent: np.ndarray
    """接听的人在 ``Staff`` 里的序号；放弃的电话也有，不能用。"""
    wait: np.ndarray
    handle: np.ndarray
    hold: np.ndarray
    after: np.ndarray
    first_time: np.ndarray
    transfer: np.ndarray
    reason: np.ndarray
    """在 ``reasons`` 里的序号。"""
    reasons: tuple[list[str], list[str]]
    customer: np.ndarray

    def time(self, rows: np.ndarray | slice, dates: np.ndarray) -> np.ndarray:
        """若干通电话打进来的时刻。"""
        start = dates.astype("datetime64[s]")[self.day[rows]].astype("datetime64[us]")
        return start + (self.second[rows] * 1_000_000).astype("timedelta64[us]")


@part("抽出的 60,000 通电话", stream="calls_sample")
def calls(
    planted: Planted, staff: Staff, rota: Rota, traffic: Traffic, rng: np.random.Generator
) -> Calls:
    """从每一通来电里不放回地抽 60,000 通，按时间排；谁接的、等了几秒、讲了几秒都是那一通的。"""
    picked = rng.choice(len(traffic.time), SAMPLE, replace=False, shuffle=False)
    picked = np.sort(picked)
    day, second = np.divmod(traffic.time[picked].astype(np.int64), DAY)
    queue, answered = traffic.queue[picked], traffic.answered[picked]
    agent = rota.agent[np.where(answered, traffic.row[picked], 0)]
    date = traffic.days.date[day]
    tenure = (date - staff.hired[agent]).astype(int) - INDUCTION
    gap = np.exp(-np.maximum(tenure, 0) / planted.learning_days)
    solved = FIRST_TIME[queue] + 0.012 * (staff.quality[agent] - 86) - 0.10 * gap
    first_time = answered & (rng.random(SAMPLE) < solved)
    passed = TRANSFER[queue] * (1 + gap)
    transfer = answered & ~first_time & (rng.random(SAMPLE) < passed / (1 - FIRST_TIME[queue]))

    names, pairs = _reasons(traffic.days.month[day], queue, rng)
    caller = (CUSTOMERS * rng.random(SAMPLE) ** 1.2).astype(np.int64)
    shuffle = rng.permutation(CUSTOMERS)
    return Calls(
        day=day,
        queue=queue,
        second=second,
        answered=answered,
        agent=agent,
        wait=traffic.wait[picked].astype(np.int64),
        handle=traffic.handle[picked].astype(np.int64),
        hold=traffic.hold[picked].astype(np.int64),
        after=traffic.after[picked].astype(np.int64),
        first_time=first_time,
        transfer=transfer,
        reason=pairs,
        reasons=names,
        customer=shuffle[caller],
    )


@table(
    "单通话抽样",
    "一通电话，60,000 通",
    key=("通话编号",),
    columns=(
        words("通话编号", "这一通的编号，各表相同"),
        moment("时间", "什么时候打进来"),
        words("客户编号", "谁打来的"),
        words("工号", "谁接的，见 agents；放弃的是空字。22:00 至 08:00 值守的人不分技能"),
        words("队列", "咨询、报修、订单、投诉"),
        whole("等待秒", "从进入队列到接起或放弃；接起的是 0 表示一来就有人接", "秒"),
        whole("通话秒", "与客户说话，不含保持；放弃的为 0", "秒"),
        whole("保持秒", "让客户等着查询", "秒"),
        whole("话后秒", "挂断以后的记录", "秒"),
        words("结果", "接起或放弃"),
        words("原因大类", "为什么打来；放弃的是空字"),
        words("原因小类", "为什么打来，细一层"),
        flag("一次解决", "这一通就解决了"),
        flag("转接", "转给了别人"),
    ),
)
def calls_sample(calls: Calls, staff: Staff, traffic: Traffic) -> pd.DataFrame:
    """抽出的电话排成一张表；放弃的电话没有工号与原因，通话各段为 0。"""
    answered, names = calls.answered, calls.reasons
    people = np.append(staff.number, "")
    talk = calls.handle - calls.after - calls.hold
    reason = np.where(answered, calls.reason, len(names[0]) - 1)
    return pd.DataFrame(
        {
            "通话编号": numbered_labels("C", SAMPLE, 6).copy(),
            "时间": calls.time(slice(None), traffic.days.date),
            "客户编号": labels(numbered_labels("K", CUSTOMERS, 5), calls.customer),
            "工号": labels(people, np.where(answered, calls.agent, len(staff))),
            "队列": labels(QUEUES, calls.queue),
            "等待秒": calls.wait,
            "通话秒": np.where(answered, talk, 0).astype(np.int64),
            "保持秒": np.where(answered, calls.hold, 0).astype(np.int64),
            "话后秒": np.where(answered, calls.after, 0).astype(np.int64),
            "结果": labels(("放弃", "接起"), answered.astype(int)),
            "原因大类": labels(names[0], reason),
            "原因小类": labels(names[1], reason),
            "一次解决": calls.first_time,
            "转接": calls.transfer,
        }
    )


def _reasons(
    month: np.ndarray, queue: np.ndarray, rng: np.random.Generator
) -> tuple[tuple[list[str], list[str]], np.ndarray]:
    rows = [row for name in QUEUES for row in REASONS[name]]
    size = [len(REASONS[name]) for name in QUEUES]
    owner = np.repeat(np.arange(4), size)
    weight = np.array([row[2:] for row in rows], dtype=float).T
    table = weight[:, None, :] * (owner == np.arange(4)[:, None])
    table = np.cumsum(table / table.sum(axis=2, keepdims=True), axis=2)
    season = np.isin(month, SUMMER).astype(int)
    draw = rng.random(len(queue)) * 0.999999
    # 八行累积分布首尾相接成一条递增的线，一次查完
    line = (table.reshape(8, -1) + np.arange(8)[:, None]).ravel()
    found = np.searchsorted(line, season * 4 + queue + draw, side="right")
    code = found - (season * 4 + queue) * len(rows)
    return ([row[0] for row in rows] + [""], [row[1] for row in rows] + [""]), code

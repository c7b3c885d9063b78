"""员工：谁在哪一组、会什么、什么时候来、什么时候走？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .columns import moment, whole, words
from .registry import part, table, truth
from .text import labels, numbered
from .truth import QUEUES, TEAMS, Planted

__all__ = [
    "EARLY",
    "GRADES",
    "INDUCTION",
    "PRIMARY",
    "RECORDS_FROM",
    "SEATS",
    "SKILLS",
    "SKILL_QUEUES",
    "TEAMS",
    "Staff",
    "agents",
    "early_leavers_truth",
    "staff",
]

SEATS = 240
RECORDS_FROM = np.datetime64("2024-07-01")
RECORDS_TO = np.datetime64("2025-06-22")
INDUCTION = 14
EARLY = 90
WEEK_OFF = np.datetime64("2025-01-06")

# 每组 20 个席位的技能：第一个是主技能
SKILLS = (
    "咨询",
    "咨询+订单",
    "报修",
    "报修+咨询",
    "订单+咨询",
    "订单+报修",
    "投诉+咨询",
    "咨询+报修",
)
TEAM_SKILLS = (0, 2, 4, 6, 1, 3, 5, 7, 2, 1, 3, 6, 4, 7, 2, 1, 3, 5, 0, 6)
SKILL_QUEUES = np.array([[name in text.split("+") for name in QUEUES] for text in SKILLS])
PRIMARY = np.array([QUEUES.index(text.split("+")[0]) for text in SKILLS])

GRADES = ("初级", "中级", "高级")
AGES = ("22岁及以下", "23-27岁", "28-32岁", "33-37岁", "38岁及以上")
AGE_SHARE = (0.16, 0.38, 0.27, 0.13, 0.06)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN_TEXT = (
    "晓燕 志强 丽娜 建国 雪梅 海涛 静怡 俊杰 雨欣 文博 思琪 浩然 佳慧 子轩 婷婷 宇航 梦洁 天宇 晨曦 明辉 "
    "欣怡 家豪 美玲 嘉伟 芳芳 永刚 诗涵 立军 春兰 志远 慧敏 鹏飞 秋月 国栋 玉婷 少华 若曦 振华 冬梅 凯 "
    "琳 洋 蕾 勇 倩 磊 莹 超 敏 涛 颖 斌 洁 峰 霞 刚 雯 健 娟 鑫"
)
GIVEN = GIVEN_TEXT.split()


@dataclass(frozen=True, eq=False)
class Staff:
    """240 个席位上先后的员工，按入职日期排，一人一个值。"""

    seat: np.ndarray
    hired: np.ndarray
    left: np.ndarray
    commute: np.ndarray
    speed: np.ndarray
    """处理时长的个人倍数。"""
    quality: np.ndarray
    """长期质检水平（分）。"""

    @property
    def number(self) -> np.ndarray:
        """工号。"""
        return numbered("A", len(self.seat), 3)

    @property
    def team(self) -> np.ndarray:
        """班组序号，0 起。"""
        return self.seat // (SEATS // TEAMS)

    @property
    def skill(self) -> np.ndarray:
        """在 ``SKILLS`` 里的序号。"""
        return np.array(TEAM_SKILLS)[self.seat % len(TEAM_SKILLS)]

    @property
    def current(self) -> np.ndarray:
        """2025-06-30 仍在册的员工，按席位排。"""
        stay = np.flatnonzero(np.isnat(self.left))
        return stay[np.argsort(self.seat[stay])]

    def __len__(self) -> int:
        return len(self.seat)


@part("先后在 240 个席位上的人")
def staff(planted: Planted, rng: np.random.Generator) -> Staff:
    """让每个席位从 2024-07-01 起按离职风险换人，直到 2025-06-22。

    Notes
    -----
    离职日 = 入职后累积风险达到一个指数分布的量；早期与后期风险各为常数。
    2024-07-01 以前入职的都是活到那天的老员工（左截断），离职后两周内由新员工补上。
    """
    seat = np.arange(SEATS)
    tenure = np.round(rng.gamma(1.4, 620, SEATS)).astype(int) + 20
    start = RECORDS_FROM - np.minimum(tenure, 3600)
    known_to = np.full(SEATS, RECORDS_FROM)
    rows = []
    while len(seat):
        commute = np.clip(np.round(rng.lognormal(3.65, 0.45, len(seat))), 5, 120).astype(int)
        left = _leaving(planted, start, known_to, commute, rng)
        gone = left <= RECORDS_TO
        rows.append((seat, start, np.where(gone, left, np.datetime64("NaT")), commute))
        refill = _next_batch(left[gone])
        seat, start, known_to = seat[gone], refill, refill
    seat, hired, left, commute = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    order = np.lexsort((seat, hired))
    count = len(order)
    return Staff(
        seat[order],
        hired[order],
        left[order],
        commute[order],
        np.round(np.exp(_log_speed(planted, seat[order], rng)), 4),
        np.round(86 + 3.5 * rng.standard_normal(count), 3),
    )


def _log_speed(planted: Planted, seat: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """各人处理时长的对数：一个组整组偏长，一个组里快慢差得大。"""
    team = seat // (SEATS // TEAMS) + 1
    value = planted.agent_aht_sd * rng.standard_normal(len(seat))
    value = np.where(team == int(planted.uneven_team[:-1]), planted.uneven * value, value)
    return value + planted.slow_team_log * (team == int(planted.slow_team[:-1]))


def _leaving(
    planted: Planted,
    start: np.ndarray,
    known_to: np.ndarray,
    commute: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    ratio = np.where(commute >= 60, planted.commute_hazard, 1.0)
    early, late = ratio * planted.hazard_early / 30, ratio * planted.hazard_late / 30
    budget = rng.exponential(size=len(start))
    lived = (known_to - start).astype(int)
    remaining = np.maximum(EARLY - lived, 0)
    in_early = budget / early
    in_late = remaining + (budget - early * remaining) / late
    wait = np.where(in_early < remaining, in_early, in_late)
    return known_to + np.minimum(np.floor(wait), 20000).astype(int) + 1


def _next_batch(left: np.ndarray) -> np.ndarray:
    """每两周一批，周一入职，不晚于 2025-06-23。"""
    gap = (left - WEEK_OFF).astype(int)
    return left + (-gap % 14)


@table(
    "员工花名册",
    "一位员工；在册 240 人，另含 2024-07-01 以来离职的人",
    key=("工号",),
    columns=(
        words("工号", "员工编号，各表相同"),
        words("姓名", "虚构的名字"),
        words("班组", "1组 至 12组，每组 20 席"),
        moment("入职日期", "哪一天入职"),
        moment("离职日期", "哪一天离职；在册的为空", blank=True),
        words("技能", "能接的队列，第一个是主技能，几个之间用加号"),
        words("级别", "技能级别：初级、中级、高级（不是职务）"),
        words("年龄段", "五段"),
        whole("通勤分钟", "单程上班路上的时间", "分钟"),
    ),
)
def agents(staff: Staff, rng: np.random.Generator) -> pd.DataFrame:
    """员工花名册；离职的人也在里面，离职日期为空的是在册员工（240 人）。"""
    count = len(staff)
    end = np.where(np.isnat(staff.left), RECORDS_TO, staff.left)
    months = (end - staff.hired).astype(int) / 30.4 + 4 * rng.standard_normal(count)
    grade = np.searchsorted([12, 30], months)
    age = np.minimum(rng.choice(len(AGES), count, p=AGE_SHARE) + (months > 48), len(AGES) - 1)
    surname = np.array(list(SURNAMES), dtype=object)
    full = rng.choice(len(surname) * len(GIVEN), count, replace=False)
    names = surname[full % len(surname)] + np.array(GIVEN, dtype=object)[full // len(surname)]
    return pd.DataFrame(
        {
            "工号": pd.array(staff.number, dtype="str"),
            "姓名": pd.array(names, dtype="str"),
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team),
            "入职日期": staff.hired.astype("datetime64[us]"),
            "离职日期": staff.left.astype("datetime64[us]"),
            "技能": labels(SKILLS, staff.skill),
            "级别": labels(GRADES, grade),
            "年龄段": labels(AGES, age),
            "通勤分钟": staff.commute,
        }
    )


@truth("入职 90 天内离职的工号（agents）")
def early_leavers_truth(staff: Staff) -> tuple[str, ...]:
    """入职 90 天内离职的工号，按入职先后。"""
    stayed = (staff.left - staff.hired) / np.timedelta64(1, "D")
    return tuple(staff.number[stayed < EARLY].tolist())

"""虚拟联络中心：「海棠家电服务热线」这半年发生了什么？

一家虚构的家电服务热线，四个队列（咨询、报修、订单、投诉）、12 个班组、240 个席位。
所有表由一个种子生成，彼此对得上：来电、接听、员工、班表说的是同一家中心的同几周。

>>> hub = open_centre(seed=2025)
>>> hub.calls_interval.shape
(34560, 12)
"""

from __future__ import annotations

import functools
import operator
import zlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd

from . import arrivals, calls, days, export, people, roster
from .calendar import days as calendar_days
from .shifts import shift_types
from .truth import QUEUES, Planted, Truth, plant

__all__ = ["NAME", "QUEUES", "TABLES", "Centre", "Truth", "open_centre", "shift_types"]

NAME = "海棠家电服务热线"

TABLES = MappingProxyType(
    {
        "calls_interval": ("时段话务", "队列 × 半小时，180 天（2025-01-01 至 06-29）"),
        "calls_interval_next": (
            "之后四周的时段话务",
            "队列 × 半小时，28 天（2025-06-30 至 07-27）",
        ),
        "calls_daily": ("日话务", "队列 × 天，24 个月（2023-07-01 至 2025-06-29）"),
        "calls_export": ("平台导出的原始表", "咨询队列 × 半小时，8 周，文字，有瑕疵"),
        "calls_sample": ("单通话抽样", "一通电话，60,000 通"),
        "agents": ("员工花名册", "一位员工；在册 240 人，另含 2024-07-01 以来离职的人"),
        "agent_day": ("员工日报", "员工 × 上班日，180 天"),
        "roster": ("未来四周班表", "在册员工 × 天，28 天（2025-06-30 至 07-27）"),
    }
)


class World:
    """一家中心的底稿：各表共用的数组，用到才算，算好就留着。"""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def rng(self, name: str) -> np.random.Generator:
        """名为 ``name`` 的随机流；各流互不影响，增加新表不改旧表。"""
        key = zlib.crc32(name.encode())
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(1, key)))

    @cached_property
    def planted(self) -> Planted:
        """埋下的规律。"""
        return plant(self.seed)

    @cached_property
    def intervals(self) -> arrivals.Intervals:
        """180 天的时段数组。"""
        period = calendar_days(arrivals.START, arrivals.END)
        return arrivals.simulate(period, self.planted, self.rng("calls_interval"))

    @cached_property
    def intervals_next(self) -> arrivals.Intervals:
        """之后 28 天的时段数组。"""
        period = calendar_days(arrivals.NEXT_START, arrivals.NEXT_END)
        return arrivals.simulate(period, self.planted, self.rng("calls_interval_next"))

    @cached_property
    def staff(self) -> people.Staff:
        """先后在 240 个席位上的人。"""
        return people.hire(self.planted, self.rng("staff"))

    @cached_property
    def duty(self) -> days.Duty:
        """180 天谁上了班、接了多少。"""
        return days.on_duty(self.staff, self.intervals, self.rng("duty"))

    @cached_property
    def plan(self) -> roster.Plan:
        """未来 28 天的班表。"""
        return roster.make_plan(self)

    @cached_property
    def exported(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """导出表与它的瑕疵。"""
        return export.export(self)


BUILDERS: dict[str, Callable[[World], pd.DataFrame]] = {
    "calls_interval": lambda world: arrivals.interval_table(world.intervals),
    "calls_interval_next": lambda world: arrivals.interval_table(world.intervals_next),
    "calls_daily": arrivals.calls_daily,
    "calls_export": lambda world: world.exported[0],
    "calls_sample": calls.calls_sample,
    "agents": lambda world: people.agents_table(world.staff, world.rng("agents")),
    "agent_day": days.agent_day,
    "roster": roster.roster,
}


@dataclass(frozen=True, eq=False)
class Centre:
    """一家打开的联络中心。由 ``open_centre`` 得到，不直接构造。

    每张表是一个属性（``hub.calls_interval``），也可以 ``hub.table("calls_interval")``；
    每次得到的都是新的一份，改坏了再取一次即可。
    """

    seed: int
    world: World

    def table(self, name: str) -> pd.DataFrame:
        """取一张表。

        Parameters
        ----------
        name : 表名，见 ``hub.tables()``。

        Raises
        ------
        ValueError
            没有这张表；消息列出有哪些表。

        Examples
        --------
        >>> open_centre(2025).table("roster").shape
        (6720, 9)
        """
        if name not in BUILDERS:
            raise ValueError(f"没有数据表 {name!r}；有：{'、'.join(TABLES)}。请改成其中一个。")
        if name not in self._made:
            self._made[name] = BUILDERS[name](self.world)
        return self._made[name].copy()

    def tables(self) -> pd.DataFrame:
        """有哪些表，一行一张。

        Returns
        -------
        DataFrame
            列：表名、内容、一行是什么。
        """
        rows = [(name, title, grain) for name, (title, grain) in TABLES.items()]
        return pd.DataFrame(rows, columns=["表名", "内容", "一行是什么"])

    @property
    def calls_interval(self) -> pd.DataFrame:
        """时段话务：2025-01-01 至 06-29，每半小时每队列一行；没有接起时平均处理时长填计划值。"""
        return self.table("calls_interval")

    @property
    def calls_interval_next(self) -> pd.DataFrame:
        """之后四周的时段话务：2025-06-30 至 07-27，用来检验预测。"""
        return self.table("calls_interval_next")

    @property
    def calls_daily(self) -> pd.DataFrame:
        """日话务：2023-07-01 至 2025-06-29，每天每队列一行。"""
        return self.table("calls_daily")

    @property
    def calls_export(self) -> pd.DataFrame:
        """平台导出的原始表：咨询队列最近 8 周，各格都是文字，先清洗再用。"""
        return self.table("calls_export")

    @property
    def calls_sample(self) -> pd.DataFrame:
        """单通话抽样：60,000 通；放弃的电话没有工号与原因。"""
        return self.table("calls_sample")

    @property
    def agents(self) -> pd.DataFrame:
        """员工花名册：离职日期为空的是在册员工（240 人）。"""
        return self.table("agents")

    @property
    def agent_day(self) -> pd.DataFrame:
        """员工日报：登录秒 = 通话秒 + 话后秒 + 空闲秒 + 小休秒 + 培训秒。"""
        return self.table("agent_day")

    @property
    def roster(self) -> pd.DataFrame:
        """未来四周班表：休息日的班次为“休”；周末列只在周末上班的那天为真。"""
        return self.table("roster")

    @cached_property
    def truth(self) -> Truth:
        """埋下的真相：只给讲师与测试用。"""
        return _truth(self.world)

    @cached_property
    def _made(self) -> dict[str, pd.DataFrame]:
        return {}

    def __str__(self) -> str:
        return f"「{NAME}」（虚构），种子 {self.seed}：{len(TABLES)} 张表，180 天，240 人在册。"

    def __repr__(self) -> str:
        return f"open_centre(seed={self.seed})"


def open_centre(seed: int = 2025) -> Centre:
    """打开一家虚构的联络中心；同一种子永远得到同样的数据。

    Parameters
    ----------
    seed : 任意 64 位整数；课程用 2025，试卷用座位号。

    Raises
    ------
    ValueError
        种子不是 64 位整数。

    Examples
    --------
    >>> print(open_centre(seed=2025))
    「海棠家电服务热线」（虚构），种子 2025：8 张表，180 天，240 人在册。
    """
    try:
        number = operator.index(seed)
    except TypeError:
        raise ValueError(f"种子是 {seed!r}，不是整数：请给一个整数，例如 2025。") from None
    if isinstance(seed, bool | np.bool_) or not -(2**63) <= number < 2**64:
        raise ValueError(f"种子是 {seed!r}，不是 64 位整数：请给一个整数，例如 2025。")
    return _open(number)


@functools.lru_cache(maxsize=4)
def _open(seed: int) -> Centre:
    return Centre(seed, World(seed % 2**64))


def _truth(world: World) -> Truth:
    planted, staff, plan = world.planted, world.staff, world.plan
    number = staff.number[staff.current]
    day, seat, gap = roster.short_rests(plan)
    rests = pd.DataFrame(
        {
            "工号": pd.array(number[seat], dtype="str"),
            "日期": plan.date.astype("datetime64[us]")[day],
            "间隔小时": gap,
        }
    )
    stayed = (staff.left - staff.hired) / np.timedelta64(1, "D")
    return Truth(
        **{field.name: getattr(planted, field.name) for field in fields(Planted)},
        export_flaws=world.exported[1],
        seven_day_agents=tuple(sorted(number[plan.seven].tolist())),
        short_rests=rests.sort_values(["工号", "日期"], ignore_index=True),
        request_rate=float((plan.shift < 0)[plan.asked].mean()),
        early_leavers=tuple(staff.number[stayed < people.EARLY].tolist()),
    )

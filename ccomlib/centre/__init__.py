"""虚拟联络中心：「海棠家电服务热线」这半年发生了什么？

一家虚构的家电服务热线，四个队列（咨询、报修、订单、投诉）、12 个班组、240 个席位。
所有表由一个种子生成，彼此对得上：来电、接听、员工、班表、质检、满意度、投诉、培训、绩效
说的是同一家中心的同一批人。

>>> hub = open_centre(seed=2025)
>>> hub.calls_interval.shape
(34560, 12)
"""

from __future__ import annotations

import functools
import hashlib
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.display import learn_units
from ccomlib.views import Views

from .columns import describe_columns
from .performance import score_rules
from .quality import qa_form
from .registry import Made, Spec
from .replay import Replay, replay
from .reveal import Truth
from .shifts import shift_types
from .tables import REGISTRY
from .truth import QUEUES

__all__ = [
    "NAME",
    "QUEUES",
    "TABLES",
    "Centre",
    "Replay",
    "Truth",
    "open_centre",
    "qa_form",
    "score_rules",
    "shift_types",
]

NAME = "海棠家电服务热线"
TABLES = MappingProxyType(REGISTRY.tables)


@dataclass(frozen=True, eq=False)
class Centre(Views):
    """一家打开的联络中心。由 ``open_centre`` 得到，不直接构造。

    每张表是一个属性（``hub.calls_interval``），也可以 ``hub.table("calls_interval")``；
    每次得到的都是新的一份，改坏了再取一次即可。
    """

    seed: int

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
        return self._made[_known(name)].copy()

    def tables(self) -> pd.DataFrame:
        """有哪些表，一行一张。

        Returns
        -------
        DataFrame
            列：表名、内容、一行是什么。
        """
        rows = [(spec.name, spec.title, spec.grain) for spec in TABLES.values()]
        return pd.DataFrame(rows, columns=["表名", "内容", "一行是什么"])

    def columns(self, name: str) -> pd.DataFrame:
        """一张表的各列是什么意思、什么单位，一行一列。

        Parameters
        ----------
        name : 表名，见 ``hub.tables()``。

        Returns
        -------
        DataFrame
            列：列名、意思、单位、类型、可空。

        Raises
        ------
        ValueError
            没有这张表；消息列出有哪些表。

        Examples
        --------
        >>> open_centre(2025).columns("agents").loc[8, ["列名", "单位"]].tolist()
        ['通勤分钟', '分钟']
        """
        return describe_columns(TABLES[_known(name)].columns)

    def fingerprint(self, name: str) -> str:
        """一张表的指纹：写成 CSV 的 SHA-256 的前 16 位；字节一样，指纹才一样。

        Parameters
        ----------
        name : 表名，见 ``hub.tables()``。

        Examples
        --------
        >>> open_centre(2025).fingerprint("courses")
        '203e8844377affa2'
        """
        text = self.table(name).to_csv(index=False, lineterminator="\n")
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def replay(
        self,
        *,
        meeting: str | None = None,
        meals: Mapping[str, str] | None = None,
        recall: tuple[str, str, int] | None = None,
        move: tuple[str, str, int] | None = None,
        overtime: tuple[str, int] | None = None,
        since: Any = "2025-06-30",
        draw: int = 0,
    ) -> Replay:
        """把之后四周（2025-06-30 至 07-27）重演一遍：同样的人、同样的电话，只改几样安排。

        Parameters
        ----------
        meeting : 周会改在什么时候起，如 "周三 14:30"；排进计划，每个时段两个组。
        meals : 班次 → 几点用餐，如 ``{"晚A": "16:30"}``。
        recall : (从几点, 到几点, 几人)，这一段线下的活少排几人，回来接电话。
        move : (原来的班, 改上的班, 几人)，每天几个人改上另一种班，人数不变；前后休息不到 11 小时的不改。
        overtime : (班次, 几人)，每天请几个连休头一天的人加班上这个班。
        since : 从哪一天起改。
        draw : 0 是数据里的那一次；1、2…… 谁请假、谁晚到重新抽，来电不变。

        Returns
        -------
        Replay
            ``calls``、``staff``、``roster`` 与同名的表一样；什么都不改时一个数也不差。

        Raises
        ------
        ValueError
            时刻、班次、人数写得不对；消息说怎样改。

        Examples
        --------
        >>> hub = open_centre(2025)
        >>> hub.replay().calls.equals(hub.calls_interval_next)
        True
        """
        return replay(
            self._made,
            meeting=meeting,
            meals=meals,
            recall=recall,
            move=move,
            overtime=overtime,
            since=since,
            draw=draw,
        )

    @cached_property
    def truth(self) -> Truth:
        """埋下的真相：只给讲师与测试用。"""
        return Truth(self._made)

    @cached_property
    def _made(self) -> Made:
        return Made(REGISTRY, seed=self.seed % 2**64)

    def __str__(self) -> str:
        return f"「{NAME}」（虚构），种子 {self.seed}：{len(TABLES)} 张表，180 天，240 人在册。"

    def __repr__(self) -> str:
        return f"open_centre(seed={self.seed})"


def _known(name: str) -> str:
    if name not in TABLES:
        raise ValueError(f"没有数据表 {name!r}；有：{'、'.join(TABLES)}。请改成其中一个。")
    return name


def _attribute(spec: Spec) -> property:
    """登记的表成为一个属性，文档写着它是什么、有哪些列。"""

    def get(hub: Centre) -> pd.DataFrame:
        return hub.table(spec.name)

    columns = "\n".join(
        f"- {one.name}：{one.meaning}{f'（{one.unit}）' if one.unit else ''}"
        for one in spec.columns
    )
    return property(get, doc=f"{spec.title}：{spec.note}\n\n一行：{spec.grain}。\n\n{columns}\n")


for _spec in TABLES.values():
    setattr(Centre, _spec.name, _attribute(_spec))
    learn_units({column.name: column.unit for column in _spec.columns if column.unit})


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
    >>> open_centre(seed=2025)
    open_centre(seed=2025)
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
    return Centre(seed)

"""看数：一天、一周、一个队列平常是什么样，计划与实际差在哪里？

课上反复要做的几步，一步一个动词；虚拟中心的表与自己读进来的表（列名一样）都能用::

    hub.typical_day("咨询", "周一")                     # 虚拟中心
    typical_day(read_table("我的.xlsx", kind="intervals"), weekday="周一")   # 自己的表
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ccomlib.views.comparison import Comparison, against_usual, compare
from ccomlib.views.rows import between, long_roster, pick_slots, plain_days
from ccomlib.views.sums import daily, expected, mean_by, one_day, rate_by, typical_day
from ccomlib.wording import WEEKDAYS

__all__ = [
    "WEEKDAYS",
    "Comparison",
    "Views",
    "against_usual",
    "between",
    "compare",
    "daily",
    "expected",
    "long_roster",
    "mean_by",
    "one_day",
    "pick_slots",
    "plain_days",
    "rate_by",
    "typical_day",
]


class Views:
    """虚拟中心的看数动词：与本模块同名的函数一样，表已经给好。"""

    calls_interval: pd.DataFrame

    def typical_day(
        self, queue: str | None = None, weekday: str | Iterable[str] | None = None
    ) -> pd.DataFrame:
        """平常的一天，一行一个时段；见 ``ccomlib.views.typical_day``。"""
        return typical_day(self.calls_interval, queue, weekday)

    def one_day(self, date: Any, queue: str | None = None) -> pd.DataFrame:
        """某一天，一行一个时段；见 ``ccomlib.views.one_day``。"""
        return one_day(self.calls_interval, date, queue)

    def against_usual(self, date: Any, queue: str | None = None) -> Comparison:
        """某一天与平常的同一个星期几比；见 ``ccomlib.views.against_usual``。"""
        return against_usual(self.calls_interval, date, queue)

    def daily(self, queue: str | None = None, *, plain: bool = False) -> pd.DataFrame:
        """逐日的合计与率；见 ``ccomlib.views.daily``。"""
        return daily(self.calls_interval, queue, plain=plain)

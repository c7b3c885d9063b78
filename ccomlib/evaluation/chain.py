"""从班上的人到在线的人，一级一级少在哪里？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.views import pick_slots

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LossChain", "loss_chain"]

START, PLANNED, ONLINE = "班上人数", "计划在线", "在线"
# 排班时就知道的，与当天才发生的
KNOWN = ("用餐", "小休", "培训", "其他")
ON_THE_DAY = ("缺勤", "会议", "错位")
LEVELS = (START, PLANNED, ONLINE)
SMALLEST_TOLD = 0.05
TOLERANCE = 0.05  # 列是四舍五入过的，合计差这一点不算对不上


@dataclass(frozen=True, eq=False)
class LossChain(Result):
    """一条人数的链。由 ``loss_chain`` 生成，不直接构造。

    ``table`` 一行一个环节：人数是走到这里还有几人，少了是这一步少几人（多出来的是负数）。
    """

    table: pd.DataFrame
    days: int
    scope: str

    units: ClassVar = {"人数": "人", "少了": "人", "占计划在线": "%"}

    @property
    def online_share(self) -> float:
        """在线占计划在线的比例。"""
        heads = self.table["人数"]
        return float(heads[ONLINE] / heads[PLANNED])

    @property
    def largest(self) -> str:
        """当天少得最多的一步；没有一步少人时是空字。"""
        lost = self.table["少了"].reindex(ON_THE_DAY).dropna()
        return str(lost.idxmax()) if len(lost) and lost.max() >= SMALLEST_TOLD else ""

    def summary(self) -> pd.DataFrame:
        """逐级：还有几人、这一步少几人、少的占计划在线几成。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """瀑布图：灰柱是走到这里的人数，红柱是这一步少掉的人。"""
        ax = new_axes(ax)
        heads, lost = self.table["人数"], self.table["少了"].fillna(0)
        for x, step in enumerate(self.table.index):
            if step in LEVELS:
                ax.bar(x, heads[step], width=0.7, color=COLOURS["main"])
                label, top = f"{heads[step]:.1f}", heads[step]
            else:
                colour = COLOURS["bad"] if step == self.largest else COLOURS["grey"]
                ax.bar(x, lost[step], bottom=heads[step], width=0.7, color=colour)
                label = f"{-lost[step]:+.1f}".replace("-0.0", "0").replace("-", "−")
                top = max(heads[step], heads[step] + lost[step])
            ax.annotate(label, (x, top), (0, 3), textcoords="offset points", ha="center")
        ax.set_xticks(np.arange(len(self.table)), self.table.index)
        ax.set(ylabel="人数（人）", ylim=(0, 1.12 * heads[START]))
        said = f"当天少得最多的是{self.largest}" if self.largest else "当天没有少人"
        if self.largest:
            said += f"，{lost[self.largest]:.1f} 人"
        finding(ax, said, f"{self.scope}，各时段平均")
        return ax

    def __str__(self) -> str:
        heads, lost = self.table["人数"], self.table["少了"]
        steps = [
            f"{step}{'少' if lost[step] > 0 else '多'} {abs(lost[step]):.1f} 人"
            for step in ON_THE_DAY
            if step in lost and abs(lost[step]) >= SMALLEST_TOLD
        ]
        return (
            f"{self.scope}：班上 {heads[START]:.1f} 人，计划在线 {heads[PLANNED]:.1f} 人，"
            f"实际在线 {heads[ONLINE]:.1f} 人（计划的 {self.online_share:.0%}）"
            f"{'，其中' + '、'.join(steps) if steps else ''}。"
        )


def loss_chain(
    table: pd.DataFrame,
    *,
    date: Any = None,
    weekday: str | None = None,
    first: str = "00:00",
    last: str = "23:30",
    skip: Iterable[Any] = (),
) -> LossChain:
    """班上的人，走到在线接电话，每一步少了几个？

    选中的各时段一起平均。班上人数 − 用餐 − 小休 − 培训 − 其他 = 计划在线；
    计划在线 − 缺勤 − 会议 − 错位 = 在线。

    Parameters
    ----------
    table : 一行一个时段，列 日期、时段、班上人数、计划在线、在线，以及有的几步
        （用餐、小休、培训、其他、缺勤、会议、错位），单位人；虚拟中心的是 ``hub.staff_interval``。
    date : 只看这一天，如 "2025-06-30"。
    weekday : 只看这个星期，如 "周一"；与 ``date`` 写一个。
    first, last : 从哪个时段到哪个时段，两头都算，如 "08:30"、"11:00"。
    skip : 不算的日子，如节假日。

    Returns
    -------
    LossChain

    Raises
    ------
    ValueError
        缺列；date 与 weekday 都写了；没有这样的时段；几步加起来对不上。

    Notes
    -----
    这是人数的账，不说为什么缺：同样少 5 个人，少在会议上挪会议，少在缺勤上管考勤。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"]), "时段": ["09:30"], "班上人数": [40.0],
    ...     "小休": [4.0], "计划在线": [36.0], "缺勤": [2.0], "会议": [7.0], "在线": [27.0]})
    >>> chain = loss_chain(table, date="2026-03-02")
    >>> chain.largest, round(chain.online_share, 2)
    ('会议', 0.75)
    """
    require_columns(table, ["日期", "时段", *LEVELS], "时段人力表")
    if date is not None and weekday is not None:
        raise ValueError("date 与 weekday 只写一个：看一天写 date，看几天的平均写 weekday。")
    rows = pick_slots(
        table, since=date, until=date, first=first, last=last, weekdays=weekday, skip=skip
    )
    if rows.empty:
        raise ValueError(
            f"{weekday or date or '表里'} {first} 到 {last} 没有时段：请核对日期，时段写成 08:30 这样。"
        )
    steps = _steps(rows)
    days = int(rows["日期"].nunique())
    when = weekday or (pd.Timestamp(date).strftime("%m-%d") if date is not None else "")
    which = f"{when}（{days} 天）" if days > 1 else when or rows["日期"].iloc[0].strftime("%m-%d")
    times = first if first == last else f"{first} 到 {last}"
    return LossChain(steps, days, f"{which} {times}")


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """逐级的人数；每一段的几步要合得上。"""
    heads = {one: float(np.mean(require_range(rows[one], one, 0))) for one in LEVELS}
    if heads[PLANNED] == 0:
        raise ValueError("计划在线全是 0：这几个时段没有排人，请换一段。")
    order: list[tuple[str, float, float]] = [(START, heads[START], np.nan)]
    for begin, end, names in ((START, PLANNED, KNOWN), (PLANNED, ONLINE, ON_THE_DAY)):
        left = heads[begin]
        for name in names:
            if name in rows:
                lost = float(rows[name].mean())
                left -= lost
                order.append((name, left, lost))
        if abs(left - heads[end]) > TOLERANCE:
            raise ValueError(
                f"{begin} {heads[begin]:.1f} 人减去{'、'.join(n for n in names if n in rows) or '零步'}"
                f"是 {left:.1f} 人，{end}却是 {heads[end]:.1f} 人：请补上缺的一步，或核对这几列。"
            )
        order.append((end, heads[end], np.nan))
    table = pd.DataFrame(order, columns=["环节", "人数", "少了"]).set_index("环节")
    table["占计划在线"] = table["少了"] / heads[PLANNED]
    return table

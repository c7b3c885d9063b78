"""一格一格比：计划与实际、某一天与平常的同一个星期几。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside, slot_axis
from ccomlib.display import column_unit, show_table
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns
from ccomlib.views.sums import one_day, typical_day
from ccomlib.wording import WEEKDAYS, day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Comparison", "against_usual", "compare"]


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """计划与实际一格一格比的结果。由 ``compare`` 生成。

    ``table`` 一行一格：两个数与 差（后者减前者）。
    """

    table: pd.DataFrame
    names: tuple[str, str]
    unit: str

    @property
    def short(self) -> pd.Series:
        """少了的各格，少得多的在前；少几个写成正数。"""
        gap = self.table["差"]
        return (-gap[gap < 0]).sort_values(ascending=False, kind="stable")

    @property
    def over(self) -> pd.Series:
        """多了的各格，多得多的在前。"""
        gap = self.table["差"]
        return gap[gap > 0].sort_values(ascending=False, kind="stable")

    def summary(self) -> pd.DataFrame:
        """差得最多的排在前面。"""
        order = self.table["差"].abs().sort_values(ascending=False, kind="stable").index
        return self.table.loc[order]

    def excel(self) -> dict[str, Any]:
        """差是活的公式。"""
        plan, real = self.names
        return {
            "formulas": {"差": f"[{real}] - [{plan}]"},
            "totals": [plan, real],
            "units": dict.fromkeys([plan, real, "差"], self.unit),
        }

    def _repr_html_(self) -> str:
        units = dict.fromkeys([*self.names, "差"], self.unit)
        return show_table(self.summary(), units=units, rows=8, title=str(self))._repr_html_()

    def plot(self, ax: Axes | None = None) -> Axes:
        """两条阶梯线，少的部分涂红，多的部分涂黄。"""
        ax = new_axes(ax)
        first, second = (self.table[name].to_numpy(float) for name in self.names)
        x = np.arange(len(first) + 1) - 0.5
        plan, real = (np.append(values, values[-1]) for values in (first, second))
        fill = {"step": "post", "lw": 0, "alpha": 0.5}
        ax.fill_between(x, real, np.maximum(plan, real), color=COLOURS["bad"], label="少了", **fill)
        ax.fill_between(
            x, plan, np.maximum(plan, real), color=COLOURS["second"], label="多了", **fill
        )
        ax.step(x, plan, where="post", color=COLOURS["grey"], ls="--", label=self.names[0])
        ax.step(x, real, where="post", color=COLOURS["main"], label=self.names[1])
        slot_axis(ax, map(day_text, self.table.index))
        ax.set(xlabel=self.table.index.name or "", ylabel=self.unit or "数")
        ax.set_ylim(0, 1.08 * max(plan.max(), real.max(), 1))
        finding(ax, self._worst() or f"{self.names[1]}处处不少于{self.names[0]}")
        legend_outside(ax)
        return ax

    def _worst(self) -> str:
        if self.short.empty:
            return ""
        name = day_text(self.short.index[0])
        return f"少得最多的是 {name}，少 {self._amount(self.short.iloc[0])}"

    def _amount(self, value: float) -> str:
        text = f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.1f}"
        return f"{text} {self.unit}".rstrip()

    def __str__(self) -> str:
        head = f"{len(self.table)} 格里，{self.names[1]}比{self.names[0]}"
        parts = []
        for word, values in (("少", self.short), ("多", self.over)):
            if len(values):
                parts.append(
                    f"{word}的有 {len(values)} 格，一共{word} {self._amount(values.sum())}，"
                    f"{word}得最多的是 {day_text(values.index[0])}（{self._amount(values.iloc[0])}）"
                )
        return f"{head}{'；'.join(parts)}。" if parts else f"{head}一格不差。"


def compare(
    plan: Any, actual: Any, *, names: tuple[str, str] = ("计划", "实际"), unit: str = "人"
) -> Comparison:
    """计划与实际一格一格比：哪几格少、哪几格多、合起来差多少？

    Parameters
    ----------
    plan, actual : 一列数（行标签是时段或日期），或一样长的数；行标签按名字对齐。
    names : 两列各叫什么。
    unit : 单位。

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        长短不一、没有一格对得上、有空值。

    Examples
    --------
    >>> need = pd.Series([36, 24], index=["09:30", "11:30"])
    >>> print(compare(need, [28.8, 26], names=("需要", "在岗")))
    2 格里，在岗比需要少的有 1 格，一共少 7.2 人，少得最多的是 09:30（7.2 人）；多的有 1 格，一共多 2 人，多得最多的是 11:30（2 人）。
    """
    labelled = [one for one in (plan, actual) if isinstance(one, pd.Series)]
    if len(labelled) == 2:
        both = pd.concat([plan.rename(names[0]), actual.rename(names[1])], axis=1, join="inner")
        if len(both) != len(plan) or len(both) != len(actual):
            lost = max(len(plan), len(actual)) - len(both)
            raise ValueError(f"{names[0]}与{names[1]}有 {lost} 格对不上：请用同样的时段或日期。")
    else:
        if np.ndim(plan) != 1 or np.shape(plan) != np.shape(actual):
            raise ValueError(f"{names[0]}与{names[1]}不一样长：请各给一列一样长的数。")
        index = labelled[0].index if labelled else pd.RangeIndex(1, len(plan) + 1, name="第几格")
        both = pd.DataFrame(
            {name: np.asarray(one) for name, one in zip(names, (plan, actual), strict=True)}, index
        )
    if both.isna().any(axis=None):
        where = day_text(both.index[both.isna().any(axis=1)][0])
        raise ValueError(f"{where} 这一格是空的：请补上，或先去掉这一格。")
    return Comparison(both.assign(差=both[names[1]] - both[names[0]]), tuple(names), unit)


def against_usual(
    table: pd.DataFrame, date: Any, queue: str | None = None, *, value: str = "呼入量"
) -> Comparison:
    """某一天与平常的同一个星期几，一格一格比：哪几格少、哪几格多？

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段与 ``value`` 的列；有 节假日、事件 两列就只用平常的日子作平常。
    date : "2025-04-21" 这样的日期。
    queue : 只看这个队列；不写就把各队列加在一起。
    value : 比哪一列数。

    Returns
    -------
    Comparison
        两列是 平常的周几 与 那一天（如 04-21 周一），差是那一天减平常。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这一天；除了这一天，没有平常的同一个星期几。

    Notes
    -----
    这一天自己不算在平常里。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16"]),
    ...                       "时段": "08:30", "呼入量": [100, 300, 20]})
    >>> against_usual(table, "2026-03-16").table.round().to_numpy().tolist()
    [[200.0, 20.0, -180.0]]
    """
    require_columns(table, ["日期", "时段", value], "表")
    day = pd.Timestamp(date)
    that = one_day(table, day, queue)[value]
    weekday = WEEKDAYS[day.weekday()]
    usual = typical_day(table[table["日期"] != day], queue, weekday)[value]
    names = (f"平常的{weekday}", f"{day:%m-%d} {weekday}")
    return compare(usual.reindex(that.index), that, names=names, unit=column_unit(value))

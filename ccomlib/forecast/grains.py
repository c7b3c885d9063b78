"""粒度：同一份预测，按月看与按半小时看，准确率差多少？"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.cells import parse_slot
from ccomlib.charts import finding, legend_outside
from ccomlib.display import table_html
from ccomlib.results import Result
from ccomlib.style import new_axes
from ccomlib.validation import require_columns, require_range

from .measures import accuracy

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Grains", "grains", "half_hours"]

# 泊松计数的平均绝对误差约为 √(2/π)·√均值
HALF_NORMAL = float(np.sqrt(2 / np.pi))
STEPS = {"整段": "", "每周": "7D", "每天": "D", "每个时段": "30min"}


@dataclass(frozen=True, eq=False)
class Grains(Result):
    """同一份预测在几种粒度上的准确率。由 ``grains`` 得到。"""

    table: pd.DataFrame

    def summary(self) -> pd.DataFrame:
        """一种粒度一行。"""
        return self.table

    def _repr_html_(self) -> str:
        # 99.5% 与 99.8% 都写成 100% 就看不出差别：一律写一位小数
        shown = self.table.astype(object)
        for name in shown.columns[1:]:
            shown[name] = [f"{value:.1%}".replace("-", "−") for value in self.table[name]]
        return f"<p><b>{html.escape(str(self))}</b></p>{table_html(shown, units={})}"

    def plot(self, ax: Axes | None = None) -> Axes:
        """粒度越细，准确率越低。"""
        ax = new_axes(ax)
        names = self._rates
        for name in names:
            ax.plot(self.table.index, 100 * self.table[name], marker="o", label=name)
        finding(ax, str(self).rstrip("。"), "同一份预测，四种粒度")
        ax.set(ylabel="准确率（%）", ylim=(0, 102))
        legend_outside(ax)
        return ax

    @property
    def _rates(self) -> list[str]:
        return [name for name in self.table.columns if name.endswith("准确率")]

    def __str__(self) -> str:
        first, last = self.table.iloc[0], self.table.iloc[-1]
        said = "；".join(
            f"{name}按整段 {first[name]:.1%}，按时段 {last[name]:.1%}" for name in self._rates[:-1]
        )
        return f"{said}。"


def half_hours(
    table: pd.DataFrame, queue: str | None = None, *, value: str = "呼入量"
) -> pd.Series:
    """时段表变成一列按时间排好的数，交给预测的各个工具。

    Parameters
    ----------
    table : 一行一个时段，有 日期、时段 与 ``value``；有 队列 时可以只取一个。
    queue : 只看这个队列；不写就把各队列加在一起。
    value : 取哪一列。

    Returns
    -------
    Series
        行标签是时段的开始时刻。

    Raises
    ------
    ValueError
        缺列、没有这个队列、中间缺了时段。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"] * 2),
    ...                       "时段": ["09:30", "09:00"], "呼入量": [5, 9]})
    >>> half_hours(table).tolist()
    [9, 5]
    """
    require_columns(table, ["日期", "时段", value], "时段表")
    if queue is not None:
        require_columns(table, ["队列"], "时段表")
        table = table[table["队列"] == queue]
        if table.empty:
            raise ValueError(f"时段表里没有队列「{queue}」：请核对写法。")
    clock = pd.to_timedelta(
        table["时段"].map({one: f"{parse_slot(one)}:00" for one in table["时段"].unique()})
    )
    series = table[value].groupby(pd.to_datetime(table["日期"]) + clock).sum().sort_index()
    whole = pd.date_range(series.index[0], series.index[-1], freq="30min")
    missing = whole.difference(series.index)
    if len(missing):
        raise ValueError(
            f"时段表缺 {len(missing)} 个时段，第一个是 {missing[0]:%Y-%m-%d %H:%M}："
            "请先用 traffic.clean(..., fill=“median”) 补上。"
        )
    return series.asfreq("30min").rename_axis("时刻")


def grains(actual: Any, forecast: Any) -> Grains:
    """同一份预测分粒度看：整段、每周、每天、每个时段，准确率各是多少？

    Parameters
    ----------
    actual, forecast : 同样时刻的实际与预测，行标签是时刻，半小时一个。
        预测可以有几份：{名字: 预测}，并排比。

    Returns
    -------
    Grains
        ``table`` 一种粒度一行：期数、准确率、偏差率（几份预测时是各份的准确率），
        以及平均数分毫不差时的准确率。

    Raises
    ------
    ValueError
        行标签不是时刻，两列对不上，或实际是负数。

    Notes
    -----
    准确率 = 1 − WAPE。来电是泊松时，平均数全对的预测仍差约 0.8√平均数，
    所以再准也只有 1 − Σ0.8√实际 ÷ Σ实际。

    Examples
    --------
    >>> times = pd.date_range("2026-03-02", periods=96, freq="30min")
    >>> actual = pd.Series([90, 110] * 48, times)
    >>> found = grains(actual, pd.Series(100, times))
    >>> found.table["准确率"].round(2).tolist()
    [1.0, 1.0, 1.0, 0.9]
    """
    several = isinstance(forecast, Mapping)
    told = {str(name): one for name, one in forecast.items()} if several else {"": forecast}
    if not told:
        raise ValueError("forecast 里一份预测也没有：请给一列数，或 {“名字”: 一列数}。")
    real = _moments(actual, "实际")
    made = {name: _moments(one, f"预测{name}") for name, one in told.items()}
    rows = {}
    for grain, step in STEPS.items():
        whole = _summed(real, step)
        found = {name: accuracy(whole, _summed(one, step)) for name, one in made.items()}
        row: dict[str, float] = {"期数": len(whole)}
        for name, one in found.items():
            row[f"{name}准确率"] = one.accuracy_rate
            if not several:
                row["偏差率"] = one.bias
        row["平均数全对的准确率"] = 1 - HALF_NORMAL * np.sqrt(whole).sum() / whole.sum()
        rows[grain] = row
    table = pd.DataFrame.from_dict(rows, orient="index")
    return Grains(table.rename_axis("粒度").astype({"期数": int}))


def _moments(values: Any, name: str) -> pd.Series:
    series = pd.Series(values)
    if not isinstance(series.index, pd.DatetimeIndex):
        raise ValueError(f"{name}的行标签不是时刻：请先用 forecast.half_hours 变成一列。")
    require_range(series, name, 0)
    return series


def _summed(series: pd.Series, step: str) -> pd.Series:
    return series.resample(step).sum() if step else pd.Series([series.sum()])

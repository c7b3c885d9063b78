"""未来每个月来多少电话？春节年年挪，先拿出来，预测完再放回去。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.views import plain_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["VolumeForecast", "volume_forecast"]

YEAR = 12


@dataclass(frozen=True, eq=False)
class VolumeForecast(Result):
    """逐月的呼入量预测。由 ``volume_forecast`` 生成，不直接构造。

    ``table`` 一行一个月：平常日均、放假天数与呼入量；``growth`` 是年增长，
    ``holidays`` 是各节假日一天相当于平常的几成。
    """

    table: pd.DataFrame
    growth: float
    holidays: pd.Series

    units: ClassVar = {"平常日均": "通", "放假天数": "天", "呼入量": "通"}

    def summary(self) -> pd.DataFrame:
        """一行一个月。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """逐月的呼入量，柱从 0 起。"""
        ax = new_axes(ax)
        calls = self.table["呼入量"] / 1e4
        ax.bar(range(len(calls)), calls, color=COLOURS["main"], width=0.7)
        step = -(-len(calls) // 9)
        ax.set_xticks(range(0, len(calls), step), self.table.index[::step])
        ax.set(xlabel="月份", ylabel="呼入量（万通）")
        ax.grid(axis="x", visible=False)
        finding(ax, f"最多的是 {calls.idxmax()}，{calls.max():.1f} 万通", "逐月呼入量预测")
        return ax

    def __str__(self) -> str:
        calls = self.table["呼入量"]
        return (
            f"{len(calls)} 个月里，{calls.idxmax()} 最多（{calls.max():,.0f} 通），"
            f"{calls.idxmin()} 最少（{calls.min():,.0f} 通）；年增长按 {self.growth:.1%}。"
        )


def volume_forecast(
    daily: pd.DataFrame,
    months: int = 18,
    *,
    holidays: Mapping[str, Mapping[str, int]] | None = None,
    growth: float | None = None,
) -> VolumeForecast:
    """照两年的日话务，未来每个月来多少？

    某月的呼入量 = 平常日均 × (天数 + Σ 放假天数 × (节日系数 − 1))。

    Parameters
    ----------
    daily : 一行一天（或一行一个队列的一天），列 日期、呼入量，可有 节假日、事件；
        至少连续 24 个月，最后不满的一个月也算。
    months : 往后几个月，从最后一天的下一个月起。
    holidays : 未来哪个月放哪个假、几天，如 ``{"26-02": {"春节": 8}}``；节日的名字要在表里见过。
    growth : 年增长（比例），不给就用两年同月平常日子的比。

    Returns
    -------
    VolumeForecast

    Raises
    ------
    ValueError
        缺列、不满 24 个月、月份或节日不认得。

    Notes
    -----
    平常日均只用没有节假日、没有事件的日子，所以春节落在一月还是二月，不影响这两个月的系数；
    节日系数是放假那几天的平均，除以同月平常日均。两年只够说出一个增长，没有再拿它检验的数。

    Examples
    --------
    >>> days = pd.DataFrame({"日期": pd.date_range("2023-01-01", "2024-12-31")})
    >>> days["呼入量"] = [100 if day.year == 2023 else 110 for day in days["日期"]]
    >>> found = volume_forecast(days, 1)
    >>> round(found.growth, 3), found.table.loc["25-01", "呼入量"].round().item()
    (0.1, 3751.0)
    """
    require_columns(daily, ["日期", "呼入量"], "日话务表")
    marks = [one for one in ("节假日", "事件") if one in daily]
    each = daily.groupby("日期").agg({"呼入量": "sum", **dict.fromkeys(marks, "first")})
    each = each.reset_index().assign(月=lambda t: t["日期"].dt.to_period("M"))
    normal = plain_days(each).groupby("月")["呼入量"].mean()
    if len(normal) < 2 * YEAR:
        raise ValueError(f"日话务表只有 {len(normal)} 个月：要两年（24 个月）才分得出季节与增长。")
    normal = normal.iloc[-2 * YEAR :]
    missing = pd.period_range(normal.index[0], normal.index[-1], freq="M").difference(normal.index)
    if len(missing):
        raise ValueError(
            f"日话务表的 {missing[0]:%Y-%m} 没有一个平常的日子：要连续 24 个月，请补上这个月。"
        )
    before, recent = normal.iloc[:YEAR].to_numpy(), normal.iloc[YEAR:].to_numpy()
    rate = float(recent.sum() / before.sum() - 1) if growth is None else float(growth)
    require_range(rate, "年增长（growth）", -1, above=True)
    # 两年同月的平均：前一年先长到近一年
    level = (before * (1 + rate) + recent) / 2
    ahead = pd.period_range(normal.index[-1] + 1, periods=months, freq="M")
    years = np.arange(months) // YEAR + 1
    usual = level[np.arange(months) % YEAR] * (1 + rate) ** years
    factors = _holiday_factors(each, normal)
    names = ahead.strftime("%y-%m")
    off, shift = _days_off(holidays or {}, names, factors)
    table = pd.DataFrame(
        {
            "平常日均": usual,
            "放假天数": off,
            "呼入量": usual * (ahead.days_in_month.to_numpy() + shift),
        },
        index=pd.Index(names, name="月份"),
    )
    return VolumeForecast(table, rate, factors)


def _holiday_factors(each: pd.DataFrame, normal: pd.Series) -> pd.Series:
    """各节日一天相当于平常的几成；只看有平常日均可比的月份。"""
    if "节假日" not in each:
        return pd.Series(dtype=float)
    days = each[(each["节假日"].fillna("") != "") & each["月"].isin(normal.index)]
    ratio = days["呼入量"] / days["月"].map(normal).astype(float)
    return ratio.groupby(days["节假日"]).mean().rename("相当于平常")


def _days_off(
    holidays: Mapping[str, Mapping[str, int]], names: pd.Index, factors: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """各月放假几天，折合多出（少掉）几个平常日子。"""
    off, shift = np.zeros(len(names), dtype=int), np.zeros(len(names))
    for month, given in holidays.items():
        if month not in names:
            raise ValueError(
                f"放假的月份 {month} 不在 {names[0]} 到 {names[-1]} 里：请写成 {names[0]} 这样。"
            )
        for holiday, days in given.items():
            if holiday not in factors.index:
                known = "、".join(map(str, factors.index)) or "没有"
                raise ValueError(f"节日「{holiday}」在日话务表里没有见过（有：{known}），请改名。")
            count: Any = require_range(days, f"{holiday}的天数", 0, 31)
            off[names.get_loc(month)] += int(count)
            shift[names.get_loc(month)] += float(count) * (factors[holiday] - 1)
    return off, shift

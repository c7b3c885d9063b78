"""月流失率：这个月走了百分之几？"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside, percent_axis
from ccomlib.reading import one_moment
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

from .annual import MONTHS, Annual, annualise
from .staff import DAY, TRANSFER, last_date, read_staff

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MonthlyAttrition", "monthly", "monthly_counts"]

DENOMINATORS = {"average": "月初与月末人数的平均", "opening": "月初人数"}


@dataclass(frozen=True, eq=False)
class MonthlyAttrition(Result):
    """逐月流失率。由 ``monthly`` 或 ``monthly_counts`` 得到。"""

    table: pd.DataFrame
    """一月一行，列：月初、入职、（调入）、离职、（调出）、月末、分母、流失率、累计年化。"""
    denominator: str
    average: float
    """Σ离职 ÷ Σ分母：各月按人数加权的平均月流失率。"""
    annual: Annual
    year_to_date: float
    """最近一年之内各月：Σ离职 ÷ 平均分母 × 12/k。"""
    months_to_date: int
    year: int | None
    note: str
    """排除了谁。"""

    def summary(self) -> pd.DataFrame:
        """逐月列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """逐月流失率的柱与平均线，柱上写离职人数。"""
        ax = new_axes(ax)
        table = self.table
        x = np.arange(len(table))
        ax.bar(x, table["流失率"], color=COLOURS["main"], width=0.65)
        for place, (rate, count) in enumerate(zip(table["流失率"], table["离职"], strict=True)):
            ax.text(place, rate, f"{count:g}", ha="center", va="bottom", fontsize=10)
        ax.axhline(
            self.average,
            color=COLOURS["bad"],
            linestyle="--",
            label=f"平均 {self.average:.2%}",
        )
        step = math.ceil(len(table) / 14)
        ax.set_xticks(x[::step], [str(label) for label in table.index[::step]], rotation=30)
        ax.set(
            title=f"逐月流失率（分母：{DENOMINATORS[self.denominator]}；柱上是离职人数）",
            xlabel="月份",
            ylabel="月流失率",
            ylim=(0, 1.15 * max(float(table["流失率"].max()), self.average, 1e-3)),
        )
        percent_axis(ax.yaxis)
        ax.grid(visible=False, axis="x")
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        year = "" if self.year is None else f"{self.year} 年前 {self.months_to_date} 个月"
        return (
            f"{len(self.table)} 个月平均月流失率 {self.average:.2%}（离职 ÷ "
            f"{DENOMINATORS[self.denominator]}），简单年化 {self.annual.simple:.1%}、复利年化 "
            f"{self.annual.compound:.1%}；{year or f'{self.months_to_date} 个月'}累计年化 "
            f"{self.year_to_date:.1%}；{self.note}，与别家比先核对分母与排除了谁。"
        )


def monthly_counts(
    table: pd.DataFrame,
    *,
    month: str = "月份",
    opening: str = "月初人数",
    closing: str = "月末人数",
    leavers: str = "离职人数",
    transfers_in: str | None = None,
    transfers_out: str | None = None,
    denominator: str = "average",
) -> MonthlyAttrition:
    """只有每月人数时的流失率；内部调入调出另列，不算流失。

    Parameters
    ----------
    table : 列：月份、月初人数、月末人数、离职人数；一月几行（各班组）的按月加总。
    month, opening, closing, leavers : 列名；离职人数不含调出的。
    transfers_in, transfers_out : 调入、调出本部门的人数在哪一列；没有内部调动就不给。
    denominator : "average"（月初与月末的平均，默认）或 "opening"（月初）。

    Returns
    -------
    MonthlyAttrition

    Raises
    ------
    ValueError
        缺列、没有行、人数为负、分母为 0，离开的人多于记下的离职与调出。

    Notes
    -----
    月流失率 = 离职 ÷ 分母；累计年化 = Σ离职 ÷ 平均分母 × 12/k，k 是年内第几个月。
    月末 = 月初 + 入职 + 调入 − 离职 − 调出，由它倒推入职；调出的人留在公司里，不进分子。

    Examples
    --------
    >>> table = pd.DataFrame({"月份": ["2026-01", "2026-02"], "月初人数": [200, 206],
    ...                       "月末人数": [206, 202], "离职人数": [6, 7]})
    >>> monthly_counts(table).table["流失率"].round(4).tolist()
    [0.0296, 0.0343]
    >>> moved = table.assign(月末人数=[190, 202], 调出人数=[10, 0])
    >>> monthly_counts(moved, transfers_out="调出人数").table["入职"].tolist()
    [6.0, 3.0]
    """
    moves = {"调入": transfers_in, "调出": transfers_out}
    given = [name for name in moves.values() if name is not None]
    require_columns(table, [month, opening, closing, leavers, *given])
    if table.empty:
        raise ValueError("数据表没有行：请至少给一个月。")
    first = require_range(table[opening], opening, 0)
    last = require_range(table[closing], closing, 0)
    gone = require_range(table[leavers], leavers, 0)
    labels = [f"{one_moment(_day(value), month):%Y-%m}" for value in table[month]]
    columns = {"月初": first, "离职": gone, "月末": last}
    for name, column in moves.items():
        columns[name] = 0.0 if column is None else require_range(table[column], column, 0)
    data = pd.DataFrame(columns).groupby(labels).sum()
    joined = data["月末"] - data["月初"] + data["离职"] + data["调出"] - data["调入"]
    data["入职"] = joined.round(9)  # 折算的人数是小数，加减会差最后一位
    if (data["入职"] < 0).any():
        label = data.index[data["入职"] < 0][0]
        row = data.loc[label]
        raise ValueError(
            f"{label} 的月初 {row['月初']:g} 加调入 {row['调入']:g}，减离职 {row['离职']:g}、调出 "
            f"{row['调出']:g}，多于月末 {row['月末']:g}：另有 {-row['入职']:g} 人离开没有记下，请核对；"
            "内部调走的请写成一列，用 transfers_out 指明。"
        )
    kept = [name for name in moves if data[name].any()]
    notes = ["分母含哪些人以所给人数为准"]
    notes += [f"{name} {data[name].sum():g} 人是内部调动，不算流失" for name in kept]
    order = ["月初", "入职", "调入", "离职", "调出", "月末"]
    shown = [name for name in order if name not in moves or name in kept]
    return _result(data[shown], denominator, "，".join(notes))


def monthly(
    staff: pd.DataFrame,
    start: Any = None,
    end: Any = None,
    *,
    denominator: str = "average",
    skip_days: int = 0,
    person: str = "工号",
    hired: str = "入职日期",
    left: str = "离职日期",
    reason: str | None = None,
    transfers: Iterable[str] = TRANSFER,
) -> MonthlyAttrition:
    """从花名册算逐月流失率。

    Parameters
    ----------
    staff : 一人一行，离职日期为空的是在册。
    start, end : 从哪个月到哪个月（"2026-01"）；不给时从第一个离职的月到最后一个整月。
    denominator : "average"（月初与月末人数的平均，默认）或 "opening"（月初人数）。
    skip_days : 入职头几天（培训期）不计：这几天之内离开的既不算离职也不算在册。
    person, hired, left, reason : 列名；``reason`` 是离职原因。
    transfers : 哪些原因是内部调动，不算流失。

    Returns
    -------
    MonthlyAttrition

    Raises
    ------
    ValueError
        花名册有错、月份读不懂、起止颠倒，某个月没有人在册。

    Notes
    -----
    离职日当天算最后一天在册；月初人数是上月最后一天结束时的人数。

    Examples
    --------
    >>> staff = pd.DataFrame({"工号": ["A1", "A2", "A3", "A4"], "入职日期": ["2025-03-01"] * 4,
    ...                       "离职日期": [None, "2026-01-20", None, "2026-02-10"]})
    >>> monthly(staff, "2026-01", "2026-02").table["流失率"].round(4).tolist()
    [0.2857, 0.4]
    """
    skip = int(require_range(skip_days, "skip_days", 0))
    data = read_staff(
        staff, person=person, hired=hired, left=left, reason=reason, transfers=transfers
    )
    if start is None and data["离职"].isna().all():
        raise ValueError("花名册里没有人离职：请给 start 与 end，或补上离职的人。")
    begin = data["离职"].min() if start is None else one_moment(_day(start), "start")
    finish = _full_month(last_date(data, None)) if end is None else one_moment(_day(end), "end")
    months = pd.period_range(begin, finish, freq="M")
    if not len(months):
        raise ValueError(f"从 {begin:%Y-%m} 到 {finish:%Y-%m} 没有一个整月：请核对 start 与 end。")
    joined = (data["入职"] + skip * DAY).to_numpy()
    left_on = data["离职"].to_numpy()
    counted = np.isnat(left_on) | (left_on >= joined)
    joined, left_on = joined[counted], left_on[counted]
    moved = data["调动"].to_numpy()[counted]
    edge = np.array([*months.start_time, months[-1].end_time + pd.Timedelta(1)]).astype(
        "datetime64[us]"
    )
    alive = [int(((joined < day) & (np.isnat(left_on) | (left_on >= day))).sum()) for day in edge]
    entered = np.histogram(joined.astype("int64"), edge.astype("int64"))[0]
    known = ~np.isnat(left_on)
    gone, moves = (
        [
            int(((left_on >= low) & (left_on < high) & known & (moved == flag)).sum())
            for low, high in pairwise(edge)
        ]
        for flag in (False, True)
    )
    table = pd.DataFrame(
        {"月初": alive[:-1], "入职": entered, "离职": gone, "调出": moves, "月末": alive[1:]},
        index=[str(month) for month in months],
    )
    if not any(moves):
        table = table.drop(columns="调出")
    notes = [
        *([f"入职 {skip} 天之内离开的没有计入"] if skip else ["含培训期、试用期离开的"]),
        *([f"{sum(moves)} 人内部调动不算流失"] if any(moves) else []),
    ]
    return _result(table, denominator, "，".join(notes))


def _result(table: pd.DataFrame, denominator: str, note: str) -> MonthlyAttrition:
    if denominator not in DENOMINATORS:
        raise ValueError(f'denominator 是 {denominator!r}：请用 "average" 或 "opening"。')
    base = table["月初"] if denominator == "opening" else (table["月初"] + table["月末"]) / 2
    if (base <= 0).any():
        label = base.index[base <= 0][0]
        raise ValueError(f"{label} 的分母是 0，那个月没有人在册：请改 start 与 end。")
    table = table.assign(分母=base, 流失率=table["离职"] / base)
    years = np.array([label[:4] for label in table.index])
    groups = table.groupby(years)
    order = groups.cumcount() + 1
    mean_base = groups["分母"].cumsum() / order
    table["累计年化"] = groups["离职"].cumsum() / mean_base * MONTHS / order
    table.index.name = "月份"
    average = float(table["离职"].sum() / base.sum())
    return MonthlyAttrition(
        table=table,
        denominator=denominator,
        average=average,
        annual=annualise(min(average, 1.0)),
        year_to_date=float(table["累计年化"].iloc[-1]),
        months_to_date=int(order.iloc[-1]),
        year=int(years[-1]),
        note=note,
    )


def _day(value: Any) -> Any:
    """「2026-01」「2026年1月」补成月初那一天。"""
    if isinstance(value, pd.Period):
        return value.start_time
    text = str(value).strip().rstrip("月").replace("年", "-").replace("/", "-")
    parts = text.split("-")
    return f"{text}-01" if len(parts) == 2 and all(part.isdigit() for part in parts) else value


def _full_month(day: pd.Timestamp) -> pd.Timestamp:
    """最后一个整月里的一天。"""
    return day if day.is_month_end else day.replace(day=1) - pd.Timedelta(days=1)

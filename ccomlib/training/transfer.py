"""训后转化：受训的人变好了，扣除没受训的人也在变，还剩多少是培训的？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range, rounding, varies
from ccomlib.wording import date_text, day_text, p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DifferenceInDifferences", "difference_in_differences"]

MAX_TICKS = 14


@dataclass(frozen=True, eq=False)
class DifferenceInDifferences(Result):
    """双重差分。由 ``difference_in_differences`` 得到，不直接构造。"""

    effect: float
    """双重差分：受训组的变化 − 对照组的变化。"""
    error: float
    low: float
    high: float
    df: float
    t: float
    p: float
    """双侧。"""
    table: pd.DataFrame
    """列：组、人数、之前平均、之后平均、变化、变化的标准误；最后一行是两组之差。"""
    means: pd.DataFrame
    """时间 × 组的平均。"""
    trend: tuple[float, float, float] | None
    """训前两组每期走势之差与它的区间下限、上限；训前不足两期时为 None。"""
    trend_p: float | None
    start: Any
    value: str
    groups: tuple[str, str]
    confidence: float

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    @property
    def parallel(self) -> bool | None:
        """训前两组走势看不出差别吗；只有一期时为 None，看不出差别也不等于平行。"""
        return None if self.trend_p is None else bool(self.trend_p >= 1 - self.confidence)

    def summary(self) -> pd.DataFrame:
        """两组前后的平均与变化。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """两组的走势；虚线是受训组若与对照组同样变化会到哪里。"""
        ax = new_axes(ax)
        treated, control = self.groups
        x = np.arange(len(self.means))
        split = int(self.means.index.get_loc(self.start))
        ax.plot(x, self.means[treated], "o-", color=COLOURS["main"], label=treated)
        ax.plot(x, self.means[control], "s-", color=COLOURS["grey"], label=control)
        base = self.table.set_index("组")["之前平均"]
        shifted = self.means[control].iloc[split:] - base[control] + base[treated]
        ax.plot(x[split:], shifted, "--", color=COLOURS["main"], label=f"{treated}若没受训（推算）")
        ax.axvline(split - 0.5, color=COLOURS["bad"], ls=":", label="受训")
        step = -(-len(x) // MAX_TICKS)
        labels = [day_text(value, "\n") for value in self.means.index[::step]]
        ax.set_xticks(x[::step], labels, rotation=0)
        ax.set(
            title=f"双重差分 {self.effect:+.3g}，{p_text(self.p)}", xlabel="时间", ylabel=self.value
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        rows = self.table.set_index("组")["变化"]
        treated, control = self.groups
        text = (
            f"{self.value}：{treated}变化 {rows[treated]:+.3g}，{control}变化 {rows[control]:+.3g}，"
            f"双重差分 {self.effect:+.3g}（{self.confidence:.0%} 区间 {self.low:+.3g} 到 "
            f"{self.high:+.3g}），{p_text(self.p)}："
        )
        text += "差异显著" if self.significant else "不显著，证据不够，不等于没有效果"
        if self.parallel is None:
            text += "；训前只有一期，平行趋势无从查起"
        elif self.parallel:
            text += f"；训前走势看不出不同（{p_text(self.trend_p)}），但看不出不等于平行"
        else:
            text += f"；训前两组走势就不同（{p_text(self.trend_p)}），这个差不能算作培训的效果"
        return text + "。前提是没有培训时两组会同样变化，期间也没有别的只影响一组的事。"


def difference_in_differences(
    table: pd.DataFrame,
    *,
    value: str,
    start: Any,
    group: str = "组别",
    treated: str = "试点",
    control: str = "对照",
    time: str = "周",
    person: str = "工号",
    confidence: float = 0.95,
) -> DifferenceInDifferences:
    """培训真的起作用了吗？受训组的变化减去对照组的变化。

    Parameters
    ----------
    table : 一行一人一期，列有 value、group、time、person。
    value : 看哪个指标的列。
    start : 训后第一期的时间；早于它的是训前。
    group, treated, control : 组别的列与两组的名字，别的组不用；一个人只能在一组。
    time, person : 时间与人的列；time 要能排出先后。
    confidence : 区间的置信水平。

    Returns
    -------
    DifferenceInDifferences
        双重差分、区间、训前走势的检查。

    Raises
    ------
    ValueError
        缺列、空值、没有这两组、同人同期两行、一人在两组、训前或训后没有数据、
        一组不到 2 人、变化没有差异。

    Notes
    -----
    每人先求训前平均与训后平均，变化 = 训后 − 训前；双重差分 = 两组变化平均之差，
    标准误与自由度用 Welch。每人只留一个变化，前后几期的牵连就不会把标准误算小；
    只有训前或只有训后的人不用。训前走势：每人训前的直线斜率，两组平均之差的 Welch 检验。

    References
    ----------
    Card & Krueger (1994), Am. Econ. Rev. 84: 772–793；
    Bertrand, Duflo & Mullainathan (2004), Q. J. Econ. 119: 249–275（先合并成前后两期）。

    Examples
    --------
    >>> rows = [("A", "试点", 80, 88), ("B", "试点", 78, 87), ("C", "试点", 82, 88),
    ...         ("D", "对照", 81, 83), ("E", "对照", 79, 82), ("F", "对照", 80, 81)]
    >>> table = pd.DataFrame([(who, arm, week, score) for who, arm, *pair in rows
    ...                       for week, score in zip([1, 2], pair)], columns=["工号", "组别", "周", "质检分"])
    >>> result = difference_in_differences(table, value="质检分", start=2)
    >>> round(result.effect, 3), round(result.low, 2), round(result.high, 2), result.parallel
    (5.667, 2.55, 8.79, None)
    """
    data = _read(table, value, group, (treated, control), time, person)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    try:
        times = sorted(data["时间"].unique())
    except TypeError:
        raise ValueError(f"{time}里有的是数、有的是文字，排不出先后：请都写成数或日期。") from None
    if start not in times:
        have = "、".join(map(date_text, times[:8]))
        raise ValueError(f"start 是 {start!r}，数据里没有这一期；有：{have}等。请写训后第一期。")
    if start == times[0]:
        raise ValueError(f"start 是 {date_text(start)}，它之前没有数据：请补上训前至少一期。")
    late = data["时间"] >= start
    before = data[~late].groupby("人")["值"].mean()
    after = data[late].groupby("人")["值"].mean()
    arm = data.groupby("人")["组"].first()
    people = before.index.intersection(after.index)
    changes = {name: (after - before)[people[arm[people] == name]] for name in (treated, control)}
    rows = []
    for name, change in changes.items():
        if len(change) < 2:
            raise ValueError(
                f"{name}组前后都有数据的只有 {len(change)} 人，至少要 2 人：请补数据。"
            )
        who = change.index
        error = float(change.std(ddof=1) / np.sqrt(len(change)))
        rows.append((name, len(who), before[who].mean(), after[who].mean(), change.mean(), error))
    effect, error, df = _welch(changes[treated].to_numpy(), changes[control].to_numpy())
    if not any(varies(change, data["值"]) for change in changes.values()):
        raise ValueError("两组之内各人的变化完全一样，标准误是 0，检验用不上：请核对数据。")
    gap = [np.subtract(*(rows[i][k] for i in (0, 1))) for k in (2, 3)]
    rows.append((f"{treated} − {control}", sum(row[1] for row in rows), *gap, effect, error))
    low, high, p = _interval(effect, error, df, confidence)
    trend, trend_p = _pre_trend(data[~late], arm, (treated, control), confidence)
    columns = ["组", "人数", "之前平均", "之后平均", "变化", "变化的标准误"]
    return DifferenceInDifferences(
        effect=effect,
        error=error,
        low=low,
        high=high,
        df=df,
        t=effect / error,
        p=p,
        table=pd.DataFrame(rows, columns=columns),
        means=data[data["人"].isin(people)].pivot_table("值", "时间", "组")[[treated, control]],
        trend=trend,
        trend_p=trend_p,
        start=start,
        value=value,
        groups=(treated, control),
        confidence=float(confidence),
    )


def _read(
    table: pd.DataFrame, value: str, group: str, arms: tuple[str, str], time: str, person: str
) -> pd.DataFrame:
    require_columns(table, [value, group, time, person], "前后数据表")
    for name in arms:
        if not (table[group] == name).any():
            have = "、".join(map(str, table[group].dropna().unique()))
            raise ValueError(f"{group}里没有“{name}”；有：{have}。请改 treated、control 的名字。")
    data = table[table[group].isin(arms)]
    if data[[time, person]].isna().any().any():
        raise ValueError(f"{time}或{person}有空值：请补上，或先删去这些行。")
    labels = pd.Index(data[person].astype(str) + "，" + data[time].map(date_text))
    numbers = as_numbers(data[value].set_axis(labels), value)
    twice = data.duplicated([person, time]).to_numpy()
    if twice.any():
        row = data.iloc[int(np.flatnonzero(twice)[0])]
        raise ValueError(f"{row[person]} 在 {date_text(row[time])} 有两行：一人一期只写一行。")
    arms_of = data.groupby(person)[group].nunique()
    if (arms_of > 1).any():
        raise ValueError(
            f"{arms_of.index[arms_of > 1][0]} 既在{arms[0]}组又在{arms[1]}组：请只留一组。"
        )
    return pd.DataFrame(
        {
            "人": data[person].to_numpy(),
            "组": data[group].to_numpy(),
            "时间": data[time].to_numpy(),
            "值": numbers,
        }
    )


def _welch(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    """两组平均之差、标准误、Welch 自由度。"""
    one, two = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    total = one + two
    if total == 0:
        return float(a.mean() - b.mean()), 0.0, float(len(a) + len(b) - 2)
    df = total**2 / (one**2 / (len(a) - 1) + two**2 / (len(b) - 1))
    return float(a.mean() - b.mean()), float(np.sqrt(total)), float(df)


def _interval(
    effect: float, error: float, df: float, confidence: float
) -> tuple[float, float, float]:
    from scipy.stats import t as student

    half = float(student.isf((1 - confidence) / 2, df)) * error
    return effect - half, effect + half, 2 * float(student.sf(abs(effect / error), df))


def _pre_trend(
    data: pd.DataFrame, arm: pd.Series, groups: tuple[str, str], confidence: float
) -> tuple[tuple[float, float, float] | None, float | None]:
    """训前各人的斜率（每期），两组平均之差；不足两期、或一组不到 2 人时没有。"""
    place = {moment: float(k) for k, moment in enumerate(sorted(data["时间"].unique()))}
    if len(place) < 2:
        return None, None
    grid = data.assign(期=data["时间"].map(place))
    centred = grid[["期", "值"]] - grid.groupby("人")[["期", "值"]].transform("mean")
    sums = pd.DataFrame({"xx": centred["期"] ** 2, "xy": centred["期"] * centred["值"]})
    sums = sums.groupby(grid["人"]).sum()
    slope = (sums["xy"] / sums["xx"].where(sums["xx"] > 0)).dropna()
    parts = [slope[arm[slope.index] == name].to_numpy() for name in groups]
    if min(map(len, parts)) < 2:
        return None, None
    effect, error, df = _welch(*parts)
    if not any(varies(part, data["值"]) for part in parts):
        same = abs(effect) <= rounding(data["值"])
        return (effect, effect, effect), 1.0 if same else 0.0
    low, high, p = _interval(effect, error, df, confidence)
    return (effect, low, high), p

"""再预测准不准：过去的每一天都在同一个钟点重算一次，比不重算好多少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from ccomlib.charts import finding, legend_outside
from ccomlib.intraday.reforecast import DAY_CV, reforecast
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ReforecastDays", "reforecast_days"]

FEWEST = 3


@dataclass(frozen=True, eq=False)
class ReforecastDays(Result):
    """多天的再预测。由 ``reforecast_days`` 得到，不直接构造。

    ``table`` 一行一天：上午与其余时段各是计划的几倍，其余时段照原计划、照再预测各差几成。
    """

    table: pd.DataFrame
    at: str

    units: ClassVar = {"原计划差": "%", "再预测差": "%"}

    @property
    def before(self) -> float:
        """不重算，其余时段平均差几成。"""
        return float(self.table["原计划差"].mean())

    @property
    def after(self) -> float:
        """重算过，其余时段平均差几成。"""
        return float(self.table["再预测差"].mean())

    @property
    def better(self) -> int:
        """几天重算以后更准。"""
        return int((self.table["再预测差"] < self.table["原计划差"]).sum())

    @property
    def correlation(self) -> float:
        """此前与此后的倍数的相关系数。"""
        return float(self.table["此前倍数"].corr(self.table["此后倍数"]))

    def summary(self) -> pd.DataFrame:
        """逐天，重算帮得最多的在前。"""
        gain = self.table["原计划差"] - self.table["再预测差"]
        return self.table.loc[gain.sort_values(ascending=False, kind="stable").index]

    def plot(self, ax: Axes | None = None) -> Axes:
        """一点一天：横轴此前是计划的几倍，纵轴此后是几倍；叉是那天的再预测。"""
        ax = new_axes(ax, figsize=(7.2, 4.6))
        seen, real = 100 * self.table["此前倍数"], 100 * self.table["此后倍数"]
        ax.scatter(seen, real, color=COLOURS["main"], label="一点一天", zorder=3)
        said = 100 * self.table["再预测倍数"]
        # 各天计划不一样多，打的折也略有不同，不连成线
        ax.scatter(seen, said, color=COLOURS["bad"], marker="x", s=28, label="那天的再预测")
        ax.axhline(100, color=COLOURS["grey"], ls="--", label="照原计划")
        ax.set(
            xlabel=f"{self.at} 以前，来电是计划的（%）", ylabel=f"{self.at} 以后，来电是计划的（%）"
        )
        finding(
            ax,
            f"重算以后，平均差从 {self.before:.1%} 到 {self.after:.1%}",
            f"{len(self.table)} 天，每天 {self.at} 重算一次",
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        days = len(self.table)
        return (
            f"{days} 天，每天 {self.at} 重算一次：此后的来电，照原计划平均差 {self.before:.1%}，"
            f"重算过差 {self.after:.1%}；{self.better} 天更准，{days - self.better} 天没有更准；"
            f"此前与此后的相关系数 {self.correlation:.2f}；"
            "day_cv 若也是从这些天估的，就看不出它好不好。"
        )


def reforecast_days(
    table: pd.DataFrame, at: str, *, day_cv: float = DAY_CV, dispersion: float | None = None
) -> ReforecastDays:
    """过去的每一天都在同一个钟点重算，剩下的时段比照原计划准多少？

    Parameters
    ----------
    table : 一行一个时段，列 日期、时段、预测量、呼入量；一天一个时段只有一行。
    at : 几点重算，如 "10:30"；它以前的时段算已过。
    day_cv, dispersion : 同 ``reforecast``；用别的日子估的才算数。

    Returns
    -------
    ReforecastDays

    Raises
    ------
    ValueError
        缺列、不到 3 天、同一天同一时段有两行，或有一天在这个钟点以前、以后没有来电。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": [*pd.date_range("2026-03-02", periods=3)] * 2, "预测量": 100,
    ...                       "时段": ["09:00"] * 3 + ["11:00"] * 3, "呼入量": [120, 80, 100] * 2})
    >>> result = reforecast_days(table, "10:00", day_cv=0.1, dispersion=1)
    >>> result.better, round(result.before, 3), round(result.after, 3)
    (2, 0.139, 0.069)
    """
    require_columns(table, ["日期", "时段", "预测量", "呼入量"], "时段表")
    twice = table.duplicated(["日期", "时段"])
    if twice.any():
        row = table[twice].iloc[0]
        raise ValueError(
            f"{pd.Timestamp(row['日期']):%Y-%m-%d} {row['时段']} 有两行：请只取一个队列，或先把各队列加起来。"
        )
    rows = [
        _one_day(day, rest.sort_values("时段"), at, day_cv, dispersion)
        for day, rest in table.groupby("日期")
    ]
    if len(rows) < FEWEST:
        raise ValueError(f"只有 {len(rows)} 天，说不出准不准：请给至少 {FEWEST} 天。")
    return ReforecastDays(pd.DataFrame(rows).set_index("日期"), at)


def _one_day(
    day: Any, rows: pd.DataFrame, at: str, day_cv: float, dispersion: float | None
) -> dict[str, Any]:
    slots = rows.set_index("时段")
    passed = slots.index.astype(str) < at
    sums = [slots.loc[side, ["预测量", "呼入量"]].sum() for side in (passed, ~passed)]
    if any((one <= 0).any() for one in sums):
        raise ValueError(
            f"{pd.Timestamp(day):%Y-%m-%d} 在 {at} 以前或以后没有来电或没有预测：请换一个钟点，或去掉这一天。"
        )
    again = reforecast(
        slots["预测量"], slots.loc[passed, "呼入量"], day_cv=day_cv, dispersion=dispersion
    )
    plan, real = float(sums[1]["预测量"]), float(sums[1]["呼入量"])
    return {
        "日期": day,
        "此前倍数": again.raw_ratio,
        "再预测倍数": again.ratio,
        "此后倍数": real / plan,
        "原计划差": abs(plan / real - 1),
        "再预测差": abs(again.rest / real - 1),
    }

"""改进名单：哪些人该制定改进方案，凭什么是他？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.constants import DCDIER_NOTE, dcdier_table
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ImprovementList", "improvement_list"]

MOST_LINES = 8


@dataclass(frozen=True, eq=False)
class ImprovementList(Result):
    """要制定改进方案的人。由 ``improvement_list`` 得到，不直接构造。"""

    table: pd.DataFrame
    """列：人、连续未达标月数、最近得分、最近 z、与门槛差、最弱指标（给了指标列才有）。"""
    watch: pd.DataFrame
    """最近一个月未达标、但还不符合名单条件的人。"""
    scores: pd.DataFrame
    """人 × 月的得分；缺考核的月为空。"""
    threshold: float
    months: int
    z: float
    person: str

    def plan(self, who: Any) -> pd.DataFrame:
        """这个人的改进方案草稿：DCDIER 六步（教学展开）各写什么。

        Raises
        ------
        ValueError
            这个人不在名单里。
        """
        found = self.table[self.table[self.person] == who]
        if found.empty:
            listed = "、".join(map(str, self.table[self.person])) or "（空）"
            raise ValueError(f"{who!r} 不在改进名单里；名单：{listed}。")
        row = found.iloc[0]
        weakest = row.get("最弱指标", "最弱的指标")
        steps = dcdier_table()[["次序", "字母", "步骤", "改善绩效时"]]
        return steps.assign(
            草稿=[
                f"{who} 的总分由 {row['最近得分']:.1f} 提到 {self.threshold:g}，先攻{weakest}",
                f"取最近 {row['连续未达标月数']} 个月的逐项得分与样本量，核对数据",
                f"拆解{weakest}：哪一段过程、哪一项技能拖后",
                f"针对{weakest}定一至两项措施、责任人与期限",
                "每周辅导一次，看过程指标，记录",
                f"{self.months} 个月后对照 {self.threshold:g} 分：结案、延长或换措施",
            ]
        )

    def summary(self) -> pd.DataFrame:
        """名单，差得多的在前。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """名单上的人（最多 8 位）的得分走势，背景是全体的中间一半。"""
        ax = new_axes(ax)
        months = self.scores.columns
        x = np.arange(len(months))
        low, high = self.scores.quantile(0.25), self.scores.quantile(0.75)
        ax.fill_between(x, low, high, color=COLOURS["grey"], alpha=0.25, label="全体的中间一半")
        ax.axhline(self.threshold, color=COLOURS["bad"], ls="--", label=f"门槛 {self.threshold:g}")
        colours = [colour for name, colour in COLOURS.items() if name not in {"grey", "bad"}]
        for number, who in enumerate(self.table[self.person].iloc[:MOST_LINES]):
            ax.plot(
                x,
                self.scores.loc[who],
                color=colours[number % len(colours)],
                marker="os^D"[number // len(colours)],
                label=str(who),
            )
        ax.set_xticks(x, [_month(value) for value in months], rotation=30 if len(x) > 6 else 0)
        more = len(self.table) - MOST_LINES
        tail = f"（另有 {more} 人未画）" if more > 0 else ""
        ax.set(title=f"改进名单：{len(self.table)} 人{tail}", xlabel="月份", ylabel="得分（分）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        rule = f"连续 {self.months} 个月低于 {self.threshold:g} 且最近 z < {self.z:g}"
        watch = f"；另有 {len(self.watch)} 人最近未达标、先观察" if len(self.watch) else ""
        if self.table.empty:
            return f"没有人{rule}{watch}；门槛、月数与 z 是教学约定。"
        names = "、".join(map(str, self.table[self.person].iloc[:6]))
        more = "等" if len(self.table) > 6 else ""
        return (
            f"{len(self.table)} 人{rule}，要制定改进方案：{names}{more}{watch}；"
            f"门槛、月数与 z 是教学约定，先核对数据与不可控因素再谈人。{DCDIER_NOTE}"
        )


def improvement_list(
    table: pd.DataFrame,
    *,
    threshold: float = 80,
    months: int = 2,
    z: float = -1.0,
    score: str = "绩效总分",
    person: str = "工号",
    month: str = "月份",
    indicators: tuple[str, ...] = (),
) -> ImprovementList:
    """谁连续几个月没达标，又明显落在众人后面？

    Parameters
    ----------
    table : 一行一人一月，列有 person、month、score。
    threshold : 达标的门槛（分）。
    months : 连续几个月低于门槛。
    z : 最近一个月的 z 分数低于它，默认 −1（教学约定）。
    score, person, month : 列名；month 要能排出先后（日期、2025-01 这样的文字或数字）。
    indicators : 各指标得分的列，给了就写出每人最近一个月最弱的一项（与众人比）。

    Returns
    -------
    ImprovementList
        名单、观察名单，``plan(人)`` 给出 DCDIER 草稿。

    Raises
    ------
    ValueError
        缺列、空值、同人同月两行、月数不足、某月不足 3 人。

    Notes
    -----
    z = (得分 − 当月平均) ÷ 当月标准差；当月人人同分时 z 为 0。
    中间缺考核的月会断开“连续”，最近一个月没有考核的人不列入。

    Examples
    --------
    >>> rows = [(who, month, value) for who, pair in
    ...         {"A1": (90, 92), "A2": (88, 90), "A3": (85, 91), "A4": (75, 70)}.items()
    ...         for month, value in zip(["2025-05", "2025-06"], pair)]
    >>> result = improvement_list(pd.DataFrame(rows, columns=["工号", "月份", "绩效总分"]))
    >>> result.table["工号"].tolist(), result.plan("A4")["字母"].str.cat()
    (['A4'], 'DCDIER')
    """
    require_columns(table, [person, month, score, *indicators], "月度绩效表")
    if table.empty:
        raise ValueError("月度绩效表没有行：请检查筛选条件。")
    if isinstance(months, bool) or months != int(months) or months < 1:
        raise ValueError(f"months 是 {months!r}，应是不小于 1 的整数。")
    as_numbers(threshold, "threshold")
    as_numbers(z, "z")
    if table[[person, month]].isna().any().any():
        raise ValueError(f"{person}或{month}有空值：请补上，或先删去这些行。")
    twice = table.duplicated([person, month]).to_numpy()
    if twice.any():
        row = table.iloc[int(np.flatnonzero(twice)[0])]
        raise ValueError(f"{row[person]} 在 {_month(row[month])} 有两行：一人一月只写一行。")
    labels = pd.Index(table[person].astype(str) + "，" + table[month].map(_month))
    values = as_numbers(table[score].set_axis(labels), score)
    data = table[[person, month]].assign(得分=values)
    grid = data.pivot(index=person, columns=month, values="得分")
    if grid.shape[1] < months:
        raise ValueError(f"只有 {grid.shape[1]} 个月，看不出连续 {months} 个月：请补上前几个月。")
    last = grid.columns[-1]
    if grid[last].notna().sum() < 3:
        raise ValueError(
            f"{_month(last)} 只有 {grid[last].notna().sum()} 人，z 没有意义：至少要 3 人。"
        )
    standard = _standard(grid[last])
    below = grid.to_numpy() < threshold
    run = np.cumprod(below[:, ::-1], axis=1).sum(axis=1)
    found = pd.DataFrame(
        {
            person: grid.index,
            "连续未达标月数": run,
            "最近得分": grid[last].to_numpy(),
            "最近 z": standard.to_numpy(),
            "与门槛差": grid[last].to_numpy() - threshold,
        }
    )
    if indicators:
        latest = table[table[month] == last].set_index(person)[list(indicators)]
        latest = latest.apply(lambda column: as_numbers(column, column.name))
        found["最弱指标"] = found[person].map(latest.apply(_standard).idxmin(axis=1))
    late = found[found["连续未达标月数"] >= 1].sort_values(["最近得分", person], ignore_index=True)
    chosen = (late["连续未达标月数"] >= months) & (late["最近 z"] < z)
    return ImprovementList(
        table=late[chosen].reset_index(drop=True),
        watch=late[~chosen].reset_index(drop=True),
        scores=grid,
        threshold=float(threshold),
        months=int(months),
        z=float(z),
        person=person,
    )


def _standard(scores: pd.Series) -> pd.Series:
    """z 分数；人人同分时都是 0。"""
    if not varies(scores.dropna()):
        return scores * 0.0
    return (scores - scores.mean()) / scores.std(ddof=1)


def _month(value: Any) -> str:
    return f"{value:%Y-%m}" if hasattr(value, "strftime") else str(value)

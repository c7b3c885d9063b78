"""最小方差：平均一样，谁更稳？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import new_axes
from ccomlib.validation import require_columns, varies

from .groups import read_groups, samples
from .variation import equal_variance

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["INDICATORS", "MinimumVariance", "minimum_variance"]

INDICATORS = ("服务水平", "工时利用率", "平均处理时长", "质检分")
TALL = 0.34


@dataclass(frozen=True, eq=False)
class MinimumVariance(Result):
    """各组各指标的方差与名次。由 ``minimum_variance`` 得到。"""

    table: pd.DataFrame
    """一行一个（组，指标），列：n、均值、方差、标准差、变异系数、名次（1 最稳）。"""
    ranking: pd.DataFrame
    """一行一组，最稳的在前，列：平均名次与各指标的名次。"""
    tests: pd.DataFrame
    """一行一个指标，列：最小方差、最大方差、倍数、p（Brown-Forsythe）。"""
    indicators: tuple[str, ...]
    group: str

    def summary(self) -> pd.DataFrame:
        """一行一组：平均名次，与各指标的均值、方差。"""
        wide = self.table.unstack("指标")
        columns = {"平均名次": self.ranking["平均名次"]}
        for name in self.indicators:
            for column in ("均值", "方差", "名次"):
                columns[f"{name}{column}"] = wide[column, name]
        return pd.DataFrame(columns).loc[self.ranking.index]

    def plot(self, ax: Axes | None = None) -> Axes:
        """名次的热力表：深色不稳，格里是标准差，括号里是均值。"""
        rows, columns = list(self.ranking.index), list(self.indicators)
        ax = new_axes(
            ax, figsize=(2.2 + 1.9 * len(columns), max(2.6, TALL * len(rows) + 1.4))
        )  # fmt: skip
        grid = self.ranking[columns].to_numpy(dtype=float)
        image = ax.imshow(grid, aspect="auto", cmap="Oranges", vmin=0.5, vmax=len(rows) + 0.5)
        for i, name in enumerate(rows):
            for j, indicator in enumerate(columns):
                one = self.table.loc[(name, indicator)]
                dark = grid[i, j] > 0.72 * len(rows)
                ax.text(
                    j, i, f"{one['标准差']:.3g}（{one['均值']:.4g}）", ha="center", va="center",
                    fontsize=10, color="white" if dark else "black",
                )  # fmt: skip
        ax.set_xticks(range(len(columns)), columns)
        ax.set_yticks(range(len(rows)), [str(name) for name in rows])
        ax.grid(False)
        ax.set(title="最小方差：标准差（均值），越深越不稳", ylabel=self.group)
        bar = ax.figure.colorbar(image, ax=ax, shrink=0.8)
        bar.set_label("名次（1 最稳）")
        return ax

    def __str__(self) -> str:
        first, last = self.ranking.index[0], self.ranking.index[-1]
        real = [name for name in self.indicators if self.tests.loc[name, "p"] < 0.05]
        text = (
            f"{len(self.indicators)} 个指标合起来最稳的是{first}"
            f"（平均名次 {self.ranking.iloc[0]['平均名次']:.1f}），最不稳的是{last}"
            f"（{self.ranking.iloc[-1]['平均名次']:.1f}）。"
        )
        text += (
            f"各{self.group}稳定程度确有差别的指标：{'、'.join(real)}。"
            if real
            else "没有一个指标的方差差别超出抽样波动，名次只作参考。"
        )
        return text + "稳不等于好，要连均值一起看；量小的组方差本来就大。"


def minimum_variance(
    table: pd.DataFrame,
    group: str = "班组",
    indicators: Sequence[str] = INDICATORS,
) -> MinimumVariance:
    """各组的指标谁更稳：服务水平、工时利用率、处理时长、质检分的方差排名。

    Parameters
    ----------
    table : 一行一次观察（如一组一天），每个指标一列。
    group : 分组列，如 ``"班组"``、``"工号"``、``"队列"``。
    indicators : 指标列，默认是四个：服务水平、工时利用率、平均处理时长、质检分。

    Returns
    -------
    MinimumVariance
        方差、均值、名次，与方差差别的检验。

    Raises
    ------
    ValueError
        缺列、空值、少于两组、某组不足 3 行、某个指标没有差异。

    Notes
    -----
    方差的分母是 n−1；每个指标按方差从小到大排名次，同分取平均名次，各指标名次再平均；
    检验用 Brown-Forsythe。

    References
    ----------
    许乃威（2007），呼叫中心的雁行理论：服务水平方差、工时利用率方差、平均处理时长方差、质检分数方差。

    Examples
    --------
    >>> days = pd.DataFrame({"班组": ["甲"] * 4 + ["乙"] * 4,
    ...                      "服务水平": [0.78, 0.80, 0.82, 0.80, 0.50, 0.88, 0.95, 0.87]})
    >>> result = minimum_variance(days, indicators=["服务水平"])
    >>> result.ranking.index.tolist(), result.table["均值"].round(2).tolist()
    (['甲', '乙'], [0.8, 0.8])
    """
    names = tuple(indicators)
    if not names or len(set(names)) != len(names):
        raise ValueError(f"指标是 {list(names)}：请给一个或几个不同的列名。")
    require_columns(table, [group, *names])
    parts, tests = [], {}
    for name in names:
        found = read_groups(table, name, group, least=3)
        grouped = found.groupby("组", sort=False)["数值"]
        rows = pd.DataFrame({"n": grouped.size(), "均值": grouped.mean(), "方差": grouped.var()})
        if not any(varies(part) for part in samples(found).values()):
            raise ValueError(f"每个{group}的{name}都没有变化，比不了稳不稳：请用每天或每次的数据。")
        rows["标准差"] = np.sqrt(rows["方差"])
        rows["变异系数"] = (rows["标准差"] / rows["均值"].abs()).where(rows["均值"] != 0)
        rows["名次"] = rows["方差"].rank()
        parts.append(rows.assign(指标=name))
        low, high = rows["方差"].min(), rows["方差"].max()
        tests[name] = {
            "最小方差": low,
            "最大方差": high,
            "倍数": high / low if low > 0 else np.nan,
            "p": equal_variance(table, name, group).p,
        }
    whole = pd.concat(parts)
    whole.index.name = group
    whole = whole.set_index("指标", append=True)
    ranks = whole["名次"].unstack("指标")[list(names)]
    ranks.columns.name = None
    ranking = pd.concat([ranks.mean(axis=1).rename("平均名次"), ranks], axis=1)
    first = [name for name in dict.fromkeys(table[group]) if name in ranking.index]
    ranking = ranking.loc[first].sort_values("平均名次", kind="stable")
    return MinimumVariance(
        table=whole,
        ranking=ranking,
        tests=pd.DataFrame(tests).T.rename_axis("指标"),
        indicators=names,
        group=group,
    )

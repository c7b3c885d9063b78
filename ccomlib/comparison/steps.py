"""差异来自哪一步：总时长的波动，该先改哪个步骤？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_columns, require_range, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["StepShares", "step_shares"]

TALL = 0.32


@dataclass(frozen=True, eq=False)
class StepShares(Result):
    """各步骤占总差异的份额。由 ``step_shares`` 得到。"""

    table: pd.DataFrame
    """一行一个步骤，按方差份额从大到小，列：均值、均值份额、标准差、方差份额。"""
    total_mean: float
    total_sd: float
    n: int
    total_name: str

    @property
    def largest(self) -> str:
        """方差份额最大的步骤。"""
        return str(self.table.index[0])

    def summary(self) -> pd.DataFrame:
        """各步骤的均值份额与方差份额。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每个步骤的均值份额与方差份额并排。"""
        from matplotlib.ticker import PercentFormatter

        ax = new_axes(ax, figsize=(8, max(3, 2 * TALL * len(self.table) + 1.2)))
        y = np.arange(len(self.table))
        for offset, column, color, label in (
            (-0.2, "均值份额", "light", "占平均的份额"),
            (0.2, "方差份额", "bad", "占差异的份额"),
        ):
            ax.barh(y + offset, self.table[column], height=0.38, color=COLOURS[color], label=label)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.set_yticks(y, [str(name) for name in self.table.index])
        ax.invert_yaxis()
        ax.grid(False, axis="y")
        ax.xaxis.set_major_formatter(PercentFormatter(1))
        ax.set(
            title=f"{self.total_name}的差异来自哪一步：{self.largest}最多",
            xlabel="份额（合计 100%）",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        first = self.table.iloc[0]
        biggest = self.table["均值份额"].idxmax()
        tail = (
            "也是用时最多的一步"
            if biggest == self.largest
            else f"用时最多的却是{biggest}（{self.table.loc[biggest, '均值份额']:.0%}），只看平均会找错地方"
        )
        return (
            f"{self.total_name}的差异 {first['方差份额']:.0%} 来自{self.largest}"
            f"（它占平均的 {first['均值份额']:.0%}），{tail}；"
            f"份额是步骤与合计的协方差 ÷ 合计的方差，加起来是 100%，此消彼长的步骤可以为负。"
        )


def step_shares(table: pd.DataFrame, steps: Sequence[str], total: str | None = None) -> StepShares:
    """总时长的差异来自哪个步骤：每一步占方差的份额，加起来是 100%。

    Parameters
    ----------
    table : 一行一通电话（或一张工单），每个步骤一列。
    steps : 步骤的列名，如 ``["通话秒", "保持秒", "话后秒"]``，至少两列。
    total : 合计的列名；给了就核对它等于各步骤之和，不给就自己加。

    Returns
    -------
    StepShares
        每一步的均值份额与方差份额，按方差份额从大到小。

    Raises
    ------
    ValueError
        缺列、空值、为负、少于两步或两行、合计对不上、合计没有差异。

    Notes
    -----
    Var(合计) = ΣVar(步骤) + 2ΣCov，所以 份额 = Cov(步骤, 合计) ÷ Var(合计)，Σ份额 = 1。

    References
    ----------
    方差的协方差分解；过程分析的用法是教学约定。

    Examples
    --------
    >>> calls = pd.DataFrame({"通话秒": [180, 190, 185, 195], "话后秒": [20, 90, 40, 120]})
    >>> shares = step_shares(calls, ["通话秒", "话后秒"])
    >>> shares.table["方差份额"].round(3).to_dict()
    {'话后秒': 0.877, '通话秒': 0.123}
    """
    names = list(steps)
    if len(names) < 2 or len(set(names)) != len(names):
        raise ValueError(f"步骤是 {names}：请给至少两个不同的列名。")
    require_columns(table, [*names, *([total] if total else [])])
    if len(table) < 2:
        raise ValueError(f"只有 {len(table)} 行，算不出差异：请至少给两行。")
    parts = pd.DataFrame({name: as_series(table[name], name) for name in names})
    for name in names:
        require_range(parts[name], name, 0)
    whole = parts.sum(axis=1)
    if total:
        given = as_series(table[total], total)
        off = np.flatnonzero(~np.isclose(given, whole, rtol=1e-6, atol=1e-6 * whole.max()))
        if len(off):
            row = int(off[0])
            raise ValueError(
                f"第 {row + 1} 行（{table.index[row]}）{total}是 {given.iloc[row]:g}，"
                f"各步骤之和是 {whole.iloc[row]:g}：请补全步骤，或不给 total。"
            )
    if not varies(whole, parts):
        raise ValueError("合计没有差异，谈不上来自哪一步：请检查数据。")
    moved = whole - whole.mean()
    variance = float(moved.var(ddof=1))
    shares = {
        name: float(
            ((parts[name] - parts[name].mean()) * moved).sum() / (len(whole) - 1) / variance
        )
        for name in names
    }
    result = pd.DataFrame(
        {
            "均值": parts.mean(),
            "均值份额": parts.mean() / whole.mean(),
            "标准差": parts.std(),
            "方差份额": pd.Series(shares),
        }
    )
    result.index.name = "步骤"
    return StepShares(
        table=result.sort_values("方差份额", ascending=False, kind="stable"),
        total_mean=float(whole.mean()),
        total_sd=float(np.sqrt(variance)),
        n=len(whole),
        total_name=total or "合计",
    )

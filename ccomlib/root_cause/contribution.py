"""贡献度：总数变了，是哪一类带来的，各占几成？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, rounding
from ccomlib.wording import wrap

from .pareto import count_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Contribution", "changes", "contribution", "read_exposure"]


@dataclass(frozen=True, eq=False)
class Contribution(Result):
    """各类对总数变化的贡献。由 ``contribution`` 得到。"""

    table: pd.DataFrame
    """一类一行，贡献大的在前，列：类别、前、后、变化、贡献、z。前后已折成同样的时长。"""
    before: float
    after: float
    exposure: tuple[float, float]
    cancelling: float
    """Σ|变化| ÷ |总变化|；1 是同一个方向，越大互相抵消越多。"""

    @property
    def change(self) -> float:
        """总变化：后 − 前。"""
        return self.after - self.before

    @property
    def top(self) -> str:
        """贡献最大的类。"""
        return str(self.table["类别"].iloc[0])

    def summary(self) -> pd.DataFrame:
        """逐类列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各类的变化，多了的红、少了的绿，条上写贡献。最多画 20 类。"""
        table = self.table
        if len(table) > 20:
            largest = table["变化"].abs().nlargest(20).index
            table = table.loc[sorted(largest)]
        ax = new_axes(ax, figsize=(8, 1.8 + 0.4 * len(table)))
        rows = np.arange(len(table))
        change = table["变化"].to_numpy()
        ax.barh(rows, change, color=np.where(change > 0, COLOURS["bad"], COLOURS["good"]))
        for row, (value, part) in enumerate(zip(change, table["贡献"], strict=True)):
            side = "left" if value >= 0 else "right"
            ax.text(value, row, f" {round(part, 2) + 0:+.0%} ", va="center", ha=side, fontsize=10)
        ax.axvline(0, color=COLOURS["grey"], linewidth=1)
        ax.set_yticks(rows, [wrap(label, 24) for label in table["类别"]])
        ax.set(
            title=f"总数 {self.before:,.4g} → {self.after:,.4g}：各类的变化与贡献",
            xlabel="变化（件）" if self.exposure == (1, 1) else "变化（每单位时长的件数）",
            ylim=(len(table) - 0.4, -0.6),
        )
        ax.margins(x=0.18)
        return ax

    def __str__(self) -> str:
        row = self.table.iloc[0]
        word = "增加" if self.change > 0 else "减少"
        text = (
            f"总数从 {self.before:,.4g} {word}到 {self.after:,.4g}（{self.change / self.before:+.1%}）"
            if self.before
            else f"总数从 0 增加到 {self.after:,.4g}"
        )
        text += f"；{row['类别']}贡献 {row['贡献']:.0%}（{row['变化']:+,.4g}）"
        if abs(row["z"]) < 2:
            text += "，但这点变化可以是偶然波动（z 小于 2）"
        if self.cancelling > 2:
            text += f"；各类有增有减、互相抵消（{self.cancelling:.1f} 倍），单看净变化会误导"
        return text + "；贡献大说明变化发生在这里，不说明原因在这里，要再往下钻。"


def contribution(
    before: Any, after: Any, *, exposure: tuple[float, float] = (1, 1)
) -> Contribution:
    """总数的变化是哪一类带来的？

    Parameters
    ----------
    before, after : 前后两段各一列类别（一件一个），或 类别 → 件数。
    exposure : 两段的时长或来电量（天数、万通）；不一样长时必须给，先折成每单位再比。

    Returns
    -------
    Contribution
        各类的贡献合计为 1。

    Raises
    ------
    ValueError
        空的、有空值、件数不对、exposure 不是两个正数、总数没有变化。

    Notes
    -----
    贡献_i = (n_i后 − n_i前) ÷ (N后 − N前)；z = Δ_i ÷ √(n_i后/t后² + n_i前/t前²)（泊松）。

    Examples
    --------
    >>> result = contribution({"收费": 20, "态度": 30}, {"收费": 50, "态度": 40})
    >>> result.top, result.table["贡献"].tolist()
    ('收费', [0.75, 0.25])
    """
    times = read_exposure(exposure)
    first, last = count_labels(before, "before"), count_labels(after, "after")
    table = changes(first, last, times)
    total = float(table["变化"].sum())
    if abs(total) <= rounding(table[["前", "后"]].sum()):
        raise ValueError(
            "前后总数一样，净变化为 0，谈不上各占几成：各类的增减请看 rate_mix，或换一段时间。"
        )
    table["贡献"] = table["变化"] / total
    table = table.sort_values(["贡献", "类别"], ascending=[False, True], ignore_index=True)
    return Contribution(
        table=table[["类别", "前", "后", "变化", "贡献", "z"]],
        before=float(table["前"].sum()),
        after=float(table["后"].sum()),
        exposure=times,
        cancelling=float(table["变化"].abs().sum() / abs(total)),
    )


def changes(first: pd.Series, last: pd.Series, times: tuple[float, float]) -> pd.DataFrame:
    """逐类的前、后、变化与 z；只在一段出现的类，另一段是 0。

    Examples
    --------
    >>> changes(pd.Series({"甲": 4}), pd.Series({"甲": 4, "乙": 9}), (1, 1))["z"].tolist()
    [3.0, 0.0]
    """
    names = sorted(set(first.index) | set(last.index))
    n0 = first.reindex(names, fill_value=0).to_numpy(dtype=float)
    n1 = last.reindex(names, fill_value=0).to_numpy(dtype=float)
    t0, t1 = times
    change = n1 / t1 - n0 / t0
    spread = np.sqrt(n1 / t1**2 + n0 / t0**2)
    z = np.divide(change, spread, out=np.zeros_like(change), where=spread > 0)
    return pd.DataFrame({"类别": names, "前": n0 / t0, "后": n1 / t1, "变化": change, "z": z})


def read_exposure(exposure: Any) -> tuple[float, float]:
    """两段的时长，两个正数。

    >>> read_exposure((105, 35))
    (105.0, 35.0)
    """
    times = require_range(list(exposure), "exposure", 0, above=True)
    if len(times) != 2:
        raise ValueError(f"exposure 有 {len(times)} 个数：请给前后两段各一个。")
    return float(times[0]), float(times[1])

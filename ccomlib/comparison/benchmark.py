"""标杆差距：离标杆差多少，都追上能好多少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range

from .groups import read_good, read_groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BenchmarkGap", "benchmark_gap"]

TALL = 0.32


@dataclass(frozen=True, eq=False)
class BenchmarkGap(Result):
    """各组离标杆的差距。由 ``benchmark_gap`` 得到。"""

    table: pd.DataFrame
    """一行一组，差距大的在前，列：n、均值、差距、差距比例、下限、上限、落后、可提高。"""
    level: float
    """标杆水平。"""
    source: str
    """标杆从哪里来。"""
    current: float
    """现在全体的平均。"""
    reachable: float
    """落后的组都追到标杆时全体的平均。"""
    good: str
    confidence: float
    value: str
    group: str
    small: tuple
    """个数不够、没有参加评标杆的组。"""

    def summary(self) -> pd.DataFrame:
        """每组的差距与区间。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每组的均值与区间，竖线是标杆；确实落后的标红。"""
        ax = new_axes(ax, figsize=(8, max(3, TALL * len(self.table) + 1.4)))
        y = np.arange(len(self.table))
        for number, row in zip(y, self.table.itertuples(), strict=True):
            color = COLOURS["bad"] if row.落后 else COLOURS["main"]
            ax.plot([row.下限, row.上限], [number, number], color=color, linewidth=2)
            ax.plot(row.均值, number, "o", color=color)
        ax.axvline(self.level, color=COLOURS["good"], linewidth=1.5)
        ax.annotate(
            f"标杆 {self.level:.4g}", (self.level, 1), xycoords=("data", "axes fraction"),
            xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=10,
            color=COLOURS["good"],
        )  # fmt: skip
        ax.set_yticks(y, [str(name) for name in self.table.index])
        ax.set_ylim(len(y) - 0.4, -0.6)
        ax.grid(False, axis="y")
        ax.set(
            xlabel=f"{self.value}的均值与 {self.confidence:.0%} 区间（红色确实落后）",
            ylabel=self.group,
        )
        ax.set_title(f"{self.value}离标杆的差距（标杆：{self.source}）", pad=18)
        return ax

    def __str__(self) -> str:
        behind = self.table[self.table["落后"]]
        worst = self.table.iloc[0]
        better = "提高" if self.good == "high" else "降低"
        share = f"（{worst['差距比例']:.1%}）" if self.level else ""
        text = (
            f"{self.value}的标杆是 {self.level:.4g}（{self.source}），差得最多的是"
            f"{self.table.index[0]}，差 {worst['差距']:.4g}{share}；"
            f"{len(self.table)} 个{self.group}里有 {len(behind)} 个确实落后。"
            f"比标杆差的组都追上，全体平均可由 {self.current:.4g} {better}到 {self.reachable:.4g}。"
        )
        if self.small:
            text += f"个数太少没有参评标杆：{'、'.join(map(str, self.small))}。"
        return text + "最好的一组里有运气的成分，先查它的做法能不能照搬，再拿它定目标。"


def benchmark_gap(
    table: pd.DataFrame,
    value: str,
    group: str = "班组",
    *,
    benchmark: str | float = "quartile",
    good: str = "high",
    unit: str | None = None,
    least: int = 10,
    confidence: float = 0.95,
) -> BenchmarkGap:
    """各组离标杆差多少，都追上全体能好多少。

    Parameters
    ----------
    table, value, group, unit : 同 ``sd_quadrants``。
    benchmark : ``"quartile"`` 各组均值里好的那个四分位数；``"best"`` 最好的一组；
        一个数是外部标杆；别的就是某一组的名字。
    good : ``"high"`` 越大越好，``"low"`` 越小越好。
    least : 至少有几个数的组才参评 ``"best"`` 与 ``"quartile"``（教学约定）。
    confidence : 每组均值的置信水平；整个区间都在标杆的坏一侧才算确实落后。

    Returns
    -------
    BenchmarkGap
        差距为正就是落后，按差距从大到小。

    Raises
    ------
    ValueError
        没有这一组；没有一组够 least 个数；缺列、空值、少于两组、某组不足 2 个数。

    Notes
    -----
    越大越好时 差距 = 标杆 − 均值，越小越好时反过来；区间 = 均值 ± t·s/√n；
    可提高 = max(差距, 0)·n ÷ 总 n，合起来就是全体平均的变化。
    标杆若是由这些组自己算出来的，它本身也有误差，区间没有计入。

    References
    ----------
    过程改进 4 步骤的第一步“参考标杆数据”；四分位作标杆是教学约定。

    Examples
    --------
    >>> scores = pd.DataFrame({"班组": ["甲"] * 3 + ["乙"] * 3, "质检分": [90, 91, 92, 80, 82, 84]})
    >>> gap = benchmark_gap(scores, "质检分", benchmark="best", least=3)
    >>> gap.level, float(gap.table.loc["乙", "差距"]), gap.current, gap.reachable
    (91.0, 9.0, 86.5, 91.0)
    """
    from scipy.special import stdtrit

    better = read_good(good)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    found = read_groups(table, value, group, unit=unit)
    grouped = found.groupby("组", sort=False)["数值"]
    rows = pd.DataFrame({"n": grouped.size(), "均值": grouped.mean()})
    rows.index.name = group
    margin = stdtrit(rows["n"] - 1, (1 + confidence) / 2) * grouped.std() / np.sqrt(rows["n"])
    rows["下限"], rows["上限"] = rows["均值"] - margin, rows["均值"] + margin
    level, source, small = _level(
        rows, benchmark, better, float(require_range(least, "least", 1)), group
    )
    sign = 1 if better else -1
    rows["差距"] = sign * (level - rows["均值"]) + 0.0  # −0 变成 0
    rows["差距比例"] = rows["差距"] / abs(level) if level else np.nan
    rows["落后"] = rows["上限"] < level if better else rows["下限"] > level
    weight = rows["n"] / rows["n"].sum()
    rows["可提高"] = rows["差距"].clip(lower=0) * weight
    current = float((rows["均值"] * weight).sum())
    order = ["n", "均值", "差距", "差距比例", "下限", "上限", "落后", "可提高"]
    return BenchmarkGap(
        table=rows[order].sort_values("差距", ascending=False, kind="stable"),
        level=level,
        source=source,
        current=current,
        reachable=current + sign * float(rows["可提高"].sum()),
        good=good,
        confidence=confidence,
        value=value,
        group=group,
        small=small,
    )


def _level(
    rows: pd.DataFrame, benchmark: Any, better: bool, least: float, group: str
) -> tuple[float, str, tuple]:
    if isinstance(benchmark, str) and benchmark in {"best", "quartile"}:
        enough = rows[rows["n"] >= least]
        small = tuple(rows.index[rows["n"] < least])
        if enough.empty:
            raise ValueError(
                f"没有一个{group}够 {least:g} 个数，评不出标杆：请加长时间，或把 least 改小。"
            )
        if benchmark == "best":
            name = enough["均值"].idxmax() if better else enough["均值"].idxmin()
            return float(enough.loc[name, "均值"]), f"最好的{group} {name}", small
        share = 0.75 if better else 0.25
        return float(enough["均值"].quantile(share)), "各组均值里好的四分位数", small
    if benchmark in rows.index:
        return float(rows.loc[benchmark, "均值"]), f"{group} {benchmark}", ()
    if isinstance(benchmark, str):
        names = "、".join(map(str, rows.index[:8]))
        raise ValueError(
            f'没有{group} {benchmark!r}；有：{names}；或用 "quartile"、"best"、一个数。'
        )
    return float(as_numbers(benchmark, "标杆")), "外部标杆", ()

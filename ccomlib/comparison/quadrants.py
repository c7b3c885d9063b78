"""均值 × 标准差四象限：哪些组是标杆，哪些要挖潜、改系统、个别辅导？"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import label_points
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, varies

from .groups import read_good, read_groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ADVICE", "Quadrants", "sd_quadrants"]

# （均值好，标准差小）-> 象限
NAMES = {
    (True, True): "标杆",
    (True, False): "挖潜",
    (False, True): "系统性",
    (False, False): "个体辅导",
}
ADVICE = MappingProxyType(
    {
        "标杆": "又好又稳：把做法写下来，推广给别的组",
        "挖潜": "平均好但人与人差得多：学组里最好的人，还能再提高",
        "系统性": "大家一样差：改流程、系统与知识，不是个别人的问题",
        "个体辅导": "平均差且差得多：找出拖后腿的个人，逐个辅导",
    }
)
SHADES = {"标杆": "good", "挖潜": "main", "系统性": "second", "个体辅导": "bad"}
MOST_LABELS = 30


@dataclass(frozen=True, eq=False)
class Quadrants(Result):
    """均值 × 标准差四象限。由 ``sd_quadrants`` 得到。"""

    table: pd.DataFrame
    """一行一组，列：n、均值、标准差、变异系数、象限、做法。"""
    value: str
    group: str
    good: str
    mean_line: float
    sd_line: float

    def names(self, quadrant: str) -> list:
        """落在某个象限的组。

        Raises
        ------
        ValueError
            没有这个象限。
        """
        if quadrant not in ADVICE:
            raise ValueError(f"没有象限 {quadrant!r}；有：{'、'.join(ADVICE)}。")
        return self.table.index[self.table["象限"] == quadrant].tolist()

    def summary(self) -> pd.DataFrame:
        """每组的均值、标准差与象限。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """横轴均值，纵轴标准差，两条线分出四个象限。"""
        ax = new_axes(ax, figsize=(8, 5.5))
        x, y = self.table["均值"], self.table["标准差"]
        for name, part in self.table.groupby("象限", sort=False):
            ax.scatter(part["均值"], part["标准差"], s=45, color=COLOURS[SHADES[name]], zorder=3)
        for line, data, setter in (
            (self.mean_line, x, ax.set_xlim),
            (self.sd_line, y, ax.set_ylim),
        ):
            low, high = min(data.min(), line), max(data.max(), line)
            pad = 0.18 * (high - low) or 1
            setter(low - pad, high + pad)
        ax.axvline(self.mean_line, color=COLOURS["grey"], linestyle="--", linewidth=1)
        ax.axhline(self.sd_line, color=COLOURS["grey"], linestyle="--", linewidth=1)
        better = self.good == "high"
        for (good, steady), name in NAMES.items():
            right, top = good == better, not steady
            ax.annotate(
                name, (float(right), float(top)), xycoords="axes fraction",
                xytext=(-6 if right else 6, -6 if top else 6), textcoords="offset points",
                ha="right" if right else "left", va="top" if top else "bottom",
                fontsize=12, color=COLOURS[SHADES[name]], alpha=0.9,
            )  # fmt: skip
        side = "越右越好" if better else "越左越好"
        ax.set(
            title=f"{self.value}：{len(self.table)} 个{self.group}的均值 × 标准差",
            xlabel=f"{self.value}的均值（{side}）",
            ylabel=f"{self.value}的标准差（越低越稳）",
        )
        distance = np.hypot(
            (x - self.mean_line) / (np.ptp(x) or 1), (y - self.sd_line) / (np.ptp(y) or 1)
        )
        shown = self.table.loc[distance.sort_values(ascending=False).index[:MOST_LABELS]]
        label_points(ax, shown["均值"], shown["标准差"], [str(name) for name in shown.index])
        return ax

    def __str__(self) -> str:
        parts = []
        for name in ADVICE:
            found = self.names(name)
            if found:
                more = "等" if len(found) > 5 else ""
                parts.append(f"{name} {len(found)} 个（{'、'.join(map(str, found[:5]))}{more}）")
        return (
            f"{self.value}按{self.group}：{'，'.join(parts)}；均值线 {self.mean_line:.4g}，"
            f"标准差线 {self.sd_line:.4g} 是教学约定。靠近线的组换一段时间可能换象限，"
            f"差别真不真看方差分析与标准差检验。"
        )


def sd_quadrants(
    table: pd.DataFrame,
    value: str,
    group: str = "班组",
    *,
    good: str = "high",
    unit: str | None = None,
    mean_line: float | None = None,
    sd_line: float | None = None,
) -> Quadrants:
    """各组按均值与标准差分四类：标杆、挖潜、系统性、个体辅导。

    Parameters
    ----------
    table : 一行一个数（如员工日报）。
    value, group : 数值列与分组列。
    good : ``"high"`` 越大越好（质检分），``"low"`` 越小越好（处理时长）。
    unit : 给了就先把每个（组，unit）平均成一个数，如 ``"工号"``：标准差是人与人之间的。
    mean_line : 均值好坏的分界；不给用全体的平均（教学约定）。
    sd_line : 稳不稳的分界；不给用合并的组内标准差（教学约定）。

    Returns
    -------
    Quadrants
        每组的均值、标准差、象限与做法。

    Raises
    ------
    ValueError
        缺列、空值、少于两组、某组不足 2 个数、所有的数都一样。

    Notes
    -----
    合并的组内标准差 = √(Σ(nᵢ−1)sᵢ² ÷ Σ(nᵢ−1))；正好在线上算好、算稳。

    References
    ----------
    许乃威（2007），呼叫中心的雁行理论：管平均里面的差异。四类的名字与分界是教学约定。

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "班组": ["甲"] * 3 + ["乙"] * 3 + ["丙"] * 3 + ["丁"] * 3,
    ...     "质检分": [91, 92, 93, 80, 92, 104, 79, 80, 81, 70, 80, 90],
    ... })
    >>> sd_quadrants(scores, "质检分").table["象限"].tolist()
    ['标杆', '挖潜', '系统性', '个体辅导']
    """
    better = read_good(good)
    found = read_groups(table, value, group, unit=unit)
    grouped = found.groupby("组", sort=False)["数值"]
    result = pd.DataFrame({"n": grouped.size(), "均值": grouped.mean(), "标准差": grouped.std()})
    result.index.name = group
    freedom = result["n"] - 1
    pooled = float(np.sqrt((freedom * result["标准差"] ** 2).sum() / freedom.sum()))
    if not varies(found["数值"]):
        raise ValueError(f"{value}处处一样，没有可以比的差异：请检查数据或换一列。")
    middle = found["数值"].mean() if mean_line is None else float(as_numbers(mean_line, "均值线"))
    spread = pooled if sd_line is None else float(require_range(sd_line, "标准差线", 0))
    fine = result["均值"] >= middle if better else result["均值"] <= middle
    steady = result["标准差"] <= spread
    result["变异系数"] = (result["标准差"] / result["均值"].abs()).where(result["均值"] != 0)
    result["象限"] = [NAMES[pair] for pair in zip(fine, steady, strict=True)]
    result["做法"] = result["象限"].map(ADVICE)
    return Quadrants(
        table=result,
        value=value,
        group=group,
        good=good,
        mean_line=float(middle),
        sd_line=spread,
    )

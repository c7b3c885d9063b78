"""能力差距：岗位要求什么等级，人现在到哪里，先补哪一项？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CompetencyGaps", "competency_gaps"]

MOST_PEOPLE = 40
MOST_BARS = 25


@dataclass(frozen=True, eq=False)
class CompetencyGaps(Result):
    """能力差距。由 ``competency_gaps`` 得到，不直接构造。"""

    table: pd.DataFrame
    """逐项能力，列：能力项、要求等级、平均现状、平均差距、未达标人数、权重、加权差距、名次。"""
    matrix: pd.DataFrame
    """人 × 能力项的差距（要求 − 现状），正数是欠缺，负数是富余；没有要求的为空。"""
    people: pd.DataFrame
    """逐人，列：人、匹配度、加权差距、最该补的能力；全部达标的人为“无”。"""
    person: str

    def top(self, n: int = 3) -> list[str]:
        """加权差距最大的 n 项能力；没有欠缺的不算。"""
        lacking = self.table[self.table["加权差距"] > 0].sort_values("名次", kind="stable")
        return lacking["能力项"].iloc[:n].tolist()

    def summary(self) -> pd.DataFrame:
        """逐项能力，加权差距大的在前。"""
        return self.table.sort_values("名次", kind="stable", ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """人少时画人 × 能力的热力图，人多时画各项的加权差距。"""
        if len(self.matrix) > MOST_PEOPLE:
            return self._bars(ax)
        rows, columns = self.matrix.shape
        ax = new_axes(ax, figsize=(3.0 + 0.55 * columns, 2.2 + 0.3 * rows))
        values = self.matrix.to_numpy()
        limit = max(1.0, float(np.nanmax(np.abs(values))))
        image = ax.imshow(values, cmap="PuOr_r", vmin=-limit, vmax=limit, aspect="auto")
        for row, column in np.ndindex(rows, columns):
            if values[row, column] > 0:
                dark = values[row, column] > 0.6 * limit
                colour = "white" if dark else "black"
                text = f"{values[row, column]:g}"
                ax.text(column, row, text, ha="center", va="center", color=colour, fontsize=10)
        ax.set_xticks(
            range(columns), self.matrix.columns, rotation=40, ha="right", rotation_mode="anchor"
        )
        ax.set_yticks(range(rows), [str(who) for who in self.matrix.index])
        ax.grid(False)
        ax.set(title="能力差距（写出数字的是欠缺几级）", xlabel="能力项", ylabel=self.person)
        ax.figure.colorbar(image, ax=ax, label="要求 − 现状（级）")
        return ax

    def _bars(self, ax: Axes | None) -> Axes:
        table = self.summary().iloc[:MOST_BARS]
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.32 * len(table)))
        bars = ax.barh(table["能力项"], table["加权差距"], color=COLOURS["main"])
        ax.bar_label(bars, [f"{count} 人未达标" for count in table["未达标人数"]], padding=4)
        ax.invert_yaxis()
        ax.margins(x=0.2)
        ax.grid(axis="y", visible=False)
        ax.set(
            title=f"{len(self.matrix)} 人的加权差距：先补上面的",
            xlabel="加权差距（平均欠缺级数 × 关键度 × 使用频率）",
        )
        return ax

    def __str__(self) -> str:
        first = self.top()
        if not first:
            return (
                f"{len(self.matrix)} 人的 {len(self.table)} 项能力都达到岗位要求；前提是评级可信。"
            )
        rows = self.table.set_index("能力项").loc[first]
        said = "、".join(
            f"{name}（加权差距 {row['加权差距']:.2f}，{row['未达标人数']:.0f} 人未达标）"
            for name, row in rows.iterrows()
        )
        return (
            f"{len(self.matrix)} 人平均匹配度 {self.people['匹配度'].mean():.0%}，先补{said}；"
            "权重 = 关键度 × 使用频率是教学约定，富余不抵欠缺，前提是各人的评级用同一把尺子。"
        )


def competency_gaps(
    table: pd.DataFrame,
    *,
    person: str = "工号",
    competency: str = "能力",
    required: str = "要求等级",
    current: str = "现状等级",
    criticality: str = "关键度",
    frequency: str = "使用频率",
    levels: tuple[float, float] = (0, 5),
) -> CompetencyGaps:
    """岗位要求与现状差在哪里，按关键度 × 使用频率先补哪一项？

    Parameters
    ----------
    table : 一行一人一项能力，列有以下各列；各人的要求可以不同，没有要求的能力不写。
    person, competency, required, current : 人、能力、要求等级、现状等级的列。
    criticality, frequency : 关键度与使用频率的列（如 1 到 5，都大于 0）。
    levels : 等级的最低与最高。

    Returns
    -------
    CompetencyGaps
        差距矩阵、逐项与逐人的加权差距。

    Raises
    ------
    ValueError
        缺列、没有行、同人同项两行、空值、等级超出范围。

    Notes
    -----
    加权差距 = 平均 max(0, 要求 − 现状) × w，w = 关键度 × 使用频率；
    匹配度 = Σ w·min(现状, 要求) ÷ Σ w·要求。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "工号": ["A1", "A1", "A2", "A2"], "能力": ["倾听", "系统"] * 2,
    ...     "要求等级": [4, 3, 4, 3], "现状等级": [3, 3, 4, 1],
    ...     "关键度": [3, 2] * 2, "使用频率": [5, 5] * 2})
    >>> result = competency_gaps(table)
    >>> result.table["加权差距"].tolist(), result.top(1)
    ([7.5, 10.0], ['系统'])
    """
    columns = [person, competency, required, current, criticality, frequency]
    require_columns(table, columns, "能力表")
    if table.empty:
        raise ValueError("能力表没有行：请至少给一个人的一项能力。")
    keys = table[[person, competency]]
    bad = (keys.isna().any(axis=1) | keys.duplicated()).to_numpy()
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        who, what = keys.iloc[row]
        raise ValueError(f"能力表第 {row + 1} 行（{who}，{what}）空着或重复：一人一项只写一行。")
    labels = pd.Index(table[person].astype(str) + "，" + table[competency].astype(str))
    low, high = levels
    need = require_range(table[required].set_axis(labels), required, low, high, above=True)
    now = require_range(table[current].set_axis(labels), current, low, high)
    weight = np.prod(
        [
            require_range(table[name].set_axis(labels), name, 0, above=True)
            for name in (criticality, frequency)
        ],
        axis=0,
    )
    lack = np.maximum(need - now, 0)
    rows = pd.DataFrame(
        {
            "人": table[person].to_numpy(),
            "能力项": table[competency].to_numpy(),
            "要求等级": need,
            "现状": now,
            "差距": need - now,
            "欠缺": lack,
            "未达标": lack > 0,
            "权重": weight,
            "加权": lack * weight,
            "有": weight * np.minimum(now, need),
            "要": weight * need,
        }
    )
    groups = rows.groupby("能力项", sort=False)
    weighted = groups["加权"].mean()
    result = pd.DataFrame(
        {
            "能力项": weighted.index,
            "要求等级": groups["要求等级"].mean().to_numpy(),
            "平均现状": groups["现状"].mean().to_numpy(),
            "平均差距": groups["欠缺"].mean().to_numpy(),
            "未达标人数": groups["未达标"].sum().to_numpy(),
            "权重": groups["权重"].mean().to_numpy(),
            "加权差距": weighted.to_numpy(),
            "名次": weighted.rank(ascending=False, method="min").astype(int).to_numpy(),
        }
    )
    each = rows.pivot(index="人", columns="能力项", values="加权").fillna(0)
    sums = rows.groupby("人", sort=False)[["加权", "有", "要"]].sum()
    worst = each.idxmax(axis=1).where(each.max(axis=1) > 0, "无")
    matrix = rows.pivot(index="人", columns="能力项", values="差距")
    return CompetencyGaps(
        table=result,
        matrix=matrix.loc[sums.index, weighted.index].rename_axis(index=person, columns=None),
        people=pd.DataFrame(
            {
                person: sums.index,
                "匹配度": (sums["有"] / sums["要"]).to_numpy(),
                "加权差距": sums["加权"].to_numpy(),
                "最该补的能力": worst[sums.index].to_numpy(),
            }
        ),
        person=person,
    )

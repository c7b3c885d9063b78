"""技能拆解：绩效由哪几项技能撑着，先训练哪一项？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.regression import Regression, fit
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

from .direction import HIGH, direction_sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SkillDecomposition", "skill_decomposition"]

MOST_SKILLS = 10


@dataclass(frozen=True, eq=False)
class SkillDecomposition(Result):
    """绩效对技能的回归拆解。由 ``skill_decomposition`` 得到，不直接构造。"""

    table: pd.DataFrame
    """列：技能、标准化系数、系数、下限、上限、p、分摊 R²、平均、标杆、平均差距、预计改善、显著。"""
    regression: Regression
    """完整的回归：诊断、残差、预测都在里面。"""
    outcome: str
    sign: int
    top: float

    @property
    def r2(self) -> float:
        """技能合起来解释绩效差异的比例。"""
        return self.regression.r2

    @property
    def train_first(self) -> str | None:
        """预计改善最多的显著技能；没有显著而有利的技能时为 None。"""
        good = self.table[self.table["显著"] & (self.table["预计改善"] > 0)]
        return None if good.empty else str(good.loc[good["预计改善"].idxmax(), "技能"])

    def summary(self) -> pd.DataFrame:
        """逐项技能，预计改善多的在前。"""
        return self.table.sort_values("预计改善", ascending=False, ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """每项技能分摊的 R²；蓝为显著，右端写预计改善。"""
        table = self.table.sort_values("分摊 R²", kind="stable")
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.42 * len(table)))
        colours = [COLOURS["main"] if sure else COLOURS["grey"] for sure in table["显著"]]
        bars = ax.barh(table["技能"], 100 * table["分摊 R²"], color=colours)
        notes = [
            f"β {beta:+.2f}，{self.outcome}预计 {self.sign * gain:+.3g}"
            if sure
            else f"β {beta:+.2f}，不显著"
            for beta, gain, sure in table[["标准化系数", "预计改善", "显著"]].itertuples(
                index=False
            )
        ]
        ax.bar_label(bars, notes, padding=4)
        ax.margins(x=0.45)
        ax.set_xlim(left=0)
        ax.grid(axis="y", visible=False)
        ax.set(
            title=f"{self.outcome}的差异由哪些技能解释（合计 R² = {self.r2:.0%}，n = {self.regression.n}）",
            xlabel="分摊到的解释比例（%）",
        )
        return ax

    def __str__(self) -> str:
        head = f"各项技能合起来解释{self.outcome}差异的 {self.r2:.0%}（n = {self.regression.n}）"
        if self.train_first is None:
            text = f"{head}；没有一项技能的作用显著，还说不出先训练什么"
        else:
            row = self.table.set_index("技能").loc[self.train_first]
            text = (
                f"{head}；先训练{self.train_first}：把低于标杆（前 {1 - self.top:.0%} 的水平 "
                f"{row['标杆']:.3g}）的人补到标杆，{self.outcome}平均预计 "
                f"{self.sign * row['预计改善']:+.3g}（标准化系数 {row['标准化系数']:.2f}）"
            )
        failed = self.regression.failed
        if failed:
            text += f"；当心：{'、'.join(failed)}没有通过"
        return text + "；这是伴随变化，不是因果，训练有没有用要再做对照检验。"


def skill_decomposition(
    table: pd.DataFrame,
    outcome: str,
    skills: Sequence[str],
    *,
    direction: str = HIGH,
    top: float = 0.75,
    confidence: float = 0.95,
) -> SkillDecomposition:
    """绩效拆到技能：每项技能占多大分量，先训练哪一项？

    Parameters
    ----------
    table : 一行一人，列有绩效结果与各项技能分。
    outcome : 绩效结果的列。
    skills : 技能分的列，2 到 10 项，越高越好。
    direction : 绩效结果 "越高越好" 或 "越低越好"（如处理时长）。
    top : 标杆水平取各技能的这个分位，0.75 是教学约定。
    confidence : 置信水平；p 小于 1 − confidence 算显著。

    Returns
    -------
    SkillDecomposition
        标准化系数、分摊的 R²、补到标杆的预计改善。

    Raises
    ------
    ValueError
        缺列、空值、人数不够、技能太多、某列没有变化或可由其他列算出。

    Notes
    -----
    分摊 R²：技能加进回归的次序有多种，取各种次序下 R² 增量的平均（LMG），合计等于 R²。
    预计改善 = 有利方向的系数 × 平均 max(0, 标杆 − 现状)。

    References
    ----------
    Lindeman, Merenda & Gold (1980)；Grömping (2007), Am. Stat. 61: 139–147。

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> team = pd.DataFrame(rng.normal(80, 8, (60, 3)), columns=["沟通", "系统", "业务"])
    >>> team["质检分"] = 20 + 0.5 * team["业务"] + 0.3 * team["沟通"] + rng.normal(0, 3, 60)
    >>> result = skill_decomposition(team, "质检分", ["沟通", "系统", "业务"])
    >>> result.train_first, bool(abs(result.table["分摊 R²"].sum() - result.r2) < 1e-12)
    ('业务', True)
    """
    sign = direction_sign(direction, "direction")
    skills = list(skills)
    if not 2 <= len(skills) <= MOST_SKILLS:
        raise ValueError(
            f"skills 有 {len(skills)} 项，应是 2 到 {MOST_SKILLS} 项：请合并或分批看。"
        )
    require_range(top, "top", 0, 1, above=True, below=True)
    model = fit(table, outcome, skills, confidence=confidence)
    rows = model.coefficients.set_index("变量")
    if list(rows.index[1:]) != skills:
        raise ValueError("skills 里有文字列：技能分请写成数字。")
    rows = rows.loc[skills]
    levels = table[skills].astype(float)
    goal = levels.quantile(top)
    gap = (goal - levels).clip(lower=0).mean()
    gain = sign * rows["系数"] * gap
    result = pd.DataFrame(
        {
            "技能": skills,
            "标准化系数": rows["标准化系数"].to_numpy(),
            "系数": rows["系数"].to_numpy(),
            "下限": rows["下限"].to_numpy(),
            "上限": rows["上限"].to_numpy(),
            "p": rows["p"].to_numpy(),
            "分摊 R²": _shares(levels, table[outcome].astype(float)),
            "平均": levels.mean().to_numpy(),
            "标杆": goal.to_numpy(),
            "平均差距": gap.to_numpy(),
            "预计改善": gain.to_numpy(),
            "显著": (rows["p"] < 1 - confidence).to_numpy(),
        }
    )
    return SkillDecomposition(result, model, outcome, sign, float(top))


def _shares(x: pd.DataFrame, y: pd.Series) -> np.ndarray:
    """LMG：各种进入次序下 R² 增量的平均。"""
    whole = np.corrcoef(np.column_stack([x, y]), rowvar=False)
    among, with_y = whole[:-1, :-1], whole[:-1, -1]
    k = x.shape[1]
    r2 = {(): 0.0}
    for size in range(1, k + 1):
        for chosen in combinations(range(k), size):
            part = np.ix_(chosen, chosen)
            r2[chosen] = float(
                with_y[list(chosen)] @ np.linalg.solve(among[part], with_y[list(chosen)])
            )
    shares = np.zeros(k)
    for chosen, value in r2.items():
        weight = (
            factorial(len(chosen)) * factorial(k - len(chosen) - 1) / factorial(k)
            if len(chosen) < k
            else 0
        )
        for one in set(range(k)) - set(chosen):
            shares[one] += weight * (r2[tuple(sorted((*chosen, one)))] - value)
    return shares

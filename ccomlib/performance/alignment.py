"""一致性：按这个公式得高分的人，战略结果真的好吗，员工自己得到他们要的了吗？"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import correlation_axis
from ccomlib.coefficients import (
    coefficient,
    critical_r,
    exact_spearman_p,
    fisher_interval,
    require_method,
    t_of_r,
)
from ccomlib.multiplicity import holm
from ccomlib.reading import read_varied_numbers
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies
from ccomlib.wording import p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Alignment", "employee_alignment", "strategy_alignment"]

TOTAL = "绩效总分"
GOOD = "一致"


@dataclass(frozen=True, eq=False)
class Alignment(Result):
    """绩效公式与结果的相关。由 ``strategy_alignment``、``employee_alignment`` 得到。"""

    table: pd.DataFrame
    """列：结果、指标、权重、r、区间下限、区间上限、p、p（Holm）、权重名次、相关名次、判断。
    指标为“绩效总分”的行没有权重与名次。"""
    n: int
    method: str
    confidence: float
    purpose: str
    """战略 或 员工目标。"""
    removed: Mapping[str, str]
    """结果本身是公式里的指标时，总分已扣除它：结果 → 说明。"""

    @property
    def totals(self) -> pd.DataFrame:
        """绩效总分与各结果的那几行。"""
        return self.table[self.table["指标"] == TOTAL].reset_index(drop=True)

    @property
    def parts(self) -> pd.DataFrame:
        """各指标的那几行。"""
        return self.table[self.table["指标"] != TOTAL].reset_index(drop=True)

    @property
    def aligned(self) -> bool:
        """总分与每个结果都显著同向。"""
        return bool((self.totals["判断"] == GOOD).all())

    def summary(self) -> pd.DataFrame:
        """逐行列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每行一个相关系数与区间；蓝为一致，橙红为方向相反，灰为不显著。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.38 * len(table)))
        correlation_axis(ax, "相关系数 r", critical_r(self.n, 1 - self.confidence))
        several = self.table["结果"].nunique() > 1
        names = []
        for row, line in table.iterrows():
            sure = line["p（Holm）"] < 1 - self.confidence
            colour = COLOURS["grey"]
            if sure:
                colour = COLOURS["main"] if line["r"] > 0 else COLOURS["bad"]
            marker = "D" if line["指标"] == TOTAL else "o"
            ax.plot([line["区间下限"], line["区间上限"]], [row, row], color=colour, lw=2.5)
            ax.plot(line["r"], row, marker, color=colour, ms=7)
            weight = "" if np.isnan(line["权重"]) else f"（权重 {line['权重']:g}）"
            if several or line["指标"] == TOTAL:
                names.append(f"{line['指标']}{weight} × {line['结果']}")
            else:
                names.append(f"{line['指标']}{weight}")
        ax.set_yticks(range(len(table)), names)
        ax.set(
            title=f"绩效与{self.purpose}：谁与结果同升同降（n = {self.n}）",
            ylim=(-0.6, len(table) - 0.4),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        said = []
        for _, line in self.totals.iterrows():
            said.append(
                f"总分与{line['结果']} r = {line['r']:.2f}"
                f"（{self.confidence:.0%} 区间 {line['区间下限']:.2f} 到 {line['区间上限']:.2f}，"
                f"Holm {p_text(line['p（Holm）'])}）：{line['判断']}"
            )
        parts = self.parts
        for verdict in ("方向相反", "权重偏高", "权重偏低", "可控却与得分无关"):
            found = parts.loc[parts["判断"] == verdict, "指标"].unique()
            if len(found):
                said.append(f"{'、'.join(found)}{verdict}")
        if self.removed:
            said.append("、".join(self.removed.values()))
        text = f"绩效公式与{self.purpose}（n = {self.n}）：" + "；".join(said)
        return text + "；相关不等于因果，不显著也不等于无关，改权重前请换一个季度再看。"


def strategy_alignment(
    table: pd.DataFrame,
    weights: Mapping[str, float],
    strategy: str | Sequence[str],
    *,
    method: str = "pearson",
    confidence: float = 0.95,
    rank_gap: int = 2,
) -> Alignment:
    """绩效公式与战略一致吗？总分、各指标得分与战略结果的相关，符号与权重次序都要对。

    Parameters
    ----------
    table : 一行一人（或一组一月），列有各指标的得分（都已折成越高越好）与战略结果。
    weights : 指标列 → 权重。
    strategy : 战略结果的列，一个或几个，都应是越高越好（如 满意度、一次解决率）。
    method : "pearson" 或 "spearman"（有离群点时）。
    confidence : 置信水平；Holm 校正后 p 小于 1 − confidence 算显著。
    rank_gap : 权重名次与相关名次差多少位算权重不当（教学约定）。

    Returns
    -------
    Alignment
        总分与各指标的相关、Holm 校正后的 p 与判断。

    Raises
    ------
    ValueError
        缺列、少于 4 行、空值、某列没有变化、权重不合法。

    Notes
    -----
    总分 = Σ w·得分。战略结果本身也是公式里的指标时，先从总分里扣掉它，免得自己与自己相关。
    Holm 校正的次数是全表的检验数。方向相反：显著为负；权重偏高：权重名次比相关名次靠前
    rank_gap 位而不显著；权重偏低：反过来且显著。

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> quality, speed = rng.normal(85, 5, 80), rng.normal(80, 6, 80)
    >>> team = pd.DataFrame({"质量": quality, "效率": speed,
    ...                      "满意度": 4 + 0.03 * (quality - 85) + rng.normal(0, 0.1, 80)})
    >>> result = strategy_alignment(team, {"质量": 40, "效率": 60}, "满意度")
    >>> result.aligned, result.parts["判断"].tolist()
    (True, ['一致', '不显著'])
    """
    outcomes = [strategy] if isinstance(strategy, str) else list(strategy)
    data, weight = _read(table, weights, outcomes, method, confidence)
    removed, rows = {}, []
    for outcome in outcomes:
        used = weight.drop(outcome, errors="ignore")
        if len(used) < len(weight):
            removed[outcome] = f"{outcome}是公式里的指标，与它相关时总分已扣除它"
        if used.empty:
            raise ValueError(f"公式里只有{outcome}自己，扣除后什么也不剩：请换一个战略结果。")
        total = _total(data, used)
        rows.append((outcome, TOTAL, np.nan, *_correlate(total, data[outcome], method, confidence)))
        rows += [
            (outcome, name, value, *_correlate(data[name], data[outcome], method, confidence))
            for name, value in used.items()
        ]
    result = _adjusted(rows)
    result["权重名次"] = _ranks(result, "权重")
    result["相关名次"] = _ranks(result, "r")
    alpha = 1 - confidence
    verdicts = []
    for _, line in result.iterrows():
        sure = line["p（Holm）"] < alpha
        ahead = line["相关名次"] - line["权重名次"]
        if sure and line["r"] < 0:
            verdicts.append("方向相反")
        elif not sure:
            verdicts.append("权重偏高" if ahead >= rank_gap else "不显著")
        else:
            verdicts.append("权重偏低" if -ahead >= rank_gap else GOOD)
    result["判断"] = verdicts
    return Alignment(result, len(data), method, float(confidence), "战略", removed)


def employee_alignment(
    table: pd.DataFrame,
    weights: Mapping[str, float],
    goals: str | Sequence[str],
    *,
    controllable: Sequence[str] = (),
    method: str = "spearman",
    confidence: float = 0.95,
) -> Alignment:
    """绩效公式与员工目标一致吗？得高分的人拿到他们在意的了吗，能控制的部分有没有回报？

    Parameters
    ----------
    table : 一行一人，列有各指标的得分与员工在意的结果。
    weights : 指标列 → 权重。
    goals : 员工在意的结果的列（如 奖金、晋升、自评目标达成），越高越好。
    controllable : 公式里员工自己能左右的指标；各与“其余指标的总分”相关。
    method : 默认 "spearman"：奖金、晋升多半不是直线关系。
    confidence : 置信水平。

    Returns
    -------
    Alignment
        指标一列是 绩效总分（对各目标），或可控指标（对其余指标的总分）。

    Raises
    ------
    ValueError
        缺列、少于 4 行、空值、没有变化、可控指标不在公式里。

    Notes
    -----
    可控指标与其余总分的相关不显著，说明努力改善它并不带来整体得分，公式不公平或指标打架。

    Examples
    --------
    >>> team = pd.DataFrame({"质量": [80, 85, 90, 75, 95, 70, 88, 82],
    ...                      "遵时": [90, 92, 96, 85, 97, 80, 95, 91],
    ...                      "奖金": [800, 900, 1100, 700, 1300, 600, 1000, 850]})
    >>> result = employee_alignment(team, {"质量": 60, "遵时": 40}, "奖金", controllable=["遵时"])
    >>> result.aligned, result.parts["判断"].tolist()
    (True, ['一致'])
    """
    outcomes = [goals] if isinstance(goals, str) else list(goals)
    data, weight = _read(table, weights, outcomes, method, confidence)
    total = _total(data, weight)
    rows = [
        (goal, TOTAL, np.nan, *_correlate(total, data[goal], method, confidence))
        for goal in outcomes
    ]
    for name in controllable:
        if name not in weight.index:
            have = "、".join(weight.index)
            raise ValueError(f"controllable 里的 {name!r} 不在公式里：有 {have}。")
        rest = weight.drop(name)
        if rest.empty:
            raise ValueError(f"公式里只有{name}一项，没有“其余指标”可比：请去掉 controllable。")
        others = _total(data, rest)
        rows.append(
            (
                "其余指标总分",
                name,
                weight[name],
                *_correlate(data[name], others, method, confidence),
            )
        )
    result = _adjusted(rows)
    result["权重名次"] = _ranks(result, "权重")
    result["相关名次"] = _ranks(result, "r")
    verdicts = []
    for _, line in result.iterrows():
        sure = line["p（Holm）"] < 1 - confidence
        weak = "不显著" if line["指标"] == TOTAL else "可控却与得分无关"
        verdicts.append(weak if not sure else GOOD if line["r"] > 0 else "方向相反")
    result["判断"] = verdicts
    return Alignment(result, len(data), method, float(confidence), "员工目标", {})


def _read(
    table: pd.DataFrame,
    weights: Mapping[str, float],
    outcomes: list[str],
    method: str,
    confidence: float,
) -> tuple[pd.DataFrame, pd.Series]:
    require_method(method)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    if not weights or not outcomes:
        raise ValueError("weights 或结果列是空的：请写明各指标的权重与要对照的结果。")
    given = pd.Series(dict(weights), dtype=object)
    weight = pd.Series(require_range(given, "weights", 0, above=True), index=given.index)
    return read_varied_numbers(table, [*dict.fromkeys([*weight.index, *outcomes])]), weight


def _total(data: pd.DataFrame, weight: pd.Series) -> pd.Series:
    total = data[weight.index] @ weight
    if not varies(total, data[weight.index] * weight):
        raise ValueError("加权总分处处相等，谈不上相关：请核对权重与得分。")
    return total


def _correlate(
    x: pd.Series, y: pd.Series, method: str, confidence: float
) -> tuple[float, float, float, float]:
    a, b = x.to_numpy(), y.to_numpy()
    r = coefficient(a, b, method)
    exact = exact_spearman_p(a, b) if method == "spearman" else None
    p = t_of_r(r, len(a))[1] if exact is None else exact
    return r, *fisher_interval(r, len(a), confidence, ranked=method == "spearman"), p


def _adjusted(rows: list[tuple]) -> pd.DataFrame:
    columns = ["结果", "指标", "权重", "r", "区间下限", "区间上限", "p"]
    result = pd.DataFrame(rows, columns=columns)
    result["p（Holm）"] = holm(result["p"])
    return result


def _ranks(result: pd.DataFrame, column: str) -> pd.Series:
    """每个结果之内，各指标从大到小的名次；总分那行为空。"""
    parts = result[result["指标"] != TOTAL]
    rank = parts.groupby("结果")[column].rank(ascending=False, method="min")
    return rank.reindex(result.index)

"""加权：回复的人与客户的构成不一样，总满意度怎样还原？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import share_bars
from ccomlib.proportions import z_value
from ccomlib.reading import read_labels
from ccomlib.results import Result
from ccomlib.validation import as_numbers, as_series, same_rows, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Weighted", "post_stratify"]


@dataclass(frozen=True, eq=False)
class Weighted(Result):
    """事后分层加权的均值。由 ``post_stratify`` 得到。"""

    table: pd.DataFrame
    """一层一行，列：层、总体占比、回复、回复占比、权重、均值、标准差。"""
    raw: float
    """不加权的均值。"""
    mean: float
    """按总体占比加权的均值。"""
    standard_error: float
    low: float
    high: float
    design_effect: float
    """加权让方差变成原来的几倍（Kish），1 为没有损失。"""
    effective_n: float
    """相当于多少份简单随机样本。"""
    weights: pd.Series
    """一份回复一个权重，平均为 1；行标签与 scores 相同。"""
    confidence: float

    def summary(self) -> pd.DataFrame:
        """逐层列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各层在总体与回复里的占比并列。"""
        table = self.table
        return share_bars(
            ax,
            table["层"].tolist(),
            table["总体占比"],
            table["回复占比"],
            ("占总体", "占回复"),
            [f"均值 {mean:.2f}" for mean in table["均值"]],
            title=f"不加权 {self.raw:.3g} → 加权 {self.mean:.3g}（设计效应 {self.design_effect:.2f}）",
        )

    def __str__(self) -> str:
        n = len(self.weights)
        return (
            f"不加权 {self.raw:.3f}，按总体构成加权后 {self.mean:.3f}（{self.confidence:.0%} 区间 "
            f"{self.low:.3f} 到 {self.high:.3f}）；设计效应 {self.design_effect:.2f}，{n} 份只抵 "
            f"{self.effective_n:.0f} 份；加权只纠正分层的构成，假定同一层里没有回复的人与回复的人一样。"
        )


def post_stratify(
    scores: Any,
    strata: Any,
    population: Mapping[str, float] | pd.Series,
    *,
    confidence: float = 0.95,
) -> Weighted:
    """按总体的分层构成给回复加权，得到均值、区间与设计效应。

    Parameters
    ----------
    scores : 一份回复一个数：分数，或满意为 1、不满意为 0（加权的就是满意率）。
    strata : 每份回复属于哪一层（队列、问题类型），与 scores 一样长。
    population : 层 → 总体人数或占比，例如所有被邀请的人或所有来电客户。
    confidence : 置信水平。

    Returns
    -------
    Weighted

    Raises
    ------
    ValueError
        长短不一、空值、总体有负数或合计为 0、有一层没有回复或只有 1 份、回复里的层不在总体里。

    Notes
    -----
    x̄ = Σ W_h·x̄_h；SE = √Σ W_h²·s_h²/n_h；权重 w_h = W_h·n/n_h；设计效应 n·Σw²/(Σw)²。

    References
    ----------
    Kish (1992), Weighting for unequal P_i, Journal of Official Statistics 8: 183–200。

    Examples
    --------
    >>> result = post_stratify([5, 4, 5, 4, 2, 3], list("甲甲甲甲乙乙"), {"甲": 500, "乙": 500})
    >>> round(result.raw, 3), result.mean, result.design_effect
    (3.833, 3.5, 1.125)
    """
    z = z_value(confidence)
    score = as_series(scores, "scores")
    stratum = read_labels(strata, "strata")
    same_rows(("scores", score), ("strata", stratum))
    if score.empty:
        raise ValueError("scores 是空的：请检查筛选条件。")
    given = pd.Series(population, dtype=object)
    whole = pd.Series(as_numbers(given, "population"), [str(label) for label in given.index])
    _check(whole, stratum)
    groups = pd.Series(score.to_numpy()).groupby(stratum.to_numpy())
    table = pd.DataFrame(
        {
            "总体占比": whole / whole.sum(),
            "回复": groups.size().reindex(whole.index),
            "均值": groups.mean().reindex(whole.index),
            "标准差": groups.std().reindex(whole.index),
        }
    )
    n = len(score)
    table["回复占比"] = table["回复"] / n
    table["权重"] = table["总体占比"] / table["回复占比"]
    mean = float((table["总体占比"] * table["均值"]).sum())
    variance = (table["总体占比"] ** 2 * table["标准差"] ** 2 / table["回复"]).sum()
    if not any(varies(part) for _, part in groups):
        raise ValueError("每一层里的分数都相同，误差算不出来：请核对数据。")
    error = float(np.sqrt(variance))
    weights = pd.Series(stratum.map(table["权重"]).to_numpy(dtype=float), score.index, name="权重")
    effect = float(n * (weights**2).sum() / weights.sum() ** 2)
    columns = ["层", "总体占比", "回复", "回复占比", "权重", "均值", "标准差"]
    return Weighted(
        table=table.rename_axis("层").reset_index()[columns],
        raw=float(score.mean()),
        mean=mean,
        standard_error=error,
        low=mean - z * error,
        high=mean + z * error,
        design_effect=effect,
        effective_n=n / effect,
        weights=weights,
        confidence=float(confidence),
    )


def _check(whole: pd.Series, stratum: pd.Series) -> None:
    if whole.index.has_duplicates:
        raise ValueError(f"population 里 {whole.index[whole.index.duplicated()][0]} 出现不止一次。")
    if (whole <= 0).any():
        label = whole.index[whole <= 0][0]
        raise ValueError(f"population 的 {label} 是 {whole[label]:g}，应大于 0：没有人的层请去掉。")
    stray = [label for label in dict.fromkeys(stratum) if label not in whole.index]
    if stray:
        raise ValueError(f"回复里的{'、'.join(stray)}不在 population 里：请补上它的总体人数。")
    count = stratum.value_counts().reindex(whole.index, fill_value=0)
    few = count[count < 2]
    if len(few):
        raise ValueError(
            f"{few.index[0]}只有 {few.iloc[0]} 份回复，估不出这一层：请与相近的层合并再加权。"
        )

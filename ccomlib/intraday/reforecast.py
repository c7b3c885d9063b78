"""日内再预测：上午已经比计划多了，全天会是多少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DAY_CV", "Reforecast", "reforecast"]

FEWEST = 4
DAY_CV = 0.10  # 教学约定


@dataclass(frozen=True, eq=False)
class Reforecast(Result):
    """一天剩余时段的再预测。由 ``reforecast`` 得到，不直接构造。"""

    table: pd.DataFrame
    """逐时段，列：时段、计划量、实际量、更新预测、下限、上限、已过；已过的时段没有上下限，
    未到的没有实际量。"""
    raw_ratio: float
    """实际 ÷ 计划，到现在为止。"""
    weight: float
    """相信今天的实际几成，0 到 1；其余相信计划。"""
    ratio: float
    """收缩后的倍数：1 + weight × (raw_ratio − 1)。"""
    plan_total: float
    raw_total: float
    """不收缩：实际到现在 ÷ 计划份额到现在。"""
    total: float
    """更新后的全天合计。"""
    low: float
    high: float
    dispersion: float
    day_cv: float
    confidence: float

    @property
    def rest(self) -> float:
        """剩余时段的更新预测合计。"""
        return float(self.table.loc[~self.table["已过"], "更新预测"].sum())

    def summary(self) -> pd.DataFrame:
        """逐时段：计划、实际、更新预测与区间。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """计划、实际与更新预测；带子是剩余时段的区间。"""
        ax = new_axes(ax)
        x, done = np.arange(len(self.table)), self.table["已过"].to_numpy()
        ax.plot(x, self.table["计划量"], color=COLOURS["grey"], ls="--", label="计划")
        ax.plot(
            x[done], self.table["实际量"][done], "o-", ms=3, color=COLOURS["main"], label="实际"
        )
        rest = self.table[~done]
        ax.plot(x[~done], rest["更新预测"], color=COLOURS["bad"], label="更新预测")
        ax.fill_between(
            x[~done],
            rest["下限"],
            rest["上限"],
            color=COLOURS["bad"],
            alpha=0.2,
            lw=0,
            label=f"每个时段的 {self.confidence:.0%} 区间",
        )
        ax.axvline(done.sum() - 0.5, color=COLOURS["grey"], lw=1)
        slot_axis(ax, self.table["时段"])
        ax.set_ylim(bottom=0)
        ax.set(
            title=f"全天更新为 {self.total:,.0f} 通（计划 {self.plan_total:,.0f}）",
            xlabel="时段",
            ylabel="呼入量（通）",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        known = "是教学约定，应由自己的历史估计" if self.day_cv == DAY_CV else "是你给的（day_cv）"
        return (
            f"到现在实际是计划的 {self.raw_ratio:.1%}，相信今天的实际 {self.weight:.0%}，"
            f"剩余时段按计划的 {self.ratio:.1%} 更新：全天 {self.total:,.0f} 通"
            f"（{self.confidence:.0%} 区间 {self.low:,.0f} 到 {self.high:,.0f}；计划 "
            f"{self.plan_total:,.0f}，不收缩是 {self.raw_total:,.0f}）；前提是剩余时段的曲线形状不变，"
            f"各天的总量上下 {self.day_cv:.0%} {known}。"
        )


def reforecast(
    plan: Any,
    actual: Any,
    *,
    day_cv: float = DAY_CV,
    dispersion: float | None = None,
    confidence: float = 0.95,
) -> Reforecast:
    """一天过了一段，剩下的会来多少？

    Parameters
    ----------
    plan : 全天各时段的计划量，按时间排好；索引是时段。
    actual : 已过时段的实际量，从第一个时段起；有时段索引时要与 plan 对得上。
    day_cv : 实际 ÷ 计划 的日间标准差，由历史估计；0.10 是教学约定。越大越相信今天。
    dispersion : 时段方差 ÷ 平均（泊松为 1）；不给就由今天已过的时段估计，不小于 1。
    confidence : 区间的置信水平。

    Returns
    -------
    Reforecast
        剩余时段与全天的更新预测与区间。

    Raises
    ------
    ValueError
        时段对不上、空值、负数、没有剩余时段、已过时段的计划是 0。

    Notes
    -----
    倍数 ρ 的先验是 N(1, τ²)，已过时段 A ~ N(ρP, φP)：w = τ² ÷ (τ² + φ ÷ P)，
    ρ̂ = 1 + w(A ÷ P − 1)；剩余的方差 = φρ̂P′ + P′²τ²(1 − w)。
    w = 1 就是“实际到现在 ÷ 份额到现在”，w = 0 就是原计划。

    References
    ----------
    Shen & Huang (2008), Interday forecasting and intraday updating of call center arrivals,
    M&SOM 10: 391–410；收缩见 Efron & Morris (1977)。

    Examples
    --------
    >>> plan = pd.Series([100, 200, 300, 400], index=["09:00", "10:00", "11:00", "12:00"])
    >>> update = reforecast(plan, [130, 260], dispersion=1)
    >>> round(update.raw_total), round(update.weight, 2), round(update.total)
    (1300, 0.75, 1248)
    """
    whole = as_series(plan, "计划量（plan）")
    done = as_series(actual, "实际量（actual）")
    require_range(whole, "计划量（plan）", 0)
    require_range(done, "实际量（actual）", 0)
    require_range(day_cv, "day_cv", 0)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    m = len(done)
    if not 1 <= m < len(whole):
        raise ValueError(
            f"plan 有 {len(whole)} 个时段，actual 有 {m} 个：actual 至少 1 个、且要有剩余的时段。"
        )
    if not isinstance(done.index, pd.RangeIndex):
        differ = np.flatnonzero(done.index != whole.index[:m])
        if len(differ):
            row = int(differ[0])
            raise ValueError(
                f"第 {row + 1} 个时段 plan 是 {whole.index[row]}，actual 是 {done.index[row]}："
                "请取同样的时段并排好序。"
            )
    expected, seen = whole.to_numpy()[:m], done.to_numpy()
    passed = float(expected.sum())
    if passed == 0:
        raise ValueError("已过时段的计划合计是 0，比例无从算起：请等有计划的时段过去再更新。")
    raw = float(seen.sum()) / passed
    phi = _dispersion(expected, seen, raw) if dispersion is None else float(dispersion)
    require_range(phi, "dispersion", 0, above=True)
    variance = day_cv**2
    weight = variance / (variance + phi / passed)
    ratio = max(0.0, 1 + weight * (raw - 1))
    rest = whole.to_numpy()[m:]
    from scipy.stats import norm

    z = float(norm.isf((1 - confidence) / 2))
    left = variance * (1 - weight)
    spread = z * np.sqrt(phi * ratio * rest + rest**2 * left)
    rest_total = float(rest.sum())
    wide = z * float(np.sqrt(phi * ratio * rest_total + rest_total**2 * left))
    total = float(seen.sum()) + ratio * rest_total
    empty = np.full(m, np.nan)
    table = pd.DataFrame(
        {
            "时段": [str(value) for value in whole.index],
            "计划量": whole.to_numpy(),
            "实际量": np.r_[seen, np.full(len(rest), np.nan)],
            "更新预测": np.r_[seen, ratio * rest],
            "下限": np.r_[empty, np.maximum(ratio * rest - spread, 0)],
            "上限": np.r_[empty, ratio * rest + spread],
            "已过": np.arange(len(whole)) < m,
        }
    )
    return Reforecast(
        table=table,
        raw_ratio=raw,
        weight=float(weight),
        ratio=float(ratio),
        plan_total=float(whole.sum()),
        raw_total=raw * float(whole.sum()),
        total=total,
        low=max(float(seen.sum()), total - wide),
        high=total + wide,
        dispersion=phi,
        day_cv=float(day_cv),
        confidence=float(confidence),
    )


def _dispersion(expected: np.ndarray, seen: np.ndarray, raw: float) -> float:
    """今天已过的时段围绕“倍数 × 计划”散得比泊松宽多少；时段太少时按泊松。"""
    used = expected > 0
    if used.sum() < FEWEST or raw == 0:
        return 1.0
    fitted = raw * expected[used]
    return max(1.0, float(((seen[used] - fitted) ** 2 / fitted).sum() / (used.sum() - 1)))

"""遗忘曲线：学过的还记得几成，什么时候该复训？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, same_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ForgettingCurve", "forgetting_curve", "retention"]


@dataclass(frozen=True, eq=False)
class ForgettingCurve(Result):
    """R = e^(−t/S) 的拟合。由 ``forgetting_curve`` 得到，不直接构造。"""

    stability: float
    """记忆强度 S（天）：过了 S 天还记得 37%。"""
    low: float
    high: float | None
    """数据定不出上限时为 None。"""
    threshold: float
    confidence: float
    data: pd.DataFrame
    """列：天、记得的比例、拟合。"""

    @property
    def refresh_day(self) -> float:
        """第几天降到 threshold，该复训了：t = −S·ln(threshold)。"""
        return float(-self.stability * np.log(self.threshold))

    def summary(self) -> pd.DataFrame:
        """记忆强度与复训的日子。"""
        scale = -np.log(self.threshold)
        top = np.nan if self.high is None else self.high
        rows = [
            ("记忆强度 S（天）", self.stability, self.low, top),
            ("复训（第几天）", self.refresh_day, self.low * scale, top * scale),
        ]
        level = f"{self.confidence:.0%}"
        return pd.DataFrame(rows, columns=["指标", "数值", f"{level} 下限", f"{level} 上限"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """测得的点、曲线与该复训的那一天。"""
        ax = new_axes(ax)
        end = max(float(self.data["天"].max()), 1.3 * self.refresh_day)
        grid = np.linspace(0, end, 200)
        ax.plot(
            self.data["天"], 100 * self.data["记得的比例"], "o", color=COLOURS["grey"], label="复测"
        )
        ax.plot(grid, 100 * np.exp(-grid / self.stability), color=COLOURS["main"], label="拟合")
        ax.axhline(
            100 * self.threshold,
            color=COLOURS["bad"],
            ls="--",
            label=f"复训线 {self.threshold:.0%}",
        )
        ax.axvline(self.refresh_day, color=COLOURS["bad"], label=f"第 {self.refresh_day:.1f} 天")
        ax.set(title="遗忘曲线", xlabel="学完后的天数（天）", ylabel="还记得（%）", ylim=(0, 105))
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        top = "，上限定不出来" if self.high is None else f" 到 {self.high:.1f}"
        return (
            f"记忆强度 S = {self.stability:.1f} 天（{self.confidence:.0%} 区间 {self.low:.1f}"
            f"{top}），第 {self.refresh_day:.1f} 天降到 {self.threshold:.0%}，应在此前复训；"
            "说的是平均的知识点，用得勤的忘得慢，指数形状与复训线都是教学约定。"
        )


def forgetting_curve(
    days: Any, remembered: Any, *, threshold: float = 0.8, confidence: float = 0.95
) -> ForgettingCurve:
    """由复测的成绩估计忘得多快，第几天该复训？

    Parameters
    ----------
    days : 学完后第几天复测，至少 3 个，大于 0。
    remembered : 那时还记得的比例，0 到 1（复测分 ÷ 学完时的分）。
    threshold : 低于它就该复训，0.8 是教学约定。
    confidence : 区间的置信水平。

    Returns
    -------
    ForgettingCurve
        记忆强度 S、区间与复训的日子。

    Raises
    ------
    ValueError
        长短不一、不足 3 个、比例不在 0 与 1 之间，或一点没忘、全忘了（S 定不出来）。

    Notes
    -----
    R = e^(−t/S)，对 1/S 做最小二乘；1/S 的区间用线性近似的 t，再取倒数。

    References
    ----------
    Ebbinghaus (1885)；指数形式见 Woźniak、Gorzelańczyk & Murakowski (1995)。

    Examples
    --------
    >>> curve = forgetting_curve([1, 3, 7, 14, 30], [0.96, 0.90, 0.78, 0.62, 0.36])
    >>> round(curve.stability, 1), round(curve.refresh_day, 1)
    (29.1, 6.5)
    """
    from scipy.optimize import minimize_scalar
    from scipy.stats import t as student

    same_rows(("天（days）", days), ("记得的比例（remembered）", remembered))
    t = require_range(days, "天（days）", 0, above=True)
    r = require_range(remembered, "记得的比例（remembered）", 0, 1)
    if len(t) < 3:
        raise ValueError(f"只有 {len(t)} 次复测，至少要 3 次：请隔几天再测。")
    require_range(threshold, "threshold", 0, 1, above=True, below=True)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    if r.min() >= 1:
        raise ValueError("复测一点没忘，忘得多快定不出来：请隔更久再测。")
    if r.max() <= 0:
        raise ValueError("复测全忘光了，忘得多快定不出来：请早些测。")

    def loss(log_rate: float) -> float:
        return float(((r - np.exp(-np.exp(log_rate) * t)) ** 2).sum())

    grid = np.log(np.geomspace(1e-4 / t.max(), 50 / t.min(), 400))
    at = int(np.argmin([loss(one) for one in grid]))
    ends = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    rate = float(np.exp(minimize_scalar(loss, bounds=ends, method="bounded").x))
    fitted = np.exp(-rate * t)
    slope = t * fitted
    error = np.sqrt(((r - fitted) ** 2).sum() / (len(t) - 1) / (slope @ slope))
    half = float(student.isf((1 - confidence) / 2, len(t) - 1) * error)
    return ForgettingCurve(
        stability=1 / rate,
        low=1 / (rate + half),
        high=1 / (rate - half) if rate > half else None,
        threshold=float(threshold),
        confidence=float(confidence),
        data=pd.DataFrame({"天": t, "记得的比例": r, "拟合": fitted}),
    )


def retention(days: Any, stability: float) -> float | np.ndarray:
    """学完若干天后还记得几成？R = e^(−t/S)。

    Parameters
    ----------
    days : 学完后的天数，一个数或一列数。
    stability : 记忆强度 S（天），由 ``forgetting_curve`` 估计，或按经验定。

    Returns
    -------
    还记得的比例，0 到 1，形状随输入。

    Raises
    ------
    ValueError
        天数为负，或 S 不是正数。

    Examples
    --------
    >>> retention([0, 10, 30], 30).round(3).tolist()
    [1.0, 0.717, 0.368]
    """
    strength = float(as_numbers(stability, "stability"))
    require_range(strength, "stability", 0, above=True)
    found = np.exp(-require_range(days, "天（days）", 0) / strength)
    return float(found) if found.ndim == 0 else found

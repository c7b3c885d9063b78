"""来电者平均肯等多久？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, require_same_length

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Patience", "estimate_patience"]


@dataclass(frozen=True, eq=False)
class Patience(Result):
    """平均耐心的估计。由 ``estimate_patience`` 生成，不直接构造。"""

    mean: float
    low: float
    high: float
    calls: int
    abandons: int
    total_wait: float
    waits: np.ndarray
    abandoned: np.ndarray

    def summary(self) -> pd.DataFrame:
        """估计值、95% 置信区间与所用的数据量。"""
        return pd.DataFrame(
            {
                "平均耐心(秒)": [self.mean],
                "95%下限(秒)": [self.low],
                "95%上限(秒)": [self.high],
                "来电量": [self.calls],
                "放弃量": [self.abandons],
                "总等待(秒)": [self.total_wait],
            }
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """Kaplan–Meier 生存曲线与指数曲线：两条贴近，指数假设才站得住。"""
        ax = new_axes(ax)
        times, counts = np.unique(self.waits[self.abandoned], return_counts=True)
        at_risk = self.calls - np.searchsorted(np.sort(self.waits), times)
        alive = np.concatenate([[1.0], np.cumprod(1 - counts / at_risk)])
        end = float(self.waits.max())
        x = np.concatenate([[0.0], times, [end]])
        y = np.concatenate([alive, alive[-1:]])
        ax.step(x, 100 * y, where="post", color=COLOURS["main"], label="数据（Kaplan–Meier）")
        grid = np.linspace(0, end, 101)
        ax.plot(
            grid,
            100 * np.exp(-grid / self.mean),
            color=COLOURS["bad"],
            ls="--",
            label=f"指数分布，平均 {self.mean:.0f} 秒",
        )
        ax.set(
            title="等了这么久，还有多少人没挂断",
            xlabel="等待（秒）",
            ylabel="仍在等的比例（%）",
            ylim=(0, 105),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        return (
            f"来电者平均肯等 {self.mean:.0f} 秒（95% 区间 {self.low:.0f}–{self.high:.0f} 秒，"
            f"{self.calls} 通里 {self.abandons} 通放弃；假设耐心服从指数分布，"
            f"请看图上两条线是否贴近）。"
        )


def estimate_patience(waits: Any, abandoned: Any) -> Patience:
    """来电者平均肯等多久？

    平均耐心 = 全部来电（接起的与放弃的）等待秒数之和 ÷ 放弃量。

    Parameters
    ----------
    waits : 每通来电的等待（秒），接起的也要。
    abandoned : 每通来电是否放弃（真假或 1/0），与 waits 等长。

    Returns
    -------
    Patience
        ``mean`` 可直接作为 ``patience=`` 使用。

    Raises
    ------
    ValueError
        没有一通放弃（耐心无从估计），或总等待为 0。

    Notes
    -----
    接起的来电只说明“耐心至少这么长”，是删失数据；只取放弃者的平均等待会严重低估。
    区间按 2·总等待/平均耐心 近似服从自由度 2·放弃量 的卡方分布。

    References
    ----------
    Brown 等 (2005), Statistical analysis of a telephone call center, JASA 100。

    Examples
    --------
    >>> estimate_patience([10, 0, 30, 20, 60], [0, 0, 1, 0, 1]).mean
    60.0
    """
    from scipy.stats import chi2

    require_same_length({"等待（waits）": waits, "放弃（abandoned）": abandoned})
    seconds = np.atleast_1d(require_range(waits, "等待（waits）", 0))
    gone = np.atleast_1d(as_numbers(abandoned, "放弃（abandoned）"))
    odd = (gone != 0) & (gone != 1)
    if odd.any():
        row = int(np.flatnonzero(odd)[0])
        raise ValueError(
            f"放弃（abandoned）第 {row + 1} 个是 {gone[row]:g}：请只用真假或 1、0 表示。"
        )
    if seconds.shape != gone.shape:
        raise ValueError("等待（waits）与放弃（abandoned）应等长：每通来电各一个。")
    count, total = int(gone.sum()), float(seconds.sum())
    if not count:
        raise ValueError(
            "放弃（abandoned）里没有一通放弃：耐心无从估计，请取更长的时间段或更忙的时段。"
        )
    if total == 0:
        raise ValueError("等待（waits）全是 0：耐心无从估计，请核对等待时长这一列。")
    high, low = 2 * total / chi2.ppf([0.025, 0.975], 2 * count)
    return Patience(
        mean=total / count,
        low=float(low),
        high=float(high),
        calls=seconds.size,
        abandons=count,
        total_wait=total,
        waits=seconds,
        abandoned=gone.astype(bool),
    )

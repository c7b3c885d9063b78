"""残差检验：预测误差里还剩不剩可以利用的规律？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_range, varies

from .series import whole_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ResidualCheck", "residual_validity"]

SHAPIRO_LIMIT = 5000
FEWEST = 8


@dataclass(frozen=True, eq=False)
class ResidualCheck(Result):
    """残差检验的结果。由 ``residual_validity`` 得到。"""

    residuals: pd.Series
    """残差 = 实际 − 预测。"""
    mean: float
    """残差的平均；正为预测偏低。"""
    t: float
    bias_p: float
    """平均残差为 0 的 t 检验 p 值。"""
    ljung_box: float
    ljung_box_p: float
    """残差没有自相关的 Ljung–Box 检验 p 值。"""
    shapiro: float
    shapiro_p: float
    """残差是正态的 Shapiro–Wilk 检验 p 值。"""
    acf: pd.Series
    """滞后 1…lags 的自相关系数。"""
    lags: int
    alpha: float
    note: str = ""

    @property
    def biased(self) -> bool:
        """平均残差是否显著不为 0。"""
        return self.bias_p < self.alpha

    @property
    def autocorrelated(self) -> bool:
        """残差是否显著自相关。"""
        return self.ljung_box_p < self.alpha

    @property
    def non_normal(self) -> bool:
        """残差是否显著不正态。"""
        return self.shapiro_p < self.alpha

    def summary(self) -> pd.DataFrame:
        """三项检验：统计量、p 值、说明了什么、该怎么办。"""
        side = "偏低" if self.mean > 0 else "偏高"
        rows = [
            ("偏差（t 检验）", self.t, self.bias_p)
            + (
                (f"预测系统性{side}", "先调水平：看增长、口径、漏掉的活动")
                if self.biased
                else ("没有发现系统偏差", "—")
            ),
            (f"自相关（Ljung–Box，{self.lags} 阶）", self.ljung_box, self.ljung_box_p)
            + (
                ("误差里还有规律没有用上", "补上星期、月初等因素或换方法")
                if self.autocorrelated
                else ("没有发现剩余的规律", "—")
            ),
            ("正态（Shapiro–Wilk）", self.shapiro, self.shapiro_p)
            + (
                ("不是正态，常因个别异常日", "预测区间改用历史误差的分位数")
                if self.non_normal
                else ("没有发现偏离正态", "—")
            ),
        ]
        return pd.DataFrame(rows, columns=["检验", "统计量", "p 值", "结论", "怎么办"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """残差随时间的走势。"""
        ax = new_axes(ax)
        dated = isinstance(self.residuals.index, pd.DatetimeIndex)
        x = self.residuals.index if dated else np.arange(len(self.residuals))
        ax.plot(x, self.residuals.to_numpy(), color=COLOURS["main"], marker=".", linewidth=0.8)
        ax.axhline(0, color=COLOURS["grey"], label="零")
        ax.axhline(self.mean, color=COLOURS["bad"], linestyle="--", label=f"平均 {self.mean:,.3g}")
        ax.set(
            title="残差（实际 − 预测）：应在零的上下随机",
            xlabel="日期" if dated else "期（从 0 数）",
            ylabel="残差（每期）",
        )
        if dated:
            ax.tick_params(axis="x", rotation=30)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def plot_acf(self, ax: Axes | None = None) -> Axes:
        """残差的自相关；虚线外的柱子是还没用上的规律。"""
        ax = new_axes(ax)
        from scipy import stats

        limit = stats.norm.ppf(1 - self.alpha / 2) / np.sqrt(len(self.residuals))
        outside = self.acf.abs() > limit
        colours = np.where(outside, COLOURS["bad"], COLOURS["main"])
        ax.bar(self.acf.index, self.acf.to_numpy(), color=colours, width=0.6)
        ax.axhline(0, color=COLOURS["grey"])
        for sign in (-1, 1):
            ax.axhline(sign * limit, color=COLOURS["grey"], linestyle="--")
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set(
            title=f"残差的自相关：{int(outside.sum())} 阶越出 ±{limit:.2f}（虚线）",
            xlabel="滞后（期）",
            ylabel="自相关系数",
        )
        return ax

    def __str__(self) -> str:
        side = "偏低" if self.mean > 0 else "偏高"
        found = []
        if self.biased:
            found.append(f"预测系统性{side}（平均差 {abs(self.mean):,.3g}，{_p(self.bias_p)}）")
        if self.autocorrelated:
            found.append(f"误差里还有规律没有用上（Ljung–Box {_p(self.ljung_box_p)}）")
        if self.non_normal:
            found.append(f"误差不是正态（{_p(self.shapiro_p)}）")
        text = "，".join(found) if found else "没有发现偏差、剩余规律或偏离正态"
        caution = "" if found else "，但没有发现不等于没有，准不准还要看回测"
        if self.autocorrelated and self.biased:
            caution = "，有自相关时偏差的 p 值会偏小"
        return f"{len(self.residuals)} 期残差：{text}{caution}{self.note}。"


def residual_validity(
    residuals: Any, *, lags: int | None = None, alpha: float = 0.05, fitted_parameters: int = 0
) -> ResidualCheck:
    """检验预测的残差：偏不偏、有没有剩余规律、是不是正态。

    Parameters
    ----------
    residuals : 残差 = 实际 − 预测，按时间排好，至少 8 期。
    lags : 看几阶自相关；缺省 min(10, n/5)，有季节时给两个周期（日数据 14）。
    alpha : 显著性水平。
    fitted_parameters : 模型估计的参数个数，从 Ljung–Box 的自由度里扣除；
        不知道时为 0，检验略偏宽松。

    Returns
    -------
    ResidualCheck
        三项检验与图。

    Raises
    ------
    ValueError
        空值、少于 8 期、全相等、``lags`` 太大。

    Notes
    -----
    t = 平均 ÷ (s/√n)；Q = n(n+2)Σ r_k²/(n−k)，自由度 lags − fitted_parameters；
    超过 5000 期时 Shapiro–Wilk 只用等间隔抽出的不多于 5000 期。

    References
    ----------
    Ljung & Box (1978), On a measure of lack of fit in time series models, Biometrika 65: 297–303；
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice (2nd ed.), 3.3（缺省阶数）。

    Examples
    --------
    >>> errors = [3, -2, 4, -5, 1, 2, -3, 0, 5, -4, 1, -1]
    >>> result = residual_validity(errors)
    >>> result.biased, result.autocorrelated, result.lags
    (False, False, 2)
    """
    from scipy import stats
    from statsmodels.stats.diagnostic import acorr_ljungbox

    series = as_series(residuals, "残差")
    n = len(series)
    if n < FEWEST:
        raise ValueError(f"残差只有 {n} 期，至少要 {FEWEST} 期才谈得上检验：请用更长的历史。")
    y = series.to_numpy()
    if not varies(y):
        raise ValueError(f"残差全是 {y[0]:g}，没有变化，无法检验：请检查是不是实际减了自己。")
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    lags = max(1, min(10, n // 5)) if lags is None else whole_number(lags, "lags")
    if lags >= n:
        raise ValueError(f"lags 是 {lags}，应小于残差的期数 {n}：请改小。")
    require_range(fitted_parameters, "fitted_parameters", 0, lags, below=True)
    bias = stats.ttest_1samp(y, 0.0)
    box = acorr_ljungbox(y, lags=[lags], model_df=int(fitted_parameters))
    thin = y[:: -(-n // SHAPIRO_LIMIT)]
    # shapiro 把极差很小的数当作没有变化，先化成与单位无关的
    normal = stats.shapiro((thin - thin.mean()) / np.ptp(y))
    return ResidualCheck(
        residuals=series,
        mean=float(y.mean()),
        t=float(bias.statistic),
        bias_p=float(bias.pvalue),
        ljung_box=float(box["lb_stat"].iloc[0]),
        ljung_box_p=float(box["lb_pvalue"].iloc[0]),
        shapiro=float(normal.statistic),
        shapiro_p=float(normal.pvalue),
        acf=_acf(y, lags),
        lags=lags,
        alpha=float(alpha),
        note="" if len(thin) == n else f"（正态检验只用了等间隔的 {len(thin)} 期）",
    )


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"


def _acf(y: np.ndarray, lags: int) -> pd.Series:
    centred = y - y.mean()
    total = centred @ centred
    values = [centred[k:] @ centred[: len(y) - k] / total for k in range(1, lags + 1)]
    return pd.Series(values, index=pd.RangeIndex(1, lags + 1, name="滞后"), name="自相关系数")

"""正态曲线：超出要求的比例、综合 Z、Cpk 的区间、像不像正态？"""

from __future__ import annotations

import numpy as np

from ccomlib.validation import as_numbers, require_range

__all__ = ["bench_z", "cpk_interval", "normality_p", "outside_share"]

SHAPIRO_LIMIT = 5000


def cpk_interval(
    cpk: float, n: int, *, freedom: float | None = None, confidence: float = 0.95
) -> tuple[float, float]:
    """Cpk 的置信区间：样本少时 Cpk 有多不准。

    Parameters
    ----------
    cpk : 估计出的 Cpk 或 Ppk。
    n : 几个数，不小于 2。
    freedom : σ 的自由度；不给就是 n−1。
    confidence : 置信水平。

    Returns
    -------
    tuple
        （下限，上限）。

    Raises
    ------
    ValueError
        n 小于 2，置信水平不在 0 与 1 之间。

    Notes
    -----
    Cpk ± z√(1/9n + Cpk²/2ν)。

    References
    ----------
    Bissell (1990)；Montgomery, Introduction to Statistical Quality Control, 8.3。

    Examples
    --------
    >>> low, high = cpk_interval(1.33, 20)
    >>> round(low, 2), round(high, 2)
    (0.88, 1.78)
    """
    from scipy.special import ndtri

    value = float(as_numbers(cpk, "cpk"))
    size = float(require_range(n, "n", 2))
    nu = size - 1 if freedom is None else float(require_range(freedom, "freedom", 0, above=True))
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    margin = ndtri((1 + confidence) / 2) * np.sqrt(1 / (9 * size) + value**2 / (2 * nu))
    return float(value - margin), float(value + margin)


def outside_share(mean: float, sigma: float, low: float | None, high: float | None) -> float:
    """超出下限或上限的比例。"""
    from scipy.special import ndtr

    found = 0.0 if low is None else ndtr((low - mean) / sigma)
    return float(found + (0.0 if high is None else ndtr((mean - high) / sigma)))


def bench_z(outside: float) -> float:
    """Φ⁻¹(1−超出的概率)；概率小到 0 时按最小的浮点数算。"""
    from scipy.special import ndtri

    return float(-ndtri(min(max(outside, 1e-300), 1 - 1e-16)))


def normality_p(values: np.ndarray) -> float:
    """夏皮罗-威尔克的 p；超过 5000 个数时等距取 5000 个。"""
    from scipy.stats import shapiro

    if len(values) > SHAPIRO_LIMIT:
        values = np.sort(values)[np.linspace(0, len(values) - 1, SHAPIRO_LIMIT).astype(int)]
    # shapiro 把极差很小的数当作没有变化，先化成与单位无关的
    return float(shapiro((values - values.mean()) / np.ptp(values)).pvalue)

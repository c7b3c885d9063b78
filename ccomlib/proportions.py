"""比例的区间：多少个里有多少个，真实的比例大概在哪里？"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

from ccomlib.validation import require_share

__all__ = ["wilson_limits", "z_value"]


def z_value(confidence: float) -> float:
    """双侧置信水平对应的正态分位数。

    Parameters
    ----------
    confidence : 置信水平，0 到 1，不含两端。

    Examples
    --------
    >>> round(z_value(0.95), 6)
    1.959964
    """
    return NormalDist().inv_cdf((1 + require_share(confidence, "confidence")) / 2)


def wilson_limits(
    successes: Any, n: Any, confidence: float = 0.95, population: float = math.inf
) -> tuple[np.ndarray, np.ndarray]:
    """一次算许多个 Wilson 区间；输入已检查过。

    Parameters
    ----------
    successes, n : 件数与样本数，一个数或等长的一列数。
    confidence : 置信水平。
    population : 同一个总体的大小；不给就当作很大。

    Returns
    -------
    tuple of ndarray
        下限、上限。

    References
    ----------
    Wilson (1927), JASA 22: 209–212。

    Examples
    --------
    >>> low, high = wilson_limits(np.array([9, 0]), np.array([10, 10]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.5958, 0.0], [0.9821, 0.2775])
    """
    k, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    z = z_value(confidence)
    p = k / n
    # z²/n 乘上 (N − n)/(N − 1)；全问到时是 0，区间就是一点
    shrink = 1.0 if math.isinf(population) else (population - n) / max(population - 1, 1)
    pull = z * z / n * shrink
    middle = (p + pull / 2) / (1 + pull)
    half = np.sqrt(pull * (p * (1 - p) + pull / 4)) / (1 + pull)
    # 问到的 k 个、不是的 n − k 个已经确知；两端的 0 与 1 是精确的，不留舍入误差
    least, most = k / population, 1 - (n - k) / population
    low = np.where(k == 0, 0.0, np.maximum(middle - half, least))
    high = np.where(k == n, 1.0, np.minimum(middle + half, most))
    return low, high

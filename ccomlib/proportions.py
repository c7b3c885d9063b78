"""比例的区间：多少个里有多少个，真实的比例大概在哪里？"""

from __future__ import annotations

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
    successes: Any, n: Any, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """一次算许多个 Wilson 区间；输入已检查过。

    Parameters
    ----------
    successes, n : 件数与样本数，一个数或等长的一列数。
    confidence : 置信水平。

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
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # 两端的 0 与 1 是精确的，不留舍入误差
    low = np.where(k == 0, 0.0, np.maximum(middle - half, 0.0))
    high = np.where(k == n, 1.0, np.minimum(middle + half, 1.0))
    return low, high

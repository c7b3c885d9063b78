"""极差的分布：几个正态数里，最大与最小会差多少？"""

from __future__ import annotations

import numpy as np

__all__ = ["range_cdf"]


def range_cdf(width: np.ndarray, n: int) -> np.ndarray:
    """n 个标准正态数的极差不超过某个宽度的概率。

    Parameters
    ----------
    width : 一列宽度，单位是标准差。
    n : 几个数。

    Returns
    -------
    ndarray
        与 ``width`` 等长。

    Examples
    --------
    >>> print(range_cdf(np.array([2.772]), 2).round(3))
    [0.95]
    """
    from scipy.special import ndtr

    x = np.linspace(-9, 9, 361)
    density = np.exp(-0.5 * x**2) / np.sqrt(2 * np.pi)
    inside = ndtr(x + width[:, None]) - ndtr(x)
    return n * (density * inside ** (n - 1)).sum(axis=1) * (x[1] - x[0])

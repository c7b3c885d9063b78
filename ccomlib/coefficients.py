"""相关系数：怎样算，多大才算数，区间多宽？"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ccomlib.validation import require_range

__all__ = [
    "METHODS",
    "coefficient",
    "critical_r",
    "exact_spearman_p",
    "fisher_interval",
    "pair_count",
    "require_method",
    "t_of_r",
]

METHODS = {"pearson": "皮尔逊", "spearman": "斯皮尔曼"}
# 不超过几对时，斯皮尔曼用精确分布
EXACT = 10


def coefficient(a: np.ndarray, b: np.ndarray, method: str = "pearson") -> float:
    """两列数的相关系数。

    Parameters
    ----------
    a, b : 等长的两列数，都要有变化。
    method : "pearson"，或先换成名次的 "spearman"。

    Returns
    -------
    float
        −1 到 1。

    Examples
    --------
    >>> round(coefficient(np.array([1, 2, 3, 4]), np.array([1, 3, 2, 4])), 3)
    0.8
    """
    if method == "spearman":
        from scipy.stats import rankdata

        a, b = rankdata(a), rankdata(b)
    a, b = a - a.mean(), b - b.mean()
    # 先各除以最大值，极大极小的数平方后不溢出
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))


def exact_spearman_p(a: np.ndarray, b: np.ndarray) -> float | None:
    """没有并列且不超过 10 对时，斯皮尔曼的精确双侧 p；否则 None。

    Parameters
    ----------
    a, b : 等长的两列数。

    Returns
    -------
    float or None

    Notes
    -----
    各种名次排法等可能：逐个名次分配，数出 Σ i·名次 的每个值有几种排法。

    Examples
    --------
    >>> round(exact_spearman_p(np.arange(5), np.array([1, 2, 3, 5, 4])), 4)
    0.0833
    """
    from scipy.stats import rankdata

    n = len(a)
    if n > EXACT or len(np.unique(a)) < n or len(np.unique(b)) < n:
        return None
    total = n * (n + 1) * (2 * n + 1) // 6
    ways = np.zeros((1 << n, total + 1))
    ways[0, 0] = 1
    for used in range(1 << n):
        place = used.bit_count() + 1
        for rank in range(n):
            if not used >> rank & 1:
                step = place * (rank + 1)
                ways[used | 1 << rank, step:] += ways[used, : total + 1 - step]
    counts = ways[-1]
    seen = round(float(rankdata(a) @ rankdata(b)))
    lower, upper = counts[: seen + 1].sum(), counts[seen:].sum()
    return min(1.0, float(2 * min(lower, upper) / counts.sum()))


def t_of_r(r: float, n: int) -> tuple[float, float]:
    """r 的 t 与双侧 p；|r| = 1 时 t 为无穷大，p 为 0。

    Parameters
    ----------
    r : 相关系数。
    n : 成对的个数。

    Returns
    -------
    tuple of float
        t、p。

    Notes
    -----
    t = r√(n−2)/√(1−r²)，自由度 n−2。

    Examples
    --------
    >>> t, p = t_of_r(0.45, 30)
    >>> round(t, 4), round(p, 5)
    (2.6664, 0.01259)
    """
    from scipy.stats import t as student

    if abs(r) >= 1:
        return math.copysign(math.inf, r), 0.0
    t = r * math.sqrt(n - 2) / math.sqrt((1 - r) * (1 + r))
    return t, 2 * float(student.sf(abs(t), n - 2))


def critical_r(n: int, alpha: float = 0.05, tails: int = 2) -> float:
    """n 对数据时，|r| 要多大才显著？

    Parameters
    ----------
    n : 成对的个数，至少 4。
    alpha : 显著性水平，0 到 1。
    tails : 1 为单侧，2 为双侧。

    Returns
    -------
    float
        临界 |r|。

    Raises
    ------
    ValueError
        n 少于 4、alpha 不在 0 与 1 之间、tails 不是 1 或 2。

    Notes
    -----
    r = t/√(t² + n − 2)，t 为自由度 n−2 的临界值。

    Examples
    --------
    >>> [round(critical_r(n), 3) for n in (10, 20, 30, 50, 100)]
    [0.632, 0.444, 0.361, 0.279, 0.197]
    """
    from scipy.stats import t as student

    n = pair_count(n, "n")
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    if tails not in (1, 2):
        raise ValueError(f"tails 是 {tails!r}，只能是 1（单侧）或 2（双侧）。")
    t = abs(float(student.isf(alpha / tails, n - 2)))
    return t / math.sqrt(t * t + n - 2)


def fisher_interval(
    r: float, n: int, confidence: float, *, ranked: bool = False
) -> tuple[float, float]:
    """相关系数的置信区间（Fisher z）。

    Parameters
    ----------
    r : 相关系数。
    n : 成对的个数，至少 4。
    confidence : 置信水平。
    ranked : 等级相关；标准误按 Bonett 与 Wright (2000) 放大。

    Returns
    -------
    tuple of float
        下限、上限。

    References
    ----------
    Fisher (1921)；Bonett 与 Wright (2000), Psychometrika 65: 23–28。

    Examples
    --------
    >>> [round(limit, 2) for limit in fisher_interval(0.45, 30, 0.95)]
    [0.11, 0.7]
    """
    from scipy.stats import norm

    if abs(r) >= 1:
        return r, r
    error = math.sqrt((1 + r * r / 2) / (n - 3)) if ranked else 1 / math.sqrt(n - 3)
    half = float(norm.isf((1 - confidence) / 2)) * error
    centre = math.atanh(r)
    return math.tanh(centre - half), math.tanh(centre + half)


def pair_count(n: Any, name: str) -> int:
    """成对的个数：整数，至少 4；不是就报错。

    Examples
    --------
    >>> pair_count(3, "n")
    Traceback (most recent call last):
    ValueError: n 是 3，应是不小于 4 的整数：样本太少，算不出区间。
    """
    number = float(require_range(n, name))
    if number != int(number) or number < 4:
        raise ValueError(f"{name} 是 {number:g}，应是不小于 4 的整数：样本太少，算不出区间。")
    return int(number)


def require_method(method: str) -> None:
    """系数的种类要是 ``METHODS`` 之一；不是就报错。

    Examples
    --------
    >>> require_method("kendall")
    Traceback (most recent call last):
    ValueError: method 是 'kendall'，只能是 pearson、spearman。
    """
    if method not in METHODS:
        raise ValueError(f"method 是 {method!r}，只能是 {'、'.join(METHODS)}。")

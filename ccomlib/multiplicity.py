"""多次检验：一次做很多个检验，p 值要怎样改？"""

from __future__ import annotations

from typing import Any

import numpy as np

from ccomlib.validation import require_range

__all__ = ["holm"]


def holm(p: Any) -> np.ndarray:
    """一次做很多检验时，p 值要改成多少？Holm 逐步校正。

    Parameters
    ----------
    p : 一列 p 值，0 到 1。

    Returns
    -------
    numpy.ndarray
        校正后的 p 值，次序不变。

    Raises
    ------
    ValueError
        p 值不在 0 与 1 之间，或一个也没有。

    Notes
    -----
    从小到大第 i 个乘以 m − i + 1，再取到它为止的最大值，不超过 1。

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, Scand. J. Stat. 6: 65–70。

    Examples
    --------
    >>> [round(float(p), 4) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    values = np.ravel(require_range(p, "p", 0, 1))
    if not values.size:
        raise ValueError("p 是空的：请至少给一个 p 值。")
    order = np.argsort(values, kind="stable")
    stepped = values[order] * np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1)
    return adjusted

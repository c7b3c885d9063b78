"""计分：一个指标值折合多少分？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers

from .direction import HIGH, LOW, direction_sign

__all__ = ["score"]


def score(
    values: Any,
    minimum: float,
    target: float,
    stretch: float,
    *,
    direction: str | None = None,
    lowest: float = 0,
    full: float = 100,
    highest: float = 120,
) -> float | np.ndarray | pd.Series:
    """指标值按底线、目标、挑战三点分段直线折成分数，两头封底封顶。

    Parameters
    ----------
    values : 一个数、一列数或 Series（行标签保留）。
    minimum, target, stretch : 底线、目标、挑战值；由小到大是越高越好，由大到小是越低越好。
    direction : 写了就核对三个值的次序对不对。
    lowest, full, highest : 底线及以下、正好目标、挑战及以上各得几分。

    Returns
    -------
    与 ``values`` 同样的样子：数、数组或 Series。

    Raises
    ------
    ValueError
        三个值不是依次递增或递减、与 direction 相反、分数不递增、有空值。

    Notes
    -----
    底线 → lowest，目标 → full，挑战 → highest，中间直线内插，超出两头不再变。

    Examples
    --------
    >>> score([60, 77.5, 85, 90, 99], 70, 85, 95).tolist()
    [0.0, 50.0, 100.0, 110.0, 120.0]
    >>> score(330, 360, 300, 270, direction="越低越好")
    50.0
    """
    points = as_numbers([minimum, target, stretch], "底线、目标、挑战")
    gaps = np.diff(points)
    sign = int(np.sign(gaps[0]))
    if sign == 0 or np.any(sign * gaps <= 0):
        raise ValueError(
            f"底线 {minimum:g}、目标 {target:g}、挑战 {stretch:g} 不是依次递增（{HIGH}）"
            f"或依次递减（{LOW}）：请核对这三个值。"
        )
    if direction is not None and direction_sign(direction) != sign:
        now = HIGH if sign > 0 else LOW
        raise ValueError(
            f"方向是“{direction}”，但底线 {minimum:g}、目标 {target:g}、挑战 {stretch:g} "
            f"的次序是“{now}”：请改方向或这三个值。"
        )
    marks = as_numbers([lowest, full, highest], "各点得分")
    if not (marks[0] < marks[1] <= marks[2]):
        raise ValueError(
            f"各点得分是 {lowest:g}、{full:g}、{highest:g}，应由低到高（最高分可与满分相同）。"
        )
    numbers = as_numbers(values, "指标值（values）")
    found = np.interp(sign * numbers, sign * points, marks)
    if isinstance(values, pd.Series):
        return pd.Series(found, index=values.index, name=values.name)
    return float(found) if found.ndim == 0 else found

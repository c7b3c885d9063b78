"""公平性：夜班、周末、工时、冷门班，是不是总落在几个人头上？"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.criteria.table import Grid
from ccomlib.validation import as_series, require_range

__all__ = ["MEASURES", "gini", "loads", "spread"]

MEASURES = ("夜班", "周末", "工时", "冷门班")
EARLY, LATE = 7 * 60, 22 * 60


def gini(values: Any) -> float:
    """分得均不均：0 是人人一样，越接近 1 越集中在少数人。

    G = 2·Σ i·x₍ᵢ₎ ÷ (n·Σx) − (n+1) ÷ n，x₍ᵢ₎ 从小到大排。

    Parameters
    ----------
    values : 每人一个不小于 0 的数（夜班次数、工时等）。

    Returns
    -------
    float
        0 到 1 − 1/n。人人都是 0 时为 0（都没有，也就没有不均）。

    Raises
    ------
    ValueError
        空、负数、空值。

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità.

    Examples
    --------
    >>> gini([2, 2, 2, 2]), gini([0, 1, 3, 4])
    (0.0, 0.4375)
    """
    series = as_series(values, "基尼系数的数据（values）")
    numbers = np.sort(require_range(series, "基尼系数的数据（values）", 0))
    size, total = len(numbers), numbers.sum()
    if not size:
        raise ValueError("基尼系数的数据（values）是空的：请给每人一个数。")
    if not total:
        return 0.0
    rank = np.arange(1, size + 1)
    return max(0.0, float(2 * (rank * numbers).sum() / (size * total) - (size + 1) / size))


def loads(
    grid: Grid, unpopular: Sequence[str] | None, availability: pd.Series | dict | None
) -> pd.DataFrame:
    """每人的夜班、周末、工时、冷门班；给了当量就除以当量。"""
    name = grid.kinds["班次"].to_numpy()
    if unpopular is None:
        start, end = grid.start, grid.end
        cold = grid.work & ~grid.night & ((start < EARLY) | (end > LATE))
    else:
        unknown = [shift for shift in unpopular if shift not in set(name)]
        if unknown:
            raise ValueError(f"冷门班（unpopular）里的 {unknown[0]} 不在班表里：请核对班次名。")
        cold = grid.work & np.isin(np.append(name, "")[grid.kind], list(unpopular))
    table = pd.DataFrame(
        {
            "夜班": grid.night.sum(axis=1),
            "周末": grid.weekend.sum(axis=1),
            "工时": grid.minutes.sum(axis=1) / 60,
            "冷门班": cold.sum(axis=1),
        },
        index=grid.agents,
    )
    if availability is None:
        return table
    share = pd.Series(availability, dtype=object)
    share.index = share.index.astype(str)
    missing = table.index.difference(share.index)
    if len(missing):
        raise ValueError(f"当量（availability）里没有 {missing[0]}：请给每个工号一个当量。")
    share = share.reindex(table.index)
    share = require_range(share, "当量（availability）", 0, 1, above=True)
    return table.div(share, axis=0)


def spread(table: pd.DataFrame) -> pd.DataFrame:
    """每项的平均、最少、最多、极差、标准差（除以 n − 1）、离散系数、基尼系数，谁最多、谁最少。

    只有一个人时没有不均，标准差记 0。
    """
    mean, deviation = table.mean(), table.std(ddof=1).fillna(0.0)
    uneven = table.max() > table.min()
    return pd.DataFrame(
        {
            "平均": mean,
            "最少": table.min(),
            "最多": table.max(),
            "极差": table.max() - table.min(),
            "标准差": deviation,
            "离散系数": (deviation / mean.where(mean > 0)).fillna(0.0),
            "基尼系数": [gini(table[column]) for column in table],
            "最多的人": table.idxmax().where(uneven, ""),
            "最少的人": table.idxmin().where(uneven, ""),
        }
    ).rename_axis("项目")

"""首次响应：多久第一次回复客户，还没有回复的怎么记？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ccomlib.validation import require_range

__all__ = ["response_hours"]


def response_hours(table: pd.DataFrame, column: str) -> np.ndarray:
    """首次响应小时；空着的是还没有回复，仍是空值，其余须是不小于 0 的数。

    Raises
    ------
    ValueError
        有文字或负数；说出是第几个。

    Examples
    --------
    >>> response_hours(pd.DataFrame({"首次响应小时": [2, None]}), "首次响应小时").tolist()
    [2.0, nan]
    """
    values = table[column]
    known = values.notna().to_numpy()
    hours = np.full(len(values), np.nan)
    hours[known] = require_range(values[known], column, 0)
    return hours

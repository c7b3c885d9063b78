"""办公时间：夜里没有人给客户打电话，落在夜里的事推到第二天早上。"""

from __future__ import annotations

import numpy as np

__all__ = ["into_day"]

SECOND = 1_000_000
DAY = 86_400


def into_day(
    moment: np.ndarray,
    rng: np.random.Generator,
    *,
    opens: float = 8.5,
    closes: float = 20.5,
    spread: float = 2.5,
) -> np.ndarray:
    """落在办公时间以外的时刻，推到下一个早上开门后 ``spread`` 小时以内；白天的不动。

    Parameters
    ----------
    moment : datetime64[us]。
    opens, closes : 几点开门、几点关门（小时）。

    Examples
    --------
    >>> night = np.array(["2025-03-01T23:00:00", "2025-03-01T10:00:00"], dtype="datetime64[us]")
    >>> into_day(night, np.random.default_rng(1)).astype("datetime64[D]").astype(str).tolist()
    ['2025-03-02', '2025-03-01']
    """
    seconds = moment.astype("datetime64[s]").astype(np.int64)
    clock = seconds % DAY
    later = rng.integers(0, int(spread * 3600), len(moment))
    morning = seconds - clock + np.where(clock >= closes * 3600, DAY, 0) + int(opens * 3600) + later
    outside = (clock < opens * 3600) | (clock >= closes * 3600)
    return np.where(outside, morning, seconds).astype("datetime64[s]").astype("datetime64[us]")

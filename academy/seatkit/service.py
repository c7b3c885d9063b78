"""How was a day answered?  Calls answered, in time and given up, worse where it is busy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from academy.seatkit.drawing import apart, draw

__all__ = ["service_day"]


def service_day(
    rng: np.random.Generator,
    slots: Sequence[str],
    calls: np.ndarray,
    *,
    worst: float = 0.55,
    gone: float = 0.15,
    brief: float = 0.4,
    atol: float = 0.002,
) -> pd.DataFrame:
    """A row an interval: 时段 呼入量 接起量 20秒接起量 放弃量 短放弃量.

    On every seat the service level of the day differs with each denominator (offered, answered,
    offered without brief abandons) and from the mean of the intervals.

    Parameters
    ----------
    calls : offered calls of each interval.
    worst : service level of the busiest interval, of the offered calls.
    gone, brief : share given up in the busiest interval, and share of these within some seconds.
    atol : the item's tolerance.
    """
    busy = (calls - calls.min()) / np.ptp(calls)

    def make() -> pd.DataFrame:
        level = 0.96 - (0.96 - worst) * busy**1.5 + rng.uniform(-0.015, 0.015, len(calls))
        lost = rng.binomial(calls, 0.02 + (gone - 0.02) * busy)
        answered = calls - lost
        in_time = np.minimum(answered, np.round(calls * level)).astype(int)
        columns = {"呼入量": calls, "接起量": answered, "20秒接起量": in_time, "放弃量": lost}
        return pd.DataFrame({"时段": list(slots), **columns, "短放弃量": rng.binomial(lost, brief)})

    def good(table: pd.DataFrame) -> dict[str, bool]:
        day = table.drop(columns="时段").sum()
        base = table["呼入量"] - table["短放弃量"]
        right = day["20秒接起量"] / base.sum()
        return {
            "分母用错就不对": apart(
                right,
                day["20秒接起量"] / day["呼入量"],
                day["20秒接起量"] / day["接起量"],
                atol=atol,
            ),
            "各时段平均就不对": apart(right, (table["20秒接起量"] / base).mean(), atol=atol),
        }

    return draw(make, good, what="接听结果")

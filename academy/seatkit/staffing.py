"""How many people must be hired?  A table in which every usual slip shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from academy.seatkit.drawing import draw
from academy.seatkit.sheets import between, sheet

__all__ = ["hiring"]

COLUMNS = ("队列", "在册人数", "月离职率", "启动到上岗月数", "届时需要人数")


def hiring(
    rng: np.random.Generator,
    queues: Mapping[str, tuple[int, int]],
    *,
    rate: tuple[float, float] = (0.025, 0.045),
    lead: tuple[int, int] = (2, 3),
    gaps: Mapping[str, tuple[int, int]],
) -> pd.DataFrame:
    """A row a queue: heads, monthly attrition, months until hired people work, heads needed then.

    Leaving is compounded; in every queue that must hire, taking no month, one month or one month more
    of it gives another number of people, as does rounding to the nearest; taking the same number each
    month gives the same.

    Parameters
    ----------
    queues : by name, least and greatest number of heads.
    gaps : people to hire by queue, least and greatest. Negative: enough.
    """

    def make() -> pd.DataFrame:
        rows = [
            (queue, between(*heads), between(*rate, 0.001), between(*lead))
            for queue, heads in queues.items()
        ]
        table = sheet(rng, " ".join(COLUMNS[:4]), rows)
        stay = table["在册人数"] * (1 - table["月离职率"]) ** table["启动到上岗月数"]
        short = [between(*gaps[queue]).take(rng) for queue in queues]
        table[COLUMNS[4]] = np.floor(stay + short).astype(int)
        return table

    def good(table: pd.DataFrame) -> dict[str, bool]:
        staff, rate, lead, wanted = (table[name].to_numpy() for name in COLUMNS[1:])
        short = wanted - staff * (1 - rate) ** lead
        right, one, no, straight, late = (
            np.ceil(gap.clip(min=0))
            for gap in (
                short,
                wanted - staff * (1 - rate),
                wanted - staff,
                wanted - staff * (1 - rate * lead),
                wanted - staff * (1 - rate) ** (lead + 1),
            )
        )
        hires = right > 0
        return {
            "不算离职就少招": bool((no < right)[hires].all()),
            "只算一个月的离职就少招": bool((one < right)[hires].all()),
            "多算一个月的离职就多招": bool((late > right)[hires].all()),
            "每月走一样多的人也是这个数": bool((straight == right)[hires].all()),
            "四舍五入就少招": bool((np.abs(short[hires] % 1 - 0.275) < 0.175).all()),
        }

    return draw(make, good, what="招聘")

"""人数：24 个月里每月初多少人、来了多少、走了多少？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .columns import moment, whole, words
from .people import EARLY, RECORDS_FROM, SEATS, TEAMS, Staff
from .registry import table
from .text import labels
from .truth import Planted

__all__ = ["headcount"]

MONTHS = np.arange("2023-07", "2025-07", dtype="datetime64[M]")
FIRST = MONTHS[0].astype("datetime64[D]")
FAR = np.datetime64("2099-01-01")
VOLUNTARY = 0.86


def _predecessors(
    planted: Planted, staff: Staff, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """花名册之前（2023-07-01 至 2024-06-30）离开的人：席位、入职、离职。

    从 2024-07-01 在席的人往回推：前一位在他入职前两周内离开，在职多久按同样的离职风险抽。
    """
    old = staff.hired < RECORDS_FROM
    seat, start = staff.seat[old], staff.hired[old]
    found = []
    while len(seat):
        left = start - rng.integers(0, 14, len(seat))
        early, late = planted.hazard_early / 30, planted.hazard_late / 30
        budget = rng.exponential(size=len(seat))
        stay = np.where(
            budget < early * EARLY, budget / early, EARLY + (budget - early * EARLY) / late
        )
        begin = left - np.minimum(np.floor(np.round(stay, 6)), 4000).astype(int) - 1
        seen = left >= FIRST
        found.append((seat[seen], begin[seen], left[seen]))
        seat, start = seat[seen], begin[seen]
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


@table(
    "人数变动",
    "班组 × 月，24 个月（2023-07 至 2025-06）",
    key=("月份", "班组"),
    columns=(
        moment("月份", "哪个月（当月 1 日）"),
        words("班组", "1组 至 12组"),
        whole("月初人数", "月初在册", "人"),
        whole("入职人数", "当月来的", "人"),
        whole("离职人数", "当月走的", "人"),
        whole("其中主动", "离职的里面自己要走的", "人"),
        whole("其中90天内", "离职的里面入职不到 90 天的", "人"),
        whole("月末人数", "= 月初人数 + 入职人数 − 离职人数", "人"),
    ),
)
def headcount(planted: Planted, staff: Staff, rng: np.random.Generator) -> pd.DataFrame:
    """月末人数 = 月初人数 + 入职人数 − 离职人数；2024-07-01 以后的与花名册一致。

    Notes
    -----
    2024-07-01 以后的入职与离职就是花名册里的；之前的按同样的离职风险往回推。
    """
    seat, begin, end = _predecessors(planted, staff, rng)
    seat = np.concatenate([seat, staff.seat])
    hired = np.concatenate([begin, staff.hired])
    left = np.concatenate([end, np.where(np.isnat(staff.left), FAR, staff.left)])
    team = seat // (SEATS // TEAMS)
    first, after = MONTHS.astype("datetime64[D]"), (MONTHS + 1).astype("datetime64[D]")

    def count(rows: np.ndarray, date: np.ndarray) -> np.ndarray:
        month = (date[rows].astype("datetime64[M]") - MONTHS[0]).astype(int)
        return np.bincount(month * TEAMS + team[rows], minlength=MONTHS.size * TEAMS)

    inside = (left >= FIRST) & (left < after[-1])
    brief = inside & ((left - hired).astype(int) < EARLY)
    own_wish = inside & (rng.random(len(left)) < VOLUNTARY)
    came = (hired >= FIRST) & (hired < after[-1])
    there = (hired < first[:, None]) & (left >= first[:, None])
    opening = np.array([np.bincount(team[row], minlength=TEAMS) for row in there]).ravel()
    joined, gone = count(came, hired), count(inside, left)
    month, group = np.divmod(np.arange(MONTHS.size * TEAMS), TEAMS)
    return pd.DataFrame(
        {
            "月份": MONTHS.astype("datetime64[us]")[month],
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], group),
            "月初人数": opening,
            "入职人数": joined,
            "离职人数": gone,
            "其中主动": count(own_wish, left),
            "其中90天内": count(brief, left),
            "月末人数": opening + joined - gone,
        }
    )

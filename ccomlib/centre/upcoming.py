"""之后四周：照 ``roster`` 那张班表上班，来了多少、接得怎么样？"""

from __future__ import annotations

import numpy as np

from .arrivals import Intervals, count_up
from .attendance import Shifted, attend
from .calendar import days
from .people import Staff
from .registry import part
from .roster import NEXT_END, NEXT_START, Plan
from .rota import Rota, scheduled
from .traffic import Traffic, take_calls
from .truth import Planted

__all__ = ["intervals_next", "rota_next", "shifted_next", "traffic_next"]


@part("之后 28 天排了谁的班、谁来了")
def rota_next(plan: Plan, staff: Staff, rng: np.random.Generator) -> Rota:
    """2025-06-30 至 07-27；班次就是 ``roster`` 里的。"""
    return scheduled(
        days(NEXT_START, NEXT_END), staff, plan.shift, plan.shift < 0, staff.current, rng
    )


@part("之后 28 天每人每天的计划与实际", stream="attendance_next")
def shifted_next(
    planted: Planted, staff: Staff, rota_next: Rota, rng: np.random.Generator
) -> Shifted:
    """2025-06-30 至 07-27。"""
    return attend(rota_next, staff, planted, rng)


@part("之后 28 天的每一通来电", stream="calls_interval_next")
def traffic_next(planted: Planted, shifted_next: Shifted, rng: np.random.Generator) -> Traffic:
    """2025-06-30 至 07-27。"""
    return take_calls(shifted_next, planted, rng)


@part("之后 28 天的时段数组")
def intervals_next(shifted_next: Shifted, traffic_next: Traffic) -> Intervals:
    """2025-06-30 至 07-27 每半小时每队列的数。"""
    return count_up(shifted_next, traffic_next)

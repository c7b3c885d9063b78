"""班次：一天里有哪些班，谁哪天上哪个班、哪天休息？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .people import SEATS, TEAMS

__all__ = [
    "MEAL_MINUTES",
    "NIGHT",
    "SHIFTS",
    "SHIFT_NAMES",
    "rest_days",
    "rest_start",
    "rotation",
    "shift_codes",
    "shift_types",
]

# 班次、上班、下班、用餐开始、夜班；用餐都是 30 分钟，净工时都是 8 小时
SHIFTS = (
    ("早A", "06:30", "15:00", "11:00", False),
    ("早B", "07:00", "15:30", "11:00", False),
    ("早C", "07:30", "16:00", "11:30", False),
    ("早D", "08:00", "16:30", "11:30", False),
    ("早E", "08:30", "17:00", "12:00", False),
    ("早F", "09:00", "17:30", "12:30", False),
    ("中A", "09:30", "18:00", "13:00", False),
    ("中B", "10:00", "18:30", "13:00", False),
    ("中C", "10:30", "19:00", "13:30", False),
    ("中D", "11:00", "19:30", "14:00", False),
    ("中E", "12:00", "20:30", "16:30", False),
    ("中F", "13:00", "21:30", "17:00", False),
    ("晚A", "13:30", "22:00", "17:30", False),
    ("晚B", "14:00", "22:30", "17:30", False),
    ("晚C", "14:30", "23:00", "18:00", False),
    ("晚D", "15:00", "23:30", "18:00", False),
    ("晚E", "15:30", "00:00", "18:30", False),
    ("夜A", "00:00", "08:30", "02:00", True),
    ("夜B", "00:00", "08:30", "03:00", True),
    ("夜C", "00:00", "08:30", "04:00", True),
)
SHIFT_NAMES = tuple(row[0] for row in SHIFTS)
MEAL_MINUTES = 30
NIGHT = np.array([row[4] for row in SHIFTS])

# 12 周一轮，每周排哪几种班（席位在几种里轮着取）；夜班三种只是用餐错开
CYCLE = (
    ("夜A", "夜B", "夜C"),
    ("早D", "早E", "早C"),
    ("早E", "早F", "早D"),
    ("早F", "早E", "早D"),
    ("晚A", "晚C", "晚E"),
    ("早B", "早A", "早C"),
    ("早A", "早C", "早B"),
    ("中A", "早F", "早E"),
    ("晚B", "晚D", "晚E"),
    ("中C", "中E", "中D"),
    ("晚B", "晚C", "晚E"),
    ("中D", "中F", "中E"),
)
CYCLE_CODES = np.array(
    [[SHIFT_NAMES.index(names[i % len(names)]) for i in range(6)] for names in CYCLE]
)
# 连休两天从周几起：周一来电最多，休的人最少
REST_START = (5, 0, 1, 5, 2, 3, 6, 1, 4, 2, 5, 1, 3, 0, 4, 6, 2, 3, 5, 4)


def shift_types() -> pd.DataFrame:
    """二十种班次：上下班与用餐时间、是不是夜班。

    Returns
    -------
    DataFrame
        列：班次、上班、下班、用餐开始、用餐分钟、夜班。下班时刻小于上班时刻的，下班在次日。

    Examples
    --------
    >>> shift_types().loc[0, ["班次", "上班", "下班"]].tolist()
    ['早A', '06:30', '15:00']
    """
    name, start, end, meal, night = zip(*SHIFTS, strict=True)
    return pd.DataFrame(
        {
            "班次": list(name),
            "上班": list(start),
            "下班": list(end),
            "用餐开始": list(meal),
            "用餐分钟": MEAL_MINUTES,
            "夜班": list(night),
        }
    )


def rest_start() -> np.ndarray:
    """各席位的两天连休从周几起（0 = 周一），形状 (240,)。"""
    return np.array(REST_START)[np.arange(SEATS) % len(REST_START)]


def rest_days(date: np.ndarray) -> np.ndarray:
    """各席位在各天是不是轮休，形状 (天, 240)。"""
    weekday = (date.astype(int) + 3) % 7
    return (weekday[:, None] - rest_start()) % 7 < 2


def rotation(date: np.ndarray) -> np.ndarray:
    """各席位在各天轮到 12 周循环的第几周，形状 (天, 240)；每次连休后换下一周。"""
    week = (date.astype(int)[:, None] + 3 - rest_start()) // 7
    return (week + np.arange(SEATS) // (SEATS // TEAMS)) % len(CYCLE)


def shift_codes(position: np.ndarray) -> np.ndarray:
    """循环里的第几周 → 班次序号，形状 (天, 240)。"""
    return CYCLE_CODES[position, np.arange(SEATS) % 6]

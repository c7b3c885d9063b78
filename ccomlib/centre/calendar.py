"""日历：哪天是节假日，哪天调休上班，哪天算周末？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccomlib.wording import WEEKDAYS

__all__ = ["HOLIDAYS", "MAKEUP", "WEEKDAYS", "Days", "days"]


# 国务院办公厅历年放假通知（2023 下半年至 2025 年 7 月）
HOLIDAYS = (
    ("中秋国庆", "2023-09-29", "2023-10-06"),
    ("元旦", "2023-12-30", "2024-01-01"),
    ("春节", "2024-02-10", "2024-02-17"),
    ("清明", "2024-04-04", "2024-04-06"),
    ("劳动节", "2024-05-01", "2024-05-05"),
    ("端午", "2024-06-08", "2024-06-10"),
    ("中秋", "2024-09-15", "2024-09-17"),
    ("国庆", "2024-10-01", "2024-10-07"),
    ("元旦", "2025-01-01", "2025-01-01"),
    ("春节", "2025-01-28", "2025-02-04"),
    ("清明", "2025-04-04", "2025-04-06"),
    ("劳动节", "2025-05-01", "2025-05-05"),
    ("端午", "2025-05-31", "2025-06-02"),
)
MAKEUP = (
    "2023-10-07",
    "2023-10-08",
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
)
MAKEUP_NAME = "调休上班"


@dataclass(frozen=True, eq=False)
class Days:
    """连续若干天，每个属性一列、一天一个值。"""

    date: np.ndarray
    weekday: np.ndarray
    holiday: np.ndarray

    @property
    def weekday_name(self) -> np.ndarray:
        """周一……周日。"""
        return np.array(WEEKDAYS, dtype=object)[self.weekday]

    @property
    def month(self) -> np.ndarray:
        """月份 1–12。"""
        return self.date.astype("datetime64[M]").astype(int) % 12 + 1

    @property
    def day_of_month(self) -> np.ndarray:
        """几号，1–31。"""
        return (self.date - self.date.astype("datetime64[M]")).astype(int) + 1

    @property
    def makeup(self) -> np.ndarray:
        """是不是调休上班的周末。"""
        return self.holiday == MAKEUP_NAME

    @property
    def off(self) -> np.ndarray:
        """按休息日的时段曲线来电：放假，或没有调休的周末。"""
        return ((self.weekday >= 5) & ~self.makeup) | self.free

    @property
    def free(self) -> np.ndarray:
        """是不是放假的那几天（不含调休上班）。"""
        return (self.holiday != "") & ~self.makeup

    def position(self, day: str | np.datetime64) -> int:
        """某天是第几天（从 0 数）。"""
        return int((np.datetime64(day, "D") - self.date[0]).astype(int))

    def __len__(self) -> int:
        return len(self.date)


def days(start: str, end: str) -> Days:
    """从 ``start`` 到 ``end``（含）的每一天。

    Parameters
    ----------
    start, end : 形如 ``"2025-01-01"`` 的日期。

    Returns
    -------
    Days
        日期、星期（0 = 周一）与节假日名称；不是节假日的为空字，调休上班的周末为“调休上班”。

    Notes
    -----
    放假安排取自国务院办公厅历年通知。

    Examples
    --------
    >>> days("2025-01-26", "2025-01-29").holiday.tolist()
    ['调休上班', '', '春节', '春节']
    """
    date = np.arange(np.datetime64(start), np.datetime64(end) + 1)
    weekday = (date.astype(int) + 3) % 7
    holiday = np.full(len(date), "", dtype=object)
    for name, first, last in HOLIDAYS:
        holiday[(date >= np.datetime64(first)) & (date <= np.datetime64(last))] = name
    holiday[np.isin(date, np.array(MAKEUP, dtype="datetime64[D]"))] = MAKEUP_NAME
    return Days(date, weekday, holiday)

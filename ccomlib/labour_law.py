"""劳动法规：班表不能碰的线在哪里，出自哪一条？

法律只有“每日、每周、每周休息、加班”几条；班间休息 11 小时是欧盟指令，连续夜班、
开班时间跳动是课程的约定。本模块只放前两类，各带出处，供排班与评班共用。
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AVERAGE_WEEKLY_HOURS",
    "DAILY_HOURS",
    "DAILY_OVERTIME",
    "DAILY_OVERTIME_SPECIAL",
    "DAILY_REST_EU",
    "MONTHLY_OVERTIME",
    "WEEKLY_HOURS",
    "WEEKLY_REST_DAYS",
    "Limit",
    "hours_allowed",
]


@dataclass(frozen=True)
class Limit:
    """一条界限：数值、单位、出处、原文；``law`` 为假的不是中国法律。"""

    value: float
    unit: str
    source: str
    text: str
    law: bool = True

    def __str__(self) -> str:
        return f"{self.source}：{self.text}"


_ARTICLE_36 = "国家实行劳动者每日工作时间不超过八小时、平均每周工作时间不超过四十四小时的工时制度。"
_ARTICLE_41 = (
    "用人单位由于生产经营需要，经与工会和劳动者协商后可以延长工作时间，一般每日不得超过一小时；"
    "因特殊原因需要延长工作时间的，在保障劳动者身体健康的条件下延长工作时间每日不得超过三小时，"
    "但是每月不得超过三十六小时。"
)

DAILY_HOURS = Limit(8, "小时/日", "劳动法第三十六条", _ARTICLE_36)
AVERAGE_WEEKLY_HOURS = Limit(44, "小时/周", "劳动法第三十六条", _ARTICLE_36)
WEEKLY_HOURS = Limit(
    40,
    "小时/周",
    "国务院关于职工工作时间的规定第三条",
    "职工每日工作8小时、每周工作40小时。",
)
WEEKLY_REST_DAYS = Limit(1, "日/周", "劳动法第三十八条", "用人单位应当保证劳动者每周至少休息一日。")
DAILY_OVERTIME = Limit(1, "小时/日", "劳动法第四十一条", _ARTICLE_41)
DAILY_OVERTIME_SPECIAL = Limit(3, "小时/日", "劳动法第四十一条", _ARTICLE_41)
MONTHLY_OVERTIME = Limit(36, "小时/月", "劳动法第四十一条", _ARTICLE_41)
DAILY_REST_EU = Limit(
    11,
    "小时",
    "欧盟指令 2003/88/EC 第三条（国际参考）",
    "每 24 小时内至少连续休息 11 小时。",
    law=False,
)


def hours_allowed(
    days: int, weekly_hours: float = WEEKLY_HOURS.value, daily_hours: float = DAILY_HOURS.value
) -> float:
    """一段 ``days`` 天的班表里，每人最多排多少小时？

    整周按每周工时，零头的天按每日工时、但不超过一周的：
    ⌊days ÷ 7⌋ × 每周工时 + min(每周工时, 零头 × 每日工时)。

    Examples
    --------
    >>> hours_allowed(28), hours_allowed(5), hours_allowed(31)
    (160.0, 40.0, 184.0)
    """
    weeks, rest = divmod(days, 7)
    return float(weeks * weekly_hours + min(weekly_hours, rest * daily_hours))

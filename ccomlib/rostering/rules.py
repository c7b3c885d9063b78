"""规则：哪些线不能碰，哪些最好不碰，各有多要紧？"""

from __future__ import annotations

from dataclasses import dataclass, fields

from ccomlib import labour_law
from ccomlib.validation import require_range

__all__ = ["Rules", "Weights"]


@dataclass(frozen=True)
class Rules:
    """排班与评班共用的界限。

    法律（硬）：``max_daily_hours`` 劳动法第三十六条，``max_weekly_hours`` 整段平均、国务院规定
    第三条，``weekly_rest_days`` 劳动法第三十八条；``max_consecutive_days`` 由第三十八条推出，也硬。
    国际参考（软）：``min_rest_hours`` 欧盟指令的 11 小时，不是中国法律。其余是教学约定（软）：
    ``preferred_consecutive_days``、``max_consecutive_nights``、``max_start_shift_hours``（连着两天
    开班时间差）、``late_end`` 与 ``early_start``（这一天晚于前者下班、次日早于后者上班是“晚接早”）、
    ``night_hours``（在 0 点到 5 点之间至少待几小时算夜班）、``meal_minutes``（没有班次表时，
    超过 6 小时的班从在班时间里扣的用餐分钟）。
    """

    max_daily_hours: float = labour_law.DAILY_HOURS.value
    max_weekly_hours: float = labour_law.WEEKLY_HOURS.value
    weekly_rest_days: int = int(labour_law.WEEKLY_REST_DAYS.value)
    max_consecutive_days: int = 6
    preferred_consecutive_days: int = 5
    min_rest_hours: float = labour_law.DAILY_REST_EU.value
    max_consecutive_nights: int = 3
    max_start_shift_hours: float = 2.0
    late_end: str = "20:00"
    early_start: str = "08:00"
    night_hours: float = 2.0
    meal_minutes: float = 30.0

    @property
    def within_law(self) -> bool:
        """硬界限是否至少与法律一样严。"""
        return (
            self.max_daily_hours <= labour_law.DAILY_HOURS.value
            and self.max_weekly_hours <= labour_law.WEEKLY_HOURS.value
            and self.weekly_rest_days >= labour_law.WEEKLY_REST_DAYS.value
            and self.max_consecutive_days <= 6
        )

    def __post_init__(self) -> None:
        for name, low, high in (
            ("max_daily_hours", 1, 24),
            ("max_weekly_hours", 1, 168),
            ("weekly_rest_days", 0, 6),
            ("max_consecutive_days", 1, 28),
            ("preferred_consecutive_days", 1, 28),
            ("min_rest_hours", 0, 24),
            ("max_consecutive_nights", 1, 28),
            ("max_start_shift_hours", 0, 12),
            ("night_hours", 0, 5),
            ("meal_minutes", 0, 240),
        ):
            require_range(getattr(self, name), f"规则（Rules）的 {name}", low, high)
        for name in (
            "weekly_rest_days",
            *(f.name for f in fields(self) if "consecutive" in f.name),
        ):
            if getattr(self, name) != int(getattr(self, name)):
                raise ValueError(f"规则（Rules）的 {name} 是 {getattr(self, name)}：请给整数天。")


@dataclass(frozen=True)
class Weights:
    """软约束每违反一次扣几分（整数，教学约定）；0 是不管。

    ``fairness`` 是夜班、周末、工时每偏离平均一次班（超过取整）的扣分；
    ``shortfall`` 是允许缺口时每缺一个班的扣分，要比其余大得多。
    """

    request: int = 3
    short_rest: int = 5
    consecutive_nights: int = 3
    consecutive_days: int = 2
    isolated_rest: int = 1
    start_jump: int = 1
    fairness: int = 3
    shortfall: int = 100

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
                raise ValueError(
                    f"权重（Weights）的 {field.name} 是 {value!r}：请给 0 到 1000 的整数。"
                )

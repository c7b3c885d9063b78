"""话务模型：下一个时段会来多少电话？

``clean`` 清洗导出表，``build_model`` 从历史建系数链，``reliability`` 用离散系数检验可靠不可靠。
预测量 = 基线 × 月系数 × 星期系数 × 时段占比 × 节假日系数 × 活动系数。
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ._traffic_clean import Cleaning, clean
from ._traffic_fit import fit_days, given_months, month_coefficients
from ._traffic_model import TrafficModel, reference_weekday
from ._traffic_reliability import Reliability, reliability
from ._traffic_table import WEEKDAYS, read_intervals

__all__ = [
    "Cleaning",
    "Reliability",
    "TrafficModel",
    "build_model",
    "clean",
    "month_coefficients",
    "reliability",
]

DAY_TYPES = {day: "周末" if day in ("周六", "周日") else "工作日" for day in WEEKDAYS}


def build_model(
    history: pd.DataFrame,
    *,
    value: str = "呼入量",
    by_month: bool | pd.Series | pd.DataFrame | Mapping[int, float] = True,
    trend: bool = False,
    shape_by: str | Mapping[str, str] = "日型",
    exclude_holidays: bool = True,
    exclude_events: bool = True,
    holiday_as: str | None = "周日",
    makeup_as: str | None = "周三",
) -> TrafficModel:
    """从一个队列（或合计）的时段历史建话务模型。

    Parameters
    ----------
    history : 每天每时段一行；列：日期、时段、``value``，可有节假日、事件（没有就是空字）。
    value : 预测哪一列（通/时段）。
    by_month : ``True`` 由历史估计月系数；``False`` 不分月；或给出各月系数
        （以月份 1–12 为索引，例如 ``month_coefficients`` 的结果），历史不足一年时用。
    trend : 是否估计年增长。
    shape_by : 时段曲线怎样分组：``"日型"``（工作日/周末）、``"星期"``（每天一条）、
        ``"不分"``，或自定的 {星期: 组名}。
    exclude_holidays, exclude_events : 是否不让节假日、有事件的整天进入平常的系数；
        排除的日子用来估计节假日系数、活动系数。
    holiday_as : 放假日以周几的水平与曲线为基准（教学约定）；``None`` 各按自己的星期。
    makeup_as : 名称含“调休上班”“补班”的日子以周几为基准（教学约定）。

    Returns
    -------
    TrafficModel
        各系数表与 ``predict``。

    Raises
    ------
    ValueError
        缺列、空值、负数、一个时段有几行、没有正常日、历史太短分不开系数。

    Notes
    -----
    星期、月系数是泊松极大似然（每个星期、每个月实际合计 = 期望合计），再调到平均为 1；
    占比 = 该日型该时段合计 ÷ 该日型合计；节假日、活动系数 = 实际合计 ÷ 期望合计。
    缺时段的日子不用，见 ``excluded``。

    References
    ----------
    “时段呼入量 = 日到达量 × 时段到达比例”的分解见《现代电信科技》2008(2): 62–66。

    Examples
    --------
    >>> days = pd.date_range("2025-03-03", periods=28)
    >>> rows = [(d, s, n) for d in days for s, n in (("09:00", 60), ("09:30", 40))]
    >>> model = build_model(pd.DataFrame(rows, columns=["日期", "时段", "呼入量"]), by_month=False)
    >>> round(model.baseline), model.shares["工作日"].round(6).tolist()
    (100, [0.6, 0.4])
    >>> model.predict("2025-04-01")["预测量"].round(6).tolist()
    [60.0, 40.0]
    """
    months = by_month if isinstance(by_month, bool) else given_months(by_month)
    day_types = _day_types(shape_by)
    data = read_intervals(history, value, "历史")
    days, excluded = _days(data, exclude_holidays, exclude_events)
    if isinstance(months, pd.Series):
        _require_months(months, days)
    normal = days[days["正常"]]
    fitted = fit_days(
        pd.DatetimeIndex(normal["日期"]),
        normal["总量"].to_numpy(dtype=float),
        by_month=months,
        trend=trend,
    )
    plain = data[data["日期"].isin(normal["日期"])]
    model = TrafficModel(
        value=value,
        baseline=fitted.baseline,
        base_date=pd.Timestamp(normal["日期"].max()),
        growth=fitted.growth,
        weekdays=fitted.weekdays,
        months=fitted.months,
        shares=_shares(plain, day_types),
        day_types=day_types[day_types.index.isin(fitted.weekdays.index)],
        holidays=_empty("节假日"),
        events=_empty("事件"),
        holiday_as=holiday_as,
        makeup_as=makeup_as,
        days_used=len(normal),
        excluded=excluded,
    )
    if exclude_holidays:
        model = _replace(model, holidays=_holidays(model, days))
    if exclude_events:
        model = _replace(model, events=_events(model, data))
    return model

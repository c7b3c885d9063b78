"""话务模型：下一个时段会来多少电话？

``clean`` 清洗导出表，``build_model`` 从历史建系数链，``reliability`` 用离散系数检验可靠不可靠。
预测量 = 基线 × 月系数 × 星期系数 × 时段占比 × 节假日系数 × 活动系数。
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from ccomlib.wording import WEEKDAYS

from .cleaning import Cleaning, clean
from .fit import fit_days, given_months, month_coefficients
from .model import TrafficModel, reference_weekday
from .table import read_intervals, weekday_names
from .variation import Reliability, reliability

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
    model = TrafficModel(
        value=value,
        baseline=fitted.baseline,
        base_date=pd.Timestamp(normal["日期"].max()),
        growth=fitted.growth,
        weekdays=fitted.weekdays,
        months=fitted.months,
        shares=_shares(data[data["日期"].isin(normal["日期"])], day_types),
        day_types=day_types[day_types.index.isin(fitted.weekdays.index)],
        holidays=_ratios([], "节假日"),
        events=_ratios([], "事件"),
        uses_holidays=exclude_holidays,
        uses_events=exclude_events,
        holiday_as=holiday_as,
        makeup_as=makeup_as,
        days_used=len(normal),
        excluded=excluded,
    )
    if exclude_holidays:
        model = replace(model, holidays=_holiday_coefficients(model, data, days))
    if exclude_events:
        model = replace(model, events=_event_coefficients(model, data))
    return model


def _day_types(shape_by: str | Mapping[str, str]) -> pd.Series:
    choices = {
        "日型": DAY_TYPES,
        "星期": {day: day for day in WEEKDAYS},
        "不分": dict.fromkeys(WEEKDAYS, "全部"),
    }
    if isinstance(shape_by, str):
        if shape_by not in choices:
            raise ValueError(
                f"shape_by 是 {shape_by!r}，应是 {'、'.join(choices)}，或 {{星期: 组名}} 的对照。"
            )
        shape_by = choices[shape_by]
    missing = [day for day in WEEKDAYS if day not in shape_by]
    if missing:
        raise ValueError(f"shape_by 里没有{'、'.join(missing)}：请给出周一到周日每天的组名。")
    names = [str(shape_by[day]) for day in WEEKDAYS]
    return pd.Series(names, index=pd.Index(WEEKDAYS, name="星期"), name="日型")


def _days(
    data: pd.DataFrame, exclude_holidays: bool, exclude_events: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """一天一行：总量、节假日、是否正常；以及没有用的日子与原因。"""
    grid = data.pivot(index="日期", columns="时段", values="数值")
    present = grid.notna()
    weekday = weekday_names(pd.DatetimeIndex(grid.index))
    usual = present.groupby(weekday).transform("mean") > 0.5
    gaps = (usual & ~present).sum(axis=1).to_numpy()
    holiday = data.groupby("日期")["节假日"].max()
    event = data.groupby("日期")["事件"].max()
    days = pd.DataFrame(
        {
            "日期": grid.index,
            "总量": grid.sum(axis=1).to_numpy(),
            "节假日": holiday.to_numpy(dtype=object),
            "事件": event.to_numpy(dtype=object),
        }
    )
    reason = np.where(gaps > 0, [f"缺 {n} 个时段" for n in gaps], "").astype(object)
    if exclude_events:
        reason = np.where(days["事件"] != "", "事件：" + days["事件"], reason)
    if exclude_holidays:
        reason = np.where(days["节假日"] != "", "节假日：" + days["节假日"], reason)
    days["正常"] = reason == ""
    if not days["正常"].any():
        raise ValueError(
            "去掉节假日、事件与缺时段的日子后没有剩下一天："
            "请用更长的历史，或先用 traffic.clean(..., fill=“median”) 补上缺的时段。"
        )
    excluded = pd.DataFrame({"日期": days["日期"], "原因": reason})[reason != ""]
    return days, excluded.reset_index(drop=True)


def _require_months(months: pd.Series, days: pd.DataFrame) -> None:
    absent = sorted(set(days.loc[days["正常"], "日期"].dt.month) - set(months.index))
    if absent:
        listed = "、".join(f"{month} 月" for month in absent)
        raise ValueError(f"by_month 没有给{listed}的系数，而历史里有这些月：请补上。")


def _shares(plain: pd.DataFrame, day_types: pd.Series) -> pd.DataFrame:
    """各日型里每个时段占全天的比例，每列合计为 1。"""
    group = day_types.reindex(plain["星期"]).to_numpy()
    total = plain.groupby(["时段", group])["数值"].sum().unstack(fill_value=0.0)
    order = [name for name in pd.unique(day_types.to_numpy()) if name in total.columns]
    total = total[order]
    shares = (total / total.sum().replace(0, np.nan)).fillna(1 / len(total))
    return shares.rename_axis(index="时段", columns=None)


def _holiday_coefficients(
    model: TrafficModel, data: pd.DataFrame, days: pd.DataFrame
) -> pd.DataFrame:
    """每个节假日：那几天实际合计 ÷ 基准日水平的期望合计；有事件的日子不用。"""
    chosen = days[(days["节假日"] != "") & (days["事件"] == "")]
    rows = data[data["日期"].isin(chosen["日期"])]
    _require_reference(model, rows)
    rows = rows[rows["日期"].dt.month.isin(model.months.index)]
    if rows.empty:
        return model.holidays
    rows = rows.assign(期望=_expected(model, rows))
    name = rows["日期"].map(chosen.set_index("日期")["节假日"])
    found = [
        (label, part["数值"].sum(), part["期望"].sum(), part["日期"].nunique(), len(part))
        for label, part in rows.groupby(name, sort=False)
    ]
    return _ratios(found, "节假日").drop(columns="时段数")


def _event_coefficients(model: TrafficModel, data: pd.DataFrame) -> pd.DataFrame:
    """每个事件：有事件的时段实际合计 ÷ 期望合计。"""
    rows = data[data["事件"] != ""]
    rows = rows[rows["日期"].dt.month.isin(model.months.index)]
    if model.uses_holidays:
        rows = rows[rows["节假日"].isin(["", *model.holidays.index])]
    if rows.empty:
        return model.events
    rows = rows.assign(期望=_expected(model, rows))
    found = [
        (label, part["数值"].sum(), part["期望"].sum(), part["日期"].nunique(), len(part))
        for label, part in rows.groupby("事件", sort=False)
    ]
    return _ratios(found, "事件")


def _expected(model: TrafficModel, rows: pd.DataFrame) -> np.ndarray:
    """这些行在没有事件时的期望；已有的节假日系数一并乘上。"""
    days = rows.drop_duplicates("日期")
    adjustments = None
    if model.uses_holidays:
        unknown = (days["节假日"] != "") & ~days["节假日"].isin(model.holidays.index)
        adjustments = dict.fromkeys(days.loc[unknown, "日期"], 1.0)
    expected = model.predict(
        days["日期"], calendar=days[["日期", "节假日"]], adjustments=adjustments
    )
    keys = rows[["日期", "时段"]].merge(expected, on=["日期", "时段"], how="left")
    return keys["预测量"].fillna(0.0).to_numpy()


def _require_reference(model: TrafficModel, rows: pd.DataFrame) -> None:
    names = reference_weekday(
        pd.DatetimeIndex(rows["日期"]),
        rows["节假日"].to_numpy(),
        model.holiday_as,
        model.makeup_as,
    )
    level = model.weekdays["系数"].reindex(names).fillna(0.0).to_numpy()
    if (level <= 0).any():
        row = int(np.flatnonzero(level <= 0)[0])
        day, holiday = rows["日期"].iloc[row], rows["节假日"].iloc[row]
        raise ValueError(
            f"{day:%Y-%m-%d}（{holiday}）以{names[row]}为基准，但历史里{names[row]}没有来电："
            "请用 holiday_as、makeup_as 换一个有来电的星期几。"
        )


def _ratios(found: list[tuple], name: str) -> pd.DataFrame:
    """系数 = 实际 ÷ 期望；期望为 0 的没有系数。"""
    kept = [row for row in found if row[2] > 0]
    return pd.DataFrame(
        {
            "系数": np.array(
                [actual / expected for _, actual, expected, _, _ in kept], dtype=float
            ),
            "天数": np.array([row[3] for row in kept], dtype=int),
            "时段数": np.array([row[4] for row in kept], dtype=int),
        },
        index=pd.Index([row[0] for row in kept], name=name, dtype=object),
    )

"""系数：一天的来电量怎样拆成基线、月系数、星期系数与增长？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers, require_columns, require_range
from ccomlib.wording import WEEKDAYS

from .table import read_dates, texts

__all__ = ["YEAR", "Days", "fit_days", "given_months", "month_coefficients"]

YEAR = 365.0
ROUNDS = 100


@dataclass(frozen=True, eq=False)
class Days:
    """拟合的结果：基线（末日水平）、年增长率、星期与月的系数表。"""

    baseline: float
    growth: float
    weekdays: pd.DataFrame
    months: pd.DataFrame


def fit_days(
    dates: pd.DatetimeIndex, total: np.ndarray, *, by_month: bool | pd.Series, trend: bool
) -> Days:
    """乘法模型 期望 = 基线 × 月系数 × 星期系数 × (1+年增长率)^(年数)，泊松极大似然。

    极大似然使每个星期、每个月的“实际合计 = 期望合计”，所以各月星期构成不同也不偏。
    """
    weekday = np.asarray(dates.day_of_week)
    month = np.asarray(dates.month)
    years = np.asarray((dates - dates.max()).days) / YEAR
    open_day = np.bincount(weekday, total, 7)[weekday] > 0
    if not open_day.any():
        raise ValueError("历史里的呼入量全是 0，建不了模型：请检查数据列。")
    use = pd.DataFrame({"星期": weekday, "月份": month})[open_day]
    design = [(use["星期"] == d).to_numpy(dtype=float) for d in sorted(use["星期"].unique())]
    names = sorted(use["月份"].unique())
    if by_month is True:
        design += [(use["月份"] == m).to_numpy(dtype=float) for m in names[1:]]
    offset = np.zeros(len(use))
    if isinstance(by_month, pd.Series):
        offset = np.log(by_month.reindex(use["月份"]).to_numpy(dtype=float))
    if trend:
        _require_trend_identified(dates, by_month)
        design.append(years[open_day])
    beta = _poisson(np.column_stack(design), total[open_day], offset)
    return _coefficients(beta, use, weekday, month, names, by_month, trend)


def _coefficients(
    beta: np.ndarray,
    use: pd.DataFrame,
    weekday: np.ndarray,
    month: np.ndarray,
    names: list[int],
    by_month: bool | pd.Series,
    trend: bool,
) -> Days:
    """对数尺度的估计换成平均为 1 的系数。"""
    present = np.unique(weekday)
    level = np.zeros(7)
    open_days = sorted(use["星期"].unique())
    level[open_days] = np.exp(beta[: len(open_days)])
    scale = level[present].mean()
    weekdays = pd.DataFrame(
        {"系数": level[present] / scale, "天数": np.bincount(weekday, minlength=7)[present]},
        index=pd.Index([WEEKDAYS[d] for d in present], name="星期"),
    )
    if by_month is True:
        free = np.exp(np.append(0.0, beta[len(open_days) : len(open_days) + len(names) - 1]))
        series = pd.Series(free, index=names)
        scale *= series.mean()
        series = series / series.mean()
    elif isinstance(by_month, pd.Series):
        series = by_month
    else:
        series = pd.Series(1.0, index=range(1, 13))
    given = isinstance(by_month, pd.Series)
    counts = np.zeros(13, dtype=int) if given else np.bincount(month, minlength=13)
    months = pd.DataFrame(
        {"系数": series.to_numpy(dtype=float), "天数": counts[series.index.to_numpy(dtype=int)]},
        index=pd.Index(series.index.astype(int), name="月份"),
    )
    growth = float(np.expm1(beta[-1])) if trend else 0.0
    return Days(float(scale), growth, weekdays, months)


def _require_trend_identified(dates: pd.DatetimeIndex, by_month: bool | pd.Series) -> None:
    months = dates.to_period("M").unique()
    if by_month is True and not pd.Index(months.month).duplicated().any():
        raise ValueError(
            f"历史从 {dates.min():%Y-%m-%d} 到 {dates.max():%Y-%m-%d}，没有一个月份出现过两年，"
            "增长与月系数分不开：请用更长的历史，或设 trend=False，或在 by_month 里给出月系数。"
        )


def _poisson(design: np.ndarray, total: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """对数链接的泊松回归，迭代加权最小二乘。"""
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(
            "历史太短，星期系数与月系数分不开（每个月都只有部分星期几，且互不重叠）："
            "请用更长的历史，或设 by_month=False。"
        )
    mean = np.maximum(total, 0.5)
    for _ in range(ROUNDS):
        eta = np.log(mean)
        root = np.sqrt(mean)
        target = (eta - offset + (total - mean) / mean) * root
        beta = np.linalg.lstsq(design * root[:, None], target, rcond=None)[0]
        new = np.exp(np.clip(design @ beta + offset, -30, 30))
        if np.allclose(new, mean, rtol=1e-10):
            return beta
        mean = new
    raise ValueError("系数的计算没有收敛（某些月份或星期的呼入量几乎全是 0）：请检查历史数据。")


def given_months(value: Any) -> pd.Series:
    """学员给的月系数：检查月份与数值，调到平均为 1。"""
    if isinstance(value, pd.DataFrame):
        require_columns(value, ["系数"], "by_month")
        value = value["系数"]
    if not isinstance(value, (pd.Series, Mapping)):
        raise ValueError(
            f"by_month 是 {value!r}，应是 True、False，或以月份 1–12 为索引的系数"
            "（例如 traffic.month_coefficients 的结果）。"
        )
    series = pd.Series(value)
    strange = [month for month in series.index if month not in range(1, 13)]
    if strange:
        raise ValueError(f"by_month 的月份 {strange[0]!r} 不是 1–12：请以月份数字为索引。")
    if series.index.has_duplicates:
        raise ValueError(f"by_month 里 {series.index[series.index.duplicated()][0]} 月给了两次。")
    numbers = require_range(series, "by_month 的月系数", 0, above=True)
    result = pd.Series(numbers, index=series.index.astype(int)).sort_index()
    return result / result.mean()


def month_coefficients(
    daily: pd.DataFrame,
    *,
    value: str = "呼入量",
    trend: bool = True,
    exclude_holidays: bool = True,
    exclude_events: bool = True,
) -> pd.DataFrame:
    """从日话务表求 12 个月的月系数，给 ``build_model(by_month=...)`` 用。

    Parameters
    ----------
    daily : 一天一行的表，列：日期、``value``（通）；有节假日、事件列时用来排除。
    value : 数量列。
    trend : 是否同时估计年增长；历史超过一年时应为真，否则增长会混进月系数。
    exclude_holidays, exclude_events : 是否不用节假日、有事件的日子。

    Returns
    -------
    DataFrame
        索引为月份，列：系数（平均为 1）、天数。

    Raises
    ------
    ValueError
        缺列、同一天有几行、呼入量为负，或历史太短分不开增长与月份。

    Notes
    -----
    期望 = 基线 × 月系数 × 星期系数 × (1+年增长率)^(年数)；泊松极大似然。

    Examples
    --------
    >>> days = pd.date_range("2023-01-01", "2024-12-31")
    >>> calls = np.where(days.month == 7, 150, 100)
    >>> found = month_coefficients(pd.DataFrame({"日期": days, "呼入量": calls}))
    >>> float((found.loc[7, "系数"] / found.loc[1, "系数"]).round(6))
    1.5
    """
    require_columns(daily, ["日期", value])
    if daily.empty:
        raise ValueError("数据表没有一行数据：请检查筛选条件。")
    dates = read_dates(daily["日期"], "数据表的日期")
    if dates.has_duplicates:
        day = dates[dates.duplicated()][0]
        raise ValueError(f"{day:%Y-%m-%d} 有不止一行：请先筛选一个队列或合计成一天一行。")
    total = require_range(as_numbers(daily[value], value), value, 0)
    use = np.ones(len(daily), dtype=bool)
    if exclude_holidays:
        use &= texts(daily, "节假日") == ""
    if exclude_events:
        use &= texts(daily, "事件") == ""
    if not use.any():
        raise ValueError(
            "去掉节假日与事件后没有剩下一天：请放宽 exclude_holidays 或 exclude_events。"
        )
    return fit_days(dates[use], total[use], by_month=True, trend=trend).months

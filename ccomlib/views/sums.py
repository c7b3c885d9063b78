"""加起来看：平常的一天、某一天、逐日、分组的率与加权平均、照前几周估。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ccomlib.validation import require_columns
from ccomlib.views.rows import plain_days, weekday_names, weekdays_of

__all__ = ["daily", "expected", "mean_by", "one_day", "rate_by", "typical_day"]

COUNTS = ("呼入量", "接起量", "20秒接起量", "放弃量", "短放弃量")
# 率 → (分子, 分母)
RATES = {"20秒接起率": ("20秒接起量", "呼入量"), "放弃率": ("放弃量", "呼入量")}
AHT, HEADS = "平均处理时长", "在岗人数"


def typical_day(
    table: pd.DataFrame,
    queue: str | None = None,
    weekday: str | Iterable[str] | None = None,
    *,
    plain: bool = True,
) -> pd.DataFrame:
    """平常的一天：每个时段平均来多少、处理多久、几个人、20 秒内接起几成。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段、呼入量；有别的列就一并平均。
    queue : 只看这个队列；不写就把各队列加在一起。
    weekday : "周一"、"工作日"、"周末"，或几个星期的名字；不写就是每一天。
    plain : 去掉节假日与有事件的日子。

    Returns
    -------
    DataFrame
        一行一个时段；``attrs["days"]`` 是平均了几天。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这样的日子。

    Notes
    -----
    通数与人数是各天的平均；平均处理时长按接起量加权；率是合计除以合计，不是百分比的平均。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "日期": pd.to_datetime(["2026-03-02", "2026-03-09"]), "时段": "08:30",
    ...     "呼入量": [100, 300], "接起量": [100, 300], "20秒接起量": [90, 110], "平均处理时长": [200, 240]})
    >>> typical_day(table, weekday="周一").round(2).loc["08:30"].tolist()
    [200.0, 200.0, 100.0, 230.0, 0.5]
    """
    rows = _rows(table, queue, ["日期", "时段", "呼入量"], plain=plain)
    if weekday is not None:
        names = weekday_names(weekday)
        rows = rows[weekdays_of(rows).isin(names)]
        if rows.empty:
            raise ValueError(
                f"表里没有{'、'.join(names)}的平常日子：请换一个星期，或写 plain=False。"
            )
    # 有的表缺几格，各时段的日子不一样多
    days = rows.groupby("时段")["日期"].nunique()
    result = _totals(rows, ["时段"])
    for column in (*COUNTS, HEADS):
        if column in result:
            result[column] = result[column] / days
    result.attrs["days"] = int(days.max())
    return result


def one_day(table: pd.DataFrame, date: Any, queue: str | None = None) -> pd.DataFrame:
    """某一天，一行一个时段；不写队列就把各队列加在一起。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段、呼入量。
    date : "2025-06-23" 这样的日期。
    queue : 只看这个队列。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这一天。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"]), "时段": ["08:30"], "呼入量": [9]})
    >>> one_day(table, "2026-03-02")["呼入量"].tolist()
    [9]
    """
    rows = _rows(table, queue, ["日期", "时段", "呼入量"], plain=False)
    rows = rows[rows["日期"] == pd.Timestamp(date)]
    if rows.empty:
        first, last = (f"{one(table['日期']):%Y-%m-%d}" for one in (min, max))
        raise ValueError(f"表里没有 {date} 这一天：它从 {first} 到 {last}，请改日期。")
    return _totals(rows, ["时段"])


def daily(table: pd.DataFrame, queue: str | None = None, *, plain: bool = False) -> pd.DataFrame:
    """逐日的合计与率；不写队列就把各队列加在一起。

    Parameters
    ----------
    table : 一行一个时段或一天，至少有 日期、呼入量。
    queue : 只看这个队列。
    plain : 去掉节假日与有事件的日子。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"] * 2), "呼入量": [9, 5]})
    >>> daily(table)[["星期", "呼入量"]].to_numpy().tolist()
    [['周一', 14]]
    """
    rows = _rows(table, queue, ["日期", "呼入量"], plain=plain)
    result = _totals(rows, ["日期"]).drop(columns=HEADS, errors="ignore")
    result.insert(0, "星期", weekdays_of(result.reset_index()).tolist())
    return result


def expected(
    table: pd.DataFrame, weeks: int = 4, *, values: Sequence[str] = ("呼入量", AHT)
) -> pd.DataFrame:
    """照前几周估今天：给每一行添上前 ``weeks`` 周同队列、同星期、同时段平常日子的平均。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段与 ``values`` 的列。
    weeks : 用前几个这样的日子。
    values : 估哪几列；呼入量得 预测量，平均处理时长得 预测处理时长，别的得 预测…。

    Returns
    -------
    DataFrame
        原表加上预测的列；历史不够 ``weeks`` 次的是空值。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.date_range("2026-03-02", periods=3, freq="7D"),
    ...                       "时段": "08:30", "呼入量": [10, 20, 99]})
    >>> expected(table, 2, values=["呼入量"])["预测量"].tolist()
    [nan, nan, 15.0]
    """
    require_columns(table, ["日期", "时段", *values], "时段表")
    ordered = table.sort_values("日期", kind="stable")
    same = [ordered[one] for one in ("队列", "时段") if one in ordered]
    same.append(weekdays_of(ordered).rename("星期"))
    usual = ordered.index.isin(plain_days(ordered).index)
    result = table.copy()
    for column in values:
        past = ordered[column].astype(float).where(usual)
        name = {"呼入量": "预测量", AHT: "预测处理时长"}.get(column, f"预测{column}")
        result[name] = past.groupby(same).transform(_before, weeks=weeks).reindex(table.index)
    return result


def rate_by(table: pd.DataFrame, part: str, whole: str, by: str | Sequence[str]) -> pd.DataFrame:
    """分组的率：先各自加起来，再除；不把百分比拿来平均。

    Parameters
    ----------
    table : 有分子、分母与分组的列。
    part, whole : 分子与分母的列名；分子可以是「是/否」。
    by : 按哪一列（几列）分。

    Returns
    -------
    DataFrame
        一组一行：分子、分母的合计与 ``率``，率低的在前。

    Examples
    --------
    >>> table = pd.DataFrame({"队列": ["咨询", "咨询", "报修"], "接起": [9, 1, 5], "呼入": [10, 10, 10]})
    >>> rate_by(table, "接起", "呼入", "队列").loc["咨询"].tolist()
    [10.0, 20.0, 0.5]
    """
    keys = [by] if isinstance(by, str) else list(by)
    require_columns(table, [part, whole, *keys], "表")
    sums = table.groupby(keys, sort=False)[[part, whole]].sum()
    sums["率"] = sums[part] / sums[whole].where(sums[whole] != 0)
    return sums.sort_values("率", kind="stable")


def mean_by(
    table: pd.DataFrame, value: str, weight: str | None, by: str | Sequence[str]
) -> pd.DataFrame:
    """分组的加权平均：一通电话一票，而不是一行一票。

    Parameters
    ----------
    table : 有这几列。
    value : 平均哪一列，如 平均处理时长。
    weight : 按哪一列加权，如 接起量；None 是一行一票。
    by : 按哪一列（几列）分。

    Returns
    -------
    DataFrame
        一组一行：行数、权重合计与加权平均，大的在前。

    Examples
    --------
    >>> table = pd.DataFrame({"队列": ["咨询", "咨询"], "时长": [200, 400], "接起量": [3, 1]})
    >>> mean_by(table, "时长", "接起量", "队列")["时长"].tolist()
    [250.0]
    """
    keys = [by] if isinstance(by, str) else list(by)
    require_columns(table, [value, *([weight] if weight else []), *keys], "表")
    known = table[table[value].notna()]
    weights = known[weight].astype(float) if weight else pd.Series(1.0, known.index)
    parts = known[keys].assign(_weight=weights, _sum=known[value] * weights)
    sums = parts.groupby(keys, sort=False).agg(
        行数=("_weight", "size"), _weight=("_weight", "sum"), _sum=("_sum", "sum")
    )
    sums[value] = sums.pop("_sum") / sums["_weight"].where(sums["_weight"] != 0)
    sums = sums.rename(columns={"_weight": weight}) if weight else sums.drop(columns="_weight")
    return sums.sort_values(value, ascending=False, kind="stable")


def _rows(
    table: pd.DataFrame, queue: str | None, columns: list[str], *, plain: bool
) -> pd.DataFrame:
    require_columns(table, columns, "表")
    if queue is not None:
        require_columns(table, ["队列"], "表")
        known = table["队列"].unique().tolist()
        if queue not in known:
            raise ValueError(
                f"没有队列「{queue}」，有：{'、'.join(map(str, known))}。请改成其中一个。"
            )
        table = table[table["队列"] == queue]
    return plain_days(table) if plain else table


def _totals(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """各组的合计；处理时长按接起量加权，率是合计除以合计。"""
    counts = [column for column in (*COUNTS, HEADS) if column in rows]
    groups = rows.groupby(by)
    result = groups[counts].sum()
    if AHT in rows:
        weight = rows["接起量"] if "接起量" in rows else rows["呼入量"]
        known = rows[AHT].notna()
        weight = weight.where(known, 0)
        seconds = (rows[AHT].fillna(0) * weight).groupby([rows[one] for one in by]).sum()
        total = weight.groupby([rows[one] for one in by]).sum()
        result[AHT] = seconds / total.where(total != 0)
    for name, (part, whole) in RATES.items():
        if part in result:
            result[name] = result[part] / result[whole].where(result[whole] != 0)
    return result


def _before(values: pd.Series, *, weeks: int) -> pd.Series:
    """在它之前最近 ``weeks`` 个有数的平均。"""
    known = values.dropna()
    means = known.rolling(weeks).mean()
    # 每一行看自己之前的最后一个平均
    return means.reindex(values.index).ffill().shift(1)

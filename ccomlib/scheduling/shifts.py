"""班次表：每个班次几点到几点、在哪些时段接电话？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import is_blank, parse_number, parse_text
from ccomlib.clock import clock_minutes, clock_text, slot_names
from ccomlib.validation import require_columns

__all__ = ["DAY_MINUTES", "coverage_by_day", "read_shifts", "shift_coverage", "stagger_meals"]

DAY_MINUTES = 1440


def read_shifts(shifts: pd.DataFrame) -> pd.DataFrame:
    """检查班次表，交回以班次为索引的分钟数：start、span、meal_start（距上班）、meal、cost。

    ``cost`` 是成本列，没有这一列时是净工时（小时）。
    """
    require_columns(shifts, ["班次", "上班", "下班"], "班次表（shifts）")
    if shifts.empty:
        raise ValueError("班次表（shifts）没有行：请至少给一个班次。")
    rows = [_read_row(number, row) for number, row in enumerate(shifts.to_dict("records"), 1)]
    table = pd.DataFrame(rows).set_index("班次")
    if not table.index.is_unique:
        name = table.index[table.index.duplicated()][0]
        raise ValueError(f"班次表（shifts）里班次 {name} 出现两次：请改名或删去一行。")
    return table


def _read_row(number: int, row: dict[str, Any]) -> dict[str, Any]:
    if is_blank(row["班次"]):
        raise ValueError(f"班次表（shifts）第 {number} 行的班次是空的：请起个名字。")
    name = parse_text(row["班次"])
    where = f"班次表（shifts）第 {number} 行（{name}）的"
    start, end = (clock_minutes(row[column], where + column) for column in ("上班", "下班"))
    if start == end:
        raise ValueError(f"{where}上班与下班都是 {clock_text(start)}：请核对时刻。")
    span = (end - start) % DAY_MINUTES
    meal = _number(row.get("用餐分钟"), where + "用餐分钟")
    offset = 0
    if not is_blank(row.get("用餐开始")) or meal:
        offset = (clock_minutes(row.get("用餐开始"), where + "用餐开始") - start) % DAY_MINUTES
        if not meal:
            raise ValueError(f"{where}有用餐开始，没有用餐分钟：请补上用餐几分钟。")
        if offset + meal > span:
            raise ValueError(f"{where}用餐不在上下班之间：请核对用餐开始与用餐分钟。")
    cost = row.get("成本")
    cost = (span - meal) / 60 if is_blank(cost) else _number(cost, where + "成本")
    return {
        "班次": name,
        "start": start,
        "span": span,
        "meal_start": offset,
        "meal": meal,
        "cost": cost,
    }


def _number(value: Any, where: str) -> float:
    if is_blank(value):
        return 0.0
    try:
        number = parse_number(value)
    except ValueError as error:
        raise ValueError(f"{where}是 {value!r}：{error}。") from None
    if number < 0:
        raise ValueError(f"{where}是 {number:g}，不能是负数：请核对。")
    return number


def shift_coverage(shifts: pd.DataFrame, interval_minutes: int = 30) -> pd.DataFrame:
    """每个班次覆盖哪些时段？

    一格是这个班次的一个人在该时段接电话的时间占比：1 是整段在岗，0 是不在，
    用餐或上下班落在时段中间时是小数。

    Parameters
    ----------
    shifts : 班次表，列 班次、上班、下班（"08:00"；下班小于上班即次日），
        可有 用餐开始、用餐分钟、成本。
    interval_minutes : 时段长度（分钟），要能整除一天。

    Returns
    -------
    DataFrame
        行是班次，列是时段（"00:00" 起），形状 (班次数, 1440 ÷ 时段长度)。

    Raises
    ------
    ValueError
        缺列、时刻读不懂、班次重名、用餐不在上下班之间。

    Notes
    -----
    循环日：过零点的部分折回同一天的开头，等于假定前一天的夜班与当天一样多。

    Examples
    --------
    >>> night = pd.DataFrame({"班次": ["夜"], "上班": ["22:00"], "下班": ["06:30"]})
    >>> cover = shift_coverage(night)
    >>> cover.loc["夜", ["05:30", "06:00", "06:30", "22:00"]].tolist()
    [1.0, 1.0, 0.0, 1.0]
    """
    days = coverage_by_day(read_shifts(shifts), check_interval(interval_minutes))
    return days[0] + days[1]


def stagger_meals(shifts: pd.DataFrame, minutes: int = 60) -> pd.DataFrame:
    """同一个班分三批吃饭：原来的时间、早 ``minutes`` 分钟、晚 ``minutes`` 分钟；上下班不变。

    Parameters
    ----------
    shifts : 班次表，见 ``shift_coverage``；没有用餐的班原样保留，不添。
    minutes : 前后错开几分钟。

    Returns
    -------
    DataFrame
        原来的各班，再加“早吃”“晚吃”两种；吃饭会落到上下班以外的不添。

    Raises
    ------
    ValueError
        班次表读不懂，或错开的分钟不是正数。

    Examples
    --------
    >>> shifts = pd.DataFrame({"班次": ["早"], "上班": ["08:00"], "下班": ["16:30"],
    ...                        "用餐开始": ["12:00"], "用餐分钟": [30]})
    >>> stagger_meals(shifts)[["班次", "用餐开始"]].to_numpy().tolist()
    [['早', '12:00'], ['早早吃', '11:00'], ['早晚吃', '13:00']]
    """
    if not minutes > 0:
        raise ValueError(f"错开的分钟（minutes）是 {minutes!r}：请给一个正数，如 60。")
    known = read_shifts(shifts)
    parts = [shifts]
    for tag, move in (("早吃", -minutes), ("晚吃", minutes)):
        begin = known["meal_start"] + move
        inside = (begin >= 0) & (begin + known["meal"] <= known["span"]) & (known["meal"] > 0)
        rows = shifts[inside.to_numpy()].copy()
        clock = (known["start"] + begin)[inside] % DAY_MINUTES
        rows["班次"] = [f"{name}{tag}" for name in rows["班次"]]
        rows["用餐开始"] = [clock_text(int(one)) for one in clock]
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def coverage_by_day(table: pd.DataFrame, interval: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """覆盖矩阵拆成两张：当天的部分、过零点后落在次日的部分。"""
    start = table["start"].to_numpy(float)[:, None]
    meal = start + table["meal_start"].to_numpy()[:, None]
    slots = np.arange(0, 2 * DAY_MINUTES, interval, dtype=float)

    def overlap(low: np.ndarray, minutes: np.ndarray) -> np.ndarray:
        inside = np.minimum(low + minutes, slots + interval) - np.maximum(low, slots)
        return np.maximum(inside, 0)

    spans = (table[name].to_numpy(float)[:, None] for name in ("span", "meal"))
    cover = (overlap(start, next(spans)) - overlap(meal, next(spans))) / interval
    half = DAY_MINUTES // interval
    columns = pd.Index(slot_names(interval), name="时段")
    today, tomorrow = (
        pd.DataFrame(part, index=table.index, columns=columns)
        for part in (cover[:, :half], cover[:, half:])
    )
    return today, tomorrow


def check_interval(interval_minutes: int) -> int:
    """时段长度要是能整除一天的整数分钟。"""
    if isinstance(interval_minutes, bool) or interval_minutes not in range(1, DAY_MINUTES + 1):
        raise ValueError(
            f"时段长度（interval_minutes）是 {interval_minutes!r}：请给整数分钟，如 30。"
        )
    if DAY_MINUTES % interval_minutes:
        raise ValueError(
            f"时段长度（interval_minutes）是 {interval_minutes}，不能整除一天：请用 15、30 或 60。"
        )
    return int(interval_minutes)

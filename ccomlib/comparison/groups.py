"""分组的数据：哪一列是数值，哪一列是组，每组够不够？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_series, require_columns

__all__ = ["GOOD", "read_good", "read_groups", "samples"]

GOOD = ("high", "low")


def read_groups(
    table: Any, value: str, group: str, *, unit: str | None = None, least: int = 2
) -> pd.DataFrame:
    """整理成两列：组、数值。给了 unit 就先按（组，unit）平均，一个人一个数。"""
    require_columns(table, [group, value, *([unit] if unit else [])])
    if table.empty:
        raise ValueError("数据表是空的：请检查筛选条件。")
    for column in (group, *([unit] if unit else [])):
        missing = np.flatnonzero(table[column].isna())
        if len(missing):
            row = int(missing[0])
            raise ValueError(
                f"{column}第 {row + 1} 行（{table.index[row]}）是空值：请补上，或先删去这一行。"
            )
    found = pd.DataFrame(
        {"组": table[group].to_numpy(), "数值": as_series(table[value], value).to_numpy()}
    )
    if unit:
        keys = [found["组"], pd.Series(table[unit].to_numpy(), name=unit)]
        found = found.groupby(keys, sort=False)["数值"].mean().reset_index()[["组", "数值"]]
    counts = found["组"].value_counts(sort=False)
    if len(counts) < 2:
        raise ValueError(f"{group}只有 {len(counts)} 组，没有可以比的：请至少给两组。")
    small = counts[counts < least]
    if len(small):
        what = f"个{unit}" if unit else "行"
        raise ValueError(
            f"{group} {small.index[0]} 只有 {small.iloc[0]} {what}，至少要 {least} {what}："
            "请并入别的组或先去掉。"
        )
    return found


def samples(found: pd.DataFrame) -> dict[Any, np.ndarray]:
    """组 -> 这组的数，按组出现的先后。"""
    return {name: part.to_numpy() for name, part in found.groupby("组", sort=False)["数值"]}


def read_good(good: str) -> bool:
    """真：越大越好；假：越小越好。"""
    if good not in GOOD:
        raise ValueError(f'good 是 {good!r}，应是 "high"（越大越好）或 "low"（越小越好）。')
    return good == "high"

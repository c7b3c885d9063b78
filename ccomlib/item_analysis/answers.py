"""得分表：学员 × 题目的分怎样读进来，没答的怎样算？"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers, require_range

__all__ = ["MISSING", "read_answers", "read_full_marks"]

MISSING = ("error", "zero", "drop")


def read_answers(
    table: Any, missing: str = "error", *, items: int = 2, learners: int = 2
) -> tuple[pd.DataFrame, int]:
    """一行一位学员、一列一道题的数字表，以及按约定处理掉的空格数（或人数）。"""
    if missing not in MISSING:
        raise ValueError(
            f"missing 是 {missing!r}，只能是 'error'（报错）、'zero'（没答记 0 分）或 'drop'（去掉这位学员）。"
        )
    if not isinstance(table, pd.DataFrame):
        values = np.asarray(table, dtype=object)
        if values.ndim != 2:
            raise ValueError(
                f"scores 应是一张表（一行一位学员、一列一道题），但得到 {values.ndim} 维。"
            )
        table = pd.DataFrame(values, columns=[f"题{i + 1}" for i in range(values.shape[1])])
    if table.columns.has_duplicates:
        name = table.columns[table.columns.duplicated()][0]
        raise ValueError(f"scores 有两列都叫 {name}：请每题一列、各用一个名字。")
    if table.shape[1] < items:
        raise ValueError(f"scores 只有 {table.shape[1]} 题，至少要 {items} 题：应是一列一道题。")
    blank = table.isna()
    touched = 0
    if blank.to_numpy().any():
        if missing == "error":
            row, column = np.argwhere(blank.to_numpy())[0]
            raise ValueError(
                f"{table.index[row]} 的 {table.columns[column]} 是空值：没答请写明怎样算，"
                "missing='zero' 记 0 分，missing='drop' 去掉这位学员。"
            )
        if missing == "zero":
            touched = int(blank.to_numpy().sum())
            table = table.astype(object).where(~blank, 0)
        else:
            touched = int(blank.any(axis=1).sum())
            table = table[~blank.any(axis=1)]
    if len(table) < learners:
        raise ValueError(f"scores 只有 {len(table)} 位学员，至少要 {learners} 位：请增加数据。")
    data = pd.DataFrame(
        {name: as_numbers(table[name], str(name)) for name in table.columns}, index=table.index
    )
    require_range(data.min(), "得分", 0)
    return data, touched


def read_full_marks(data: pd.DataFrame, full_marks: Any) -> pd.Series:
    """各题满分；全是 0 与 1 的表缺省为 1。"""
    if full_marks is None:
        if not np.isin(data.to_numpy(), (0, 1)).all():
            raise ValueError(
                "得分不全是 0 与 1，请给 full_marks：各题满分相同就给一个数，不同就给 {题名: 满分}。"
            )
        return pd.Series(1.0, index=data.columns)
    if isinstance(full_marks, Mapping | pd.Series):
        lost = [name for name in data.columns if name not in full_marks]
        if lost:
            raise ValueError(f"full_marks 里没有 {lost[0]}：请补上这一题的满分。")
        marks = pd.Series({name: full_marks[name] for name in data.columns}, dtype=object)
    elif np.ndim(full_marks) == 0:
        marks = pd.Series(full_marks, index=data.columns, dtype=object)
    else:
        marks = pd.Series(list(full_marks), dtype=object)
        if len(marks) != data.shape[1]:
            raise ValueError(
                f"full_marks 有 {len(marks)} 个，题有 {data.shape[1]} 道：请一题一个。"
            )
        marks.index = data.columns
    full = pd.Series(require_range(marks, "full_marks", 0, above=True), index=data.columns)
    over = np.argwhere((data > full + 1e-9).to_numpy())
    if len(over):
        row, column = over[0]
        name = data.columns[column]
        raise ValueError(
            f"{data.index[row]} 的 {name} 得 {data.iloc[row, column]:g} 分，超过满分 {full[name]:g}："
            "请核对得分或 full_marks。"
        )
    return full

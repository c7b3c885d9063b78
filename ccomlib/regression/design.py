"""自变量怎样变成数：文字列变成与基准组相比的 0/1，共线的列点出名字。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers, require_columns, varies

__all__ = ["INTERCEPT", "build", "design_levels", "require_full_rank"]

INTERCEPT = "截距"


def design_levels(table: pd.DataFrame, predictors: Sequence[str]) -> dict[str, tuple]:
    """文字列有哪几组，第一组为基准；数字列不在里面。"""
    require_columns(table, predictors)
    levels = {}
    for name in predictors:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            continue
        numbers = pd.to_numeric(column, errors="coerce")
        if numbers.notna().all() and not pd.api.types.is_bool_dtype(column):
            continue
        if numbers.notna().mean() > 0.5 and not pd.api.types.is_bool_dtype(column):
            as_numbers(column, name)  # 多半是数字而混了文字：报出是哪一行
        missing = np.flatnonzero(column.isna())
        if len(missing):
            row = int(missing[0])
            raise ValueError(
                f"{name}第 {row + 1} 个（{table.index[row]}）是空值：请补上，或先删去这一行。"
            )
        found = list(dict.fromkeys(column))
        if isinstance(column.dtype, pd.CategoricalDtype):
            found = [level for level in column.cat.categories if level in found]
        if len(found) < 2:
            raise ValueError(f"{name}全是 {found[0]}，没有变化就没有作用可言：请去掉这一列。")
        if len(found) > len(table) / 3:
            raise ValueError(
                f"{name}有 {len(found)} 种文字，平均每种不到 3 行，像是编号：请换成分组或数字列。"
            )
        levels[name] = tuple(found)
    return levels


def build(
    table: pd.DataFrame, predictors: Sequence[str], levels: Mapping[str, tuple]
) -> pd.DataFrame:
    """设计矩阵，第一列是截距；文字列的基准组不占列。"""
    require_columns(table, predictors)
    columns: dict[str, np.ndarray] = {INTERCEPT: np.ones(len(table))}
    for name in predictors:
        if name not in levels:
            columns[name] = as_numbers(table[name], str(name))
            continue
        unknown = np.flatnonzero(~table[name].isin(levels[name]))
        if len(unknown):
            row = int(unknown[0])
            known = "、".join(map(str, levels[name]))
            raise ValueError(
                f"{name}第 {row + 1} 个是 {table[name].iloc[row]!r}，拟合时没有这一组（有：{known}）。"
            )
        for level in levels[name][1:]:
            columns[f"{name}={level}"] = (table[name] == level).to_numpy(dtype=float)
    return pd.DataFrame(columns, index=table.index)


def require_full_rank(design: pd.DataFrame) -> None:
    """有一列是其他列的算式时，说出是哪一列。"""
    names = list(design.columns)
    for name in names[1:]:
        if not varies(design[name]):
            raise ValueError(
                f"{name}全是 {design[name].iloc[0]:g}，没有变化就没有作用可言：请去掉这一列。"
            )
    scaled = design.to_numpy().copy()
    scaled[:, 1:] = (scaled[:, 1:] - scaled[:, 1:].mean(axis=0)) / scaled[:, 1:].std(axis=0)
    for count in range(2, len(names) + 1):
        if np.linalg.matrix_rank(scaled[:, :count], tol=1e-8 * np.sqrt(len(design))) < count:
            before = "、".join(names[1 : count - 1])
            raise ValueError(
                f"{names[count - 1]}可以由 {before} 完全算出来，分不清各自的作用：请去掉其中一列。"
            )

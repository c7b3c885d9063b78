"""判定与等级：怎样读成统一的类别，一致到几成算好？"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["categories_of", "kappa_word", "read_column", "read_ratings"]


def read_column(values: Any, name: str) -> pd.Series:
    """一列判定；空值报出是第几个。"""
    if np.ndim(values) != 1:
        raise ValueError(f"{name}应是一列判定，但得到 {np.ndim(values)} 维：请只给一列。")
    own = getattr(values, "name", None)
    column = pd.Series(values, name=name if own is None else own, dtype=object)
    missing = np.flatnonzero(column.isna())
    if len(missing):
        row = int(missing[0])
        raise ValueError(
            f"{column.name}第 {row + 1} 个（{column.index[row]}）是空值：请补评，或先删去这一行。"
        )
    return column


def read_ratings(ratings: Any) -> pd.DataFrame:
    """一行一通录音、一列一位质检员的判定表。"""
    if not isinstance(ratings, pd.DataFrame):
        values = np.asarray(ratings, dtype=object)
        if values.ndim != 2:
            raise ValueError(
                f"ratings 应是一张表（一行一通录音、一列一位质检员），但得到 {values.ndim} 维。"
            )
        ratings = pd.DataFrame(values, columns=[f"质检员{i + 1}" for i in range(values.shape[1])])
    if ratings.shape[1] < 2 or ratings.shape[0] < 2:
        raise ValueError(
            f"ratings 有 {ratings.shape[0]} 通录音、{ratings.shape[1]} 位质检员，各至少要 2："
            "应是一行一通录音、一列一位质检员。"
        )
    if ratings.columns.has_duplicates:
        name = ratings.columns[ratings.columns.duplicated()][0]
        raise ValueError(f"ratings 有两列都叫 {name}：请每位质检员一列、各用一个名字。")
    columns = {name: read_column(ratings[name], str(name)) for name in ratings.columns}
    return pd.DataFrame(columns)


def categories_of(values: Sequence[Any], order: Sequence[Any] | None = None) -> list:
    """类别的次序：给了 order 照它，全是数字从小到大，否则按出现的先后。"""
    seen = list(dict.fromkeys(values))
    if order is None:
        numbers = all(isinstance(value, (int, float, np.number)) for value in seen)
        return sorted(seen) if numbers else seen
    order = list(order)
    if len(set(order)) < len(order):
        raise ValueError("order 里有重复的类别：请每个等级只写一次。")
    unknown = [value for value in seen if value not in order]
    if unknown:
        raise ValueError(
            f"判定 {unknown[0]!r} 不在 order 里（有：{'、'.join(map(str, order))}）：请补上或改正。"
        )
    return order


def kappa_word(kappa: float, good: float, poor: float) -> str:
    """好、差、一般。"""
    return "一致性好" if kappa > good else "一致性差" if kappa < poor else "一致性一般"

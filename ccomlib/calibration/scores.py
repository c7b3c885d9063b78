"""评分表：几个人对同样的录音各打了多少分？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import align_labels, as_numbers, as_series, require_columns

__all__ = ["pivot_scores", "read_scores", "read_two"]


def pivot_scores(
    table: pd.DataFrame, item: str = "录音", rater: str = "质检员", score: str = "得分"
) -> pd.DataFrame:
    """把一行一次评分的长表，变成一行一通录音、一列一位质检员。

    Parameters
    ----------
    table : 一行是一位质检员对一通录音的评分。
    item, rater, score : 录音、质检员、得分各在哪一列。

    Returns
    -------
    pandas.DataFrame
        录音 × 质检员。

    Raises
    ------
    ValueError
        缺列；同一人对同一通评了两次；有人漏评。

    Examples
    --------
    >>> long = pd.DataFrame({"录音": ["R1", "R1", "R2", "R2"], "质检员": ["甲", "乙"] * 2, "得分": [80, 82, 90, 91]})
    >>> pivot_scores(long).loc["R2", "乙"].item()
    91
    """
    require_columns(table, [item, rater, score])
    for name in (item, rater, score):
        missing = np.flatnonzero(table[name].isna())
        if len(missing):
            raise ValueError(f"{name}第 {missing[0] + 1} 个是空值：请补上，或先删去这一行。")
    twice = table.duplicated([item, rater])
    if twice.any():
        row = table[twice].iloc[0]
        raise ValueError(
            f"{row[rater]}对{row[item]}评了不止一次：请每人每通只留一次（重复评的用 attribute_agreement）。"
        )
    wide = table.pivot(index=item, columns=rater, values=score)
    wide = wide.loc[list(dict.fromkeys(table[item])), list(dict.fromkeys(table[rater]))]
    gaps = np.argwhere(wide.isna().to_numpy())
    if len(gaps):
        row, column = gaps[0]
        raise ValueError(
            f"{wide.columns[column]}没有评{wide.index[row]}：请补评，或先去掉这通录音或这位质检员。"
        )
    return wide.astype(table[score].dtype)


def read_scores(scores: Any, *, raters: int = 2, items: int = 2) -> pd.DataFrame:
    """一行一通录音、一列一位质检员的数字表；空值与文字都报出在哪里。"""
    table = scores if isinstance(scores, pd.DataFrame) else _from_array(scores)
    if table.shape[1] < raters:
        raise ValueError(
            f"scores 只有 {table.shape[1]} 位质检员（列），至少要 {raters} 位："
            "应是一行一通录音、一列一位质检员。"
        )
    if table.shape[0] < items:
        raise ValueError(
            f"scores 只有 {table.shape[0]} 通录音（行），至少要 {items} 通：请增加录音。"
        )
    if table.columns.has_duplicates:
        name = table.columns[table.columns.duplicated()][0]
        raise ValueError(f"scores 有两列都叫 {name}：请每位质检员一列、各用一个名字。")
    return pd.DataFrame(
        {name: as_numbers(table[name], str(name)) for name in table.columns}, index=table.index
    )


def read_two(a: Any, b: Any, *, paired: bool) -> tuple[pd.Series, pd.Series]:
    """两列分；配对时要一样长、标签一致。没有名字的叫 a、b。"""
    columns = []
    for name, values in (("a", a), ("b", b)):
        own = getattr(values, "name", None)
        column = as_series(values, name if own is None else str(own))
        column.name = name if own is None else own
        if len(column) < 2:
            raise ValueError(f"{column.name}只有 {len(column)} 个数，至少要 2 个：请增加样本。")
        columns.append(column)
    first, second = columns
    if not paired:
        return first, second
    if len(first) != len(second):
        raise ValueError(
            f"配对要一一对应，但{first.name}有 {len(first)} 个，{second.name}有 {len(second)} 个："
            "请取同样的录音；不是同一批就改用 kind=3。"
        )
    return align_labels(first, second)


def _from_array(scores: Any) -> pd.DataFrame:
    values = np.asarray(scores, dtype=object)
    if values.ndim != 2:
        raise ValueError(
            f"scores 应是一张表（一行一通录音、一列一位质检员），但得到 {values.ndim} 维。"
        )
    return pd.DataFrame(values, columns=[f"质检员{i + 1}" for i in range(values.shape[1])])

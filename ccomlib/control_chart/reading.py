"""控制图的数据：一列、两列还是一张表，哪些行是基期？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.reading import read_flags
from ccomlib.validation import as_series, require_columns, require_range, same_rows

__all__ = ["read_baseline", "read_source", "read_subgroups", "read_values"]


def read_source(kind: str, *data: Any, per: float = 1, **columns: Any) -> tuple[pd.DataFrame, str]:
    """按图的种类整理数据，并给出指标的名字。"""
    if kind in {"xbar_r", "xbar_s"}:
        return _subgroup_source(kind, *data, **columns)
    if kind == "xmr":
        (values,) = data
        found = read_values(values, "数值")
        return pd.DataFrame({"值": found}), str(found.name or "")
    if kind == "c":
        (count,) = data
        found = _counts(count, "件数")
        return pd.DataFrame({"件": found}), str(getattr(count, "name", None) or "")
    count, n = data
    return _ratio_source(kind, count, n, per)


def read_values(values: Any, name: str) -> pd.Series:
    """一列数；已经是干净的数就不逐个检查，百万行也快。"""
    if isinstance(values, pd.Series | np.ndarray) and values.ndim == 1:
        plain = values.to_numpy() if isinstance(values, pd.Series) else values
        if plain.dtype.kind in "iuf" and np.isfinite(plain).all():
            found = pd.Series(values, dtype=float)
            return _not_empty(found, name)
    found = as_series(values, name)
    return _not_empty(found.rename(getattr(values, "name", None)), name)


def _not_empty(values: pd.Series, name: str) -> pd.Series:
    if values.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    return values


def _counts(value: Any, name: str) -> pd.Series:
    found = read_values(value, name)
    require_range(found, name, 0)
    broken = np.flatnonzero(found != np.round(found))
    if len(broken):
        row = int(broken[0])
        raise ValueError(
            f"{name}第 {row + 1} 个（{found.index[row]}）是 {found.iloc[row]:g}，"
            "应是整数件：数的是件数，不是比例。"
        )
    return found


def _ratio_source(kind: str, count: Any, n: Any, per: float) -> tuple[pd.DataFrame, str]:
    found = _counts(count, "件数")
    if np.ndim(n) == 0:
        n = pd.Series(np.full(len(found), n), found.index)
    size = read_values(n, "总数")
    if len(found) != len(size):
        raise ValueError(f"件数有 {len(found)} 个，总数有 {len(size)} 个：请取同样的行。")
    labelled = [not isinstance(one.index, pd.RangeIndex) for one in (found, size)]
    if all(labelled) and not found.index.equals(size.index):
        row = int(np.flatnonzero(found.index != size.index)[0])
        raise ValueError(
            f"第 {row + 1} 行的件数是 {found.index[row]}，总数是 {size.index[row]}，对不上："
            "请取自同一张表的同样几行。"
        )
    index = found.index if labelled[0] else size.index
    found, size = found.set_axis(index), size.set_axis(index)
    require_range(size, "总数", 0, above=True)
    if kind in {"p", "np", "laney_p"}:
        over = np.flatnonzero((found > size) | (size != np.round(size)))
        if len(over):
            row = int(over[0])
            raise ValueError(
                f"第 {row + 1} 行（{index[row]}）件数 {found.iloc[row]:g}、总数 {size.iloc[row]:g}："
                "总数应是整数且不小于件数；一个对象可以有几件时请用 u 图。"
            )
    require_range(per, "per", 0, above=True)
    first, second = (getattr(one, "name", None) for one in (count, n))
    # np 图画的是个数，不是比例
    name = f"{first} ÷ {second}" if first and second and kind != "np" else str(first or "")
    if per != 1:
        name = f"每 {per:g} {second or '个'}的{first or '件数'}"
    return pd.DataFrame({"件": found, "n": size / per}), name


def read_subgroups(
    table: Any, value: str | None = None, subgroup: str | None = None
) -> tuple[pd.DataFrame, str]:
    """每组的平均、极差、标准差、个数。宽表一行一组；长表给出数值列与分组列。"""
    if (value is None) != (subgroup is None):
        raise ValueError("长表要同时给 value（数值列）与 subgroup（分组列）。")
    if value is None:
        index = table.index if isinstance(table, pd.DataFrame) else None
        wide = np.asarray(table, dtype=object)
        if wide.ndim != 2 or wide.shape[1] < 2 or not len(wide):
            raise ValueError(
                "宽表应一行一组、每组至少 2 个数；长表请给 value 与 subgroup；每期只有 1 个数请用 xmr。"
            )
        labels = pd.RangeIndex(len(wide)) if index is None else index
        flat = pd.Series(
            wide.ravel(),
            [f"{label} 第 {k + 1} 个" for label in labels for k in range(wide.shape[1])],
        )
        values = as_series(flat, "数值").to_numpy().reshape(wide.shape)
        group = np.repeat(np.arange(len(wide)), wide.shape[1])
        name = ""
    else:
        require_columns(table, [value, subgroup])
        values = as_series(table[value], value).to_numpy()
        if table[subgroup].isna().any():
            row = int(np.flatnonzero(table[subgroup].isna())[0])
            raise ValueError(f"{subgroup}第 {row + 1} 行是空值：请补上属于哪一组。")
        if table.empty:
            raise ValueError("数据表是空的：请检查筛选条件。")
        group, labels = pd.factorize(table[subgroup])
        labels = pd.Index(labels, name=subgroup)
        name = value
    grouped = pd.Series(values.ravel()).groupby(group)
    found = pd.DataFrame(
        {
            "值": grouped.mean(),
            "R": grouped.max() - grouped.min(),
            "S": grouped.std(),
            "n": grouped.count().astype(float),
        }
    ).set_axis(labels)
    alone = np.flatnonzero(found["n"] < 2)
    if len(alone):
        raise ValueError(
            f"组 {labels[alone[0]]} 只有 1 个数，没有组内波动：请去掉这组，或每期一个数改用 xmr。"
        )
    return found, name


def _subgroup_source(kind: str, table: Any, **columns: Any) -> tuple[pd.DataFrame, str]:
    found, name = read_subgroups(table, **columns)
    spread = found["R" if kind == "xbar_r" else "S"]
    return pd.DataFrame({"值": found["值"], "离散": spread, "n": found["n"]}), name


def read_baseline(baseline: Any, index: pd.Index) -> np.ndarray:
    """基期：None 全部；整数是前几点；切片按位置或行标签；一列真假（或 1、0）逐点指定。"""
    base = np.zeros(len(index), dtype=bool)
    if baseline is None:
        base[:] = True
    elif isinstance(baseline, int | np.integer) and not isinstance(baseline, bool):
        if not 2 <= baseline <= len(index):
            raise ValueError(f"基期是前 {baseline} 点，应在 2 与 {len(index)} 之间。")
        base[:baseline] = True
    elif isinstance(baseline, slice):
        ends = (baseline.start, baseline.stop)
        if all(end is None or isinstance(end, int | np.integer) for end in ends):
            base[baseline] = True
        else:
            base[_label_slice(baseline, index)] = True
    else:
        if isinstance(baseline, str) or np.shape(baseline) != base.shape:
            raise ValueError(f"baseline 应是整数、切片，或 {len(index)} 个真假：真的点用来算界限。")
        same_rows(("数值", pd.Series(0, index)), ("baseline", baseline))
        base[:] = read_flags(baseline, "baseline")
    if base.sum() < 2:
        raise ValueError(
            f"基期只有 {int(base.sum())} 点，算不出界限：至少 2 点，课本建议 20 点以上。"
        )
    return base


def _label_slice(baseline: slice, index: pd.Index) -> slice:
    try:
        if isinstance(index, pd.RangeIndex):
            raise KeyError(baseline.start)
        return index.slice_indexer(baseline.start, baseline.stop)
    except (KeyError, TypeError, ValueError):
        raise ValueError(
            f"行标签里没有 {baseline.start!r} 到 {baseline.stop!r}；"
            f"第一个是 {index[0]}，最后一个是 {index[-1]}：请先按它排好序。"
        ) from None

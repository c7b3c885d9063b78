"""输入检查：哪个参数、哪一行、什么值不对，该怎么改？"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "align_labels",
    "as_numbers",
    "as_series",
    "require_call_flow",
    "require_columns",
    "require_range",
    "require_same_length",
    "require_share",
    "rounding",
    "same_rows",
    "varies",
]

# 几次加减乘除留下的误差，以最大的那个数为单位
ROUNDING = 16 * float(np.finfo(float).eps)


def as_numbers(value: Any, name: str) -> np.ndarray:
    """把一个数或一列数变成浮点数组；文字、空值、无穷大都报出是第几个。

    >>> as_numbers([1, 2], "来电量").tolist()
    [1.0, 2.0]
    >>> as_numbers([1, None], "来电量")
    Traceback (most recent call last):
    ValueError: 来电量第 2 个是空值：请补上数字，或先删去这一行。
    """
    labels = value.index if isinstance(value, pd.Series) else None
    plain = np.asarray(value) if isinstance(value, (np.ndarray, pd.Series)) else None
    if plain is not None and plain.dtype.kind in "fiu" and np.isfinite(plain).all():
        return plain.astype(float)
    array = np.asarray(value, dtype=object)
    flat = array.ravel()
    numbers = pd.to_numeric(pd.Series(flat, dtype=object), errors="coerce").to_numpy(dtype=float)
    bad = ~np.isfinite(numbers)
    if bad.any():
        position = int(np.flatnonzero(bad)[0])
        where = _where(position, array.ndim, labels)
        item = flat[position]
        if item is None or item is pd.NaT or item is pd.NA or item != item:
            raise ValueError(f"{name}{where}是空值：请补上数字，或先删去这一行。")
        raise ValueError(f"{name}{where}是 {item!r}，不是有限的数字：请改成数字。")
    return numbers.reshape(array.shape)


def as_series(value: Any, name: str) -> pd.Series:
    """把一列数变成浮点 Series，保留行标签；不是一列就报错。"""
    if np.ndim(value) != 1:
        raise ValueError(f"{name}应是一列数，但得到 {np.ndim(value)} 维：请只给一列。")
    index = value.index if isinstance(value, pd.Series) else None
    return pd.Series(as_numbers(value, name), index=index)


def require_range(
    value: Any,
    name: str,
    low: float = -np.inf,
    high: float = np.inf,
    *,
    above: bool = False,
    below: bool = False,
) -> np.ndarray:
    """检查每个数都在 [low, high] 内；``above``、``below`` 为真时不含端点。

    >>> require_range([0.2, 30], "损耗率", 0, 1)
    Traceback (most recent call last):
    ValueError: 损耗率第 2 个是 30，应不小于 0 且不大于 1。
    """
    numbers = as_numbers(value, name)
    bad = (numbers <= low) if above else (numbers < low)
    bad |= (numbers >= high) if below else (numbers > high)
    if bad.any():
        position = int(np.flatnonzero(bad.ravel())[0])
        labels = value.index if isinstance(value, pd.Series) else None
        limits = []
        if np.isfinite(low):
            limits.append(f"大于 {low:g}" if above else f"不小于 {low:g}")
        if np.isfinite(high):
            limits.append(f"小于 {high:g}" if below else f"不大于 {high:g}")
        where = _where(position, numbers.ndim, labels)
        raise ValueError(f"{name}{where}是 {numbers.ravel()[position]:g}，应{' 且'.join(limits)}。")
    return numbers


def same_rows(*columns: tuple[str, Any]) -> pd.Index | None:
    """几列（名字，值）要逐行对应：一样长，带行标签的各列标签逐行相同；交回标签，都不带时为 None。

    没有标签的（列表、数组、从 0 数的 Series）按先后次序对应。

    Raises
    ------
    ValueError
        不是一列、长短不一、标签不同。

    Examples
    --------
    >>> same_rows(("天数", pd.Series([3, 9], ["A1", "A2"])), ("离职", pd.Series([1, 0], ["A2", "A1"])))
    Traceback (most recent call last):
    ValueError: 第 1 行的标签不同（天数是 A1，离职是 A2）：请按同一列合并后再取。
    """
    for name, value in columns:
        if isinstance(value, str) or np.ndim(value) != 1:
            raise ValueError(f"{name}应是一列，但得到 {np.ndim(value)} 维：请只给一列。")
    if len({len(value) for _, value in columns}) > 1:
        listed = "，".join(f"{name}有 {len(value)} 个" for name, value in columns)
        raise ValueError(f"{listed}：请取自同一张表的同样几行。")
    labelled = [
        (name, value.index)
        for name, value in columns
        if isinstance(value, pd.Series) and not isinstance(value.index, pd.RangeIndex)
    ]
    for name, index in labelled[1:]:
        first, labels = labelled[0]
        if not labels.equals(index):
            row = int(np.flatnonzero(labels != index)[0])
            raise ValueError(
                f"第 {row + 1} 行的标签不同（{first}是 {labels[row]}，{name}是 {index[row]}）："
                "请按同一列合并后再取。"
            )
    return labelled[0][1] if labelled else None


def varies(values: Any, *sources: Any) -> bool:
    """这些数真有大有小吗：极差超过浮点误差才算，与单位、与数有多大无关。

    由别的数加减而来时，把那些数写在 ``sources`` 里：相减留下的误差随它们的大小，不随差的大小。

    Examples
    --------
    >>> varies([1e12, 1e12 + 1]), varies([1e-13, 2e-13])
    (True, True)
    >>> varies([0.1 + 0.2, 0.3]), varies([1e6 + 0.1 - 1e6, 0.1], 1e6)
    (False, False)
    """
    found = np.asarray(values, dtype=float)
    return bool(found.size) and float(np.ptp(found)) > rounding(found, *sources)


def rounding(*sources: Any) -> float:
    """这些数几次加减以后会留下多大的浮点误差；差不到这么多的当作相等。

    Examples
    --------
    >>> abs(0.1 + 0.2 - 0.3) < rounding(0.3) < 1e-13 < rounding(300) < 1e-11
    True
    """
    largest = [np.abs(np.asarray(one, dtype=float)).max(initial=0.0) for one in sources]
    return ROUNDING * float(max(largest))


def require_columns(table: pd.DataFrame, columns: Iterable[str], name: str = "数据表") -> None:
    """检查表里有这些列；缺了就说缺哪几列、现有哪几列。"""
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"{name}应是一张表（DataFrame），但得到 {type(table).__name__}。")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        have = "、".join(map(str, table.columns))
        raise ValueError(
            f"{name}缺少列：{'、'.join(missing)}。现有列：{have}。请改列名或补上这列。"
        )


def require_share(value: float, name: str) -> float:
    """一个比例，大于 0 小于 1，例如置信水平。

    Examples
    --------
    >>> require_share(95, "confidence")
    Traceback (most recent call last):
    ValueError: confidence 是 95，应大于 0 且小于 1，例如 0.95。
    """
    number = float(as_numbers(value, name))
    if not 0 < number < 1:
        raise ValueError(f"{name} 是 {number:g}，应大于 0 且小于 1，例如 0.95。")
    return number


def require_same_length(named: dict[str, Any]) -> None:
    """``same_rows`` 的另一个入口：几列要逐行对应，单个的数不管。

    Parameters
    ----------
    named : 名字 → 一个数或一列数。

    Raises
    ------
    ValueError
        不是一列、长短不一、行标签不一致。

    Examples
    --------
    >>> require_same_length({"来电量": [1, 2], "处理时长": [180]})
    Traceback (most recent call last):
    ValueError: 来电量有 2 个，处理时长有 1 个：请取自同一张表的同样几行。
    """
    same_rows(*((name, value) for name, value in named.items() if np.ndim(value)))


def align_labels(first: pd.Series, second: pd.Series) -> tuple[pd.Series, pd.Series]:
    """两列都带行标签时要逐行一致；只有一列带时另一列借用。

    Parameters
    ----------
    first, second : 等长的两列，各有名字。

    Returns
    -------
    tuple of Series
        行标签相同的两列。

    Raises
    ------
    ValueError
        都带行标签而有一行不同。

    Examples
    --------
    >>> one, two = align_labels(pd.Series([1, 2], ["甲", "乙"]), pd.Series([3, 4]))
    >>> two.index.tolist()
    ['甲', '乙']
    """
    labels = same_rows((str(first.name), first), (str(second.name), second))
    index = first.index if labels is None else labels
    return first.set_axis(index), second.set_axis(index)


def require_call_flow(
    offered: np.ndarray,
    answered: np.ndarray | None,
    fast: np.ndarray | None,
    abandoned: np.ndarray | None = None,
    short: np.ndarray | None = None,
) -> None:
    """一通来电只能有一个去处：各列要对得上。

    Parameters
    ----------
    offered, answered, fast : 各时段的呼入量、接起量、目标时间内的接起量。
    abandoned, short : 放弃量、短放弃量。没有的列给 None。

    Raises
    ------
    ValueError
        哪一段的部分多于全部。

    Examples
    --------
    >>> require_call_flow(np.array([10.0]), np.array([12.0]), None)
    Traceback (most recent call last):
    ValueError: 接起量第 1 个是 12，多于呼入量 10：请核对是否取错了列。
    """
    _at_most(answered, "接起量", offered, "呼入量")
    _at_most(fast, "目标内接起量", offered if answered is None else answered, "接起量")
    _at_most(short, "短放弃量", offered if abandoned is None else abandoned, "放弃量")
    if abandoned is not None and answered is not None:
        _at_most(abandoned + answered, "接起量与放弃量之和", offered, "呼入量")
    if short is not None and answered is not None:
        _at_most(short + answered, "接起量与短放弃量之和", offered, "呼入量")


def _where(position: int, ndim: int, labels: pd.Index | None) -> str:
    if ndim == 0:
        return ""
    if labels is not None and not isinstance(labels, pd.RangeIndex):
        return f"第 {position + 1} 个（{labels[position]}）"
    return f"第 {position + 1} 个"


def _at_most(part: np.ndarray | None, name: str, whole: np.ndarray, whole_name: str) -> None:
    if part is None:
        return
    bad = part > whole
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{name}第 {row + 1} 个是 {part[row]:g}，多于{whole_name} {whole[row]:g}："
            "请核对是否取错了列。"
        )

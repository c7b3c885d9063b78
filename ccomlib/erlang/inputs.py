"""排班参数的检查：哪一列、哪一个时段不对，该怎么改？"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ccomlib.validation import require_range, require_same_length

__all__ = [
    "DEFINITIONS",
    "Demand",
    "check_demand",
    "check_limits",
    "refuse_overload",
    "shaped",
    "single",
    "spread",
]

DEFINITIONS = {
    "of_offered": "目标秒数内接起 ÷ 全部来电",
    "of_answered": "目标秒数内接起 ÷ 接起的来电",
    "excluding_short_abandons": "目标秒数内接起 ÷（来电 − 目标秒数内放弃）",
    "wait_within": "1 − P(一直不挂的人要等超过目标秒数)",
}


class Demand(NamedTuple):
    """检查过的来电一侧：数或一列数，单位同 ``ccomlib.erlang``。"""

    calls: np.ndarray
    aht: np.ndarray
    interval: float
    target: np.ndarray
    patience: np.ndarray | None
    definition: str
    labels: pd.Index | None


def check_demand(calls, aht, interval, target, patience, definition, **others: Any) -> Demand:
    """检查数值、长短与行标签；others 只检查长短与标签。"""
    if definition not in DEFINITIONS:
        raise ValueError(
            f"服务水平口径（definition）是 {definition!r}：请用 {'、'.join(DEFINITIONS)} 之一。"
        )
    if np.ndim(interval):
        raise ValueError("时段长度（interval）应是一个数：一次计算里各时段同长。")
    require_range(interval, "时段长度（interval）", 0, above=True)
    named = {
        "来电量（calls）": calls,
        "平均处理时长（aht）": aht,
        "目标秒数（target）": target,
        "平均耐心（patience）": 0.0 if patience is None else patience,
        **others,
    }
    require_same_length(named)
    if np.size(calls) == 0:
        raise ValueError("来电量（calls）是空的：请检查筛选条件。")
    calls = require_range(calls, "来电量（calls）", 0)
    aht = require_range(aht, "平均处理时长（aht）", 0, above=True)
    target = require_range(target, "目标秒数（target）", 0)
    if patience is not None:
        patience = require_range(patience, "平均耐心（patience）", 0, above=True)
    labels = next((v.index for v in named.values() if isinstance(v, pd.Series)), None)
    return Demand(calls, aht, float(interval), target, patience, definition, labels)


def refuse_overload(agents: np.ndarray, load: np.ndarray, labels: pd.Index | None) -> None:
    """Erlang C 要求人数多于话务量；报出第一个不足的时段。"""
    agents, load = np.broadcast_arrays(agents, load)
    short = np.flatnonzero((load > 0) & (agents <= load))
    if not short.size:
        return
    row = int(short[0])
    where = f"第 {row + 1} 个时段" if load.ndim else ""
    if where and labels is not None and not isinstance(labels, pd.RangeIndex):
        where += f"（{labels[row]}）"
    n, a = agents.flat[row], load.flat[row]
    raise ValueError(
        f"{where}人数（agents）{n:g} 不多于话务量 {a:g} 爱尔兰，"
        f"Erlang C 下队伍会无限变长：请加人到至少 {int(a) + 1} 人，"
        "或改用 Erlang A（给出 patience）。"
    )


def check_limits(max_occupancy, max_asa, max_abandonment, patience) -> None:
    """检查三个可选的上限，各为一个数。"""
    limits = {
        "占用率上限（max_occupancy）": (max_occupancy, 1),
        "平均应答速度上限（max_asa）": (max_asa, np.inf),
        "放弃率上限（max_abandonment）": (max_abandonment, 1),
    }
    for name, (value, high) in limits.items():
        if np.ndim(value):
            raise ValueError(f"{name}应是一个数：各时段用同一个上限。")
        if value is not None:
            require_range(value, name, 0, high, above=True)
    if max_abandonment is not None and patience is None:
        raise ValueError(
            "放弃率上限（max_abandonment）要与平均耐心（patience）一起给：Erlang C 假设没有人放弃。"
        )


def spread(*values: Any) -> list[np.ndarray | None]:
    """把各参数铺成同长的一维浮点数组；None 原样留下。"""
    shape = np.broadcast_shapes(*(np.shape(v) for v in values if v is not None))
    return [
        None if v is None else np.broadcast_to(np.asarray(v, dtype=float), shape).reshape(-1)
        for v in values
    ]


def shaped(values: np.ndarray, ndim: int, kind: type = float) -> Any:
    """一维数组按输入的样子交回：数还是一列数。"""
    return values.astype(kind) if ndim else kind(values[0])


def single(values: np.ndarray | None) -> float | np.ndarray | None:
    """各行相同的参数收成一个数。"""
    if values is None:
        return None
    if values.size and (values == values[0]).all():
        return float(values[0])
    return np.array(values)

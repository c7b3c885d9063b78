"""计量的控制图：时长、分数这类量出来的数，过程稳不稳？"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers, same_rows

from .chart import ControlChart, build, make_chart
from .limits import Limits
from .reading import read_values
from .rules import Rule, read_rules

__all__ = ["special_causes", "xbar_r", "xbar_s", "xmr"]


def xmr(
    values: Any,
    *,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: str | Rule | Iterable[Rule] = "68135",
    median: bool = False,
    name: str | None = None,
) -> ControlChart:
    """每期一个数时过程稳不稳：单值与移动极差图（XmR）。

    Parameters
    ----------
    values : 一列数，按时间排好；给 Series 时用它的名字与行标签。
    baseline : 用哪些点算界限：None 全部；整数是前几点；切片按位置或行标签
        （如 ``slice("2025-01-01", "2025-03-31")``）；一列真假（或 1、0）逐点指定，可以剔除已查明原因的点。
    limits : 现成的界限：另一张同样的图，或 ``Limits("xmr", 中心, σ)``；与 baseline 只给一个。
    rules : 规则集的名字或几条 ``Rule``。
    median : 真时用移动极差的中位数估计 σ，不怕几个离群点。
    name : 画的是什么；不给就用列名。

    Returns
    -------
    ControlChart
        配图是移动极差图；``extend(新的一列)`` 用同样的界限接着画。

    Raises
    ------
    ValueError
        空值、基期没有波动、基期不足 2 点、界限不是同一种图。

    Notes
    -----
    σ = MR̄ ÷ d2（1.128），界限 = 平均 ± 3σ = 平均 ± 2.66·MR̄；移动极差上限 = 3.267·MR̄。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 6.4；Wheeler, Understanding Variation。

    Examples
    --------
    >>> chart = xmr([52, 48, 55, 50, 47, 53, 49, 51, 58, 46])
    >>> round(float(chart.upper.iloc[0]), 1), round(float(chart.lower.iloc[0]), 1)
    (65.7, 36.1)
    >>> later = chart.extend([54, 70])
    >>> later.signals[["序号", "规则", "方向"]].values.tolist()
    [[12, '1', '上']]
    """
    return make_chart(
        "xmr", values, baseline=baseline, limits=limits, rules=rules, median=median, name=name
    )


def xbar_r(
    table: Any,
    *,
    value: str | None = None,
    subgroup: str | None = None,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: str | Rule | Iterable[Rule] = "68135",
    name: str | None = None,
) -> ControlChart:
    """每期抽几个数时过程稳不稳：均值与极差图（每组 2 到 10 个）。

    Parameters
    ----------
    table : 宽表，一行一组、一列一个样本；或长表，一行一个数。
    value, subgroup : 长表的数值列与分组列（如 ``"质检分"``、``"日期"``）；组按先后次序。
    baseline, limits, rules, name : 同 ``xmr``。

    Returns
    -------
    ControlChart
        配图是极差图；各组个数可以不同。

    Raises
    ------
    ValueError
        某组只有 1 个数、空值、组内没有波动。

    Notes
    -----
    σ = R̄ ÷ d2，界限 = 总平均 ± 3σ/√n = 总平均 ± A2·R̄；各组个数不同时各组的 R/d2 加权平均。
    组内的数应在同样的条件下取得，否则界限太宽或太窄。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 6.2；Burr (1969)。

    Examples
    --------
    >>> chart = xbar_r([[85, 88, 90], [84, 91, 87], [86, 89, 88], [90, 85, 86]])
    >>> round(chart.limits.center, 2), round(chart.limits.sigma, 2)
    (87.42, 2.95)
    """
    return make_chart(
        "xbar_r", table, value=value, subgroup=subgroup, baseline=baseline, limits=limits,
        rules=rules, name=name,
    )  # fmt: skip


def xbar_s(
    table: Any,
    *,
    value: str | None = None,
    subgroup: str | None = None,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: str | Rule | Iterable[Rule] = "68135",
    name: str | None = None,
) -> ControlChart:
    """每期抽得多、或各期个数不同时过程稳不稳：均值与标准差图。

    Parameters
    ----------
    table : 宽表，一行一组、一列一个样本；或长表，一行一个数。
    value, subgroup : 长表的数值列与分组列；组按先后次序。
    baseline, limits, rules, name : 同 ``xmr``。

    Returns
    -------
    ControlChart
        配图是标准差图。

    Raises
    ------
    ValueError
        某组只有 1 个数、空值、组内没有波动。

    Notes
    -----
    σ = S̄ ÷ c4，界限 = 总平均 ± 3σ/√n = 总平均 ± A3·S̄；各组个数不同时各组的 S/c4 加权平均。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 6.3；Burr (1969)。

    Examples
    --------
    >>> scores = pd.DataFrame({"日期": [1, 1, 1, 2, 2, 3, 3], "质检分": [80, 85, 90, 82, 88, 79, 86]})
    >>> chart = xbar_s(scores, value="质检分", subgroup="日期")
    >>> chart.source["n"].tolist(), chart.companion.title
    ([3.0, 2.0, 2.0], '标准差图（质检分）')
    """
    return make_chart(
        "xbar_s", table, value=value, subgroup=subgroup, baseline=baseline, limits=limits,
        rules=rules, name=name,
    )  # fmt: skip


def special_causes(
    values: Any,
    center: Any,
    sigma: Any,
    *,
    rules: str | Rule | Iterable[Rule] = "68135",
    name: str | None = None,
) -> ControlChart:
    """中心线与 σ 已经知道时，哪些点有特殊原因：只判规则，不算界限。

    Parameters
    ----------
    values : 一列数，按时间排好；一百万点也只要零点几秒。
    center, sigma : 一个数，或与 values 一样长的一列（界限逐点不同时）。
    rules : 规则集的名字或几条 ``Rule``。
    name : 画的是什么。

    Returns
    -------
    ControlChart
        ``signals`` 每个（点，规则，方向）一行。

    Raises
    ------
    ValueError
        空值、长短不一、行标签不同、sigma 不大于 0。

    Notes
    -----
    z = (数值 − 中心线) ÷ σ；超限、同侧、区域看 z，趋势看数值。

    References
    ----------
    Western Electric (1956)；Nelson (1984)；Montgomery 5.3。

    Examples
    --------
    >>> chart = special_causes([0, 0, 3.01, 1, 2.1], 0, 1)
    >>> chart.signals[["序号", "规则", "方向"]].values.tolist()
    [[3, '1', '上'], [5, '3', '上']]
    """
    found = read_values(values, "数值")
    each = [(name, one) for name, one in (("center", center), ("sigma", sigma)) if np.ndim(one)]
    same_rows(("数值", values), *each)
    middle = np.broadcast_to(_one_or_each(center, "center"), len(found))
    spread = np.broadcast_to(_one_or_each(sigma, "sigma"), len(found))
    if not (spread > 0).all():
        row = int(np.flatnonzero(~(spread > 0))[0])
        raise ValueError(f"sigma 第 {row + 1} 个是 {spread[row]:g}，应大于 0。")
    label = name if name is not None else str(found.name or "")
    source = pd.DataFrame({"值": found, "中心": middle, "σ": spread})
    limits = Limits("given", float(middle[0]), float(spread[0]))
    return build(limits, source, np.zeros(len(found), dtype=bool), read_rules(rules), label)


def _one_or_each(value: Any, name: str) -> np.ndarray:
    return read_values(value, name).to_numpy() if np.ndim(value) else as_numbers(value, name)

"""排班：给定话量，要几个人，服务得怎样？

单位：来电量是每个时段的通数，时长是秒，话务量是爱尔兰（同时在处理的通数）。
参数可以是一个数或一列数（等长，逐时段计算）。
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ccomlib.erlang.error_cost import ErrorCost, cost_of_error
from ccomlib.erlang.formulas import inverse_b, measures
from ccomlib.erlang.inputs import (
    DEFINITIONS,
    check_demand,
    check_limits,
    refuse_overload,
    shaped,
    single,
    spread,
)
from ccomlib.erlang.patience import Patience, estimate_patience
from ccomlib.erlang.performance_result import Performance, evaluate
from ccomlib.erlang.sizing import size_erlang_a, size_erlang_c
from ccomlib.erlang.spread_staffing import SpreadStaffing, agents_for_spread
from ccomlib.erlang.staffing import ServiceCurve, Staffing
from ccomlib.validation import require_range, require_same_length

__all__ = [
    "DEFINITIONS",
    "ErrorCost",
    "Patience",
    "Performance",
    "ServiceCurve",
    "SpreadStaffing",
    "Staffing",
    "agents_for_spread",
    "cost_of_error",
    "erlang_b",
    "erlang_c",
    "estimate_patience",
    "offered_load",
    "performance",
    "required_agents",
    "service_curve",
]


def offered_load(calls: Any, aht: Any, interval: float = 1800) -> float | np.ndarray:
    """话务量：平均有几通电话同时在处理？

    a = 来电量 × 平均处理时长 ÷ 时段长度。

    Parameters
    ----------
    calls : 每个时段的来电量（通）。
    aht : 平均处理时长（秒）。
    interval : 时段长度（秒），默认半小时。

    Returns
    -------
    话务量（爱尔兰），形状随输入。

    Examples
    --------
    >>> offered_load(100, 180)
    10.0
    """
    require_range(interval, "时段长度（interval）", 0, above=True)
    require_same_length({"来电量（calls）": calls, "平均处理时长（aht）": aht})
    calls = require_range(calls, "来电量（calls）", 0)
    return _plain(calls * require_range(aht, "平均处理时长（aht）", 0, above=True) / interval)


def erlang_b(agents: Any, load: Any) -> float | np.ndarray:
    """Erlang B：没有排队位置时，来电遇忙的概率。

    1/B = Γ(N+1, a) / (aᴺ e⁻ᵃ)，与递推 B_k = a·B_{k−1}/(k + a·B_{k−1}) 相同。

    Parameters
    ----------
    agents : 人数（线数），可为小数。
    load : 话务量（爱尔兰）。

    Returns
    -------
    概率，形状随输入。

    References
    ----------
    Jagerman (1974), Some properties of the Erlang loss function（人数为实数的延拓）。

    Examples
    --------
    >>> round(erlang_b(10, 5), 5)
    0.01838
    """
    n, a = _agents_and_load(agents, load)
    busy = np.zeros(n.shape)
    some = a > 0
    busy[some] = 1 / inverse_b(n[some], a[some])
    busy[n == 0] = 1.0
    return _plain(busy)


def erlang_c(agents: Any, load: Any) -> float | np.ndarray:
    """Erlang C：来电者都肯等时，要排队的概率。

    C = N·B / (N − a·(1 − B))；人数不多于话务量时队伍无限变长，概率为 1。

    Parameters
    ----------
    agents : 人数，可为小数。
    load : 话务量（爱尔兰）。

    Returns
    -------
    概率，形状随输入。

    References
    ----------
    Erlang (1917)；Gross 等《Fundamentals of Queueing Theory》M/M/c。

    Examples
    --------
    >>> round(erlang_c(14, 10), 6)
    0.174132
    """
    n, a = _agents_and_load(agents, load)
    flat_n, flat_a = n.ravel(), a.ravel()
    one = np.ones(flat_n.size)
    found = measures(flat_n, flat_a, one, one, None, "of_offered")
    return _plain(found.wait_probability.reshape(n.shape))


def performance(
    calls: Any,
    aht: Any,
    agents: Any,
    *,
    interval: float = 1800,
    target: Any = 20,
    patience: Any = None,
    definition: str = "of_offered",
) -> Performance:
    """有这么多人，服务得怎样？

    Parameters
    ----------
    calls, aht, agents : 来电量（通）、平均处理时长（秒）、同时在线人数（可为小数）。
    interval : 时段长度（秒）。
    target : 服务水平的目标秒数。
    patience : 来电者的平均耐心（秒）。不给用 Erlang C（没有人放弃）；
        给出则用 Erlang A（耐心服从指数分布），人数可以少于话务量。
    definition : 服务水平的口径，见 ``DEFINITIONS``；Erlang C 下各口径相同。

        - "of_offered"：目标秒数内接起 ÷ 全部来电（默认）
        - "of_answered"：目标秒数内接起 ÷ 接起的来电
        - "excluding_short_abandons"：目标秒数内接起 ÷（来电 − 目标秒数内放弃）
        - "wait_within"：假如一直不挂，等待不超过目标秒数的概率

    Returns
    -------
    Performance
        各项为数（标量输入）或数组；``mean_wait`` 是全部来电的平均等待，
        ``asa`` 只算接起的来电。

    Raises
    ------
    ValueError
        数值不合法，或 Erlang C 里人数不多于话务量。

    Notes
    -----
    Erlang C：SL = 1 − C·e^{−(N−a)T/AHT}，ASA = C·AHT/(N−a)。
    Erlang A：放弃率 = 平均等待 ÷ 平均耐心，占用率 = a(1 − 放弃率)/N。
    没有人时（N = 0）等的人全部放弃。

    References
    ----------
    Palm (1957)；Mandelbaum & Zeltyn (2007), Service engineering in action: the
    Palm/Erlang-A queue。

    Examples
    --------
    >>> print(performance(100, 180, 11, patience=120))
    100 通来电、平均处理 180 秒、11 人时，20 秒服务水平 74.2%，平均应答 9.8 秒，\
占用率 82.3%，放弃率 9.4%（Erlang A：假设来电者平均耐心 120 秒）。
    """
    demand = check_demand(
        calls, aht, interval, target, patience, definition, **{"人数（agents）": agents}
    )
    staff = require_range(agents, "人数（agents）", 0)
    if patience is None:
        refuse_overload(staff, demand.calls * demand.aht / demand.interval, demand.labels)
    return evaluate(demand, staff)


def required_agents(
    calls: Any,
    aht: Any,
    *,
    service_level: Any = 0.8,
    target: Any = 20,
    interval: float = 1800,
    patience: Any = None,
    max_occupancy: float | None = None,
    max_asa: float | None = None,
    max_abandonment: float | None = None,
    shrinkage: Any = 0.0,
    definition: str = "of_offered",
) -> Staffing:
    """要几个人才达标？

    Parameters
    ----------
    calls, aht, interval, target, patience, definition : 同 ``performance``。
    service_level : 服务水平目标，小于 1 的比例；80% 在 20 秒内接起是行业惯例、教学约定。
        0 表示不设。
    max_occupancy : 占用率上限（比例），不给则不限。
    max_asa : 平均应答速度上限（秒，只算接起的来电）。
    max_abandonment : 放弃率上限（比例），要有 ``patience`` 才有意义。
    shrinkage : 损耗率：付薪时间里不能接电话的比例。

    Returns
    -------
    Staffing
        ``agents`` 同时在线人数（没有来电为 0），``fractional`` 恰好达标的小数人数，
        ``scheduled`` = ⌈agents ÷ (1 − 损耗率)⌉，``performance`` 与 ``one_fewer``
        是该人数与少一人时的表现。

    Raises
    ------
    ValueError
        数值不合法，或目标无法达到（服务水平 100%、Erlang C 下限制放弃率）。

    Notes
    -----
    各项指标随人数单调改善，所以“最少人数”有定义。``fractional`` 把爱尔兰公式延拓到实数人数
    （Jagerman 1974）后求根，误差小于 1e-8；几个队列先加小数再进位，免得每队都进一。

    Examples
    --------
    >>> staffing = required_agents(100, 180, shrinkage=0.3)
    >>> staffing.agents, staffing.scheduled
    (14, 20)
    >>> required_agents([0, 100, 200], [180, 180, 240]).agents.tolist()
    [0, 14, 32]
    """
    others = {"服务水平目标（service_level）": service_level, "损耗率（shrinkage）": shrinkage}
    demand = check_demand(calls, aht, interval, target, patience, definition, **others)
    wanted = require_range(service_level, "服务水平目标（service_level）", 0, 1, below=True)
    lost = require_range(shrinkage, "损耗率（shrinkage）", 0, 1, below=True)
    check_limits(max_occupancy, max_asa, max_abandonment, patience)
    inputs = (demand.calls, demand.aht, demand.target, demand.patience, wanted, lost)
    ndim = max(np.ndim(v) for v in inputs)
    calls, aht, target, patience, wanted, lost = spread(*inputs)
    load = calls * aht / demand.interval
    limits = (max_occupancy, max_asa, max_abandonment)
    if patience is None:
        agents = size_erlang_c(load, aht, target, wanted, *limits)
    else:
        agents = size_erlang_a(load, aht, target, patience, wanted, definition, *limits)
    # 减 1e-9：21 ÷ (1 − 0.3) 在浮点里略大于 30，不该进成 31
    scheduled = np.ceil(agents / (1 - lost) - 1e-9)
    return Staffing(
        calls=shaped(calls, ndim),
        aht=shaped(aht, ndim),
        load=shaped(load, ndim),
        agents=shaped(agents, ndim, int),
        scheduled=shaped(scheduled, ndim, int),
        service_level=single(wanted),
        target=single(target),
        patience=single(patience),
        max_occupancy=max_occupancy,
        max_asa=max_asa,
        max_abandonment=max_abandonment,
        shrinkage=single(lost),
        interval=demand.interval,
        definition=definition,
        labels=demand.labels,
    )


def service_curve(
    calls: float,
    aht: float,
    agents_range: Iterable[float],
    *,
    interval: float = 1800,
    target: float = 20,
    patience: float | None = None,
    definition: str = "of_offered",
) -> ServiceCurve:
    """多一个人、少一个人，差多少？

    Parameters
    ----------
    calls, aht : 一个时段的来电量（通）与平均处理时长（秒）。
    agents_range : 要比较的人数，如 ``range(10, 21)``。
    interval, target, patience, definition : 同 ``performance``。

    Returns
    -------
    ServiceCurve
        Erlang C 里人数不多于话务量的点画为服务水平 0、占用率 100%。

    Examples
    --------
    >>> curve = service_curve(100, 180, range(12, 16))
    >>> curve.performance.service_level.round(3).tolist()
    [0.64, 0.796, 0.888, 0.941]
    """
    numbers = {
        "来电量（calls）": calls,
        "平均处理时长（aht）": aht,
        "目标秒数（target）": target,
        "平均耐心（patience）": patience,
    }
    for name, value in numbers.items():
        if np.ndim(value):
            raise ValueError(f"{name}应是一个数：一条曲线只讲一个时段，请逐个时段来画。")
    staff = require_range(list(agents_range), "人数（agents_range）", 0)
    if not staff.size:
        raise ValueError("人数（agents_range）是空的：请给出如 range(10, 21) 的范围。")
    demand = check_demand(calls, aht, interval, target, patience, definition)
    return ServiceCurve(evaluate(demand, np.sort(staff)))


def _agents_and_load(agents: Any, load: Any) -> tuple[np.ndarray, np.ndarray]:
    n = require_range(agents, "人数（agents）", 0)
    a = require_range(load, "话务量（load）", 0)
    try:
        n, a = np.broadcast_arrays(n, a)
    except ValueError:
        raise ValueError(
            f"人数（agents）形状 {n.shape} 与话务量（load）形状 {a.shape} 对不上：请给等长的列。"
        ) from None
    return n, a


def _plain(values: np.ndarray) -> float | np.ndarray:
    return values if np.ndim(values) else float(values)

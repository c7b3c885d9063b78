"""逐行找出达到全部目标的最少人数。"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ccomlib.erlang.formulas import inverse_b, inverse_b_whole, measures

__all__ = ["enough", "size_erlang_a", "size_erlang_c", "smallest"]

# 人数多过这么多，逐人递推不如直接用不完全伽马函数
WHOLE_LIMIT = 400


def enough(found, service_level, max_occupancy, max_asa, max_abandonment) -> np.ndarray:
    """哪些行已达到全部目标；1e-9 的余量只为消去浮点误差。"""
    good = found.service_level >= service_level - 1e-9
    if max_occupancy is not None:
        good &= found.occupancy <= max_occupancy + 1e-9
    if max_asa is not None:
        good &= found.asa <= max_asa * (1 + 1e-9)
    if max_abandonment is not None:
        good &= found.abandonment <= max_abandonment + 1e-9
    return good


def size_erlang_c(load, aht, target, wanted, max_occupancy, max_asa, _) -> np.ndarray:
    agents = np.floor(load) + 1
    if max_occupancy is not None:
        agents = np.maximum(agents, np.ceil(load / max_occupancy - 1e-9))
    agents[load == 0] = 0
    rows = np.flatnonzero(load > 0)
    n, a, service, seconds, level = (values[rows] for values in (agents, load, aht, target, wanted))
    # 占用率上限很低时人数远多于话务量，递推会溢出
    few = rows.size > 0 and max_occupancy is None and n.max() <= WHOLE_LIMIT
    inverse = inverse_b_whole(n, a) if few else inverse_b(n, a)
    while rows.size:
        gap = (n - a) / service
        wait = 1 / (1 + (n - a) / n * (inverse - 1))
        good = 1 - wait * np.exp(-gap * seconds) >= level - 1e-9
        if max_asa is not None:
            good &= wait <= max_asa * (1 + 1e-9) * gap
        agents[rows[good]] = n[good]
        rows, n, a, service, seconds, level, inverse = (
            values[~good] for values in (rows, n, a, service, seconds, level, inverse)
        )
        n = n + 1
        inverse = 1 + inverse * n / a
    return agents


def size_erlang_a(load, aht, target, patience, wanted, definition, *limits) -> np.ndarray:
    def ok(rows: np.ndarray, n: np.ndarray) -> np.ndarray:
        found = measures(
            n,
            load[rows],
            aht[rows],
            target[rows],
            patience[rows],
            definition,
            with_asa=limits[1] is not None,
        )
        return enough(found, wanted[rows], *limits)

    start = np.where(load > 0, np.ceil(load + 0.4 * np.sqrt(load)), 0)
    return smallest(ok, start)


def smallest(ok: Callable[[np.ndarray, np.ndarray], np.ndarray], start: np.ndarray) -> np.ndarray:
    """逐行求使 ok(行号, n) 成立的最小整数 n ≥ 0；ok 随 n 增大由假变真。"""
    high = start.astype(float)
    low = np.full(high.shape, -1.0)
    good = ok(np.arange(high.size), high)
    rising, falling, step = np.flatnonzero(~good), np.flatnonzero(good), 1
    while rising.size:
        low[rising] = high[rising]
        high[rising] += step
        rising, step = rising[~ok(rising, high[rising])], step * 2
    step = 1
    while (falling := falling[high[falling] > 0]).size:
        probe = np.maximum(high[falling] - step, 0)
        good = ok(falling, probe)
        low[falling[~good]] = probe[~good]
        high[falling[good]] = probe[good]
        falling, step = falling[good], step * 2
    while (open_rows := np.flatnonzero(high - low > 1)).size:
        middle = np.floor((high[open_rows] + low[open_rows]) / 2)
        good = ok(open_rows, middle)
        high[open_rows[good]] = middle[good]
        low[open_rows[~good]] = middle[~good]
    return high

"""排班公式的速度：一万个时段一次算完，比逐时段的 Python 循环快多少？

运行 ``python benchmarks/bench_erlang.py``；两边在同一次运行里计时，先核对答案相同，再看比值。
装有 pyworkforce 时一并比较（可选，不随课程安装）。
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from ccomlib import erlang

SIZE = 10_000


def best_of(run: Callable[[], object], times: int) -> tuple[float, object]:
    """取几次里最快的一次：（秒，答案）。"""
    seconds, answer = math.inf, None
    for _ in range(times):
        start = time.perf_counter()
        answer = run()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, answer


def plain_erlang_c(calls: float, aht: float) -> int:
    """80/20 的最少人数，课本写法。"""
    load = calls * aht / 1800
    if not load:
        return 0
    agents, blocking = 0, 1.0
    while True:
        agents += 1
        blocking = load * blocking / (agents + load * blocking)
        if agents > load:
            wait = agents * blocking / (agents - load * (1 - blocking))
            if 1 - wait * math.exp(-(agents - load) * 20 / aht) >= 0.8:
                return agents


def plain_erlang_a(calls: float, aht: float, patience: float) -> int:
    """80/20 的最少人数：逐状态求和，等待用到“前面还有 k 人”的条件分布，课本写法。"""
    load = calls * aht / 1800
    if not load:
        return 0
    agents = max(1, int(load * 0.7))
    while plain_level(agents, load, aht, patience) < 0.8:
        agents += 1
    return agents


def plain_level(agents: int, load: float, aht: float, patience: float, target: float = 20) -> float:
    """目标秒数内接起 ÷ 全部来电；密度在 [0, target] 上用辛普森法求积。"""
    rate, capacity, leave = load / aht, agents / aht, 1 / patience
    weight, below = 1.0, 1.0
    for k in range(1, agents):
        weight *= load / k
        below += weight
    at_full = weight * load / agents
    queue, term, k = 0.0, at_full, 0
    while term > 1e-14 * (below + queue) or k < 5:
        queue += term
        k += 1
        term *= rate / (capacity + k * leave)
    total = below + queue

    def density(t: float) -> float:
        push = rate / leave * -math.expm1(-leave * t) - (capacity + leave) * t
        return capacity * at_full / total * math.exp(push)

    steps = 20
    width = target / steps
    inner = sum((4 if i % 2 else 2) * density(i * width) for i in range(1, steps))
    return below / total + width / 3 * (density(0) + inner + density(target))


def report(name: str, peer: float, ours: float, note: str = "") -> None:
    """一行一个比值。"""
    print(f"{name:<34}{peer:>10.3f} s {ours:>9.4f} s {peer / ours:>9.0f} 倍  {note}")


def main() -> None:
    rng = np.random.default_rng(7)
    calls = rng.integers(0, 200, SIZE).astype(float)
    aht = rng.uniform(150, 350, SIZE).round()
    erlang.required_agents(5, 180, patience=60)
    print(f"{'一万个时段':<30}{'对手':>8}{'ccomlib':>12}{'比值':>8}")

    ours, found = best_of(lambda: erlang.required_agents(calls, aht).agents, 5)
    peer, other = best_of(
        lambda: [plain_erlang_c(c, h) for c, h in zip(calls, aht, strict=True)], 1
    )
    same = int((found == np.array(other)).sum())
    report("Erlang C 定员，Python 循环", peer, ours, f"相同 {same}/{SIZE}")

    some = 500
    ours, found = best_of(lambda: erlang.required_agents(calls, aht, patience=120).agents, 3)
    peer, other = best_of(
        lambda: [plain_erlang_a(c, h, 120) for c, h in zip(calls[:some], aht[:some], strict=True)],
        1,
    )
    same = int((found[:some] == np.array(other)).sum())
    note = f"相同 {same}/{some}，循环按 {some} 个时段外推"
    report("Erlang A 定员，Python 循环", peer * SIZE / some, ours, note)

    try:
        from pyworkforce.queuing import ErlangC
    except ImportError:
        print("pyworkforce 没有安装，略去。")
        return
    peer, other = best_of(
        lambda: [
            ErlangC(transactions=c, aht=h / 60, asa=20 / 60, interval=30).required_positions(
                service_level=0.8
            )["raw_positions"]
            for c, h in zip(calls[calls > 0], aht[calls > 0], strict=True)
        ],
        1,
    )
    ours, found = best_of(lambda: erlang.required_agents(calls, aht).agents, 5)
    same = int((found[calls > 0] == np.array(other)).sum())
    report("Erlang C 定员，pyworkforce", peer, ours, f"相同 {same}/{len(other)}")

    try:
        from pyworkforce.queuing import ErlangA
    except ImportError:
        print("pyworkforce 的 Erlang A 要 Python 3.12 以上：make bench BENCH_PYTHON=python3.12。")
        return
    few = np.flatnonzero(calls > 0)[:20]
    peer, other = best_of(
        lambda: [
            ErlangA(
                transactions=calls[k], aht=aht[k] / 60, asa=20 / 60, interval=30, patience=2
            ).required_positions(service_level=0.8)["raw_positions"]
            for k in few
        ],
        1,
    )
    ours, found = best_of(lambda: erlang.required_agents(calls, aht, patience=120).agents, 3)
    same = int((found[few] == np.array(other)).sum())
    note = f"相同 {same}/{len(few)}，对手按 {len(few)} 个时段外推"
    report("Erlang A 定员，pyworkforce", peer * SIZE / len(few), ours, note)


if __name__ == "__main__":
    main()

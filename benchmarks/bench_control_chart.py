"""判异规则的速度：一百万点的 6、8、1、3、5 一次判完，比逐点的 Python 循环快多少？

运行 ``python benchmarks/bench_control_chart.py``；两边在同一次运行里计时，先核对信号相同，再看比值。
装有 NelsonCheck 时一并比较（可选，不随课程安装；它的同侧规则是 9 点，另有三条不参加比较）。
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from ccomlib.control_chart import rule_set, special_causes

SIZE = 1_000_000
PART = 100_000


def best_of(run: Callable[[], object], times: int) -> tuple[float, object]:
    """取几次里最快的一次：（秒，答案）。"""
    seconds, answer = math.inf, None
    for _ in range(times):
        start = time.perf_counter()
        answer = run()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, answer


def plain_rules(z: list[float]) -> set[tuple[int, str, str]]:
    """逐点记住连续几点、窗口里几点，课本写法：（第几点，规则，方向）。"""
    found = set()
    up = down = high = low = 0
    before = math.nan
    two, four = deque(maxlen=3), deque(maxlen=5)
    for i, value in enumerate(z):
        up = up + 1 if value > before else 0
        down = down + 1 if value < before else 0
        high = high + 1 if value > 0 else 0
        low = low + 1 if value < 0 else 0
        two.append((value > 2) - (value < -2))
        four.append((value > 1) - (value < -1))
        before = value
        if up >= 5:
            found.add((i, "6", "升"))
        if down >= 5:
            found.add((i, "6", "降"))
        if high >= 8:
            found.add((i, "8", "上"))
        if low >= 8:
            found.add((i, "8", "下"))
        for side, sign in (("上", 1), ("下", -1)):
            if sign * value > 3:
                found.add((i, "1", side))
            if two[-1] == sign and two.count(sign) >= 2:
                found.add((i, "3", side))
            if four[-1] == sign and four.count(sign) >= 4:
                found.add((i, "5", side))
    return found


def report(name: str, peer: float, ours: float, note: str = "") -> None:
    """一行一个比值。"""
    print(f"{name:<34}{peer:>10.3f} s {ours:>9.4f} s {peer / ours:>9.0f} 倍  {note}")


def main() -> None:
    z = np.random.default_rng(7).standard_normal(SIZE)
    special_causes(z[:100], 0, 1)
    print(f"{'一百万点':<31}{'对手':>8}{'ccomlib':>12}{'比值':>8}")

    ours, chart = best_of(lambda: special_causes(z, 0, 1), 5)
    values = z.tolist()
    peer, expected = best_of(lambda: plain_rules(values), 1)
    table = chart.signals
    found = set(zip(table["序号"] - 1, table["规则"], table["方向"], strict=True))
    note = f"{len(found)} 个信号，相同 {len(found & expected)}/{len(expected)}"
    report("6、8、1、3、5，Python 循环", peer, ours, note)

    try:
        from NelsonCheck.NelsonCheck import NelsonCheck
    except ImportError:
        print("NelsonCheck 没有安装，略去。")
        return
    part = values[:PART]
    peer, other = best_of(
        lambda: NelsonCheck(data=part, CL=0, LCL=-3, UCL=3, exclude_rules=[4, 7, 8]), 1
    )
    nine = rule_set("68135", run=9)
    ours, chart = best_of(lambda: special_causes(z, 0, 1, rules=nine), 5)
    beyond = int((np.abs(z[:PART]) > 3).sum())
    theirs = sum(len(one.offenders) for one in other.violations if one.rule.num == 1)
    note = f"按 {PART:,} 点外推；超出 3σ {theirs}/{beyond}"
    report("6、9、1、3、5，NelsonCheck", peer * SIZE / PART, ours, note)


if __name__ == "__main__":
    main()

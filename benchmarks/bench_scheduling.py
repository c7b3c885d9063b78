"""排班的速度：与“一个模型交给 CP-SAT”的通常做法比，快多少、好多少？

运行 ``python benchmarks/bench_scheduling.py``（约两分钟）；两边在同一次运行里计时。
班次优化先核对最优值相同，再看比值；排班表比同样时间里的扣分。装有 pyworkforce 时一并比较（可选）。
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
from ortools.sat.python import cp_model

from ccomlib.centre import open_centre, shift_types
from ccomlib.criteria import evaluate
from ccomlib.rostering import Rules, Weights, build_roster
from ccomlib.rostering.exact import prove
from ccomlib.rostering.problem import make_problem
from ccomlib.scheduling import optimise_shifts, shift_coverage

DAYS, SLOTS, LIMIT = 7, 96, 30


def week(count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """7 天 × 96 个一刻钟的三峰需求；``count`` 个班次，8 小时加半小时用餐，开班时刻均匀错开。"""
    rng = np.random.default_rng(1)
    hour = np.arange(SLOTS) / 4
    peaks = ((60, 10, 2.5), (50, 15.5, 3), (25, 20, 2))
    shape = 20 + sum(h * np.exp(-(((hour - at) / wide) ** 2)) for h, at, wide in peaks)
    need = np.array([rng.poisson(shape * (1 + 0.1 * day % 0.3)) for day in range(DAYS)])
    slots = [_clock(15 * k) for k in range(SLOTS)]
    required = pd.DataFrame(need, pd.date_range("2026-03-02", periods=DAYS), slots)
    starts = [k * 24 * 60 // count // 15 * 15 for k in range(count)]
    shifts = pd.DataFrame(
        {
            "班次": [f"S{k:02d}" for k in range(count)],
            "上班": [_clock(start) for start in starts],
            "下班": [_clock(start + 510) for start in starts],
            "用餐开始": [_clock(start + 240) for start in starts],
            "用餐分钟": 30,
        }
    )
    return required, shifts


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def one_model(required: pd.DataFrame, shifts: pd.DataFrame) -> tuple[float, str]:
    """通常做法：七天放进一个 CP-SAT 模型，求 Σ|排班 − 需求| 最小。"""
    cover = shift_coverage(shifts, 15).to_numpy().astype(int)
    need = required.to_numpy().astype(int)
    model, gaps = cp_model.CpModel(), []
    for day in range(DAYS):
        heads = [model.new_int_var(0, int(need.max()), "") for _ in range(len(shifts))]
        for slot in range(SLOTS):
            staffed = cp_model.LinearExpr.weighted_sum(heads, cover[:, slot].tolist())
            gap = model.new_int_var(0, 10_000, "")
            model.add(gap >= staffed - int(need[day, slot]))
            model.add(gap >= int(need[day, slot]) - staffed)
            gaps.append(gap)
    model.minimize(cp_model.LinearExpr.sum(gaps))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = LIMIT
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    return solver.objective_value, "最优" if status == cp_model.OPTIMAL else "可行"


def compare_shifts(count: int) -> None:
    required, shifts = week(count)
    optimise_shifts(required.iloc[0], shifts, objective="absolute")
    start = time.perf_counter()
    plan = optimise_shifts(required, shifts, objective="absolute")
    ours = time.perf_counter() - start
    start = time.perf_counter()
    value, status = one_model(required, shifts)
    peer = time.perf_counter() - start
    print(
        f"7×96、{count} 个班次：CP-SAT 一个模型 {peer:.2f} s（{value:.0f}，{status}），"
        f"逐天 HiGHS {ours:.2f} s（{plan.objective:.0f}，{'最优' if plan.optimal else '可行'}），"
        f"{peer / ours:.0f} 倍"
    )
    try:
        from pyworkforce.scheduling import MinAbsDifference
    except ImportError:
        print("pyworkforce 没有安装，略去。")
        return
    cover = shift_coverage(shifts, 15).to_numpy().astype(int)
    names = dict(zip(shifts["班次"], cover.tolist(), strict=True))
    start = time.perf_counter()
    found = MinAbsDifference(
        num_days=DAYS,
        periods=SLOTS,
        shifts_coverage=names,
        required_resources=required.to_numpy().astype(int).tolist(),
        max_period_concurrency=300,
        max_shift_concurrency=300,
        max_search_time=float(LIMIT),
    ).solve()
    peer = time.perf_counter() - start
    print(
        f"7×96、{count} 个班次：pyworkforce {peer:.2f} s（{found['cost']:.0f}，{found['status']}），"
        f"{peer / ours:.0f} 倍"
    )


def people(agents: int, days: int) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    """一道排班题：六个班次，约七成人手在岗。"""
    shifts = shift_types().set_index("班次")
    names = ["早B", "早E", "中C", "中F", "晚D", "夜A"]
    share = np.array([0.15, 0.30, 0.20, 0.15, 0.12, 0.08])
    dates = pd.date_range("2026-03-02", periods=days)
    heads = int(agents * 0.69)
    counts = np.array([np.floor(share * heads * (1 if d % 7 < 5 else 0.9)) for d in range(days)])
    demand = pd.DataFrame(counts.astype(int), dates, names)
    return demand, [f"A{k:03d}" for k in range(agents)], shifts.loc[names].reset_index()


def compare_rosters(agents: int, days: int, seconds: float) -> None:
    demand, staff, shifts = people(agents, days)
    start = time.perf_counter()
    roster = build_roster(demand, staff, shifts, seconds=seconds)
    ours = time.perf_counter() - start
    problem = make_problem(demand, staff, shifts, Rules(), Weights(), None, None)
    start = time.perf_counter()
    proof = prove(problem, None, allow_shortfall=False, effort=seconds)
    peer = time.perf_counter() - start
    other = f"扣 {proof.objective} 分" if proof.rows is not None else "没有找到班表"
    print(
        f"{agents} 人 {days} 天：ccomlib {ours:.1f} s 扣 {roster.objective} 分；"
        f"整题交 CP-SAT {peer:.1f} s {other}"
    )


def main() -> None:
    for count in (24, 48, 72):
        compare_shifts(count)
    compare_rosters(20, 14, 3)
    compare_rosters(60, 28, 20)
    table = open_centre(2025).roster
    start = time.perf_counter()
    evaluate(table, shifts=shift_types())
    print(f"评班 240 人 28 天：{time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()

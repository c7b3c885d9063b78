"""整数规划：这张班表还能不能更好，究竟有没有合法的班表？（OR-Tools CP-SAT）

单线程、固定随机种子、按“确定性时间”停，结果与电脑快慢无关。
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ccomlib.rostering.problem import HARD, HISTORY, Problem

__all__ = ["Proof", "prove"]


@dataclass(frozen=True, eq=False)
class Proof:
    """求解的交代：``status`` 是 最优、可行、无解、未知 之一；有解时给出各行与下界。"""

    status: str
    rows: np.ndarray | None
    objective: int
    bound: float


def prove(
    problem: Problem, hint: np.ndarray | None, *, allow_shortfall: bool, effort: float
) -> Proof:
    """从 ``hint`` 出发求解至多 ``effort`` 个确定性时间单位（约一秒一个）。"""
    from ortools.sat.python import cp_model

    builder = _Builder(cp_model, problem, allow_shortfall)
    if hint is not None:
        builder.start_from(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = 30 * effort
    status = solver.solve(builder.model)
    if status == cp_model.INFEASIBLE:
        return Proof("无解", None, 0, 0.0)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Proof("未知", None, 0, 0.0)
    return Proof(
        "最优" if status == cp_model.OPTIMAL else "可行",
        builder.read(solver),
        round(solver.objective_value),
        float(solver.best_objective_bound),
    )


class _Builder:
    """一人一天一个班次（含休息）一个 0/1 变量；扣分的各项与 ``row_penalties`` 一致。"""

    def __init__(self, cp_model: Any, problem: Problem, allow_shortfall: bool) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.sum = cp_model.LinearExpr.sum
        self.weighted = cp_model.LinearExpr.weighted_sum
        self.terms: list[Any] = []
        self.costs: list[int] = []
        codes, shifts = len(problem.night), len(problem.shifts)
        self.x = [
            [[self.model.new_bool_var("") for _ in range(codes)] for _ in range(problem.days)]
            for _ in range(problem.agents)
        ]
        for agent in range(problem.agents):
            self._agent(agent)
        for day in range(problem.days):
            for shift in range(shifts):
                taken = self.sum([self.x[a][day][shift + 1] for a in range(problem.agents)])
                need = int(problem.demand[day, shift])
                if allow_shortfall:
                    missing = self.model.new_int_var(0, need, "")
                    self._charge(missing, problem.weights.shortfall)
                    taken += missing
                self.model.add(taken == need)
        self.model.minimize(self.weighted(self.terms, self.costs))

    def _charge(self, variable: Any, cost: int) -> None:
        if cost:
            self.terms.append(variable)
            self.costs.append(int(cost))

    def _unless(self, literals: list[Any], cost: int) -> None:
        """``literals`` 至少一个为真，否则扣 ``cost`` 分；代价为 HARD 时不许违反。"""
        if cost >= HARD:
            self.model.add_bool_or(literals)
        elif cost:
            broken = self.model.new_bool_var("")
            self.model.add_bool_or([*literals, broken])
            self._charge(broken, cost)

    def _agent(self, agent: int) -> None:
        problem, x = self.problem, self.x[agent]
        rules, weights = problem.rules, problem.weights
        for day, codes in enumerate(x):
            self.model.add_exactly_one(codes)
            for code, variable in enumerate(codes):
                cost = int(problem.place_cost[agent, HISTORY + day, code])
                if cost >= HARD:
                    self.model.add(variable == 0)
                else:
                    self._charge(variable, cost)
        past = problem.history[agent]
        true, false = self.model.new_constant(1), self.model.new_constant(0)
        off = [true if code == 0 else false for code in past] + [codes[0] for codes in x]
        nights = np.flatnonzero(problem.night)
        no_night = [false if problem.night[code] else true for code in past]
        for codes in x:
            free = self.model.new_bool_var("")
            self.model.add(self.sum([codes[k] for k in nights]) + free == 1)
            no_night.append(free)
        self._windows(off, rules.max_consecutive_days + 1, HARD)
        self._windows(off, rules.preferred_consecutive_days + 1, weights.consecutive_days)
        self._windows(no_night, rules.max_consecutive_nights + 1, weights.consecutive_nights)
        for day in range(HISTORY - 1, HISTORY + problem.days - 1):
            before, after = off[day - 1], off[day + 1]
            self._unless([~off[day], before, after], weights.isolated_rest)
        self._steps(x, past)
        for week in problem.weeks:
            self.model.add(self.sum([off[day] for day in week]) >= rules.weekly_rest_days)
        self._loads(agent, x, nights)

    def _windows(self, marks: list[Any], length: int, cost: int) -> None:
        for end in range(max(HISTORY, length - 1), len(marks)):
            self._unless(marks[end - length + 1 : end + 1], cost)

    def _steps(self, x: list[list[Any]], past: np.ndarray) -> None:
        """相邻两天：前一天的班与后一天任一个不合适的班同在，就扣分。"""
        for kind in (1, 2, 3):
            bad = self.problem.step_kind == kind
            cost = int(self.problem.step_cost[bad].max()) if bad.any() else 0
            if not cost:
                continue
            later = [np.flatnonzero(row) for row in bad]
            for code in later[past[-1]]:
                self._unless([~x[0][code]], cost)
            for today, tomorrow in pairwise(x):
                broken = self.model.new_bool_var("") if cost < HARD else 0
                for code, codes in enumerate(later):
                    if codes.size:
                        both = self.sum([today[code], *(tomorrow[k] for k in codes)])
                        self.model.add(both <= 1 + broken)
                if cost < HARD:
                    self._charge(broken, cost)

    def _loads(self, agent: int, x: list[list[Any]], nights: np.ndarray) -> None:
        problem, days = self.problem, range(self.problem.days)
        weekend = [day for day in days if problem.weekend[HISTORY + day]]
        minutes = self.weighted(
            [x[day][code] for day in days for code in range(1, len(problem.minutes))],
            [int(value) for _ in days for value in problem.minutes[1:]],
        )
        self.model.add(minutes <= int(problem.max_minutes[agent]))
        loads = (
            (self.sum([x[day][k] for day in days for k in nights]), 1),
            (len(weekend) - self.sum([x[day][0] for day in weekend]), 1),
            (minutes, problem.unit),
        )
        for row, (load, unit) in enumerate(loads):
            low, high = (int(value) for value in problem.target[row, agent])
            off_by = self.model.new_int_var(0, problem.days * 24 * 60, "")
            self.model.add(unit * off_by >= load - high)
            self.model.add(unit * off_by >= low - load)
            self._charge(off_by, problem.weights.fairness)

    def start_from(self, rows: np.ndarray) -> None:
        """把已有的班表作为起点。"""
        for agent, x in enumerate(self.x):
            for day, codes in enumerate(x):
                for code, variable in enumerate(codes):
                    self.model.add_hint(variable, bool(rows[agent, HISTORY + day] == code))

    def read(self, solver: Any) -> np.ndarray:
        """解出来的班次代码，形状 (A, L)。"""
        codes = np.array(
            [[[solver.boolean_value(v) for v in codes] for codes in x] for x in self.x]
        ).argmax(axis=2)
        end = np.zeros((len(codes), 1), dtype=np.int64)
        return np.concatenate([self.problem.history, codes, end], axis=1)

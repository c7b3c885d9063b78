"""局部搜索：怎样很快把一张合格的班表改好？

同一天里两个人对换班次，各班次的人数不变。每一步取两个人，比较他们所有“一段日子整段对换”的结果，
按玻尔兹曼概率选一个（模拟退火的热浴法）；扣分用前缀和与位运算一次算完。步数固定、随机种子固定，
所以结果与电脑快慢无关。
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ccomlib.rostering.problem import HARD, HISTORY, Problem, row_score

__all__ = ["Annealer"]

HOT, COLD = 2.0, 0.15


class Annealer:
    """一张正在改的班表。``ghosts`` 是“缺口”行数：派不出去的班放在那里，一个扣 shortfall 分。"""

    def __init__(self, problem: Problem, rows: np.ndarray, ghosts: int) -> None:
        self.problem = problem
        self.rows = rows
        agents, extra = problem.agents, ghosts
        size = rows.shape[1]

        def grow(array: np.ndarray, fill: int) -> np.ndarray:
            more = np.full((extra, *array.shape[1:]), fill, dtype=array.dtype)
            return np.concatenate([array, more])

        self.place = grow(problem.place_cost, problem.weights.shortfall)
        self.place[agents:, :, 0] = 0
        self.real = np.arange(agents + extra) < agents
        self.low, self.high = (
            np.stack([grow(problem.target[k, :, side], 0) for k in range(3)]) for side in (0, 1)
        )
        self.limit = grow(problem.max_minutes, 0)
        bits = np.uint64(1) << np.arange(size, dtype=np.uint64)
        self.bits = bits
        self.inside = bits[HISTORY:-1].sum(dtype=np.uint64)
        self.near = self.inside | bits[HISTORY - 1]
        self.near &= ~bits[-2]
        self.weeks = [bits[week].sum(dtype=np.uint64) for week in problem.weeks]
        self.score = np.array([self._score_row(agent) for agent in range(len(rows))])

    @property
    def objective(self) -> int:
        """全表的扣分。"""
        return int(self.score.sum())

    def run(
        self,
        steps: int,
        rng: np.random.Generator,
        *,
        hot: float = HOT,
        deadline: float = np.inf,
        report: Callable[[int, int, int], None] | None = None,
    ) -> bool:
        """改 ``steps`` 步，留下见过的最好的一张；超过 ``deadline`` 提前停并交回 False。"""
        best, kept = self.objective, self.rows.copy()
        every = max(1, steps // 100)
        finished = True
        for step in range(steps):
            if step % every == 0:
                if report:
                    report(step, steps, best)
                if time.monotonic() > deadline:
                    finished = False
                    break
            heat = hot * (COLD / hot) ** (step / steps)
            one, two = self._pick(rng)
            self._swap(one, two, heat, rng.random())
            now = self.objective
            if now < best:
                best, kept = now, self.rows.copy()
                if best == 0:
                    break
        self.rows = kept
        self.score = np.array([self._score_row(agent) for agent in range(len(kept))])
        if report:
            report(steps, steps, self.objective)
        return finished

    def _pick(self, rng: np.random.Generator) -> tuple[int, int]:
        one = int(rng.integers(len(self.rows)))
        two = int(rng.integers(len(self.rows) - 1))
        return one, two + (two >= one)

    def _swap(self, one: int, two: int, heat: float, draw: float) -> None:
        mine, other = self.rows[one], self.rows[two]
        differ = np.flatnonzero(mine != other)
        differ = differ[differ >= HISTORY]
        if not differ.size:
            return
        first, last = (differ[part] for part in _triangle(len(differ)))
        cost = self._after_swap(one, two, first, last)
        gain = cost.sum(axis=0) - self.score[[one, two]].sum()
        lowest = min(0, int(gain.min()))
        chance = np.cumsum(np.exp((lowest - gain) / heat))
        stay = np.exp(lowest / heat)
        choice = int(np.searchsorted(chance, draw * (chance[-1] + stay)))
        if choice == len(chance):
            return
        window = slice(first[choice], last[choice] + 1)
        mine[window], other[window] = other[window].copy(), mine[window].copy()
        self.score[[one, two]] = cost[:, choice]

    def _after_swap(self, one: int, two: int, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """两个人对换每一段 [first, last] 之后各自的扣分，形状 (2, 段数)。"""
        problem, pair = self.problem, [one, two]
        rows, columns = self.rows[pair], np.arange(self.rows.shape[1])
        other = rows[::-1]
        placed = self.place[[[one], [two]], columns, rows]
        swapped = self.place[[[one], [two]], columns, other]
        loads = np.stack(
            [problem.night[rows], (rows > 0) & problem.weekend, problem.minutes[rows]]
        ).astype(np.int64)
        loads[:, :, :HISTORY] = 0
        steps = problem.step_cost[rows[:, :-1], rows[:, 1:]]
        stack = np.concatenate([swapped - placed, loads[:, 1] - loads[:, 0]])
        change = _prefix(stack)
        change = change[:, last + 1] - change[:, first]
        chain = _prefix(steps)
        cost = placed.sum(axis=1)[:, None] + change[:2]
        joined = steps[:, HISTORY - 1 :].sum(axis=1)[:, None]
        joined = joined - (chain[:, last + 1] - chain[:, first - 1])
        joined = joined + (chain[::-1, last] - chain[::-1, first])
        joined += problem.step_cost[rows[:, first - 1], other[:, first]]
        joined += problem.step_cost[other[:, last], rows[:, last + 1]]
        total = loads.sum(axis=2)[:, :, None] + change[2:, None, :] * _SIGN
        mask = _masks(self.bits, first, last)
        work, night = (
            np.where(mark, self.bits, np.uint64(0)).sum(axis=1, dtype=np.uint64)
            for mark in (rows > 0, problem.night[rows])
        )
        work, night = (w[:, None] ^ ((w[0] ^ w[1]) & mask) for w in (work, night))
        rest = joined + self._loads(pair, total) + self._patterns(work, night)
        return cost + rest * self.real[pair][:, None]

    def _loads(self, pair: list[int], total: np.ndarray) -> np.ndarray:
        """公平与工时上限；``total`` 形状 (3, 2, 段数)。"""
        unit = self.problem.unit
        low, high = self.low[:, pair, None], self.high[:, pair, None]
        off_by = np.maximum(np.maximum(total - high, low - total), 0)
        over = np.maximum(total[2] - self.limit[pair][:, None], 0)
        fair = off_by[0] + off_by[1] - (-off_by[2] // unit)
        return self.problem.weights.fairness * fair - HARD * (-over // unit)

    def _patterns(self, work: np.ndarray, night: np.ndarray) -> np.ndarray:
        """连续、单休这些要看前后几天的；每行是一个整数的各位。"""
        rules, weights = self.problem.rules, self.problem.weights
        one = np.uint64(1)
        few, many = sorted((rules.preferred_consecutive_days, rules.max_consecutive_days))
        short = _runs(work, few + 1)
        long = _extend(short, work, few + 1, many + 1)
        if rules.preferred_consecutive_days > rules.max_consecutive_days:
            short, long = long, short
        cost = weights.consecutive_days * _count(short & self.inside)
        cost += HARD * _count(long & self.inside)
        cost += weights.consecutive_nights * _count(
            _runs(night, rules.max_consecutive_nights + 1) & self.inside
        )
        alone = ~work & (work << one) & (work >> one) & self.near
        cost += weights.isolated_rest * _count(alone)
        for week in self.weeks:
            cost += HARD * np.maximum(_count(work & week) - 7 + rules.weekly_rest_days, 0)
        return cost

    def _score_row(self, agent: int) -> int:
        if self.real[agent]:
            return row_score(self.problem, agent, self.rows[agent])
        return self.problem.weights.shortfall * int((self.rows[agent] > 0).sum())


_SIGN = np.array([1, -1])[:, None]


@lru_cache(maxsize=128)
def _triangle(size: int) -> tuple[np.ndarray, np.ndarray]:
    return np.triu_indices(size)


def _prefix(values: np.ndarray) -> np.ndarray:
    sums = np.zeros((values.shape[0], values.shape[1] + 1), dtype=np.int64)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _masks(bits: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    return (bits[last] << np.uint64(1)) - bits[first]


def _runs(marks: np.ndarray, length: int) -> np.ndarray:
    """末位落在各位上的、长为 ``length`` 的连续段。"""
    return _extend(marks, marks, 1, length)


def _extend(runs: np.ndarray, marks: np.ndarray, have: int, length: int) -> np.ndarray:
    for shift in range(have, length):
        runs = runs & (marks << np.uint64(shift))
    return runs


def _count(bits: np.ndarray) -> np.ndarray:
    return np.bitwise_count(bits).astype(np.int64)

"""排班表怎样做出来：先算账，再局部搜索，小题目求最优。"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.rostering.anneal import Annealer
from ccomlib.rostering.exact import prove
from ccomlib.rostering.feasibility import check_daily_hours, check_possible, least_shortfall
from ccomlib.rostering.problem import HARD, HISTORY, Problem, make_problem, row_penalties
from ccomlib.rostering.result import Roster, make_roster
from ccomlib.rostering.rules import Rules, Weights
from ccomlib.validation import require_range

__all__ = ["build_roster", "first_rows"]

STEPS_PER_SECOND = 1000
STEPS_PER_CELL = 40
SMALL = 600


def build_roster(
    demand: pd.DataFrame,
    agents: Any,
    shifts: pd.DataFrame,
    *,
    rules: Rules | None = None,
    weights: Weights | None = None,
    requests: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
    allow_shortfall: bool = False,
    seconds: float = 20,
    seed: int = 0,
    progress: bool | Callable[[float, int], None] | None = None,
) -> Roster:
    """把每天各班次的人数派到人：合法、合意、公平。

    硬：每天各班次恰好这么多人，一人一天至多一班，每日与每周平均工时、每周休息、连续天数、
    班次不重叠。软：min Σ 权重 × 违反次数（申请、班间休息、连续夜班、单休、开班跳动、公平）。

    Parameters
    ----------
    demand : 日期 × 班次 的人数（如 ``optimise_shifts(...).counts``），或列为 日期、班次、人数 的长表；
        日期连续，至多 56 天。
    agents : 工号的列表，或名单表：工号，可有 当量（0 到 1，1 是全职）、可上夜班（是/否）、
        最晚下班（如 22:00：晚于它下班的班不派给这个人）。
    shifts : 班次表，列 班次、上班、下班，可有 用餐开始、用餐分钟。
    rules, weights : 界限与软约束的权重，缺省 ``Rules()``、``Weights()``。
    requests : 申请表，列 工号、日期、申请（“休”或班次名）。
    previous : 上一期的班表（工号、日期、班次），取最后 6 天接着算连续天数与班间休息；
        没有就当期前都在休息。
    allow_shortfall : 人不够时是否照排，把派不出去的班列在 ``shortfall``；否则报错。
    seconds : 大约最多算几秒（两核电脑）。
    seed : 随机种子。
    progress : True 显示进度条；或给函数，收到（完成比例，当前扣分）。

    Returns
    -------
    Roster

    Raises
    ------
    ValueError
        输入不合法；法律允许的人天不够（说明是哪一条、差多少）；证明无解或没有找到合法的班表。

    Notes
    -----
    先用局部搜索（同一天两人对换，模拟退火），步数由题目大小与 ``seconds`` 定，不看钟，
    所以同样的输入在任何电脑上结果相同；只有慢到三倍于 ``seconds`` 才提前停，这时
    ``reproducible`` 为假。小题目（人 × 天 × 班次不超过 600）再交 CP-SAT 求证最优。
    扣分为 0 即已最优。公平的目标是各人的夜班、周末、工时与按当量的平均相差不到一次班。

    Examples
    --------
    >>> demand = pd.DataFrame({"早": [1] * 7, "晚": [1] * 7}, pd.date_range("2026-03-02", periods=7))
    >>> shifts = pd.DataFrame({"班次": ["早", "晚"], "上班": ["08:00", "13:00"],
    ...                        "下班": ["16:00", "21:00"]})
    >>> roster = build_roster(demand, ["A", "B", "C"], shifts)
    >>> roster.table.query("not 休息").groupby("工号").size().tolist()
    [5, 5, 4]
    """
    rules, weights = rules or Rules(), weights or Weights()
    if not isinstance(rules, Rules):
        raise ValueError("规则（rules）应是 Rules(...)，如 Rules(max_consecutive_days=5)。")
    seconds = float(require_range(seconds, "秒数（seconds）", 0, above=True))
    started = time.monotonic()
    problem = make_problem(demand, agents, shifts, rules, weights, requests, previous)
    check_daily_hours(problem)
    if not allow_shortfall:
        check_possible(problem)
    ghosts = _ghosts(problem) if allow_shortfall else 0
    rng = np.random.default_rng(seed)
    rows, hidden = first_rows(problem, ghosts, rng)
    search = Annealer(problem, rows, ghosts + hidden)
    steps = int(min(seconds * STEPS_PER_SECOND, STEPS_PER_CELL * rows.size))
    deadline = started + 3 * seconds
    with _Report(progress) as report:
        finished = search.run(steps, rng, deadline=deadline, report=report)
    rows, objective, bound = search.rows[: problem.agents], search.objective, 0.0
    broken = _broken(problem, rows) or (not allow_shortfall and search.rows[problem.agents :].any())
    size = problem.agents * problem.days * len(problem.shifts)
    if broken or (size <= SMALL and objective > 0):
        effort = seconds / 2 if broken else min(seconds / 8, 1.0)
        proof = prove(
            problem, None if broken else rows, allow_shortfall=allow_shortfall, effort=effort
        )
        if proof.rows is not None and (broken or proof.objective < objective):
            rows, objective = proof.rows, proof.objective
        elif broken:
            raise ValueError(_failure(proof.status, seconds))
        bound = proof.bound
    return make_roster(
        problem,
        rows,
        objective=int(objective),
        bound=max(0.0, bound),
        reproducible=finished,
        seconds=time.monotonic() - started,
    )


def _ghosts(problem: Problem) -> int:
    """“缺口”要几行才放得下：按算账得出的缺口，再留一倍余地。"""
    most = int(problem.demand.sum(axis=1).max())
    spare = -(-2 * least_shortfall(problem) // problem.days) + 1
    return max(most - problem.agents, 0) + spare


def first_rows(problem: Problem, ghosts: int, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """每天把班随机发下去；行不够放时再添几行（法律算账已排除）。"""
    agents, days = problem.agents, problem.days
    total = agents + ghosts
    rows = np.zeros((max(total, 2), HISTORY + days + 1), dtype=np.int64)
    rows[:agents, :HISTORY] = problem.history
    codes = np.arange(1, len(problem.shifts) + 1)
    for day in range(days):
        column = np.repeat(codes, problem.demand[day])
        rows[:total, HISTORY + day] = rng.permutation(
            np.concatenate([column, np.zeros(total - len(column), dtype=np.int64)])
        )
    return rows, len(rows) - total


def _broken(problem: Problem, rows: np.ndarray) -> bool:
    return any(row_penalties(problem, a, row)["硬约束"] for a, row in enumerate(rows))


def _failure(status: str, seconds: float) -> str:
    if status == "无解":
        return (
            "排不出合法的班表（已证明无解）：人天总数够，但连续天数、每周休息、工时与班次衔接合起来做不到；"
            "请加人、减需求，或用 allow_shortfall=True 看缺在哪里。"
        )
    return (
        f"{seconds:g} 秒内没有找到合法的班表（也没有证明无解）：请加大 seconds，"
        "或用 allow_shortfall=True 看缺在哪里。"
    )


class _Report:
    """进度：什么也不做、进度条、或交给调用者的函数。"""

    def __init__(self, progress: bool | Callable[[float, int], None] | None) -> None:
        self.call = progress if callable(progress) else None
        self.bar = None
        if progress is True:
            from tqdm.auto import tqdm

            self.bar = tqdm(total=100, desc="排班", unit="%", file=sys.stdout)

    def __enter__(self) -> Callable[[int, int, int], None] | None:
        return self._show if self.call or self.bar is not None else None

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def _show(self, step: int, steps: int, best: int) -> None:
        if self.call:
            self.call(step / max(steps, 1), best)
        if self.bar is not None:
            soft, hard = best % HARD, best // HARD
            text = f"违法 {hard} 处" if hard else f"扣分 {soft}"
            self.bar.set_postfix_str(text, refresh=False)
            self.bar.update(round(100 * step / max(steps, 1)) - self.bar.n)

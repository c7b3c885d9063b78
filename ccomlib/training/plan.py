"""培训计划：学时就这么多，开哪几门课收益最大？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.cells import cell_text, names_in
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TrainingPlan", "training_plan"]

MOST_BARS = 40


@dataclass(frozen=True, eq=False)
class TrainingPlan(Result):
    """学时预算之内的最优选课。由 ``training_plan`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一门课，列：课程（编号）、名称、学时、收益、每学时收益、必修、入选。"""
    hours: float
    """学时预算。"""
    greedy: float
    """按每学时收益由高到低一门门装，能得多少收益；与最优比就知道凭直觉差多少。"""

    @property
    def chosen(self) -> list[str]:
        """入选的课，原来的次序。"""
        return self.table.loc[self.table["入选"], "课程"].tolist()

    @property
    def used(self) -> float:
        """用掉的学时。"""
        return float(self.table.loc[self.table["入选"], "学时"].sum())

    @property
    def benefit(self) -> float:
        """收益合计。"""
        return float(self.table.loc[self.table["入选"], "收益"].sum())

    def summary(self) -> pd.DataFrame:
        """入选的在前，其余按每学时收益排。"""
        keys = ["入选", "每学时收益"]
        return self.table.sort_values(keys, ascending=False, kind="stable", ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """每门课的收益，蓝为入选；右端写学时。"""
        rows = self.summary().iloc[:MOST_BARS]
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.3 * len(rows)))
        colours = [COLOURS["main" if chosen else "grey"] for chosen in rows["入选"]]
        place = np.arange(len(rows))
        bars = ax.barh(place, rows["收益"], color=colours)
        ax.set_yticks(place, rows["名称"])
        notes = [
            f"{hours:g} 学时{'，必修' if must else ''}"
            for hours, must in rows[["学时", "必修"]].itertuples(index=False)
        ]
        ax.bar_label(bars, notes, padding=4)
        ax.invert_yaxis()
        ax.margins(x=0.22)
        ax.grid(axis="y", visible=False)
        ax.set(
            title=f"{self.hours:g} 学时开哪几门（蓝为入选，用 {self.used:g} 学时）",
            xlabel="收益",
        )
        return ax

    def __str__(self) -> str:
        text = (
            f"{self.hours:g} 学时最优开 {len(self.chosen)} 门（{'、'.join(self.table.loc[self.table['入选'], '名称']) or '无'}），"
            f"用 {self.used:g} 学时，收益 {self.benefit:.4g}"
        )
        if self.benefit > self.greedy + 1e-9:
            text += f"；按每学时收益一门门装只得 {self.greedy:.4g}"
        return text + "；这是精确最优，前提是各门的收益能相加、估得准，学不完的半门没有收益。"


def training_plan(
    courses: pd.DataFrame,
    hours: float,
    *,
    course: str = "课程编号",
    title: str = "课程",
    cost: str = "学时",
    benefit: str = "预计提升",
    importance: str | None = None,
    must: str = "必修",
    prerequisites: str = "先修",
) -> TrainingPlan:
    """学时有限，开哪几门课收益最大？精确求解（背包问题）。

    Parameters
    ----------
    courses : 一行一门课，列 课程编号、课程、学时、预计提升（能缩小的差距）；可有 必修（是、否）
        与 先修（编号，顿号隔开；选了它就要先选先修）。没有编号列时，课程名就是编号。
    hours : 学时预算，单位与学时列相同。
    course, title, cost, benefit, must, prerequisites : 列名。
    importance : 重要性的列；给了，收益 = 预计提升 × 重要性，不给就是预计提升。

    Returns
    -------
    TrainingPlan
        入选的课、用掉的学时与收益。

    Raises
    ------
    ValueError
        缺列、课程重名、学时或收益为负、必修不是真假、先修不在表里、必修（连同先修）超出预算。

    Notes
    -----
    max Σ v·x，Σ h·x ≤ 预算，x ∈ {0, 1}，必修 x = 1，x(课) ≤ x(先修)；scipy 的 milp 解到最优。

    References
    ----------
    Dantzig (1957), Discrete-variable extremum problems, Operations Research 5: 266–277。

    Examples
    --------
    >>> table = pd.DataFrame({"课程": ["甲", "乙", "丙"], "学时": [6, 5, 5], "预计提升": [9, 7, 7]})
    >>> result = training_plan(table, 10)
    >>> result.chosen, result.benefit, result.greedy
    (['乙', '丙'], 14.0, 9.0)
    """
    require_columns(courses, [title, cost], "课程表")
    course = course if course in courses.columns else title
    if courses.empty:
        raise ValueError("课程表没有行：请至少写一门课。")
    names = [cell_text(value) for value in courses[course]]
    for row, name in enumerate(names):
        if name == "" or name in names[:row]:
            raise ValueError(f"{course}第 {row + 1} 个是 {name!r}，空着或重名：每门课只写一次。")
    budget = float(require_range(hours, "学时预算（hours）", 0))
    price = require_range(courses[cost].set_axis(names), cost, 0)
    factors = [benefit, *([] if importance is None else [importance])]
    require_columns(courses, factors, "课程表")
    value = np.prod(
        [require_range(courses[name].set_axis(names), name, 0) for name in factors], axis=0
    )
    needed = _must(courses, names, must)
    links = _links(courses, names, prerequisites)
    chosen = _solve(price, value, budget, needed, links, names)
    return TrainingPlan(
        table=pd.DataFrame(
            {
                "课程": names,
                "名称": [cell_text(value) for value in courses[title]],
                "学时": price,
                "收益": value,
                "每学时收益": value / np.where(price > 0, price, 1),
                "必修": needed,
                "入选": chosen,
            }
        ),
        hours=budget,
        greedy=_greedy(price, value, budget, needed, links),
    )


def _must(courses: pd.DataFrame, names: list[str], must: str) -> np.ndarray:
    if must not in courses.columns:
        return np.zeros(len(names), dtype=bool)
    words = {
        "是": True,
        "否": False,
        "": False,
        "true": True,
        "false": False,
        "1": True,
        "0": False,
    }
    found = [words.get(cell_text(value).lower().removesuffix(".0")) for value in courses[must]]
    if None in found:
        row = found.index(None)
        raise ValueError(
            f"{must}第 {row + 1} 个（{names[row]}）是 {courses[must].iloc[row]!r}：请写 是 或 否。"
        )
    return np.array(found, dtype=bool)


def _links(courses: pd.DataFrame, names: list[str], column: str) -> list[tuple[int, int]]:
    """（课，先修）的序号对。"""
    if column not in courses.columns:
        return []
    place = {name: row for row, name in enumerate(names)}
    links = []
    for row, value in enumerate(courses[column]):
        for before in names_in(value):
            if before not in place:
                raise ValueError(
                    f"{column}第 {row + 1} 个（{names[row]}）写了 {before!r}，课程表里没有这门课。"
                )
            links.append((row, place[before]))
    return links


def _solve(
    price: np.ndarray,
    value: np.ndarray,
    budget: float,
    needed: np.ndarray,
    links: list[tuple[int, int]],
    names: list[str],
) -> np.ndarray:
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows = [price]
    limits = [budget * (1 + 1e-12) + 1e-9]
    for after, before in links:
        line = np.zeros(len(price))
        line[after], line[before] = 1.0, -1.0
        rows.append(line)
        limits.append(0.0)
    # 收益相同时取学时少的：价钱加一点点，小到改变不了最优
    tiny = 1e-7 * max(1.0, float(value.max())) / max(1.0, float(price.sum()))
    result = milp(
        -(value - tiny * price),
        integrality=np.ones(len(price)),
        bounds=Bounds(needed.astype(float), 1),
        constraints=LinearConstraint(np.array(rows), ub=limits),
        options={"mip_rel_gap": 0},
    )
    if result.x is None:
        listed = "、".join(name for name, must in zip(names, needed, strict=True) if must)
        raise ValueError(
            f"必修（{listed}）连同它们的先修超出 {budget:g} 学时：请增加预算，或减少必修。"
        )
    return result.x > 0.5


def _greedy(
    price: np.ndarray,
    value: np.ndarray,
    budget: float,
    needed: np.ndarray,
    links: list[tuple[int, int]],
) -> float:
    """凭直觉的办法：必修先装，再按每学时收益由高到低，先修齐了、装得下就装。"""
    before: dict[int, list[int]] = {}
    for after, first in links:
        before.setdefault(after, []).append(first)
    taken: set[int] = set()
    waiting = list(np.flatnonzero(needed))
    while waiting:
        one = waiting.pop()
        if one not in taken:
            taken.add(one)
            waiting += before.get(one, [])
    room = budget - sum(price[one] for one in taken)
    rank = np.argsort(-value / np.where(price > 0, price, 1e-12), kind="stable")
    added = True
    while added:
        added = False
        for one in rank:
            ready = all(first in taken for first in before.get(one, []))
            if one not in taken and ready and price[one] <= room + 1e-9:
                taken.add(one)
                room -= price[one]
                added = True
                break
    return float(sum(value[one] for one in taken))

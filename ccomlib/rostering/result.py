"""排好的班表：怎么读，还有哪些不如意？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.clock import clock_text
from ccomlib.results import Result
from ccomlib.rostering.problem import HISTORY, WEIGHT_OF, Problem, row_penalties
from ccomlib.rostering.rules import Rules
from ccomlib.style import new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Roster", "make_roster"]

OFF = "休"
MAX_LABELS = 30


@dataclass(frozen=True, eq=False)
class Roster(Result):
    """一张排好的班表。由 ``build_roster`` 生成，不直接构造。

    ``table`` 一行一人一天，列 工号、日期、班次、上班、下班、休息、夜班、周末、申请（与样例班表相同）；
    ``shortfall`` 是派不出去的班（日期、班次、缺几人）；``penalties`` 逐类列出违反次数、权重与扣分；
    ``objective`` 是总扣分，``bound`` 是它的下界；``status`` 是“最优”（已证明）或“可行”；
    ``reproducible`` 为假表示电脑太慢、提前停了，换一台结果可能不同。
    """

    table: pd.DataFrame
    shortfall: pd.DataFrame
    penalties: pd.DataFrame
    objective: int
    bound: float
    status: str
    seconds: float
    reproducible: bool
    rules: Rules

    @property
    def grid(self) -> pd.DataFrame:
        """工号 × 日期 的班次名。"""
        return self.table.pivot(index="工号", columns="日期", values="班次").reindex(
            self.table["工号"].unique()
        )

    def summary(self) -> pd.DataFrame:
        """每人：上班天数、工时、夜班、周末，申请了几次、满足几次。"""
        table = self.table.assign(
            上班天数=~self.table["休息"],
            申请次数=self.table["申请"] != "",
            满足申请=(self.table["申请"] != "") & (self.table["申请"] == self.table["班次"]),
        )
        columns = ["上班天数", "夜班", "周末", "申请次数", "满足申请"]
        return table.groupby("工号", sort=False)[columns].sum()

    def plot(self, ax: Axes | None = None) -> Axes:
        """彩色方格：行是人、列是日期；同一班次同一颜色，休息是白的，橙色的点是没满足的申请。"""
        import matplotlib.pyplot as plt
        from matplotlib.colors import ListedColormap
        from matplotlib.patches import Patch

        grid = self.grid
        work = self.table[~self.table["休息"]]
        names = work.drop_duplicates("班次").sort_values("上班", kind="stable")["班次"].tolist()
        nights = set(work.loc[work["夜班"], "班次"])
        names = [n for n in names if n not in nights] + [n for n in names if n in nights]
        day_names = [name for name in names if name not in nights]
        shades = plt.get_cmap("YlGnBu")(np.linspace(0.15, 0.7, max(1, len(day_names))))
        dark = plt.get_cmap("Purples")(np.linspace(0.7, 0.95, max(1, len(nights))))
        colours = np.vstack([[1, 1, 1, 1], shades[: len(day_names)], dark[: len(nights)]])
        codes = {OFF: 0} | {name: k for k, name in enumerate(names, 1)}
        height = float(np.clip(1.6 + 0.17 * len(grid), 3.2, 14))
        ax = new_axes(ax, figsize=(max(7.0, 2.6 + 0.28 * grid.shape[1]), height))
        ax.pcolormesh(
            grid.apply(lambda column: column.map(codes)).to_numpy(),
            cmap=ListedColormap(colours),
            vmin=-0.5,
            vmax=len(names) + 0.5,
            edgecolors="#DDDDDD",
            linewidth=0.5,
        )
        self._mark_refused(ax, grid)
        ax.invert_yaxis()
        step = -(-len(grid) // MAX_LABELS)
        ax.set_yticks(np.arange(len(grid))[::step] + 0.5, grid.index[::step])
        step = -(-grid.shape[1] // 12)
        days = grid.columns[::step]
        ax.set_xticks(
            np.arange(grid.shape[1])[::step] + 0.5,
            [f"{day:%m-%d}\n{'一二三四五六日'[day.day_of_week]}" for day in days],
        )
        ax.grid(visible=False)
        ax.set(title="班表", xlabel="日期", ylabel="工号")
        labels = ["休息", *names]
        patches = [Patch(fc=c, ec="#BBBBBB", label=n) for c, n in zip(colours, labels, strict=True)]
        ax.legend(handles=patches, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def _mark_refused(self, ax: Axes, grid: pd.DataFrame) -> None:
        table = self.table
        refused = table[(table["申请"] != "") & (table["申请"] != table["班次"])]
        if len(refused):
            x = grid.columns.get_indexer(refused["日期"])
            y = grid.index.get_indexer(refused["工号"])
            ax.scatter(x + 0.22, y + 0.25, s=9, color="#D55E00", zorder=3)

    def __str__(self) -> str:
        people, days = self.table["工号"].nunique(), self.table["日期"].nunique()
        kept = "法律界限" if self.rules.within_law else "所给的硬界限（比法律宽，合不合法要另查）"
        head = f"{people} 人 {days} 天的班表，{kept}全部守住"
        if len(self.shortfall):
            head += f"，但还缺 {int(self.shortfall['缺人'].sum())} 个班没有人上"
        asked = self.table[self.table["申请"] != ""]
        if len(asked):
            head += f"，申请满足 {(asked['申请'] == asked['班次']).mean():.0%}"
        soft = self.penalties[self.penalties["次数"] > 0]
        if len(soft):
            worst = soft["扣分"].idxmax()
            head += f"；不如意的合计扣 {self.objective} 分，最多的是{worst}"
            head += f"（{int(soft.loc[worst, '次数'])} 次）"
        proof = "已证明最优" if self.status == "最优" else "未证明最优"
        return f"{head}；按教学约定的权重{proof}。"


def make_roster(
    problem: Problem,
    rows: np.ndarray,
    *,
    objective: int,
    bound: float,
    reproducible: bool,
    seconds: float,
) -> Roster:
    """班次代码变成班表与各类违反的账。"""
    codes = rows[:, HISTORY:-1]
    shifts = problem.shifts
    names = np.array([OFF, *shifts.index], dtype=object)
    start = np.array(["", *map(clock_text, shifts["start"])], dtype=object)
    end = np.array(["", *map(clock_text, shifts["start"] + shifts["span"])], dtype=object)
    flat = codes.ravel()
    wishes = np.full(codes.shape, "", dtype=object)
    asked = problem.requests
    wishes[asked["行"].to_numpy(int), asked["天"].to_numpy(int)] = asked["申请"].to_numpy()
    weekend = np.tile(problem.dates.day_of_week >= 5, problem.agents)
    table = pd.DataFrame(
        {
            "工号": np.repeat(problem.staff.names, problem.days),
            "日期": np.tile(problem.dates, problem.agents),
            "班次": names[flat],
            "上班": start[flat],
            "下班": end[flat],
            "休息": flat == 0,
            "夜班": problem.night[flat],
            "周末": weekend & (flat > 0),
            "申请": wishes.ravel(),
        }
    ).astype(dict.fromkeys(["工号", "班次", "上班", "下班", "申请"], "str"))
    found = pd.DataFrame([row_penalties(problem, a, row) for a, row in enumerate(rows)]).sum()
    times = found[list(WEIGHT_OF)]
    weight = pd.Series({kind: getattr(problem.weights, name) for kind, name in WEIGHT_OF.items()})
    staffed = np.stack([(codes == k).sum(axis=0) for k in range(1, len(names))], axis=1)
    day, shift = np.nonzero(staffed < problem.demand)
    missing = pd.DataFrame(
        {
            "日期": problem.dates[day],
            "班次": names[1:][shift],
            "缺人": (problem.demand - staffed)[day, shift],
        }
    )
    penalties = pd.DataFrame({"次数": times, "权重": weight, "扣分": times * weight})
    short = int(missing["缺人"].sum())
    if short:
        cost = problem.weights.shortfall
        penalties.loc["缺口"] = [short, cost, short * cost]
    return Roster(
        table=table,
        shortfall=missing,
        penalties=penalties.rename_axis("类别"),
        objective=objective,
        bound=bound,
        status="最优" if bound >= objective - 1e-6 else "可行",
        seconds=seconds,
        reproducible=reproducible,
        rules=problem.rules,
    )

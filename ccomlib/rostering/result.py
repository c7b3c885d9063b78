"""排好的班表：怎么读，还有哪些不如意？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding
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
SMALLEST = 7.0
REFUSED = "#D55E00"
# 底色与字色
BANDS = {
    "早": ("#CDE6F7", "#111111"),
    "中": ("#FBE0A8", "#111111"),
    "晚": ("#8FCBB5", "#111111"),
    "夜": ("#3B4A6B", "#FFFFFF"),
}


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
        """方格：行是人、列是日期，格里写班次；早、中、晚、夜四种底色，橙色的点是没满足的申请。"""
        from matplotlib.colors import ListedColormap
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        grid = self.grid
        work = self.table[~self.table["休息"]]
        names = work.drop_duplicates("班次").sort_values("上班", kind="stable")["班次"].tolist()
        bands = {name: _band(work[work["班次"] == name].iloc[0]) for name in names}
        codes = {OFF: 0} | {name: 1 + list(BANDS).index(bands[name]) for name in names}
        height = float(np.clip(1.6 + 0.17 * len(grid), 3.2, 14))
        ax = new_axes(ax, figsize=(max(7.0, 2.6 + 0.28 * grid.shape[1]), height))
        ax.pcolormesh(
            grid.apply(lambda column: column.map(codes)).to_numpy(),
            cmap=ListedColormap(["#FFFFFF", *(fill for fill, _ in BANDS.values())]),
            vmin=-0.5,
            vmax=len(BANDS) + 0.5,
            edgecolors="#DDDDDD",
            linewidth=0.5,
        )
        self._write_codes(ax, grid, bands)
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
        ax.set(xlabel="日期", ylabel="工号")
        asked = self.table[self.table["申请"] != ""]
        kept = f"，申请满足 {(asked['申请'] == asked['班次']).mean():.0%}" if len(asked) else ""
        finding(ax, f"{len(grid)} 人 {grid.shape[1]} 天的班表{kept}")
        patches = [
            Patch(fc=fill, ec="#BBBBBB", label="、".join(n for n in names if bands[n] == band))
            for band, (fill, _) in BANDS.items()
            if band in bands.values()
        ]
        patches.append(Patch(fc="#FFFFFF", ec="#BBBBBB", label="休息"))
        if (asked["申请"] != asked["班次"]).any():
            patches.append(
                Line2D([], [], ls="", marker="o", ms=4, color=REFUSED, label="申请没有批")
            )
        ax.legend(handles=patches, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def _write_codes(self, ax: Axes, grid: pd.DataFrame, bands: dict[str, str]) -> None:
        """格里写班次；格子小到写不下就不写，靠底色。"""
        cell = ax.figure.get_size_inches()[0] * 55 / grid.shape[1]
        longest = max((len(name) for name in bands), default=1)
        size = min(10.0, cell / longest)
        if size < SMALLEST or len(grid) > MAX_LABELS:
            return
        for row, line in enumerate(grid.to_numpy()):
            for column, name in enumerate(line):
                if name in bands:
                    ax.text(
                        column + 0.5,
                        row + 0.5,
                        name,
                        ha="center",
                        va="center",
                        fontsize=size,
                        color=BANDS[bands[name]][1],
                    )

    def _mark_refused(self, ax: Axes, grid: pd.DataFrame) -> None:
        table = self.table
        refused = table[(table["申请"] != "") & (table["申请"] != table["班次"])]
        if len(refused):
            x = grid.columns.get_indexer(refused["日期"])
            y = grid.index.get_indexer(refused["工号"])
            ax.scatter(x + 0.12, y + 0.15, s=12, color=REFUSED, zorder=3)

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


def _band(shift: pd.Series) -> str:
    """早、中、晚、夜：按上班钟点分，9 点半以前是早，12 点以前是中。"""
    if shift["夜班"]:
        return "夜"
    start = str(shift["上班"])
    return "早" if start < "09:30" else "中" if start < "12:00" else "晚"

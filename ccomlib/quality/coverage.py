"""抽检覆盖：各级人员是不是都被监控到了，还差多少？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.reading import (
    one_moment,
    read_counts,
    read_flags,
    read_labels,
    read_moments,
    read_rows,
)
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LEVELS", "Coverage", "coverage"]

LEVELS = ("坐席", "班长", "主管", "后台")


@dataclass(frozen=True, eq=False)
class Coverage(Result):
    """各级人员的抽检：应检、已检与缺口。由 ``coverage`` 得到。"""

    table: pd.DataFrame
    """一级一行，列：级别、人数、应检、已检、缺口、达标人数、没有检过、达标率、有计划。"""
    people: pd.DataFrame
    """一人一行，列：工号、级别、加检（为什么多检）、应检、已检、缺口；缺口大的在前。"""
    missing_levels: tuple[str, ...]
    """应当有而花名册里没有的级别。"""
    stray: tuple[str, ...]
    """评了分而不在花名册里的人。"""

    @property
    def gap(self) -> int:
        """一共还差多少次。"""
        return int(self.table["缺口"].sum())

    @property
    def unplanned(self) -> tuple[str, ...]:
        """花名册里有、计划里没有的级别。"""
        return tuple(self.table.loc[~self.table["有计划"], "级别"])

    @property
    def unmonitored(self) -> tuple[str, ...]:
        """整级没有一个人被检过的级别。"""
        return tuple(self.table.loc[self.table["没有检过"] == self.table["人数"], "级别"])

    def summary(self) -> pd.DataFrame:
        """逐级列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各级人员里达标、不足、没有检过的人数占比。"""
        table = self.table
        ax = new_axes(ax, figsize=(8, 1.8 + 0.5 * len(table)))
        rows = np.arange(len(table))
        none = (table["没有检过"] / table["人数"]).to_numpy()
        done = table["达标率"].to_numpy()
        # 没有计划的级别谈不上达标，检过的只算检过
        short = 1 - done - none
        left = np.zeros(len(table))
        for part, colour, label in (
            (done, COLOURS["good"], "检够了"),
            (short, COLOURS["second"], "检过但不够（或没有计划）"),
            (none, COLOURS["bad"], "一次没检"),
        ):
            ax.barh(rows, part, left=left, color=colour, label=label, height=0.65)
            left = left + part
        for row, (gap, planned) in enumerate(zip(table["缺口"], table["有计划"], strict=True)):
            ax.text(1.01, row, f"差 {gap} 次" if planned else "没有计划", va="center", fontsize=10)
        ax.set_yticks(
            rows,
            [wrap(f"{row['级别']}（{row['人数']} 人）", 24) for _, row in table.iterrows()],
        )
        ax.set(
            title=f"各级人员的抽检覆盖，共差 {self.gap} 次",
            xlabel="占本级人数",
            xlim=(0, 1.18),
            ylim=(len(table) - 0.4, -0.6),
        )
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        people, done = int(self.table["人数"].sum()), int(self.table["达标人数"].sum())
        text = f"{people} 人里 {done} 人检够了，共差 {self.gap} 次"
        if self.unmonitored:
            text += f"；{'、'.join(self.unmonitored)}没有一个人被检过"
        if self.unplanned:
            text += f"；{'、'.join(self.unplanned)}没有列进抽检计划"
        if self.missing_levels:
            text += f"；花名册里没有{'、'.join(self.missing_levels)}，各级人员都要被监控，请补上"
        if self.stray:
            text += f"；{len(self.stray)} 名被评分的人不在花名册里"
        return text + "；次数够了还要看抽样是不是随机、录音有没有分好中差。"


def coverage(
    staff: pd.DataFrame,
    evaluations: pd.DataFrame,
    needed: Mapping[str, int],
    *,
    person: str = "工号",
    level: str = "级别",
    hired: str | None = None,
    as_of: Any = None,
    new_days: int = 90,
    new_extra: int = 3,
    risk: str | None = None,
    risk_extra: int = 2,
    levels: tuple[str, ...] | None = LEVELS,
) -> Coverage:
    """抽检计划对照实际：哪一级、哪些人还差多少次？

    Parameters
    ----------
    staff : 花名册，一人一行，列：工号、级别；可有入职日期与是否高风险。
    evaluations : 质检评分，一次一行，有工号列。
    needed : 级别 → 这段时间每人至少检几次。花名册里有而这里没有的级别算没有计划。
    person, level : 列名。
    hired : 入职日期列；给了就对入职不满 ``new_days`` 天的人多检 ``new_extra`` 次。
    as_of : 按哪一天算在职天数；给了 hired 就必须给。
    new_days, new_extra : 新人的天数与加检次数（教学约定 90 天、3 次）。
    risk : 是否高风险（是/否）的列；给了就对他们多检 ``risk_extra`` 次。
    risk_extra : 高风险的加检次数（教学约定 2 次）。
    levels : 应当有的级别；花名册里没有的会点名。不需要就给 None。

    Returns
    -------
    Coverage

    Raises
    ------
    ValueError
        缺列、工号空或重复、needed 不是不为负的整数，或计划里的级别花名册里没有。

    Notes
    -----
    缺口 = Σ max(应检 − 已检, 0)，按人算；多检的人补不了没检的人。

    Examples
    --------
    >>> staff = pd.DataFrame({"工号": ["A1", "A2", "B1"], "级别": ["坐席", "坐席", "班长"]})
    >>> checks = pd.DataFrame({"工号": ["A1"] * 6 + ["A2"] * 2})
    >>> result = coverage(staff, checks, {"坐席": 4, "班长": 2}, levels=("坐席", "班长"))
    >>> result.gap, result.unmonitored
    (4, ('班长',))
    """
    read_rows(staff, [person, level, *filter(None, (hired, risk))], "花名册")
    read_rows(evaluations, [person], "评分")
    names = read_labels(staff[person], person)
    if names.duplicated().any():
        raise ValueError(
            f"{person} {names[names.duplicated()].iloc[0]} 在花名册里出现不止一次：一人一行。"
        )
    plan = read_counts(needed, "needed")
    rank = read_labels(staff[level], level)
    unknown = [name for name in plan.index if name not in set(rank)]
    if unknown:
        raise ValueError(
            f"needed 里的 {'、'.join(unknown)} 在花名册的{level}列里没有："
            f"现有 {'、'.join(dict.fromkeys(rank))}，请核对写法。"
        )
    due = rank.map(plan).fillna(0).to_numpy(dtype=float, copy=True)
    planned = rank.isin(plan.index).to_numpy()
    why = np.full(len(staff), "", dtype=object)
    if hired is not None:
        if as_of is None:
            raise ValueError("给了 hired 就要给 as_of：按哪一天算是不是新人。")
        stay = one_moment(as_of, "as_of") - read_moments(staff[hired], hired)
        window = require_range(new_days, "new_days", 0)
        young = planned & (stay < pd.Timedelta(days=float(window))).to_numpy()
        due[young] += float(require_range(new_extra, "new_extra", 0))
        why[young] = "新人"
    if risk is not None:
        risky = planned & read_flags(staff[risk], risk).to_numpy()
        due[risky] += float(require_range(risk_extra, "risk_extra", 0))
        why[risky] = np.where(why[risky] == "", "高风险", "新人、高风险")
    checked = read_labels(evaluations[person], person).value_counts()
    done = names.map(checked).fillna(0).to_numpy(dtype=int)
    due = due.astype(int)
    people = pd.DataFrame(
        {
            "工号": names.to_numpy(),
            "级别": rank.to_numpy(),
            "加检": why,
            "应检": due,
            "已检": done,
            "缺口": np.maximum(due - done, 0),
        }
    )
    table = people.assign(达标=planned & (people["缺口"] == 0), 没有=people["已检"] == 0)
    # 计划是 0 次而一次没检的，不算检够了
    table["达标"] &= ~table["没有"]
    table = table.groupby("级别", sort=False).agg(
        人数=("工号", "size"),
        应检=("应检", "sum"),
        已检=("已检", "sum"),
        缺口=("缺口", "sum"),
        达标人数=("达标", "sum"),
        没有检过=("没有", "sum"),
    )
    table["达标率"] = table["达标人数"] / table["人数"]
    table["有计划"] = table.index.isin(plan.index)
    order = [name for name in plan.index if name in table.index]
    order += [name for name in table.index if name not in order]
    return Coverage(
        table=table.loc[order].reset_index(),
        people=people.sort_values(["缺口", "工号"], ascending=[False, True], ignore_index=True),
        missing_levels=tuple(name for name in levels or () if name not in set(rank)),
        stray=tuple(sorted(set(checked.index) - set(names))),
    )

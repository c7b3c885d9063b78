"""离职原因：是自己要走还是被请走，是新人还是老员工？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside
from ccomlib.reading import one_moment
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import wrap

from .staff import DAY, TRANSFER, read_staff

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["INVOLUNTARY", "LeaverReasons", "leaver_reasons"]

INVOLUNTARY = ("辞退", "试用不合格", "合同不续签", "违纪", "裁员")


@dataclass(frozen=True, eq=False)
class LeaverReasons(Result):
    """离职的原因构成。由 ``leaver_reasons`` 得到。"""

    table: pd.DataFrame
    """一个原因一行，列：原因、类别（主动、被动）、人数、占比、试用期、老员工、中位在职天数。"""
    leavers: int
    voluntary: int
    probation: int
    """试用期里离职的人数。"""
    transferred: int
    """内部调走、不算流失的人数。"""
    probation_days: int

    def summary(self) -> pd.DataFrame:
        """逐个原因列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各原因的人数，试用期与老员工叠在一起。"""
        table = self.table
        ax = new_axes(ax, figsize=(8, 1.8 + 0.42 * len(table)))
        rows = np.arange(len(table))
        ax.barh(rows, table["试用期"], color=COLOURS["second"], label="试用期")
        ax.barh(rows, table["老员工"], left=table["试用期"], color=COLOURS["main"], label="老员工")
        for row, (count, part) in enumerate(zip(table["人数"], table["占比"], strict=True)):
            ax.text(count, row, f" {count} 人，{part:.0%}", va="center", fontsize=10)
        ax.set_yticks(
            rows, [wrap(f"{row['原因']}（{row['类别']}）", 26) for _, row in table.iterrows()]
        )
        ax.set(
            title=f"{self.leavers} 人离职的原因（试用期为入职 {self.probation_days} 天内）",
            xlabel="离职人数",
            ylim=(len(table) - 0.4, -0.6),
            xlim=(0, 1.3 * float(table["人数"].max())),
        )
        ax.xaxis.get_major_locator().set_params(integer=True)
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        top = self.table.iloc[0]
        text = (
            f"{self.leavers} 人离职：主动 {self.voluntary} 人（{self.voluntary / self.leavers:.0%}），"
            f"入职 {self.probation_days} 天内 {self.probation} 人；最多的是{top['原因']} "
            f"{top['人数']} 人（{top['占比']:.0%}）"
        )
        if self.transferred:
            text += f"；另有 {self.transferred} 人内部调动，不算流失"
        return text + "；原因是离职时填的，面子话不少，要与离职访谈对照。"


def leaver_reasons(
    staff: pd.DataFrame,
    start: Any = None,
    end: Any = None,
    *,
    reason: str = "离职原因",
    involuntary: Iterable[str] = INVOLUNTARY,
    probation_days: int = 90,
    person: str = "工号",
    hired: str = "入职日期",
    left: str = "离职日期",
    transfers: Iterable[str] = TRANSFER,
) -> LeaverReasons:
    """离职按原因、主动与被动、试用期与老员工拆开。

    Parameters
    ----------
    staff : 一人一行；离职的人要有原因，在册的可以空着。
    start, end : 离职日期的起止（含两端）；不给就是全部。
    reason : 原因列。
    involuntary : 哪些原因是被动离职；其余算主动。
    probation_days : 入职头几天算试用期（教学约定 90）。
    person, hired, left : 列名。
    transfers : 哪些原因是内部调动，不算流失。

    Returns
    -------
    LeaverReasons

    Raises
    ------
    ValueError
        花名册有错、离职的人没有填原因、这段时间没有人离职。

    Notes
    -----
    主动率 = 主动离职 ÷ 全部离职（不含内部调动）。

    Examples
    --------
    >>> staff = pd.DataFrame({"工号": list("ABCD"), "入职日期": ["2026-01-01"] * 4,
    ...     "离职日期": ["2026-02-01", "2026-06-01", "2026-03-01", None],
    ...     "离职原因": ["薪酬", "薪酬", "辞退", ""]})
    >>> result = leaver_reasons(staff)
    >>> result.leavers, result.voluntary, result.probation
    (3, 2, 2)
    """
    window = int(require_range(probation_days, "probation_days", 1))
    data = read_staff(
        staff, person=person, hired=hired, left=left, reason=reason, transfers=transfers
    )
    gone = data[data["离职"].notna()]
    if start is not None:
        gone = gone[gone["离职"] >= one_moment(start, "start")]
    if end is not None:
        gone = gone[gone["离职"] <= one_moment(end, "end")]
    left_for_good = gone[~gone["调动"]]
    if left_for_good.empty:
        raise ValueError("这段时间没有人离职：请放宽 start 与 end。")
    days = (left_for_good["离职"] - left_for_good["入职"]) / DAY
    rows = left_for_good.assign(天数=days, 试用=days <= window)
    forced = set(involuntary)
    table = rows.groupby("原因").agg(
        人数=("天数", "size"), 试用期=("试用", "sum"), 中位在职天数=("天数", "median")
    )
    table["类别"] = np.where(table.index.isin(forced), "被动", "主动")
    table["占比"] = table["人数"] / len(rows)
    table["老员工"] = table["人数"] - table["试用期"]
    table = table.reset_index().sort_values(
        ["人数", "原因"], ascending=[False, True], ignore_index=True
    )
    return LeaverReasons(
        table=table[["原因", "类别", "人数", "占比", "试用期", "老员工", "中位在职天数"]],
        leavers=len(rows),
        voluntary=int((~rows["原因"].isin(forced)).sum()),
        probation=int(rows["试用"].sum()),
        transferred=int(gone["调动"].sum()),
        probation_days=window,
    )

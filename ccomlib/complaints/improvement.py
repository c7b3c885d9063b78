"""持续改善：先改哪一个原因，能少来多少重复投诉？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import wrap

from .linking import repeats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ImprovementRanking", "improvement_ranking"]


@dataclass(frozen=True, eq=False)
class ImprovementRanking(Result):
    """按少来多少重复投诉排的改善次序。由 ``improvement_ranking`` 得到。"""

    table: pd.DataFrame
    """一组一行，列：组、首次办结、重复件数、重复率、目标、可减少、占可减少、累计、有把握。"""
    target: float
    """各组都降到的重复率；更低的组不动。"""
    given: bool
    """目标是给的，不是由各组算出来的。"""
    by: str
    repeated: int

    @property
    def avoidable(self) -> float:
        """全部做到目标，一共少来多少件。"""
        return float(self.table["可减少"].sum())

    def summary(self) -> pd.DataFrame:
        """逐组，可减少多的在前。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的重复件数，其中可减少的着色。最多画 20 组。"""
        table = self.table.head(20)
        ax = new_axes(ax, figsize=(8, 1.8 + 0.4 * len(table)))
        rows = np.arange(len(table))
        ax.barh(rows, table["重复件数"], color="#D9D9D9", label="现在的重复件数")
        ax.barh(rows, table["可减少"], color=COLOURS["good"], label="降到目标可减少")
        for row, (count, less) in enumerate(zip(table["重复件数"], table["可减少"], strict=True)):
            ax.text(count, row, f" 少 {less:.0f} 件", va="center", fontsize=10)
        ax.set_yticks(rows, [wrap(name, 24) for name in table["组"]])
        ax.set(
            title=f"重复率降到 {self.target:.1%} 能少来多少重复投诉，按{self.by}",
            xlabel="重复投诉（件）",
            xlim=(0, 1.18 * max(float(table["重复件数"].max()), 1.0)),
            ylim=(len(table) - 0.4, -0.6),
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        source = "给定的目标" if self.given else "各组重复率的下四分位，教学约定"
        if self.avoidable == 0:
            return f"各{self.by}的重复率都不高于 {self.target:.1%}（{source}），没有可减少的。"
        top = self.table.iloc[0]
        doubt = "" if top["有把握"] else "，但它的重复率还分不清是不是真的高，再看一个月"
        return (
            f"都降到 {self.target:.1%}（{source}）一共少来 {self.avoidable:.0f} 件重复（现在 "
            f"{self.repeated} 件）；先改{top['组']}，少 {top['可减少']:.0f} 件，占 {top['占可减少']:.0%}"
            f"{doubt}；这是能减少的上限，改完要用控制图确认。"
        )


def improvement_ranking(
    table: pd.DataFrame,
    *,
    by: str = "二级原因",
    target: float | None = None,
    days: int = 30,
    anchor: str = "first",
    as_of: Any = None,
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> ImprovementRanking:
    """先改哪个原因（节点、班组）？按降到目标能少来多少重复投诉排。

    Parameters
    ----------
    table : 一件投诉一行；没有办结的，办结时间为空。
    by : 按哪一列排（二级原因、责任节点、首接工号），取首件的值。
    target : 重复率的目标，小数；不给就用各组重复率的下四分位（教学约定）。
    days, anchor, as_of : 重复投诉的定义，同 ``repeats``。
    ticket, customer, reason, opened, closed : 列名。

    Returns
    -------
    ImprovementRanking

    Raises
    ------
    ValueError
        同 ``repeats``；只有一组而没有给 target、target 为负。

    Notes
    -----
    可减少 = max(0, 重复件数 − 目标 × 首次办结)；再来率的 95% 区间整个高于目标，才算有把握。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": [f"T{i}" for i in range(7)], "客户号": list("ABCDEAB"),
    ...     "二级原因": ["收费", "收费", "态度", "态度", "态度", "收费", "收费"],
    ...     "受理时间": ["2026-01-01"] * 5 + ["2026-01-10"] * 2,
    ...     "办结时间": ["2026-01-02"] * 5 + ["2026-01-11"] * 2})
    >>> result = improvement_ranking(cases, target=0.25, as_of="2026-06-01")
    >>> result.table["可减少"].tolist()
    [1.5, 0.0]
    """
    found = repeats(
        table,
        days=days,
        anchor=anchor,
        as_of=as_of,
        by=by,
        ticket=ticket,
        customer=customer,
        reason=reason,
        opened=opened,
        closed=closed,
    )
    groups = found.table
    if target is None:
        if len(groups) < 2:
            raise ValueError(f"{by}只有一组，没有标杆可比：请给 target，或换一列。")
        goal = float(np.quantile(groups["重复率"], 0.25))
    else:
        goal = float(require_range(target, "target", 0))
    less = np.maximum(groups["重复件数"] - goal * groups["首次办结"], 0.0)
    result = groups[["组", "首次办结", "重复件数", "重复率"]].assign(
        目标=np.minimum(goal, groups["重复率"]), 可减少=less
    )
    whole = float(less.sum())
    result["占可减少"] = less / whole if whole else 0.0
    result["有把握"] = groups["下限"] > goal
    result = result.sort_values(
        ["可减少", "重复件数", "组"], ascending=[False, False, True], ignore_index=True
    )
    result.insert(7, "累计", result["占可减少"].cumsum())
    return ImprovementRanking(result, goal, target is not None, by, found.repeated)

"""班次方案：求出来的人数好不好、差在哪些时段？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.scheduling.fitting import Fit, measure
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ShiftPlan"]


@dataclass(frozen=True, eq=False)
class ShiftPlan(Result):
    """各班次的人数与它们覆盖的需求。由 ``optimise_shifts`` 生成，不直接构造。

    ``counts`` 行是日期、列是班次（人）；``required``、``staffed``、``under``、``over`` 行是日期、
    列是时段（人）；``hours`` 是各班次的净工时。``objective`` 是目标值（各天之和），``gap`` 是离
    下界最多还差几成（各天里最大的），``optimal`` 为真表示每天都已证明最优。
    """

    counts: pd.DataFrame
    required: pd.DataFrame
    staffed: pd.DataFrame
    hours: pd.Series
    objective: float
    objective_kind: str
    daily: pd.DataFrame
    gap: float
    optimal: bool
    uncovered: tuple[str, ...]

    @property
    def under(self) -> pd.DataFrame:
        """缺几人。"""
        return (self.required - self.staffed).clip(lower=0)

    @property
    def over(self) -> pd.DataFrame:
        """多几人。"""
        return (self.staffed - self.required).clip(lower=0)

    @property
    def fit(self) -> Fit:
        """全部日期合起来的拟合、覆盖率、有效率。"""
        return measure(self.required.to_numpy(), self.staffed.to_numpy())

    @property
    def by_slot(self) -> pd.DataFrame:
        """长表：日期、时段、需求人数、排班人数，可直接交给 ``evaluation.heatmap``。"""
        days, slots = self.required.index, self.required.columns
        return pd.DataFrame(
            {
                "日期": days.repeat(len(slots)),
                "时段": np.tile(slots, len(days)),
                "需求人数": self.required.to_numpy().ravel(),
                "排班人数": self.staffed.to_numpy().ravel(),
            }
        )

    def summary(self) -> pd.DataFrame:
        """一天：各班次的人数与工时；几天：每天的人数、缺与余、拟合。"""
        if len(self.counts) > 1:
            return self.daily
        counts = self.counts.iloc[0]
        table = pd.DataFrame(
            {"人数": counts, "净工时(小时)": counts * self.hours.reindex(counts.index)}
        )
        return table[counts > 0].rename_axis("班次")

    def plot(self, ax: Axes | None = None, *, day: Any = None) -> Axes:
        """需求是阶梯线，排班是柱；红是缺，橙是余。几天时默认画缺得最多的一天。"""
        if day is None:
            day = self.under.sum(axis=1).idxmax()
        elif isinstance(self.required.index, pd.DatetimeIndex):
            day = pd.Timestamp(day)
        if day not in self.required.index:
            raise ValueError(f"日期（day）{day} 不在方案里：请从 counts 的行里选。")
        ax = new_axes(ax)
        need, have = self.required.loc[day].to_numpy(), self.staffed.loc[day].to_numpy()
        x = np.arange(len(need) + 1)
        steps = {"step": "post", "lw": 0}
        need, have = np.append(need, need[-1]), np.append(have, have[-1])
        both, most = np.minimum(need, have), np.maximum(need, have)
        ax.fill_between(x, 0, both, color=COLOURS["light"], alpha=0.35, **steps)
        ax.fill_between(x, have, most, color=COLOURS["bad"], alpha=0.8, label="缺人", **steps)
        ax.fill_between(x, need, most, color=COLOURS["second"], alpha=0.7, label="余人", **steps)
        ax.step(x, have, where="post", color=COLOURS["main"], label="排班人数")
        ax.step(x, need, where="post", color="black", lw=1.3, label="需求人数")
        slots = self.required.columns
        slot_axis(ax, slots)
        when = day_text(day) if isinstance(day, pd.Timestamp) else str(day)
        ax.set(
            xlabel="时段",
            ylabel="人数（人）",
            xlim=(0, len(slots)),
            ylim=(0, max(1, need.max(), have.max()) * 1.05),
        )
        lack, spare = (np.maximum(one, 0)[:-1].sum() for one in (need - have, have - need))
        hours = 24 / len(slots)
        finding(
            ax,
            f"{when}：缺 {hours * lack:.1f} 工时，余 {hours * spare:.1f} 工时",
            "排班贴着需求走吗",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        days, agents = len(self.counts), int(self.counts.to_numpy().sum())
        who = f"排 {agents} 人" if days == 1 else f"{days} 天共排 {agents} 人次"
        proof = (
            "在所给班次与代价下已证明最优"
            if self.optimal
            else f"尚未证明最优（目标最多还能好 {self.gap:.1%}）"
        )
        if not self.required.to_numpy().sum():
            return f"{who}：没有需求，拟合无从谈起。"
        used = self.fit
        sentence = f"{who}，排班拟合 {used.fit:.1%}，覆盖需求的 {used.coverage:.1%}，{proof}"
        if self.uncovered:
            slots = "、".join(self.uncovered[:3]) + ("等" if len(self.uncovered) > 3 else "")
            sentence += f"；{slots}有需求而没有班次覆盖，要先改班次表"
        return sentence + "。"

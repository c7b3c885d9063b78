"""评班的结果：三个得分，毛病在哪里？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.criteria.humanity import STANDARDS
from ccomlib.results import Result
from ccomlib.scheduling.fitting import Fit
from ccomlib.style import COLOURS, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["RosterEvaluation"]


@dataclass(frozen=True, eq=False)
class RosterEvaluation(Result):
    """一张班表的三个标准。由 ``evaluate`` 生成，不直接构造。

    ``fit`` 是利用率（没有给需求时为 None），``staffed`` 是 日期 × 时段 的排班人数；
    ``violations`` 一行一处（工号、日期、标准、规则、实际、上限、说明），``request_rate`` 是申请满足率
    （没有申请时为 None）；``loads`` 是每人的夜班、周末、工时、冷门班，``fairness`` 是各项的极差、
    标准差、离散系数、基尼系数。``scores`` 是 利用率、人性化、公平性 的得分（0 到 100，教学约定）。
    """

    fit: Fit | None
    staffed: pd.DataFrame | None
    violations: pd.DataFrame
    request_rate: float | None
    loads: pd.DataFrame
    fairness: pd.DataFrame
    scores: pd.Series
    points: pd.Series
    agent_days: int

    @property
    def counts(self) -> pd.DataFrame:
        """每条规则：标准、几处、涉及几人、扣几分（未折算）。"""
        groups = self.violations.groupby("规则")["工号"]
        rules = list(STANDARDS)
        count = groups.size().reindex(rules, fill_value=0)
        people = groups.nunique().reindex(rules, fill_value=0)
        return pd.DataFrame(
            {
                "标准": pd.Series(STANDARDS),
                "处数": count,
                "人数": people,
                "每处扣分": self.points.reindex(rules),
                "扣分": count * self.points.reindex(rules),
            }
        ).rename_axis("规则")

    def summary(self) -> pd.DataFrame:
        """三个标准各一行：得分与主要的数字。"""
        law = int((self.violations["标准"] == "法律").sum())
        uneven = self.fairness["基尼系数"].idxmax()
        fit = "没有给需求，未评"
        if self.fit is not None:
            fit = (
                f"排班拟合 {self.fit.fit:.1%}，覆盖率 {self.fit.coverage:.1%}，"
                f"有效率 {self.fit.efficiency:.1%}"
            )
        humane = f"违法 {law} 处，其余 {len(self.violations) - law} 处"
        if self.request_rate is not None:
            humane += f"，申请满足 {self.request_rate:.1%}"
        fair = (
            f"最不均的是{uneven}：基尼系数 {self.fairness.loc[uneven, '基尼系数']:.3f}，"
            f"{self.fairness.loc[uneven, '最少']:g} 到 {self.fairness.loc[uneven, '最多']:g}"
        )
        return pd.DataFrame({"得分": self.scores, "主要数字": [fit, humane, fair]}).rename_axis(
            "标准"
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """三个得分的柱；没有给需求时利用率空着。"""
        ax = new_axes(ax)
        names = list(self.scores.index)
        colours = [COLOURS["main"], COLOURS["good"], COLOURS["second"]]
        bars = ax.bar(names, self.scores.fillna(0), color=colours, width=0.5)
        texts = ["未评" if np.isnan(score) else f"{score:.1f}" for score in self.scores]
        ax.bar_label(bars, texts, padding=2)
        ax.set(ylabel="得分（分）", ylim=(0, 112))
        law = int((self.violations["标准"] == "法律").sum())
        lowest = self.scores.idxmin()
        said = f"违法 {law} 处；得分最低的是{lowest}，{self.scores[lowest]:.1f} 分"
        finding(ax, said, "3 标准的得分，教学约定")
        ax.grid(axis="x", visible=False)
        return ax

    def plot_fairness(self, measure: str = "夜班", ax: Axes | None = None) -> Axes:
        """某一项落在每个人头上多少：从少到多排开，虚线是平均。"""
        if measure not in self.loads.columns:
            have = "、".join(self.loads.columns)
            raise ValueError(f"项目（measure）是 {measure!r}，应是 {have} 之一。")
        ax = new_axes(ax)
        values = np.sort(self.loads[measure].to_numpy())
        width = 0.9 if len(values) <= 60 else 1.0
        ax.bar(np.arange(1, len(values) + 1), values, width=width, color=COLOURS["main"])
        mean = float(values.mean())
        unit = "小时" if measure == "工时" else "次"
        ax.axhline(mean, color=COLOURS["bad"], ls="--", label=f"平均 {mean:.1f} {unit}")
        ax.set(
            xlabel="员工（从少到多排）",
            ylabel=f"{measure}（{unit}）",
            xlim=(0.3, len(values) + 0.7),
            ylim=(0, max(1.0, values[-1]) * 1.18),
        )
        none, top = int((values == 0).sum()), values[-1]
        said = f"{len(values)} 人里 {none} 人一次也没有，" if none else ""
        finding(ax, f"{said}最多的 {top:g} {unit}", f"{measure}落在谁头上")
        ax.legend(loc="upper left")
        return ax

    def __str__(self) -> str:
        return (
            f"{self._humane()}；{self._fair()}{self._used()}（除法律外，界限与得分都是教学约定）。"
        )

    def _humane(self) -> str:
        table = self.counts
        if not table["处数"].any():
            return "没有发现违法或不合约定的班"
        law = table[(table["标准"] == "法律") & (table["处数"] > 0)]
        worst = (law if len(law) else table)["扣分"].idxmax()
        row = table.loc[worst]
        head = f"违法：{worst}" if len(law) else f"没有违法，最要改的是{worst}"
        return f"{head} {row['处数']} 处、涉及 {row['人数']} 人（{row['标准']}）"

    def _fair(self) -> str:
        uneven = self.fairness["基尼系数"].idxmax()
        row = self.fairness.loc[uneven]
        if row["基尼系数"] < 0.005:
            return "各人的夜班、周末、工时几乎一样"
        unit = "小时" if uneven == "工时" else "次"
        return (
            f"最不均的是{uneven}，每人 {row['最少']:g} 到 {row['最多']:g} {unit}"
            f"（基尼系数 {row['基尼系数']:.2f}）"
        )

    def _used(self) -> str:
        return "" if self.fit is None else f"；排班拟合 {self.fit.fit:.1%}"

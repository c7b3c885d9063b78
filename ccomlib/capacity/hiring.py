"""几月开始招、招几个人，才能每个月都够？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["HiringPlan", "hiring_plan", "label_months", "month_names"]

NEAR = 1e-6
LONG_NAME = 5


@dataclass(frozen=True, eq=False)
class HiringPlan(Result):
    """逐月的招聘计划，各数组一月一个。由 ``hiring_plan`` 生成，不直接构造。

    ``opening`` 期初人数，``arrivals`` 到岗，``leavers`` 离职，``effective`` 有效人力，
    ``gap`` 缺口，``start_hiring`` 本月要启动招聘的人数（``lead_months`` 个月后到岗）。
    """

    months: pd.Index
    need: np.ndarray
    opening: np.ndarray
    arrivals: np.ndarray
    leavers: np.ndarray
    effective: np.ndarray
    gap: np.ndarray
    start_hiring: np.ndarray
    attrition: np.ndarray
    lead_months: int
    ramp: tuple[float, ...]
    max_hires: int | None

    @property
    def total_hires(self) -> int:
        """计划期内要启动招聘的总人数。"""
        return int(self.start_hiring.sum())

    def summary(self) -> pd.DataFrame:
        """每月一行。

        ``招聘启动月份`` 说本月到岗的人是几月启动招聘的；``需启动招聘人数`` 是本月要启动的。
        """
        lead = self.lead_months
        started = [
            str(self.months[i - lead]) if i >= lead and count > 0 else ""
            for i, count in enumerate(self.arrivals)
        ]
        return pd.DataFrame(
            {
                "需求": self.need,
                "期初人数": self.opening,
                "离职": self.leavers,
                "到岗": self.arrivals,
                "有效人力": self.effective,
                "缺口": self.gap,
                "招聘启动月份": started,
                "需启动招聘人数": self.start_hiring,
            },
            index=self.months,
        ).rename_axis("月份")

    def plot(self, ax: Axes | None = None) -> Axes:
        """需求与有效人力两条线，下面的柱是启动招聘与到岗的人数。"""
        ax = new_axes(ax)
        x = np.arange(len(self.months))
        ax.bar(x - 0.2, self.start_hiring, 0.4, color=COLOURS["light"], label="启动招聘")
        ax.bar(x + 0.2, self.arrivals, 0.4, color=COLOURS["good"], label="到岗")
        ax.plot(x, self.need, "o--", color=COLOURS["grey"], ms=4, label="需求")
        ax.plot(x, self.effective, "o-", color=COLOURS["main"], ms=4, label="有效人力")
        ax.fill_between(
            x,
            self.effective,
            self.need,
            where=self.effective < self.need,
            interpolate=True,
            color=COLOURS["bad"],
            alpha=0.3,
            label="缺口",
        )
        label_months(ax, self.months)
        ax.set(xlabel="月份", ylabel="人数（人）")
        most = float(self.gap.max())
        lack = f"最多缺 {most:.1f} 人" if most > 0 else "每个月都够"
        finding(ax, f"共招 {self.total_hires} 人，{lack}", "招聘计划：需求与有效人力")
        ax.set_ylim(bottom=0)
        ax.grid(axis="x", visible=False)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        months, lead = self.months, self.lead_months
        if self.total_hires:
            first = int(np.flatnonzero(self.start_hiring)[0])
            plan = (
                f"{len(months)} 个月共需招 {self.total_hires} 人，最早 {months[first]} 启动"
                f"（先招 {self.start_hiring[first]} 人）"
            )
        else:
            plan = f"{len(months)} 个月内{'没有再招人' if self.gap.any() else '不必招人'}"
        short = self.gap > 0
        early = np.flatnonzero(short[:lead])
        late = lead + np.flatnonzero(short[lead:])
        gaps = []
        if early.size:
            gaps.append(
                f"招到上岗要 {lead} 个月，{_listed(months[early])}来不及补，"
                f"最多缺 {self.gap[early].max():.1f} 人"
            )
        if late.size:
            cause = {None: "新人还没练熟", 0: "不再招人"}.get(
                self.max_hires, f"每月最多招 {self.max_hires} 人"
            )
            gaps.append(
                f"{_listed(months[late])}因{cause}仍缺，最多缺 {self.gap[late].max():.1f} 人"
            )
        if not gaps:
            gaps.append("每个月的有效人力都够")
        return (
            f"{plan}；{'；'.join(gaps)}（假设月离职率 {_span(self.attrition)}、"
            f"新人按时到岗，离职按平均数计）。"
        )


def hiring_plan(
    need: Any,
    start_headcount: float,
    attrition: Any,
    lead_months: int,
    ramp: Sequence[float] = (0.5, 0.8, 1.0),
    *,
    new_hire_attrition: float | None = None,
    in_training: Sequence[float] = (),
    class_size: int = 1,
    max_hires: int | None = None,
    months: Any = None,
) -> HiringPlan:
    """每个月该启动招几个人？

    有效人力 = Σ 各批人数 × (1 − 离职率)^月数 × 熟练度，要每月不低于需求。

    Parameters
    ----------
    need : 逐月需求（全职当量，已含损耗），如 ``monthly_need(...).fte``。
    start_headcount : 第一个月月初的在岗人数，都算熟手。
    attrition : 月离职率（小于 1 的比例），一个数或逐月一个。
    lead_months : 从决定招聘到上岗的整月数，含培训。
    ramp : 新人上岗第 1、2、3… 个月的熟练度，之后按最后一个；缺省值是教学约定。
    new_hire_attrition : 新人在熟练期（``ramp`` 的长度）内的月离职率，不给则同 attrition。
    in_training : 已在招聘或培训、将在第 1、2… 个月到岗的人数，最多 lead_months 个。
    class_size : 开班人数：每月到岗人数是它的整数倍。
    max_hires : 每月最多到岗几人，不给则不限。
    months : 月份名，不给则取 need 的行标签，再不然从 1 月数起。

    Returns
    -------
    HiringPlan

    Raises
    ------
    ValueError
        比例、月数、人数不合法，或逐月参数长短不一。

    Notes
    -----
    依次最小化：缺口的合计（人·月）、招聘总人数、越早的月份到岗人数（能晚招就不早招）；
    三步之后计划唯一，用整数规划求解。头 ``lead_months`` 个月已经来不及，缺口照实列出。
    新人上岗算在月初，当月离职 = 月离职率 ×（期初 + 到岗），离职者当月不计有效人力（偏保守）。
    月离职率若以月均人数为底（离职 ÷ 月初月末均数 = m），请换成 m ÷ (1 + m/2)。
    计划只顾到最后一个月，最后 lead_months 个月不再启动招聘；要看得更远就把 need 给长些。
    头一个来得及的月份缺口大时，计划会多招半熟的新人去填；不愿如此就用 max_hires 限住。

    Examples
    --------
    >>> plan = hiring_plan([100, 100, 100], 100, 0.05, 1, ramp=(1.0,))
    >>> plan.arrivals.tolist(), plan.start_hiring.tolist(), plan.gap.tolist()
    ([0, 11, 5], [11, 5, 0], [5.0, 0.0, 0.0])
    """
    labels = need.index if isinstance(need, pd.Series) else None
    need = np.atleast_1d(require_range(need, "需求（need）", 0))
    if need.ndim != 1 or not need.size:
        raise ValueError("需求（need）应是一列数，每月一个。")
    size = need.size
    start = _number(start_headcount, "期初人数（start_headcount）", 0)
    lead = _whole(lead_months, "提前期（lead_months）", 0)
    batch = _whole(class_size, "开班人数（class_size）", 1)
    most = None if max_hires is None else _whole(max_hires, "每月上限（max_hires）", 0)
    rate = require_range(attrition, "月离职率（attrition）", 0, 1, below=True)
    if rate.ndim and rate.shape != need.shape:
        raise ValueError(
            f"月离职率（attrition）有 {rate.size} 个，需求（need）有 {size} 个月：请逐月一个。"
        )
    rate = np.broadcast_to(rate, need.shape)
    skill = np.atleast_1d(require_range(ramp, "熟练度（ramp）", 0, 1))
    if skill.ndim != 1 or not skill.size or skill[-1] == 0:
        raise ValueError("熟练度（ramp）应是一列比例，最后一个大于 0，如 (0.5, 0.8, 1.0)。")
    young = rate
    if new_hire_attrition is not None:
        name = "新人月离职率（new_hire_attrition）"
        young = np.full(size, _number(new_hire_attrition, name, 0, 1, below=True))
    coming = np.zeros(size)
    known = np.atleast_1d(require_range(list(in_training), "在培人数（in_training）", 0))
    if known.size > lead:
        raise ValueError(
            f"在培人数（in_training）有 {known.size} 个月，多于提前期 {lead} 个月：更晚到岗的由计划安排。"
        )
    coming[: min(known.size, size)] = known[:size]

    alive, effect = _cohorts(rate, young, skill)
    veterans = start * np.cumprod(1 - rate)
    base = veterans + effect @ coming
    hires = _solve(need - base, effect, lead, batch, most)
    arrivals = coming + hires
    closing = veterans + alive @ arrivals
    opening = np.concatenate([[start], closing[:-1]])
    effective = base + effect @ hires
    gap = np.maximum(need - effective, 0)
    start_hiring = np.zeros(size, dtype=int)
    start_hiring[: max(size - lead, 0)] = hires[lead:]
    return HiringPlan(
        months=month_names(months, labels, size),
        need=need,
        opening=opening,
        arrivals=arrivals.astype(int) if (coming == coming.astype(int)).all() else arrivals,
        leavers=opening + arrivals - closing,
        effective=effective,
        gap=np.where(gap > NEAR * np.maximum(need, 1), gap, 0.0),
        start_hiring=start_hiring,
        attrition=np.array(rate),
        lead_months=lead,
        ramp=tuple(skill.tolist()),
        max_hires=most,
    )


def month_names(months: Any, labels: pd.Index | None, size: int) -> pd.Index:
    """月份名：给了就用，否则用行标签，再不然 1月、2月…"""
    if months is not None:
        names = pd.Index(months)
        if len(names) != size:
            raise ValueError(
                f"月份名（months）有 {len(names)} 个，数据有 {size} 个月：请一一对应。"
            )
        return names
    if labels is not None and not isinstance(labels, pd.RangeIndex):
        return labels
    if size <= 12:
        return pd.Index([f"{i}月" for i in range(1, size + 1)])
    return pd.Index([f"第{i}月" for i in range(1, size + 1)])


def label_months(ax: Axes, months: pd.Index) -> None:
    """横轴写月份名，最多十二个。"""
    ticks = np.arange(0, len(months), -(-len(months) // 12))
    names = [str(months[i]) for i in ticks]
    # “2025-06”这样的长名字平放会相碰
    tilt = 30 if max(map(len, names)) > LONG_NAME else 0
    ax.set_xticks(ticks, names, rotation=tilt, ha="right" if tilt else "center")


def _cohorts(rate, young, skill) -> tuple[np.ndarray, np.ndarray]:
    """第 k 月到岗的一个人，到第 t 月末还在的比例与折合的有效人力（t 行 k 列）。"""
    size = rate.size
    age = np.arange(size)[:, None] - np.arange(size)
    stay = np.where(age < skill.size, 1 - young[:, None], 1 - rate[:, None])
    alive = np.where(age >= 0, np.cumprod(np.where(age >= 0, stay, 1.0), axis=0), 0.0)
    return alive, alive * skill[np.clip(age, 0, skill.size - 1)]


def _solve(shortage, effect, lead, batch, most) -> np.ndarray:
    """每月到岗人数：缺口合计最小，其次总人数最少，其次尽量晚。"""
    size = shortage.size
    hires = np.zeros(size, dtype=int)
    if lead >= size or (shortage[lead:] <= 0).all():
        return hires
    from scipy.optimize import Bounds, LinearConstraint, milp

    free = size - lead
    block = effect[lead:, lead:] * batch
    # 变量：各月班数，再各月缺口
    upper = np.full(2 * free, np.inf)
    if most is not None:
        upper[:free] = most // batch
    lower = np.zeros(2 * free)
    integral = np.repeat([1, 0], free)
    rules = [LinearConstraint(np.hstack([block, np.eye(free)]), lb=shortage[lead:])]

    def least(cost: np.ndarray) -> np.ndarray:
        found = milp(
            cost,
            integrality=integral,
            bounds=Bounds(lower, upper),
            constraints=rules,
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise ValueError(f"招聘计划无解：{found.message}。请放宽 max_hires 或缩短月数。")
        return found.x

    gaps, classes = np.repeat([0.0, 1.0], free), np.repeat([1.0, 0.0], free)
    rules.append(LinearConstraint(gaps, ub=gaps @ least(gaps) + NEAR))
    rules.append(LinearConstraint(classes, ub=round(classes @ least(classes)) + 0.5))
    for month in range(free):
        upper[month] = lower[month] = round(least(np.eye(2 * free)[month])[month])
    hires[lead:] = batch * lower[:free].astype(int)
    return hires


def _number(value: Any, name: str, low: float, high: float = np.inf, **ends: bool) -> float:
    if np.ndim(value):
        raise ValueError(f"{name}应是一个数，但得到 {np.ndim(value)} 维。")
    return float(require_range(value, name, low, high, **ends))


def _whole(value: Any, name: str, low: int) -> int:
    number = _number(value, name, low)
    if number != int(number):
        raise ValueError(f"{name}是 {number:g}，应是整数：请取整。")
    return int(number)


def _listed(names: pd.Index) -> str:
    listed = "、".join(map(str, names[:3]))
    return listed if len(names) <= 3 else f"{listed}等 {len(names)} 个月"


def _span(rates: np.ndarray) -> str:
    low, high = rates.min(), rates.max()
    return f"{low:.1%}" if low == high else f"{low:.1%}–{high:.1%}"

"""突发事件：这算几级，谁来指挥，几分钟之内要做到什么？"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["GRADES", "STEPS", "Grade", "Incident", "incident_level"]

STEPS = ("发现", "定级", "通报", "启用机动", "恢复", "复盘")
HOUR = 60


@dataclass(frozen=True)
class Grade:
    """事件的一级；给出的条件满足任何一条就够这一级。

    Parameters
    ----------
    level, name : 级别（I 最重）与名称。
    affected : 受影响的座席（或来电）比例不低于它。
    load : 呼入量 ÷ 预测量不低于它。
    service_below : 滚动服务水平低于它。
    commander, notify : 指挥的人与要通报的人。
    minutes : 定级、通报、启用机动、恢复、复盘的时限，都从发现起算（分钟）。

    Examples
    --------
    >>> GRADES[0].level, GRADES[0].commander
    ('I', '中心总经理')
    """

    level: str
    name: str
    affected: float
    load: float
    service_below: float
    commander: str
    notify: str
    minutes: tuple[float, float, float, float, float]


GRADES = (
    Grade(
        *("I", "特别重大", 0.50, 2.0, 0.20),
        *("中心总经理", "总部、客户方、全体管理人员", (5, 10, 15, 120, 24 * HOUR)),
    ),
    Grade(
        *("II", "重大", 0.30, 1.6, 0.35),
        *("运营总监", "中心总经理、各部门负责人", (5, 15, 20, 120, 48 * HOUR)),
    ),
    Grade(
        *("III", "较大", 0.15, 1.35, 0.50),
        *("现场经理", "运营总监、排班与技术值班", (10, 20, 30, 90, 72 * HOUR)),
    ),
    Grade(
        *("IV", "一般", 0.05, 1.2, 0.65),
        *("当班主管", "现场经理、排班师", (10, 30, 30, 60, 72 * HOUR)),
    ),
)


@dataclass(frozen=True, eq=False)
class Incident(Result):
    """一次事件的定级与应对。由 ``incident_level`` 得到，不直接构造。"""

    grade: Grade | None
    """None 为不构成事件。"""
    reasons: tuple[str, ...]
    raised: bool
    """因为预计持续太久而提了一级。"""
    table: pd.DataFrame
    """六步，列：次序、步骤、责任人、时限分钟、做什么；不构成事件时没有行。"""

    @property
    def level(self) -> str | None:
        """级别 I 到 IV；不构成事件为 None。"""
        return None if self.grade is None else self.grade.level

    def check(self, minutes: Mapping[str, float]) -> pd.DataFrame:
        """实际的时间线按时吗，次序对吗？

        Parameters
        ----------
        minutes : {步骤: 从发现起的分钟}；没有做的步骤不写。

        Returns
        -------
        pandas.DataFrame
            列：步骤、时限分钟、实际分钟、判断（按时、超时、没有做、次序颠倒）。

        Raises
        ------
        ValueError
            不构成事件、步骤名写错、时间为负。
        """
        if self.grade is None:
            raise ValueError("不构成事件，没有时限可对照：按日常的触发阶梯处理即可。")
        for step, value in minutes.items():
            if step not in STEPS:
                raise ValueError(f"没有步骤 {step!r}；有：{'、'.join(STEPS)}。")
            require_range(value, f"{step}的分钟", 0)
        rows, before = [], -np.inf
        for step, limit in self.table[["步骤", "时限分钟"]].itertuples(index=False):
            actual = minutes.get(step)
            if actual is None:
                rows.append((step, limit, np.nan, "没有做"))
                continue
            verdict = "次序颠倒" if actual < before else "超时" if actual > limit else "按时"
            before = max(before, actual)
            rows.append((step, limit, float(actual), verdict))
        return pd.DataFrame(rows, columns=["步骤", "时限分钟", "实际分钟", "判断"])

    def summary(self) -> pd.DataFrame:
        """六步、责任人与时限。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """前五步的时限（复盘写在标题里）。"""
        ax = new_axes(ax, figsize=(8.0, 3.2))
        if self.grade is None:
            ax.text(
                0.5, 0.5, "不构成事件：按日常的触发阶梯处理", ha="center", transform=ax.transAxes
            )
            ax.set(title="突发事件定级", xticks=[], yticks=[], xlabel="分钟")
            return ax
        rows = self.table.iloc[:-1]
        bars = ax.barh(rows["步骤"], rows["时限分钟"], color=COLOURS["main"])
        notes = [
            f"{minutes:g} 分钟，{who}"
            for minutes, who in rows[["时限分钟", "责任人"]].itertuples(index=False)
        ]
        ax.bar_label(bars, notes, padding=4)
        ax.invert_yaxis()
        ax.margins(x=0.3)
        ax.grid(axis="y", visible=False)
        review = self.table["时限分钟"].iloc[-1] / HOUR
        ax.set(
            title=f"{self.grade.level} 级（{self.grade.name}）的时限，复盘在 {review:g} 小时之内",
            xlabel="从发现起（分钟）",
        )
        return ax

    def __str__(self) -> str:
        tail = "分级、角色与时限是教学约定，以本中心的预案为准。"
        if self.grade is None:
            return f"不构成事件（没有一条达到 IV 级），按日常的触发阶梯处理；{tail}"
        why = "、".join(self.reasons) + ("，预计持续太久提了一级" if self.raised else "")
        limits = dict(zip(self.table["步骤"], self.table["时限分钟"], strict=True))
        return (
            f"{self.grade.level} 级（{self.grade.name}）：{why}；由{self.grade.commander}指挥，"
            f"{limits['通报']:g} 分钟内通报{self.grade.notify}，{limits['启用机动']:g} 分钟内启用机动，"
            f"{limits['恢复']:g} 分钟内恢复；{tail}"
        )


def incident_level(
    *,
    affected: float | None = None,
    load: float | None = None,
    service_level: float | None = None,
    minutes: float | None = None,
    grades: Iterable[Grade] = GRADES,
    long_minutes: float = 120,
) -> Incident:
    """眼前的突发事件算几级，谁指挥，各步几分钟之内做到？

    Parameters
    ----------
    affected : 受影响的座席（或来电）比例，0 到 1。
    load : 呼入量 ÷ 预测量，1.5 即多 50%。
    service_level : 滚动服务水平，0 到 1。
    minutes : 预计还要持续几分钟；不少于 long_minutes 就提一级。
    grades : 由重到轻的级别，默认 I 到 IV，数值是教学约定。
    long_minutes : 见 minutes，教学约定。

    Returns
    -------
    Incident
        级别、原因、六步的责任人与时限。

    Raises
    ------
    ValueError
        三个条件一个也没有给、数值不合法、级别不是由重到轻、时限不递增。

    Notes
    -----
    没有给的条件不查；满足任何一级的任何一条就取最重的那一级。

    Examples
    --------
    >>> event = incident_level(affected=0.2, load=1.7, minutes=30)
    >>> event.level, event.reasons
    ('II', ('呼入量是预测的 170%',))
    >>> event.check({"发现": 0, "定级": 4, "通报": 25}).iloc[:3]["判断"].tolist()
    ['按时', '按时', '超时']
    """
    grades = tuple(grades)
    _check_grades(grades)
    given = {"affected": affected, "load": load, "service_level": service_level}
    if all(value is None for value in given.values()):
        raise ValueError("affected、load、service_level 至少给一个，才能定级。")
    if affected is not None:
        require_range(affected, "affected", 0, 1)
    if load is not None:
        require_range(load, "load", 0)
    if service_level is not None:
        require_range(service_level, "service_level", 0, 1)
    long = minutes is not None and float(require_range(minutes, "minutes", 0)) >= long_minutes
    found, reasons = None, ()
    for place, grade in enumerate(grades):
        reasons = tuple(_reasons(grade, affected, load, service_level))
        if reasons:
            found = place
            break
    if found is None:
        return Incident(None, (), False, _steps(None))
    raised = long and found > 0
    grade = grades[found - 1] if raised else grades[found]
    return Incident(grade, reasons, raised, _steps(grade))


def _reasons(
    grade: Grade, affected: float | None, load: float | None, service: float | None
) -> Iterable[str]:
    if affected is not None and affected >= grade.affected - 1e-9:
        yield f"{affected:.0%} 受影响"
    if load is not None and load >= grade.load - 1e-9:
        yield f"呼入量是预测的 {load:.0%}"
    if service is not None and service < grade.service_below - 1e-9:
        yield f"服务水平只有 {service:.0%}"


def _check_grades(grades: tuple[Grade, ...]) -> None:
    if not grades:
        raise ValueError("grades 是空的：请至少给一级。")
    for grade in grades:
        limits = as_numbers(grade.minutes, f"{grade.level} 级的时限（minutes）")
        if len(limits) != len(STEPS) - 1 or np.any(np.diff(limits) < 0) or limits[0] < 0:
            raise ValueError(
                f"{grade.level} 级的时限是 {grade.minutes}：请按 {'、'.join(STEPS[1:])} 写五个由小到大的分钟数。"
            )
    for heavy, light in pairwise(grades):
        for field, sign in (("affected", 1), ("load", 1), ("service_below", -1)):
            if sign * (getattr(heavy, field) - getattr(light, field)) < 0:
                raise ValueError(
                    f"{heavy.level} 级的 {field}（{getattr(heavy, field):g}）比 {light.level} 级"
                    f"（{getattr(light, field):g}）更容易达到：请由重到轻排列。"
                )


def _steps(grade: Grade | None) -> pd.DataFrame:
    rows = []
    if grade is not None:
        who = ("当班班长", "当班主管", grade.commander, "排班师", grade.commander, grade.commander)
        what = (
            "看到告警就报，不等确认原因",
            "按受影响比例、负荷、服务水平取最重的一级",
            f"通报{grade.notify}：级别、影响、预计时间、下次更新时间",
            "按触发阶梯推迟小休与培训、后台上线、挂应急语音",
            "服务水平回到目标并稳住，逐级撤回",
            "时间线、根因、做得好与不好、改进项与责任人",
        )
        limits = (0.0, *map(float, grade.minutes))
        rows = list(zip(range(1, 7), STEPS, who, limits, what, strict=True))
    return pd.DataFrame(rows, columns=["次序", "步骤", "责任人", "时限分钟", "做什么"])

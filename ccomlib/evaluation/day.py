"""当天复盘：哪些时段没排够、没到够，还是预测错了？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.evaluation.service import service_denominator
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_call_flow, require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DayEvaluation", "evaluate_day"]

PHRASES = {
    "预测偏差": ("来电比预测多，折合缺", "来电比预测少，折合余"),
    "处理时长偏差": ("处理时长比预测长，折合缺", "处理时长比预测短，折合余"),
    "排班不足": ("排班少了", "排班多了"),
    "到岗不足": ("到岗少了", "到岗多了"),
}
SMALLEST_TOLD = 0.05
ENOUGH_STAFF = "人数够，另查系统、技能或时段内的波动"
NOTHING = ""


@dataclass(frozen=True, eq=False)
class DayEvaluation(Result):
    """一天的复盘。由 ``evaluate_day`` 生成，不直接构造。

    ``fit`` 三行：计划（排班对需求）、执行（实际对需求）、事后（实际对按实际话务折算的需求）；
    ``service_level`` 按通数加权，没有接起数据时为 None；``unknown`` 是缺列而没查的原因。
    """

    table: pd.DataFrame
    fit: pd.DataFrame
    service_level: float | None
    definition: str
    target: float
    unknown: tuple[str, ...]

    @property
    def bad(self) -> pd.DataFrame:
        """没做好的时段：服务水平低于目标，或（没有服务水平时）人数少于需求。"""
        return self.table[self.table["未达标"]].reset_index(drop=True)

    @property
    def causes(self) -> pd.Series:
        """每种主因占几个未达标时段，多的在前。"""
        return self.bad["主因"].value_counts()

    def summary(self) -> pd.DataFrame:
        """逐时段：人数余缺、服务水平、各原因折合人数与主因。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """需求、排班、实际三条线；实际少于需求的部分涂红。"""
        ax = new_axes(ax)
        x = np.arange(len(self.table) + 1) - 0.5
        lines = {
            "需求人数": (COLOURS["grey"], "-"),
            "排班人数": (COLOURS["main"], "--"),
            "实际在岗": (COLOURS["good"], "-"),
        }
        heads = {}
        for column, (colour, style) in lines.items():
            if column in self.table:
                values = self.table[column].to_numpy(dtype=float)
                heads[column] = np.append(values, values[-1])
                ax.step(x, heads[column], where="post", color=colour, ls=style, label=column)
        have = heads.get("实际在岗", heads["排班人数"])
        need = heads["需求人数"]
        # 逐格一条：step 填色会漏掉每段缺人的最后一格
        ax.bar(
            x[:-1],
            np.maximum(need - have, 0)[:-1],
            width=1.0,
            bottom=have[:-1],
            align="edge",
            color=COLOURS["bad"],
            alpha=0.35,
            label="缺人",
        )
        slot_axis(ax, self.table["时段"])
        ax.set_xlim(-0.5, len(self.table) - 0.5)
        ax.set_ylim(0, 1.08 * max(values.max() for values in heads.values()) + 1)
        ax.set(xlabel="时段", ylabel="人数（人）")
        lack = (need - have)[:-1]
        worst = int(np.argmax(lack))
        said = f"最缺人的是 {self.table['时段'].iloc[worst]}，少 {lack[worst]:.3g} 人"
        finding(ax, said if lack[worst] > 0 else "没有缺人的时段", "需求、排班与实际在岗")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        last = self.fit.index[-1]
        level = "" if self.service_level is None else f"服务水平 {self.service_level:.1%}，"
        head = f"{level}{last}覆盖率 {self.fit.loc[last, '覆盖率']:.0%}"
        tail = "各原因按人数与话务成正比折算，是近似"
        if self.unknown:
            tail += f"；缺数据没查{'、'.join(self.unknown)}"
        if self.bad.empty:
            return f"{head}，{len(self.table)} 个时段都达标；{tail}。"
        causes = "、".join(f"{name} {count} 个" for name, count in self.causes.items())
        return (
            f"{head}，{len(self.table)} 个时段里 {len(self.bad)} 个未达标，主因：{causes}；{tail}。"
        )


def evaluate_day(
    table: pd.DataFrame, *, definition: str = "of_offered", target: float = 0.8
) -> DayEvaluation:
    """排好的班，当天执行得怎样、差在哪里？

    缺的人数 = 预测偏差 + 处理时长偏差 + 排班不足 + 到岗不足，其中
    预测偏差 = 需求 × (呼入/预测 − 1)，处理时长偏差 = 需求 × 呼入/预测 × (时长/预测时长 − 1)，
    排班不足 = 需求 − 排班，到岗不足 = 排班 − 实际。

    Parameters
    ----------
    table : 一天、一行一个时段。必须有 时段、需求人数、排班人数；
        有 实际在岗（或 在岗人数）才评执行，有 呼入量、预测量 才查预测偏差，
        再有 平均处理时长、预测处理时长 才查时长，有 20秒接起量 才算服务水平。
    definition : 服务水平的口径："of_offered" 按呼入量、"of_answered" 按接起量、
        "excluding_short_abandons" 剔除短放弃（要有 短放弃量）。
    target : 服务水平目标，低于它算未达标，0.8 是教学约定。

    Returns
    -------
    DayEvaluation

    Raises
    ------
    ValueError
        缺列、时段重复、数值不合法，或有来电而预测量是 0。

    Notes
    -----
    覆盖率 = Σmin(S, R) ÷ ΣR，拟合度 = 1 − Σ|S − R| ÷ ΣR，有效率 = Σmin(S, R) ÷ ΣS，
    S 是排班或实际人数，R 是需求人数。
    需求与话务并不严格成正比（规模越大越省人），折算人数用来分主次，不用来定编。

    References
    ----------
    覆盖率、拟合度、有效率与原因分解是教学约定。

    Examples
    --------
    >>> day = pd.DataFrame({"时段": ["10:00"], "需求人数": [20], "排班人数": [19],
    ...                     "实际在岗": [18], "呼入量": [120], "预测量": [100]})
    >>> result = evaluate_day(day)
    >>> result.bad["说明"][0]
    '来电比预测多，折合缺 4.0 人，排班少了 1.0 人，到岗少了 1.0 人'
    """
    require_columns(table, ["时段", "需求人数", "排班人数"], "当天的表")
    if table.empty:
        raise ValueError("当天的表没有行：请至少给一个时段。")
    slots = table["时段"].astype(str).reset_index(drop=True)
    if slots.duplicated().any():
        row = int(np.flatnonzero(slots.duplicated())[0])
        raise ValueError(
            f"时段 {slots[row]} 在第 {row + 1} 行重复了：请先取出一天、一个队列，"
            "几天一起看用 heatmap()。"
        )
    need = _numbers(table, "需求人数")
    planned = _numbers(table, "排班人数")
    if need.sum() == 0:
        raise ValueError("需求人数全是 0：没有需求就谈不上拟合，请核对这一列。")
    staffed = _numbers(table, "实际在岗")
    if staffed is None:
        staffed = _numbers(table, "在岗人数")
    result = pd.DataFrame({"时段": slots, "需求人数": need, "排班人数": planned})
    result["排班余缺"] = planned - need
    if staffed is not None:
        result["实际在岗"] = staffed
        result["实际余缺"] = staffed - need
    fast_share, overall = _service(table, definition)
    if fast_share is not None:
        result["服务水平"] = fast_share
    parts = _decompose(table, need, planned, staffed)
    have = planned if staffed is None else staffed
    shortage = np.sum(list(parts.values()), axis=0)
    goal = float(require_range(target, "服务水平目标（target）", 0, 1, above=True))
    bad = shortage > 1e-9 if fast_share is None else np.nan_to_num(fast_share, nan=1.0) < goal
    for name, values in parts.items():
        result[name] = values
    result["缺人合计"] = shortage
    result["未达标"] = bad
    main = _main_cause(parts, shortage)
    result["主因"] = np.where(bad, main, NOTHING)
    result["说明"] = [_explain(row, parts) if wrong else NOTHING for row, wrong in enumerate(bad)]
    fit = {"计划": _fit(planned, need)}
    if staffed is not None:
        fit["执行"] = _fit(staffed, need)
    if "预测偏差" in parts:
        fit["事后"] = _fit(have, need + parts["预测偏差"] + parts.get("处理时长偏差", 0))
    return DayEvaluation(
        table=result,
        fit=pd.DataFrame(fit, index=["覆盖率", "拟合度", "有效率"]).T,
        service_level=overall,
        definition=definition,
        target=goal,
        unknown=tuple(name for name in PHRASES if name not in parts),
    )


def _numbers(table: pd.DataFrame, column: str) -> np.ndarray | None:
    return require_range(table[column], column, 0) if column in table else None


def _service(table: pd.DataFrame, definition: str) -> tuple[np.ndarray | None, float | None]:
    """逐时段与全天的服务水平；没有来电的时段是空值。"""
    offered, fast = _numbers(table, "呼入量"), _numbers(table, "20秒接起量")
    answered, short = _numbers(table, "接起量"), _numbers(table, "短放弃量")
    if offered is None or fast is None:
        if definition != "of_offered":
            raise ValueError(f"口径 {definition!r} 要用呼入量与20秒接起量，表里没有：请补上。")
        return None, None
    require_call_flow(offered, answered, fast, _numbers(table, "放弃量"), short)
    base = service_denominator(definition, offered, answered, short)
    if base.sum() == 0:
        raise ValueError("全天没有来电（口径的分母是 0），算不出服务水平：请核对呼入量。")
    level = np.divide(fast, base, out=np.full(len(base), np.nan), where=base > 0)
    if definition == "of_answered":
        level[(base == 0) & (offered > 0)] = 0.0
    return level, float(fast.sum() / base.sum())


def _decompose(
    table: pd.DataFrame, need: np.ndarray, planned: np.ndarray, staffed: np.ndarray | None
) -> dict[str, np.ndarray]:
    """每种原因折合几个人；正数是缺，负数是余，合计正好是缺的人数。"""
    parts = {}
    calls, forecast = _numbers(table, "呼入量"), _numbers(table, "预测量")
    if calls is not None and forecast is not None:
        wrong = (forecast == 0) & (calls > 0)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise ValueError(
                f"预测量第 {row + 1} 个（{table['时段'].iloc[row]}）是 0，而呼入量是 "
                f"{calls[row]:g}：比例无从算起，请补上预测。"
            )
        growth = np.divide(calls, forecast, out=np.ones(len(calls)), where=forecast > 0)
        parts["预测偏差"] = need * (calls - forecast) / np.where(forecast > 0, forecast, 1)
        if {"平均处理时长", "预测处理时长"} <= set(table.columns):
            aht = require_range(table["平均处理时长"].where(calls > 0, 0), "平均处理时长", 0)
            expected = require_range(table["预测处理时长"], "预测处理时长", 0, above=True)
            slower = np.where(calls > 0, aht / expected, 1.0)
            parts["处理时长偏差"] = need * growth * (slower - 1)
    parts["排班不足"] = need - planned
    if staffed is not None:
        parts["到岗不足"] = planned - staffed
    return parts


def _main_cause(parts: dict[str, np.ndarray], shortage: np.ndarray) -> np.ndarray:
    names = np.array(list(parts), dtype=object)
    largest = names[np.argmax(list(parts.values()), axis=0)]
    return np.where(shortage > 1e-9, largest, ENOUGH_STAFF)


def _explain(row: int, parts: dict[str, np.ndarray]) -> str:
    """把一个时段的各原因写成一句话，缺得多的在前。"""
    heads = sorted(((values[row], name) for name, values in parts.items()), reverse=True)
    said = [
        f"{PHRASES[name][int(value < 0)]} {abs(value):.1f} 人"
        for value, name in heads
        if abs(value) >= SMALLEST_TOLD
    ]
    return "，".join(said) or "人数与需求相当"


def _fit(staff: np.ndarray, need: np.ndarray) -> list[float]:
    overlap = np.minimum(staff, need).sum()
    if staff.sum() == 0 or need.sum() == 0:
        raise ValueError("人数或需求合计是 0：算不出覆盖率与有效率，请核对这一列。")
    return [
        float(overlap / need.sum()),
        float(1 - np.abs(staff - need).sum() / need.sum()),
        float(overlap / staff.sum()),
    ]

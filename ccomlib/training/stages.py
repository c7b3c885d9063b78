"""新员工：培训期、实习期、上岗期，谁过了哪一关，卡在哪一条？"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.proportions import wilson_limits
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DEFAULT_GATES", "Gate", "StageGates", "stage_gates"]

PASSED, FAILED, WAITING, LOCKED = "通过", "未通过", "未考核", "未到"


@dataclass(frozen=True)
class Gate:
    """一个阶段的关口：下面各条都满足才过。

    Parameters
    ----------
    stage : 阶段名称。
    at_least : {列: 最低值}。
    at_most : {列: 最高值}。

    Examples
    --------
    >>> Gate("培训期", at_least={"理论考试": 80}).rules()
    ['理论考试 ≥ 80']
    """

    stage: str
    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)

    def rules(self) -> list[str]:
        """各条写成文字。"""
        low = [f"{column} ≥ {value:g}" for column, value in self.at_least.items()]
        return low + [f"{column} ≤ {value:g}" for column, value in self.at_most.items()]

    def columns(self) -> list[str]:
        """要看的列。"""
        return [*self.at_least, *self.at_most]


DEFAULT_GATES = (
    Gate("培训期", at_least={"理论考试": 80, "模拟通话": 75, "出勤率": 0.95}),
    Gate("实习期", at_least={"实习质检分": 80}, at_most={"实习致命差错": 0, "实习处理时长比": 1.3}),
    Gate("上岗期", at_least={"上岗质检分": 85, "上岗满意度": 4.2}, at_most={"上岗处理时长比": 1.1}),
)


@dataclass(frozen=True, eq=False)
class StageGates(Result):
    """各阶段的过关结果。由 ``stage_gates`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一人，列：人、各阶段（通过、未通过、未考核、未到）、当前阶段、原因。"""
    rates: pd.DataFrame
    """逐阶段，列：阶段、条件、到达、已考核、通过、通过率、区间下限、区间上限。"""
    reasons: pd.DataFrame
    """未通过的各条各卡住几人，列：阶段、条件、人数。"""
    jumped: tuple
    """前一关没有通过、却已有后一关全部成绩的人（提前上岗，或数据有误）。"""
    person: str
    confidence: float

    def summary(self) -> pd.DataFrame:
        """逐阶段的通过率。"""
        return self.rates

    def plot(self, ax: Axes | None = None) -> Axes:
        """漏斗：每个阶段到达、通过、未通过、未考核各几人。"""
        ax = new_axes(ax, figsize=(8.0, 1.8 + 0.7 * len(self.rates)))
        left = np.zeros(len(self.rates))
        failed = self.rates["已考核"] - self.rates["通过"]
        waiting = self.rates["到达"] - self.rates["已考核"]
        for name, values, colour in (
            (PASSED, self.rates["通过"], "good"),
            (FAILED, failed, "bad"),
            (WAITING, waiting, "grey"),
        ):
            values = values.to_numpy()
            bars = ax.barh(self.rates["阶段"], values, left=left, color=COLOURS[colour], label=name)
            texts = [f"{value:g}" if value else "" for value in values]
            ax.bar_label(bars, texts, label_type="center", color="white")
            left = left + values
        for row, (_, line) in enumerate(self.rates.iterrows()):
            said = "没有人考核" if line["已考核"] == 0 else f"通过率 {line['通过率']:.0%}"
            ax.annotate(
                said, (left[row], row), xytext=(6, 0), textcoords="offset points", va="center"
            )
        ax.invert_yaxis()
        ax.set_xlim(0, 1.3 * max(1.0, float(left.max())))
        ax.grid(axis="y", visible=False)
        ax.set(title="新员工的三关", xlabel="人数（人）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        said = [
            f"{line['阶段']} {line['通过']}/{line['已考核']}"
            + (f"（{line['通过率']:.0%}）" if line["已考核"] else "")
            for _, line in self.rates.iterrows()
        ]
        text = f"{len(self.table)} 人过关：" + "，".join(said)
        if len(self.reasons):
            top = self.reasons.loc[self.reasons["人数"].idxmax()]
            text += f"；卡人最多的是{top['阶段']}的“{top['条件']}”（{top['人数']} 人）"
        if self.jumped:
            text += f"；{len(self.jumped)} 人前一关没过就有了后一关的成绩，请核对"
        return text + "；关口的数值是教学约定，未考核的不算未通过。"


def stage_gates(
    table: pd.DataFrame,
    gates: Iterable[Gate] = DEFAULT_GATES,
    *,
    person: str = "工号",
    confidence: float = 0.95,
) -> StageGates:
    """新员工各过了哪一关，通过率多少，没过的卡在哪一条？

    Parameters
    ----------
    table : 一行一人，列有 person 与各关口要看的列；还没考核的留空。
    gates : 由先到后的关口；默认 培训期、实习期、上岗期，数值是教学约定。
    person : 人的列，不能重复。
    confidence : 通过率区间的置信水平。

    Returns
    -------
    StageGates
        逐人的阶段与原因，逐阶段的通过率。

    Raises
    ------
    ValueError
        缺列、没有行、人重复、不是数字、关口没有条件。

    Notes
    -----
    一关之内任何一条不满足就未通过；没有不满足的而有空的，是未考核。
    通过率 = 通过 ÷ 已考核，区间是 Wilson。

    Examples
    --------
    >>> gates = [Gate("培训期", at_least={"考试": 80}), Gate("实习期", at_most={"差错": 1})]
    >>> table = pd.DataFrame({"工号": ["N1", "N2", "N3"], "考试": [85, 70, 90], "差错": [0, None, None]})
    >>> result = stage_gates(table, gates)
    >>> result.table["当前阶段"].tolist(), result.table["原因"].tolist()
    (['已全部通过', '培训期', '实习期'], ['', '考试 70，要 ≥ 80', '差错未考核'])
    """
    gates = tuple(gates)
    if not gates:
        raise ValueError("gates 是空的：请至少给一个关口。")
    for gate in gates:
        if not gate.columns():
            raise ValueError(f"关口「{gate.stage}」没有条件：请给 at_least 或 at_most。")
    if len({gate.stage for gate in gates}) < len(gates):
        raise ValueError("gates 里有同名的阶段：请各起一个名字。")
    needed = list(dict.fromkeys(column for gate in gates for column in gate.columns()))
    require_columns(table, [person, *needed], "新员工表")
    if table.empty:
        raise ValueError("新员工表没有行：请至少给一个人。")
    bad = (table[person].isna() | table[person].duplicated()).to_numpy()
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{person}第 {row + 1} 个是 {table[person].iloc[row]!r}，空着或重复：一人只写一行。"
        )
    people = table[person].tolist()
    values = {column: _numbers(table[column].set_axis(people), column) for column in needed}
    open_to = np.ones(len(people), dtype=bool)
    states, current = {}, np.full(len(people), "已全部通过", dtype=object)
    why = np.full(len(people), "", dtype=object)
    rates, reasons = [], []
    jumped: list = []
    for gate in gates:
        missing = np.zeros(len(people), dtype=bool)
        broken = np.zeros(len(people), dtype=bool)
        notes = [[] for _ in people]
        for column, limit, sign in _conditions(gate):
            number_of = values[column]
            empty = np.isnan(number_of)
            fails = ~empty & (sign * (np.nan_to_num(number_of) - limit) < -1e-12)
            rule = f"{column} {'≥' if sign > 0 else '≤'} {limit:g}"
            for row in np.flatnonzero(fails | empty):
                said = (
                    f"{column}未考核"
                    if empty[row]
                    else f"{column} {number_of[row]:g}，要 {rule[len(column) + 1 :]}"
                )
                notes[row].append(said)
            missing |= empty
            broken |= fails
            if (fails & open_to).any():
                reasons.append((gate.stage, rule, int((fails & open_to).sum())))
        scored = np.all([~np.isnan(values[column]) for column in gate.columns()], axis=0)
        jumped += [people[row] for row in np.flatnonzero(scored & ~open_to)]
        passed = open_to & ~broken & ~missing
        states[gate.stage] = np.select(
            [~open_to, broken, missing], [LOCKED, FAILED, WAITING], PASSED
        )
        for row in np.flatnonzero(open_to & ~passed):
            current[row] = gate.stage
            why[row] = "；".join(
                note for note in notes[row] if not broken[row] or not note.endswith("未考核")
            )
        reached, judged = int(open_to.sum()), int((open_to & (broken | ~missing)).sum())
        rates.append((gate.stage, "；".join(gate.rules()), reached, judged, int(passed.sum())))
        open_to = passed
    result = pd.DataFrame(rates, columns=["阶段", "条件", "到达", "已考核", "通过"])
    judged = result["已考核"].where(result["已考核"] > 0)
    result["通过率"] = result["通过"] / judged
    result["区间下限"], result["区间上限"] = (
        np.full(len(result), np.nan),
        np.full(len(result), np.nan),
    )
    some = judged.notna()
    ends = wilson_limits(result.loc[some, "通过"], judged[some], confidence)
    result.loc[some, "区间下限"], result.loc[some, "区间上限"] = ends
    return StageGates(
        table=pd.DataFrame({person: people, **states, "当前阶段": current, "原因": why}),
        rates=result,
        reasons=pd.DataFrame(reasons, columns=["阶段", "条件", "人数"]),
        jumped=tuple(dict.fromkeys(jumped)),
        person=person,
        confidence=float(confidence),
    )


def _conditions(gate: Gate) -> Iterable[tuple[str, float, int]]:
    yield from ((column, limit, 1) for column, limit in gate.at_least.items())
    yield from ((column, limit, -1) for column, limit in gate.at_most.items())


def _numbers(column: pd.Series, name: str) -> np.ndarray:
    """一列数，空着的是还没考核。"""
    found = np.full(len(column), np.nan)
    given = column.notna().to_numpy()
    found[given] = as_numbers(column[given], name)
    return found

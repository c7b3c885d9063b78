"""触发阶梯：什么时候动用机动、动到哪一级、什么时候撤？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.reserve.levels import DEFAULT, Level, check_levels, conditions
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LadderRun", "TriggerLadder", "trigger_ladder"]

LEVEL_COLOURS = ("#FFF3C4", "#FFD08A", "#F4A58A")
NO_LEVEL = "正常"


@dataclass(frozen=True, eq=False)
class LadderRun(Result):
    """阶梯在一天数据上的结果。由 ``TriggerLadder.apply`` 生成，不直接构造。

    ``table`` 一行一个时段：级别、动作、原因；``unused`` 是数据里没有、因而没查的条件。
    """

    table: pd.DataFrame
    ladder: TriggerLadder
    unused: tuple[str, ...]

    @property
    def highest(self) -> int:
        """到过的最高级，0 表示一直正常。"""
        return int(self.table["级别"].max())

    @property
    def changes(self) -> pd.DataFrame:
        """级别变动的时段：启用、升级、降级、撤回。"""
        return self.table[self.table["变动"] != ""].reset_index(drop=True)

    def summary(self) -> pd.DataFrame:
        """逐时段：滚动服务水平、级别、变动、动作与原因。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """滚动服务水平（或负荷）的曲线，底色是所处的级别。"""
        ax = new_axes(ax)
        x, state = np.arange(len(self.table)), self.table["级别"].to_numpy()
        names = [level.name for level in self.ladder.levels]
        for rank, name in enumerate(names, start=1):
            colour = LEVEL_COLOURS[min(rank, len(LEVEL_COLOURS)) - 1]
            for number, position in enumerate(np.flatnonzero(state == rank)):
                label = f"第 {rank} 级 {name}" if number == 0 else None
                ax.axvspan(position - 0.5, position + 0.5, color=colour, lw=0, label=label)
        column = "滚动服务水平" if "滚动服务水平" in self.table else "负荷比"
        ax.plot(x, 100 * self.table[column], color=COLOURS["main"], marker="o", ms=3, label=column)
        if column == "滚动服务水平":
            clear, text = self.ladder.clear_service_level, "撤回线"
            ax.set_ylim(0, 105)
        else:
            clear, text = 1.0, "预测"
        ax.axhline(100 * clear, color=COLOURS["grey"], ls="--", label=f"{text} {clear:.0%}")
        slot_axis(ax, self.table["时段"])
        ax.set_xlim(-0.5, len(x) - 0.5)
        ax.set(xlabel="时段", ylabel=f"{column}（%）")
        top = self.table[self.table["级别"] == self.highest].iloc[0]
        said = f"最高到第 {self.highest} 级（{top['时段']}）" if self.highest else "没有触发"
        finding(ax, said, "触发阶梯：何时启用，何时撤回")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        tail = "阈值是教学约定，应按本中心的历史校准"
        if self.unused:
            tail += f"；缺数据，没有查{'、'.join(self.unused)}"
        if self.highest == 0:
            return f"{len(self.table)} 个时段都没有触发，不必动用机动；{tail}。"
        top = self.table[self.table["级别"] == self.highest].iloc[0]
        active = int((self.table["级别"] > 0).sum())
        ended = self.table[self.table["变动"] == "撤回"]
        last = (
            f"{ended['时段'].iloc[-1]} 撤回"
            if not self.table["级别"].iloc[-1]
            else "到最后还没撤回"
        )
        return (
            f"{active} 个时段处在启用状态，最高到第 {self.highest} 级"
            f"（{top['级别名称']}，{top['时段']}，因为{top['原因']}），{last}；{tail}。"
        )


@dataclass(frozen=True, eq=False)
class TriggerLadder(Result):
    """触发阶梯。由 ``trigger_ladder`` 生成。"""

    levels: tuple[Level, ...]
    clear_service_level: float

    def apply(self, stream: pd.DataFrame, *, interval_minutes: float | None = None) -> LadderRun:
        """把阶梯用在一天的逐时段数据上。

        Parameters
        ----------
        stream : 按时间排好的表，有 时段；再有 服务水平（或 20秒接起量）与 呼入量、预测量、
            排队与在岗人数、平均应答速度 中的若干列，有什么查什么。
        interval_minutes : 时段长度（分钟）；不给则由前两个时段推出。

        Returns
        -------
        LadderRun
        """
        frame, unused = _measures(stream, self.levels, interval_minutes)
        hit = np.zeros(len(frame), dtype=int)
        why = np.full(len(frame), "", dtype=object)
        for rank, level in enumerate(self.levels, start=1):
            reasons = _reasons(frame, level)
            on = reasons != ""
            hit[on], why[on] = rank, reasons[on]
        calm = np.ones(len(frame), dtype=bool)
        if "即时服务水平" in frame:
            level_now = frame["即时服务水平"].to_numpy()
            calm = np.isnan(level_now) | (level_now >= self.clear_service_level)
        state = _walk(hit, calm, [level.stand_down for level in self.levels])
        return LadderRun(_describe(frame, state, hit, why, self.levels), self, unused)

    def days(self, stream: pd.DataFrame) -> pd.Series:
        """许多天各走一遍：每天最高到第几级。

        Parameters
        ----------
        stream : 同 ``apply``，另有 日期；一天一个时段只有一行。

        Returns
        -------
        Series
            索引是日期，值是那天到过的最高级，0 是一直正常。
        """
        require_columns(stream, ["日期", "时段"], "时段数据")
        if stream.duplicated(["日期", "时段"]).any():
            raise ValueError("同一天同一时段有两行：请只取一个队列，或先把各队列加起来。")
        tops = {
            date: self.apply(day.sort_values("时段")).highest
            for date, day in stream.groupby("日期")
        }
        return pd.Series(tops, name="最高级", dtype=int).rename_axis("日期")

    def summary(self) -> pd.DataFrame:
        """逐级：条件、动作、时限与撤回规则。"""
        return pd.DataFrame(
            {
                "级别": range(1, len(self.levels) + 1),
                "名称": [level.name for level in self.levels],
                "触发条件（满足任一）": ["；".join(conditions(level)) for level in self.levels],
                "动作": [level.action for level in self.levels],
                "到位时限（分钟）": [level.response_minutes for level in self.levels],
                "撤回": [f"连续 {level.stand_down} 个时段恢复，降一级" for level in self.levels],
            }
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """各级的到位时限。"""
        ax = new_axes(ax)
        names = [f"第 {i} 级 {level.name}" for i, level in enumerate(self.levels, start=1)]
        minutes = [level.response_minutes for level in self.levels]
        bars = ax.barh(names, minutes, color=COLOURS["main"])
        ax.bar_label(bars, [f"{value:g} 分钟" for value in minutes], padding=4)
        ax.set_xlim(0, max(minutes) * 1.2 + 1)
        ax.invert_yaxis()
        ax.set(title="触发阶梯的到位时限", xlabel="到位时限（分钟）", ylabel="级别")
        return ax

    def __str__(self) -> str:
        return (
            f"{len(self.levels)} 级触发阶梯（{'、'.join(level.name for level in self.levels)}），"
            f"服务水平回到 {self.clear_service_level:.0%} 并连续保持才逐级撤回；阈值是教学约定。"
        )


def trigger_ladder(
    levels: Iterable[Level] = DEFAULT, *, clear_service_level: float = 0.8
) -> TriggerLadder:
    """定一副触发阶梯：满足任一条件就升到那一级，恢复并稳住才逐级撤。

    Parameters
    ----------
    levels : 由轻到重的若干 ``Level``；默认三级，阈值是教学约定。
    clear_service_level : 撤回线：时段服务水平回到这个比例以上才算恢复。

    Returns
    -------
    TriggerLadder
        ``apply(stream)`` 用在一天的数据上。

    Raises
    ------
    ValueError
        没有级别、某级没有条件、后一级的阈值比前一级松，或撤回线低于触发线。

    Notes
    -----
    升级立即生效，撤回要连续 ``stand_down`` 个时段不再触发且服务水平不低于撤回线
    （滞后，免得人员上上下下）；每次只降一级。

    Examples
    --------
    >>> day = pd.DataFrame({"时段": ["09:00", "09:30", "10:00", "10:30", "11:00"],
    ...                     "服务水平": [0.85, 0.55, 0.82, 0.84, 0.90], "呼入量": [100] * 5})
    >>> run = trigger_ladder([Level("一级", "推迟小休", 5, service_level_below=0.7)]).apply(day)
    >>> run.table["级别"].tolist()
    [0, 1, 1, 0, 0]
    """
    levels = tuple(levels)
    clear = float(require_range(clear_service_level, "撤回线（clear_service_level）", 0, 1))
    check_levels(levels, clear)
    return TriggerLadder(levels, clear)


def _measures(
    stream: pd.DataFrame, levels: tuple[Level, ...], minutes: float | None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """把数据里有的列变成条件要看的量；没有的记下来。"""
    require_columns(stream, ["时段"], "时段数据")
    if stream.empty:
        raise ValueError("时段数据没有行：请给出至少一个时段。")
    has = set(stream.columns)
    frame = pd.DataFrame({"时段": stream["时段"].astype(str).to_numpy()})
    if "日期" in has:
        frame.insert(0, "日期", stream["日期"].to_numpy())
    calls = require_range(stream["呼入量"], "呼入量", 0) if "呼入量" in has else None
    served = None
    if calls is not None and "20秒接起量" in has:
        served = require_range(stream["20秒接起量"], "20秒接起量", 0)
        _refuse(served > calls, stream, "20秒接起量", "多于呼入量")
    elif calls is not None and "服务水平" in has:
        known = stream["服务水平"].where(calls > 0, 0)
        served = calls * require_range(known, "服务水平", 0, 1)
    unused = []
    if served is not None:
        length = _interval_minutes(frame["时段"]) if minutes is None else minutes
        with np.errstate(invalid="ignore", divide="ignore"):
            frame["即时服务水平"] = served / calls
            for window in sorted({level.window for level in levels}):
                rows = max(
                    1,
                    round(window / float(require_range(length, "interval_minutes", 0, above=True))),
                )
                frame[f"滚动{window:g}"] = _rolling(served, rows) / _rolling(calls, rows)
    elif any(level.service_level_below is not None for level in levels):
        unused.append("服务水平")
    if {"排队", "在岗人数"} <= has:
        agents = require_range(stream["在岗人数"], "在岗人数", 0)
        queue = require_range(stream["排队"], "排队", 0)
        _refuse((agents == 0) & (queue > 0), stream, "在岗人数", "而有人排队")
        frame["每席排队"] = queue / np.maximum(agents, 1)
    elif any(level.queue_per_agent_above is not None for level in levels):
        unused.append("每席排队")
    if "平均应答速度" in has:
        frame["平均应答速度"] = require_range(stream["平均应答速度"], "平均应答速度", 0)
    elif any(level.asa_above is not None for level in levels):
        unused.append("平均应答速度")
    if calls is not None and "预测量" in has:
        planned = require_range(stream["预测量"], "预测量", 0)
        _refuse((planned == 0) & (calls > 0), stream, "预测量", "而有来电")
        frame["负荷比"] = np.where(planned > 0, calls / np.where(planned > 0, planned, 1), 1.0)
    elif any(level.load_above is not None for level in levels):
        unused.append("负荷比")
    if frame.columns.isin(["即时服务水平", "每席排队", "平均应答速度", "负荷比"]).sum() == 0:
        raise ValueError(
            "时段数据里没有一列可供判断：请给 服务水平与呼入量、呼入量与预测量、"
            "排队与在岗人数、平均应答速度 中的至少一组。"
        )
    return frame, tuple(unused)


def _refuse(bad: np.ndarray, stream: pd.DataFrame, column: str, what: str) -> None:
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{column}第 {row + 1} 个（{stream['时段'].iloc[row]}）是 {stream[column].iloc[row]:g}，"
            f"{what}：请核对这一行。"
        )


def _interval_minutes(slots: pd.Series) -> float:
    if len(slots) < 2:
        return 30.0
    parts = slots.iloc[:2].str.split(":", expand=True)
    clock = as_numbers(parts[0], "时段") * 60 + as_numbers(parts[1], "时段")
    return float((clock[1] - clock[0]) % 1440)


def _rolling(values: np.ndarray, rows: int) -> np.ndarray:
    total = np.concatenate([[0.0], values.cumsum()])
    ends = np.arange(1, len(values) + 1)
    return total[ends] - total[np.maximum(ends - rows, 0)]


def _reasons(frame: pd.DataFrame, level: Level) -> np.ndarray:
    """每个时段触发这一级的原因；没有触发是空文字。"""
    found = np.full(len(frame), "", dtype=object)
    checks = (
        (f"滚动{level.window:g}", level.service_level_below, -1, "服务水平 {:.0%}"),
        ("每席排队", level.queue_per_agent_above, 1, "每席排队 {:.2f} 通"),
        ("平均应答速度", level.asa_above, 1, "平均应答 {:.0f} 秒"),
        ("负荷比", level.load_above, 1, "呼入量是预测的 {:.0%}"),
    )
    for column, limit, sign, text in checks:
        if limit is None or column not in frame:
            continue
        values = frame[column].to_numpy()
        for row in np.flatnonzero(sign * (values - limit) > 1e-9):
            found[row] += ("、" if found[row] else "") + text.format(values[row])
    return found


def _walk(hit: np.ndarray, calm: np.ndarray, stand_down: list[int]) -> np.ndarray:
    """逐时段走：升级立即，降级要连续若干个时段恢复。"""
    state, count, path = 0, 0, []
    for wanted, quiet in zip(hit, calm, strict=True):
        if wanted >= state:
            state, count = wanted, 0
        elif not quiet:
            count = 0
        else:
            count += 1
            if count >= stand_down[state - 1]:
                state, count = state - 1, 0
        path.append(state)
    return np.array(path)


def _describe(
    frame: pd.DataFrame, state: np.ndarray, hit: np.ndarray, why: np.ndarray, levels: tuple
) -> pd.DataFrame:
    table = frame[[c for c in ("日期", "时段") if c in frame]].copy()
    shown = [c for c in frame if c.startswith("滚动")]
    if shown:
        table["滚动服务水平"] = frame[shown[-1]]
    for column in ("每席排队", "平均应答速度", "负荷比"):
        if column in frame:
            table[column] = frame[column]
    names = np.array([NO_LEVEL, *(level.name for level in levels)], dtype=object)
    actions = np.array(["", *(level.action for level in levels)], dtype=object)
    before = np.concatenate([[0], state[:-1]])
    rules = [
        (before == 0) & (state > 0),
        state > before,
        (state < before) & (state > 0),
        state < before,
    ]
    table["触发级别"], table["级别"], table["级别名称"] = hit, state, names[state]
    table["变动"] = np.select(rules, ["启用", "升级", "降级", "撤回"], "")
    table["动作"] = actions[state]
    table["原因"] = why
    return table

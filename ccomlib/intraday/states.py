"""状态日志：人在哪里，忙不忙，该在的时候在不在？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["STATES", "StateLog", "cut_log", "state_log"]

BUSY, IDLE, AWAY, OFF = "处理", "空闲", "离席", "离线"
# 状态 → 归到哪一类；离线不算在班
STATES: Mapping[str, str] = MappingProxyType(
    {
        "通话": BUSY,
        "保持": BUSY,
        "话后": BUSY,
        "空闲": IDLE,
        "小休": AWAY,
        "用餐": AWAY,
        "培训": AWAY,
        "会议": AWAY,
        "辅导": AWAY,
        "其他": AWAY,
        "离线": OFF,
    }
)
ONLINE = "在线"
MOST_ROWS = 40
COLOUR = {"通话": "main", "保持": "accent", "话后": "light", "空闲": "good", "小休": "second"}


@dataclass(frozen=True, eq=False)
class StateLog(Result):
    """由状态日志算出的各率。由 ``state_log`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一人，列：工号、在班秒、处理秒、空闲秒、离席秒、占用率、损耗率；给了计划表还有 遵守率；
    没有在线过的人占用率为空，没有排班的人遵守率为空。"""
    spans: pd.DataFrame
    """整理过的日志，列：工号、状态、类、开始、结束、秒。"""
    occupancy: float
    """Σ处理 ÷ Σ(处理 + 空闲)。"""
    shrinkage: float
    """1 − Σ(处理 + 空闲) ÷ Σ在班。"""
    adherence: float | None
    """Σ遵守秒 ÷ Σ排班秒；没有计划表时为 None。"""

    def summary(self) -> pd.DataFrame:
        """逐人的各率。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每人一行的时间条，颜色是状态；人多时只画前 40 位。"""
        people = self.table["工号"].tolist()[:MOST_ROWS]
        ax = new_axes(ax, figsize=(9.0, 1.8 + 0.24 * len(people)))
        row_of = {who: row for row, who in enumerate(people)}
        from matplotlib.dates import date2num

        palette = iter(
            (COLOURS["bad"], COLOURS["grey"], "#8C6D31", "#5A5A9A", "#B5B5B5", "#3D3D3D")
        )
        for state in dict.fromkeys(self.spans["状态"]):
            part = self.spans[(self.spans["状态"] == state) & self.spans["工号"].isin(people)]
            if part.empty or STATES.get(state) == OFF:
                continue
            colour = COLOURS[COLOUR[state]] if state in COLOUR else next(palette, "#D0D0D0")
            left = date2num(part["开始"])
            width = date2num(part["结束"]) - left
            rows = part["工号"].map(row_of)
            ax.barh(rows, width, left=left, height=0.8, color=colour, label=state)
        ax.xaxis_date()
        from matplotlib.dates import DateFormatter

        ax.xaxis.set_major_formatter(DateFormatter("%H:%M"))
        ax.set_yticks(range(len(people)), [str(who) for who in people])
        ax.invert_yaxis()
        ax.grid(axis="y", visible=False)
        more = len(self.table) - len(people)
        tail = f"，另有 {more} 人未画" if more > 0 else ""
        ax.set(
            title=f"状态时间条（占用率 {self.occupancy:.1%}{tail}）", xlabel="时间", ylabel="工号"
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        kept = "" if self.adherence is None else f"，遵守率 {self.adherence:.1%}"
        high = self.table[self.table["占用率"] > 0.9]
        warn = ""
        if len(high):
            names = "、".join(map(str, high["工号"].iloc[:5])) + ("等" if len(high) > 5 else "")
            warn = f"；{len(high)} 人占用率超过 90%（{names}），难以持久"
        return (
            f"{len(self.table)} 人在班 {self.table['在班秒'].sum() / 3600:,.1f} 小时："
            f"占用率 {self.occupancy:.1%}，损耗率 {self.shrinkage:.1%}{kept}{warn}；"
            "占用率的分母是处理加空闲，损耗率的分母是日志里的在班时间（不含请假缺勤），都按秒加权。"
        )


def state_log(
    log: pd.DataFrame,
    schedule: pd.DataFrame | None = None,
    *,
    planned: str = "计划状态",
    states: Mapping[str, str] = STATES,
) -> StateLog:
    """由一天的状态日志算占用率、损耗率与遵守率。

    Parameters
    ----------
    log : 一行一段，列 工号、状态、开始、结束（日期时间）。
    schedule : 当天的计划，列 工号、planned、开始、结束；给了才有遵守率。计划写 在线
        （处理与空闲都算遵守）或具体的状态（小休对小休、用餐对用餐）。
    planned : 计划表里写状态的列。
    states : 状态 → 类（处理、空闲、离席、离线）。

    Returns
    -------
    StateLog
        逐人与合计的各率。

    Raises
    ------
    ValueError
        缺列、没有行、时间读不懂、结束不晚于开始、同一人两段重叠、不认识的状态、没有人在线过。

    Notes
    -----
    占用率 = 处理 ÷ (处理 + 空闲)；损耗率 = 1 − (处理 + 空闲) ÷ 在班；
    遵守率 = Σ与计划相符的秒数 ÷ Σ排班秒数；计划里有、日志里没有的人算缺勤。

    Examples
    --------
    >>> log = pd.DataFrame({"工号": ["A1"] * 3, "状态": ["通话", "空闲", "小休"],
    ...                     "开始": ["2025-03-10 09:00", "2025-03-10 09:30", "2025-03-10 09:45"],
    ...                     "结束": ["2025-03-10 09:30", "2025-03-10 09:45", "2025-03-10 10:00"]})
    >>> result = state_log(log)
    >>> round(result.occupancy, 4), result.shrinkage
    (0.6667, 0.25)
    """
    spans = _spans(log, states)
    spent = spans.pivot_table("秒", "工号", "类", aggfunc="sum", fill_value=0, sort=False)
    spent = spent.reindex(columns=[BUSY, IDLE, AWAY], fill_value=0)
    on_duty = spent.sum(axis=1)
    spent, on_duty = spent[on_duty > 0], on_duty[on_duty > 0]
    online = spent[BUSY] + spent[IDLE]
    if online.sum() == 0:
        raise ValueError("没有人处理过或空闲过，算不出占用率：请核对状态的归类（states）。")
    table = pd.DataFrame(
        {
            "在班秒": on_duty,
            "处理秒": spent[BUSY],
            "空闲秒": spent[IDLE],
            "离席秒": spent[AWAY],
            "占用率": spent[BUSY] / online.where(online > 0),
            "损耗率": 1 - online / on_duty,
        }
    ).reset_index()
    adherence = None
    if schedule is not None:
        kept = _kept(spans, schedule, planned, states)
        table = table.merge((kept["遵守秒"] / kept["排班秒"]).rename("遵守率"), "left", on="工号")
        adherence = float(kept["遵守秒"].sum() / kept["排班秒"].sum())
    return StateLog(
        table=table,
        spans=spans,
        occupancy=float(spent[BUSY].sum() / online.sum()),
        shrinkage=float(1 - online.sum() / on_duty.sum()),
        adherence=adherence,
    )


def cut_log(log: pd.DataFrame, since: Any, until: Any) -> pd.DataFrame:
    """状态日志（或当天的计划）里从几点到几点的一段，跨进来的截短。

    Parameters
    ----------
    log : 一行一段，列 开始、结束（日期时间）。
    since, until : 如 "2025-04-21 08:00"。

    Returns
    -------
    DataFrame
        与这一段有重合的行，开始、结束不出这一段。

    Raises
    ------
    ValueError
        缺列、since 不早于 until，或这一段里没有记录。

    Examples
    --------
    >>> log = pd.DataFrame({"工号": ["A1"], "状态": ["通话"],
    ...                     "开始": pd.to_datetime(["2026-03-02 08:50"]), "结束": pd.to_datetime(["2026-03-02 09:20"])})
    >>> cut_log(log, "2026-03-02 09:00", "2026-03-02 10:00")["开始"].dt.strftime("%H:%M").tolist()
    ['09:00']
    """
    require_columns(log, ["开始", "结束"], "状态日志")
    first, last = pd.Timestamp(since), pd.Timestamp(until)
    if first >= last:
        raise ValueError(f"从 {since} 到 {until}：起点不早于终点，请对调。")
    part = log.assign(
        开始=pd.to_datetime(log["开始"]).clip(lower=first),
        结束=pd.to_datetime(log["结束"]).clip(upper=last),
    )
    part = part[part["结束"] > part["开始"]]
    if part.empty:
        raise ValueError(f"从 {since} 到 {until} 没有记录：请核对日期与钟点。")
    return part


def _kept(
    spans: pd.DataFrame, schedule: pd.DataFrame, planned: str, states: Mapping[str, str]
) -> pd.DataFrame:
    """每人的排班秒与遵守秒：日志与计划里状态相同的时间段求重合。"""
    require_columns(schedule, ["工号", planned, "开始", "结束"], "计划表")
    allowed = {ONLINE: BUSY, **states}
    plan = _spans(schedule.rename(columns={planned: "状态"}), allowed, "计划表")
    for table in (spans := spans.copy(), plan):
        table.loc[table["类"].isin([BUSY, IDLE]), "状态"] = ONLINE
    pairs = spans.merge(plan, on=["工号", "状态"])
    overlap = pairs[["结束_x", "结束_y"]].min(axis=1) - pairs[["开始_x", "开始_y"]].max(axis=1)
    seconds = overlap.dt.total_seconds().clip(lower=0).groupby(pairs["工号"]).sum()
    total = plan.groupby("工号")["秒"].sum()
    return pd.DataFrame({"排班秒": total, "遵守秒": seconds.reindex(total.index, fill_value=0.0)})


def _spans(log: pd.DataFrame, states: Mapping[str, str], name: str = "状态日志") -> pd.DataFrame:
    """读出时间，查先后、重叠与不认识的状态。"""
    require_columns(log, ["工号", "状态", "开始", "结束"], name)
    if log.empty:
        raise ValueError(f"{name}没有行：请核对数据。")
    spans = log[["工号", "状态"]].reset_index(drop=True)
    for column in ("开始", "结束"):
        spans[column] = pd.to_datetime(
            log[column].reset_index(drop=True), errors="coerce", format="mixed"
        )
        if spans[column].isna().any():
            row = int(np.flatnonzero(spans[column].isna())[0])
            raise ValueError(
                f"{name}的{column}第 {row + 1} 个是 {log[column].iloc[row]!r}："
                '请写成 "2025-03-10 09:00"。'
            )
    unknown = np.flatnonzero(~spans["状态"].isin(list(states)))
    if len(unknown):
        row = int(unknown[0])
        raise ValueError(
            f"{name}第 {row + 1} 行（{spans['工号'][row]}）的状态是 {spans['状态'][row]!r}，"
            f"不认识；认识的有：{'、'.join(states)}。请在 states 里归类。"
        )
    spans.insert(2, "类", spans["状态"].map(dict(states)))
    wrong = np.flatnonzero(~spans["类"].isin([BUSY, IDLE, AWAY, OFF]))
    if len(wrong):
        raise ValueError(
            f"states 把 {spans['状态'][wrong[0]]} 归到 {spans['类'][wrong[0]]!r}：应是 {BUSY}、{IDLE}、{AWAY}、{OFF} 之一。"
        )
    spans["秒"] = (spans["结束"] - spans["开始"]).dt.total_seconds()
    if (spans["秒"] <= 0).any():
        row = int(np.flatnonzero(spans["秒"] <= 0)[0])
        raise ValueError(
            f"{name}第 {row + 1} 行（{spans['工号'][row]}）的结束不晚于开始：跨夜请写次日的日期。"
        )
    ordered = spans.sort_values(["工号", "开始"], kind="stable")
    clash = ordered.index[(ordered["开始"] < ordered.groupby("工号")["结束"].shift()).to_numpy()]
    if len(clash):
        row = clash[0]
        raise ValueError(
            f"{name}第 {row + 1} 行（{spans['工号'][row]}，{spans['开始'][row]:%H:%M}）与同一人的前一段重叠。"
        )
    return spans

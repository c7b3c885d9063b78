"""遵守率：人来够了时长，是不是在该在的时候在？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Adherence", "adherence", "agent_day_from_log"]

GROUPS = ("工号", "班组", "日期", "班次")
BASES = ("排班秒", "登录秒")
SECONDS = ("排班秒", "登录秒", "通话秒", "话后秒", "空闲秒", "遵守秒")
LABEL_LIMIT = 15
ON_LINE = {"通话": "在线", "话后": "在线", "空闲": "在线"}
STATES = ("通话", "话后", "空闲", "小休", "培训", "会议", "其他")
PLANS = ("在线", "小休", "培训", "会议", "其他")


@dataclass(frozen=True, eq=False)
class Adherence(Result):
    """遵守率、出勤率、占用率、工时利用率。由 ``adherence`` 生成，不直接构造。

    总数都是先加秒数再相除；``excluded`` 是没有排班秒而没有列出的组。
    """

    table: pd.DataFrame
    by: str
    adherence: float
    conformance: float
    occupancy: float | None
    utilisation: float | None
    utilisation_base: str
    excluded: tuple[str, ...]

    def summary(self) -> pd.DataFrame:
        """逐组：四个率与它们的秒数。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """出勤率与遵守率：人多时每人一点，组少时每组一条线，按日期时是两条折线。"""
        ax = new_axes(ax)
        worked, kept = 100 * self.table["出勤率"], 100 * self.table["遵守率"]
        if self.by != "日期" and len(self.table) > LABEL_LIMIT:
            return self._plot_points(ax, worked, kept)
        names = [day_text(value, "\n") for value in self.table[self.by]]
        position = np.arange(len(names))
        if self.by == "日期":
            ax.plot(position, worked, color=COLOURS["second"], ls="--", marker="o", label="出勤率")
            ax.plot(position, kept, color=COLOURS["main"], marker="o", label="遵守率")
            slot_axis(ax, names)
            ax.set(xlabel="日期", ylabel="占排班秒的比例（%）")
            low = int(kept.to_numpy().argmin())
            said = f"遵守率最低的是 {' '.join(names[low].split())}，{kept.iloc[low]:.1f}%"
            finding(ax, said, "每天的出勤率与遵守率")
        else:
            ax.hlines(position, kept, worked, color=COLOURS["grey"], lw=2)
            ax.plot(worked, position, "o", color=COLOURS["second"], label="出勤率")
            ax.plot(kept, position, "o", color=COLOURS["main"], label="遵守率")
            ax.set_yticks(position, names)
            ax.invert_yaxis()
            title = f"每个{self.by}的出勤率与遵守率"
            ax.set(title=title, xlabel="占排班秒的比例（%）", ylabel=self.by)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def _plot_points(self, ax: Axes, worked: pd.Series, kept: pd.Series) -> Axes:
        """每人一点；离对角线越远，越是时长够、时间不对。"""
        ax.plot(worked, kept, "o", color=COLOURS["main"], alpha=0.7)
        low, high = min(worked.min(), kept.min()), max(worked.max(), kept.max())
        margin = 0.05 * (high - low) + 0.5
        ends = low - margin, high + margin
        ax.axline((ends[0], ends[0]), slope=1, color=COLOURS["grey"], ls="--", label="两者相等")
        ax.set(title=f"出勤率与遵守率（每点一个{self.by}）", xlim=ends, ylim=ends)
        ax.set(xlabel="出勤率：登录秒 ÷ 排班秒（%）", ylabel="遵守率：遵守秒 ÷ 排班秒（%）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        gap = round(self.conformance, 3) - round(self.adherence, 3)
        reading = (
            f"两者差 {100 * gap:.1f} 个百分点，是时长在、但不在该在的时候（如晚到晚走）"
            if gap > 0
            else "出勤率不高于遵守率，缺的主要是时长"
        )
        more = ""
        if self.occupancy is not None:
            more = (
                f"；占用率 {self.occupancy:.1%}，工时利用率 {self.utilisation:.1%}"
                f"（分母是{self.utilisation_base}）"
            )
        left = f"；{len(self.excluded)} 个{self.by}没有排班，未列" if self.excluded else ""
        return (
            f"遵守率 {self.adherence:.1%}，出勤率 {self.conformance:.1%}，{reading}{more}"
            f"{left}；各率都按秒数加权。"
        )


def adherence(
    table: pd.DataFrame,
    *,
    by: str = "工号",
    schedule: pd.DataFrame | None = None,
    utilisation_base: str = "排班秒",
) -> Adherence:
    """遵守率、出勤率、占用率与工时利用率，按人、班组或日期。

    遵守率 = Σ遵守秒 ÷ Σ排班秒；出勤率 = Σ登录秒 ÷ Σ排班秒；
    占用率 = Σ(通话 + 话后) ÷ Σ(通话 + 话后 + 空闲)；工时利用率 = Σ(通话 + 话后) ÷ Σ分母。

    Parameters
    ----------
    table : 座席每日表，列 工号、日期、排班秒、登录秒、遵守秒，可有 班组、班次、
        通话秒、话后秒、空闲秒；或状态日志（见 ``agent_day_from_log``），这时要给 schedule。
    by : "工号"、"班组"、"日期"、"班次" 之一。
    schedule : 计划表，只与状态日志一起用。
    utilisation_base : 工时利用率的分母，"排班秒" 或 "登录秒"。工时利用率有多种口径，必须说明。

    Returns
    -------
    Adherence

    Raises
    ------
    ValueError
        缺列、没有行、秒数为负，或遵守秒多于排班秒。

    Notes
    -----
    出勤率只看时长：晚到半小时、晚走半小时，出勤率 100%，遵守率却少了半小时。

    Examples
    --------
    >>> late = pd.DataFrame({"工号": ["A1"], "日期": ["2026-03-02"], "排班秒": [28800],
    ...                      "登录秒": [28800], "遵守秒": [27000]})
    >>> result = adherence(late)
    >>> result.adherence, result.conformance
    (0.9375, 1.0)
    """
    if schedule is not None:
        table = agent_day_from_log(table, schedule)
    if by not in GROUPS:
        raise ValueError(f"by 是 {by!r}，应是 {'、'.join(GROUPS)} 之一。")
    if utilisation_base not in BASES:
        raise ValueError(f"工时利用率的分母是 {utilisation_base!r}，应是 {'、'.join(BASES)} 之一。")
    require_columns(table, [by, "排班秒", "登录秒", "遵守秒"], "座席每日表")
    if table.empty:
        raise ValueError("座席每日表没有行：请至少给一人一天。")
    has_states = {"通话秒", "话后秒", "空闲秒"} <= set(table.columns)
    columns = [name for name in SECONDS if has_states or name in {"排班秒", "登录秒", "遵守秒"}]
    seconds = pd.DataFrame({name: require_range(table[name], name, 0) for name in columns})
    over = np.flatnonzero(seconds["遵守秒"] > seconds["排班秒"])
    if over.size:
        row = over[0]
        raise ValueError(
            f"遵守秒第 {row + 1} 个是 {seconds['遵守秒'][row]:g}，"
            f"多于排班秒 {seconds['排班秒'][row]:g}：请核对。"
        )
    missing = table[by].isna().to_numpy()
    if missing.any():
        row = int(np.flatnonzero(missing)[0])
        raise ValueError(f"{by}第 {row + 1} 个是空值：请补上，或先删去这一行。")
    sums = seconds.groupby(table[by].to_numpy(), sort=by in {"工号", "日期"}).sum().rename_axis(by)
    total = seconds.sum()
    if total["排班秒"] == 0:
        raise ValueError("排班秒合计是 0：没有排班就没有遵守率，请核对这一列。")
    listed = sums[sums["排班秒"] > 0]
    rates = _rates(listed, utilisation_base, has_states)
    overall = _rates(total.to_frame().T, utilisation_base, has_states).iloc[0]
    return Adherence(
        table=pd.concat([rates, listed.astype(np.int64)], axis=1).reset_index(),
        by=by,
        adherence=float(overall["遵守率"]),
        conformance=float(overall["出勤率"]),
        occupancy=float(overall["占用率"]) if has_states else None,
        utilisation=float(overall["工时利用率"]) if has_states else None,
        utilisation_base=utilisation_base,
        excluded=tuple(str(name) for name in sums.index[sums["排班秒"] == 0]),
    )


def agent_day_from_log(log: pd.DataFrame, schedule: pd.DataFrame) -> pd.DataFrame:
    """由状态日志与计划表，算出每人每天的排班秒、登录秒、遵守秒与各状态的秒数。

    遵守秒 = 实际状态与计划相符的秒数：通话、话后、空闲都算“在线”，小休对小休、会议对会议，等等。

    Parameters
    ----------
    log : 状态日志，列 工号、日期（班次所属日期）、开始、结束（日期时间）、
        状态（通话、话后、空闲、小休、培训、会议、其他；别的状态不算登录）。
    schedule : 计划表，列 工号、日期、开始、结束、计划（在线、小休、培训、会议、其他），可有 班组。

    Returns
    -------
    DataFrame
        座席每日表，可直接交给 ``adherence``。

    Raises
    ------
    ValueError
        缺列、时间读不懂、结束不晚于开始，或同一人的时间段互相重叠。

    Notes
    -----
    日志里有、计划里没有的人与日子不列出；计划里有、日志里没有的算缺勤（登录秒为 0）。

    Examples
    --------
    >>> plan = pd.DataFrame({"工号": ["A1"], "日期": ["2026-03-02"], "计划": ["在线"],
    ...                      "开始": ["2026-03-02 09:00"], "结束": ["2026-03-02 10:00"]})
    >>> log = pd.DataFrame({"工号": ["A1"], "日期": ["2026-03-02"], "状态": ["通话"],
    ...                     "开始": ["2026-03-02 09:10"], "结束": ["2026-03-02 10:10"]})
    >>> agent_day_from_log(log, plan)[["排班秒", "登录秒", "遵守秒"]].iloc[0].tolist()
    [3600, 3600, 3000]
    """
    actual = _spans(log, "状态", "状态日志")
    plan = _spans(schedule, "计划", "计划表")
    unknown = sorted(set(plan["计划"]) - set(PLANS))
    if unknown:
        raise ValueError(f"计划表的计划里有 {unknown[0]!r}：请只用 {'、'.join(PLANS)}。")
    keys = ["工号", "日期"]
    actual = actual[actual["状态"].isin(STATES)]
    pairs = actual.assign(计划=actual["状态"].replace(ON_LINE)).merge(plan, on=[*keys, "计划"])
    overlap = pairs[["结束_x", "结束_y"]].min(axis=1) - pairs[["开始_x", "开始_y"]].max(axis=1)
    pairs["遵守秒"] = overlap.clip(lower=0)
    result = plan.groupby(keys)["秒"].sum().rename("排班秒").to_frame()
    result["登录秒"] = actual.groupby(keys)["秒"].sum()
    spent = actual.groupby([*keys, "状态"])["秒"].sum().unstack("状态")
    for state in STATES:
        result[f"{state}秒"] = spent.get(state, 0)
    result["遵守秒"] = pairs.groupby(keys)["遵守秒"].sum()
    result = result.fillna(0).astype(np.int64).reset_index()
    if "班组" in schedule:
        teams = schedule.drop_duplicates("工号").set_index("工号")["班组"]
        result.insert(2, "班组", result["工号"].map(teams))
    return result


def _rates(sums: pd.DataFrame, base: str, has_states: bool) -> pd.DataFrame:
    """四个率；分母为 0（排了班却一秒没在线）时占用率与利用率没有定义，留空。"""
    rates = pd.DataFrame(
        {
            "遵守率": sums["遵守秒"] / sums["排班秒"],
            "出勤率": sums["登录秒"] / sums["排班秒"],
        }
    )
    if has_states:
        busy = sums["通话秒"] + sums["话后秒"]
        rates["占用率"] = busy / (busy + sums["空闲秒"]).where(lambda value: value > 0)
        rates["工时利用率"] = busy / sums[base].where(sums[base] > 0)
    return rates


def _spans(table: pd.DataFrame, label: str, name: str) -> pd.DataFrame:
    """时间段表：开始、结束换成秒数，检查先后与重叠。"""
    require_columns(table, ["工号", "日期", "开始", "结束", label], name)
    if table.empty:
        raise ValueError(f"{name}没有行：请核对数据。")
    spans = table[["工号", "日期", label]].reset_index(drop=True)
    for column in ("开始", "结束"):
        moments = pd.to_datetime(table[column].reset_index(drop=True), errors="coerce")
        if moments.isna().any():
            row = int(np.flatnonzero(moments.isna())[0])
            raise ValueError(
                f"{name}的{column}第 {row + 1} 个是 {table[column].iloc[row]!r}："
                '请写成 "2026-03-02 09:00"。'
            )
        spans[column] = moments.to_numpy().astype("datetime64[s]").astype(np.int64)
    spans["秒"] = spans["结束"] - spans["开始"]
    if (spans["秒"] <= 0).any():
        row = int(np.flatnonzero(spans["秒"] <= 0)[0])
        raise ValueError(
            f"{name}第 {row + 1} 行的结束 {table['结束'].iloc[row]} 不晚于开始 "
            f"{table['开始'].iloc[row]}：跨夜请写次日的日期。"
        )
    ordered = spans.sort_values(["工号", "开始"], kind="stable")
    previous = ordered.groupby("工号")["结束"].shift()
    clash = ordered.index[(ordered["开始"] < previous).to_numpy()]
    if len(clash):
        row = clash[0]
        raise ValueError(
            f"{name}第 {row + 1} 行（{spans['工号'][row]}，{table['开始'].iloc[row]}）"
            "与同一人的前一段重叠：请核对。"
        )
    return spans

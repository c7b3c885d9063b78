"""投诉处理的关键指标：多快响应、按时办结多少、还压着多少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside
from ccomlib.reading import read_flags, read_labels, read_moments, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import wrap

from .linking import last_moment, link_repeats, repeat_table
from .response import response_hours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["HandlingIndicators", "handling_indicators"]

ALL = "全部"
HOUR, DAY = np.timedelta64(1, "h"), np.timedelta64(1, "D")


@dataclass(frozen=True, eq=False)
class HandlingIndicators(Result):
    """投诉处理的关键指标。由 ``handling_indicators`` 得到。"""

    table: pd.DataFrame
    """一组一行，第一行是全部；列是指标，时间取中位数与 P90。分母为 0 的指标为空。"""
    mean_hours: float
    """处理小时的均值：被少数长单拉高，只作对照。"""
    open_cases: pd.DataFrame
    """没有办结的，列：工单号、已过天数、超过承诺；最久的在前。"""
    as_of: pd.Timestamp
    days: int

    @property
    def overall(self) -> pd.Series:
        """全部投诉的各项指标。"""
        return self.table.loc[ALL]

    def summary(self) -> pd.DataFrame:
        """逐组列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的处理小时：中位数到 P90。最多画 25 组，P90 大的在上。"""
        table = self.table.dropna(subset=["处理小时 P90"])
        rest = table.drop(index=ALL).sort_values("处理小时 P90", ascending=False).head(24)
        table = pd.concat([table.loc[[ALL]], rest])
        ax = new_axes(ax, figsize=(8, 1.9 + 0.36 * len(table)))
        rows = np.arange(len(table))
        ax.hlines(
            rows,
            table["处理小时中位数"],
            table["处理小时 P90"],
            color="#BDBDBD",
            linewidth=3,
        )
        ax.plot(table["处理小时中位数"], rows, "o", color=COLOURS["main"], label="中位数")
        ax.plot(table["处理小时 P90"], rows, "D", color=COLOURS["bad"], label="P90")
        ax.set_yticks(
            rows, [wrap(f"{name}（{count} 件）", 28) for name, count in table["件数"].items()]
        )
        ax.set(
            title="从受理到办结的小时数：中位数与 P90",
            xlabel="小时",
            ylim=(len(table) - 0.4, -0.6),
        )
        ax.set_xlim(left=0)
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        row = self.overall
        text = (
            f"{row['件数']:g} 件：首次响应中位 {row['首次响应中位数']:.1f} 小时、P90 "
            f"{row['首次响应 P90']:.1f} 小时；办结中位 {row['处理小时中位数']:.1f} 小时、P90 "
            f"{row['处理小时 P90']:.1f} 小时（均值 {self.mean_hours:.1f}，被长单拉高，不用来考核）"
        )
        for name in ("按时办结率", "承诺兑现率", "重复率", "越级率", "回访满意率"):
            if name in row.index and pd.notna(row[name]):
                text += f"；{name} {row[name]:.1%}"
        if len(self.open_cases):
            text += f"；还有 {len(self.open_cases)} 件没有办结，最久 {self.open_cases['已过天数'].iloc[0]:.0f} 天"
            text += "，处理小时只算办结的，会偏短"
        return text + "。"


def handling_indicators(
    table: pd.DataFrame,
    *,
    by: str | None = None,
    as_of: Any = None,
    days: int = 30,
    limit_hours: float | None = None,
    promise_hours: str = "承诺小时",
    first_response: str = "首次响应小时",
    promise_met: str = "承诺兑现",
    escalated: str = "越级",
    callback: str = "回访结果",
    happy: str = "满意",
    no_callback: tuple[str, ...] = ("未回访", ""),
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> HandlingIndicators:
    """投诉处理的关键指标：中位数与 P90，而不是均值，因为处理时间是偏的。

    Parameters
    ----------
    table : 一件投诉一行；没有办结的，办结时间为空；还没有回复的，首次响应为空，不进中位数。
    by : 按哪一列分组（首接工号、责任单位、二级原因）；不给只有全部。
    as_of : 数据到哪一刻，用来算积压；不给就是最晚的受理或办结时间。
    days : 办结后几天内再来算重复（教学约定 30）。
    limit_hours : 统一的办结时限；不给就用每件的承诺小时列。
    promise_hours, first_response, promise_met, escalated, callback : 列名；表里没有的，那项指标不列。
    happy, no_callback : 回访结果里哪个算满意，哪些算没有回访（不进分母）。
    ticket, customer, reason, opened, closed : 列名。

    Returns
    -------
    HandlingIndicators

    Raises
    ------
    ValueError
        缺列、空值、时间读不懂、没有一件办结、首次响应为负。

    Notes
    -----
    按时办结率的分母是已办结的与已超时未办结的；还没到时限的不计。重复率见 ``repeats``。
    P90 与 Excel 的 PERCENTILE.INC 相同（线性内插）。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2", "T3"], "客户号": ["K1", "K2", "K3"],
    ...     "二级原因": ["收费"] * 3, "受理时间": ["2026-01-01 08:00"] * 3,
    ...     "办结时间": ["2026-01-01 18:00", "2026-01-03 08:00", None], "首次响应小时": [1, 2, 9]})
    >>> result = handling_indicators(cases, limit_hours=24, as_of="2026-03-01")
    >>> result.overall[["处理小时中位数", "按时办结率", "未办结"]].round(3).tolist()
    [29.0, 0.333, 1.0]
    """
    read_rows(table, [ticket, opened, closed, first_response, *([by] if by else [])], "投诉表")
    start = read_moments(table[opened], opened).to_numpy()
    end = read_moments(table[closed], closed, blank=True).to_numpy()
    links = link_repeats(
        table,
        days=days,
        ticket=ticket,
        customer=customer,
        reason=reason,
        opened=opened,
        closed=closed,
    )
    last = last_moment(table, as_of, opened, closed)
    is_open = np.isnat(end) | (end > last.to_datetime64())
    if is_open.all():
        raise ValueError("没有一件办结，处理时间算不出来：请核对办结时间列或 as_of。")
    spent = (np.where(is_open, last.to_datetime64(), end) - start) / HOUR
    limit = None
    if limit_hours is not None:
        limit = np.full(len(table), float(require_range(limit_hours, "limit_hours", 0, above=True)))
    elif promise_hours in table.columns:
        limit = require_range(table[promise_hours], promise_hours, 0, above=True)
    data = pd.DataFrame(
        {
            "响应": response_hours(table, first_response),
            "小时": np.where(is_open, np.nan, spent),
            "未办结": is_open,
            "积压": np.where(is_open, spent / 24, np.nan),
        }
    )
    if limit is not None:
        data["按时办结率"] = np.where(is_open & (spent <= limit), np.nan, spent <= limit)
    if promise_met in table.columns:
        data["承诺兑现率"] = read_flags(table[promise_met], promise_met).to_numpy(dtype=float)
    if escalated in table.columns:
        data["越级率"] = read_flags(table[escalated], escalated).to_numpy(dtype=float)
    if callback in table.columns:
        said = table[callback].fillna("").astype(str).str.strip().to_numpy()
        data["回访满意率"] = np.where(np.isin(said, no_callback), np.nan, said == happy)
    rates = [name for name in data.columns if name.endswith("率")]
    everyone = np.full(len(table), ALL, dtype=object)
    pieces = [_measure(data, everyone, rates)]
    if by is not None:
        pieces.append(_measure(data, read_labels(table[by], by).to_numpy(), rates))
    result = pd.concat(pieces)
    again = [_repeat_rate(links, table.assign(**{ALL: ALL}), ALL, days, last, closed)]
    if by is not None:
        again.append(_repeat_rate(links, table, by, days, last, closed))
    result.insert(result.columns.get_loc("未办结"), "重复率", pd.concat(again))
    label = links["工单号"].to_numpy()
    late = pd.DataFrame({"工单号": label, "已过天数": spent / 24})
    late["超过承诺"] = False if limit is None else spent > limit
    late = late[is_open].sort_values("已过天数", ascending=False, ignore_index=True)
    return HandlingIndicators(
        table=result.rename_axis(by or "范围"),
        mean_hours=float(data["小时"].mean()),
        open_cases=late,
        as_of=last,
        days=int(days),
    )


def _measure(data: pd.DataFrame, group: np.ndarray, rates: list[str]) -> pd.DataFrame:
    grouped = data.groupby(group)
    result = pd.DataFrame(
        {
            "件数": grouped.size(),
            "首次响应中位数": grouped["响应"].median(),
            "首次响应 P90": grouped["响应"].quantile(0.9),
            "处理小时中位数": grouped["小时"].median(),
            "处理小时 P90": grouped["小时"].quantile(0.9),
        }
    )
    for name in rates:
        result[name] = grouped[name].mean()
    result["未办结"] = grouped["未办结"].sum()
    result["积压天数中位数"] = grouped["积压"].median()
    result["积压天数 P90"] = grouped["积压"].quantile(0.9)
    return result


def _repeat_rate(
    links: pd.DataFrame,
    table: pd.DataFrame,
    by: str,
    days: float,
    as_of: pd.Timestamp,
    closed: str,
) -> pd.Series:
    """各组的重复率；一件都没有观察满的组为空。"""
    try:
        return repeat_table(links, table, by, days, as_of, closed).set_index("组")["重复率"]
    except ValueError:
        return pd.Series(dtype=float)

"""投诉信息的收集：该问的都问了吗，同一件事登记了几次？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import interval_chart
from ccomlib.proportions import wilson_limits
from ccomlib.reading import read_labels, read_moments, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FIELDS", "Completeness", "Merged", "intake_completeness", "merge_duplicates"]

FIELDS = ("客户号", "二级原因", "联系电话", "产品型号", "客户诉求", "期望时限")
PLACEHOLDERS = ("", "无", "不详", "未知", "未提供", "待补", "暂无", "-", "--", "—", "/", "nan")
HOUR = np.timedelta64(1, "h")


@dataclass(frozen=True, eq=False)
class Completeness(Result):
    """投诉登记的完整率。由 ``intake_completeness`` 得到。"""

    fields: pd.DataFrame
    """一栏一行，列：栏、缺失、缺失率、下限、上限；缺得多的在前。"""
    groups: pd.DataFrame | None
    """一组一行，列：组、件数、完整、完整率、下限、上限、缺得最多；没有给 by 时为 None。"""
    cases: pd.DataFrame
    """不完整的工单，列：工单号、缺。"""
    n: int
    complete: int

    @property
    def rate(self) -> float:
        """各栏都有的工单占比。"""
        return self.complete / self.n

    def summary(self) -> pd.DataFrame:
        """逐栏的缺失率。"""
        return self.fields

    def plot(self, ax: Axes | None = None) -> Axes:
        """有分组时画各组的完整率（最差的 30 组），否则画各栏的缺失率。"""
        if self.groups is None:
            table = self.fields
            return interval_chart(
                ax,
                table["栏"].tolist(),
                table["缺失率"],
                table["下限"],
                table["上限"],
                title=f"各栏的缺失率与 95% 区间（{self.n} 件，完整率 {self.rate:.1%}）",
                xlabel="缺失率",
                percent=True,
            )
        table = self.groups.head(30)
        return interval_chart(
            ax,
            [f"{row['组']}（{row['件数']} 件）" for _, row in table.iterrows()],
            table["完整率"],
            table["下限"],
            table["上限"],
            title="各组的登记完整率与 95% 区间（低的在上）",
            xlabel="完整率",
            colours=[
                COLOURS["bad"] if high < self.rate else COLOURS["main"] for high in table["上限"]
            ],
            percent=True,
            reference=(self.rate, f"总体 {self.rate:.1%}"),
        )

    def __str__(self) -> str:
        top = self.fields.iloc[0]
        text = (
            f"{self.n} 件投诉，各栏齐全的 {self.complete} 件（{self.rate:.1%}）；缺得最多的是{top['栏']}"
            f"（{top['缺失率']:.1%}）"
        )
        if self.groups is not None:
            low = self.groups[self.groups["上限"] < self.rate]
            if len(low):
                names = "、".join(low["组"].head(5)) + ("等" if len(low) > 5 else "")
                text += f"；{names}明显低于总体"
        return text + "；填了不等于填对，还要抽查录音核对。"


@dataclass(frozen=True, eq=False)
class Merged(Result):
    """合并了重复登记的投诉。由 ``merge_duplicates`` 得到。"""

    table: pd.DataFrame
    """合并以后的投诉，列与所给的相同；空着的栏用后来登记的补上。"""
    duplicates: pd.DataFrame
    """并掉的登记，列：工单号、并入、相隔小时、补上的栏。"""
    before: int

    def summary(self) -> pd.DataFrame:
        """并掉的登记。"""
        return self.duplicates

    def plot(self, ax: Axes | None = None) -> Axes:
        """重复登记与首次登记相隔的小时数。"""
        ax = new_axes(ax)
        hours = self.duplicates["相隔小时"].to_numpy(dtype=float)
        if len(hours):
            ax.hist(hours, bins=min(24, max(5, len(hours) // 3)), color=COLOURS["main"])
        else:
            ax.text(0.5, 0.5, "没有重复登记", ha="center", va="center", transform=ax.transAxes)
        ax.set(
            title=f"{self.before} 件登记里并掉 {len(hours)} 件",
            xlabel="与首次登记相隔（小时）",
            ylabel="件数",
        )
        return ax

    def __str__(self) -> str:
        if self.duplicates.empty:
            return (
                f"{self.before} 件登记里没有同一客户、同一原因在办结之前又登记的，不用合并；"
                "办结之后再来的是重复投诉。"
            )
        filled = int((self.duplicates["补上的栏"] != "").sum())
        text = (
            f"{self.before} 件登记里 {len(self.duplicates)} 件是同一客户、同一原因在办结之前又登记的，"
            f"并成 {len(self.table)} 件"
        )
        if filled:
            text += f"，其中 {filled} 次补上了空着的栏"
        return text + "；办结之后再来的是重复投诉，不能并。"


def intake_completeness(
    table: pd.DataFrame,
    fields: Sequence[str] = FIELDS,
    *,
    by: str | None = None,
    ticket: str = "工单号",
    placeholders: Sequence[str] = PLACEHOLDERS,
) -> Completeness:
    """投诉登记的必填栏填全了吗，谁漏得多？

    Parameters
    ----------
    table : 一件投诉一行。
    fields : 必填的栏。
    by : 按哪一列比较完整率（首接工号、班组）。
    ticket : 工单号列。
    placeholders : 算作没填的写法（「不详」「无」……）。

    Returns
    -------
    Completeness

    Raises
    ------
    ValueError
        缺列、没有行、fields 是空的。

    Notes
    -----
    完整率 = 各栏都有的件数 ÷ 件数，区间用 Wilson。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2", "T3"], "联系电话": ["尾号1", "", "不详"],
    ...                       "客户诉求": ["退货", "维修", None]})
    >>> result = intake_completeness(cases, ["联系电话", "客户诉求"])
    >>> result.complete, result.cases["缺"].tolist()
    (1, ['联系电话', '联系电话、客户诉求'])
    """
    names = [fields] if isinstance(fields, str) else list(fields)
    if not names:
        raise ValueError("fields 是空的：请写明必填的栏。")
    read_rows(table, [ticket, *names, *([by] if by else [])], "投诉表")
    blank = np.column_stack([_blank(table[name], placeholders) for name in names])
    n, missing = len(table), blank.sum(axis=0)
    low, high = wilson_limits(missing, np.full(len(names), n))
    columns = pd.DataFrame(
        {"栏": names, "缺失": missing, "缺失率": missing / n, "下限": low, "上限": high}
    ).sort_values("缺失", ascending=False, ignore_index=True, kind="stable")
    whole = ~blank.any(axis=1)
    label = read_labels(table[ticket], ticket).to_numpy()
    lacking = ["、".join(np.array(names, dtype=object)[row]) for row in blank]
    cases = pd.DataFrame({"工单号": label, "缺": lacking})[~whole].reset_index(drop=True)
    groups = None
    if by is not None:
        grouped = pd.DataFrame(blank, columns=names).groupby(read_labels(table[by], by).to_numpy())
        most = grouped.sum().idxmax(axis=1)
        groups = pd.Series(whole).groupby(read_labels(table[by], by).to_numpy())
        groups = groups.agg(件数="size", 完整="sum")
        groups["完整率"] = groups["完整"] / groups["件数"]
        groups["下限"], groups["上限"] = wilson_limits(groups["完整"], groups["件数"])
        groups["缺得最多"] = most.where(groups["完整"] < groups["件数"], "")
        groups = groups.rename_axis("组").reset_index()
        groups = groups.sort_values(["完整率", "组"], ignore_index=True)
    return Completeness(columns, groups, cases, n, int(whole.sum()))


def merge_duplicates(
    table: pd.DataFrame,
    *,
    hours: float = 72,
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> Merged:
    """同一件事登记了几次？把办结之前的重复登记并成一件。

    Parameters
    ----------
    table : 一件登记一行；没有办结的，办结时间为空。
    hours : 与首次登记相隔不超过几小时（教学约定 72）。
    ticket, customer, reason, opened, closed : 列名。

    Returns
    -------
    Merged

    Raises
    ------
    ValueError
        缺列、空值、时间读不懂、工单号重复。

    Notes
    -----
    重复登记 = 同一客户、同一原因，在首次登记之后 ``hours`` 小时内、它还没有办结时又登记；
    办结之后再来是重复投诉（见 ``repeats``）。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2", "T3"], "客户号": ["K1", "K1", "K1"],
    ...     "二级原因": ["收费不符"] * 3, "受理时间": ["2026-03-01 09:00", "2026-03-01 15:00", "2026-03-09 09:00"],
    ...     "办结时间": ["2026-03-03 09:00", None, None], "联系电话": ["", "尾号8", "尾号8"]})
    >>> result = merge_duplicates(cases)
    >>> result.table["工单号"].tolist(), result.table["联系电话"].iloc[0]
    (['T1', 'T3'], '尾号8')
    """
    limit = float(require_range(hours, "hours", 0, above=True))
    read_rows(table, [ticket, customer, reason, opened, closed], "投诉表")
    label = read_labels(table[ticket], ticket)
    if label.duplicated().any():
        raise ValueError(f"{ticket} {label[label.duplicated()].iloc[0]} 出现不止一次：请先核对。")
    start = read_moments(table[opened], opened).to_numpy()
    end = read_moments(table[closed], closed, blank=True).to_numpy()
    who = read_labels(table[customer], customer).to_numpy()
    why = read_labels(table[reason], reason).to_numpy()
    first: dict[tuple[str, str], int] = {}
    into: dict[int, int] = {}
    for row in np.argsort(start, kind="stable"):
        key = (who[row], why[row])
        head = first.get(key)
        same = head is not None and (
            (start[row] - start[head]) / HOUR <= limit
            and (np.isnat(end[head]) or start[row] < end[head])
        )
        if same:
            into[int(row)] = head
        else:
            first[key] = int(row)
    result, rows = table.copy(), []
    empty = {name: _blank(table[name], PLACEHOLDERS) for name in table.columns}
    for row, head in sorted(into.items()):
        filled = []
        for place, name in enumerate(table.columns):
            # 时间是各次登记自己的，不互相补
            if name in (ticket, opened, closed) or not empty[name][head] or empty[name][row]:
                continue
            result.iloc[head, place] = table.iloc[row, place]
            empty[name][head] = False
            filled.append(str(name))
        gap = float((start[row] - start[head]) / HOUR)
        rows.append((label.iloc[row], label.iloc[head], gap, "、".join(filled)))
    kept = [row for row in range(len(table)) if row not in into]
    duplicates = pd.DataFrame(rows, columns=["工单号", "并入", "相隔小时", "补上的栏"])
    return Merged(result.iloc[kept], duplicates, len(table))


def _blank(values: pd.Series, placeholders: Sequence[str]) -> np.ndarray:
    """空着，或填的是「不详」这类；数字里的 0 是填了的。"""
    text = values.astype(object).where(values.notna(), "").astype(str).str.strip()
    return text.isin(["", *placeholders]).to_numpy(copy=True)

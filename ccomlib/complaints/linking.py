"""重复投诉：同一客户为同一件事又来了多少次，该算在哪一件头上？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import MAX_ROWS, interval_chart
from ccomlib.proportions import wilson_limits
from ccomlib.reading import one_moment, read_labels, read_moments, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Repeats", "last_moment", "link_repeats", "repeat_table", "repeats"]

DAY = np.timedelta64(1, "D")
ANCHORS = ("first", "last")
FIRST, REPEAT, PENDING = "首次", "重复", "办结前再来"


@dataclass(frozen=True, eq=False)
class Repeats(Result):
    """重复投诉的链接与重复率。由 ``repeats`` 得到。"""

    links: pd.DataFrame
    """一件一行（行标签与所给的表相同），列：工单号、类型（首次、重复、办结前再来）、
    首件（追到的第一件）、上一件、距办结天数。"""
    table: pd.DataFrame
    """一组一行，列：组、首次办结、重复件数、再来的首件、重复率、再来率、下限、上限、占全部重复。"""
    closed: int
    """已办结、并且之后满 ``days`` 天可以看的首次投诉。"""
    repeated: int
    """它们引来的重复投诉件数。"""
    returning: int
    """其中再来过的首次投诉件数。"""
    days: int
    anchor: str
    as_of: pd.Timestamp
    by: str

    @property
    def rate(self) -> float:
        """重复率 = 重复件数 ÷ 首次办结件数；一件可以再来几次。"""
        return self.repeated / self.closed

    @property
    def all_repeats(self) -> int:
        """表里全部重复投诉，含观察期还不满的。"""
        return int((self.links["类型"] == REPEAT).sum())

    def summary(self) -> pd.DataFrame:
        """逐组的重复率。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的再来率与区间，重复件数多的在上。"""
        table = self.table.head(MAX_ROWS)
        overall = self.returning / self.closed
        return interval_chart(
            ax,
            [f"{row['组']}（重复 {row['重复件数']} 件）" for _, row in table.iterrows()],
            table["再来率"],
            table["下限"],
            table["上限"],
            title=f"办结后 {self.days} 天内再来的比例与 95% 区间，按{self.by}",
            xlabel="再来率",
            colours=[COLOURS["bad"] if low > overall else COLOURS["main"] for low in table["下限"]],
            percent=True,
            reference=(overall, f"总体 {overall:.1%}"),
        )

    def __str__(self) -> str:
        top = self.table.iloc[0]
        return (
            f"{self.closed} 件首次投诉办结后 {self.days} 天内引来 {self.repeated} 件重复，重复率 "
            f"{self.rate:.1%}（{self.returning} 件再来过）；重复最多的是{top['组']}（{top['重复件数']} 件，占 "
            f"{top['占全部重复']:.0%}）；同一客户、同一二级原因、{self.days} 天是教学约定，"
            f"{self.as_of:%Y-%m-%d} 之前不满 {self.days} 天的办结没有计入。"
        )


def repeats(
    table: pd.DataFrame,
    *,
    days: int = 30,
    anchor: str = "first",
    as_of: Any = None,
    by: str = "二级原因",
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> Repeats:
    """重复投诉有多少，重复率多高，哪个原因引来的重复最多？

    Parameters
    ----------
    table : 一件投诉一行；没有办结的，办结时间为空。
    days : 办结后几天内再来算重复（教学约定 30）。
    anchor : 从哪次办结起算："first" 首件的办结，"last" 上一件的办结。
    as_of : 数据到哪一天；不给就是最晚的受理或办结时间。
    by : 按哪一列汇总，取首件的值（二级原因、首接工号、责任节点）。
    ticket, customer, reason, opened, closed : 列名。

    Returns
    -------
    Repeats

    Raises
    ------
    ValueError
        缺列、空值、时间读不懂、办结早于受理、工单号重复，没有一件办结满 ``days`` 天。

    Notes
    -----
    同一客户、同一原因按受理先后：首件办结之前又来的是「办结前再来」，办结后 ``days`` 天内来的是重复，
    再晚的是新的首件。重复率 = 重复件数 ÷ 首次办结件数，只看已观察满 ``days`` 天的首件。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2", "T3", "T4"], "客户号": ["K1", "K1", "K2", "K1"],
    ...     "二级原因": ["收费不符"] * 4,
    ...     "受理时间": ["2026-01-01", "2026-01-20", "2026-01-05", "2026-04-01"],
    ...     "办结时间": ["2026-01-03", "2026-01-25", "2026-01-06", "2026-04-02"]})
    >>> result = repeats(cases)
    >>> result.links["类型"].tolist(), result.rate
    (['首次', '重复', '首次', '首次'], 0.5)
    """
    read_rows(table, [by], "投诉表")
    links = link_repeats(
        table,
        days=days,
        anchor=anchor,
        ticket=ticket,
        customer=customer,
        reason=reason,
        opened=opened,
        closed=closed,
    )
    last = last_moment(table, as_of, opened, closed)
    result = repeat_table(links, table, by, days, last, closed)
    return Repeats(
        links=links,
        table=result,
        closed=int(result["首次办结"].sum()),
        repeated=int(result["重复件数"].sum()),
        returning=int(result["再来的首件"].sum()),
        days=int(days),
        anchor=anchor,
        as_of=last,
        by=by,
    )


def link_repeats(
    table: pd.DataFrame,
    *,
    days: int = 30,
    anchor: str = "first",
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> pd.DataFrame:
    """每件投诉追到哪个首件；参数与报错同 ``repeats``。

    Returns
    -------
    DataFrame
        行标签与所给的表相同，列：工单号、类型、首件、上一件、距办结天数。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2"], "客户号": ["K1", "K1"], "二级原因": ["收费"] * 2,
    ...     "受理时间": ["2026-01-01", "2026-01-20"], "办结时间": ["2026-01-03", None]})
    >>> link_repeats(cases)["首件"].tolist()
    ['T1', 'T1']
    """
    if anchor not in ANCHORS:
        raise ValueError(f'anchor 是 {anchor!r}：请用 "first" 或 "last"。')
    window = float(require_range(days, "days", 0, above=True))
    read_rows(table, [ticket, customer, reason, opened, closed], "投诉表")
    label = read_labels(table[ticket], ticket).to_numpy()
    repeated = pd.Index(label).duplicated()
    if repeated.any():
        raise ValueError(f"{ticket} {label[repeated][0]} 出现不止一次：请先核对。")
    start = read_moments(table[opened], opened).to_numpy()
    end = read_moments(table[closed], closed, blank=True).to_numpy()
    wrong = end < start
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"{label[row]} 的{closed} {end[row]} 早于{opened} {start[row]}：请核对。")
    who = read_labels(table[customer], customer).to_numpy()
    why = read_labels(table[reason], reason).to_numpy()
    kind = np.full(len(table), FIRST, dtype=object)
    root, previous = np.arange(len(table)), np.full(len(table), -1)
    gap = np.full(len(table), np.nan)
    latest: dict[tuple[str, str], tuple[int, int]] = {}
    for row in np.argsort(start, kind="stable"):
        key = (who[row], why[row])
        if key in latest:
            head, before = latest[key]
            done = end[head if anchor == "first" else before]
            if np.isnat(done) or start[row] < done:
                kind[row] = PENDING
            else:
                gap[row] = (start[row] - done) / DAY
                kind[row] = REPEAT if gap[row] <= window else FIRST
            if kind[row] == FIRST:
                gap[row] = np.nan
            else:
                root[row], previous[row] = head, before
        latest[key] = (int(root[row]), int(row))
    return pd.DataFrame(
        {
            "工单号": label,
            "类型": kind,
            "首件": label[root],
            "上一件": np.where(previous >= 0, label[previous], ""),
            "距办结天数": gap,
        },
        index=table.index,
    )


def repeat_table(
    links: pd.DataFrame,
    table: pd.DataFrame,
    by: str,
    days: float,
    as_of: pd.Timestamp,
    closed: str,
) -> pd.DataFrame:
    """按首件的某一列汇总重复率；只看办结后已满 ``days`` 天的首件。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": ["T1", "T2"], "客户号": ["K1", "K1"], "二级原因": ["收费"] * 2,
    ...     "受理时间": ["2026-01-01", "2026-01-20"], "办结时间": ["2026-01-03", None]})
    >>> links = link_repeats(cases)
    >>> repeat_table(links, cases, "二级原因", 30, pd.Timestamp("2026-06-01"), "办结时间")["重复率"].tolist()
    [1.0]
    """
    group = read_labels(table[by], by).to_numpy()
    end = read_moments(table[closed], closed, blank=True)
    seen = (end + pd.Timedelta(days=float(days)) <= as_of).to_numpy()
    first = (links["类型"] == FIRST).to_numpy() & seen
    if not first.any():
        raise ValueError(
            f"到 {as_of:%Y-%m-%d} 没有一件首次投诉办结满 {days:g} 天，重复率还说不出来："
            "请过一阵再算，或减小 days。"
        )
    label = links["工单号"].to_numpy()
    again = links.loc[links["类型"] == REPEAT, "首件"].value_counts()
    count = pd.Series(label).map(again).fillna(0).to_numpy(dtype=int)
    data = pd.DataFrame({"次": count, "来": count > 0})[first]
    result = data.groupby(group[first]).agg(
        首次办结=("次", "size"), 重复件数=("次", "sum"), 再来的首件=("来", "sum")
    )
    result["重复率"] = result["重复件数"] / result["首次办结"]
    result["再来率"] = result["再来的首件"] / result["首次办结"]
    result["下限"], result["上限"] = wilson_limits(result["再来的首件"], result["首次办结"])
    result["占全部重复"] = result["重复件数"] / max(int(result["重复件数"].sum()), 1)
    result = result.rename_axis("组").reset_index()
    return result.sort_values(["重复件数", "组"], ascending=[False, True], ignore_index=True)


def last_moment(
    table: pd.DataFrame, as_of: Any, opened: str = "受理时间", closed: str = "办结时间"
) -> pd.Timestamp:
    """数据到哪一刻；不给就是最晚的受理或办结时间。

    >>> cases = pd.DataFrame({"受理时间": ["2026-01-01", "2026-01-20"], "办结时间": ["2026-01-25", None]})
    >>> last_moment(cases, None)
    Timestamp('2026-01-25 00:00:00')
    """
    if as_of is not None:
        return one_moment(as_of, "as_of")
    start = read_moments(table[opened], opened)
    end = read_moments(table[closed], closed, blank=True)
    return max(start.max(), end.max()) if end.notna().any() else start.max()

"""早期流失：新人有多少在头 90 天里走了？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccomlib.charts import interval_chart
from ccomlib.proportions import wilson_limits
from ccomlib.reading import one_moment, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.validation import require_range

from .staff import DAY, TRANSFER, last_date, read_staff, tenure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["EarlyLeavers", "early_leavers"]


@dataclass(frozen=True, eq=False)
class EarlyLeavers(Result):
    """新人头几天之内的流失。由 ``early_leavers`` 得到。"""

    days: int
    hired: int
    """入职已满 ``days`` 天、本来可以早走的人数：分母。"""
    left: int
    rate: float
    low: float
    high: float
    too_recent: int
    """入职不满 ``days`` 天、还说不准的人数，不进分母。"""
    naive: float
    """把不满期的新人也算进分母的比例：偏低，不要用。"""
    of_leavers: float | None
    """这些人的离职里，早走的占多少；没有人离职时为 None。"""
    table: pd.DataFrame
    """一批（入职月份或分组）一行，列：批次、入职、早走、早走率、下限、上限。"""
    people: tuple[str, ...]
    """早走的人的工号。"""
    as_of: pd.Timestamp
    confidence: float

    def summary(self) -> pd.DataFrame:
        """逐批列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各批的早走率与区间。"""
        table = self.table.tail(30)
        return interval_chart(
            ax,
            [f"{row['批次']}（入职 {row['入职']} 人）" for _, row in table.iterrows()],
            table["早走率"],
            table["下限"],
            table["上限"],
            title=f"入职 {self.days} 天内离职的比例与 {self.confidence:.0%} 区间",
            xlabel=f"{self.days} 天内离职的比例",
            colours=[
                COLOURS["bad"] if low > self.rate else COLOURS["main"] for low in table["下限"]
            ],
            percent=True,
            reference=(self.rate, f"合计 {self.rate:.1%}"),
        )

    def __str__(self) -> str:
        text = (
            f"入职满 {self.days} 天的 {self.hired} 人里，{self.left} 人在 {self.days} 天内离职，"
            f"早走率 {self.rate:.1%}（{self.confidence:.0%} 区间 {self.low:.1%} 到 {self.high:.1%}）"
        )
        if self.of_leavers is not None:
            text += f"；占这些人全部离职的 {self.of_leavers:.0%}（这是另一个指标）"
        if self.too_recent:
            text += (
                f"；{self.too_recent} 人入职不满 {self.days} 天，还说不准，没有进分母"
                f"（算进去会低估成 {self.naive:.1%}）"
            )
        return text + "。"


def early_leavers(
    staff: pd.DataFrame,
    as_of: Any = None,
    *,
    days: int = 90,
    by: str | None = None,
    hired_from: Any = None,
    confidence: float = 0.95,
    person: str = "工号",
    hired: str = "入职日期",
    left: str = "离职日期",
    reason: str | None = None,
    transfers: Iterable[str] = TRANSFER,
) -> EarlyLeavers:
    """新人头 90 天的流失率；只有入职已满 90 天的人进分母。

    Parameters
    ----------
    staff : 一人一行，离职日期为空的是在册。
    as_of : 统计到哪一天；不给就是花名册里最晚的日期。
    days : 头几天算早走（教学约定 90），含第 ``days`` 天。
    by : 按哪一列分批；不给就按入职月份。
    hired_from : 只看这天以后入职的；花名册不含更早离职的人时要给。
    confidence : 置信水平。
    person, hired, left, reason : 列名。
    transfers : 哪些原因是内部调动，不算早走。

    Returns
    -------
    EarlyLeavers

    Raises
    ------
    ValueError
        花名册有错、没有人入职已满 ``days`` 天。

    Notes
    -----
    早走率 = 入职 days 天内离职的 ÷ 统计日已入职满 days 天的；不满期的人离了职也不进分子，
    否则同一批人里只数走的、不数还没走的，比例偏高。

    Examples
    --------
    >>> staff = pd.DataFrame({"工号": list("ABCDE"),
    ...     "入职日期": ["2026-01-01"] * 3 + ["2026-05-20"] * 2,
    ...     "离职日期": ["2026-02-10", None, "2026-05-30", None, None]})
    >>> result = early_leavers(staff, "2026-06-01")
    >>> result.left, result.hired, result.too_recent
    (1, 3, 2)
    """
    days = int(require_range(days, "days", 1))
    read_rows(staff, [by] if by else [], "花名册")
    data = read_staff(
        staff, person=person, hired=hired, left=left, reason=reason, transfers=transfers
    )
    last = last_date(data, as_of)
    month = data["入职"].dt.strftime("%Y-%m")
    data["批次"] = read_labels(staff[by], by) if by else month
    data = data[data["入职"] <= last]
    if hired_from is not None:
        data = data[data["入职"] >= one_moment(hired_from, "hired_from")]
    spent, gone = tenure(data, last)
    quick = gone & (spent <= days)
    could = ((last - data["入职"]) / DAY >= days).to_numpy()
    if not could.any():
        raise ValueError(
            f"到 {last:%Y-%m-%d} 没有人入职满 {days} 天，早走率还说不出来：请过一阵再算，或减小 days。"
        )
    early = quick & could
    groups = pd.DataFrame({"批次": data["批次"].to_numpy(), "早走": early})[could].groupby("批次")
    table = groups["早走"].agg(入职="size", 早走="sum").reset_index()
    table["早走率"] = table["早走"] / table["入职"]
    table["下限"], table["上限"] = wilson_limits(table["早走"], table["入职"], confidence)
    low, high = wilson_limits(early.sum(), could.sum(), confidence)
    leavers = int((gone & could).sum())
    return EarlyLeavers(
        days=days,
        hired=int(could.sum()),
        left=int(early.sum()),
        rate=float(early.sum() / could.sum()),
        low=float(low),
        high=float(high),
        too_recent=int((~could).sum()),
        naive=float(quick.sum() / len(data)),
        of_leavers=float(early.sum() / leavers) if leavers else None,
        table=table,
        people=tuple(data["工号"].to_numpy()[early].tolist()),
        as_of=last,
        confidence=float(confidence),
    )

"""系数链：建好的话务模型怎样说明自己，又怎样预测？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

from .fit import YEAR
from .table import read_dates, read_slots, texts, weekday_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MAKEUP", "TrafficModel", "reference_weekday"]

MAKEUP = "调休上班"


@dataclass(frozen=True, eq=False)
class TrafficModel(Result):
    """话务模型：基线与一串系数。由 ``build_model`` 得到，不直接构造。

    系数都相对“平常”：历史里出现的各星期的星期系数平均为 1，各月的月系数平均为 1，每个日型的占比合计为 1。
    """

    value: str
    """预测的是哪一列。"""
    baseline: float
    """基线：星期、月系数都为 1 的普通日的全天量（通）；有增长时是 ``base_date`` 的水平。"""
    base_date: pd.Timestamp
    """历史的最后一天。"""
    growth: float
    """年增长率；不估计增长时为 0。"""
    weekdays: pd.DataFrame
    """星期系数，索引星期，列：系数、天数。"""
    months: pd.DataFrame
    """月系数，索引月份，列：系数、天数；给定的系数不出自这段历史，天数为 0。"""
    shares: pd.DataFrame
    """时段占比，索引时段，每个日型一列，每列合计为 1。"""
    day_types: pd.Series
    """星期几属于哪个日型，索引星期。"""
    holidays: pd.DataFrame
    """节假日系数，索引节假日，列：系数、天数；相对 ``holiday_as`` 那天的平常水平。"""
    events: pd.DataFrame
    """活动系数，索引事件，列：系数、天数、时段数；只作用于有事件的时段。"""
    uses_holidays: bool
    """是否区分节假日；为假时日历里的节假日当作平常日。"""
    uses_events: bool
    """是否区分事件。"""
    holiday_as: str | None
    """放假的日子以周几为基准；``None`` 表示各按自己的星期。"""
    makeup_as: str | None
    """调休上班的日子以周几为基准。"""
    days_used: int
    """估计星期、月系数与占比所用的正常日天数。"""
    excluded: pd.DataFrame
    """没有用的日子，列：日期、原因。"""

    def predict(
        self,
        start: Any,
        end: Any = None,
        *,
        calendar: pd.DataFrame | None = None,
        adjustments: Mapping[Any, float] | pd.Series | None = None,
    ) -> pd.DataFrame:
        """预测若干天里每个时段的量。

        Parameters
        ----------
        start, end : 起止日期（含两端）；只给 ``start`` 时它是一天，或一列日期。
        calendar : 未来的日历表，列：日期，及节假日、事件（可有时段列，事件便只落在那些时段）。
        adjustments : 日期 → 倍数，人为调整那一天；历史里没有的节假日、事件须在这里给倍数。

        Returns
        -------
        DataFrame
            列：日期、星期、时段、预测量（通，期望值，不取整）。

        Raises
        ------
        ValueError
            日期不对；月份、星期、节假日或事件不在历史里。

        Notes
        -----
        预测量 = 基线 × (1+年增长率)^(年数) × 月系数 × 星期系数 × 节假日系数 × 时段占比 × 活动系数 × 调整。
        """
        dates = _days(start, end)
        holiday, events = _calendar(calendar, dates, self.shares.index)
        if not self.uses_holidays:
            holiday[:] = ""
        if not self.uses_events:
            events[:] = ""
        factor = _adjustments(adjustments, dates)
        adjusted = ~np.isnan(factor)
        total = self._day_totals(dates, holiday, adjusted) * np.where(adjusted, factor, 1.0)
        names = reference_weekday(dates, holiday, self.holiday_as, self.makeup_as)
        self._require_known("星期", names, self.weekdays.index, dates, np.zeros(len(dates), bool))
        share = self.shares[self.day_types.loc[names]].to_numpy().T
        lift = pd.Series(self.events["系数"]).to_dict()
        happening = [name for name in pd.unique(events.ravel()) if name]
        effect = np.ones(events.shape)
        for name in happening:
            rows = (events == name).any(axis=1)
            self._require_known(
                "事件", np.where(rows, name, ""), self.events.index, dates, adjusted | ~rows
            )
            effect[events == name] = lift.get(name, 1.0)
        calls = total[:, None] * share * effect
        count = len(self.shares)
        return pd.DataFrame(
            {
                "日期": dates.repeat(count),
                "星期": np.repeat(weekday_names(dates), count),
                "时段": np.tile(self.shares.index.to_numpy(), len(dates)),
                "预测量": calls.ravel(),
            }
        )

    def _day_totals(
        self, dates: pd.DatetimeIndex, holiday: np.ndarray, adjusted: np.ndarray
    ) -> np.ndarray:
        """每天的期望总量，不含活动与调整。"""
        names = reference_weekday(dates, holiday, self.holiday_as, self.makeup_as)
        self._require_known("星期", names, self.weekdays.index, dates, np.zeros(len(dates), bool))
        month = dates.month.to_numpy()
        self._require_known("月份", month, self.months.index, dates, np.zeros(len(dates), bool))
        self._require_known(
            "节假日", holiday, self.holidays.index, dates, adjusted | (holiday == "")
        )
        years = np.asarray((dates - self.base_date).days) / YEAR
        level = self.baseline * (1 + self.growth) ** years
        level = level * self.weekdays["系数"].reindex(names).to_numpy()
        level = level * self.months["系数"].reindex(month).to_numpy()
        known = self.holidays["系数"].reindex(holiday).to_numpy()
        return level * np.where(np.isnan(known), 1.0, known)

    def _require_known(
        self, what: str, names: np.ndarray, known: pd.Index, dates: pd.DatetimeIndex, ok: np.ndarray
    ) -> None:
        missing = ~np.isin(names, known.to_numpy()) & ~ok
        if not missing.any():
            return
        row = int(np.flatnonzero(missing)[0])
        absent = list(dict.fromkeys(np.asarray(names)[missing].tolist()))
        listed = "、".join(f"{name} 月" if what == "月份" else f"“{name}”" for name in absent)
        remedy = {
            "星期": "请用包含这些星期几的历史重建模型。",
            "月份": "请在 build_model 里用 by_month 给出月系数（例如由两年日数据得到的 "
            "traffic.month_coefficients），或设 by_month=False 不分月。",
            "节假日": "请改用历史里有的名称，或在 adjustments 里给这一天的倍数（相对基准日）。",
            "事件": "请改用历史里有的名称，或在 adjustments 里给这一天的倍数。",
        }[what]
        have = "、".join(map(str, known)) or "无"
        raise ValueError(
            f"要预测 {dates[row]:%Y-%m-%d}，但模型没有{what}{listed}的系数（有：{have}）：{remedy}"
        )

    def summary(self) -> pd.DataFrame:
        """各类系数与它们所依据的天数。"""
        parts = []
        for kind, table in (
            ("月系数", self.months),
            ("星期系数", self.weekdays),
            ("节假日系数", self.holidays),
            ("活动系数", self.events),
        ):
            names = [f"{name}月" if kind == "月系数" else name for name in table.index]
            parts.append(
                pd.DataFrame(
                    {
                        "类别": kind,
                        "名称": pd.Series(names, dtype=object),
                        "系数": table["系数"].to_numpy(),
                        "天数": table["天数"].to_numpy(),
                    }
                )
            )
        return pd.concat([part for part in parts if len(part)], ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """各日型的时段曲线：普通的一天里每个时段的量。"""
        ax = new_axes(ax)
        x = np.arange(len(self.shares))
        for kind in self.shares.columns:
            days = list(self.day_types.index[self.day_types == kind])
            level = self.baseline * self.weekdays["系数"].reindex(days).mean()
            label = f"{kind}（每天 {level:,.0f}）"
            ax.plot(x, self.shares[kind] * level, marker=".", label=label)
        slot_axis(ax, self.shares.index)
        ax.set(
            xlabel="时段（开始时刻）",
            ylabel=f"{self.value}（通/时段）",
        )
        busiest = self.shares.mean(axis=1).idxmax()
        finding(ax, f"最忙的是 {busiest}", f"普通一天的时段曲线，{self.days_used} 个正常日")
        ax.set_ylim(bottom=0)
        ax.margins(y=0.1)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def plot_coefficients(self, ax: Axes | None = None) -> Axes:
        """各系数高于或低于 1 多少；括号里是依据的天数。"""
        table = self.summary()
        table = table[~((table["类别"] == "月系数") & (self.months["系数"].eq(1).all()))][::-1]
        ax = new_axes(ax, figsize=(8.0, max(3.0, 0.28 * len(table) + 1.2)))
        colours = dict(zip(pd.unique(self.summary()["类别"]), COLOURS.values(), strict=False))
        y = np.arange(len(table))
        for kind, rows in table.reset_index(drop=True).groupby("类别", sort=False):
            at = rows.index.to_numpy()
            # 点而不是柱：柱要从 0 起，这里 1 才是「平常」
            ax.hlines(at, 1, rows["系数"], color=colours[kind], lw=2)
            ax.plot(rows["系数"], at, "o", color=colours[kind], label=kind)
            for position, value in zip(at, rows["系数"], strict=True):
                side = "left" if value >= 1 else "right"
                ax.annotate(
                    f"{value:.2f}",
                    (value, position),
                    xytext=(7 if value >= 1 else -7, 0),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontsize=10,
                )
        labels = [
            f"{name}（{days} 天）" if days else f"{name}（给定）"
            for name, days in zip(table["名称"], table["天数"], strict=True)
        ]
        ax.set_yticks(y, labels)
        ax.axvline(1, color=COLOURS["grey"])
        ax.margins(x=0.12, y=0.02)
        ax.grid(axis="y", visible=False)
        ax.set(xlabel="系数（平常 = 1，倍）", ylabel="")
        far = table.loc[(table["系数"] - 1).abs().idxmax()]
        finding(ax, f"离平常最远的是{far['名称']}：{far['系数']:.2f} 倍", "话务模型的系数")
        handles, names = ax.get_legend_handles_labels()
        ax.legend(handles[::-1], names[::-1], loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        day = self.weekdays["系数"]
        grow = f"，每年增长 {self.growth:.1%}" if self.growth else ""
        main = self.shares[self.day_types.iloc[0]]
        return (
            f"由 {self.days_used} 个正常日建成：普通一天 {self.baseline:,.0f} 通{grow}，"
            f"{day.idxmax()}最高（{day.max():.2f}），{day.idxmin()}最低（{day.min():.2f}），"
            f"{self.day_types.iloc[0]} {main.idxmax()} 最忙（占全天 {main.max():.1%}）；"
            "前提是以后的规律与这段历史相同，能不能信要看离散系数检验与留出的数据。"
        )


def reference_weekday(
    dates: pd.DatetimeIndex, holiday: np.ndarray, holiday_as: str | None, makeup_as: str | None
) -> np.ndarray:
    """每天以周几为基准：平常日是自己，放假日、调休上班日按约定。"""
    own = weekday_names(dates)
    makeup = np.array([MAKEUP in name or "补班" in name for name in holiday], dtype=bool)
    off = (holiday != "") & ~makeup
    names = np.where(off, holiday_as or own, own)
    return np.where(makeup, makeup_as or own, names)


def _days(start: Any, end: Any) -> pd.DatetimeIndex:
    one = isinstance(start, str) or np.ndim(start) == 0
    first = read_dates([start] if one else start, "预测日期")
    if end is None:
        if first.empty:
            raise ValueError("预测日期是空的：请至少给一天。")
        if first.has_duplicates:
            day = first[first.duplicated()][0]
            raise ValueError(f"预测日期 {day:%Y-%m-%d} 给了两次：请每天只给一次。")
        return first
    if not one:
        raise ValueError("start 已经是一列日期，就不要再给 end。")
    last = read_dates([end], "end")
    if last[0] < first[0]:
        raise ValueError(f"end {last[0]:%Y-%m-%d} 早于 start {first[0]:%Y-%m-%d}：请对调。")
    return pd.date_range(first[0], last[0])


def _calendar(
    calendar: pd.DataFrame | None, dates: pd.DatetimeIndex, slots: pd.Index
) -> tuple[np.ndarray, np.ndarray]:
    """每天的节假日 (天,) 与每个时段的事件 (天, 时段)。"""
    holiday = np.full(len(dates), "", dtype=object)
    events = np.full((len(dates), len(slots)), "", dtype=object)
    if calendar is None:
        return holiday, events
    require_columns(calendar, ["日期"], "calendar")
    row = dates.get_indexer(read_dates(calendar["日期"], "calendar 的日期"))
    names, event = texts(calendar, "节假日"), texts(calendar, "事件")
    marked = (row >= 0) & (names != "")
    _require_one(
        pd.DataFrame({"日期": row[marked], "名": names[marked]}), ["日期"], dates, "节假日"
    )
    holiday[row[marked]] = names[marked]
    marked = (row >= 0) & (event != "")
    if "时段" not in calendar.columns:
        _require_one(
            pd.DataFrame({"日期": row[marked], "名": event[marked]}), ["日期"], dates, "事件"
        )
        events[row[marked]] = event[marked][:, None]
        return holiday, events
    column = slots.get_indexer(read_slots(calendar["时段"], "calendar 的时段"))
    marked &= column >= 0
    pairs = pd.DataFrame({"日期": row[marked], "时段": column[marked], "名": event[marked]})
    _require_one(pairs, ["日期", "时段"], dates, "事件")
    events[row[marked], column[marked]] = event[marked]
    return holiday, events


def _require_one(pairs: pd.DataFrame, key: list[str], dates: pd.DatetimeIndex, what: str) -> None:
    distinct = pairs.drop_duplicates()
    twice = distinct[distinct.duplicated(key, keep=False)]
    if len(twice):
        day = dates[int(twice["日期"].iloc[0])]
        names = "、".join(dict.fromkeys(twice["名"]))
        raise ValueError(f"calendar 里 {day:%Y-%m-%d} 有几个{what}（{names}）：请只留一个。")


def _adjustments(
    adjustments: Mapping[Any, float] | pd.Series | None, dates: pd.DatetimeIndex
) -> np.ndarray:
    """每天的倍数；没有给的是 NaN，由调用者当作 1。"""
    factor = np.full(len(dates), np.nan)
    if adjustments is None or len(adjustments) == 0:
        return factor
    given = pd.Series(adjustments)
    days = read_dates(given.index, "adjustments 的日期")
    values = require_range(given, "adjustments", 0)
    row = dates.get_indexer(days)
    if (row < 0).any():
        day = days[row < 0][0]
        raise ValueError(f"adjustments 的 {day:%Y-%m-%d} 不在要预测的日子里：请删去或改日期。")
    if days.has_duplicates:
        raise ValueError(f"adjustments 里 {days[days.duplicated()][0]:%Y-%m-%d} 给了两次。")
    factor[row] = values
    return factor

"""看数：一天、一周、一个队列平常是什么样，计划与实际差在哪里？

课上反复要做的几步，一步一个动词；虚拟中心的表与自己读进来的表（列名一样）都能用::

    hub.typical_day("咨询", "周一")                     # 虚拟中心
    typical_day(read_table("我的.xlsx", kind="intervals"), weekday="周一")   # 自己的表
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside, slot_axis
from ccomlib.display import column_unit, show_table
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns
from ccomlib.wording import WEEKDAYS, day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Comparison",
    "Views",
    "against_usual",
    "between",
    "compare",
    "daily",
    "expected",
    "long_roster",
    "mean_by",
    "one_day",
    "plain_days",
    "rate_by",
    "typical_day",
]

GROUPS = {"工作日": WEEKDAYS[:5], "周末": WEEKDAYS[5:]}
COUNTS = ("呼入量", "接起量", "20秒接起量", "放弃量", "短放弃量")
# 率 → (分子, 分母)
RATES = {"20秒接起率": ("20秒接起量", "呼入量"), "放弃率": ("放弃量", "呼入量")}
DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
AHT, HEADS = "平均处理时长", "在岗人数"


def plain_days(table: pd.DataFrame) -> pd.DataFrame:
    """平常的日子：没有节假日、没有事件的行；没有这两列的表原样交回。

    Parameters
    ----------
    table : 有 节假日、事件 两列（可缺）。

    Examples
    --------
    >>> table = pd.DataFrame({"呼入量": [9, 5], "节假日": ["", "春节"]})
    >>> plain_days(table)["呼入量"].tolist()
    [9]
    """
    keep = pd.Series(True, index=table.index)
    for column in ("节假日", "事件"):
        if column in table:
            keep &= table[column].fillna("").astype(str).str.strip() == ""
    return table[keep]


def typical_day(
    table: pd.DataFrame,
    queue: str | None = None,
    weekday: str | Iterable[str] | None = None,
    *,
    plain: bool = True,
) -> pd.DataFrame:
    """平常的一天：每个时段平均来多少、处理多久、几个人、20 秒内接起几成。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段、呼入量；有别的列就一并平均。
    queue : 只看这个队列；不写就把各队列加在一起。
    weekday : "周一"、"工作日"、"周末"，或几个星期的名字；不写就是每一天。
    plain : 去掉节假日与有事件的日子。

    Returns
    -------
    DataFrame
        一行一个时段；``attrs["days"]`` 是平均了几天。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这样的日子。

    Notes
    -----
    通数与人数是各天的平均；平均处理时长按接起量加权；率是合计除以合计，不是百分比的平均。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "日期": pd.to_datetime(["2026-03-02", "2026-03-09"]), "时段": "08:30",
    ...     "呼入量": [100, 300], "接起量": [100, 300], "20秒接起量": [90, 110], "平均处理时长": [200, 240]})
    >>> typical_day(table, weekday="周一").round(2).loc["08:30"].tolist()
    [200.0, 200.0, 100.0, 230.0, 0.5]
    """
    rows = _rows(table, queue, ["日期", "时段", "呼入量"], plain=plain)
    if weekday is not None:
        names = _weekday_names(weekday)
        rows = rows[_weekdays(rows).isin(names)]
        if rows.empty:
            raise ValueError(
                f"表里没有{'、'.join(names)}的平常日子：请换一个星期，或写 plain=False。"
            )
    # 事件只在几个时段，各时段的平常日子不一样多
    days = rows.groupby("时段")["日期"].nunique()
    result = _totals(rows, ["时段"])
    for column in (*COUNTS, HEADS):
        if column in result:
            result[column] = result[column] / days
    result.attrs["days"] = int(days.max())
    return result


def one_day(table: pd.DataFrame, date: Any, queue: str | None = None) -> pd.DataFrame:
    """某一天，一行一个时段；不写队列就把各队列加在一起。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段、呼入量。
    date : "2025-06-23" 这样的日期。
    queue : 只看这个队列。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这一天。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"]), "时段": ["08:30"], "呼入量": [9]})
    >>> one_day(table, "2026-03-02")["呼入量"].tolist()
    [9]
    """
    rows = _rows(table, queue, ["日期", "时段", "呼入量"], plain=False)
    rows = rows[rows["日期"] == pd.Timestamp(date)]
    if rows.empty:
        first, last = (f"{one(table['日期']):%Y-%m-%d}" for one in (min, max))
        raise ValueError(f"表里没有 {date} 这一天：它从 {first} 到 {last}，请改日期。")
    return _totals(rows, ["时段"])


def daily(table: pd.DataFrame, queue: str | None = None, *, plain: bool = False) -> pd.DataFrame:
    """逐日的合计与率；不写队列就把各队列加在一起。

    Parameters
    ----------
    table : 一行一个时段或一天，至少有 日期、呼入量。
    queue : 只看这个队列。
    plain : 去掉节假日与有事件的日子。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"] * 2), "呼入量": [9, 5]})
    >>> daily(table)[["星期", "呼入量"]].to_numpy().tolist()
    [['周一', 14]]
    """
    rows = _rows(table, queue, ["日期", "呼入量"], plain=plain)
    result = _totals(rows, ["日期"]).drop(columns=HEADS, errors="ignore")
    result.insert(0, "星期", [WEEKDAYS[day.weekday()] for day in result.index])
    return result


def expected(
    table: pd.DataFrame, weeks: int = 4, *, values: Sequence[str] = ("呼入量", AHT)
) -> pd.DataFrame:
    """照前几周估今天：给每一行添上前 ``weeks`` 周同队列、同星期、同时段平常日子的平均。

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段与 ``values`` 的列。
    weeks : 用前几个这样的日子。
    values : 估哪几列；呼入量得 预测量，平均处理时长得 预测处理时长，别的得 预测…。

    Returns
    -------
    DataFrame
        原表加上预测的列；历史不够 ``weeks`` 次的是空值。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.date_range("2026-03-02", periods=3, freq="7D"),
    ...                       "时段": "08:30", "呼入量": [10, 20, 99]})
    >>> expected(table, 2, values=["呼入量"])["预测量"].tolist()
    [nan, nan, 15.0]
    """
    require_columns(table, ["日期", "时段", *values], "时段表")
    ordered = table.sort_values("日期", kind="stable")
    same = [ordered[one] for one in ("队列", "时段") if one in ordered]
    same.append(_weekdays(ordered).rename("星期"))
    usual = ordered.index.isin(plain_days(ordered).index)
    result = table.copy()
    for column in values:
        past = ordered[column].astype(float).where(usual)
        name = {"呼入量": "预测量", AHT: "预测处理时长"}.get(column, f"预测{column}")
        result[name] = past.groupby(same).transform(_before, weeks=weeks).reindex(table.index)
    return result


def rate_by(table: pd.DataFrame, part: str, whole: str, by: str | Sequence[str]) -> pd.DataFrame:
    """分组的率：先各自加起来，再除；不把百分比拿来平均。

    Parameters
    ----------
    table : 有分子、分母与分组的列。
    part, whole : 分子与分母的列名；分子可以是「是/否」。
    by : 按哪一列（几列）分。

    Returns
    -------
    DataFrame
        一组一行：分子、分母的合计与 ``率``，率低的在前。

    Examples
    --------
    >>> table = pd.DataFrame({"队列": ["咨询", "咨询", "报修"], "接起": [9, 1, 5], "呼入": [10, 10, 10]})
    >>> rate_by(table, "接起", "呼入", "队列").loc["咨询"].tolist()
    [10.0, 20.0, 0.5]
    """
    keys = [by] if isinstance(by, str) else list(by)
    require_columns(table, [part, whole, *keys], "表")
    sums = table.groupby(keys, sort=False)[[part, whole]].sum()
    sums["率"] = sums[part] / sums[whole].where(sums[whole] != 0)
    return sums.sort_values("率", kind="stable")


def mean_by(
    table: pd.DataFrame, value: str, weight: str | None, by: str | Sequence[str]
) -> pd.DataFrame:
    """分组的加权平均：一通电话一票，而不是一行一票。

    Parameters
    ----------
    table : 有这几列。
    value : 平均哪一列，如 平均处理时长。
    weight : 按哪一列加权，如 接起量；None 是一行一票。
    by : 按哪一列（几列）分。

    Returns
    -------
    DataFrame
        一组一行：行数、权重合计与加权平均，大的在前。

    Examples
    --------
    >>> table = pd.DataFrame({"队列": ["咨询", "咨询"], "时长": [200, 400], "接起量": [3, 1]})
    >>> mean_by(table, "时长", "接起量", "队列")["时长"].tolist()
    [250.0]
    """
    keys = [by] if isinstance(by, str) else list(by)
    require_columns(table, [value, *([weight] if weight else []), *keys], "表")
    known = table[table[value].notna()]
    weights = known[weight].astype(float) if weight else pd.Series(1.0, known.index)
    parts = known[keys].assign(_weight=weights, _sum=known[value] * weights)
    sums = parts.groupby(keys, sort=False).agg(
        行数=("_weight", "size"), _weight=("_weight", "sum"), _sum=("_sum", "sum")
    )
    sums[value] = sums.pop("_sum") / sums["_weight"].where(sums["_weight"] != 0)
    sums = sums.rename(columns={"_weight": weight}) if weight else sums.drop(columns="_weight")
    return sums.sort_values(value, ascending=False, kind="stable")


def between(table: pd.DataFrame, first: Any, last: Any, column: str | None = None) -> pd.DataFrame:
    """某一段日子的行，首尾两天都算。

    Parameters
    ----------
    table : 有一列日期。
    first, last : "2025-03-11" 这样的日期。
    column : 看哪一列日期；不写就是第一列日期。

    Raises
    ------
    ValueError
        表里没有日期列，或首日晚于末日。

    Examples
    --------
    >>> table = pd.DataFrame({"受理时间": pd.to_datetime(["2025-03-11 23:50", "2025-03-12 00:10"])})
    >>> len(between(table, "2025-03-10", "2025-03-11"))
    1
    """
    if column is None:
        dated = [c for c in table if pd.api.types.is_datetime64_any_dtype(table[c])]
        if not dated:
            raise ValueError("表里没有日期列：请用 column= 说明看哪一列，或先用 read_table 读。")
        column = dated[0]
    require_columns(table, [column], "表")
    start, end = pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta(days=1)
    if start >= end:
        raise ValueError(f"从 {first} 到 {last}：首日晚于末日，请对调。")
    return table[(table[column] >= start) & (table[column] < end)]


def long_roster(wide: pd.DataFrame, *, off: str = "休") -> pd.DataFrame:
    """横排的班表（一人一行、一天一列）变成一人一天一行。

    Parameters
    ----------
    wide : 有 工号 与若干列，列名是日期，如 2025-06-30。
    off : 休息写成什么。

    Returns
    -------
    DataFrame
        原来不是日期的各列，加上 日期、班次、休息。

    Raises
    ------
    ValueError
        没有一列的名字是日期。

    Examples
    --------
    >>> wide = pd.DataFrame({"工号": ["A001"], "2025-06-30": ["早A"], "2025-07-01": ["休"]})
    >>> long_roster(wide)[["班次", "休息"]].to_numpy().tolist()
    [['早A', False], ['休', True]]
    """
    days = [name for name in wide if isinstance(name, str) and DAY.fullmatch(name.strip())]
    if not days:
        raise ValueError("没有一列的名字是日期：请把列名写成 2025-06-30 这样，再读一次。")
    keys = [name for name in wide if name not in days]
    long = wide.melt(keys, days, var_name="日期", value_name="班次")
    long["日期"] = pd.to_datetime([name.strip().replace("/", "-") for name in long["日期"]])
    long["休息"] = long["班次"] == off
    return long.sort_values([*keys[:1], "日期"], kind="stable", ignore_index=True)


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """计划与实际一格一格比的结果。由 ``compare`` 生成。

    ``table`` 一行一格：两个数与 差（后者减前者）。
    """

    table: pd.DataFrame
    names: tuple[str, str]
    unit: str

    @property
    def short(self) -> pd.Series:
        """少了的各格，少得多的在前；少几个写成正数。"""
        gap = self.table["差"]
        return (-gap[gap < 0]).sort_values(ascending=False, kind="stable")

    @property
    def over(self) -> pd.Series:
        """多了的各格，多得多的在前。"""
        gap = self.table["差"]
        return gap[gap > 0].sort_values(ascending=False, kind="stable")

    def summary(self) -> pd.DataFrame:
        """差得最多的排在前面。"""
        order = self.table["差"].abs().sort_values(ascending=False, kind="stable").index
        return self.table.loc[order]

    def excel(self) -> dict[str, Any]:
        """差是活的公式。"""
        plan, real = self.names
        return {
            "formulas": {"差": f"[{real}] - [{plan}]"},
            "totals": [plan, real],
            "units": dict.fromkeys([plan, real, "差"], self.unit),
        }

    def _repr_html_(self) -> str:
        units = dict.fromkeys([*self.names, "差"], self.unit)
        return show_table(self.summary(), units=units, rows=8, title=str(self))._repr_html_()

    def plot(self, ax: Axes | None = None) -> Axes:
        """两条阶梯线，少的部分涂红，多的部分涂黄。"""
        ax = new_axes(ax)
        first, second = (self.table[name].to_numpy(float) for name in self.names)
        x = np.arange(len(first) + 1) - 0.5
        plan, real = (np.append(values, values[-1]) for values in (first, second))
        fill = {"step": "post", "lw": 0, "alpha": 0.5}
        ax.fill_between(x, real, np.maximum(plan, real), color=COLOURS["bad"], label="少了", **fill)
        ax.fill_between(
            x, plan, np.maximum(plan, real), color=COLOURS["second"], label="多了", **fill
        )
        ax.step(x, plan, where="post", color=COLOURS["grey"], ls="--", label=self.names[0])
        ax.step(x, real, where="post", color=COLOURS["main"], label=self.names[1])
        slot_axis(ax, map(day_text, self.table.index))
        ax.set(xlabel=self.table.index.name or "", ylabel=self.unit or "数")
        ax.set_ylim(0, 1.08 * max(plan.max(), real.max(), 1))
        finding(ax, self._worst() or f"{self.names[1]}处处不少于{self.names[0]}")
        legend_outside(ax)
        return ax

    def _worst(self) -> str:
        if self.short.empty:
            return ""
        name = day_text(self.short.index[0])
        return f"少得最多的是 {name}，少 {self._amount(self.short.iloc[0])}"

    def _amount(self, value: float) -> str:
        text = f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.1f}"
        return f"{text} {self.unit}".rstrip()

    def __str__(self) -> str:
        head = f"{len(self.table)} 格里，{self.names[1]}比{self.names[0]}"
        parts = []
        for word, values in (("少", self.short), ("多", self.over)):
            if len(values):
                parts.append(
                    f"{word}的有 {len(values)} 格，一共{word} {self._amount(values.sum())}，"
                    f"{word}得最多的是 {day_text(values.index[0])}（{self._amount(values.iloc[0])}）"
                )
        return f"{head}{'；'.join(parts)}。" if parts else f"{head}一格不差。"


def compare(
    plan: Any, actual: Any, *, names: tuple[str, str] = ("计划", "实际"), unit: str = "人"
) -> Comparison:
    """计划与实际一格一格比：哪几格少、哪几格多、合起来差多少？

    Parameters
    ----------
    plan, actual : 一列数（行标签是时段或日期），或一样长的数；行标签按名字对齐。
    names : 两列各叫什么。
    unit : 单位。

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        长短不一、没有一格对得上、有空值。

    Examples
    --------
    >>> need = pd.Series([36, 24], index=["09:30", "11:30"])
    >>> print(compare(need, [28.8, 26], names=("需要", "在岗")))
    2 格里，在岗比需要少的有 1 格，一共少 7.2 人，少得最多的是 09:30（7.2 人）；多的有 1 格，一共多 2 人，多得最多的是 11:30（2 人）。
    """
    labelled = [one for one in (plan, actual) if isinstance(one, pd.Series)]
    if len(labelled) == 2:
        both = pd.concat([plan.rename(names[0]), actual.rename(names[1])], axis=1, join="inner")
        if len(both) != len(plan) or len(both) != len(actual):
            lost = max(len(plan), len(actual)) - len(both)
            raise ValueError(f"{names[0]}与{names[1]}有 {lost} 格对不上：请用同样的时段或日期。")
    else:
        if np.ndim(plan) != 1 or np.shape(plan) != np.shape(actual):
            raise ValueError(f"{names[0]}与{names[1]}不一样长：请各给一列一样长的数。")
        index = labelled[0].index if labelled else pd.RangeIndex(1, len(plan) + 1, name="第几格")
        both = pd.DataFrame(
            {name: np.asarray(one) for name, one in zip(names, (plan, actual), strict=True)}, index
        )
    if both.isna().any(axis=None):
        where = day_text(both.index[both.isna().any(axis=1)][0])
        raise ValueError(f"{where} 这一格是空的：请补上，或先去掉这一格。")
    return Comparison(both.assign(差=both[names[1]] - both[names[0]]), tuple(names), unit)


def against_usual(
    table: pd.DataFrame, date: Any, queue: str | None = None, *, value: str = "呼入量"
) -> Comparison:
    """某一天与平常的同一个星期几，一格一格比：哪几格少、哪几格多？

    Parameters
    ----------
    table : 一行一个时段，至少有 日期、时段与 ``value`` 的列；有 节假日、事件 两列就只用平常的日子作平常。
    date : "2025-04-21" 这样的日期。
    queue : 只看这个队列；不写就把各队列加在一起。
    value : 比哪一列数。

    Returns
    -------
    Comparison
        两列是 平常的周几 与 那一天（如 04-21 周一），差是那一天减平常。

    Raises
    ------
    ValueError
        缺列、没有这个队列、没有这一天；除了这一天，没有平常的同一个星期几。

    Notes
    -----
    这一天自己不算在平常里。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16"]),
    ...                       "时段": "08:30", "呼入量": [100, 300, 20]})
    >>> against_usual(table, "2026-03-16").table.round().to_numpy().tolist()
    [[200.0, 20.0, -180.0]]
    """
    require_columns(table, ["日期", "时段", value], "表")
    day = pd.Timestamp(date)
    that = one_day(table, day, queue)[value]
    weekday = WEEKDAYS[day.weekday()]
    usual = typical_day(table[table["日期"] != day], queue, weekday)[value]
    names = (f"平常的{weekday}", f"{day:%m-%d} {weekday}")
    return compare(usual.reindex(that.index), that, names=names, unit=column_unit(value))


class Views:
    """虚拟中心的看数动词：与本模块同名的函数一样，表已经给好。"""

    calls_interval: pd.DataFrame

    def typical_day(
        self, queue: str | None = None, weekday: str | Iterable[str] | None = None
    ) -> pd.DataFrame:
        """平常的一天，一行一个时段；见 ``ccomlib.views.typical_day``。"""
        return typical_day(self.calls_interval, queue, weekday)

    def one_day(self, date: Any, queue: str | None = None) -> pd.DataFrame:
        """某一天，一行一个时段；见 ``ccomlib.views.one_day``。"""
        return one_day(self.calls_interval, date, queue)

    def against_usual(self, date: Any, queue: str | None = None) -> Comparison:
        """某一天与平常的同一个星期几比；见 ``ccomlib.views.against_usual``。"""
        return against_usual(self.calls_interval, date, queue)

    def daily(self, queue: str | None = None, *, plain: bool = False) -> pd.DataFrame:
        """逐日的合计与率；见 ``ccomlib.views.daily``。"""
        return daily(self.calls_interval, queue, plain=plain)


def _rows(
    table: pd.DataFrame, queue: str | None, columns: list[str], *, plain: bool
) -> pd.DataFrame:
    require_columns(table, columns, "表")
    if queue is not None:
        require_columns(table, ["队列"], "表")
        known = table["队列"].unique().tolist()
        if queue not in known:
            raise ValueError(
                f"没有队列「{queue}」，有：{'、'.join(map(str, known))}。请改成其中一个。"
            )
        table = table[table["队列"] == queue]
    return plain_days(table) if plain else table


def _totals(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """各组的合计；处理时长按接起量加权，率是合计除以合计。"""
    counts = [column for column in (*COUNTS, HEADS) if column in rows]
    groups = rows.groupby(by)
    result = groups[counts].sum()
    if AHT in rows:
        weight = rows["接起量"] if "接起量" in rows else rows["呼入量"]
        known = rows[AHT].notna()
        weight = weight.where(known, 0)
        seconds = (rows[AHT].fillna(0) * weight).groupby([rows[one] for one in by]).sum()
        total = weight.groupby([rows[one] for one in by]).sum()
        result[AHT] = seconds / total.where(total != 0)
    for name, (part, whole) in RATES.items():
        if part in result:
            result[name] = result[part] / result[whole].where(result[whole] != 0)
    return result


def _weekdays(table: pd.DataFrame) -> pd.Series:
    return table["日期"].dt.day_of_week.map(dict(enumerate(WEEKDAYS)))


def _weekday_names(weekday: str | Iterable[str]) -> tuple[str, ...]:
    names = [weekday] if isinstance(weekday, str) else list(weekday)
    found = tuple(one for name in names for one in GROUPS.get(name, (name,)))
    wrong = [name for name in found if name not in WEEKDAYS]
    if wrong:
        raise ValueError(f"星期「{wrong[0]}」不认得：请写 周一 到 周日、工作日 或 周末。")
    return found


def _before(values: pd.Series, *, weeks: int) -> pd.Series:
    """在它之前最近 ``weeks`` 个有数的平均。"""
    known = values.dropna()
    means = known.rolling(weeks).mean()
    # 每一行看自己之前的最后一个平均
    return means.reindex(values.index).ffill().shift(1)

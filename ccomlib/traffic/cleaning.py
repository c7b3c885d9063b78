"""清洗：平台导出的话务表里，哪些行不能用，怎样处理？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.cells import is_blank, parse_date, parse_number, parse_seconds, parse_slot, plain_text
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

from .table import parse_unique, texts, weekday_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Cleaning", "clean"]

TOTALS = ("合计", "小计", "总计", "汇总", "平均", "合共")
COUNTS = ("呼入量", "接起量", "20秒接起量", "放弃量", "在岗人数")
SECONDS = ("平均处理时长",)
LOG = ["原始行号", "日期", "时段", "列", "问题", "原值", "处理"]
LISTED_ONLY = "只列出"
UNUSABLE = ("空值", "非数字", "负数")
MIN_REPEATS = 5


@dataclass(frozen=True, eq=False)
class Cleaning(Result):
    """清洗的结果：能用的表与逐行的清洗记录。由 ``clean`` 得到。"""

    table: pd.DataFrame
    """清洗后的表；``标记`` 列写着疑点、节假日与事件，没有就是空字。"""
    log: pd.DataFrame
    """清洗记录，列：原始行号（从 1 数，不含表头；原表没有的行为空）、日期、时段、列、问题、原值、处理。"""
    rows_in: int
    """原表的行数。"""

    def summary(self) -> pd.DataFrame:
        """每类问题有几处、怎样处理。"""
        log = self.log.assign(处理=self.log["处理"].str.replace(r"中位数 .*", "中位数", regex=True))
        counts = log.groupby(["问题", "处理"], sort=False).size()
        return counts.rename("处数").reset_index()[["问题", "处数", "处理"]]

    def plot(self, ax: Axes | None = None) -> Axes:
        """各类问题的处数，横条图。"""
        ax = new_axes(ax)
        counts = self.log["问题"].value_counts()[::-1]
        bars = ax.barh(list(counts.index), counts.to_numpy(), color=COLOURS["main"])
        ax.bar_label(bars, padding=3)
        ax.margins(x=0.1)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set(title=f"清洗记录：原表 {self.rows_in} 行", xlabel="处数（处）", ylabel="")
        ax.grid(axis="y", visible=False)
        return ax

    def __str__(self) -> str:
        if self.log.empty:
            return f"{self.rows_in} 行全部可用，没有发现问题。"
        counts = self.log["问题"].value_counts(sort=False)
        found = "、".join(f"{name} {n} 处" for name, n in counts.items())
        return (
            f"{self.rows_in} 行清洗后剩 {len(self.table)} 行；发现{found}。"
            "疑似异常只作标记，没有删改：是不是真异常，要问当天的人。"
        )


def clean(
    table: pd.DataFrame,
    *,
    value: str = "呼入量",
    key: Sequence[str] = ("日期", "时段"),
    fill: str | None = None,
    limit: float = 5.0,
) -> Cleaning:
    """清洗平台导出的话务表，每一步都记下来。

    Parameters
    ----------
    table : 原始表，各格可以全是文字；要有 ``key`` 与 ``value`` 的列。
    value : 要清洗的数量列（通）。
    key : 怎样算同一行；几个队列放在一起时用 ``("日期", "时段", "队列")``。
    fill : ``None`` 只列出缺的时段；``"median"`` 以同星期同时段的中位数补上（整天缺的不补）。
    limit : 离同星期同时段中位数多少个稳健标准差算疑似异常（教学约定）。

    Returns
    -------
    Cleaning
        ``table`` 清洗后的表（数量列没有空值）与 ``log`` 清洗记录。

    Raises
    ------
    ValueError
        缺列、没有行、几个队列混在一起、没有一行可用、``fill`` 或 ``limit`` 不对。

    Notes
    -----
    删去：合计行、空行、读不懂日期时段的行、数量不是数或为负的行、完全重复的行。
    同一时段数值不一致的重复行留先出现的一行并标记。
    疑似异常：|x − 中位数| > limit × max(1.4826·MAD, √中位数, 1)；已标节假日、事件的行不判。

    References
    ----------
    Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers：中位数与 MAD 的稳健判别。

    Examples
    --------
    >>> raw = pd.DataFrame(
    ...     {
    ...         "日期": ["2026/3/2", "2026/3/2", "2026-03-02", "合计"],
    ...         "时段": ["8:30", "8:30", "09:00-09:30", ""],
    ...         "呼入量": ["1,025", "1,025", "--", "1025"],
    ...     }
    ... )
    >>> result = clean(raw)
    >>> result.log["问题"].tolist()
    ['合计行', '非数字', '重复行']
    >>> result.table["呼入量"].tolist()
    [1025]
    """
    key = list(key)
    require_columns(table, [*key, value])
    _check_arguments(table, key, fill, limit)
    data, log = _parsed(table, value, key)
    data = _without_repeats(data, key, value, log)
    if data.empty:
        raise ValueError(f"{value}清洗后没有一行可用：请检查列是否选对（现在的列是 {value}）。")
    data = _with_gaps_listed(data, table, key, value, fill, log)
    _mark_outliers(data, key, value, limit, log)
    _mark_special(data)
    records = pd.DataFrame([row for part in log for row in part], columns=LOG)
    records["原始行号"] = records["原始行号"].astype("Int64")
    records["日期"] = [
        f"{d:%Y-%m-%d}" if isinstance(d, pd.Timestamp) else d for d in records["日期"]
    ]
    data = data.sort_values(key, ignore_index=True).drop(columns="原始行号")
    if (data[value] % 1 == 0).all():
        data[value] = data[value].astype("int64")
    return Cleaning(data, records, len(table))


def _check_arguments(table: pd.DataFrame, key: list[str], fill: str | None, limit: float) -> None:
    if table.empty:
        raise ValueError("数据表没有一行数据：请检查文件或筛选条件。")
    for needed in ("日期", "时段"):
        if needed not in key:
            raise ValueError(f"key 里没有{needed}：请写成 key=(“日期”, “时段”, …)。")
    if fill not in (None, "median"):
        raise ValueError(f"fill 是 {fill!r}，应是 None（只列出）或 “median”（以中位数补）。")
    require_range(limit, "limit", 0, above=True)
    if "队列" in table.columns and "队列" not in key:
        queues = [name for name in pd.unique(texts(table, "队列")) if name]
        if len(queues) > 1:
            raise ValueError(
                f"队列有 {len(queues)} 个（{'、'.join(queues[:4])}）：请先筛选一个队列或合计，"
                "或写 key=(“日期”, “时段”, “队列”)。"
            )


def _parsed(table: pd.DataFrame, value: str, key: list[str]) -> tuple[pd.DataFrame, list]:
    """读成日期、文字与数；读不成的行删去。"""
    raw = table.reset_index(drop=True)
    number = np.arange(1, len(raw) + 1)
    blank = {name: raw[name].map(is_blank).to_numpy(dtype=bool) for name in [*key, value]}
    total = np.logical_or.reduce([raw[name].map(_says_total).to_numpy(dtype=bool) for name in key])
    empty = np.logical_and.reduce(list(blank.values()))
    date, bad_date = parse_unique(raw["日期"], parse_date)
    slot, bad_slot = parse_unique(raw["时段"], parse_slot)
    amount, bad_amount = parse_unique(raw[value], parse_number)
    numbers = np.array([np.nan if x is None else x for x in amount], dtype=float)
    checks = [
        ("合计行", total, "日期", "删去"),
        ("空行", empty, value, "删去"),
        ("日期读不懂", bad_date, "日期", "删去，请核对"),
        ("时段读不懂", bad_slot, "时段", "删去，请核对"),
        ("空值", blank[value], value, "删去，视为缺失"),
        ("非数字", bad_amount, value, "删去，视为缺失"),
        ("负数", numbers < 0, value, "删去，视为缺失"),
    ]
    out = np.zeros(len(raw), dtype=bool)
    log = []
    for problem, mask, column, action in checks:
        rows = np.flatnonzero(mask & ~out)
        out |= mask
        log.append(
            [
                (number[i], raw["日期"][i], raw["时段"][i], column, problem, raw[column][i], action)
                for i in rows
            ]
        )
    data = raw.assign(原始行号=number, 日期=pd.Series(date), 时段=slot)
    data[value] = numbers
    data["标记"] = ""
    data = data[~out].reset_index(drop=True)
    data["日期"] = pd.to_datetime(data["日期"])
    data["时段"] = data["时段"].astype(str)
    place = list(raw.columns).index("日期") + 1
    names = weekday_names(pd.DatetimeIndex(data["日期"]))
    if "星期" in data.columns:
        data["星期"] = names
    else:
        data.insert(place, "星期", names)
    others = [name for name in (*COUNTS, *SECONDS) if name in data.columns and name != value]
    log.extend([_other_column(data, name) for name in others])
    return data, log


def _says_total(cell: object) -> bool:
    return isinstance(cell, str) and any(word in plain_text(cell) for word in TOTALS)


def _other_column(data: pd.DataFrame, column: str) -> list[tuple]:
    """其余的数字列：读不成的置空，行仍保留。"""
    parser = parse_seconds if column in SECONDS else parse_number
    parsed, failed = parse_unique(data[column], parser)
    numbers = np.array([np.nan if x is None else x for x in parsed], dtype=float)
    failed |= numbers < 0
    rows = data[failed]
    entries = [
        (row["原始行号"], row["日期"], row["时段"], column, "非数字", row[column], "置空")
        for _, row in rows.iterrows()
    ]
    data[column] = np.where(failed, np.nan, numbers)
    return entries


def _without_repeats(data: pd.DataFrame, key: list[str], value: str, log: list) -> pd.DataFrame:
    """完全相同的留一行；数值不一致的留先出现的一行，并标记。"""
    content = data.drop(columns=["原始行号", "标记"])
    same = content.duplicated()
    kept = data[~same]
    conflict = kept.duplicated(key)
    log.append(_entries(data[same], value, "重复行", "删去"))
    log.append(_entries(kept[conflict], value, "重复不一致", "删去，留先出现的一行，请核对"))
    torn = kept.duplicated(key, keep=False) & ~conflict
    result = kept[~conflict].copy()
    result.loc[torn[~conflict], "标记"] = "重复不一致"
    return result.reset_index(drop=True)


def _with_gaps_listed(
    data: pd.DataFrame, table: pd.DataFrame, key: list[str], value: str, fill: str | None, log: list
) -> pd.DataFrame:
    """列出缺的时段；要补的话以同星期同时段的中位数补。"""
    extra = [name for name in key if name not in ("日期", "时段")]
    grid = _expected(data, extra)
    held = pd.MultiIndex.from_frame(data[key])
    gaps = grid[~pd.MultiIndex.from_frame(grid[key]).isin(held)].reset_index(drop=True)
    cell = [*extra, "星期", "时段"]
    middle = data.groupby(cell)[value].median().rename("中位数").reset_index()
    gaps = gaps.merge(middle, on=cell, how="left", validate="many_to_one")
    if (data[value] % 1 == 0).all():
        gaps["中位数"] = gaps["中位数"].round()
    action = "以同星期同时段中位数 {:g} 补上" if fill else LISTED_ONLY
    unusable = _unusable(table, key, value, log)
    listed = []
    for gap in gaps.to_dict("records"):
        place = unusable.get(tuple(gap[name] for name in key))
        done = action.format(gap["中位数"])
        if place is None:
            listed.append((None, gap["日期"], gap["时段"], value, "缺失时段", None, done))
        elif fill:
            part, row = place
            part[row] = (*part[row][:-1], done)
    log.append(listed)
    log.append(_missing_days(data, value))
    if not fill or gaps.empty:
        return data
    added = gaps.drop(columns="中位数").assign(**{value: gaps["中位数"], "标记": "补值"})
    return pd.concat([data, added], ignore_index=True)


def _unusable(
    table: pd.DataFrame, key: list[str], value: str, log: list
) -> dict[tuple, tuple[list, int]]:
    """数量不能用的行在记录里的位置，以规范的 ``key`` 为索引。"""
    parsers = {"日期": lambda x: pd.Timestamp(parse_date(x)), "时段": parse_slot}
    places = {}
    for part in log:
        for row, entry in enumerate(part):
            if entry[3] == value and entry[4] in UNUSABLE:
                cells = table.iloc[entry[0] - 1]
                names = tuple(parsers.get(name, lambda x: x)(cells[name]) for name in key)
                places[names] = (part, row)
    return places


def _expected(data: pd.DataFrame, extra: list[str]) -> pd.DataFrame:
    """有数据的日子里本该有的时段：同星期一半以上的日子都有的时段。"""
    days = data[[*extra, "日期", "星期"]].drop_duplicates()
    total = days.groupby([*extra, "星期"]).size().rename("天数").reset_index()
    seen = data.groupby([*extra, "星期", "时段"])["日期"].nunique().rename("有").reset_index()
    seen = seen.merge(total, on=[*extra, "星期"])
    usual = seen[seen["有"] * 2 > seen["天数"]].drop(columns=["有", "天数"])
    return days.merge(usual, on=[*extra, "星期"])


def _missing_days(data: pd.DataFrame, value: str) -> list[tuple]:
    """整天没有数据、而那个星期几平时有数据的日子。"""
    whole = pd.date_range(data["日期"].min(), data["日期"].max())
    absent = whole.difference(pd.DatetimeIndex(data["日期"].unique()))
    absent = absent[np.isin(weekday_names(absent), data["星期"].unique())]
    return [(None, day, "", value, "整天缺失", None, LISTED_ONLY) for day in absent]


def _mark_outliers(data: pd.DataFrame, key: list[str], value: str, limit: float, log: list) -> None:
    """离同星期同时段中位数太远的，标记而不删。"""
    plain = (texts(data, "节假日") == "") & (texts(data, "事件") == "") & (data["标记"] != "补值")
    cell = [*(name for name in key if name not in ("日期", "时段")), "星期", "时段"]
    group = data[plain].groupby(cell)[value]
    middle = group.transform("median")
    gap = data.loc[plain, value] - middle
    spread = gap.abs().groupby([data.loc[plain, name] for name in cell]).transform("median")
    scale = np.maximum(np.maximum(1.4826 * spread, np.sqrt(middle)), 1)
    odd = (gap.abs() > limit * scale) & (group.transform("size") >= MIN_REPEATS)
    for problem, mask in (("疑似偏低", odd & (gap < 0)), ("疑似偏高", odd & (gap > 0))):
        rows = data.loc[mask[mask].index]
        log.append(_entries(rows, value, problem, "标记，不删"))
        _add_mark(data, rows.index, problem)


def _mark_special(data: pd.DataFrame) -> None:
    for column in ("节假日", "事件"):
        if column in data.columns:
            data[column] = texts(data, column)
            rows = data.index[data[column] != ""]
            _add_mark(data, rows, column)


def _add_mark(data: pd.DataFrame, rows: pd.Index, word: str) -> None:
    old = data.loc[rows, "标记"]
    data.loc[rows, "标记"] = np.where(old == "", word, old + "、" + word)


def _entries(rows: pd.DataFrame, value: str, problem: str, action: str) -> list[tuple]:
    columns = (rows["原始行号"], rows["日期"], rows["时段"], rows[value])
    return [(n, d, s, value, problem, v, action) for n, d, s, v in zip(*columns, strict=True)]

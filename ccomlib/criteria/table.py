"""读班表：自己的 Excel 怎样变成 人 × 天 的数组？"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import is_blank, parse_clock, parse_date, parse_flag, parse_text
from ccomlib.clock import DAY_MINUTES, clock_text
from ccomlib.rostering.problem import night_minutes
from ccomlib.rostering.result import Roster
from ccomlib.rostering.rules import Rules
from ccomlib.scheduling.shifts import read_shifts
from ccomlib.validation import require_columns

__all__ = ["Grid", "read_roster"]

NAME = "班表（roster）"
MEAL_AFTER = 6 * 60


@dataclass(frozen=True, eq=False)
class Grid:
    """一张班表的数组，形状都是 (人, 天)；休息日的时刻为 0。

    ``start`` 是零点起的分钟，``span`` 是在班分钟（含用餐），``minutes`` 是净工时（分钟），
    ``kind`` 是 ``kinds`` 的行号（休息为 -1），``asked``、``granted`` 是有没有申请、满足了没有。
    """

    agents: pd.Index
    dates: pd.DatetimeIndex
    work: np.ndarray
    start: np.ndarray
    span: np.ndarray
    minutes: np.ndarray
    night: np.ndarray
    weekend: np.ndarray
    asked: np.ndarray
    granted: np.ndarray
    kind: np.ndarray
    kinds: pd.DataFrame

    @property
    def end(self) -> np.ndarray:
        """下班的分钟；过零点的大于 1440。"""
        return self.start + self.span

    def shift_name(self, agent: int, day: int) -> str:
        """班次名与起止，如“早A 07:00–15:30”。"""
        return self.kinds["名称"].to_numpy()[self.kind[agent, day]]


def read_roster(roster: Any, shifts: pd.DataFrame | None, rules: Rules) -> Grid:
    """检查班表；上班、下班缺列时按班次表补，休息、夜班、周末、申请缺列时推得。"""
    table = roster.table if isinstance(roster, Roster) else roster
    clocks = [] if shifts is not None else ["上班", "下班"]
    require_columns(table, ["工号", "日期", "班次", *clocks], NAME)
    if table.empty:
        raise ValueError(f"{NAME}没有行：请给至少一人一天。")
    days = pd.to_datetime(pd.Series(_each(table["日期"], parse_date, "日期")))
    agents = _each(table["工号"], parse_text, "工号")
    rows = _clocks(table, shifts)
    rows["班次"] = _each(table["班次"], parse_text, "班次", blank="")
    rows["meal"] = _meal(table, rows, shifts, rules)
    codes, names = pd.factorize(pd.Series(agents, dtype="str"))
    dates = pd.date_range(days.min(), days.max())
    column = (days - dates[0]).dt.days.to_numpy()
    _once(names, codes, days, column, len(dates))
    shape = (len(names), len(dates))

    def grid(values: Any, kind: Any, empty: Any = 0) -> np.ndarray:
        array = np.full(shape, empty, dtype=kind)
        array[codes, column] = np.asarray(values, dtype=kind)
        return array

    work = rows["work"].to_numpy()
    shape_of = ["班次", "start", "span", "meal"]
    kinds = rows.loc[work, shape_of].drop_duplicates().reset_index(drop=True)
    kinds["名称"] = [
        f"{name} {clock_text(int(start))}–{clock_text(int(start + span))}"
        for name, start, span, _ in kinds.itertuples(index=False)
    ]
    kind = rows[shape_of].merge(kinds.assign(kind=kinds.index), how="left", on=shape_of)["kind"]
    wishes = _each(table["申请"], parse_text, "申请", blank="") if "申请" in table else ""
    wishes = pd.Series(wishes, index=rows.index, dtype="str")
    granted = np.where(wishes == "休", ~work, work & (wishes == rows["班次"]))
    late = night_minutes(rows) >= rules.night_hours * 60
    return Grid(
        agents=pd.Index(names, name="工号"),
        dates=dates,
        work=grid(work, bool),
        start=grid(np.where(work, rows["start"], 0), float),
        span=grid(np.where(work, rows["span"], 0), float),
        minutes=grid(np.where(work, rows["span"] - rows["meal"], 0), float),
        night=grid(work & _flag(table, "夜班", late), bool),
        weekend=grid(work & _flag(table, "周末", days.dt.day_of_week.to_numpy() >= 5), bool),
        asked=grid(wishes != "", bool),
        granted=grid((wishes != "") & granted, bool),
        kind=grid(kind.where(work, -1).fillna(-1), int, -1),
        kinds=kinds,
    )


def _clocks(table: pd.DataFrame, shifts: pd.DataFrame | None) -> pd.DataFrame:
    """每行是否上班、开始分钟与在班分钟。"""
    if {"上班", "下班"} <= set(table.columns):
        start, end = (_each(table[name], parse_clock, name, blank="") for name in ("上班", "下班"))
        begin, finish = (pd.Series(part, dtype="str") for part in (start, end))
        half = (begin == "") != (finish == "")
        if half.any():
            raise ValueError(
                f"{NAME}{_row(table, half)}只有上班或只有下班：请两个都填，休息则都留空。"
            )
        work = (begin != "").to_numpy()
        start, end = (_minutes(part) for part in (begin, finish))
        span = np.where(work, (end - start) % DAY_MINUTES, 0)
        if (work & (span == 0)).any():
            raise ValueError(f"{NAME}{_row(table, work & (span == 0))}上班与下班相同：请核对时刻。")
    else:
        known = read_shifts(shifts)
        names = pd.Series(_each(table["班次"], parse_text, "班次", blank=""), dtype="str")
        work = names.isin(known.index).to_numpy()
        odd = ~work & ~names.isin(["", "休", "休息", "off"]).to_numpy()
        if odd.any():
            raise ValueError(
                f"{NAME}{_row(table, odd)}的班次 {names[odd].iloc[0]} 不在班次表（shifts）里："
                "请补上这个班次，休息请写“休”。"
            )
        found = known.reindex(names)
        start, span = (found[name].fillna(0).to_numpy() for name in ("start", "span"))
    if "休息" in table.columns:
        off = _flag(table, "休息", ~work)
        clash = off == work
        if clash.any():
            raise ValueError(f"{NAME}{_row(table, clash)}的休息与上班时刻矛盾：请核对这一行。")
    return pd.DataFrame({"work": work, "start": start.astype(float), "span": span.astype(float)})


def _meal(
    table: pd.DataFrame, rows: pd.DataFrame, shifts: pd.DataFrame | None, rules: Rules
) -> np.ndarray:
    """用餐分钟：先看班次表，没有的按规则，从超过 6 小时的班里扣。"""
    usual = np.where(rows["span"] > MEAL_AFTER, rules.meal_minutes, 0.0)
    if shifts is None:
        return np.where(rows["work"], usual, 0.0)
    known = read_shifts(shifts)
    found = rows["班次"].map(known["meal"]).to_numpy(dtype=float)
    same = rows["班次"].map(known["span"]).to_numpy(dtype=float) == rows["span"]
    return np.where(rows["work"], np.where(same, found, usual), 0.0)


def _minutes(clock: pd.Series) -> np.ndarray:
    texts = clock.unique()
    number = {text: int(text[:2]) * 60 + int(text[3:]) if text else 0 for text in texts}
    return clock.map(number).to_numpy(dtype=np.int64)


def _each(
    column: pd.Series, parse: Callable[[Any], Any], name: str, *, blank: Any = None
) -> list[Any]:
    """逐个不同的值解析一次；空值用 ``blank``，不许空就报出行号。"""
    codes, values = pd.factorize(column.astype(object), use_na_sentinel=False)
    parsed = []
    for code, value in enumerate(values):
        row = int(np.flatnonzero(codes == code)[0]) + 1 if blank is None else 0
        if is_blank(value) or value is pd.NaT or value is pd.NA:
            if blank is None:
                raise ValueError(f"{NAME}第 {row} 行的{name}是空的：请补上。")
            parsed.append(blank)
            continue
        try:
            parsed.append(parse(value))
        except ValueError as error:
            row = int(np.flatnonzero(codes == code)[0]) + 1
            raise ValueError(f"{NAME}第 {row} 行的{name}是 {value!r}：{error}。") from None
    return np.array([*parsed, None], dtype=object)[:-1][codes].tolist()


def _flag(table: pd.DataFrame, name: str, default: np.ndarray) -> np.ndarray:
    if name not in table.columns:
        return default
    column = table[name]
    if column.dtype == bool:
        return column.to_numpy()
    return np.array(_each(column, parse_flag, name, blank=False), dtype=bool)


def _once(names: Any, codes: np.ndarray, days: pd.Series, column: np.ndarray, width: int) -> None:
    repeated = pd.Series(codes.astype(np.int64) * width + column).duplicated().to_numpy()
    if repeated.any():
        row = int(np.flatnonzero(repeated)[0])
        raise ValueError(
            f"{NAME}第 {row + 1} 行：{names[codes[row]]} {days[row]:%Y-%m-%d} 出现两次；"
            "一人一天请只留一行。"
        )


def _row(table: pd.DataFrame, bad: Any) -> str:
    row = int(np.flatnonzero(np.asarray(bad))[0])
    return f"第 {row + 1} 行（{table['工号'].iloc[row]}）"

"""排班的输入：需求表、名单、申请、上一期的班表写对了吗？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import is_blank, parse_date, parse_flag, parse_text
from ccomlib.clock import clock_minutes
from ccomlib.validation import require_columns, require_range

__all__ = ["MAX_DAYS", "Staff", "read_agents", "read_demand", "read_previous", "read_requests"]

MAX_DAYS = 56


@dataclass(frozen=True, eq=False)
class Staff:
    """名单：工号、当量（1 是全职）、能否上夜班、最晚几点下班（分钟，从当天 0 点数）。"""

    names: list[str]
    share: np.ndarray
    nights: np.ndarray
    latest: np.ndarray


def read_demand(
    demand: pd.DataFrame, shifts: pd.DataFrame
) -> tuple[pd.DatetimeIndex, list[str], np.ndarray]:
    """日期 × 班次 的人数；没有人要的班次略去。"""
    name = "需求（demand）"
    if not isinstance(demand, pd.DataFrame) or demand.empty:
        raise ValueError(f"{name}应是一张 日期 × 班次 的表，如 optimise_shifts(...).counts。")
    table = demand
    if {"班次", "人数"} <= set(table.columns):
        require_columns(table, ["日期"], name)
        if table.duplicated(["日期", "班次"]).any():
            row = table[table.duplicated(["日期", "班次"])].iloc[0]
            raise ValueError(f"{name}里 {row['日期']} 的 {row['班次']} 出现两次：请先合并。")
        table = table.pivot(index="日期", columns="班次", values="人数").fillna(0)
    elif "日期" in table.columns:
        table = table.set_index("日期")
    table = table.set_axis([str(column) for column in table.columns], axis=1)
    unknown = [column for column in table.columns if column not in shifts.index]
    if unknown:
        raise ValueError(f"{name}里的班次 {unknown[0]} 不在班次表（shifts）里：请补上或改名。")
    dates = pd.DatetimeIndex([_date(label, f"{name}的日期") for label in table.index])
    order = np.argsort(dates, kind="stable")
    table, dates = table.iloc[order], dates[order]
    gaps = np.flatnonzero(np.diff(dates) != np.timedelta64(1, "D"))
    if gaps.size:
        first, second = dates[gaps[0]], dates[gaps[0] + 1]
        raise ValueError(
            f"{name}的日期不连续：{first:%Y-%m-%d} 之后是 {second:%Y-%m-%d}；请补齐或去掉重复的一天。"
        )
    if len(dates) > MAX_DAYS:
        raise ValueError(f"{name}有 {len(dates)} 天：一次最多排 {MAX_DAYS} 天，请按月分开。")
    counts = np.stack(
        [
            require_range(row.set_axis(table.columns), f"{name} {date:%Y-%m-%d}", 0)
            for date, (_, row) in zip(dates, table.iterrows(), strict=True)
        ]
    )
    if (counts != np.rint(counts)).any():
        day, shift = np.argwhere(counts != np.rint(counts))[0]
        raise ValueError(
            f"{name} {dates[day]:%Y-%m-%d} 的 {table.columns[shift]} 是 {counts[day, shift]:g}："
            "人数要是整数。"
        )
    used = counts.any(axis=0)
    if not used.any():
        raise ValueError(f"{name}全是 0：没有班可排。")
    return dates, list(table.columns[used]), counts[:, used].astype(np.int64)


def read_agents(agents: Any) -> Staff:
    """工号的列表，或有 工号 列、可有 当量、可上夜班、最晚下班 列的表。"""
    name = "名单（agents）"
    if not isinstance(agents, pd.DataFrame):
        agents = pd.DataFrame({"工号": list(agents)})
    require_columns(agents, ["工号"], name)
    if agents.empty:
        raise ValueError(f"{name}没有人：请至少给一个工号。")
    names = []
    for number, value in enumerate(agents["工号"], 1):
        if is_blank(value):
            raise ValueError(f"{name}第 {number} 行的工号是空的：请补上。")
        names.append(parse_text(value))
    if len(set(names)) < len(names):
        repeat = next(value for value in names if names.count(value) > 1)
        raise ValueError(f"{name}里工号 {repeat} 出现两次：请删去一行。")
    share, nights = np.ones(len(names)), np.ones(len(names), bool)
    if "当量" in agents:
        values = pd.Series(agents["当量"].to_numpy(), index=names)
        share = require_range(values, f"{name}的当量", 0, 1, above=True)
    if "可上夜班" in agents:
        for row, value in enumerate(agents["可上夜班"]):
            try:
                nights[row] = is_blank(value) or parse_flag(value)
            except ValueError as error:
                raise ValueError(
                    f"{name}里 {names[row]} 的可上夜班是 {value!r}：{error}。"
                ) from None
    latest = np.full(len(names), np.inf)
    if "最晚下班" in agents:
        for row, value in enumerate(agents["最晚下班"]):
            if not is_blank(value):
                latest[row] = clock_minutes(value, f"{name}里 {names[row]} 的最晚下班")
    return Staff(names, share, nights, latest)


def read_requests(
    requests: pd.DataFrame | None, staff: Staff, dates: pd.DatetimeIndex, shifts: list[str]
) -> pd.DataFrame:
    """申请表：工号、日期、申请（“休”或班次名），加上 行、天 两列序号。"""
    columns = ["工号", "日期", "申请", "行", "天"]
    if requests is None:
        return pd.DataFrame(columns=columns)
    name = "申请（requests）"
    require_columns(requests, columns[:3], name)
    place = {agent: row for row, agent in enumerate(staff.names)}
    rows = []
    for number, (agent, day, wish) in enumerate(requests[columns[:3]].itertuples(index=False), 1):
        if is_blank(wish):
            continue
        where = f"{name}第 {number} 行"
        agent, wish = parse_text(agent), parse_text(wish)
        if agent not in place:
            raise ValueError(f"{where}的工号 {agent} 不在名单（agents）里：请核对。")
        day = _date(day, f"{where}的日期")
        if day not in dates:
            raise ValueError(f"{where}的日期 {day:%Y-%m-%d} 不在要排的日子里：请删去这一行。")
        if wish != "休" and wish not in shifts:
            raise ValueError(f"{where}的申请是 {wish!r}：请写“休”或班次表里的班次名。")
        rows.append((agent, day, wish, place[agent], int(dates.get_loc(day))))
    table = pd.DataFrame(rows, columns=columns)
    if table.duplicated(["工号", "日期"]).any():
        row = table[table.duplicated(["工号", "日期"])].iloc[0]
        raise ValueError(f"{name}里 {row['工号']} {row['日期']:%Y-%m-%d} 有两条：请留一条。")
    return table


def read_previous(
    previous: pd.DataFrame | None,
    staff: Staff,
    dates: pd.DatetimeIndex,
    shifts: list[str],
    length: int,
) -> np.ndarray:
    """上一期班表的最后几天，形状 (人数, length)；没有的当休息。"""
    codes = np.zeros((len(staff.names), length), dtype=np.int64)
    if previous is None:
        return codes
    name = "上一期班表（previous）"
    require_columns(previous, ["工号", "日期", "班次"], name)
    days = pd.DatetimeIndex([_date(value, f"{name}的日期") for value in previous["日期"]])
    column = length - (dates[0] - days).days.to_numpy()
    place = {agent: row for row, agent in enumerate(staff.names)}
    agents = [parse_text(value) for value in previous["工号"]]
    for agent, day, shift in zip(agents, column, previous["班次"], strict=True):
        if agent not in place or not 0 <= day < length or is_blank(shift) or shift == "休":
            continue
        if shift not in shifts:
            raise ValueError(
                f"{name}里 {agent} 的班次 {shift} 不在这一期要排的班次里：请改名，或标成“休”。"
            )
        codes[place[agent], day] = 1 + shifts.index(shift)
    return codes


def _date(value: Any, where: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(parse_date(value))
    except ValueError as error:
        raise ValueError(f"{where}是 {value!r}：{error}。") from None

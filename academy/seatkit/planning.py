"""On which tables do the three parallel papers of 排班管理岗 stand?  One making, three situations.

A paper's seat.py chooses the situation (`Situation`); the steps that make a table are the same in all
three, so that its parts ask for the same work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from academy.seatkit.calls import Traffic, cells, curve, daily, usual_traffic
from academy.seatkit.clock import scattered, weekdays
from academy.seatkit.decisions import blamed, dispersed, lendable, plans, rostered, twins
from academy.seatkit.export import Export
from academy.seatkit.rosters import Roster
from academy.seatkit.service import service_day
from academy.seatkit.sheets import between, sheet
from academy.seatkit.situations import Gauge, situations
from academy.seatkit.sizing import leaning, lost_hours, mobilised, sources
from academy.seatkit.staffing import hiring
from academy.seatkit.streams import Seat

__all__ = ["Situation", "planning_tables"]

# five cells beside the one that is asked for: small and steady, small and usable, steady, usable, not
DESIGNS = [(20, 0.04), (30, 0.147), (170, 0.04), (145, 0.147), (110, 0.28)]
# the cell asked for is usable or not, and its excess is no constant that could be learnt by heart
ASKED = 130, [between(0.125, 0.165, 0.001), between(0.235, 0.31, 0.001)]
# levels of the gauges: too few calls to count; the queue alone makes it the third level; others
QUIET, QUEUE = (0, 3, 0, 0), (1, 1, 3, 0)
OTHERS = [(1, 2, 0, 0), (1, 0, 0, 1), (1, 0, 2, 0), (1, 0, 0, 0)]
# levels of the checks: one person breaks the law and no convention, three break two conventions
CHECKED = [(1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 1, 1), (0, 1, 0, 1)]
RATE, TALLY = 0.0005, 0.002  # tolerances of the parts on error rates, and on fit and cover


@dataclass(frozen=True)
class Situation:
    """What a paper chooses.

    Attributes
    ----------
    paper : its name.
    slots, dates : intervals of the day; whole weeks of history from a Monday on.
    level : least and greatest number of calls of a usual day.
    event, lift, off : event of the history, its factor, and the two weekdays (0 for Monday) it falls on
        twice each; the first, which is to be predicted, is not an average day.
    ahead : the Monday of the week to be predicted.
    need, losses, working, away : months and the place of the one asked for; hours by item; items that are
        work; items of absence.
    online, heads, gaps : people online, heads by queue, people to hire by queue.
    busy, aht, promise : calls of four lines (which line has which is drawn), handling time, service level and its seconds.
    missed, answered : place of the day that was missed in `dates`, and its intervals, as a slice.
    export, fault, mark, total : weeks exported; name of the outage; mark of no record; name of totals.
    targets : four days to be predicted, one of each kind.
    cells, asked, cell_dates : names of six cells, place of the one asked for, their days.
    repeats, mean, note, marked, noted : days of the one cell, calls, note of some days and which, and the note
        of one other day, which cannot count on some seats and is as usual on the rest.
    humps, total_need : shape and size of a day's need.
    roster : people, weeks, first Monday, prefix, first number, word for work elsewhere.
    checks, gauges : of four people, of four situations.
    reserved : the interval that a reserve is sized for, on `ahead`.
    skill, other, within, hours : what is asked of a source.
    """

    paper: str
    slots: Sequence[str]
    dates: pd.DatetimeIndex
    level: tuple[int, int]
    event: str
    lift: tuple[float, float]
    off: tuple[int, int]
    ahead: str
    need: tuple[str, Sequence[tuple[str, Any]], int]
    losses: tuple[str, Sequence[tuple[str, Any]]]
    working: Sequence[str]
    away: Sequence[str]
    online: tuple[int, int]
    heads: Mapping[str, tuple[int, int]]
    gaps: Mapping[str, tuple[int, int]]
    busy: Mapping[str, tuple[int, int]]
    aht: tuple[int, int]
    promise: tuple[float, int]
    missed: int
    answered: slice
    export: pd.DatetimeIndex
    fault: str
    mark: int
    total: str
    targets: Sequence[tuple[str, ...]]
    cells: Sequence[str]
    asked: int
    cell_dates: pd.DatetimeIndex
    repeats: pd.DatetimeIndex
    mean: tuple[int, int]
    note: str
    marked: np.ndarray
    noted: str
    humps: Sequence[tuple[str, float, float]]
    total_need: tuple[int, int]
    roster: tuple[int, int, str, str, int, str]
    checks: Sequence[Gauge]
    gauges: Sequence[Gauge]
    reserved: str
    skill: str
    other: str
    within: int
    hours: int


def planning_tables(case: Situation, seed: int) -> dict[str, pd.DataFrame]:
    """All tables of one seat, by name."""
    seat = Seat(case.paper, seed)
    traffic = usual_traffic(seat("level"), case.slots, level=case.level)
    history = _history(case, seat("history"), traffic)
    level, target = case.promise
    sizes = seat("sizes").permutation(list(case.busy.values())).tolist()
    busy = dict(zip(case.busy, map(tuple, sizes), strict=True))
    lines = lendable(seat("lines"), busy, aht=case.aht, level=level, target=target)
    return {
        "forecast_days": _forecasts(seat("forecast_days"), history),
        **_heads(case, seat),
        "lines": lines.rename(columns={"时段": "专席"}),
        "service_day": _missed(case, seat, history),
        "export": _export(case, seat("export"), traffic),
        "history": history,
        **_ahead(case, seat),
        **_cells(case, seat),
        "plan_day": _plans(case, seat("plan_day")),
        "roster": _roster(case, seat("roster")),
        "checks": situations(seat("checks"), case.checks, CHECKED, labels="甲乙丙丁").rename(
            columns={"情况": "人员"}
        ),
        **_reserve(case, seat, history),
    }


def _history(case: Situation, rng: np.random.Generator, traffic: Traffic) -> pd.DataFrame:
    special = [day for one in case.off for day in scattered(rng, case.dates, 2, on=[one])]
    events = {day: (case.event, rng.uniform(*case.lift)) for day in special}
    return traffic.history(rng, case.dates, events=events)


def _forecasts(rng: np.random.Generator, history: pd.DataFrame) -> pd.DataFrame:
    days = daily(history, 21)
    off = days["星期"].isin(["周六", "周日"]).to_numpy()
    return days.assign(**twins(rng, days["实际"].to_numpy(), off, atol=RATE))


def _heads(case: Situation, seat: Seat) -> dict[str, pd.DataFrame]:
    column, items = case.losses
    losses, online = lost_hours(
        seat("losses"), items, case.online, columns=f"项目 {column}",
        working=case.working, away=case.away, atol=0.001,
    )  # fmt: skip
    period, months, place = case.need
    rows = [*months[:place], (months[place][0], online), *months[place + 1 :]]
    return {
        "need": sheet(seat("need"), f"{period} 同时在线人数", rows),
        "losses": losses,
        "hiring": hiring(seat("hiring"), case.heads, gaps=case.gaps),
    }


def _missed(case: Situation, seat: Seat, history: pd.DataFrame) -> pd.DataFrame:
    """A day that missed its target: what was planned, and how it was answered."""
    calls = history.loc[history["日期"] == case.dates[case.missed], "呼入量"].to_numpy()[
        case.answered
    ]
    day = service_day(seat("service_day"), case.slots[case.answered], calls)
    day = day.rename(columns={"20秒接起量": f"{case.promise[1]}秒接起量"})
    return day.assign(**blamed(seat("causes"), calls, aht=case.aht))


def _export(case: Situation, rng: np.random.Generator, traffic: Traffic) -> pd.DataFrame:
    broken = {case.export[rng.integers(1, len(case.export) - 1)]: (case.fault, 0.6)}
    rows = traffic.history(rng, case.export, events=broken).drop(columns="星期")
    return Export(rng, rows).mark(case.mark, 5, 9).twice(14, 30).table(totals=case.total)


def _ahead(case: Situation, seat: Seat) -> dict[str, pd.DataFrame]:
    """Two intervals and a day that are to be predicted."""
    chance, monday = seat("to_predict"), pd.Timestamp(case.ahead)
    days = monday + pd.to_timedelta([case.off[0], 5 + int(chance.integers(2))], "D")
    # on a working day's morning and a weekend's evening the two curves are furthest apart
    at = [case.slots[chance.integers(2, 6)], case.slots[-int(chance.integers(3, 6))]]
    rows = {"编号": ["一", "二"], "日期": days, "星期": weekdays(days), "时段": at}
    target = case.targets[seat("target_day").integers(4)]
    return {
        "to_predict": pd.DataFrame({**rows, "事件": ["", case.event]}),
        "target_day": sheet(seat("target_day"), "日期 星期 调休上班 节假日 活动", [target]),
    }


def _cells(case: Situation, seat: Seat) -> dict[str, pd.DataFrame]:
    rng = seat("cells")
    designs = [DESIGNS[place] for place in rng.permutation(len(DESIGNS))]
    designs.insert(case.asked, (ASKED[0], ASKED[1][rng.integers(2)].take(rng)))
    broken = case.cell_dates[rng.integers(1, len(case.cell_dates) - 1)]
    table = cells(
        rng, {"时段": case.cells}, designs, [case.cell_dates] * len(designs),
        special={broken: (case.fault, rng.uniform(0.1, 0.2))},
    )  # fmt: skip
    return {
        "cells": table.sort_values(["日期", "时段"], ignore_index=True),
        "one_cell": dispersed(
            seat("one_cell"), case.repeats, mean=case.mean, mark=case.note, marked=case.marked,
            noted=case.noted,
        ),
    }  # fmt: skip


def _plans(case: Situation, rng: np.random.Generator) -> pd.DataFrame:
    need = np.round(rng.uniform(*case.total_need) * curve(case.slots, case.humps)).astype(int)
    short = np.arange(len(need)) < len(need) // 3
    plan = rostered(rng, need, rng.permutation([short, ~short])[0], atol=TALLY)
    table = pd.DataFrame({"时段": case.slots, "需求人数": need, "现行": plan})
    return table.join(plans(rng, need))


def _roster(case: Situation, rng: np.random.Generator) -> pd.DataFrame:
    people, weeks, start, prefix, first, duty = case.roster
    made = Roster(rng, people, weeks, start, prefix=prefix, numbers=(first, first + 99))
    made.full_week(int(rng.integers(1, 3))).across(int(rng.integers(1, 4)))
    made.counted(duty, int(rng.integers(1, 3))).leave("年假", 2).six(3)
    nights = {"top": (7, 8, 11), "usual": (1, 5), "none": 5, "exempt": 3}
    made.nights(["夜A", "夜B", "夜C"], **nights)
    return made.table().merge(made.exempted(), on="工号")


def _reserve(case: Situation, seat: Seat, history: pd.DataFrame) -> dict[str, pd.DataFrame]:
    rng = seat("situations")
    chosen = [OTHERS[place] for place in rng.choice(len(OTHERS), 2, replace=False)]
    work = history["日期"].dt.day_of_week < 5
    slot = history[work & (history["时段"] == case.reserved)]
    past, plan = leaning(seat("slot_errors"), slot)
    return {
        "slot_errors": past,
        "next_forecast": plan,
        "sources": sources(
            seat("sources"), skill=case.skill, other=case.other, minutes=case.within,
            hours=case.hours,
        ),
        "situations": situations(rng, case.gauges, [QUIET, QUEUE, *chosen]),
        "mobilised": mobilised(seat("mobilised"), 8, tol=0.005),
    }  # fmt: skip

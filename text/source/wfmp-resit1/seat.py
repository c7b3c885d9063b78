"""第一次补考的座位数据：海棠家电服务热线的春天，订单队列为主，另有咨询与投诉的几格。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ccomlib import centre, erlang

PAPER = "wfmp-resit1"
SPRING = ("2025-03-03", "2025-05-25")
EXPORTED = ("2025-05-05", "2025-05-18")
CELLS = (
    ("咨询", "周二", "10:00", 130),
    ("咨询", "周五", "16:00", 105),
    ("咨询", "周一", "09:30", 150),
    ("投诉", "周二", "10:30", 19),
    ("投诉", "周五", "19:00", 15),
    ("投诉", "周日", "14:00", 12),
)
BANDS = {"可靠": (0.03, 0.085), "可用": (0.12, 0.18), "不可靠": (0.23, 0.36)}
OFF = {
    "2025-04-04": "清明",
    "2025-04-06": "清明",
    "2025-04-27": "调休上班",
    "2025-05-02": "劳动节",
    "2025-05-04": "劳动节",
    "2025-05-05": "劳动节",
}
RUNS = ((2, 8), (3, 7), (9, 8), (10, 7), (4, 9))


def tables(seed: int) -> dict[str, pd.DataFrame]:
    """座位 ``seed`` 的各张数据表。"""

    def rng(name: str) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence([seed, *f"{PAPER}/{name}".encode()]))

    hub = centre.open_centre(int(rng("centre").integers(2**62)))
    calls = hub.calls_interval
    orders = calls[(calls["队列"] == "订单") & calls["日期"].between(*SPRING)]
    day = orders[orders["时段"].between("08:00", "19:30")]
    export = calls[(calls["队列"] == "订单") & calls["日期"].between(*EXPORTED)]
    return {
        "order_day": _forecasts(day, rng("forecasts")),
        "paid_hours": _paid_hours(rng("paid")),
        "month_need": _month_need(rng("need")),
        "hiring": _hiring(rng("hiring")),
        "order_slots": _slots(rng("slots")),
        "team_day": _team_day(rng("team")),
        "order_export": _export(export[export["时段"].between("08:00", "19:30")], rng("export")),
        "order_daily": _daily(orders),
        "order_interval": day[["日期", "星期", "时段", "呼入量", "节假日", "事件"]],
        "order_plan": _plan(rng("plan")),
        "cells": _cells(rng("cells")),
        "day_plan": _day_plan(rng("fit")),
        "roster": _roster(rng("roster")),
        "slot_history": _history(rng("history")),
        "reserve_plan": _reserve_plan(rng("history")),
        "ladder": _ladder(rng("ladder")),
    }


def _draw(make: Callable[[], Any], good: Callable[[Any], bool], times: int = 400) -> Any:
    """一直抽到合格为止：题目要有确定、不含糊的答案。"""
    for _ in range(times):
        made = make()
        if good(made):
            return made
    raise RuntimeError("抽不出合格的数据：请放宽 good。")


def _forecasts(day: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    one = day[day["日期"] == "2025-05-20"]
    actual = one["呼入量"].to_numpy()

    def make() -> pd.DataFrame:
        shift = rng.uniform(0.05, 0.09) * rng.choice([-1, 1])
        steady = actual * (1 + shift) * (1 + rng.normal(0, 0.03, actual.size))
        shaky = actual * (1 + rng.normal(0, 0.16, actual.size))
        pair = [steady, shaky] if swap else [shaky, steady]
        return pd.DataFrame(
            {
                "时段": one["时段"].to_numpy(),
                "实际": actual,
                "甲预测": np.maximum(pair[0], 1).round().astype(int),
                "乙预测": np.maximum(pair[1], 1).round().astype(int),
            }
        )

    def good(table: pd.DataFrame) -> bool:
        gap = [table[f"{name}预测"] - table["实际"] for name in "甲乙"]
        total = table["实际"].sum()
        wape = [one.abs().sum() / total for one in gap]
        bias = [one.sum() / total for one in gap]
        mape = [(one.abs() / table["实际"]).mean() for one in gap]
        low, high = (0, 1) if wape[0] < wape[1] else (1, 0)
        return (
            wape[high] - wape[low] > 0.02
            and 0.005 < abs(bias[high]) < abs(bias[low]) - 0.015
            and abs(mape[high] - wape[high]) > 0.003
        )

    swap = rng.random() < 0.5
    return _draw(make, good, 2000)


def _paid_hours(rng: np.random.Generator) -> pd.DataFrame:
    low_high = {
        "接线（通话、话后、等待来电）": (6900, 7500),
        "年休假与调休": (640, 820),
        "病假与事假": (260, 420),
        "培训": (380, 560),
        "会议与辅导": (240, 380),
        "小休": (780, 940),
    }
    hours = [int(rng.integers(low, high)) for low, high in low_high.values()]
    return pd.DataFrame({"项目": list(low_high), "小时": hours})


def _month_need(rng: np.random.Generator) -> pd.DataFrame:
    need = rng.integers(41, 47) + np.array([0, 2, 7, 5, 1, -1]) + rng.integers(0, 3, 6)
    return pd.DataFrame({"月份": [f"2025-{m:02d}" for m in range(4, 10)], "在线需求人数": need})


def _hiring(rng: np.random.Generator) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        heads = rng.integers([58, 92, 24], [67, 108, 31])
        rate = rng.choice([0.035, 0.04, 0.045, 0.05, 0.055], 3)
        lead = np.array([3, 2, 4])
        goal = heads + rng.integers(3, 9, 3)
        return pd.DataFrame(
            {
                "队列": ["订单", "咨询", "投诉"],
                "现有人数": heads,
                "月离职率": rate,
                "招训月数": lead,
                "目标人数": goal,
            }
        )

    def good(table: pd.DataFrame) -> bool:
        left = table["现有人数"] * (1 - table["月离职率"]) ** table["招训月数"]
        part = (table["目标人数"] - left) % 1
        return bool(part.between(0.1, 0.9).all())

    return _draw(make, good, 2000)


def _slots(rng: np.random.Generator) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        calls = np.array([96, 128, 141, 102, 88, 117]) + rng.integers(-9, 10, 6)
        aht = rng.integers(245, 291, 6)
        load = calls * aht / 1800
        extra = rng.integers(-1, 2, 6)
        return pd.DataFrame(
            {
                "时段": ["09:00", "09:30", "10:00", "14:00", "14:30", "15:00"],
                "来电量": calls,
                "平均处理时长": aht,
                "在岗人数": np.round(load).astype(int) + extra,
            }
        )

    def good(table: pd.DataFrame) -> bool:
        row = table.iloc[2]
        calls, aht = float(row["来电量"]), float(row["平均处理时长"])
        strict = erlang.required_agents(calls, aht, service_level=0.9, target=15).agents
        usual = erlang.required_agents(calls, aht).agents
        return strict > usual

    return _draw(make, good)


def _team_day(rng: np.random.Generator) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        planned = np.repeat([480, 240], [11, 7])
        kept = np.where(planned == 480, rng.uniform(0.9, 0.98, 18), rng.uniform(0.72, 0.88, 18))
        followed = np.round(planned * kept).astype(int)
        login = followed + rng.integers(8, 32, 18)
        note = np.full(18, "", dtype=object)
        away = rng.choice(11, 2, replace=False)
        followed[away], login[away], note[away] = 0, 0, "批假"
        order = rng.permutation(18)
        number = np.sort(rng.choice(np.arange(2101, 2190), 18, replace=False))
        return pd.DataFrame(
            {
                "工号": [f"D{n}" for n in number],
                "排班分钟": planned[order],
                "登录分钟": login[order],
                "遵守分钟": followed[order],
                "备注": note[order],
            }
        )

    return make()


def _export(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    table = rows[["日期", "时段", "呼入量"]].reset_index(drop=True)
    size = len(table)
    absent = rng.choice(size, int(rng.integers(4, 9)), replace=False)
    rest = np.setdiff1d(np.arange(size), absent)
    unread = rng.choice(rest, int(rng.integers(6, 12)), replace=False)
    twice = rng.choice(np.setdiff1d(rest, unread), int(rng.integers(7, 14)), replace=False)
    totals = table.groupby("日期", as_index=False)["呼入量"].sum().assign(时段="合计")
    table["呼入量"] = table["呼入量"].astype(str)
    table.loc[unread, "呼入量"] = "--"
    totals["呼入量"] = totals["呼入量"].astype(str)
    raw = pd.concat([table.loc[np.sort(np.concatenate([rest, twice]))], totals])
    raw = raw.sort_values("日期", kind="stable", ignore_index=True)
    return raw[["日期", "时段", "呼入量"]]


def _daily(orders: pd.DataFrame) -> pd.DataFrame:
    return orders.groupby(["日期", "星期"], as_index=False).agg(
        呼入量=("呼入量", "sum"), 节假日=("节假日", "max"), 事件=("事件", "max")
    )


def _plan(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "日期": ["2025-05-26", "2025-05-28", "2025-06-07"],
            "星期": ["周一", "周三", "周六"],
            "时段": ["10:00", "15:00", "09:30"],
            "预测日总量": rng.integers([1500, 1420, 1300], [1720, 1640, 1520]),
            "活动系数": [1.0, round(float(rng.uniform(1.08, 1.25)), 2), 1.0],
        }
    )


def _cells(rng: np.random.Generator) -> pd.DataFrame:
    verdicts = [*rng.permutation(list(BANDS)), *rng.permutation(list(BANDS))]
    dates = pd.date_range(*SPRING)
    weekday = dict(zip("一二三四五六日", range(7), strict=True))
    parts = []
    for (queue, day, slot, usual), verdict in zip(CELLS, verdicts, strict=True):
        when = dates[dates.day_of_week == weekday[day[1]]]
        off = [OFF.get(str(one.date()), "") for one in when]
        mean = usual * rng.uniform(0.9, 1.15)
        calls = _repeats(mean, np.array(off) != "", BANDS[str(verdict)], rng)
        part = {"队列": queue, "星期": day, "时段": slot, "日期": when, "呼入量": calls}
        parts.append(pd.DataFrame({**part, "节假日": off}))
    return pd.concat(parts, ignore_index=True)


def _repeats(
    mean: float, off: np.ndarray, band: tuple[float, float], rng: np.random.Generator
) -> np.ndarray:
    """一格的历史重复：超额离散系数落在这一档的中间，不贴着界线。"""
    low, high = band
    spread = (low + high) / 2

    def make() -> np.ndarray:
        level = mean * np.exp(rng.normal(-(spread**2) / 2, spread, off.size))
        return rng.poisson(np.where(off, 0.45 * level, level))

    def good(calls: np.ndarray) -> bool:
        used = calls[~off]
        excess = (used.std(ddof=1) / used.mean()) ** 2 - 1 / used.mean()
        return bool(low**2 < excess < high**2)

    return _draw(make, good, 5000)


def _day_plan(rng: np.random.Generator) -> pd.DataFrame:
    shape = [9, 13, 18, 22, 23, 21, 17, 15, 12, 12, 14, 16, 19, 20, 20, 18, 17, 15, 14, 14, 15, 16]
    need = np.maximum(np.array(shape) + rng.integers(-2, 3, len(shape)), 4)
    gap = np.where(np.arange(len(shape)) < 7, rng.integers(-5, 1, 22), rng.integers(-2, 6, 22))
    slots = pd.date_range("2025-05-20 08:00", periods=len(shape), freq="30min").strftime("%H:%M")
    return pd.DataFrame({"时段": slots, "需求人数": need, "排班人数": np.maximum(need + gap, 2)})


def _roster(rng: np.random.Generator) -> pd.DataFrame:
    heads, days = 20, 21
    work = np.array([_turns(rng, days) for _ in range(heads)])
    people = rng.permutation(heads)
    count = int(rng.integers(2, 5))
    for person, run in zip(people[:count], rng.permutation(len(RUNS)), strict=False):
        start, length = RUNS[run]
        work[person, start - 1 : start + length + 1] = False
        work[person, start : start + length] = True
    for person in people[count : count + 3]:
        start = int(rng.integers(1, days - 7))
        work[person, start - 1 : start + 7] = False
        work[person, start : start + 6] = True
    work = np.array([row if p in people[:count] else _cut(row) for p, row in enumerate(work)])
    nights = _nights(work, rng)
    shift = np.where(nights, "夜班", np.where(rng.random(work.shape) < 0.6, "早班", "中班"))
    shift = np.where(work, shift, "休")
    number = np.sort(rng.choice(np.arange(3101, 3200), heads, replace=False))
    return pd.DataFrame(
        {
            "工号": np.repeat([f"D{n}" for n in number], days),
            "日期": np.tile(pd.date_range("2025-04-07", periods=days), heads),
            "班次": shift.ravel(),
        }
    )


def _turns(rng: np.random.Generator, days: int) -> np.ndarray:
    """上四到五天休一到两天，从任意一天开始。"""
    row: list[bool] = []
    while len(row) < days + 7:
        row += [True] * int(rng.integers(4, 6)) + [False] * int(rng.integers(1, 3))
    start = int(rng.integers(0, 7))
    return np.array(row[start : start + days])


def _cut(row: np.ndarray) -> np.ndarray:
    """连续上班到第七天就改成休息。"""
    run, out = 0, row.copy()
    for day, on in enumerate(row):
        run = run + 1 if on else 0
        if run == 7:
            out[day], run = False, 0
    return out


def _nights(work: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    def make() -> np.ndarray:
        taste = rng.permutation(np.repeat([0.0, 0.12, 0.25, 0.5], [5, 6, 5, 4]))
        return work & (rng.random(work.shape) < taste[:, None])

    def good(nights: np.ndarray) -> bool:
        top = np.sort(nights.sum(axis=1))
        return top[-1] > top[-2] and int((top == 0).sum()) >= 4

    return _draw(make, good)


def _slot_facts(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    def make() -> tuple[pd.DataFrame, pd.DataFrame]:
        expected = rng.integers(112, 139, 60)
        ratio = np.exp(rng.normal(0.01, rng.uniform(0.09, 0.14), 60))
        days = pd.bdate_range("2025-03-03", periods=60)
        actual = np.round(expected * ratio).astype(int)
        history = pd.DataFrame({"日期": days, "预测量": expected, "实际来电量": actual})
        plan = {
            "日期": ["2025-05-27"],
            "时段": ["10:00"],
            "计划来电量": [int(rng.integers(118, 149))],
        }
        return history, pd.DataFrame({**plan, "平均处理时长": [int(rng.integers(250, 296))]})

    def good(made: tuple[pd.DataFrame, pd.DataFrame]) -> bool:
        history, plan = made
        ratio = history["实际来电量"] / history["预测量"]
        calls, aht = (float(plan[name].iloc[0]) for name in ("计划来电量", "平均处理时长"))
        base, middle, worst, high = (
            erlang.required_agents(calls * part, aht).agents
            for part in (1, ratio.mean(), ratio.max(), ratio.quantile(0.95))
        )
        return middle - base < high - base < worst - base and high - base >= 3

    return _draw(make, good)


def _history(rng: np.random.Generator) -> pd.DataFrame:
    return _slot_facts(rng)[0]


def _reserve_plan(rng: np.random.Generator) -> pd.DataFrame:
    return _slot_facts(rng)[1]


def _ladder(rng: np.random.Generator) -> pd.DataFrame:
    stories = [[(0, 1, 3), (1, 1, 2)], [(3, 2, 3), (1, 2, 2)], [(1, 3, 3), (2, 3, 3)]]
    stories.append([(2, 0, 1), (3, 2, 0), (1, 0, 2)])
    rows = []
    chosen = rng.permutation([0, *rng.choice(4, 3)])  # 至少有一种是最后一个读数突然跳高
    for name, story in zip("甲乙丙丁", chosen, strict=True):
        levels = stories[story][int(rng.integers(len(stories[story])))]
        for clock, level in zip(("14:00", "14:05", "14:10"), levels, strict=True):
            rows.append((name, clock, *_reading(level, rng)))
    return pd.DataFrame(rows, columns=["情形", "时刻", "排队数", "服务水平"])


def _reading(level: int, rng: np.random.Generator) -> tuple[int, float]:
    """读数属于第几级：排队数与服务水平中至少一项到这一级。"""
    queue = ((0, 8), (8, 16), (16, 28), (28, 45))
    service = ((0.80, 0.95), (0.70, 0.80), (0.55, 0.70), (0.35, 0.55))
    other = int(rng.integers(0, level + 1))
    first, second = (level, other) if rng.random() < 0.5 else (other, level)
    low, high = service[second]
    return int(rng.integers(*queue[first])), round(float(rng.uniform(low, high - 0.006)), 2)

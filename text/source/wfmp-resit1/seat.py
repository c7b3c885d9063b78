"""座位数据：「海棠家电服务热线」的春天，订单队列为主，另有咨询与投诉的几格。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between

SLOTS = kit.slots("08:00", "20:00")
DATES = pd.date_range("2025-03-03", periods=84)  # 周一起 12 周
HOLIDAYS = {
    **{pd.Timestamp(f"2025-04-{day:02d}"): ("清明", 0.62) for day in (4, 5, 6)},
    **{pd.Timestamp(f"2025-05-{day:02d}"): ("劳动节", 0.68) for day in range(1, 6)},
    pd.Timestamp("2025-04-27"): ("调休上班", 1.16),
}
PAID = [
    ("接线（通话、话后、等待来电）", between(6900, 7500)),
    ("年休假与调休", between(640, 820)),
    ("病假与事假", between(260, 420)),
    ("培训", between(380, 560)),
    ("会议与辅导", between(240, 380)),
    ("小休", between(780, 940)),
]
NEEDS = [(f"2025-{month:02d}", between(38 + rise, 44 + rise)) for month, rise in zip(
    range(4, 10), (3, 5, 12, 10, 4, 2), strict=True
)]  # fmt: skip
HEADS = {"订单": (58, 66), "咨询": (92, 107), "投诉": (24, 30)}
GAPS = {"订单": (12, 17), "咨询": (14, 20), "投诉": (6, 10)}
HIRING = "队列 现有人数 月离职率 招训月数 目标人数"
BUSY = {"09:00": 96, "09:30": 128, "10:00": 141, "14:00": 102, "14:30": 88, "15:00": 117}
WANTED = [
    ("2025-05-26", "周一", "10:00", between(1500, 1720), 1.0),
    ("2025-05-28", "周三", "15:00", between(1420, 1640), between(1.08, 1.25, 0.01)),
    ("2025-06-07", "周六", "09:30", between(1300, 1520), 1.0),
]
CELLS = {
    "队列": ["咨询"] * 3 + ["投诉"] * 3,
    "星期": ["周二", "周五", "周一", "周二", "周五", "周日"],
    "时段": ["10:00", "16:00", "09:30", "10:30", "19:00", "14:00"],
}
MEANS, EXCESS = [130, 105, 150, 19, 15, 12], (0.05, 0.15, 0.29)
NEED = [9, 13, 18, 22, 23, 21, 17, 15, 12, 12, 14, 16, 19, 20, 20, 18, 17, 15, 14, 14, 15, 16]
GAUGES = [  # 各级的取值：0 到 3 级
    kit.Gauge("排队数", [(0, 7), (8, 15), (16, 27), (28, 44)]),
    kit.Gauge("服务水平", [(0.80, 0.94), (0.70, 0.79), (0.55, 0.69), (0.35, 0.54)], 0.01),
]
JUMP = [(0, 1, 3), (1, 1, 2)]  # 最后一个读数突然跳高
STORIES = [*JUMP, (3, 2, 3), (1, 2, 2), (1, 3, 3), (2, 3, 3), (2, 0, 1), (3, 2, 0), (1, 0, 2)]


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    seat = kit.Seat("wfmp-resit1", seed)
    chance = seat("level")
    orders = kit.usual_traffic(chance, SLOTS, level=(1400, 1800))
    messages = kit.scattered(chance, DATES, 2, on=[1, 2, 3], avoid=HOLIDAYS)
    events = {day: ("促销短信", chance.uniform(1.25, 1.35)) for day in messages}
    history = orders.history(seat("history"), DATES, events=events, holidays=HOLIDAYS)
    busy = np.array(list(BUSY.values())) * chance.uniform(0.93, 1.07)
    slots = kit.interval_plan(seat("slots"), list(BUSY), busy, aht=(245, 290), spare=(0, 2))
    days = pd.bdate_range("2025-03-03", periods=60)
    past, planned = kit.reserve(seat("errors"), days, {"10:00": (112, 138, 0.12)}, aht=(250, 295))
    by_day = history.groupby(["日期", "星期", "节假日", "事件"], as_index=False)["呼入量"].sum()
    return {
        "order_day": order_day(seat("forecasts"), orders),
        "paid_hours": kit.sheet(seat("paid"), "项目 小时", PAID),
        "month_need": kit.sheet(seat("need"), "月份 在线需求人数", NEEDS),
        "hiring": kit.hiring(seat("hiring"), HEADS, lead=(2, 4), gaps=GAPS, columns=HIRING),
        "order_slots": slots.rename(columns={"预测量": "来电量"}),
        "team_day": kit.attendance(seat("team"), (11, 7)),
        "order_export": export(seat("export"), history),
        "order_daily": by_day,
        "order_interval": history,
        "order_plan": kit.sheet(seat("plan"), "日期 星期 时段 预测日总量 活动系数", WANTED),
        "cells": cells(seat("cells")),
        "day_plan": day_plan(seat("fit")),
        "roster": roster(seat("roster")),
        "slot_history": past.drop(columns="时段"),
        "reserve_plan": planned.assign(日期="2025-05-27"),
        "ladder": ladder(seat("ladder")),
    }


def order_day(rng, orders):
    """两份逐时段预测：准的一份整体有偏差，不准的一份合计反而接近。"""
    actual = rng.poisson(orders.expected(pd.DatetimeIndex(["2025-05-20"]))[0])
    table = pd.DataFrame({"时段": SLOTS, "实际": actual})
    return table.assign(**kit.lettered(rng, kit.rivals(rng, actual), "{}预测"))


def export(rng, history):
    """平台导出的两周：重复、没采到、缺行、合计。"""
    rows = history[history["日期"].between("2025-05-05", "2025-05-18")]
    dirty = kit.Export(rng, rows[["日期", "时段", "呼入量"]])
    return dirty.gaps(4, 8).mark("--", 6, 11).twice(7, 13).table(totals="合计")


def cells(rng):
    """六格的历史重复：可靠、可用、不可靠在两个队列里各一格。"""
    excess = [*rng.permutation(EXCESS), *rng.permutation(EXCESS)]
    dates = [DATES[np.array(kit.weekdays(DATES)) == day] for day in CELLS["星期"]]
    off = {day: (name, 0.45) for day, (name, _) in HOLIDAYS.items()}
    designs = list(zip(MEANS, excess, strict=True))
    return kit.cells(rng, CELLS, designs, dates, special=off, column="节假日")


def day_plan(rng):
    """5 月 20 日的需求与排班：早上缺，别的时段多。"""
    need = np.array(NEED) + rng.integers(-2, 3, len(NEED))
    plan = kit.staffed(rng, need, np.arange(len(NEED)) < 7, less=(0.10, 0.25), more=(0.0, 0.2))
    slots = kit.slots("08:00", "19:00")
    return pd.DataFrame({"时段": slots, "需求人数": need, "排班人数": plan})


def roster(rng):
    """20 人三周的班表；有人连上 7、8 天，有人正好 6 天，夜班压在几个人身上。"""
    people = kit.Roster(
        rng, 20, 3, "2025-04-07", prefix="D", numbers=(3101, 3200), shifts=("早班", "中班")
    )
    people.full_week(1).across(2).six(3)
    return people.nights(["夜班"], top=(6, 7, 7, 9), usual=(1, 4), none=5).table()


def ladder(rng):
    """四种情形各三个读数；至少一种是最后一个读数突然跳高。"""
    others = [STORIES[n] for n in rng.choice(len(STORIES), 3)]
    chosen = [JUMP[rng.integers(2)], *others]
    rows = []
    for place in rng.permutation(4):
        for level in chosen[place]:  # 两项里至少一项到这一级
            rows.append(rng.permutation([level, rng.integers(level + 1)]))
    table = kit.situations(rng, GAUGES, rows, labels=np.repeat(list("甲乙丙丁"), 3), shuffle=False)
    table.insert(1, "时刻", ["14:00", "14:05", "14:10"] * 4)
    return table.rename(columns={"情况": "情形"})

"""座位数据：「海棠家电服务热线」618 前后的咨询队列，春节后的订单与报修队列。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between, one_of

SLOTS = kit.slots("08:00", "22:00")
DATES = pd.date_range("2025-04-14", periods=56)  # 周一
HOLIDAYS = {
    pd.Timestamp("2025-04-27"): ("调休上班", 1.18),
    **{day: ("劳动节", 0.66) for day in pd.date_range("2025-05-01", "2025-05-05")},
    **{day: ("端午", 0.72) for day in pd.date_range("2025-05-31", "2025-06-02")},
}
PROMOTION = {day: ("大促", 1.25) for day in pd.date_range("2025-06-16", "2025-06-20")}
HUMPS = [("10:30", 1.75, 1.0), ("15:30", 2.0, 0.7)]
MONDAYS = pd.date_range("2025-02-10", periods=12, freq="7D")
CELLS = {"队列": ["订单"] * 3 + ["报修"] * 3, "时段": ["09:00", "10:00", "20:00"] * 2}
DESIGNS = [(23, 0.04), (175, 0.04), (34, 0.147), (145, 0.147), (110, 0.28)]
NEEDS = [(f"3月第{n}周", between(low, low + 8)) for n, low in zip("一二三四", (38, 41, 45, 50))]
LOST = [  # 假期以付薪时间为底，小休、培训以到岗时间为底
    ("年假与调休", between(0.040, 0.065, 0.001), "付薪时间"),
    ("病事假", between(0.020, 0.040, 0.001), "付薪时间"),
    ("小休", between(0.090, 0.120, 0.001), "到岗时间"),
    ("培训与辅导", between(0.030, 0.055, 0.001), "到岗时间"),
    ("班前会", between(0.015, 0.030, 0.001), "到岗时间"),
]
MONTHS = [
    ("3月", 0, between(0.060, 0.090, 0.001)),
    ("4月", between(4, 8), between(0.030, 0.045, 0.001)),
    ("5月", between(3, 6), between(0.020, 0.030, 0.001)),
]
PEOPLE, LOW, BAD = between(28, 40), between(0.66, 0.74, 0.01), between(0.48, 0.56, 0.01)
FINE = between(0.82, 0.88, 0.01)
STAY, BACK, JUMP = (  # 才恢复一个时段；已恢复两个；要越级
    (2, LOW, between(0.82, 0.90, 0.01), PEOPLE, 0.08),
    (one_of(2, 3), between(0.81, 0.85, 0.01), between(0.84, 0.92, 0.01), PEOPLE, 0.05),
    (1, LOW, BAD, PEOPLE, 0.75),
)
OTHERS = [
    (0, FINE, between(0.78, 0.83, 0.01), PEOPLE, 0.23),
    (0, between(0.76, 0.81, 0.01), BAD, PEOPLE, 0.22),
    (0, FINE, between(0.77, 0.79, 0.01), PEOPLE, 0.1),
]
BATCH = {"批次": (1, 2), "more": (2, 11)}
TEST = {"类型": ("正式", "拨测"), "value": (1, 5)}
TWO_SLOTS = {"10:00": (110, 140, 0.075), "20:00": (66, 84, 0.11)}
NIGHTS = {"names": ["夜A", "夜B", "夜C"], "top": (7, 8, 11), "usual": (2, 5), "none": 4}


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    seat = kit.Seat("wfmp-resit2", seed)
    chance = seat("level")
    asks = kit.usual_traffic(chance, SLOTS, level=(1300, 1900))
    texts = kit.scattered(chance, DATES, 2, on=[3], avoid=HOLIDAYS)
    tuesday = kit.scattered(chance, DATES, 1, on=[1])
    fault = kit.scattered(chance, DATES, 1, on=[2])
    events = {day: ("促销短信", chance.uniform(1.28, 1.36)) for day in [*texts, *tuesday]}
    events[fault[0]] = ("系统故障", 0.55)
    great = 1.35 * asks.expected(pd.DatetimeIndex(["2025-06-18"]))[0]
    plan = kit.interval_plan(seat("day_618"), SLOTS, great, aht=(230, 290), spare=(3, 5))
    days = pd.bdate_range("2025-02-17", periods=41).drop("2025-04-04")
    past, planned = kit.reserve(seat("errors"), days, TWO_SLOTS, lift=1.4, aht=(240, 290))
    people = kit.Roster(seat("roster"), 22, 4, "2025-06-02", prefix="Z", numbers=(4001, 4100))
    people.full_week(1).across(1).counted("支援", 1).leave("年假", 1).six(3)
    people.nights(**NIGHTS, exempt=3)
    return {
        "june_forecasts": june(seat("june_forecasts"), asks),
        "march_need": kit.sheet(seat("march_need"), "周次 同时在线人数", NEEDS),
        "lost_time": kit.sheet(seat("lost_time"), "项目 比例 以什么为底", LOST),
        **heads(seat("headcount")),
        "day_618": plan.rename(columns={"在岗人数": "计划人数"}),
        "day_result": result(seat("day_result"), great),
        "old_export": export(seat("old_export"), asks),
        "spring": asks.history(seat("spring"), DATES, events=events, holidays=HOLIDAYS),
        "week_618": week_618(seat("week_618")),
        "mondays": mondays(seat("mondays")),
        "two_plans": two_plans(seat("two_plans")),
        "roster": people.table(),
        "people": people.exempted(),
        "slot_errors": past,
        "plan_618": planned,
        "live": live(seat("live")),
    }


def june(rng, asks):
    """6 月 9 日起三周三份日预测：误差最小的一份整体报低，另两份不偏。"""
    dates = pd.date_range("2025-06-09", periods=21)
    days = kit.daily(asks.history(rng, dates, events=PROMOTION, noise=0.03), 21)
    actual = days["实际"].to_numpy()
    low = kit.biased(rng, actual, -0.08, -0.065)
    fair = kit.unbiased(rng, actual, 0.085, 0.105)
    return days.assign(**kit.lettered(rng, [low, fair, kit.unbiased(rng, actual, 0.12, 0.16)]))


def heads(rng):
    """节后逐月离职率与在培人数；三个月后订单还缺人。"""
    months, now, needed = kit.headcount(rng, MONTHS, heads=(64, 81), hires=(9, 18))
    rows = [("咨询", between(70, 90), 95), ("订单", now, needed), ("报修", between(70, 90), 92)]
    table = kit.sheet(rng, "队列 2月底在册 6月1日需要", rows)
    return {"after_festival": months, "headcount": table}


def result(rng, great):
    """6 月 18 日咨询的接听结果：平台只给接起量与 20 秒接起率。"""
    day = kit.service_day(rng, SLOTS, rng.poisson(great))
    rate = (day["20秒接起量"] / day["接起量"]).round(4)
    return day[["时段", "呼入量", "接起量"]].assign(**{"20秒接起率": rate})


def export(rng, asks):
    """旧平台导出的两周：两个队列、补传的批次、拨测的行、没采到的空格。"""
    dates = pd.date_range("2025-03-03", periods=14)
    one = asks.history(rng, dates)[["日期", "时段", "呼入量"]]
    rows = pd.concat([one.assign(队列="咨询"), one.assign(队列="订单", 呼入量=one["呼入量"] // 2)])
    rows = rows.sort_values(["日期", "时段"], kind="stable")
    table = kit.Export(rng, rows).resent(40, 60, **BATCH).probes(24, 36, **TEST).mark("", 20, 30)
    return table.table()[["日期", "时段", "队列", "批次", "类型", "呼入量"]]


def week_618(rng):
    """618 那一周要预测的三个时段；大促那天有去年的实际与期望，平常是 0。"""
    usual = int(rng.integers(1100, 1500))
    rows = [
        ("一", "2025-06-16", "周一", SLOTS[rng.integers(2, 8)], 0, 0),
        ("二", "2025-06-18", "周三", SLOTS[rng.integers(11, 17)], usual * rng.uniform(1.28, 1.45), usual),
        ("三", "2025-06-21", "周六", SLOTS[rng.integers(22, 26)], 0, 0),
    ]
    table = kit.sheet(rng, "编号 日期 星期 时段 去年大促日实际 去年大促日期望", rows)
    return table.astype({"去年大促日实际": int})


def mondays(rng):
    """春节后 12 个周一的六格；一个周一系统故障，其余 11 周的离散系数按设计给出。"""
    asked = 130, one_of(0.14, 0.26).take(rng)
    designs = [DESIGNS[number] for number in rng.permutation(5)]
    fault = {MONDAYS[rng.integers(2, 11)]: ("系统故障", rng.uniform(0.2, 0.35))}
    designs.insert(4, asked)  # 报修 10:00
    table = kit.cells(rng, CELLS, designs, [MONDAYS] * 6, special=fault)
    return table.sort_values(["日期", "队列", "时段"], ignore_index=True)


def two_plans(rng):
    """2 月 10 日订单的需求与两份排班：一份总人数正好而放错了时段，一份总人数略少而形状对。"""
    need = np.round(rng.uniform(560, 800) * kit.curve(SLOTS, HUMPS)).astype(int)
    shifted = np.roll(need, rng.choice([-2, 2]))
    thin = np.maximum(need - rng.integers(0, 3, len(SLOTS)), 1)
    plans = dict(zip(rng.permutation(["方案一", "方案二"]), (shifted, thin), strict=True))
    table = pd.DataFrame({"时段": SLOTS, "需求人数": need, **plans})
    return table[["时段", "需求人数", "方案一", "方案二"]]


def live(rng):
    """四种现场情况：一种才恢复一个时段，一种已恢复两个，一种要越级，另一种从三种里取。"""
    rows = [STAY, BACK, JUMP, OTHERS[rng.integers(3)]]
    names = "现级别 上时段服务水平 本时段服务水平 在岗人数 比"
    table = kit.sheet(rng, names, rows, shuffle=True, labels="一二三四")
    return table.assign(排队人数=np.round(table["在岗人数"] * table.pop("比")).astype(int))

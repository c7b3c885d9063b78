"""座位数据：「海棠家电服务热线」618 前后的咨询队列，春节后的订单与报修队列。"""

import zlib

import numpy as np
import pandas as pd

PAPER = "wfmp-resit2"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SLOTS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(8 * 60, 22 * 60, 30)]
DATES = pd.date_range("2025-04-14", "2025-06-08")
HOLIDAYS = {
    **dict.fromkeys(pd.date_range("2025-05-01", "2025-05-05"), "劳动节"),
    **dict.fromkeys(pd.date_range("2025-05-31", "2025-06-02"), "端午"),
    pd.Timestamp("2025-04-27"): "调休上班",
}
MONDAYS = pd.date_range("2025-02-10", periods=12, freq="7D")
CELL_SLOTS = ("09:00", "10:00", "20:00")


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    level = _stream(seed, "level").uniform(1300, 1900)
    roster, people = _roster(_stream(seed, "roster"))
    return {
        "june_forecasts": _june_forecasts(_stream(seed, "june_forecasts"), level),
        "march_need": _march_need(_stream(seed, "march_need")),
        "lost_time": _lost_time(_stream(seed, "lost_time")),
        **_headcount(_stream(seed, "headcount")),
        "day_618": _day_618(_stream(seed, "day_618"), level),
        "day_result": _day_result(_stream(seed, "day_result"), level),
        "old_export": _old_export(_stream(seed, "old_export"), level),
        "spring": _spring(_stream(seed, "spring"), level),
        "week_618": _week_618(_stream(seed, "week_618")),
        "mondays": _mondays(_stream(seed, "mondays")),
        "two_plans": _two_plans(_stream(seed, "two_plans")),
        "roster": roster,
        "people": people,
        **_errors(_stream(seed, "errors")),
        "live": _live(_stream(seed, "live")),
    }


def _stream(seed, name):
    return np.random.default_rng([seed, zlib.crc32(f"{PAPER}/{name}".encode())])


def _weekday(dates):
    return [WEEKDAYS[date.weekday()] for date in dates]


def _bump(centre, width):
    return np.exp(-(((np.arange(len(SLOTS)) - centre) / width) ** 2) / 2)


def _shapes():
    """咨询队列工作日与周末的时段曲线，各合计为 1。"""
    work = 0.15 + _bump(5, 3.0) + 0.8 * _bump(14, 4.0) + 0.35 * _bump(24, 2.5)
    rest = 0.20 + 0.5 * _bump(7, 4.0) + 0.6 * _bump(15, 4.5) + 1.1 * _bump(24, 3.0)
    return work / work.sum(), rest / rest.sum()


def _june_forecasts(rng, level):
    """6 月 9 日起三周三份日预测：误差最小的一份整体报低，另两份不偏。"""
    dates = pd.date_range("2025-06-09", periods=21)
    week = np.array([1.15, 1.06, 1.02, 1.0, 1.03, 0.92, 0.84])
    lift = np.where((dates >= "2025-06-16") & (dates <= "2025-06-20"), 1.25, 1.0)
    actual = rng.poisson(level * week[dates.day_of_week] * lift * rng.normal(1, 0.03, 21))
    low = actual * (1 - rng.uniform(0.065, 0.08)) * rng.normal(1, 0.012, 21)
    fair = actual * (1 + _signs(rng) * rng.uniform(0.085, 0.105, 21))
    wild = actual * (1 + _signs(rng) * rng.uniform(0.12, 0.16, 21))
    made = [(low, fair, wild)[number].round().astype(int) for number in rng.permutation(3)]
    return pd.DataFrame(
        {
            "日期": dates,
            "星期": _weekday(dates),
            "实际": actual,
            "甲": made[0],
            "乙": made[1],
            "丙": made[2],
        }
    )


def _signs(rng):
    return rng.permutation([1, -1] * 11)[:21]


def _march_need(rng):
    need = rng.integers(38, 52) + rng.permutation([0, 3, 7, 12]) + rng.integers(0, 3, 4)
    return pd.DataFrame({"周次": [f"3月第{n}周" for n in "一二三四"], "同时在线人数": need})


def _lost_time(rng):
    """假期以付薪时间为底，小休、培训以到岗时间为底。"""
    rows = [
        ("年假与调休", rng.integers(40, 66) / 1000, "付薪时间"),
        ("病事假", rng.integers(20, 41) / 1000, "付薪时间"),
        ("小休", rng.integers(90, 121) / 1000, "到岗时间"),
        ("培训与辅导", rng.integers(30, 56) / 1000, "到岗时间"),
        ("班前会", rng.integers(15, 31) / 1000, "到岗时间"),
    ]
    return pd.DataFrame(rows, columns=["项目", "比例", "以什么为底"])


def _headcount(rng):
    """节后逐月离职率与在培人数；到 6 月 1 日的留存不靠近整数。"""
    rate = np.array([rng.integers(60, 91), rng.integers(30, 46), rng.integers(20, 31)]) / 1000
    joining = np.array([0, rng.integers(4, 9), rng.integers(3, 7)])
    now = int(rng.integers(64, 82))
    while not 0.2 < _left(now, rate, joining) % 1 < 0.8:
        now += 1
    need = int(_left(now, rate, joining)) + int(rng.integers(9, 19))
    other = rng.integers(70, 110, 2)
    return {
        "after_festival": pd.DataFrame(
            {"月份": ["3月", "4月", "5月"], "月初到岗": joining, "月离职率": rate}
        ),
        "headcount": pd.DataFrame(
            {
                "队列": ["咨询", "订单", "报修"],
                "2月底在册": [other[0], now, other[1]],
                "6月1日需要": [other[0] + rng.integers(2, 9), need, other[1] + rng.integers(2, 9)],
            }
        ),
    }


def _left(now, rate, joining):
    for gone, come in zip(rate, joining, strict=True):
        now = (now + come) * (1 - gone)
    return now


def _day_618(rng, level):
    """6 月 18 日咨询的逐时段预测、处理时长与计划人数。"""
    mean = 1.35 * level * _shapes()[0]
    calls = np.round(mean * rng.normal(1, 0.03, len(SLOTS))).astype(int)
    calls[calls.argmax()] += 3
    aht = np.round(rng.uniform(230, 290) * rng.normal(1, 0.02, len(SLOTS))).astype(int)
    plan = np.ceil(calls * aht / 1800).astype(int) + rng.integers(2, 5, len(SLOTS))
    plan[SLOTS.index("13:00")] = np.ceil(calls * aht / 1800)[SLOTS.index("13:00")] + 3
    return pd.DataFrame(
        {
            "时段": SLOTS,
            "预测量": calls,
            "平均处理时长": aht,
            "计划人数": plan,
        }
    )


def _day_result(rng, level):
    """6 月 18 日咨询的接听结果：平台只给接起量与 20 秒接起率，忙的时段差得多。"""
    calls = rng.poisson(1.38 * level * _shapes()[0])
    busy = (calls - calls.min()) / (calls.max() - calls.min())
    answered = calls - rng.binomial(calls, 0.02 + 0.11 * busy)
    rate = 0.97 - 0.42 * busy**1.4 + rng.uniform(-0.015, 0.015, len(SLOTS))
    return pd.DataFrame(
        {
            "时段": SLOTS,
            "呼入量": calls,
            "接起量": answered,
            "20秒接起率": (np.round(answered * rate) / answered).round(4),
        }
    )


def _old_export(rng, level):
    """旧平台导出的两周（3 月 3 日至 16 日）：两个队列、补传的批次、拨测的行、没采到的空格。"""
    cells = pd.MultiIndex.from_product(
        [pd.date_range("2025-03-03", periods=14), SLOTS, ["咨询", "订单"]],
        names=["日期", "时段", "队列"],
    ).to_frame(index=False)
    shape = dict(zip(SLOTS, _shapes()[0], strict=True))
    size = cells["队列"].map({"咨询": 0.7 * level, "订单": 0.45 * level})
    cells["批次"] = 1
    cells["类型"] = "正式"
    cells["呼入量"] = rng.poisson(size * cells["时段"].map(shape)) + 1
    again = cells.iloc[rng.choice(len(cells), int(rng.integers(40, 61)), replace=False)].copy()
    again["批次"] = 2
    again["呼入量"] += rng.integers(2, 12, len(again))
    test = cells.iloc[rng.choice(len(cells), int(rng.integers(24, 37)), replace=False)].copy()
    test["类型"] = "拨测"
    test["呼入量"] = rng.integers(1, 6, len(test))
    single = np.setdiff1d(np.arange(len(cells)), again.index)
    lost = rng.choice(single, int(rng.integers(20, 31)), replace=False)
    cells["呼入量"] = cells["呼入量"].astype(str)
    cells.loc[lost, "呼入量"] = ""
    table = pd.concat([cells, again, test])
    return table.sort_values(["日期", "时段", "队列", "类型", "批次"], ignore_index=True)


def _spring(rng, level):
    """咨询 8 周（4 月 14 日至 6 月 8 日）：劳动节、端午、一个调休的周日，三天促销短信，一天故障。"""
    week = np.array([1.18, 1.07, 1.02, 1.0, 1.03, 0.9, 0.8]) * rng.uniform(0.975, 1.025, 7)
    holiday = np.array([HOLIDAYS.get(date, "") for date in DATES], dtype=object)
    level_of = {"": 1.0, "劳动节": 0.66, "端午": 0.72, "调休上班": 1.18}
    lift = np.array([level_of[name] for name in holiday])
    event = np.full(len(DATES), "", dtype=object)
    thursdays = rng.choice([0, 1, 3, 4, 5, 6, 7], 2, replace=False)
    promotion = [7 * int(rng.integers(0, 8)) + 1, *(7 * thursdays + 3)]
    outage = 7 * int(rng.integers(0, 8)) + 2
    event[promotion], event[outage] = "促销短信", "系统故障"
    lift[promotion] = rng.uniform(1.28, 1.36, 3)
    lift[outage] = rng.uniform(0.5, 0.6)
    day = level * week[DATES.day_of_week] * lift * rng.normal(1, 0.02, len(DATES))
    off = (DATES.day_of_week >= 5) & (holiday != "调休上班") | np.isin(holiday, ["劳动节", "端午"])
    shape = np.array(_shapes())[off.astype(int)]
    calls = rng.poisson(day[:, None] * shape)
    return pd.DataFrame(
        {
            "日期": DATES.repeat(len(SLOTS)),
            "星期": np.repeat(_weekday(DATES), len(SLOTS)),
            "时段": SLOTS * len(DATES),
            "呼入量": calls.ravel(),
            "节假日": np.repeat(holiday, len(SLOTS)),
            "事件": np.repeat(event, len(SLOTS)),
        }
    )


def _week_618(rng):
    """618 那一周要预测的三个时段；大促那天有去年的实际与期望，平常是 0。"""
    expected = int(rng.integers(1100, 1500))
    rows = [
        ("一", pd.Timestamp("2025-06-16"), SLOTS[rng.integers(2, 8)], 0, 0),
        (
            *("二", pd.Timestamp("2025-06-18"), SLOTS[rng.integers(11, 17)]),
            *(int(expected * rng.uniform(1.28, 1.45)), expected),
        ),
        ("三", pd.Timestamp("2025-06-21"), SLOTS[rng.integers(22, 26)], 0, 0),
    ]
    columns = ["编号", "日期", "时段", "去年大促日实际", "去年大促日期望"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(2, "星期", _weekday(table["日期"]))
    return table


def _mondays(rng):
    """订单、报修春节后 12 个周一的三个时段；一个周一系统故障，其余 11 周的离散系数按设计给出。"""
    designs = [
        (rng.uniform(20, 26), rng.uniform(0.03, 0.05)),
        (rng.uniform(150, 200), rng.uniform(0.03, 0.05)),
        (rng.uniform(30, 38), rng.uniform(0.135, 0.16)),
        (rng.uniform(120, 170), rng.uniform(0.13, 0.165)),
        (rng.uniform(90, 130), rng.uniform(0.25, 0.31)),
    ]
    order = rng.permutation(5)
    outage = int(rng.integers(2, 11))
    cells = [(queue, slot) for queue in ("订单", "报修") for slot in CELL_SLOTS]
    asked = (
        rng.uniform(110, 150),
        (rng.uniform(0.12, 0.165), rng.uniform(0.24, 0.28))[rng.integers(2)],
    )
    chosen = iter([designs[number] for number in order])
    parts = []
    for queue, slot in cells:
        mean, excess = asked if (queue, slot) == ("报修", "10:00") else next(chosen)
        usual = _repeats(rng, mean, np.sqrt(excess**2 + 1 / mean), len(MONDAYS) - 1)
        calls = np.insert(usual, outage, int(mean * rng.uniform(0.2, 0.35)))
        parts.append(pd.DataFrame({"日期": MONDAYS, "队列": queue, "时段": slot, "呼入量": calls}))
    table = pd.concat(parts, ignore_index=True)
    table["事件"] = np.where(table["日期"] == MONDAYS[outage], "系统故障", "")
    return table.sort_values(["日期", "队列", "时段"], ignore_index=True)


def _repeats(rng, mean, cv, count):
    """均值与离散系数（n−1）恰为所给的一列来电，取整前。"""
    z = rng.normal(size=count).clip(-1.7, 1.7)
    z = (z - z.mean()) / z.std(ddof=1)
    return np.round(mean * (1 + cv * z)).clip(1).astype(int)


def _two_plans(rng):
    """2 月 10 日订单的需求与两份排班：一份总人数正好而放错了时段，一份总人数略少而形状对。"""
    need = np.round(rng.uniform(24, 34) * (0.55 + _bump(5, 3.5) + 0.7 * _bump(15, 4.0))).astype(int)
    shifted = np.roll(need, int(rng.choice([-2, 2])))
    thin = np.maximum(need - rng.integers(0, 3, len(SLOTS)), 1)
    made = (shifted, thin) if rng.random() < 0.5 else (thin, shifted)
    return pd.DataFrame({"时段": SLOTS, "需求人数": need, "方案一": made[0], "方案二": made[1]})


def _roster(rng):
    """22 人 28 天（6 月 2 日起）的班表与人员表：支援算上班，年假算不上班；三人免夜班。"""
    count, days = 22, 28
    number = [f"Z{n}" for n in np.sort(rng.choice(np.arange(4001, 4100), count, replace=False))]
    works = np.ones((count, days), dtype=bool)
    for person in range(count):
        rest = int(rng.integers(0, 7))
        for week in range(4):
            works[person, [7 * week + rest, 7 * week + (rest + 1) % 7]] = False
    order = rng.permutation(count)
    special = order[:7]
    works[special] = True
    for week in range(4):  # 特意安排的几个人固定周六、周日休
        works[np.ix_(special, [7 * week + 5, 7 * week + 6])] = False
    week = 7 * int(rng.integers(1, 3))
    works[special[0], week : week + 7] = True  # 618 前后一整周没有休息
    week = 7 * int(rng.integers(0, 3))
    works[special[1], week : week + 14] = True  # 周一周二休，下周周四周五休：跨周连上 8 天
    works[special[1], [week, week + 1, week + 10, week + 11]] = False
    support = 7 * int(rng.integers(0, 3)) + 5
    works[special[2], support : support + 2] = True  # 周六支援门店，周日上班：连上 12 天
    leave = 7 * int(rng.integers(0, 3)) + 5
    works[special[3], leave : leave + 2] = True  # 周六上班，周四、周日是年假：不违反
    six = [7 * int(rng.integers(0, 4)) + 5 for _ in range(3)]
    for person, day in zip(special[4:7], six, strict=True):
        works[person, day] = True  # 周一到周六连上 6 天，不违反
    shifts = rng.choice(["早B", "早D", "中A", "中C", "晚A", "晚C"], (count, days)).astype(object)
    shifts[special[2], support] = "支援"
    shifts[special[3], [leave - 2, leave + 1]] = "年假"
    free = works & (shifts != "支援") & (shifts != "年假")
    exempt = order[7:10]
    nights = _night_counts(rng, count, exempt)
    for person in range(count):
        some = rng.choice(np.flatnonzero(free[person]), nights[person], replace=False)
        shifts[person, some] = rng.choice(["夜A", "夜B", "夜C"], nights[person])
    shifts = np.where(works, shifts, "休")
    dates = pd.date_range("2025-06-02", periods=days)
    roster = pd.DataFrame(
        {
            "工号": np.repeat(number, days),
            "日期": np.tile(dates, count),
            "星期": _weekday(dates) * count,
            "班次": shifts.ravel(),
        }
    )
    marks = np.where(np.isin(np.arange(count), exempt), "是", "")
    return roster, pd.DataFrame({"工号": number, "免夜班": marks})


def _night_counts(rng, count, exempt):
    """每人夜班数：免夜班的三人是 0，另有四五人也没排到，最多的一人唯一。"""
    nights = rng.integers(2, 6, count)
    others = rng.permutation(np.setdiff1d(np.arange(count), exempt))
    nights[others[: int(rng.integers(4, 6))]] = 0
    nights[others[-3:]] = [7, 8, 10 + rng.integers(0, 3)]
    nights[exempt] = 0
    return nights


def _errors(rng):
    """咨询两个时段、40 个平常工作日的预测与实际；6 月 18 日两个时段的计划。"""
    dates = pd.bdate_range("2025-02-17", periods=41)
    dates = dates[dates != "2025-04-04"]
    parts, plan = [], []
    for slot, low, high, spread in (("10:00", 110, 150, 0.075), ("20:00", 60, 85, 0.11)):
        base = rng.uniform(low, high)
        forecast = np.round(base * rng.uniform(0.92, 1.08, 40)).astype(int)
        actual = np.round(forecast * rng.normal(1.0, spread, 40).clip(0.7, 1.35)).astype(int)
        parts.append(
            pd.DataFrame({"日期": dates, "时段": slot, "预测量": forecast, "实际量": actual})
        )
        plan.append((slot, round(base * 1.4), int(rng.integers(240, 291))))
    errors = pd.concat(parts).sort_values(["日期", "时段"], ignore_index=True)
    columns = ["时段", "计划来电量", "平均处理时长"]
    return {"slot_errors": errors, "plan_618": pd.DataFrame(plan, columns=columns)}


def _live(rng):
    """四种现场情况：一种才恢复一个时段，一种已恢复两个，一种要越级，另一种从三种里取。"""

    def heads():
        return int(rng.integers(28, 41))

    def percent(low, high):
        return rng.integers(low, high) / 100

    stay = (2, percent(66, 75), percent(82, 91), heads(), 0.08)
    back = (int(rng.integers(2, 4)), percent(81, 86), percent(84, 93), heads(), 0.05)
    jump = (1, percent(66, 74), percent(45, 56), heads(), 0.75)
    others = [
        (0, percent(82, 88), percent(78, 84), heads(), 0.23),
        (0, percent(76, 82), percent(48, 58), heads(), 0.22),
        (0, percent(82, 88), percent(77, 80), heads(), 0.1),
    ]
    rows = [(stay, back, jump, others[rng.integers(3)])[number] for number in rng.permutation(4)]
    names = ["现级别", "上时段服务水平", "本时段服务水平", "在岗人数", "比"]
    table = pd.DataFrame(rows, columns=names)
    table["排队人数"] = np.round(table["在岗人数"] * table.pop("比")).astype(int)
    table.insert(0, "情况", ["一", "二", "三", "四"])
    return table

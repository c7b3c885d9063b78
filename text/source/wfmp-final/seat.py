"""座位数据：「海棠家电服务热线」盛夏八周，报修队列的来电、班表与机动，咨询队列的离散系数。"""

import zlib

import numpy as np
import pandas as pd

PAPER = "wfmp-final"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SLOTS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(8 * 60, 22 * 60, 30)]
START = pd.Timestamp("2025-06-09")  # 周一
DAYS = 56
HEAT = "高温红色预警"


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    mean, history = _history(_stream(seed, "history"))
    slot_history = _slot_history(_stream(seed, "slot_history"), mean, history)
    history.loc[history["时段"] == "10:00", "呼入量"] = slot_history["实际量"].to_numpy()
    slots = _slots(_stream(seed, "slots"), mean)
    return {
        "history": history,
        "to_predict": _to_predict(_stream(seed, "to_predict")),
        "export": _export(_stream(seed, "export"), mean),
        "forecast_days": _forecast_days(_stream(seed, "forecast_days"), history),
        "season": _season(_stream(seed, "season")),
        "losses": _losses(_stream(seed, "losses")),
        "hiring": _hiring(_stream(seed, "hiring")),
        "slots": slots,
        "service_day": _service_day(_stream(seed, "service_day"), history),
        "consult": _consult(_stream(seed, "consult")),
        "plan_day": _plan_day(_stream(seed, "plan_day"), slots),
        "roster": _roster(_stream(seed, "roster")),
        "slot_history": slot_history,
        "situations": _situations(_stream(seed, "situations")),
    }


def _stream(seed, name):
    return np.random.default_rng([seed, zlib.crc32(f"{PAPER}/{name}".encode())])


def _weekday(dates):
    return [WEEKDAYS[date.weekday()] for date in dates]


def _history(rng):
    """报修队列 8 周的白天来电：期望 (天, 时段) 与来电表；三天高温预警整天走高。"""
    level = rng.uniform(1500, 2200)
    factor = np.array([1.22, 1.09, 1.0, 0.97, 1.02, 0.88, 0.78]) * rng.uniform(0.97, 1.03, 7)
    clock = np.arange(len(SLOTS))
    work = _bump(clock, 4, 3.5) + 0.75 * _bump(clock, 13, 4.5) + 0.55 * _bump(clock, 22, 3.0)
    rest = 0.7 * _bump(clock, 6, 4.0) + 0.6 * _bump(clock, 13, 5.0) + 1.05 * _bump(clock, 22, 3.5)
    shape = [work / work.sum()] * 5 + [rest / rest.sum()] * 2
    mean = np.array([level * factor[d % 7] * shape[d % 7] for d in range(DAYS)])
    heat = 7 * rng.choice(np.arange(2, 7), 3, replace=False) + rng.choice(7, 3, replace=False)
    lift = np.ones(DAYS)
    lift[heat] = rng.uniform(1.28, 1.34) * rng.uniform(0.98, 1.02, 3)
    noise = rng.normal(1, 0.02, DAYS)
    calls = rng.poisson(mean * (lift * noise)[:, None])
    dates = pd.date_range(START, periods=DAYS)
    table = pd.DataFrame(
        {
            "日期": dates.repeat(len(SLOTS)),
            "星期": np.repeat(_weekday(dates), len(SLOTS)),
            "时段": SLOTS * DAYS,
            "呼入量": calls.ravel(),
            "事件": np.repeat(np.where(lift > 1, HEAT, ""), len(SLOTS)),
        }
    )
    return mean, table


def _bump(clock, centre, width):
    return 0.12 + np.exp(-(((clock - centre) / width) ** 2) / 2)


def _to_predict(rng):
    """下周要预测的三个时段：平常的工作日、周末晚上、预报有高温预警的工作日。"""
    plain, hot = rng.choice(5, 2, replace=False)
    rows = [
        (plain, SLOTS[rng.integers(2, 8)], ""),
        (5 + rng.integers(2), SLOTS[rng.integers(21, 25)], ""),
        (hot, SLOTS[rng.integers(10, 17)], HEAT),
    ]
    dates = pd.to_datetime(["2025-08-04"] * 3) + pd.to_timedelta([r[0] for r in rows], "D")
    return pd.DataFrame(
        {
            "日期": dates,
            "星期": _weekday(dates),
            "时段": [row[1] for row in rows],
            "事件": [row[2] for row in rows],
        }
    )


def _export(rng, mean):
    """旧平台导出的报修两周（05-12 至 05-25）：重复行、合计行、没采到的 −1、一天系统故障。"""
    dates = pd.date_range("2025-05-12", periods=14)
    calls = rng.poisson(0.75 * mean[:14])
    broken = int(rng.integers(1, 13))
    calls[broken] = rng.poisson(0.45 * mean[broken])
    missing = rng.choice(calls.size, int(rng.integers(5, 10)), replace=False)
    calls.ravel()[missing] = -1
    days = []
    for number, date in enumerate(dates):
        day = pd.DataFrame({"日期": date, "时段": SLOTS, "呼入量": calls[number]})
        again = np.sort(rng.choice(len(SLOTS), int(rng.integers(1, 4)), replace=False))
        day = day.iloc[np.sort([*range(len(SLOTS)), *again])]
        total = {"日期": [date], "时段": ["合计"], "呼入量": [day["呼入量"].clip(lower=0).sum()]}
        day = pd.concat([day, pd.DataFrame(total)])
        days.append(day.assign(事件="系统故障" if number == broken else ""))
    return pd.concat(days, ignore_index=True)


def _forecast_days(rng, history):
    """最近三周两份日预测：一份形状准而整体报低，一份不偏而周末差得多。"""
    daily = history.groupby("日期")["呼入量"].sum().iloc[-21:]
    dates, actual = daily.index, daily.to_numpy()
    low = actual * (1 - rng.uniform(0.10, 0.14)) * rng.normal(1, 0.012, 21)
    size = np.where(dates.day_of_week >= 5, rng.uniform(0.15, 0.2, 21), rng.uniform(0.03, 0.05, 21))
    sign = rng.permutation([1, -1] * 11)[:21]
    wild = actual * (1 + sign * size)
    first, second = (low, wild) if rng.random() < 0.5 else (wild, low)
    return pd.DataFrame(
        {
            "日期": dates,
            "星期": _weekday(dates),
            "实际": actual,
            "预测甲": first.round().astype(int),
            "预测乙": second.round().astype(int),
        }
    )


def _season(rng):
    need = rng.integers(52, 64) + np.array([0, 9, 14, 4]) + rng.integers(0, 4, 4)
    return pd.DataFrame({"月份": ["6月", "7月", "8月", "9月"], "净需求人数": need})


def _losses(rng):
    """每人每月的付薪工时去了哪里；话后处理不是损耗。"""
    rows = [
        ("付薪工时", 176, "全部付薪时间"),
        ("年休假", rng.integers(16, 29) / 2, "不在岗"),
        ("病事假", rng.integers(8, 17) / 2, "不在岗"),
        ("培训辅导", rng.integers(10, 21) / 2, "在岗，不接电话"),
        ("班前班后会", rng.integers(6, 13) / 2, "在岗，不接电话"),
        ("小休", rng.integers(26, 39) / 2, "在岗，不接电话"),
        ("话后处理", rng.integers(36, 53) / 2, "已计入平均处理时长"),
    ]
    return pd.DataFrame(rows, columns=["项目", "每人每月小时", "说明"])


def _hiring(rng):
    """三个队列：两个要招，一个自然减员后仍够。"""
    lead = rng.integers(2, 4, 3)
    rate = rng.integers(25, 46, 3) / 1000
    head = np.array([rng.integers(88, 111), rng.integers(70, 86), rng.integers(58, 71)])
    left = head * (1 - rate) ** lead
    extra = rng.permutation([rng.integers(9, 19), rng.integers(5, 10), -rng.integers(2, 5)])
    need = np.floor(left + extra)
    return pd.DataFrame(
        {
            "队列": ["报修", "咨询", "订单"],
            "在册人数": head,
            "月离职率": rate,
            "启动到上岗月数": lead,
            "届时需要人数": need.astype(int),
        }
    )


def _slots(rng, mean):
    """8 月 4 日（周一）报修的逐时段预测、处理时长与在岗人数。"""
    calls = np.round(mean[49] * rng.normal(1, 0.03, len(SLOTS))).astype(int)
    calls[calls.argmax()] += 4
    aht = np.round(rng.uniform(300, 360) * rng.normal(1, 0.02, len(SLOTS))).astype(int)
    staff = np.floor(calls * aht / 1800).astype(int) + rng.integers(2, 4, len(SLOTS))
    return pd.DataFrame(
        {
            "日期": pd.Timestamp("2025-08-04"),
            "时段": SLOTS,
            "预测量": calls,
            "平均处理时长": aht,
            "在岗人数": staff,
        }
    )


def _service_day(rng, history):
    """7 月 30 日（周三）报修的接听结果：忙的时段服务水平低得多。"""
    calls = history.loc[history["日期"] == "2025-07-30", "呼入量"].to_numpy()
    busy = (calls - calls.min()) / (calls.max() - calls.min())
    level = 0.96 - 0.4 * busy**1.5 + rng.uniform(-0.015, 0.015, len(calls))
    abandoned = rng.binomial(calls, 0.02 + 0.13 * busy)
    short = np.maximum(rng.binomial(abandoned, 0.35), (busy > 0.6).astype(int))
    short = np.minimum(short, abandoned)
    answered = calls - abandoned
    return pd.DataFrame(
        {
            "时段": SLOTS,
            "呼入量": calls,
            "接起量": answered,
            "20秒接起量": np.minimum(answered, np.round(calls * level)).astype(int),
            "放弃量": abandoned,
            "短放弃量": short,
        }
    )


def _consult(rng):
    """咨询队列周二、周四各 12 周；每格的均值与超额离散系数按设计给出。"""
    slots = ["07:30", "09:00", "10:30", "14:00", "16:30", "21:30"]
    rows = []
    for weekday, first in (("周二", "2025-05-13"), ("周四", "2025-05-15")):
        dates = pd.date_range(first, periods=12, freq="7D")
        large = rng.permutation(
            [
                (rng.uniform(150, 190), rng.uniform(0.03, 0.06)),
                (rng.uniform(190, 230), rng.uniform(0.13, 0.165)),
                (rng.uniform(130, 170), rng.uniform(0.13, 0.165)),
                (rng.uniform(160, 210), rng.uniform(0.25, 0.32)),
            ]
        ).tolist()
        if weekday == "周二":  # 10:30 一格：超额明显大于 0
            large[1] = (rng.uniform(110, 150), rng.uniform(0.12, 0.24))
        design = [(rng.uniform(20, 27), rng.uniform(0.03, 0.06)), *large]
        design.append((rng.uniform(30, 40), rng.choice([0.05, 0.3])))
        for slot, (mean, excess) in zip(slots, design, strict=True):
            calls = _repeats(rng, mean, np.sqrt(excess**2 + 1 / mean), len(dates))
            rows += [(date, weekday, slot, call) for date, call in zip(dates, calls, strict=True)]
    table = pd.DataFrame(rows, columns=["日期", "星期", "时段", "呼入量"])
    return table.sort_values(["日期", "时段"], ignore_index=True)


def _repeats(rng, mean, cv, count):
    """均值与离散系数（n−1）恰为所给的一列来电，取整前。"""
    z = np.sort(rng.normal(size=count).clip(-1.8, 1.8))
    z = rng.permutation((z - z.mean()) / z.std(ddof=1))
    return np.round(mean * (1 + cv * z)).clip(0).astype(int)


def _plan_day(rng, slots):
    """8 月 4 日报修的需求与排班：早上和晚上缺、中午下午多。"""
    need = (
        np.round(slots["预测量"] * slots["平均处理时长"] / 1800 * 1.12).astype(int).to_numpy() + 2
    )
    clock = np.arange(len(SLOTS))
    lean = np.where(clock < 8, -rng.uniform(0.08, 0.14), rng.uniform(0.08, 0.18, len(SLOTS)))
    lean = np.where(clock > 23, -rng.uniform(0.08, 0.14), lean)
    plan = np.round(need * (1 + lean)).astype(int) + rng.integers(-1, 2, len(SLOTS))
    while plan.sum() < 1.02 * need.sum():  # 合计总是多的，分母用错才看得出
        plan[10:20] += 1
    return pd.DataFrame({"时段": SLOTS, "需求人数": need, "排班人数": plan})


def _roster(rng):
    """24 人 28 天的班表；有人超过 6 天没有休息，有人正好 6 天，夜班压在几个人身上。"""
    people, days = 24, 28
    number = np.sort(rng.choice(np.arange(2001, 2100), people, replace=False))
    works = np.ones((people, days), dtype=bool)
    for person in range(people):
        rest = int(rng.integers(0, 7))
        for week in range(4):
            works[person, 7 * week + rest] = False
            works[person, 7 * week + (rest + 1) % 7] = False
    shifts = rng.choice(["早B", "早E", "早F", "中B", "中D", "晚B", "晚D"], (people, days))
    order = rng.permutation(people)
    whole, across, training, six = order[:1], order[1:3], order[3:5], order[5:8]
    for person in (*whole, *across, *training, *six):
        works[person] = True
        works[person, [5, 6, 12, 13, 19, 20, 26, 27]] = False  # 周六、周日休息
    week = 7 * int(rng.integers(1, 3))
    works[whole[0], week : week + 7] = True  # 一整周没有休息
    works[whole[0], week + 7] = False
    for person in across:  # 每周都有休息日，但跨周连上 8 天
        week = 7 * int(rng.integers(0, 3))
        works[person, week : week + 14] = True
        works[person, [week, week + 1, week + 10, week + 13]] = False
    for person in training:  # 周六去培训，周日上班
        day = 7 * int(rng.integers(0, 3)) + 5
        works[person, day : day + 2] = True
        works[person, day + 2] = False
        shifts[person, day] = "培训"
    for person in six:  # 连上 6 天，合法
        works[person, 7 * int(rng.integers(0, 4)) + 5] = True
    nights = _night_counts(rng, people)
    for person in range(people):
        free = np.flatnonzero(works[person] & (shifts[person] != "培训"))
        some = rng.choice(free, nights[person], replace=False)
        shifts[person, some] = rng.choice(["夜A", "夜B", "夜C"], nights[person])
    shifts = np.where(works, shifts, "休")
    dates = pd.date_range("2025-07-07", periods=days)
    return pd.DataFrame(
        {
            "工号": np.repeat([f"H{n}" for n in number], days),
            "日期": np.tile(dates, people),
            "星期": _weekday(dates) * people,
            "班次": shifts.ravel(),
        }
    )


def _night_counts(rng, people):
    """每人夜班数：约三分之一的人没有，最多的一人唯一。"""
    counts = rng.integers(1, 6, people)
    counts[rng.choice(people, int(rng.integers(6, 10)), replace=False)] = 0
    heavy = rng.choice(people, 4, replace=False)
    counts[heavy] = [11, 8, 8, 7]
    counts[heavy[0]] += rng.integers(0, 3)
    return counts


def _slot_history(rng, mean, history):
    """报修 10:00 一格，8 周的预测与实际；预测不知道高温。"""
    at = SLOTS.index("10:00")
    rows = history[history["时段"] == "10:00"]
    forecast = np.round(mean[:, at] * rng.normal(0.99, 0.02, DAYS)).astype(int)
    actual = rows["呼入量"].to_numpy(copy=True)
    ratio = actual / forecast
    top = ratio.argmax()  # 最坏的一天总比 95% 分位高出一截
    actual[top] = max(actual[top], np.ceil(1.15 * np.quantile(ratio, 0.95) * forecast[top]))
    return pd.DataFrame(
        {"日期": rows["日期"], "星期": rows["星期"], "预测量": forecast, "实际量": actual}
    ).reset_index(drop=True)


def _situations(rng):
    """四种现场情况：一种来电太少，一种靠排队数升到三级，另两种从余下的里取。"""
    few = (rng.integers(8, 16), rng.integers(35, 46) / 100, rng.integers(1, 5), 0.9)
    queue = (rng.integers(70, 96), rng.integers(67, 73) / 100, rng.integers(21, 30), 1.06)
    others = [
        (rng.integers(60, 90), rng.integers(52, 62) / 100, rng.integers(5, 10), 1.04),
        (rng.integers(60, 90), rng.integers(80, 88) / 100, rng.integers(2, 6), 1.16),
        (rng.integers(60, 90), rng.integers(82, 90) / 100, rng.integers(13, 19), 1.07),
        (rng.integers(60, 90), rng.integers(81, 90) / 100, rng.integers(2, 8), 1.03),
    ]
    chosen = [others[number] for number in rng.choice(4, 2, replace=False)]
    rows = [(few, queue, *chosen)[number] for number in rng.permutation(4)]
    names = ["近15分钟来电", "近15分钟服务水平", "排队人数", "负荷比"]
    table = pd.DataFrame(rows, columns=names)
    for name in ("近15分钟来电", "排队人数"):
        table[name] = table[name].astype(int)
    table["负荷比"] = (table["负荷比"] + rng.integers(-2, 3, 4) / 100).round(2)
    table.insert(0, "情况", ["一", "二", "三", "四"])
    return table

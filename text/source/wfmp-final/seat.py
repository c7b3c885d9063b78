"""座位数据：「海棠家电服务热线」盛夏八周，报修队列的来电、班表与机动，咨询队列的离散系数。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between

SLOTS = kit.slots("08:00", "22:00")
DATES = pd.date_range("2025-06-09", periods=56)  # 周一
MONDAY = pd.Timestamp("2025-08-04")
HEAT = "高温红色预警"
CELLS = ["07:30", "09:00", "10:30", "14:00", "16:30", "21:30"]
GAUGES = [  # 各级的取值：0 级、一级、二级、三级
    kit.Gauge("近15分钟来电", [(8, 15), (60, 95)]),
    kit.Gauge("近15分钟服务水平", [(0.80, 0.90), (0.67, 0.73), (0.52, 0.63), (0.35, 0.47)], 0.01),
    kit.Gauge("排队人数", [(2, 9), (2, 9), (13, 18), (21, 29)]),
    kit.Gauge("负荷比", [(1.01, 1.08), (1.12, 1.18)], 0.01),
]
QUIET, QUEUE = (0, 3, 0, 0), (1, 1, 3, 0)  # 来电太少不作数；靠排队人数升到三级
OTHERS = [(1, 2, 0, 0), (1, 0, 0, 1), (1, 0, 2, 0), (1, 0, 0, 0)]
SEASON = [("6月", between(52, 63)), ("7月", between(64, 73)), ("8月", between(74, 80)), ("9月", 66)]
LOSSES = [  # 每人每月的付薪工时去了哪里；话后处理不是损耗
    ("付薪工时", 176.0, "全部付薪时间"),
    ("年休假", between(8, 14, 0.5), "不在岗"),
    ("病事假", between(4, 8, 0.5), "不在岗"),
    ("培训辅导", between(5, 10, 0.5), "在岗，不接电话"),
    ("班前班后会", between(3, 6, 0.5), "在岗，不接电话"),
    ("小休", between(13, 19, 0.5), "在岗，不接电话"),
    ("话后处理", between(18, 26, 0.5), "已计入平均处理时长"),
]
HEADS = {"报修": (88, 110), "咨询": (70, 85), "订单": (58, 70)}
NIGHTS = {"names": ["夜A", "夜B", "夜C"], "top": (7, 8, 8, 12), "usual": (1, 5), "none": 7}


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    seat = kit.Seat("wfmp-final", seed)
    chance = seat("level")
    repair = kit.usual_traffic(chance, SLOTS, level=(1500, 2200))
    hot = {day: (HEAT, chance.uniform(1.28, 1.34)) for day in kit.scattered(chance, DATES[14:49], 3)}
    history = repair.history(seat("history"), DATES, events=hot)
    monday = repair.expected(pd.DatetimeIndex([MONDAY]))[0]
    slots = kit.interval_plan(seat("slots"), SLOTS, monday, aht=(300, 360), spare=(2, 3))
    wednesday = history.loc[history["日期"] == "2025-07-30", "呼入量"].to_numpy()
    ten = history[history["时段"] == "10:00"]
    usual = repair.expected(DATES)[:, SLOTS.index("10:00")]
    planned = slots.set_index("时段").loc["10:00", ["预测量", "平均处理时长"]]
    return {
        "history": history,
        "to_predict": to_predict(seat("to_predict")),
        "export": export(seat("export"), repair),
        "forecast_days": two_forecasts(seat("forecast_days"), kit.daily(history, 21)),
        "season": kit.sheet(seat("season"), "月份 净需求人数", SEASON),
        "losses": kit.sheet(seat("losses"), "项目 每人每月小时 说明", LOSSES),
        "hiring": kit.hiring(seat("hiring"), HEADS, gaps=[(9, 18), (5, 9), (-4, -2)]),
        "slots": slots.assign(日期=MONDAY),
        "service_day": kit.service_day(seat("service_day"), SLOTS, wednesday),
        "consult": consult(seat("consult")),
        "plan_day": plan_day(seat("plan_day"), kit.need(slots)),
        "roster": roster(seat("roster")),
        "slot_history": kit.unforeseen(seat("slot_history"), ten, usual, *planned),
        "situations": live(seat("situations")),
    }


def to_predict(rng):
    """下周要预测的三个时段：平常的工作日、周末晚上、预报有高温预警的工作日。"""
    plain, hot = rng.choice(5, 2, replace=False)
    days = MONDAY + pd.to_timedelta([plain, 5 + rng.integers(2), hot], "D")
    at = [SLOTS[rng.integers(*pair)] for pair in ((2, 8), (21, 25), (10, 17))]
    return pd.DataFrame(
        {"日期": days, "星期": kit.weekdays(days), "时段": at, "事件": ["", "", HEAT]}
    )


def export(rng, repair):
    """旧平台导出的两周：重复行、合计行、没采到的 −1、一天系统故障。"""
    dates = pd.date_range("2025-05-12", periods=14)
    fault = {dates[rng.integers(1, 13)]: ("系统故障", 0.6)}
    rows = repair.history(rng, dates, events=fault).drop(columns="星期")
    return kit.Export(rng, rows).mark(-1, 5, 9).twice(14, 30).table(totals="合计")


def two_forecasts(rng, days):
    """最近三周两份日预测：一份形状准而整体报低，一份不偏而周末差得多。"""
    actual = days["实际"].to_numpy()
    weekend = days["星期"].isin(["周六", "周日"]).to_numpy()
    low = kit.biased(rng, actual, -0.14, -0.10)
    wild = kit.unsteady(rng, actual, weekend, (0.03, 0.05), (0.15, 0.20))
    return days.assign(**kit.lettered(rng, [low, wild], "预测{}"))


def consult(rng):
    """咨询队列周二、周四各 12 周；每格的均值与超额离散系数按设计给出。"""
    parts = []
    for weekday, first in (("周二", "2025-05-13"), ("周四", "2025-05-15")):
        busy = rng.permutation([(170, 0.045), (210, 0.147), (150, 0.147), (185, 0.285)])
        if weekday == "周二":  # 10:30 一格：超额明显大于 0
            busy[1] = 130, rng.uniform(0.12, 0.24)
        designs = [(24, 0.045), *busy, (35, rng.choice([0.05, 0.3]))]
        dates = [pd.date_range(first, periods=12, freq="7D")] * len(CELLS)
        names = {"星期": [weekday] * len(CELLS), "时段": CELLS}
        parts.append(kit.cells(rng, names, designs, dates))
    return pd.concat(parts).sort_values(["日期", "时段"], ignore_index=True)


def plan_day(rng, need):
    """8 月 4 日报修的需求与排班：早上和晚上缺、中午下午多，合计略多。"""
    clock = np.arange(len(SLOTS))
    plan = kit.staffed(rng, need, (clock < 8) | (clock > 23))
    return pd.DataFrame({"时段": SLOTS, "需求人数": need, "排班人数": plan})


def roster(rng):
    """24 人 28 天的班表；有人超过 6 天没有休息，有人正好 6 天，夜班压在几个人身上。"""
    people = kit.Roster(rng, 24, 4, "2025-07-07", prefix="H", numbers=(2001, 2100))
    people.full_week(1).across(2).counted("培训", 2).six(3)
    return people.nights(**NIGHTS).table()


def live(rng):
    """四种现场情况：一种来电太少，一种靠排队数升到三级，另两种从余下的里取。"""
    chosen = [OTHERS[number] for number in rng.choice(len(OTHERS), 2, replace=False)]
    return kit.situations(rng, GAUGES, [QUIET, QUEUE, *chosen])

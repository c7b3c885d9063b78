"""座位数据：「海棠家电服务热线」初秋八周的咨询队列，另有报修队列的几格。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between

CASE = kit.Situation(
    paper="wfmp-resit2",
    slots=kit.slots("08:00", "22:00"),
    dates=pd.date_range("2025-07-28", periods=56),
    level=(3200, 4000),
    event="补贴上新",
    lift=(1.27, 1.33),
    off=(0, 2),
    ahead="2025-09-22",
    need=(
        "月份",
        [("8月", between(62, 70)), ("9月", between(64, 72)), ("10月", 0), ("11月", 66)],
        2,
    ),
    losses=(
        "每人每月小时",
        [
            ("付薪工时", 168.0),
            ("年假与调休", between(8, 13, 0.5)),
            ("病事假", between(4, 7, 0.5)),
            ("培训", between(5, 9, 0.5)),
            ("例会与辅导", between(3, 6, 0.5)),
            ("小休", between(12, 18, 0.5)),
            ("话后整理", between(17, 25, 0.5)),
        ],
    ),
    working=["话后整理"],
    away=["年假与调休", "病事假"],
    online=(73, 84),
    heads={"咨询": (86, 106), "订单": (70, 85), "报修": (56, 68)},
    gaps={"咨询": (9, 17), "订单": (5, 9), "报修": (4, 8)},
    busy={"补贴资格": (62, 84), "退换政策": (26, 36), "价格活动": (240, 290), "门店信息": (58, 78)},
    aht=(280, 340),
    promise=(0.9, 30),
    missed=-4,
    answered=slice(4, 12),
    export=pd.date_range("2025-06-16", periods=14),
    fault="平台升级",
    mark=-9,
    total="全天",
    targets=[
        ("2025-09-25", "周四", "", "", ""),
        ("2025-10-11", "周六", "是", "", ""),
        ("2025-10-03", "周五", "", "国庆", ""),
        ("2025-09-24", "周三", "", "", "补贴上新"),
    ],
    cells=["08:00", "09:30", "11:00", "13:30", "16:00", "21:00"],
    asked=4,
    cell_dates=pd.date_range("2025-06-30", periods=12, freq="7D"),
    repeats=pd.date_range("2025-06-05", periods=16, freq="7D"),
    mean=(140, 180),
    note="门店日",
    marked=np.arange(16) % 2 == 1,
    noted="机房演练",
    humps=[("10:00", 1.7, 1.0), ("15:30", 2.0, 0.75), ("19:00", 1.5, 0.5)],
    total_need=(780, 1000),
    roster=(24, 4, "2025-08-25", "Z", 4001, "支援"),
    checks=[
        kit.Gauge("平均每周净工时", [(36, 40), (45, 48)]),
        kit.Gauge("最短班间休息小时", [(12, 15), (8.5, 10.5)], 0.5),
        kit.Gauge("最长连续夜班", [(1, 3), (5, 6)]),
        kit.Gauge("单独休一天的次数", [(0, 1), (3, 4)]),
    ],
    gauges=[
        kit.Gauge("近15分钟来电", [(6, 13), (50, 85)]),
        kit.Gauge(
            "近15分钟服务水平", [(0.82, 0.91), (0.66, 0.75), (0.48, 0.59), (0.3, 0.42)], 0.01
        ),
        kit.Gauge("排队人数", [(3, 11), (3, 11), (16, 23), (27, 36)]),
        kit.Gauge("负荷比", [(1.03, 1.1), (1.17, 1.25)], 0.01),
    ],
    reserved="16:00",
    skill="咨询",
    other="报修",
    within=12,
    hours=2,
)


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    return kit.planning_tables(CASE, seed)

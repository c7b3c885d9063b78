"""座位数据：「海棠家电服务热线」双十一以后八周的订单队列，另有投诉队列的几格。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between

CASE = kit.Situation(
    paper="wfmp-resit1",
    slots=kit.slots("08:00", "21:00"),
    dates=pd.date_range("2025-10-13", periods=56),
    level=(3200, 4000),
    event="直播促销",
    lift=(1.27, 1.34),
    off=(0, 4),
    ahead="2025-12-08",
    need=(
        "月份",
        [("11月", between(60, 70)), ("12月", 0), ("1月", between(52, 60)), ("2月", 48)],
        1,
    ),
    losses=(
        "小时",
        [
            ("付薪工时", between(9800, 10400, 100)),
            ("年休假与调休", between(520, 780, 10)),
            ("病假与事假", between(260, 420, 10)),
            ("培训", between(300, 520, 10)),
            ("会议与辅导", between(200, 360, 10)),
            ("小休", between(760, 1040, 10)),
            ("等待来电", between(1050, 1450, 10)),
        ],
    ),
    working=["等待来电"],
    away=["年休假与调休", "病假与事假"],
    online=(72, 84),
    heads={"订单": (84, 104), "咨询": (70, 85), "投诉": (52, 64)},
    gaps={"订单": (9, 17), "咨询": (5, 9), "投诉": (4, 8)},
    busy={"门店订单": (58, 78), "团购订单": (26, 36), "电商订单": (240, 290), "安装改约": (62, 84)},
    aht=(280, 340),
    promise=(0.85, 15),
    missed=-5,
    answered=slice(4, 12),
    export=pd.date_range("2025-09-01", periods=14),
    fault="线路中断",
    mark=-99,
    total="小计",
    targets=[
        ("2025-12-10", "周三", "", "", ""),
        ("2026-01-04", "周日", "是", "", ""),
        ("2026-01-02", "周五", "", "元旦", ""),
        ("2025-12-12", "周五", "", "", "双十二直播"),
    ],
    cells=["08:30", "10:00", "12:30", "14:30", "17:00", "20:30"],
    asked=3,
    cell_dates=pd.date_range("2025-06-12", periods=12, freq="7D"),
    repeats=pd.date_range("2025-06-10", periods=16, freq="7D"),
    mean=(140, 180),
    note="对账日",
    marked=np.arange(16) % 2 == 0,
    noted="系统切换",
    humps=[("10:30", 1.6, 1.0), ("15:00", 2.1, 0.8), ("19:30", 1.3, 0.5)],
    total_need=(740, 940),
    roster=(22, 4, "2025-11-10", "D", 3101, "盘点"),
    checks=[
        kit.Gauge("一天最多加班小时", [(1, 3), (4, 5)]),
        kit.Gauge("最短班间休息小时", [(12, 15), (8.5, 10.5)], 0.5),
        kit.Gauge("最长连续夜班", [(1, 3), (5, 6)]),
        kit.Gauge("单独休一天的次数", [(0, 1), (3, 4)]),
    ],
    gauges=[
        kit.Gauge("近15分钟来电", [(9, 18), (55, 90)]),
        kit.Gauge(
            "近15分钟服务水平", [(0.84, 0.93), (0.72, 0.78), (0.58, 0.68), (0.38, 0.52)], 0.01
        ),
        kit.Gauge("排队人数", [(1, 7), (1, 7), (11, 16), (19, 27)]),
        kit.Gauge("负荷比", [(1.02, 1.09), (1.14, 1.2)], 0.01),
    ],
    reserved="11:30",
    skill="订单",
    other="投诉",
    within=20,
    hours=3,
)


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    return kit.planning_tables(CASE, seed)

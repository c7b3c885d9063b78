"""座位数据：「海棠家电服务热线」盛夏八周的报修队列，另有咨询队列的几格。"""

import numpy as np
import pandas as pd

from academy import seatkit as kit
from academy.seatkit import between

WEEKS = pd.date_range("2025-04-16", periods=16, freq="7D")
CASE = kit.Situation(
    paper="wfmp-final",
    slots=kit.slots("08:00", "22:00"),
    dates=pd.date_range("2025-06-09", periods=56),
    level=(3200, 4000),
    event="高温红色预警",
    lift=(1.28, 1.34),
    off=(0, 3),
    ahead="2025-08-04",
    need=("月份", [("6月", between(52, 63)), ("7月", between(64, 73)), ("8月", 0), ("9月", 62)], 2),
    losses=(
        "每人每月小时",
        [
            ("付薪工时", 176.0),
            ("年休假", between(8, 14, 0.5)),
            ("病事假", between(4, 8, 0.5)),
            ("培训辅导", between(5, 10, 0.5)),
            ("班前班后会", between(3, 6, 0.5)),
            ("小休", between(13, 19, 0.5)),
            ("话后处理", between(18, 26, 0.5)),
        ],
    ),
    working=["话后处理"],
    away=["年休假", "病事假"],
    online=(74, 84),
    heads={"报修": (88, 110), "咨询": (70, 85), "订单": (58, 70)},
    gaps={"报修": (9, 18), "咨询": (5, 9), "订单": (4, 8)},
    busy={"华北": (58, 78), "华东": (240, 290), "华南": (62, 84), "西南": (26, 36)},
    aht=(280, 340),
    promise=(0.9, 20),
    missed=-5,
    answered=slice(4, 12),
    export=pd.date_range("2025-05-12", periods=14),
    fault="系统故障",
    mark=-1,
    total="合计",
    targets=[
        ("2025-08-06", "周三", "", "", ""),
        ("2025-09-28", "周日", "是", "", ""),
        ("2025-10-02", "周四", "", "国庆", ""),
        ("2025-08-19", "周二", "", "", "以旧换新直播"),
    ],
    cells=["07:30", "09:00", "10:30", "14:00", "16:30", "21:30"],
    asked=2,
    cell_dates=pd.date_range("2025-05-13", periods=12, freq="7D"),
    repeats=WEEKS,
    mean=(140, 180),
    note="群发短信",
    marked=np.arange(16) % 2 == 1,
    noted="线路检修",
    humps=[("10:00", 1.6, 1.0), ("14:30", 2.1, 0.78), ("19:30", 1.4, 0.45)],
    total_need=(780, 1000),
    roster=(24, 4, "2025-07-07", "H", 2001, "培训"),
    checks=[
        kit.Gauge("本月加班小时", [(18, 35), (37, 41)]),
        kit.Gauge("最短班间休息小时", [(12, 15), (8.5, 10.5)], 0.5),
        kit.Gauge("最长连续夜班", [(1, 3), (5, 6)]),
        kit.Gauge("单独休一天的次数", [(0, 1), (3, 4)]),
    ],
    gauges=[
        kit.Gauge("近15分钟来电", [(8, 15), (60, 95)]),
        kit.Gauge("近15分钟服务水平", [(0.8, 0.9), (0.67, 0.73), (0.52, 0.63), (0.35, 0.47)], 0.01),
        kit.Gauge("排队人数", [(2, 9), (2, 9), (13, 18), (21, 29)]),
        kit.Gauge("负荷比", [(1.01, 1.08), (1.12, 1.18)], 0.01),
    ],
    reserved="10:00",
    skill="报修",
    other="咨询",
    within=15,
    hours=2,
)


def tables(seed):
    """一个座位的全部数据表：表名 → DataFrame。"""
    return kit.planning_tables(CASE, seed)

"""满意度调查：一份份邀请与回复，写成一张表是什么样？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calls import CUSTOMERS, Calls
from .columns import flag, moment, number, words
from .people import Staff
from .registry import table
from .replies import Replies
from .text import labels, numbered_labels
from .truth import QUEUES

__all__ = ["survey"]

WAYS = ("语音", "短信")
LOW = 2
CODES = ("", "表扬", "没有解决", "等待太久", "态度不好", "上门慢", "收费不清")
UNHAPPY = np.array([0.42, 0.16, 0.10, 0.20, 0.12])
TRACKED = ("", "已解决", "未解决", "未跟踪")


@table(
    "满意度调查",
    "一份邀请，约 20,000 份；回复约 6,000 份",
    key=("通话编号",),
    stream="survey.text",
    columns=(
        words("通话编号", "问的哪一通，见 calls_sample"),
        words("客户编号", "问的谁"),
        words("工号", "谁接的电话，见 agents"),
        words("队列", "咨询、报修、订单、投诉"),
        words("邀请方式", "语音或短信"),
        moment("邀请时间", "什么时候邀请的"),
        flag("回复", "客户回复了"),
        number("满意度", "1 到 5；没有回复的为空", "分", blank=True),
        number("推荐分", "0 到 10；没有回复的为空", "分", blank=True),
        words("文本编码", "留言归到哪一类；没有留言的是空字"),
        words("低分跟踪", "2 分及以下的回访结果；不用跟踪的是空字"),
        number("跟踪小时", "低分多久以后回访；没有回访的为空", "小时", blank=True),
    ),
)
def survey(
    staff: Staff,
    intervals: Intervals,
    calls: Calls,
    replies: Replies,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """一行一份邀请；没有回复的，满意度与推荐分为空，文本编码为空字。"""
    asked = replies
    call, count = asked.call, len(asked.call)
    queue = calls.queue[call]
    low = asked.responded & (asked.score <= LOW)
    wrote = asked.responded & (rng.random(count) < np.where(asked.score <= 3, 0.7, 0.25))
    grumble = 2 + np.searchsorted(np.cumsum(UNHAPPY)[:-1], rng.random(count))
    code = np.where(wrote, np.where(asked.score >= 4, 1, grumble), 0)
    ending = rng.random(count)
    tracked = np.where(low, np.where(ending < 0.62, 1, np.where(ending < 0.82, 2, 3)), 0)
    hours = np.round(18 * np.exp(0.8 * rng.standard_normal(count)), 1)
    later = (rng.integers(600, 7200, count) + calls.handle[call].astype(np.int64)) * 1_000_000
    sent = calls.time(call, intervals.days.date) + later.astype("timedelta64[us]")
    return pd.DataFrame(
        {
            "通话编号": labels(numbered_labels("C", len(calls.day), 6), call),
            "客户编号": labels(numbered_labels("K", CUSTOMERS, 5), calls.customer[call]),
            "工号": labels(staff.number, calls.agent[call]),
            "队列": labels(QUEUES, queue),
            "邀请方式": labels(WAYS, asked.message.astype(int)),
            "邀请时间": sent,
            "回复": asked.responded,
            "满意度": np.where(asked.responded, asked.score, np.nan),
            "推荐分": np.where(asked.responded, asked.recommend, np.nan),
            "文本编码": labels(CODES, code),
            "低分跟踪": labels(TRACKED, tracked),
            "跟踪小时": np.where((tracked == 1) | (tracked == 2), hours, np.nan),
        }
    )

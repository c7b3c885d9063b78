"""满意度调查：邀请了谁，谁回了，打几分，没回的人会打几分？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .calls import CUSTOMERS
from .quality import long_run_level
from .text import labels, numbered_labels
from .truth import QUEUES

if TYPE_CHECKING:
    from .world import World

__all__ = ["Survey", "SurveyTruth", "ask", "plant", "survey"]

INVITE = np.array([0.35, 0.35, 0.35, 0.62])
WAYS = ("语音", "短信")
# 各队列用短信邀请的比例：难办的队列多用短信
BY_MESSAGE = np.array([0.15, 0.85, 0.15, 0.75])
# 回复概率：队列 × (没有一次解决, 一次解决)
RESPONSE = np.array([[0.46, 0.20], [0.48, 0.22], [0.46, 0.19], [0.60, 0.30]])
LEVEL = np.array([4.75, 4.00, 4.68, 3.10])
SOLVED = 0.9
NOISE = 0.68
DEVIATION, SOLUTION = 0.24, 0.42
LOW = 2
CODES = ("", "表扬", "没有解决", "等待太久", "态度不好", "上门慢", "收费不清")
UNHAPPY = np.array([0.42, 0.16, 0.10, 0.20, 0.12])
TRACKED = ("", "已解决", "未解决", "未跟踪")


@dataclass(frozen=True, eq=False)
class SurveyTruth:
    """调查里埋下的真相。"""

    true_mean: float
    """所有被邀请的客户都打分的话，满意度的平均。"""
    true_mean_by_queue: np.ndarray
    """同上，分队列；次序同 ``QUEUES``。"""
    true_nps: float
    """所有被邀请的客户都打分的话，净推荐值（−100 到 100）。"""
    response_rates: np.ndarray
    """回复概率；形状 (4 个队列, 2)，第二维 0 为没有一次解决、1 为一次解决。只与这两样有关。"""
    message_lift: float
    """同一队列里，短信邀请的满意度比语音邀请高多少（封顶之前）；合起来看却是短信低（辛普森）。"""
    better_way: str
    """在每个队列里分数都高的邀请方式。"""
    worse_overall: str
    """不分队列时分数低的邀请方式；与 better_way 是同一个。"""


@dataclass(frozen=True, eq=False)
class Survey:
    """每个被邀请的客户一个值，没有回复的也有分数（只有真相知道）。"""

    call: np.ndarray
    message: np.ndarray
    responded: np.ndarray
    score: np.ndarray
    recommend: np.ndarray


def ask(world: World) -> Survey:
    """邀请约两万通，按队列与是否一次解决回复约六千份。

    Notes
    -----
    满意度 = 队列水平 + 一次解决 + 员工质检水平 × quality_csat + 这通电话的表现 + 噪声，四舍五入到 1–5。
    """
    calls, rng = world.calls, world.rng("survey")
    lift = message_lift(world)
    chosen = calls.answered & (rng.random(len(calls.day)) < INVITE[calls.queue])
    call = np.flatnonzero(chosen)
    queue, solved, count = calls.queue[call], calls.first_time[call], len(call)
    message = rng.random(count) < BY_MESSAGE[queue]
    deviation, solution = world.call_mood
    level = long_run_level(world, call)
    feel = (
        LEVEL[queue]
        + SOLVED * (solved - 0.7)
        + lift * message
        + world.planted.quality_csat * (level - 86)
        + DEVIATION * deviation[call]
        + SOLUTION * solution[call]
        + NOISE * rng.standard_normal(count)
    )
    feel = np.round(feel, 6)
    score = np.clip(np.rint(feel), 1, 5).astype(np.int64)
    recommend = np.round(2.1 * feel - 1.0 + 0.8 * rng.standard_normal(count), 6)
    recommend = np.clip(np.rint(recommend), 0, 10).astype(np.int64)
    responded = rng.random(count) < RESPONSE[queue, solved.astype(int)]
    return Survey(call, message, responded, score, recommend)


def message_lift(world: World) -> float:
    """短信比语音高多少分。"""
    return float(np.round(world.rng("survey.truth").uniform(0.40, 0.48), 3))


def plant(world: World) -> SurveyTruth:
    """调查的真相，含没有回复的人。"""
    asked = world.survey
    queue = world.calls.queue[asked.call]
    by_queue = np.bincount(queue, asked.score) / np.bincount(queue)
    fans, critics = (asked.recommend >= 9).mean(), (asked.recommend <= 6).mean()
    for value in (by_queue, RESPONSE):
        value.setflags(write=False)
    return SurveyTruth(
        true_mean=float(asked.score.mean()),
        true_mean_by_queue=by_queue,
        true_nps=float(100 * (fans - critics)),
        response_rates=RESPONSE,
        message_lift=message_lift(world),
        better_way="短信",
        worse_overall="短信",
    )


def survey(world: World) -> pd.DataFrame:
    """一行一份邀请；没有回复的，满意度与推荐分为空，文本编码为空字。"""
    asked, calls, rng = world.survey, world.calls, world.rng("survey.text")
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
    sent = calls.time(call, world.intervals.days.date) + later.astype("timedelta64[us]")
    return pd.DataFrame(
        {
            "通话编号": labels(numbered_labels("C", len(calls.day), 6), call),
            "客户编号": labels(numbered_labels("K", CUSTOMERS, 5), calls.customer[call]),
            "工号": labels(world.staff.number, calls.agent[call]),
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

"""回访：邀请了谁，谁回了，打几分，没回的人会打几分？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrivals import Intervals
from .calls import Calls
from .people import INDUCTION, Staff
from .registry import part, truth
from .truth import Planted

__all__ = [
    "Replies",
    "SurveyTruth",
    "call_mood",
    "long_run_level",
    "message_lift",
    "replies",
    "survey_truth",
]

INVITE = np.array([0.35, 0.35, 0.35, 0.62])
# 各队列用短信邀请的比例：难办的队列多用短信
BY_MESSAGE = np.array([0.15, 0.85, 0.15, 0.75])
# 回复概率：队列 × (没有一次解决, 一次解决)
RESPONSE = np.array([[0.46, 0.20], [0.48, 0.22], [0.46, 0.19], [0.60, 0.30]])
LEVEL = np.array([4.75, 4.00, 4.68, 3.10])
SOLVED = 0.9
NOISE = 0.68
DEVIATION, SOLUTION = 0.24, 0.42


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
class Replies:
    """每个被邀请的客户一个值，没有回复的也有分数（只有真相知道）。"""

    call: np.ndarray
    message: np.ndarray
    responded: np.ndarray
    score: np.ndarray
    recommend: np.ndarray


@part("每通电话相对接听人平常水平的表现：总的，与“解决”这一面；质检与满意度共用")
def call_mood(calls: Calls, rng: np.random.Generator) -> np.ndarray:
    """标准正态，形状 (2, 通话)。"""
    return np.round(rng.standard_normal((2, len(calls.day))), 6)


def long_run_level(
    staff: Staff, intervals: Intervals, calls: Calls, call: np.ndarray
) -> np.ndarray:
    """接听人当天的质检水平（分），新员工逐日爬升；与员工日报同一条规律。"""
    agent = calls.agent[call]
    tenure = (intervals.days.date[calls.day[call]] - staff.hired[agent]).astype(int)
    return staff.quality[agent] - 6 * np.exp(-(tenure - INDUCTION) / 60)


@part("短信邀请的满意度比语音邀请高多少分", stream="survey.truth")
def message_lift(rng: np.random.Generator) -> float:
    """同一队列里，封顶之前。"""
    return float(np.round(rng.uniform(0.40, 0.48), 3))


@part("每个被邀请的客户回没回、打几分", stream="survey")
def replies(
    planted: Planted,
    staff: Staff,
    intervals: Intervals,
    calls: Calls,
    call_mood: np.ndarray,
    message_lift: float,
    rng: np.random.Generator,
) -> Replies:
    """邀请约两万通，按队列与是否一次解决回复约六千份。

    Notes
    -----
    满意度 = 队列水平 + 一次解决 + 员工质检水平 × quality_csat + 这通电话的表现 + 噪声，四舍五入到 1–5。
    """
    chosen = calls.answered & (rng.random(len(calls.day)) < INVITE[calls.queue])
    call = np.flatnonzero(chosen)
    queue, solved, count = calls.queue[call], calls.first_time[call], len(call)
    message = rng.random(count) < BY_MESSAGE[queue]
    deviation, solution = call_mood
    level = long_run_level(staff, intervals, calls, call)
    feel = (
        LEVEL[queue]
        + SOLVED * (solved - 0.7)
        + message_lift * message
        + planted.quality_csat * (level - 86)
        + DEVIATION * deviation[call]
        + SOLUTION * solution[call]
        + NOISE * rng.standard_normal(count)
    )
    feel = np.round(feel, 6)
    score = np.clip(np.rint(feel), 1, 5).astype(np.int64)
    recommend = np.round(2.1 * feel - 1.0 + 0.8 * rng.standard_normal(count), 6)
    recommend = np.clip(np.rint(recommend), 0, 10).astype(np.int64)
    responded = rng.random(count) < RESPONSE[queue, solved.astype(int)]
    return Replies(call, message, responded, score, recommend)


@truth("满意度：不回复带来的偏差、邀请方式的辛普森现象（survey）")
def survey_truth(calls: Calls, replies: Replies, message_lift: float) -> SurveyTruth:
    """调查的真相，含没有回复的人。"""
    asked = replies
    queue = calls.queue[asked.call]
    by_queue = np.bincount(queue, asked.score) / np.bincount(queue)
    fans, critics = (asked.recommend >= 9).mean(), (asked.recommend <= 6).mean()
    for value in (by_queue, RESPONSE):
        value.setflags(write=False)
    return SurveyTruth(
        true_mean=float(asked.score.mean()),
        true_mean_by_queue=by_queue,
        true_nps=float(100 * (fans - critics)),
        response_rates=RESPONSE,
        message_lift=message_lift,
        better_way="短信",
        worse_overall="短信",
    )

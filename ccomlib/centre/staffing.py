"""人手：班上的人怎样一步步变成在岗的人，排班师要几人、排了几人，会两样的人接了什么？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrivals import online_seconds
from .attendance import Shifted
from .columns import moment, number, whole, words
from .demand import HALF_HOUR
from .people import SKILLS
from .registry import table
from .rota import BREAK, MEAL, MEET, ONLINE, OTHER, OUT, QUARTERS, TRAIN
from .text import SLOTS, labels
from .truth import QUEUES

__all__ = ["plan_interval", "planned_heads", "skill_interval", "staff_chain", "staff_interval"]

SLOT_COLUMNS = (moment("日期", "哪一天"), words("时段", "半小时的开始时刻，如 08:30"))


def planned_heads(shifted: Shifted) -> np.ndarray:
    """班表排好、小休用餐上课都扣掉以后，各格平均几人接各队列，形状 (天, 48, 4)。"""
    plan, rota = shifted.planned, shifted.rota
    first = np.searchsorted(rota.day, np.arange(len(rota.days)))
    heads = [np.add.reduceat(plan == q, first, axis=0, dtype=np.int64) for q in range(len(QUEUES))]
    return np.stack(heads, axis=2).reshape(len(rota.days), 48, 2, len(QUEUES)).mean(axis=2)


@table(
    "时段计划",
    "队列 × 半小时，208 天（2025-01-01 至 07-27）",
    key=("日期", "时段", "队列"),
    columns=(
        *SLOT_COLUMNS,
        words("队列", "咨询、报修、订单、投诉"),
        number("预测量", "事先预测的来电", "通"),
        number("预测处理时长", "事先预测的平均处理时长", "秒/通"),
        whole("需求人数", "照预测要几人同时在线，每小时定一次", "人"),
        number("计划人数", "班表排几人在线接这个队列；小休、用餐、上课已经扣掉", "人"),
    ),
)
def plan_interval(shifted: Shifted, shifted_next: Shifted) -> pd.DataFrame:
    """排班师事先的预测与班表排出来的人；请假、迟到、周会他都不知道。"""
    both = shifted, shifted_next
    date = np.concatenate([one.rota.days.date for one in both]).astype("datetime64[us]")
    day, slot, queue = np.unravel_index(np.arange(len(date) * 48 * 4), (len(date), 48, 4))

    def stack(parts: list[np.ndarray]) -> np.ndarray:
        return np.concatenate([part.ravel() for part in parts])

    return pd.DataFrame(
        {
            "日期": date[day],
            "时段": labels(SLOTS, slot),
            "队列": labels(QUEUES, queue),
            "预测量": np.round(stack([one.forecast.calls for one in both]), 1),
            "预测处理时长": np.round(stack([one.forecast.aht for one in both]), 1),
            "需求人数": stack([one.forecast.need for one in both]),
            "计划人数": stack([planned_heads(one) for one in both]),
        }
    )


@table(
    "时段人力",
    "半小时，208 天（2025-01-01 至 07-27）",
    key=("日期", "时段"),
    columns=(
        *SLOT_COLUMNS,
        number("班上人数", "班表上这个时段在班的人，含后来请假的", "人"),
        number("用餐", "计划里在用餐的人", "人"),
        number("小休", "计划里在小休的人", "人"),
        number("培训", "计划里在上课的人", "人"),
        number("其他", "人手宽裕，计划里去做线下的活的人", "人"),
        number("计划在线", "= 班上人数 − 用餐 − 小休 − 培训 − 其他", "人"),
        number("缺勤", "计划在线的里面请假没有来的人", "人"),
        number("会议", "被叫去开周会的人", "人"),
        number("错位", "迟到、小休错开少掉的人，减去取消上课多出来的人", "人"),
        number("在线", "= 计划在线 − 缺勤 − 会议 − 错位；四个队列合计", "人"),
    ),
)
def staff_interval(shifted: Shifted, shifted_next: Shifted) -> pd.DataFrame:
    """从班表上的人到在线的人，一步一步少在哪里；各数都是半小时里的平均。"""
    parts = [staff_chain(shifted), staff_chain(shifted_next)]
    return pd.concat(parts, ignore_index=True)


def staff_chain(shifted: Shifted) -> pd.DataFrame:
    """从班上的人到在线的人；排进计划的周会（只有重演里有）算在培训里。"""
    plan, rota = shifted.planned, shifted.rota
    days = rota.days
    first = np.searchsorted(rota.day, np.arange(len(days)))

    def heads(here: np.ndarray) -> np.ndarray:
        quarters = np.add.reduceat(here, first, axis=0, dtype=np.int64)
        return quarters.reshape(-1, 2).mean(axis=1)

    online = plan < ONLINE
    absent = heads(online & ~rota.came[:, None])
    planned = heads(online)
    present = online_seconds(shifted.windows, len(days)).sum(axis=2).ravel() / HALF_HOUR
    known = heads((plan == MEET) & rota.came[:, None])
    meeting = _meeting(shifted) - known
    present, meeting = np.round(present, 2), np.round(meeting, 2)
    day, slot = np.divmod(np.arange(len(days) * QUARTERS // 2), QUARTERS // 2)
    return pd.DataFrame(
        {
            "日期": days.date.astype("datetime64[us]")[day],
            "时段": labels(SLOTS, slot),
            "班上人数": heads(plan != OUT),
            "用餐": heads(plan == MEAL),
            "小休": heads(plan == BREAK),
            "培训": heads((plan == TRAIN) | (plan == MEET)),
            "其他": heads(plan == OTHER),
            "计划在线": planned,
            "缺勤": absent,
            "会议": meeting,
            "错位": np.round(planned - absent - meeting - present, 2),
            "在线": present,
        }
    )


def _meeting(shifted: Shifted) -> np.ndarray:
    """各格平均几人在开会。"""
    here = shifted.mark == MEET
    start, end = shifted.start[here], shifted.end[here]
    size = len(shifted.rota.days) * QUARTERS // 2
    slot = start // 1800
    inside = np.minimum(end, (slot + 1) * 1800) - start
    seconds = (
        np.bincount(slot, inside, size)
        + np.bincount(slot + 1, end - start - inside, size + 1)[:size]
    )
    return seconds / HALF_HOUR


@table(
    "时段技能",
    "技能 × 半小时，28 天（2025-06-30 至 07-27）",
    key=("日期", "时段", "技能"),
    columns=(
        *SLOT_COLUMNS,
        words("技能", "能接的队列，第一个是主技能，见 agents"),
        whole("可用人数", "班表上这个时段能在线的人", "人"),
        *(whole(f"接{queue}", f"派去接{queue}的人", "人") for queue in QUEUES),
        whole("线下", "派去做线下的活的人", "人"),
    ),
)
def skill_interval(shifted_next: Shifted) -> pd.DataFrame:
    """每半小时，各技能的人派去接哪个队列；四分之三的人会两样，哪边紧就接哪边。

    可用人数是这半小时里至少有一刻钟能在线的人。22:00 至 08:00 值守的人不分技能。
    """
    share = shifted_next.share
    date = shifted_next.rota.days.date.astype("datetime64[us]")
    day, slot, skill = np.unravel_index(np.arange(share[..., 0].size), share.shape[:3])
    flat = share.reshape(-1, share.shape[3])
    return pd.DataFrame(
        {
            "日期": date[day],
            "时段": labels(SLOTS, slot),
            "技能": labels(SKILLS, skill),
            "可用人数": flat.sum(axis=1),
            **{f"接{queue}": flat[:, i] for i, queue in enumerate(QUEUES)},
            "线下": flat[:, -1],
        }
    )

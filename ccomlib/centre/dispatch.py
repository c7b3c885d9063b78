"""派谁接哪个队列：每半小时，会两样的人签进缺人的那个队列，人多了就去做线下的活。"""

from __future__ import annotations

import numpy as np

from .people import PRIMARY, SKILL_QUEUES, SKILLS, Staff
from .rota import ONLINE, OTHER, Rota
from .truth import QUEUES

__all__ = ["ALL_SKILLS", "SHOWS_UP", "assign", "targets"]

COUNT = len(QUEUES)
SLOTS_A_DAY = 48
# 排班师按九成多的人会在线来排：请假、迟到、小休错开
SHOWS_UP = 0.92
# 22:00 至 08:00 值守的人少，不分技能，四个队列一起接
ALL_SKILLS = np.r_[0:16, 44:48]
MOST_MOVES = 120
SLOTS_A_BLOCK, STEP = 4, 5


def targets(need: np.ndarray) -> np.ndarray:
    """计划在线要排到几人：需求人数除以会在线的比例，进一；形状与 ``need`` 相同。"""
    return np.ceil(np.round(need / SHOWS_UP, 6)).astype(np.int64)


def assign(
    rota: Rota, staff: Staff, plan: np.ndarray, goal: np.ndarray, *, flexible: bool = True
) -> np.ndarray:
    """把计划里在线的一刻钟定下接哪个队列，多出来的人做线下的活；就地改 ``plan``。

    Parameters
    ----------
    plan : 形状 (人天, 96)，见 ``rota.grid``。
    goal : 各队列要排到几人，形状 (天, 48, 4)。
    flexible : 会两样的人能不能接副技能；不能的话白天各接各的主技能。

    Returns
    -------
    ndarray
        各格各技能派到各处的人数，形状 (天, 48, 8, 5)；最后一列是线下。
    """
    online = (plan == ONLINE).reshape(len(rota), SLOTS_A_DAY, 2)
    ready = online.any(axis=2)
    skill = staff.skill[rota.agent]
    group = rota.day * len(SKILLS) + skill
    # 各人在各天的次序：每天轮换，否则总是同一个人去接副技能
    turn = (rota.agent * 37 + rota.day * 101) % 997
    order = np.lexsort((turn, group))
    count = np.cumsum(ready[order], axis=0, dtype=np.int32)
    first = np.flatnonzero(np.append(True, np.diff(group[order]) > 0))
    size = np.diff(np.append(first, len(order)))
    base = np.vstack([np.zeros((1, SLOTS_A_DAY), np.int32), count])[first]
    rank = np.empty((len(rota), SLOTS_A_DAY), dtype=np.int32)
    rank[order] = count - np.repeat(base, size, axis=0) - 1

    days = len(rota.days)
    heads = np.zeros((days * len(SKILLS), SLOTS_A_DAY), dtype=np.int64)
    heads[group[order][first]] = np.vstack([base[1:], count[-1:]]) - base
    heads = heads.reshape(days, len(SKILLS), SLOTS_A_DAY).transpose(0, 2, 1)
    share = _balance(heads.reshape(-1, len(SKILLS)), goal.reshape(-1, COUNT), flexible)
    share = share.reshape(days, SLOTS_A_DAY, len(SKILLS), COUNT + 1)

    edge = np.cumsum(share, axis=3)[rota.day, :, skill]
    # 每两小时换一批人去做线下的活、去接副技能，免得总是同几个人
    heads = np.maximum(edge[:, :, -1], 1)
    rank = (rank + np.arange(SLOTS_A_DAY) // SLOTS_A_BLOCK * STEP) % heads
    code = (rank[:, :, None] >= edge[:, :, :COUNT]).sum(axis=2)
    code = np.where(code == COUNT, OTHER, code).astype(plan.dtype)
    plan[online.reshape(plan.shape)] = np.repeat(code, 2, axis=1)[online.reshape(plan.shape)]
    return share


def _balance(heads: np.ndarray, goal: np.ndarray, flexible: bool) -> np.ndarray:
    """每格各技能各有几人 → 派到四个队列与线下各几人，形状 (格, 8, 5)。

    先都接主技能，再一个一个从最宽裕的队列挪到最紧的，直到挪了不会更匀；
    超过要排的人数的去做线下的活。
    """
    cells = len(heads)
    share = np.zeros((cells, len(SKILLS), COUNT), dtype=np.int64)
    share[:, np.arange(len(SKILLS)), PRIMARY] = heads
    slot = np.arange(cells) % SLOTS_A_DAY
    anyone = np.isin(slot, ALL_SKILLS)
    skills = SKILL_QUEUES if flexible else PRIMARY[:, None] == np.arange(COUNT)
    left = np.arange(cells)
    for _ in range(MOST_MOVES):
        now, want = share[left], goal[left]
        staffed = now.sum(axis=1)
        rich = (staffed - 1) / want
        poor = (staffed + 1e-9) / want
        able = skills[None] | anyone[left][:, None, None]
        # 从队列 d 拿得出人给队列 r：有人在 d、又能接 r
        can = np.einsum("ckd,ckr->cdr", (now > 0).astype(np.int8), able.astype(np.int8)) > 0
        better = can & (rich[:, :, None] > poor[:, None, :])
        # 人手够的队列不再要人
        better &= (staffed < want)[:, None, :]
        receiver_ready = better.any(axis=1)
        moving = receiver_ready.any(axis=1)
        if not moving.any():
            break
        left, now, poor, rich = left[moving], now[moving], poor[moving], rich[moving]
        better, able = better[moving], able[moving]
        row = np.arange(len(left))
        to = np.where(receiver_ready[moving], poor, np.inf).argmin(axis=1)
        giver = np.where(better[row, :, to], rich, -np.inf).argmax(axis=1)
        from_group = np.where(able[row, :, to], now[row, :, giver], 0).argmax(axis=1)
        share[left, from_group, giver] -= 1
        share[left, from_group, to] += 1
    spare = np.maximum(share.sum(axis=1) - goal, 0)
    total = np.maximum(share.sum(axis=1), 1)
    out = np.diff(
        np.rint(np.round(np.cumsum(share, axis=1) * (spare / total)[:, None, :], 6)),
        axis=1,
        prepend=0,
    ).astype(np.int64)
    return np.concatenate([share - out, out.sum(axis=2, keepdims=True)], axis=2)

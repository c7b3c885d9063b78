"""接得怎么样：来了这么多电话、有这么多人在岗，多少人等得到？"""

from __future__ import annotations

import numpy as np

__all__ = ["HALF_HOUR", "planned_agents", "queue_performance"]

HALF_HOUR = 1800.0
TARGET = 20.0


def planned_agents(load: np.ndarray) -> np.ndarray:
    """排班师按平方根规则排的人数：负荷加一份安全余量，至少 2 人。

    Parameters
    ----------
    load : 话务负荷（爱尔兰）= 呼入量 × 平均处理时长 / 1800。

    Notes
    -----
    N = ⌈a + 1.0·√a⌉；余量系数 1.0 大致对应 20 秒 85% 的服务水平（Halfin 与 Whitt 1981 的平方根规则）。
    """
    return np.maximum(np.ceil(load + np.sqrt(load)), 2).astype(np.int64)


def queue_performance(
    calls: np.ndarray, aht: np.ndarray, agents: np.ndarray, patience: float
) -> tuple[np.ndarray, np.ndarray]:
    """Erlang A：20 秒内接起的比例与放弃的比例（分母都是呼入量）。

    Parameters
    ----------
    calls : 半小时呼入量。
    aht : 平均处理时长（秒）。
    agents : 在岗人数，至少 1。
    patience : 平均耐心（秒）。

    Returns
    -------
    tuple of ndarray
        20 秒接起率、放弃率；形状与 ``calls`` 相同。

    Notes
    -----
    虚拟等待的密度 v(x) = λ·p·exp(λ(1−e^{−θx})/θ − Nμx)，p 是恰有 N−1 人通话的概率；
    接起率 = 不用等的概率 + ∫ v(x)·e^{−θx} dx。
    20 秒以内的积分用 8 点高斯求积；到无穷的积分展开成各项为正的级数。

    课程工具 ``ccomlib.erlang.performance`` 给出同样的数；这里不用它，是为了不载入 scipy，
    也为了工具改版时数据的字节不变。

    References
    ----------
    Palm (1957)；Mandelbaum 与 Zeltyn (2007), Service engineering in action。

    Examples
    --------
    >>> level, lost = queue_performance(np.array([100]), np.array([180]), np.array([12]), 120)
    >>> print(round(float(lost[0]), 4))
    0.0616
    """
    rate = np.maximum(calls, 1e-9) / HALF_HOUR
    load = rate * aht
    served = agents / aht
    leave = 1.0 / patience

    # 各状态概率都以“恰有 N−1 人通话”为 1；按人数从多到少排，递推时只动还没算完的前一段
    order = np.argsort(-agents, kind="stable")
    sorted_load, sum_below = load[order], np.ones(load.shape)
    unfinished = np.searchsorted(-agents[order], -np.arange(agents.max() + 1), side="right")
    for busy in range(1, int(agents.max())):
        part = slice(0, unfinished[busy + 1])
        sum_below[part] = 1 + sum_below[part] * busy / sorted_load[part]
    below = np.empty(load.shape)
    below[order] = sum_below

    offered = rate / leave
    spare = served / leave
    delay = _series(offered, spare) * rate / leave
    patient = _series(offered, spare + 1) * rate / leave
    total = below + delay
    answered = (below + patient) / total

    nodes, weights = np.polynomial.legendre.leggauss(8)
    quick = np.zeros(load.shape)
    for node, weight in zip((nodes + 1) * TARGET / 2, weights * TARGET / 2, strict=True):
        decay = np.exp(-leave * node)
        quick += weight * rate * decay * np.exp(offered * (1 - decay) - served * node)
    level = (below + quick) / total
    return np.clip(level, 0, 1), np.clip(1 - answered, 0, 1)


def _series(x: np.ndarray, s: np.ndarray) -> np.ndarray:
    """∫ exp(x(1−u))·u^{s−1} du（0 到 1）= Σ x^k / (s(s+1)…(s+k))。"""
    term = 1.0 / s
    total, below = term.copy(), np.empty_like(term)
    for k in range(1, 2000):
        # 就地算，省下每一轮的临时数组
        term *= x
        term /= np.add(s, k, out=below)
        total += term
        if k % 8 == 0 and (term <= 1e-9 * total).all():
            break
    return total

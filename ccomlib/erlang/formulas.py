"""排队公式：人数、话务量、耐心给定后，多少人要等，等多久，多少人放弃？

一切函数按元素计算；人数可以不是整数（Gamma 函数把爱尔兰公式延拓到实数）。
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

__all__ = ["Measures", "conditional_wait", "inverse_b", "inverse_b_whole", "log_growth", "measures"]

# 离均值 4.5 个标准差以外 scipy 的不完全 Gamma 会下溢或截断，那里连分式 40 项即足 14 位
FAR = 20.0
TERMS = 40
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188)


class Measures(NamedTuple):
    """一组排队指标，各为浮点数组。"""

    occupancy: np.ndarray
    wait_probability: np.ndarray
    service_level: np.ndarray
    mean_wait: np.ndarray
    asa: np.ndarray
    abandonment: np.ndarray


def measures(n, load, aht, target, patience, definition: str, *, with_asa: bool = True) -> Measures:
    """指标全表；各参数为同形数组，patience 为 None 时用 Erlang C。

    Erlang C 里人数不多于话务量的行取极限：服务水平 0、等待无穷长、占用率 1。
    """
    out = Measures(*(np.zeros(n.shape) for _ in Measures._fields))
    out.service_level[load == 0] = 1.0
    stuck = (load > 0) & ((n <= load) if patience is None else (n == 0))
    out.wait_probability[stuck] = 1.0
    out.asa[stuck] = np.inf
    if patience is None:
        out.occupancy[stuck] = 1.0
        out.mean_wait[stuck] = np.inf
    else:
        out.abandonment[stuck] = 1.0
        out.mean_wait[stuck] = patience[stuck]
    rows = np.flatnonzero((load > 0) & ~stuck)
    if patience is None:
        found = _erlang_c(n[rows], load[rows], aht[rows], target[rows])
    else:
        found = _erlang_a(
            n[rows], load[rows], aht[rows], target[rows], patience[rows], definition, with_asa
        )
    for column, values in zip(out, found, strict=True):
        column[rows] = values
    return out


def _erlang_c(n, load, aht, target) -> Measures:
    idle = (n - load) / n
    wait = 1 / (1 + idle * (inverse_b(n, load) - 1))
    gap = (n - load) / aht
    asa = wait / gap
    level = 1 - wait * np.exp(-gap * target)
    return Measures(load / n, wait, level, asa, asa, np.zeros(n.shape))


def _erlang_a(n, load, aht, target, patience, definition, with_asa) -> Measures:
    # 单位取“一个耐心”：s 是服务能力，x 是来电，y 是目标秒数后还在等的人的来电
    s, x = n * patience / aht, load * patience / aht
    limit = target / patience
    y = x * np.exp(-limit)
    log_x, log_y = log_growth(s, x), log_growth(s, y)
    wait = 1 / (1 + np.exp(-log_x) * (inverse_b(n, load) - 1))
    served = -s / x * np.expm1(-log_x)
    given_up = np.clip(1 - served, 0, 1)
    beyond = np.exp(np.minimum(-x * np.expm1(-limit) - s * limit + log_y - log_x, 0))
    late = -s / x * beyond * np.expm1(-log_y)
    answered = (1 - wait) + wait * served
    in_time = np.clip(1 - wait * (given_up + late), 0, 1)
    if definition == "of_offered":
        level = in_time
    elif definition == "of_answered":
        level = in_time / answered
    elif definition == "wait_within":
        level = 1 - wait * beyond
    else:
        short = np.clip(given_up + late - beyond * np.exp(-limit), 0, None)
        level = in_time / (1 - wait * short)
    asa = np.zeros(n.shape)
    if with_asa:
        asa = wait * served / answered * conditional_wait(s, x) * patience
    return Measures(
        load * answered / n,
        wait,
        np.clip(level, 0, 1),
        wait * given_up * patience,
        asa,
        wait * given_up,
    )


def inverse_b(n, load) -> np.ndarray:
    """爱尔兰 B 的倒数 1/B(n, a) = Γ(n+1, a) / (aⁿ e⁻ᵃ)，n 为实数；过大处封顶 1e300。"""
    from scipy.special import gammaincc

    n, load = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(load, dtype=float))
    out = np.empty(n.shape)
    far = (load > n) & ((load - n) ** 2 > FAR * (n + 1))
    m, a = n[far], load[far]
    tail = a - m + 2 * TERMS
    for j in range(TERMS, 0, -1):
        tail = a - m + 2 * (j - 1) + np.where(j <= m + 1, j * (m + 1 - j) / tail, 0)
    out[far] = a / tail
    m, a = n[~far], load[~far]
    out[~far] = np.exp(np.minimum(np.log(gammaincc(m + 1, a)) - _log_poisson(m, a), 690))
    return out


def inverse_b_whole(n, load) -> np.ndarray:
    """同 ``inverse_b``，n 为正整数的一列：1/B_k = 1 + k/a · 1/B_{k−1}，从 k = 0 递推，几百以内更快。"""
    order = np.argsort(-n, kind="stable")
    rising, per_load = n[order], 1 / load[order]
    inverse = np.ones(n.shape)
    # 按人数从多到少排，第 k 步只动还没递推到 n 的前一段
    counts = np.searchsorted(-rising, -np.arange(1, int(rising[0]) + 1), side="right")
    for k, count in enumerate(counts, start=1):
        part = inverse[:count]
        part *= per_load[:count]
        part *= k
        part += 1
    out = np.empty(n.shape)
    out[order] = inverse
    return out


def log_growth(s, x) -> np.ndarray:
    """ln M(1; s+1; x) = ln Σ xᵏ/((s+1)…(s+k))：队列里各长度的概率之和相对于空队列。"""
    from scipy.special import gammainc

    out = np.empty(s.shape)
    far = (s > x) & ((s - x) ** 2 > FAR * x)
    t, z = s[far], x[far]
    tail = t - z + TERMS
    for j in range(TERMS, 0, -1):
        tail = t - z + (j - 1) + j * z / tail
    out[far] = np.log(t / tail)
    t, z = s[~far], x[~far]
    out[~far] = np.log(gammainc(t, z)) - _log_poisson(t, z)
    return np.maximum(out, 0)


def _log_poisson(n, a) -> np.ndarray:
    """ln(aⁿ e⁻ᵃ / Γ(n+1))；n 大时按 Loader 的鞍点式，免去大数相减。"""
    from scipy.special import gammaln

    large = n >= 16
    m = np.where(large, n, 16.0)
    stirling = sum(c / m ** (2 * k + 1) for k, c in enumerate(STIRLING))
    saddle = -m * _excess(a / m) - stirling - 0.5 * np.log(2 * np.pi * m)
    return np.where(large, saddle, n * np.log(a) - a - gammaln(n + 1))


def _excess(ratio) -> np.ndarray:
    """d − ln(1+d)，d = ratio − 1；d 近 0 时用 atanh 级数。"""
    d = ratio - 1
    near = np.abs(d) < 0.1
    r = np.where(near, d / (2 + d), 0)
    odd = sum(r ** (2 * k) / (2 * k + 3) for k in range(8))
    return np.where(near, r * d - 2 * r**3 * odd, d - np.log(ratio))


def conditional_wait(s, x) -> np.ndarray:
    """等过且最终接通的人平均等多久（单位：一个耐心）。

    等待密度 ∝ exp(x(1−e⁻ᵛ) − (s+1)v) 是对数凹的；在峰值两侧各降 e⁴⁵ 的区间上做
    高斯求积。
    """
    peak = np.log(np.maximum(x / (s + 1), 1))
    p = x * np.exp(-peak)
    q = np.maximum(s + 1 - p, 0)
    half = q - 22.5
    right = (np.sqrt(half**2 + 90 * (p + q)) - half) / (p + q)
    left = np.sqrt(90 / p)
    for _ in range(4):
        left = np.log1p(left + 45 / p)
    left = np.minimum(left, peak)
    total, moment = np.zeros(s.shape), np.zeros(s.shape)
    for node, weight in zip(*_gauss(), strict=True):
        v = -left + (left + right) * node
        density = weight * np.exp(-p * (np.expm1(-v) + v) - q * v)
        total += density
        moment += density * v
    return peak + moment / total


@lru_cache(maxsize=1)
def _gauss() -> tuple[list[float], list[float]]:
    nodes, weights = np.polynomial.legendre.leggauss(40)
    return ((nodes + 1) / 2).tolist(), weights.tolist()

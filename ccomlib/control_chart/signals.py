"""找信号：哪些点触发了哪条规则，在哪一侧？"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from .rules import Rule

__all__ = ["SIDES", "hits_table", "scan"]

SIDES = ("上", "下", "升", "降", "")
# 浮点误差以内算正好在线上，以各点的 σ 为单位
TINY = 1e-9


def scan(
    z: np.ndarray, values: np.ndarray, sigma: np.ndarray, rules: tuple[Rule, ...]
) -> Iterator[tuple[int, str, np.ndarray]]:
    """逐条规则、逐侧给出（第几条，方向，各点是否触发），沿最后一轴判。

    同侧、区域、超限看 z；趋势与交替看画出来的数值 ``values``，相差不到 TINY·σ 算相等。
    """
    steps = None
    for number, rule in enumerate(rules):
        if rule.kind in {"trend", "alternating"}:
            if steps is None:
                move = np.diff(values, axis=-1)
                tie = TINY * np.broadcast_to(sigma, values.shape)[..., 1:]
                steps = move > tie, move < -tie
            yield from _moves(number, rule, values.shape, *steps)
            continue
        if rule.kind == "hugging":
            yield number, "", _all(np.abs(z) < rule.sigma - TINY, rule.points)
        elif rule.kind == "mixture":
            yield number, "", _all(np.abs(z) > rule.sigma + TINY, rule.points)
        else:
            limit = rule.sigma + TINY
            for side, outside in (("上", z > limit), ("下", z < -limit)):
                yield number, side, _some(outside, rule.points, rule.of)


def _moves(
    number: int, rule: Rule, shape: tuple[int, ...], up: np.ndarray, down: np.ndarray
) -> Iterator[tuple[int, str, np.ndarray]]:
    if rule.kind == "trend":
        for side, step in (("升", up), ("降", down)):
            found = np.zeros(shape, dtype=bool)
            found[..., 1:] = _all(step, rule.points - 1)
            yield number, side, found
    else:
        turn = (up[..., :-1] & down[..., 1:]) | (down[..., :-1] & up[..., 1:])
        found = np.zeros(shape, dtype=bool)
        found[..., 2:] = _all(turn, rule.points - 2)
        yield number, "", found


def _some(outside: np.ndarray, points: int, of: int) -> np.ndarray:
    """最后一点在外，且最近 of 点里至少 points 点在外；还没有 of 点时窗口不全，不判。"""
    if points == of:
        return _all(outside, of)
    count = outside.astype(np.uint8)
    for back in range(1, of):
        count[..., back:] += outside[..., :-back]
    found = outside & (count >= points)
    found[..., : of - 1] = False
    return found


def _all(yes: np.ndarray, points: int) -> np.ndarray:
    """最近 points 点全是真；窗口逐次加倍，几步就够。"""
    held, length = yes.copy(), 1
    while length < points:
        step = min(length, points - length)
        joined = np.zeros_like(held)
        joined[..., step:] = held[..., step:] & held[..., :-step]
        held, length = joined, length + step
    return held


def hits_table(
    values: np.ndarray,
    z: np.ndarray,
    sigma: np.ndarray,
    rules: tuple[Rule, ...],
    labels: pd.Index,
) -> pd.DataFrame:
    """每个（点，规则，方向）一行，按点的先后排。列：序号、点、数值、z、规则、方向、说明。"""
    place, number, side = [], [], []
    for rule, direction, found in scan(z, values, sigma, rules):
        where = np.flatnonzero(found)
        place.append(where)
        number.append(np.full(len(where), rule))
        side.append(np.full(len(where), SIDES.index(direction)))
    place, number, side = (np.concatenate(part) for part in (place, number, side))
    order = np.lexsort((number, place))
    place, number, side = place[order], number[order], side[order]
    return pd.DataFrame(
        {
            "序号": place + 1,
            "点": labels.take(place),
            "数值": values[place],
            "z": z[place],
            "规则": np.array([rule.label for rule in rules], dtype=object)[number],
            "方向": np.array(SIDES, dtype=object)[side],
            "说明": np.array([str(rule) for rule in rules], dtype=object)[number],
        }
    )

"""相关的陷阱：离群点、全距受限、分组与小样本各会怎样骗人？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.coefficients import coefficient
from ccomlib.validation import require_range, same_rows, varies

__all__ = [
    "Groups",
    "corrected_for_range",
    "fragile_points",
    "squeezed",
    "within_groups",
]

FAR = 3.5


@dataclass(frozen=True, eq=False)
class Groups:
    """分组后的相关。"""

    pooled: float
    """各组减去本组平均以后，合起来的 r。"""
    table: pd.DataFrame
    """逐组，列：n、r、斜率；不足 3 对或没有变化的组 r 为空。"""
    labels: np.ndarray


def fragile_points(
    a: np.ndarray, b: np.ndarray, method: str, influence: float
) -> tuple[list[int], float | None]:
    """左右结论的点：去掉一个（或一起去掉远离中位数的几个）后 r 改变不小于 influence。"""
    r = coefficient(a, b, method)
    without_each = _leave_one_out(a, b, method)
    alone = np.flatnonzero(np.isnan(without_each))
    if len(alone):
        return alone[:1].tolist(), None
    fragile = np.flatnonzero(np.abs(without_each - r) >= influence).tolist()
    far = np.flatnonzero((_distance(a) > FAR) | (_distance(b) > FAR))
    for group in (fragile, sorted({*fragile, *far.tolist()})):
        without = _without(a, b, group, method)
        if group and without is not None and abs(without - r) >= influence:
            # 单独放回去也不改变多少的，不算在内
            guilty = [
                i
                for i in group
                if abs(_without(a, b, [j for j in group if j != i], method) - without)
                >= influence / 2
            ]
            return guilty or group, _without(a, b, guilty or group, method)
    return [], None


def squeezed(values: np.ndarray) -> tuple[float, float]:
    """挤在最高或最低一个值上的比例与那个值；不到 5 个不同的值是等级，不算。"""
    if len(np.unique(values)) < 5:
        return 0.0, float(values[0])
    share, value = max(
        (float(np.mean(values == edge)), float(edge)) for edge in (values.min(), values.max())
    )
    return share, value


def corrected_for_range(a: np.ndarray, r: float, whole_sd: float) -> float:
    """Thorndike 情形 2：r·u/√(1 + r²(u²−1))，u = 全体标准差 ÷ 手上标准差。"""
    require_range(whole_sd, "whole_sd", 0, above=True)
    ratio = whole_sd / float(a.std(ddof=1))
    return r * ratio / float(np.sqrt(1 + r * r * (ratio * ratio - 1)))


def within_groups(x: pd.Series, y: pd.Series, group: Any, method: str) -> Groups:
    """各组各算一次，再减去各组平均合起来算一次。"""
    labels = np.asarray(group, dtype=object)
    if labels.shape != (len(x),):
        raise ValueError(f"group 有 {labels.size} 个，数据有 {len(x)} 行：请每行给一个组名。")
    same_rows((str(x.name), x), ("group", group))
    missing = np.flatnonzero(pd.isna(labels))
    if len(missing):
        raise ValueError(f"group 第 {missing[0] + 1} 个是空值：请补上组名，或先删去这一行。")
    frame = pd.DataFrame({"x": x.to_numpy(), "y": y.to_numpy(), "g": labels})
    if method == "spearman":
        frame[["x", "y"]] = frame[["x", "y"]].rank()
    rows = {}
    for name, part in frame.groupby("g", sort=False):
        a, b = x.to_numpy()[part.index], y.to_numpy()[part.index]
        spread = varies(a)
        varied = len(part) >= 3 and spread and varies(b)
        rows[name] = (
            len(part),
            coefficient(a, b, method) if varied else np.nan,
            np.polyfit(a - a.mean(), b, 1)[0] if spread else np.nan,
        )
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["n", "r", "斜率"])
    centred = frame[["x", "y"]] - frame.groupby("g")[["x", "y"]].transform("mean")
    for name in ("x", "y"):
        if not varies(centred[name], frame[name]):
            raise ValueError(f"每一组之内 {name} 都没有变化，分组后算不出相关：请换一种分组。")
    pooled = coefficient(centred["x"].to_numpy(), centred["y"].to_numpy())
    return Groups(pooled=pooled, table=table, labels=labels)


def _without(a: np.ndarray, b: np.ndarray, gone: list[int], method: str) -> float | None:
    """去掉这些点以后的 r；剩得太少或没有变化时为 None。"""
    keep = np.setdiff1d(np.arange(len(a)), gone)
    if len(keep) < 4 or not varies(a[keep]) or not varies(b[keep]):
        return None
    return coefficient(a[keep], b[keep], method)


def _leave_one_out(a: np.ndarray, b: np.ndarray, method: str) -> np.ndarray:
    """各去掉一个点后的 r；去掉后没有变化的为空。名次不重排，只求快而够用。"""
    if method == "spearman":
        from scipy.stats import rankdata

        a, b = rankdata(a), rankdata(b)
    n = len(a)
    a, b = (a - a.mean()) / a.std(), (b - b.mean()) / b.std()
    factor = n / (n - 1)
    var_a = np.maximum(n - a**2 * factor, 0)
    var_b = np.maximum(n - b**2 * factor, 0)
    cross = a @ b - a * b * factor
    usable = (var_a > 1e-9 * n) & (var_b > 1e-9 * n)
    spread = np.sqrt(np.where(usable, var_a * var_b, 1.0))
    return np.where(usable, np.clip(cross / spread, -1, 1), np.nan)


def _distance(values: np.ndarray) -> np.ndarray:
    """离中位数多少个稳健标准差（Iglewicz 与 Hoaglin）。"""
    gap = np.abs(values - np.median(values))
    scale = np.median(gap)
    return np.zeros_like(gap) if scale == 0 else 0.6745 * gap / scale

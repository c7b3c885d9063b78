"""界限：中心线与各点的 σ 从哪里来，用到哪些点上？"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from ccomlib.validation import varies

from .constants import MEDIAN_RANGE, c4, d2_d3

__all__ = [
    "CHARTS",
    "Kind",
    "Limits",
    "attribute_warnings",
    "between_sigma",
    "dispersion_p",
    "estimate",
    "place",
    "place_spread",
]

NORMAL_APPROXIMATION = 5


class Kind(NamedTuple):
    """一种控制图的名字、界限的边与配图。"""

    title: str
    floor: float
    ceiling: float
    companion: str


CHARTS = MappingProxyType(
    {
        "xmr": Kind("XmR 图", -np.inf, np.inf, "mr"),
        "xbar_r": Kind("Xbar-R 图", -np.inf, np.inf, "r"),
        "xbar_s": Kind("Xbar-S 图", -np.inf, np.inf, "s"),
        "p": Kind("p 图", 0, 1, ""),
        "np": Kind("np 图", 0, np.inf, ""),
        "c": Kind("c 图", 0, np.inf, ""),
        "u": Kind("u 图", 0, np.inf, ""),
        "laney_p": Kind("Laney p′ 图", 0, 1, ""),
        "laney_u": Kind("Laney u′ 图", 0, np.inf, ""),
        "mr": Kind("移动极差图", 0, np.inf, ""),
        "r": Kind("极差图", 0, np.inf, ""),
        "s": Kind("标准差图", 0, np.inf, ""),
        "given": Kind("控制图", -np.inf, np.inf, ""),
    }
)


@dataclass(frozen=True)
class Limits:
    """一套界限：由基期算出，可以用到以后的数据上；也可以自己给定标准。

    Parameters
    ----------
    kind : 哪一种图，与函数对应：``"xmr"``、``"xbar_r"``、``"xbar_s"``、``"p"``、``"np"``、
        ``"c"``、``"u"``、``"laney_p"``、``"laney_u"``。
    center : 中心：平均值、平均比例、平均件数。
    sigma : 单个数的 σ（组内）；计数的图不用给。
    sigma_z : Laney 图的 σz；别的图不用给。
    per : u 图按多少个为一份（如每 10000 通）。
    size : 由几个点算出；0 是给定的标准。

    Examples
    --------
    >>> Limits("xmr", 240, 5)
    Limits(kind='xmr', center=240, sigma=5, sigma_z=None, per=1, size=0)
    """

    kind: str
    center: float
    sigma: float | None = None
    sigma_z: float | None = None
    per: float = 1
    size: int = 0

    def __post_init__(self) -> None:
        if self.kind not in CHARTS:
            raise ValueError(f"没有 {self.kind!r} 这种控制图；有：{'、'.join(CHARTS)}。")
        needed = {"xmr": "sigma", "xbar_r": "sigma", "xbar_s": "sigma"}
        needed |= {"laney_p": "sigma_z", "laney_u": "sigma_z"}
        for name in ("center", "sigma", "sigma_z", "per"):
            value = getattr(self, name)
            wanted = name in {"center", "per", needed.get(self.kind)}
            if not wanted and value is None:
                continue
            positive = name != "center"
            if not isinstance(value, int | float | np.number) or not np.isfinite(value):
                raise ValueError(f"界限的 {name} 是 {value!r}，应是一个数。")
            if positive and not value > 0:
                raise ValueError(f"界限的 {name} 是 {value!r}，应大于 0。")
        if self.kind in {"p", "np", "laney_p"} and not 0 < self.center < 1:
            raise ValueError(f"平均比例是 {self.center!r}，应在 0 与 1 之间。")
        if self.kind in {"c", "u", "laney_u"} and not self.center > 0:
            raise ValueError(f"平均件数是 {self.center!r}，应大于 0。")


def estimate(
    kind: str, source: pd.DataFrame, base: np.ndarray, *, per: float = 1, median: bool = False
) -> Limits:
    """由基期各点算界限。"""
    size = int(base.sum())
    if kind == "xmr":
        return Limits(kind, *_from_moving_range(source["值"], base, median), size=size)
    if kind in {"xbar_r", "xbar_s"}:
        return Limits(kind, *_from_spread(kind, source[base]), size=size)
    center = _rate(kind, source[base])
    if kind not in {"laney_p", "laney_u"}:
        return Limits(kind, center, per=per, size=size)
    plain = Limits(kind.removeprefix("laney_"), center, per=per, size=size)
    sigma_z = between_sigma(plain, source, base)
    values, _, sigma = place(plain, source)
    if not varies([0.0, sigma_z], values / sigma):
        raise ValueError("基期各点的 z 完全一样，算不出 σz：请检查数据，或换普通的 p 图、u 图。")
    return Limits(kind, center, sigma_z=sigma_z, per=per, size=size)


def between_sigma(plain: Limits, source: pd.DataFrame, base: np.ndarray) -> float:
    """σz：相邻两点 z 之差的平均 ÷ 1.128；1 是没有额外的波动。"""
    values, center, sigma = place(plain, source)
    return float(moving_range((values - center) / sigma, base).mean() / d2_d3(2)[0])


def dispersion_p(plain: Limits, source: pd.DataFrame, base: np.ndarray) -> float:
    """只有抽样波动时，Σz² 会有这么大的概率（卡方，自由度 点数 − 1）。"""
    from scipy.special import chdtrc

    values, center, sigma = place(plain, source)
    z = ((values - center) / sigma)[base]
    return float(chdtrc(len(z) - 1, np.square(z).sum()))


def moving_range(values: np.ndarray, base: np.ndarray) -> np.ndarray:
    """基期里前后相邻两点之差的绝对值；中间隔着剔除的点不算。"""
    found = np.abs(np.diff(values))[base[1:] & base[:-1]]
    if not len(found):
        raise ValueError("基期里没有相邻的两点，算不出移动极差：请至少给两个相邻的点。")
    return found


def place(limits: Limits, source: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """把界限用到各点上：（画的数值，中心线，各点的 σ）。"""
    return PLACE[limits.kind](limits, source)


def _from_moving_range(values: pd.Series, base: np.ndarray, median: bool) -> tuple[float, float]:
    y = values.to_numpy()
    ranges = moving_range(y, base)
    sigma = float(np.median(ranges) / MEDIAN_RANGE if median else ranges.mean() / d2_d3(2)[0])
    if not varies([0.0, sigma], y[base]):
        how = "一半以上的相邻两点相等" if varies(y[base]) else "每个点都一样"
        raise ValueError(f"基期没有波动（{how}），算不出界限：请换一段有波动的数据。")
    return float(y[base].mean()), sigma


def _from_spread(kind: str, part: pd.DataFrame) -> tuple[float, float]:
    """各组的 R 或 S 除以 d2、c4 再加权平均；各组一样大时就是 R̄/d2、S̄/c4。"""
    sizes, spread = part["n"].to_numpy(), part["离散"].to_numpy()
    unit, noise = _spread_constants(kind, sizes)
    weight = np.square(unit / noise)
    sigma = float((weight * spread / unit).sum() / weight.sum())
    center = float((sizes * part["值"]).sum() / sizes.sum())
    if not varies([0.0, sigma], part["值"]):
        raise ValueError("每组里的数都一样，算不出组内的 σ：请检查数据，或改用 xmr 看各组的平均。")
    return center, sigma


def _spread_constants(kind: str, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """每组 R 或 S 的平均与标准差，以 σ 为单位。"""
    distinct, where = np.unique(sizes.astype(int), return_inverse=True)
    if kind in {"xbar_r", "r"}:
        pairs = np.array([d2_d3(int(n)) for n in distinct])
    else:
        means = np.array([c4(int(n)) for n in distinct])
        pairs = np.column_stack([means, np.sqrt(1 - means**2)])
    return pairs[where, 0], pairs[where, 1]


def _rate(kind: str, part: pd.DataFrame) -> float:
    total = float(part["件"].sum())
    if total == 0:
        raise ValueError("基期一件也没有，算不出界限：请加长每期的时间，让每期都数得到几件。")
    if kind == "c":
        return total / len(part)
    rate = total / float(part["n"].sum())
    if kind in {"p", "np", "laney_p"} and rate == 1:
        raise ValueError("基期每一件都是，比例是 1，算不出界限：请检查数数的口径。")
    return rate


Placed = tuple[np.ndarray, np.ndarray, np.ndarray]


def _place_values(limits: Limits, source: pd.DataFrame) -> Placed:
    y = source["值"].to_numpy()
    return y, np.full(len(y), float(limits.center)), np.full(len(y), float(limits.sigma))


def _place_given(limits: Limits, source: pd.DataFrame) -> Placed:
    return tuple(source[column].to_numpy(dtype=float) for column in ("值", "中心", "σ"))


def _place_means(limits: Limits, source: pd.DataFrame) -> Placed:
    y, center, sigma = _place_values(limits, source)
    return y, center, sigma / np.sqrt(source["n"].to_numpy())


def _place_share(limits: Limits, source: pd.DataFrame) -> Placed:
    n, p = source["n"].to_numpy(), limits.center
    sigma = np.sqrt(p * (1 - p) / n) * (limits.sigma_z or 1)
    return source["件"].to_numpy() / n, np.full(len(n), p), sigma


def _place_number(limits: Limits, source: pd.DataFrame) -> Placed:
    n, p = source["n"].to_numpy(), limits.center
    return source["件"].to_numpy(), n * p, np.sqrt(n * p * (1 - p))


def _place_count(limits: Limits, source: pd.DataFrame) -> Placed:
    y = source["件"].to_numpy()
    return y, np.full(len(y), float(limits.center)), np.full(len(y), np.sqrt(limits.center))


def _place_per_unit(limits: Limits, source: pd.DataFrame) -> Placed:
    n = source["n"].to_numpy()
    sigma = np.sqrt(limits.center / n) * (limits.sigma_z or 1)
    return source["件"].to_numpy() / n, np.full(len(n), float(limits.center)), sigma


PLACE: dict[str, Callable[[Limits, pd.DataFrame], Placed]] = {
    "xmr": _place_values,
    "given": _place_given,
    "xbar_r": _place_means,
    "xbar_s": _place_means,
    "p": _place_share,
    "laney_p": _place_share,
    "np": _place_number,
    "c": _place_count,
    "u": _place_per_unit,
    "laney_u": _place_per_unit,
}


def place_spread(limits: Limits, source: pd.DataFrame) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """配图的（数值，中心线，σ）：移动极差从第二点起，极差与标准差每组一个。"""
    if limits.kind == "xmr":
        d2, d3 = d2_d3(2)
        ranges = source["值"].diff().abs().iloc[1:]
        return (
            ranges,
            np.full(len(ranges), d2 * limits.sigma),
            np.full(len(ranges), d3 * limits.sigma),
        )
    unit, noise = _spread_constants(limits.kind, source["n"].to_numpy())
    return source["离散"], unit * limits.sigma, noise * limits.sigma


def attribute_warnings(limits: Limits, source: pd.DataFrame, base: np.ndarray) -> list[str]:
    """计数的图在什么时候不能照直读。"""
    _, center, _ = place(limits, source)
    expected = center if limits.kind in {"np", "c"} else center * source["n"].to_numpy()
    if limits.kind in {"p", "np", "laney_p"}:
        other = source["n"].to_numpy() * (1 - limits.center)
        expected = np.minimum(expected, other)
    found = []
    few = float(expected.mean())
    if few < NORMAL_APPROXIMATION:
        found.append(
            f"平均每期只有 {few:.1f} 件，不到 {NORMAL_APPROXIMATION} 件，"
            "±3σ 只是粗略的近似：把几期合成一期更稳"
        )
    if limits.kind.startswith("laney") or (base[1:] & base[:-1]).sum() < 2:
        return found
    extra = between_sigma(limits, source, base)
    if extra > 1.2 and dispersion_p(limits, source, base) < 0.05:
        other = {"p": "laney_p", "np": "laney_p", "u": "laney_u", "c": "xmr"}[limits.kind]
        found.append(
            f"点与点之间的波动是抽样波动的 {extra:.2f} 倍（σz），界限太窄会报得太多：请用 {other}"
        )
    return found

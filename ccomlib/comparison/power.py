"""样本量与把握：要看出这么大的平均差，各要多少个；只有这些，看得出来吗？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.noncentral import noncentral_tail
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MeanPower", "mean_power", "mean_sample_size"]

MOST = 10_000_000
FARTHEST = 30


@dataclass(frozen=True, eq=False)
class MeanPower(Result):
    """比较两个平均的样本量与检验把握。由 ``mean_sample_size`` 或 ``mean_power`` 得到。"""

    difference: float
    """要看出来的平均差，取绝对值。"""
    sd: float
    """独立两组是组内的标准差，配对是差的标准差。"""
    n1: int
    """第一组几个；配对是几对。"""
    n2: int | None
    """第二组几个；配对为 None。"""
    power: float
    """真有这么大的差时，检验显著的概率（检验功效）。"""
    target: float | None
    """要求的把握；由 ``mean_power`` 得到的为 None。"""
    alpha: float
    tails: int
    ratio: float
    """第二组是第一组的几倍；配对不用。"""

    @property
    def paired(self) -> bool:
        """是不是配对的设计。"""
        return self.n2 is None

    @property
    def effect(self) -> float:
        """差是几个标准差：独立两组是 Cohen d，配对是 dz。"""
        return self.difference / self.sd

    def at(self, n: int) -> float:
        """第一组换成 n 个（n 对）时的把握。"""
        other = None if self.paired else max(2, math.ceil(n * self.ratio))
        return float(_power(self.effect, n, other, self.alpha, self.tails))

    def summary(self) -> pd.DataFrame:
        """差、标准差、各组个数与把握。"""
        name = "dz" if self.paired else "d"
        kind = "差的标准差" if self.paired else "组内标准差"
        rows = [
            ("要看出的平均差", self.difference, "事先定好的、要紧的最小的差"),
            (kind, self.sd, "由往期的数据估计"),
            (f"效应量 {name}", self.effect, "差 ÷ 标准差；0.2 小、0.5 中、0.8 大（Cohen 1988）"),
        ]
        if self.paired:
            rows.append(("几对", self.n1, "同一批对象，一对一个差"))
        else:
            rows += [
                ("第一组", self.n1, "个"),
                ("第二组", self.n2, f"个，第一组的 {self.ratio:g} 倍"),
            ]
        wanted = "" if self.target is None else f"，要求 {self.target:.0%}"
        rows.append(("把握（功效）", self.power, f"真有这么大的差时检验显著的概率{wanted}"))
        return pd.DataFrame(rows, columns=["项目", "数值", "说明"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """把握随个数怎样上升；虚线是要求的把握（没有要求时 80%）。"""
        ax = new_axes(ax)
        goal = 0.8 if self.target is None else self.target
        top = max(2 * self.n1, 12)
        # 现在的个数不够时，画到够的地方，看得出还差多少
        while self.at(top) < goal and top < FARTHEST * self.n1:
            top *= 2
        sizes = np.unique(np.linspace(2, top, 160).astype(int))
        ax.plot(sizes, [self.at(int(n)) for n in sizes], color=COLOURS["main"])
        ax.axhline(goal, color=COLOURS["grey"], linestyle="--", label=f"把握 {goal:.0%}")
        unit = "对" if self.paired else "个"
        ax.plot(
            self.n1,
            self.power,
            "o",
            color=COLOURS["bad"],
            markersize=8,
            label=f"{self.n1:,} {unit}：{self.power:.1%}",
        )
        from matplotlib.ticker import PercentFormatter

        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.set(
            title=f"看出平均差 {self.difference:g}（{self.effect:.2f} 个标准差）的把握",
            xlabel="几对" if self.paired else "第一组的个数",
            ylabel="检验显著的概率",
            ylim=(0, 1.02),
        )
        ax.legend(loc="lower right")
        return ax

    def __str__(self) -> str:
        size = (
            f" {self.n1:,} 对" if self.paired else f"第一组 {self.n1:,} 个、第二组 {self.n2:,} 个"
        )
        side = "双" if self.tails == 2 else "单"
        head = f"平均真差 {self.difference:g}（标准差 {self.sd:g}，{self.effect:.2f} 个标准差）"
        level = f"{side}侧 α = {self.alpha:g}"
        if self.target is None:
            text = f"{head}时，{size.strip()}，{level}，有 {self.power:.1%} 的把握显著"
            if self.power < 0.8:
                text += "：把握不到 80%，不显著多半只是样本少，说不上没有差"
        else:
            text = f"{head}，{level}，要有 {self.target:.0%} 的把握看出来，至少要{size}（实得 {self.power:.1%}）"
        design = (
            "假定各对独立、差近似正态" if self.paired else "假定两组独立、各自近似正态、标准差相同"
        )
        return f"{text}；{design}；差与标准差要事先定，不能拿这一次算出来的差倒推把握。"


def mean_sample_size(
    difference: float,
    sd: float,
    *,
    power: float = 0.8,
    paired: bool = False,
    correlation: float | None = None,
    ratio: float = 1.0,
    alpha: float = 0.05,
    tails: int = 2,
) -> MeanPower:
    """要看出两个平均的差，各要多少个？

    Parameters
    ----------
    difference : 要看出来的平均差（要紧的最小的差），不为 0，正负都可以。
    sd : 标准差：独立两组是组内的；配对是差的，给了 correlation 时是单次的。
    power : 真有这么大的差时，要有多大把握显著；0.8 是通例。
    paired : 同一批对象前后（或两人评同样的录音）为真。
    correlation : 配对时前后两次的相关；给了就由它与单次的标准差算出差的标准差。
    ratio : 独立两组时，第二组是第一组的几倍。
    alpha : 显著性水平。
    tails : 2 双侧，1 单侧。

    Returns
    -------
    MeanPower
        最少的个数与它的把握。

    Raises
    ------
    ValueError
        差为 0，标准差、ratio 不大于 0，power 不大于 alpha，相关不在 −1 与 1 之间，
        或差太小，要一千万个以上。

    Notes
    -----
    非中心 t：独立两组 δ = d·√(n₁n₂/(n₁+n₂))、自由度 n₁+n₂−2；配对 δ = dz·√n、自由度 n−1。
    双侧的把握 = P(T > t) + P(T < −t)。差的标准差 = s·√(2(1 − 相关))。

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences，第 2 章；
    与 R 的 power.t.test(strict = TRUE) 相同。

    Examples
    --------
    >>> mean_sample_size(3, 6).n1, mean_sample_size(3, 6, paired=True).n1
    (64, 34)
    >>> mean_sample_size(3, 6, paired=True, correlation=0.8).n1
    15
    """
    gap, spread = _read(difference, sd, paired, correlation, ratio, alpha, tails)
    goal = float(require_range(power, "power", alpha, 1, above=True, below=True))
    effect = gap / spread

    def enough(n: int) -> bool:
        other = None if paired else max(2, math.ceil(n * ratio))
        return _power(effect, n, other, alpha, tails) >= goal

    if not enough(MOST):
        raise ValueError(
            f"差只有 {effect:.3g} 个标准差，要 {MOST:,} 个以上才看得出来："
            "这么小的差多半不要紧，请重定要看出的差。"
        )
    low, high = 2, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return _result(gap, spread, high, goal, paired, ratio, alpha, tails)


def mean_power(
    difference: float,
    sd: float,
    n: int,
    *,
    paired: bool = False,
    correlation: float | None = None,
    ratio: float = 1.0,
    alpha: float = 0.05,
    tails: int = 2,
) -> MeanPower:
    """只有这些样本，真有这么大的差时看得出来吗？

    Parameters
    ----------
    difference, sd, paired, correlation, ratio, alpha, tails : 同 ``mean_sample_size``。
    n : 第一组的个数；配对是几对。不小于 2。

    Returns
    -------
    MeanPower

    Raises
    ------
    ValueError
        n 不是不小于 2 的整数；其余同 ``mean_sample_size``。

    Notes
    -----
    同 ``mean_sample_size``；把握是事先的：用这一次观察到的差去算，只是 p 值换了个写法。

    References
    ----------
    Hoenig & Heisey (2001), The American Statistician 55: 19–24（为什么不能事后算）。

    Examples
    --------
    >>> round(mean_power(1, 1, 20).power, 4)
    0.869
    """
    gap, spread = _read(difference, sd, paired, correlation, ratio, alpha, tails)
    size = float(require_range(n, "n", 2, MOST))
    if size != math.floor(size):
        raise ValueError(f"n 是 {size:g}，应是整数。")
    return _result(gap, spread, int(size), None, paired, ratio, alpha, tails)


def _read(
    difference: Any,
    sd: Any,
    paired: bool,
    correlation: Any,
    ratio: Any,
    alpha: Any,
    tails: Any,
) -> tuple[float, float]:
    """差的大小与检验用的标准差。"""
    gap = abs(float(require_range(difference, "difference")))
    if gap == 0:
        raise ValueError("difference 是 0，没有差可看：请给要紧的最小的差，如 3 分。")
    spread = float(require_range(sd, "sd", 0, above=True))
    require_range(ratio, "ratio", 0, above=True)
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    if tails not in (1, 2) or isinstance(tails, bool):
        raise ValueError(f"tails 是 {tails!r}，只能是 1（单侧）或 2（双侧）。")
    if paired and ratio != 1:
        raise ValueError("配对的两组一样多：请去掉 ratio。")
    if correlation is None:
        return gap, spread
    if not paired:
        raise ValueError("独立两组没有相关：请去掉 correlation，或 paired=True。")
    r = float(require_range(correlation, "correlation", -1, 1, below=True))
    return gap, spread * math.sqrt(2 * (1 - r))


def _power(effect: float, n1: int, n2: int | None, alpha: float, tails: int) -> float:
    """非中心 t 的把握；单侧是差所在的那一侧。"""
    from scipy.special import stdtrit

    if n2 is None:
        shift, freedom = effect * math.sqrt(n1), n1 - 1
    else:
        shift, freedom = effect * math.sqrt(n1 * n2 / (n1 + n2)), n1 + n2 - 2
    edge = float(stdtrit(freedom, 1 - alpha / tails))
    upper = noncentral_tail(edge, freedom, shift)
    return upper if tails == 1 else upper + noncentral_tail(edge, freedom, -shift)


def _result(
    gap: float,
    spread: float,
    n: int,
    target: float | None,
    paired: bool,
    ratio: float,
    alpha: float,
    tails: int,
) -> MeanPower:
    other = None if paired else max(2, math.ceil(n * ratio))
    return MeanPower(
        difference=gap,
        sd=spread,
        n1=n,
        n2=other,
        power=_power(gap / spread, n, other, alpha, tails),
        target=target,
        alpha=float(alpha),
        tails=int(tails),
        ratio=float(ratio),
    )

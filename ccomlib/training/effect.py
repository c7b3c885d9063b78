"""培训有效吗：同一批人训前训后，提高了多少，学到了可学的几成？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.noncentral import noncentral_interval
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import align_labels, as_series, require_range, varies
from ccomlib.wording import p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PairedEffect", "paired_effect"]

HIGH_GAIN, MEDIUM_GAIN = 0.7, 0.3


@dataclass(frozen=True, eq=False)
class PairedEffect(Result):
    """训前训后的配对效果。由 ``paired_effect`` 得到，不直接构造。"""

    table: pd.DataFrame
    """逐人，列：训前、训后、提高、归一化增益；训前已满分的人没有增益。"""
    mean_pre: float
    mean_post: float
    gain: float
    """平均提高：训后 − 训前。"""
    low: float
    high: float
    sd: float
    """提高的标准差。"""
    t: float
    df: int
    p: float
    """双侧。"""
    d: float
    """dz = 平均提高 ÷ 提高的标准差。"""
    d_low: float
    d_high: float
    normalised: float
    """班级归一化增益 g = (训后平均 − 训前平均) ÷ (满分 − 训前平均)。"""
    full: float
    confidence: float

    @property
    def n(self) -> int:
        """人数。"""
        return len(self.table)

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    @property
    def level(self) -> str:
        """归一化增益的高低：Hake (1998) 以 0.3、0.7 分。"""
        if self.normalised >= HIGH_GAIN:
            return "高"
        return "中" if self.normalised >= MEDIUM_GAIN else "低"

    def summary(self) -> pd.DataFrame:
        """平均、检验、效应量与增益。"""
        level = f"{self.confidence:.0%} 置信区间"
        rows = [
            ("训前平均", self.mean_pre, f"n = {self.n}"),
            ("训后平均", self.mean_post, ""),
            ("平均提高", self.gain, f"标准差 {self.sd:.3g}"),
            ("提高下限", self.low, level),
            ("提高上限", self.high, level),
            ("t", self.t, f"配对，自由度 {self.df}"),
            ("p（双侧）", self.p, "显著" if self.significant else "不显著"),
            ("效应量 dz", self.d, "平均提高 ÷ 提高的标准差"),
            ("dz 下限", self.d_low, level),
            ("dz 上限", self.d_high, level),
            ("归一化增益 g", self.normalised, f"{self.level}（Hake 1998：0.3、0.7 为界）"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """每人一条线，由训前到训后；粗线是平均。"""
        ax = new_axes(ax, figsize=(6.5, 4.5))
        up = self.table["提高"].to_numpy()
        for sign, colour, text in ((1, "main", "提高"), (0, "grey", "没变"), (-1, "bad", "退步")):
            chosen = self.table[np.sign(up) == sign]
            if chosen.empty:
                continue
            lines = ax.plot(
                [0, 1], chosen[["训前", "训后"]].T, color=COLOURS[colour], alpha=0.4, lw=1
            )
            lines[0].set_label(f"{text} {len(chosen)} 人")
        label = f"平均 {self.gain:+.1f} 分"
        ax.plot([0, 1], [self.mean_pre, self.mean_post], "o-", color="black", lw=3, label=label)
        ax.axhline(self.full, color=COLOURS["second"], ls="--", label=f"满分 {self.full:g}")
        ax.set_xticks([0, 1], ["训前", "训后"])
        ax.set(xlim=(-0.2, 1.2), title=f"训前训后（n = {self.n}，g = {self.normalised:.2f}）")
        ax.set_ylabel("得分（分）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        side = "提高" if self.gain >= 0 else "下降"
        text = (
            f"{self.n} 人由 {self.mean_pre:.1f} 到 {self.mean_post:.1f}，平均{side} "
            f"{abs(self.gain):.1f} 分（{self.confidence:.0%} 区间 {self.low:+.1f} 到 {self.high:+.1f}），"
            f"配对 t({self.df}) = {self.t:.2f}，{p_text(self.p)}，dz = {self.d:.2f}，"
            f"归一化增益 g = {self.normalised:.2f}（{self.level}）"
        )
        verdict = "：差异显著" if self.significant else "：不显著，证据不够"
        full = int((self.table["训前"] >= self.full).sum())
        if full:
            verdict += f"；{full} 人训前已满分，测不出他们的提高"
        return (
            text
            + verdict
            + ("；没有对照组，练习、回归平均也会使分数变高，要说是培训的功劳请用双重差分。")
        )


def paired_effect(
    pre: Any, post: Any, *, full: float = 100, confidence: float = 0.95
) -> PairedEffect:
    """同一批人训前训后，提高显著吗，有多大，学到了可学的几成？

    Parameters
    ----------
    pre, post : 训前、训后的得分，一样长、一行一人；都有行标签时要一一对应。
    full : 满分。
    confidence : 区间的置信水平。

    Returns
    -------
    PairedEffect
        平均提高、配对 t、dz 与归一化增益，各带区间。

    Raises
    ------
    ValueError
        长短不一、标签对不上、不足 3 人、空值、超出满分、人人提高一样多、训前全是满分。

    Notes
    -----
    t = d̄ ÷ (s ÷ √n)，dz = d̄ ÷ s，区间由非中心 t 反解；
    g = (训后平均 − 训前平均) ÷ (满分 − 训前平均)。退步的人增益为负，除以的仍是可提高的空间。

    References
    ----------
    Student (1908), Biometrika 6: 1–25；Hake (1998), Am. J. Phys. 66: 64–74（归一化增益）。

    Examples
    --------
    >>> result = paired_effect([60, 70, 65, 80, 75], [78, 82, 70, 92, 80])
    >>> result.gain, round(result.t, 3), round(result.p, 4), round(result.normalised, 3)
    (10.4, 4.225, 0.0134, 0.347)
    """
    from scipy.stats import t as student

    first, second = as_series(pre, "训前（pre）"), as_series(post, "训后（post）")
    if len(first) != len(second):
        raise ValueError(
            f"训前有 {len(first)} 个，训后有 {len(second)} 个：只留两次都考的人，再一一对应。"
        )
    if len(first) < 3:
        raise ValueError(f"只有 {len(first)} 人，至少要 3 人：请增加学员。")
    first.name, second.name = "训前", "训后"
    first, second = align_labels(first, second)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    top = float(require_range(full, "full", 0, above=True))
    for values, name in ((first, "训前（pre）"), (second, "训后（post）")):
        require_range(values, name, high=top)
    gap = second - first
    sd = float(gap.std(ddof=1))
    if not varies(gap, first, second):
        raise ValueError(f"人人都提高 {gap.iloc[0]:g} 分，没有变化，t 检验用不上：请核对数据。")
    room = top - first
    if float(room.mean()) <= 0:
        raise ValueError(f"训前全是满分 {top:g}，没有可提高的余地：题目太容易，请换卷。")
    n = len(gap)
    error = sd / np.sqrt(n)
    t = float(gap.mean() / error)
    half = float(student.isf((1 - confidence) / 2, n - 1)) * error
    ends = noncentral_interval(t, n - 1, confidence)
    return PairedEffect(
        table=pd.DataFrame(
            {"训前": first, "训后": second, "提高": gap, "归一化增益": gap / room.where(room > 0)}
        ),
        mean_pre=float(first.mean()),
        mean_post=float(second.mean()),
        gain=float(gap.mean()),
        low=float(gap.mean() - half),
        high=float(gap.mean() + half),
        sd=sd,
        t=t,
        df=n - 1,
        p=2 * float(student.sf(abs(t), n - 1)),
        d=t / np.sqrt(n).item(),
        d_low=ends[0] / np.sqrt(n).item(),
        d_high=ends[1] / np.sqrt(n).item(),
        normalised=float(gap.mean() / room.mean()),
        full=top,
        confidence=float(confidence),
    )

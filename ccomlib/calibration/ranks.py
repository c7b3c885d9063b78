"""符号秩和：配对的差里有离群、不正态时，哪一边大？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, rounding
from ccomlib.wording import p_text

from .scores import read_two

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SignedRank", "signed_rank"]

ZEROS = {"drop": "差为 0 的去掉再排名次（Wilcoxon）", "pratt": "差为 0 的也排名次，再去掉（Pratt）"}
EXACT = 50
MOST = 5000


@dataclass(frozen=True, eq=False)
class SignedRank(Result):
    """一次 Wilcoxon 符号秩检验。由 ``signed_rank`` 得到。"""

    p: float
    """tails=1 时是观察到的那一侧。"""
    plus: float
    """W⁺：a 大于 b 的各对的名次之和（R 的 V）。"""
    minus: float
    """W⁻：a 小于 b 的各对的名次之和。"""
    z: float | None
    """正态近似（并列已校正、连续性校正）的 z；用精确分布时为 None。"""
    exact: bool
    """p 是不是由精确分布得到。"""
    shift: float
    """差的 Hodges-Lehmann 中位：所有两两平均的中位数，a − b。"""
    low: float
    """shift 的区间；对数太少、给不出这么高的置信水平时是 −inf 与 inf。"""
    high: float
    confidence: float
    effect: float
    """秩双列相关 (W⁺ − W⁻) ÷ (W⁺ + W⁻)，−1 到 1。"""
    n: int
    """几对。"""
    used: int
    """差不为 0 的几对。"""
    ties: int
    """|差| 与别的对相同的几对（不含差为 0 的）。"""
    zeros: str
    tails: int
    names: tuple[str, str]
    table: pd.DataFrame
    """逐对，列：a、b、差、名次（差为 0 的为空）。"""

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    @property
    def how(self) -> str:
        """p 怎样来的。"""
        return "精确分布" if self.exact else "正态近似"

    def summary(self) -> pd.DataFrame:
        """秩和、检验、中位差与效应量。"""
        first, second = self.names
        rows = [
            ("W⁺", self.plus, f"{first}大于{second}的名次之和"),
            ("W⁻", self.minus, f"{first}小于{second}的名次之和"),
            (
                "差不为 0 的对数",
                self.used,
                f"共 {self.n} 对，{self.ties} 对并列；{ZEROS[self.zeros]}",
            ),
            (
                f"p（{'双' if self.tails == 2 else '单'}侧）",
                self.p,
                f"{self.how}，{'显著' if self.significant else '不显著'}",
            ),
            ("中位差", self.shift, f"Hodges-Lehmann，{first} − {second}"),
            ("差的下限", self.low, f"{self.confidence:.0%} 置信区间"),
            ("差的上限", self.high, f"{self.confidence:.0%} 置信区间"),
            ("秩双列相关", self.effect, "−1 到 1，绝对值越大越一边倒"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """各对的差从小到大排开，横带是中位差的区间。"""
        ax = new_axes(ax)
        table = self.table.sort_values("差", kind="stable")
        gap = table["差"].to_numpy()
        x = np.arange(len(gap))
        colours = np.where(gap > 0, COLOURS["main"], COLOURS["bad"])
        colours = np.where(table["名次"].isna(), COLOURS["grey"], colours)
        ax.axhline(0, color=COLOURS["grey"])
        if math.isfinite(self.low):
            label = f"中位差的 {self.confidence:.0%} 区间"
            ax.axhspan(self.low, self.high, color=COLOURS["light"], alpha=0.3, label=label)
        ax.axhline(self.shift, color=COLOURS["main"], label=f"中位差 {self.shift:+.3g}")
        ax.vlines(x, 0, gap, color=COLOURS["grey"], linewidth=1)
        ax.scatter(x, gap, c=colours, zorder=3)
        ax.set_xticks([])
        ax.set(
            title=f"{self.names[0]} − {self.names[1]}：符号秩检验 {p_text(self.p)}",
            xlabel=f"{self.n} 对，按差从小到大",
            ylabel="差（与原数同单位）",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        first, second = self.names
        side = "高" if self.shift > 0 else "低"
        head = (
            f"{first}比{second}{side} {abs(self.shift):.3g}"
            if self.shift
            else f"{first}与{second}差 0"
        )
        width = (
            f"{self.confidence:.0%} 区间 {self.low:+.3g} 到 {self.high:+.3g}"
            if math.isfinite(self.low)
            else f"{self.n} 对太少，给不出 {self.confidence:.0%} 区间"
        )
        text = (
            f"{head}（中位差，{width}）；符号秩 W⁺ = "
            f"{self.plus:g}、W⁻ = {self.minus:g}，{'双' if self.tails == 2 else '单'}侧 "
            f"{p_text(self.p)}（{self.how}）"
        )
        text += "：差异显著" if self.significant else "：差异不显著，只说明证据不够，不等于没有差别"
        dropped = self.n - self.used
        if dropped:
            text += f"；{dropped} 对没有差，{ZEROS[self.zeros].split('（')[0]}"
        least = self.tails * 0.5**self.used
        if self.exact and least >= 1 - self.confidence:
            text += f"；{self.used} 对最小也只能到 {p_text(least)}，对数太少，请多取几对"
        return text + "；假定各对独立、差的分布左右对称，不要求正态。"


def signed_rank(
    a: Any,
    b: Any,
    tails: int = 2,
    *,
    zeros: str = "drop",
    exact: bool | None = None,
    confidence: float = 0.95,
) -> SignedRank:
    """配对的两组哪一边大？差里有离群、明显不正态时，用 Wilcoxon 符号秩检验代替配对 t。

    Parameters
    ----------
    a, b : 同一批录音（同一批人前后）的两组数；给 Series 时用它的名字与行标签。
    tails : 2 双侧；1 单侧，就是观察到的那一侧，与 ``ttest`` 的单侧同一个读法。
    zeros : 差为 0 的对：``"drop"`` 去掉再排名次（Wilcoxon），``"pratt"`` 先一起排名次再去掉。
    exact : p 用精确分布还是正态近似；不给时，差不为 0 的不超过 50 对用精确分布。
    confidence : 区间的置信水平；p 小于 1 − confidence 算显著。

    Returns
    -------
    SignedRank
        W⁺、W⁻、p 与它怎样来的、中位差与区间、效应量。

    Raises
    ------
    ValueError
        长短不一、行标签不同、空值、多于 5000 对、tails 或 zeros 不对、每一对都没有差。

    Notes
    -----
    |差| 从小到大排名次，并列取平均；W⁺ 是正差的名次之和。精确分布：名次定下后各对的正负各半，
    数出 W⁺ 的每个值有几种正负（并列也精确）。正态近似：平均 Σ名次/2，方差 Σ名次²/4（并列已在内），
    连续性校正 0.5。只差浮点误差的当作并列、当作 0。
    中位差与区间由所有两两平均 (dᵢ+dⱼ)/2 得到，差为 0 的也在内；有并列时区间略保守。

    References
    ----------
    Wilcoxon (1945), Biometrics Bulletin 1: 80–83；Pratt (1959), JASA 54: 655–667；
    Hollander, Wolfe & Chicken (2014), Nonparametric Statistical Methods, 3.1–3.3；
    Kerby (2014), Comprehensive Psychology 3: 1（秩双列相关）。

    Examples
    --------
    >>> before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    >>> after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    >>> result = signed_rank(before, after, tails=1)
    >>> result.plus, round(result.p, 5), result.exact
    (40.0, 0.01953, True)
    """
    if tails not in (1, 2) or isinstance(tails, bool):
        raise ValueError(f"tails 是 {tails!r}，只能是 1（单侧）或 2（双侧）。")
    if zeros not in ZEROS:
        raise ValueError(f"zeros 是 {zeros!r}，只能是 {'、'.join(ZEROS)}。")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    a, b = read_two(a, b, paired=True)
    if str(a.name) == str(b.name):
        a.name, b.name = f"{a.name}（a）", f"{b.name}（b）"
    if len(a) > MOST:
        raise ValueError(
            f"有 {len(a)} 对，多于 {MOST} 对：对数这么多，差的平均本来就近似正态，请用 ttest。"
        )
    gap = (a - b).to_numpy()
    rank, ties = _ranks(gap, rounding(a, b), zeros)
    moved = ~np.isnan(rank)
    if not moved.any():
        raise ValueError(f"{a.name}与{b.name}每一对都一样，没有差可排名次：请核对是不是同一列。")
    own = rank[moved]
    plus, minus = float(own[gap[moved] > 0].sum()), float(own[gap[moved] < 0].sum())
    sharp = len(own) <= EXACT if exact is None else bool(exact)
    z = None
    if sharp:
        tail = float(_exact_cdf(np.round(2 * own).astype(int))[round(2 * min(plus, minus))])
    else:
        z, tail = _normal_tail(own, plus)
    sums = _walsh(gap)
    low, high = _interval(sums, len(gap), confidence)
    return SignedRank(
        p=min(1.0, tails * tail),
        plus=plus,
        minus=minus,
        z=z,
        exact=sharp,
        shift=float(np.median(sums)),
        low=low,
        high=high,
        confidence=float(confidence),
        effect=(plus - minus) / (plus + minus),
        n=len(gap),
        used=len(own),
        ties=ties,
        zeros=zeros,
        tails=tails,
        names=(str(a.name), str(b.name)),
        table=pd.DataFrame({"a": a, "b": b, "差": gap, "名次": rank}, index=a.index),
    )


def _ranks(gap: np.ndarray, slack: float, zeros: str) -> tuple[np.ndarray, int]:
    """各对 |差| 的名次（差为 0 的为空），与并列的有几对。"""
    from scipy.stats import rankdata

    size = np.abs(gap)
    order = np.argsort(size, kind="stable")
    # 由小到大隔开不到 slack 的算同一个值
    step = np.empty(len(size))
    step[order] = np.cumsum(np.r_[0, np.diff(size[order]) > slack])
    none = size <= slack
    rank = np.full(len(gap), np.nan)
    if zeros == "drop":
        rank[~none] = rankdata(step[~none])
    else:
        rank[~none] = rankdata(np.where(none, -1.0, step))[~none]
    _, counts = np.unique(step[~none], return_counts=True)
    return rank, int(counts[counts > 1].sum())


def _exact_cdf(doubled: np.ndarray) -> np.ndarray:
    """P(2W ≤ 0、1、2……)：名次乘 2 成整数，正负各半，一对一对加进来。"""
    share = np.ones(1)
    for step in doubled:
        longer = np.zeros(len(share) + step)
        longer[: len(share)] += share / 2
        longer[step:] += share / 2
        share = longer
    return share.cumsum()


def _normal_tail(rank: np.ndarray, plus: float) -> tuple[float, float]:
    """正态近似的 z 与观察到的那一侧。"""
    from scipy.special import ndtr

    away = plus - rank.sum() / 2
    away = math.copysign(max(abs(away) - 0.5, 0.0), away)
    z = away / math.sqrt(float(np.square(rank).sum()) / 4)
    return z, float(ndtr(-abs(z)))


def _walsh(gap: np.ndarray) -> np.ndarray:
    """所有两两平均（自己与自己也算），从小到大。"""
    first, second = np.triu_indices(len(gap))
    return np.sort((gap[first] + gap[second]) / 2)


def _interval(sums: np.ndarray, n: int, confidence: float) -> tuple[float, float]:
    """中位差的区间：两两平均里去掉两头各几个；不够就没有界。"""
    from scipy.special import ndtri

    total, tail = len(sums), (1 - confidence) / 2
    if n <= EXACT:
        cut = int(np.searchsorted(_exact_cdf(np.arange(1, n + 1)), tail, side="right"))
    else:
        cut = math.floor(total / 2 + ndtri(tail) * math.sqrt(total * (2 * n + 1) / 12))
    if cut < 1:
        return -math.inf, math.inf
    return float(sums[cut - 1]), float(sums[-cut])

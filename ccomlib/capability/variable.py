"""量出来的指标：过程够不够好，多少会超出要求？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.control_chart import ControlChart, Rule, xbar_r, xbar_s, xmr
from ccomlib.control_chart.stability import Stability, judge_stability
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range
from ccomlib.wording import p_text

from .normal import bench_z, cpk_interval, normality_p, outside_share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Capability", "capability"]

PROBLEMS = {"notice", "refuse"}
SMALL_SUBGROUP = 10
MILLION = 1_000_000
# 极差比标准差少用一些信息，折算成自由度（Bissell 1990）
RANGE_EFFICIENCY = 0.9
MOVING_RANGE_EFFICIENCY = 0.62


@dataclass(frozen=True, eq=False)
class Capability(Result):
    """过程能力。由 ``capability`` 得到。单侧要求时 cp、pp 为 None。"""

    lower: float | None
    upper: float | None
    target: float | None
    n: int
    mean: float
    sigma_within: float
    """组内（短期）σ，由移动极差或组内标准差估计。"""
    sigma_overall: float
    """全体（长期）标准差，分母 n−1。"""
    cp: float | None
    cpk: float
    pp: float | None
    ppk: float
    cpm: float | None
    """离目标的能力；没有给 target 或只有单侧要求时为 None。"""
    cpk_low: float
    cpk_high: float
    confidence: float
    z_bench: float
    """组内 σ 下的综合 Z：总的超出概率相当于正态的单侧几个 σ；没有 1.5σ 的偏移。"""
    z_bench_overall: float
    dpmo_within: float
    """按组内 σ 预期每百万超出几个。"""
    dpmo_overall: float
    dpmo_observed: float
    """数据里每百万实际超出几个。"""
    chart: ControlChart
    stability: Stability
    """控制图的信号是不是多到误报解释不了。"""
    normal_p: float
    """夏皮罗-威尔克检验的 p。"""
    alpha: float
    table: pd.Series

    @property
    def in_control(self) -> bool:
        """控制图的信号没有多到误报解释不了。"""
        return self.stability.stable

    @property
    def normal(self) -> bool:
        """正态检验没有否定正态。"""
        return self.normal_p >= self.alpha

    @property
    def problems(self) -> tuple[str, ...]:
        """前提里不成立的几条；空的才可以照直读。"""
        found = []
        if not self.in_control:
            found.append(f"过程不受控（{self.stability}），先逐点查原因，查明的剔除后再算")
        if not self.normal:
            found.append(
                f"数据不像正态（{p_text(self.normal_p)}），预期的 DPMO 不可信，以实际超出的比例为准"
            )
        return tuple(found)

    def summary(self) -> pd.DataFrame:
        """各项指数与读法。"""
        inside = f"{self.confidence:.0%} 置信区间 {self.cpk_low:.2f} 到 {self.cpk_high:.2f}"
        rows = [
            ("平均", self.mean, f"n = {self.n}"),
            ("组内 σ", self.sigma_within, "短期的波动"),
            ("全体标准差", self.sigma_overall, "长期的波动，含期与期之间"),
            ("Cp", self.cp, "只看宽窄：要求的宽度 ÷ 6 组内 σ"),
            ("Cpk", self.cpk, inside),
            ("Pp", self.pp, "要求的宽度 ÷ 6 全体标准差"),
            ("Ppk", self.ppk, "长期的能力，比 Cpk 低很多就是期与期之间在漂"),
            ("Cpm", self.cpm, "偏离目标也算进去"),
            ("综合 Z（组内）", self.z_bench, "超出的总概率相当于几个 σ，没有 1.5σ 偏移"),
            ("综合 Z（全体）", self.z_bench_overall, "同上，长期"),
            ("预期 DPMO（组内）", self.dpmo_within, "每百万预期超出几个，要求正态"),
            ("预期 DPMO（全体）", self.dpmo_overall, "每百万预期超出几个，要求正态"),
            ("实际 DPMO", self.dpmo_observed, "数据里超出的比例 × 一百万"),
        ]
        found = pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})
        return found.dropna(subset=["数值"], ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """直方图、两条正态曲线与要求的界限。"""
        ax = new_axes(ax, figsize=(9, 4.5))
        values = self.table.to_numpy()
        ax.hist(values, bins="auto", density=True, color=COLOURS["light"], edgecolor="white")
        ends = [end for end in (self.lower, self.upper, self.target) if end is not None]
        reach = 4 * max(self.sigma_overall, self.sigma_within)
        low = min([*ends, values.min(), self.mean - reach])
        high = max([*ends, values.max(), self.mean + reach])
        pad = 0.04 * (high - low)
        x = np.linspace(low - pad, high + pad, 400)
        for sigma, color, style, label in (
            (self.sigma_within, COLOURS["main"], "-", "组内 σ（短期）"),
            (self.sigma_overall, COLOURS["grey"], "--", "全体标准差（长期）"),
        ):
            density = np.exp(-0.5 * ((x - self.mean) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
            ax.plot(x, density, color=color, linestyle=style, label=label)
        ax.set_ylim(0, ax.get_ylim()[1] * 1.12)
        for name, end, color in (
            ("下限", self.lower, COLOURS["bad"]),
            ("上限", self.upper, COLOURS["bad"]),
            ("目标", self.target, COLOURS["good"]),
        ):
            if end is not None:
                ax.axvline(end, color=color, linewidth=1.5)
                left = end < (low + high) / 2
                ax.annotate(
                    f"{name} {end:g}",
                    (end, 1),
                    xycoords=("data", "axes fraction"),
                    xytext=(3 if left else -3, -3),
                    textcoords="offset points",
                    ha="left" if left else "right",
                    va="top",
                    fontsize=10,
                    color=color,
                )
        cp = "" if self.cp is None else f"Cp {self.cp:.2f}，"
        warn = "（前提不成立）" if self.problems else ""
        ax.set(
            title=f"过程能力{warn}：{cp}Cpk {self.cpk:.2f}，Ppk {self.ppk:.2f}",
            xlabel=str(self.table.name or "数值"),
            ylabel="密度",
            xlim=(low - pad, high + pad),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        text = (
            f"Cpk {self.cpk:.2f}（{self.confidence:.0%} 区间 {self.cpk_low:.2f} 到 {self.cpk_high:.2f}），"
            f"Ppk {self.ppk:.2f}；按长期预期每百万约 {self.dpmo_overall:,.0f} 个超出要求，"
            f"数据里是 {self.dpmo_observed:,.0f} 个"
        )
        if self.problems:
            return f"先别报能力：{'；'.join(self.problems)}。算出来的数仅供参考：{text}。"
        return f"{text}；过程受控、数据近似正态，这些数才成立。"


def capability(
    values: Any,
    lower: float | None = None,
    upper: float | None = None,
    *,
    target: float | None = None,
    value: str | None = None,
    subgroup: str | None = None,
    rules: str | Rule | Iterable[Rule] = "68135",
    confidence: float = 0.95,
    alpha: float = 0.05,
    problems: str = "notice",
) -> Capability:
    """量出来的指标够不够好：Cp、Cpk、Pp、Ppk，并先核对受控与正态。

    Parameters
    ----------
    values : 每期一个数的一列，按时间排好；或每期几个数的表（同 ``xbar_s``；
        各期一样多且不超过 10 个时用极差）。
    lower, upper : 要求的下限、上限，至少给一个；只给一个就是单侧。
    target : 目标值，给了另算 Cpm。
    value, subgroup : 长表的数值列与分组列。
    rules : 判受控用的规则。
    confidence : Cpk 的置信水平。
    alpha : 正态检验的显著性水平。
    problems : 前提不成立时 ``"notice"`` 照算并说明，``"refuse"`` 报错。

    Returns
    -------
    Capability
        指数、区间、预期与实际的 DPMO、判受控用的控制图；信号没有多到误报解释不了，就算受控
        （``stability``，教学约定）。

    Raises
    ------
    ValueError
        上下限一个也没有或颠倒；不足 10 个数；没有波动；要求拒绝时前提不成立。

    Notes
    -----
    Cp = (上限−下限)/6σ内，Cpk = min(上限−x̄, x̄−下限)/3σ内；Pp、Ppk 换成全体标准差 s；
    Cpm = (上限−下限)/6√(s²+(x̄−T)²)；Cpk 区间 = Cpk ± z√(1/9n + Cpk²/2ν)，
    ν 是 σ内 的自由度（移动极差约 0.62(n−1)，极差约 0.9Σ(nᵢ−1)，标准差 Σ(nᵢ−1)）；综合 Z = Φ⁻¹(1−超出的总概率)。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 第 8 章；Bissell (1990)。

    Examples
    --------
    >>> scores = [88, 86, 91, 85, 89, 87, 90, 86, 88, 92, 84, 89]
    >>> result = capability(scores, lower=75)
    >>> round(result.cpk, 2), result.cp is None, result.in_control
    (1.19, True, True)
    """
    low, high, aim = _limits(lower, upper, target)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    if problems not in PROBLEMS:
        raise ValueError(f'problems 是 {problems!r}，应是 "notice" 或 "refuse"。')
    chart, numbers, freedom = _process(values, value, subgroup, rules)
    n, mean = len(numbers), float(numbers.mean())
    if n < 10:
        raise ValueError(f"只有 {n} 个数，谈不上过程能力：请至少给 10 个，课本建议 100 个左右。")
    within, overall = chart.limits.sigma, float(numbers.std(ddof=1))
    cpk = _one_sided(mean, within, low, high)
    cpk_low, cpk_high = cpk_interval(cpk, n, freedom=freedom, confidence=confidence)
    outside = outside_share(mean, within, low, high), outside_share(mean, overall, low, high)
    beyond = np.zeros(n, dtype=bool)
    if low is not None:
        beyond |= numbers.to_numpy() < low
    if high is not None:
        beyond |= numbers.to_numpy() > high
    both = low is not None and high is not None
    off = None if aim is None or not both else np.sqrt(overall**2 + (mean - aim) ** 2)
    result = Capability(
        lower=low,
        upper=high,
        target=aim,
        n=n,
        mean=mean,
        sigma_within=within,
        sigma_overall=overall,
        cp=(high - low) / (6 * within) if both else None,
        cpk=cpk,
        pp=(high - low) / (6 * overall) if both else None,
        ppk=_one_sided(mean, overall, low, high),
        cpm=None if off is None else float((high - low) / (6 * off)),
        cpk_low=cpk_low,
        cpk_high=cpk_high,
        confidence=confidence,
        z_bench=bench_z(outside[0]),
        z_bench_overall=bench_z(outside[1]),
        dpmo_within=MILLION * outside[0],
        dpmo_overall=MILLION * outside[1],
        dpmo_observed=float(MILLION * beyond.mean()),
        chart=chart,
        stability=judge_stability(chart),
        normal_p=normality_p(numbers.to_numpy()),
        alpha=alpha,
        table=numbers,
    )
    if problems == "refuse" and result.problems:
        raise ValueError(f"前提不成立，不算能力：{'；'.join(result.problems)}。")
    return result


def _limits(lower: Any, upper: Any, target: Any) -> tuple[float | None, float | None, float | None]:
    low, high, aim = (
        None if one is None else float(as_numbers(one, name))
        for one, name in ((lower, "下限"), (upper, "上限"), (target, "目标"))
    )
    if low is None and high is None:
        raise ValueError("要求的下限与上限一个也没有：请至少给 lower 或 upper。")
    if low is not None and high is not None and low >= high:
        raise ValueError(f"下限 {low:g} 不小于上限 {high:g}：请对调，或检查单位。")
    return low, high, aim


def _process(
    values: Any, value: str | None, subgroup: str | None, rules: Any
) -> tuple[ControlChart, pd.Series, float]:
    """控制图、全部的数、组内 σ 的自由度。"""
    if subgroup is None and value is not None and isinstance(values, pd.DataFrame):
        values = values[value] if value in values.columns else values
        value = None
    if np.ndim(values) == 1:
        chart = xmr(values, rules=rules)
        return chart, chart.points, MOVING_RANGE_EFFICIENCY * (len(chart.points) - 1)
    chart = xbar_s(values, value=value, subgroup=subgroup, rules=rules)
    freedom = float((chart.source["n"] - 1).sum())
    if chart.source["n"].nunique() == 1 and chart.source["n"].iloc[0] <= SMALL_SUBGROUP:
        chart = xbar_r(values, value=value, subgroup=subgroup, rules=rules)
        freedom *= RANGE_EFFICIENCY
    if value is None:
        numbers = pd.Series(np.asarray(values, dtype=float).ravel(), name="数值")
    else:
        numbers = values[value].astype(float).reset_index(drop=True)
    return chart, numbers, freedom


def _one_sided(mean: float, sigma: float, low: float | None, high: float | None) -> float:
    sides = [] if low is None else [(mean - low) / (3 * sigma)]
    sides += [] if high is None else [(high - mean) / (3 * sigma)]
    return float(min(sides))

"""目标值：定多少才既够得着、又有进步？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_range, rounding, varies
from ccomlib.wording import date_text

from .direction import HIGH, LOW, direction_sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["METHODS", "Target", "set_target"]

METHODS = {
    "benchmark": "标杆分位",
    "capability": "能力均值 ± kσ",
    "history": "历史 + 改进幅度",
}
MAX_TICKS = 14
REACH = 3.0


@dataclass(frozen=True, eq=False)
class Target(Result):
    """一个指标的目标值。由 ``set_target`` 得到，不直接构造。"""

    value: float
    method: str
    """采用的做法，``METHODS`` 的键。"""
    reason: str
    candidates: pd.DataFrame
    """列：做法、目标值、算法、过去达到的期数、达成率、采用。"""
    history: pd.Series
    sign: int
    """1 为越高越好，−1 为越低越好。"""
    trend_p: float
    """历史有没有趋势：斜率检验的双侧 p。"""

    @property
    def reached(self) -> float:
        """过去有多大比例的期数已经达到这个目标，0 到 1。"""
        return float(_met(self.history, self.value, self.sign).mean())

    def summary(self) -> pd.DataFrame:
        """几种做法并列，采用的一行打勾。"""
        return self.candidates

    def plot(self, ax: Axes | None = None) -> Axes:
        """历史折线，几种做法的目标线；采用的用粗线。"""
        ax = new_axes(ax)
        x = np.arange(len(self.history))
        name = str(self.history.name or "指标")
        ax.plot(x, self.history, color=COLOURS["main"], marker="o", ms=4, label=name)
        colours = (COLOURS["second"], COLOURS["good"], COLOURS["accent"])
        for colour, (_, row) in zip(colours, self.candidates.iterrows(), strict=False):
            chosen = bool(row["采用"])
            label = f"{row['做法']} {row['目标值']:.4g}{'（采用）' if chosen else ''}"
            style = {"lw": 2.8, "ls": "-"} if chosen else {"lw": 1.3, "ls": "--"}
            ax.axhline(row["目标值"], color=colour, label=label, **style)
        step = -(-len(x) // MAX_TICKS)
        labels = [date_text(value, "%Y-%m") for value in self.history.index[::step]]
        ax.set_xticks(x[::step], labels, rotation=30 if len(x) > 8 else 0)
        better = HIGH if self.sign > 0 else LOW
        ax.set(title=f"{name}的目标值（{better}）", xlabel="期", ylabel=name)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        text = (
            f"目标定为 {self.value:.4g}（{METHODS[self.method]}）：{self.reason}；"
            f"过去 {len(self.history)} 期里有 {self.reached:.0%} 达到过"
        )
        if self.reached == 0:
            text += "，应分阶段走"
        elif self.reached > 0.8:
            text += "，太松，起不到作用"
        if self.trend_p < 0.05:
            text += "；历史本身有趋势，均值与 σ 说的是过去，请只取趋势平稳后的几期"
        return text + "；目标是管理决定，这里给的是依据，k、分位与幅度都是教学约定。"


def set_target(
    history: Any,
    *,
    direction: str = HIGH,
    benchmark: Sequence[float] | None = None,
    quartile: float = 0.75,
    k: float = 1.0,
    improvement: float = 0.05,
    recent: int = 3,
    limits: tuple[float, float] = (-np.inf, np.inf),
    method: str = "auto",
) -> Target:
    """指标的目标值定多少，凭什么？

    Parameters
    ----------
    history : 本中心过去各期的值（如 12 个月），至少 3 期。
    direction : "越高越好" 或 "越低越好"。
    benchmark : 同行（或各班组）的值，至少 4 个；不给就没有标杆这一种。
    quartile : 取标杆里好的那一头的分位，0.75 即优于四分之三的同行。
    k : 能力做法里好于均值几个标准差。
    improvement : 历史做法里比最近 ``recent`` 期平均改进的比例。
    limits : 指标可能的范围，目标不超出它；比率写 (0, 1) 或 (0, 100)。
    method : "auto" 按下面的规则挑，或指名 "benchmark"、"capability"、"history"。

    Returns
    -------
    Target
        采用的目标、理由与各做法的对照。

    Raises
    ------
    ValueError
        期数或标杆太少、有空值、历史没有变化却要用能力做法、参数超出范围。

    Notes
    -----
    标杆 = 分位数；能力 = x̄ ± k·s；历史 = 最近均值 × (1 ± 幅度)。
    自动挑选：有标杆且在 x̄ ± 3s 之内用标杆；标杆够不着用能力（作为第一阶段）；
    没有标杆而历史不少于 8 期用能力，再短就用历史。

    Examples
    --------
    >>> months = [82, 84, 83, 85, 84, 86, 83, 85]
    >>> goal = set_target(months, benchmark=[80, 84, 85, 86, 87], limits=(0, 100))
    >>> goal.value, goal.method
    (86.0, 'benchmark')
    >>> round(set_target(months).value, 2)
    85.31
    """
    sign = direction_sign(direction, "direction")
    values = as_series(history, "历史（history）").rename(getattr(history, "name", None))
    if len(values) < 3:
        raise ValueError(f"历史（history）只有 {len(values)} 期，至少要 3 期：请补上前几个月。")
    require_range(quartile, "quartile", 0, 1, above=True, below=True)
    require_range(k, "k", 0)
    require_range(improvement, "improvement", 0, 1, below=True)
    if isinstance(recent, bool) or recent != int(recent) or not 1 <= recent <= len(values):
        raise ValueError(f"recent 是 {recent!r}，应是 1 到 {len(values)} 的整数。")
    low, high = limits
    if not low < high:
        raise ValueError(f"limits 是 {limits!r}，应写成（最小, 最大）。")
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    found: dict[str, tuple[float, str]] = {}
    if benchmark is not None:
        peers = as_series(benchmark, "标杆（benchmark）").reset_index(drop=True)
        if len(peers) < 4:
            raise ValueError(f"标杆（benchmark）只有 {len(peers)} 个，至少要 4 个才谈得上分位。")
        rank = quartile if sign > 0 else 1 - quartile
        found["benchmark"] = (
            float(np.quantile(peers, rank)),
            f"{len(peers)} 个标杆的 {rank:.0%} 分位",
        )
    if varies(values):
        mark = "+" if sign > 0 else "−"
        found["capability"] = (mean + sign * k * sd, f"{mean:.4g} {mark} {k:g} × {sd:.3g}")
    base = float(values.iloc[-recent:].mean())
    found["history"] = (
        base + sign * improvement * abs(base),
        f"最近 {recent} 期平均 {base:.4g}，改进 {improvement:.0%}",
    )
    chosen, reason = _choose(method, found, mean, sd, sign, len(values))
    rows = []
    for key, (value, how) in found.items():
        value = float(np.clip(value, low, high))
        met = int(_met(values, value, sign).sum())
        rows.append((METHODS[key], value, how, met, met / len(values), key == chosen))
    table = pd.DataFrame(
        rows, columns=["做法", "目标值", "算法", "过去达到的期数", "达成率", "采用"]
    )
    return Target(
        value=float(table.loc[table["采用"], "目标值"].iloc[0]),
        method=chosen,
        reason=reason,
        candidates=table,
        history=values,
        sign=sign,
        trend_p=_trend_p(values.to_numpy()),
    )


def _choose(method: str, found: dict, mean: float, sd: float, sign: int, n: int) -> tuple[str, str]:
    if method != "auto":
        if method not in METHODS:
            raise ValueError(f"method 是 {method!r}，应是 auto、{'、'.join(METHODS)} 之一。")
        if method not in found:
            lack = "没有给 benchmark" if method == "benchmark" else "历史没有变化，σ 是 0"
            raise ValueError(f"{lack}，用不了“{METHODS[method]}”：请换一种做法。")
        return method, "按指定的做法"
    if "benchmark" in found:
        ahead = sign * (found["benchmark"][0] - mean)
        if ahead <= 0:
            return "history", "本中心已经好于标杆分位，标杆没有牵引作用，改用历史加改进"
        if ahead <= REACH * sd:
            return "benchmark", f"标杆分位在本中心均值的 {REACH:g} 个 σ 之内，够得着"
        if "capability" in found:
            return (
                "capability",
                f"标杆分位超出均值 {REACH:g} 个 σ，一步够不着，先以能力值为第一阶段",
            )
        return "history", "历史没有变化，标杆一步够不着，先在现状上改进"
    if n >= 8 and "capability" in found:
        return "capability", f"没有标杆，{n} 期历史足以看出能力"
    return "history", f"没有标杆，历史只有 {n} 期或没有变化，先在现状上改进"


def _met(history: pd.Series, value: float, sign: int) -> pd.Series:
    """哪几期达到了目标；只差浮点误差的算达到。"""
    return sign * (history - value) >= -rounding(history, value)


def _trend_p(values: np.ndarray) -> float:
    """历史的斜率检验；没有变化时为 1。"""
    from ccomlib.coefficients import coefficient, t_of_r

    if len(values) < 4 or not varies(values):
        return 1.0
    return t_of_r(coefficient(np.arange(len(values), dtype=float), values), len(values))[1]

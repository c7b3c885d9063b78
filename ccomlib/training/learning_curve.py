"""学习曲线：新人几周能达到标准，最终会停在哪里？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, same_rows, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LearningCurve", "fit_learning_curve"]

# 每周的学习速度 c 的范围，以全程长度为单位：比这慢是直线，比这快是一周就学完
SLOWEST, FASTEST = 0.15, 60.0
GRID = 400
HORIZON = 20
FAR = 10


@dataclass(frozen=True, eq=False)
class LearningCurve(Result):
    """y(w) = a + b·e^(−c·w) 的拟合。由 ``fit_learning_curve`` 得到，不直接构造。"""

    a: float
    """最终停在的水平（平台）。"""
    b: float
    """w = 0 时与平台的差，正数是由高往低（处理时长），负数是由低往高（质检分）。"""
    c: float
    """每周的学习速度；差距减半要 ln2 ÷ c 周。"""
    intervals: pd.DataFrame
    """a、b、c 的标准误与区间，索引为参数名。"""
    r2: float
    sigma: float
    """残差标准差，与数据同单位。"""
    standard: float | None
    weeks: float | None
    """曲线达到标准的周数；达不到或没有给标准时为 None。"""
    low: float | None
    """周数区间的下限。"""
    high: float | None
    """周数区间的上限；数据定不出上限时为 None。"""
    confidence: float
    data: pd.DataFrame
    """列：周、值、拟合。"""
    name: str

    @property
    def half_life(self) -> float:
        """与平台的差距减半要几周。"""
        return float(np.log(2) / self.c)

    @property
    def extrapolated(self) -> bool:
        """达标的周数超出了数据的最后一周。"""
        return self.weeks is not None and self.weeks > float(self.data["周"].max())

    def predict(self, weeks: Any) -> np.ndarray:
        """曲线在这些周的值。"""
        return self.a + self.b * np.exp(-self.c * as_numbers(weeks, "周（weeks）"))

    def summary(self) -> pd.DataFrame:
        """参数、区间与达标周数。"""
        level = f"{self.confidence:.0%}"
        notes = {"a": "最终的平台", "b": "开始时与平台的差", "c": "每周的学习速度"}
        rows = [
            (f"{key}（{text}）", getattr(self, key), *self.intervals.loc[key, ["下限", "上限"]])
            for key, text in notes.items()
        ]
        rows.append(("差距减半的周数", self.half_life, np.nan, np.nan))
        if self.standard is not None:
            rows.append((f"达到 {self.standard:g} 的周数", self.weeks, self.low, self.high))
        rows.append(("R²", self.r2, np.nan, np.nan))
        columns = ["指标", "数值", f"{level} 下限", f"{level} 上限"]
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], float))

    def plot(self, ax: Axes | None = None) -> Axes:
        """数据点、曲线、平台与标准；达标周数用竖线，灰带是它的区间。"""
        ax = new_axes(ax)
        x = self.data["周"]
        end = float(x.max())
        if self.weeks is not None:
            end = max(end, min(1.15 * self.weeks, 3 * end))
        grid = np.linspace(float(x.min()), end, 200)
        ax.plot(x, self.data["值"], "o", color=COLOURS["grey"], label="实际")
        ax.plot(grid, self.predict(grid), color=COLOURS["main"], label="拟合")
        ax.axhline(self.a, color=COLOURS["good"], ls=":", label=f"平台 {self.a:.4g}")
        if self.standard is not None:
            ax.axhline(
                self.standard, color=COLOURS["bad"], ls="--", label=f"标准 {self.standard:g}"
            )
        if self.weeks is not None and self.weeks <= end:
            ax.axvline(self.weeks, color=COLOURS["bad"], label=f"第 {self.weeks:.1f} 周达标")
            ax.axvspan(
                max(self.low, float(x.min())),
                end if self.high is None else min(self.high, end),
                color=COLOURS["grey"],
                alpha=0.2,
                lw=0,
                label=f"周数的 {self.confidence:.0%} 区间",
            )
        ax.set(
            title=f"学习曲线（R² = {self.r2:.2f}）", xlabel="上岗后的周数（周）", ylabel=self.name
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        a = self.intervals.loc["a"]
        text = (
            f"{self.name}的平台约 {self.a:.4g}（{self.confidence:.0%} 区间 {a['下限']:.4g} 到 "
            f"{a['上限']:.4g}），差距每 {self.half_life:.1f} 周减半（R² = {self.r2:.2f}）"
        )
        if self.standard is not None and self.weeks is None:
            if a["下限"] < self.standard < a["上限"]:
                text += (
                    f"；标准 {self.standard:g} 落在平台的区间里，到不到得了还说不准，请再观察几周"
                )
            else:
                text += f"；照这条曲线永远到不了标准 {self.standard:g}，要换办法，而不是再等"
        elif self.weeks is not None:
            upper = "上限还定不出来" if self.high is None else f"到 {self.high:.1f}"
            text += f"；第 {self.weeks:.1f} 周达到 {self.standard:g}（区间 {self.low:.1f} {upper}）"
            if self.extrapolated:
                text += f"，已超出数据的最后一周（{self.data['周'].max():g}），是外推"
        return text + "；说的是平均的人，个人会有快有慢，留下来的人也比离开的人快。"


def fit_learning_curve(
    weeks: Any,
    values: Any,
    *,
    standard: float | None = None,
    name: str = "平均处理时长（秒）",
    confidence: float = 0.95,
) -> LearningCurve:
    """新人的学习曲线：平台在哪，几周达到标准？

    Parameters
    ----------
    weeks : 上岗后第几周，至少 5 个、4 种不同的周；同一周可有几个人。
    values : 各周的值（处理时长、质检分），与 weeks 一样长。
    standard : 达标的标准；不给就不算周数。
    name : 值的名字与单位，写在图上。
    confidence : 区间的置信水平。

    Returns
    -------
    LearningCurve
        a、b、c、达标周数，各带区间。

    Raises
    ------
    ValueError
        长短不一、点太少、没有变化；或前后几乎是直线、一周就到平台，拟合不收敛（消息写明是哪一种）。

    Notes
    -----
    y(w) = a + b·e^(−c·w)，最小二乘；达标 w* = ln(b ÷ (标准 − a)) ÷ c。
    给定 c 时 a、b 是线性的，只需一维搜索 c，不会停在半路。参数区间用线性近似；
    w* 的区间用剖面似然：所有使残差平方和不超过最小值 × (1 + F ÷ (n−3)) 的 w*，不假定对称。

    References
    ----------
    Heathcote, Brown & Mewhort (2000), Psychon. Bull. Rev. 7: 185–207（指数学习律）；
    Bates & Watts (1988), Nonlinear Regression Analysis，第 6 章（剖面区间）。

    Examples
    --------
    >>> weeks = range(1, 13)
    >>> aht = [498, 452, 418, 393, 370, 352, 343, 332, 325, 318, 316, 312]
    >>> curve = fit_learning_curve(weeks, aht, standard=330)
    >>> round(curve.a), round(curve.c, 2), round(curve.weeks, 1)
    (300, 0.26, 8.3)
    """
    same_rows(("周（weeks）", weeks), ("值（values）", values))
    x, y = as_numbers(weeks, "周（weeks）"), as_numbers(values, "值（values）")
    if len(x) < 5 or len(np.unique(x)) < 4:
        raise ValueError(
            f"只有 {len(x)} 个点、{len(np.unique(x))} 种周数，至少要 5 个点、4 种周数：请再观察几周。"
        )
    require_range(x, "周（weeks）", 0)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    goal = None if standard is None else float(as_numbers(standard, "标准（standard）"))
    if x.min() > FAR * np.ptp(x):
        raise ValueError(
            f"周（weeks）从 {x.min():g} 起，离第 0 周太远，推不出起点：应是上岗后第几周，"
            "不是日历上的周次（如 202501），请从上岗那周数起。"
        )
    if not varies(y):
        raise ValueError(f"值（values）全是 {y[0]:g}，没有变化，就没有学习曲线：请核对数据。")
    speeds = np.geomspace(SLOWEST, FASTEST, GRID) / np.ptp(x)
    a, b, c, rss = _best(x, y, speeds)
    _check_converged(c, speeds, x)
    df = len(x) - 3
    if rss <= 1e-12 * float(((y - y.mean()) ** 2).sum()):
        rss = 0.0
    sigma = float(np.sqrt(rss / df))
    decay = np.exp(-c * x)
    jacobian = np.column_stack([np.ones_like(x), decay, -b * x * decay])
    errors = sigma * np.sqrt(np.diag(np.linalg.inv(jacobian.T @ jacobian)))
    from scipy.stats import f as fisher
    from scipy.stats import t as student

    half = float(student.isf((1 - confidence) / 2, df)) * errors
    found = np.array([a, b, c])
    intervals = pd.DataFrame(
        {"估计": found, "标准误": errors, "下限": found - half, "上限": found + half},
        index=list("abc"),
    )
    when = low = high = None
    if goal is not None and b * (goal - a) > 0:
        when = float(np.log(b / (goal - a)) / c)
        limit = rss * (1 + float(fisher.isf(1 - confidence, 1, df)) / df)
        low, high = _profile(x, y, goal, when, limit, speeds)
        if when < 0:
            when, low = 0.0, 0.0
            high = None if high is None else max(high, 0.0)
    return LearningCurve(
        a=a,
        b=b,
        c=c,
        intervals=intervals,
        r2=1 - rss / float(((y - y.mean()) ** 2).sum()),
        sigma=sigma,
        standard=goal,
        weeks=when,
        low=low,
        high=high,
        confidence=float(confidence),
        data=pd.DataFrame({"周": x, "值": y, "拟合": a + b * decay}),
        name=name,
    )


def _linear(x: np.ndarray, y: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, ...]:
    """每个 c 下最小二乘的 a、b 与残差平方和；从第一周起算幂，末了才折回第 0 周，免得都成 0。"""
    basis = np.exp(-np.multiply.outer(c, x - x.min()))
    centred = basis - basis.mean(axis=-1, keepdims=True)
    b = (centred @ (y - y.mean())) / (centred**2).sum(axis=-1)
    a = y.mean() - b * basis.mean(axis=-1)
    rss = ((y - a[..., None] - b[..., None] * basis) ** 2).sum(axis=-1)
    return a, b * np.exp(c * x.min()), rss


def _best(x: np.ndarray, y: np.ndarray, speeds: np.ndarray) -> tuple[float, float, float, float]:
    """网格找到最好的一段，再在里面细搜。"""
    from scipy.optimize import minimize_scalar

    at = int(np.argmin(_linear(x, y, speeds)[2]))
    ends = speeds[max(at - 1, 0)], speeds[min(at + 1, len(speeds) - 1)]
    search = minimize_scalar(
        lambda c: float(_linear(x, y, np.array(c))[2]),
        bounds=ends,
        method="bounded",
        options={"xatol": 1e-10},
    )
    a, b, rss = _linear(x, y, np.array(search.x))
    return float(a), float(b), float(search.x), float(rss)


def _check_converged(c: float, speeds: np.ndarray, x: np.ndarray) -> None:
    """停在搜索的两端就是定不出来。"""
    if c <= speeds[1]:
        raise ValueError(
            f"到第 {x.max():g} 周还几乎是一条直线，看不出平台，拟合不收敛：请再观察几周，或改用直线回归。"
        )
    if c >= speeds[-2]:
        raise ValueError(
            f"第 {x.min():g} 周之后就不再变化，学习速度定不出来，拟合不收敛：请补上更早、更密的数据。"
        )


def _profile(
    x: np.ndarray, y: np.ndarray, goal: float, best: float, limit: float, speeds: np.ndarray
) -> tuple[float, float | None]:
    """w* 的剖面区间：由最好的 w* 向两边走，到残差平方和超过 limit 为止。"""
    from scipy.optimize import brentq, minimize_scalar

    if limit == 0:
        return best, best

    def loss(c: np.ndarray, when: float) -> np.ndarray:
        # y − 标准 = b·(e^(−cx) − e^(−c·w*))：给定 c 只有 b 一个系数
        with np.errstate(over="ignore", invalid="ignore"):
            basis = np.exp(-np.multiply.outer(c, x)) - np.exp(-c * when)[..., None]
            b = (basis @ (y - goal)) / (basis**2).sum(axis=-1)
            found = ((y - goal - b[..., None] * basis) ** 2).sum(axis=-1)
        # 离第 0 周极远时 e 的幂溢出：那里的曲线到不了标准
        return np.where(np.isfinite(found), found, np.inf)

    def excess(when: float) -> float:
        at = int(np.argmin(loss(speeds, when)))
        ends = speeds[max(at - 1, 0)], speeds[min(at + 1, len(speeds) - 1)]
        found = minimize_scalar(
            lambda c: float(loss(np.array(c), when)),
            bounds=ends,
            method="bounded",
            options={"xatol": 1e-10},
        )
        return float(found.fun) - limit

    span = float(np.ptp(x))
    ends: list[float | None] = []
    for side in (-1, 1):
        inner, step, edge = best, span / 50, None
        while abs(inner - best) < HORIZON * span:
            outer = inner + side * step
            if excess(outer) > 0:
                edge = float(brentq(excess, *sorted((inner, outer))))
                break
            inner, step = outer, 1.3 * step
        ends.append(edge)
    low = 0.0 if ends[0] is None else max(0.0, ends[0])
    return low, ends[1]

"""回测：把预测放回过去，哪种方法真的更准？"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside
from ccomlib.results import Result
from ccomlib.style import new_axes
from ccomlib.validation import as_series

from .measures import accuracy
from .methods import Forecast, same_weekday_mean, seasonal_naive
from .series import read_series, whole_number
from .smoothing import holt_winters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Backtest", "backtest"]

NAIVE = "季节朴素"
Method = Callable[[pd.Series, int, int], Any]


@dataclass(frozen=True, eq=False)
class Backtest(Result):
    """滚动回测的结果。由 ``backtest`` 得到。"""

    table: pd.DataFrame
    """每折每方法一行，列：折、训练到、方法、WAPE、偏差、MASE、备注。"""
    best: str
    """平均 WAPE 最小的方法。"""
    beats_naive: bool
    """最好的方法平均 WAPE 小于季节朴素，且一半以上的折胜过它。"""
    horizon: int
    season: int
    folds: int
    units: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ["WAPE", "偏差", "最好一折", "最差一折"], "%"
    )

    @property
    def wins(self) -> int:
        """最好的方法在几折里胜过季节朴素。"""
        wape = self.table.pivot(index="折", columns="方法", values="WAPE")
        return int((wape[self.best] < wape[NAIVE]).sum())

    def summary(self) -> pd.DataFrame:
        """每种方法各折的平均，按 WAPE 从小到大。"""
        means = self.table.groupby("方法", sort=False)[["WAPE", "偏差", "MASE"]].mean()
        spread = self.table.groupby("方法", sort=False)["WAPE"].agg(最好一折="min", 最差一折="max")
        return means.join(spread).sort_values("WAPE")

    def plot(self, ax: Axes | None = None) -> Axes:
        """每一折各方法的 WAPE。"""
        ax = new_axes(ax)
        wape = self.table.pivot(index="折", columns="方法", values="WAPE")
        for name, marker in zip(self.summary().index, "osD^vP*X<>" * 5, strict=False):
            label = f"{name}（平均 {wape[name].mean():.1%}）"
            ax.plot(wape.index, 100 * wape[name], marker=marker, label=label)
        starts = self.table.drop_duplicates("折")["训练到"].astype(str)
        ax.set_xticks(wape.index, list(starts))
        if self.folds > 5:
            for label in ax.get_xticklabels():
                label.set(rotation=30, ha="right")
        ax.set_ylim(bottom=0)
        lowest = int((wape.idxmin(axis=1) == self.best).sum())
        said = f"{self.folds} 个起点里 {lowest} 个是{self.best}错得最少"
        finding(ax, said, "每个起点只用当时的历史来预测")
        ax.set(xlabel="训练到", ylabel="WAPE（%）")
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        means = self.summary()["WAPE"]
        naive = f"季节朴素（{means[NAIVE]:.1%}）"
        if self.best == NAIVE:
            text = f"{self.folds} 折回测里没有方法胜过{naive}，不值得换更复杂的方法"
        elif self.beats_naive:
            text = (
                f"{self.best}最准，平均 WAPE {means[self.best]:.1%}，"
                f"{self.folds} 折中 {self.wins} 折胜过{naive}"
            )
        else:
            text = (
                f"{self.best}平均 WAPE {means[self.best]:.1%}，但 {self.folds} 折中只有 "
                f"{self.wins} 折胜过{naive}，不足以说它更好"
            )
        return f"{text}；只有 {self.folds} 折，差一点点的名次可能是碰巧。"


def backtest(
    series: Any,
    methods: Mapping[str, Method] | None = None,
    horizon: int = 28,
    season: int = 7,
    folds: int = 4,
    *,
    step: int | None = None,
    progress: bool = False,
) -> Backtest:
    """滚动回测：一次次只用当时已有的历史预测，再与后来的实际比。

    Parameters
    ----------
    series : 等间隔的历史，数不为负。
    methods : 方法名 → 函数 ``f(历史, 期数, 周期)``，交回 ``Forecast`` 或一列数；
        缺省为季节朴素、同期平均、霍尔特-温特斯。季节朴素总会加进去作底线。
    horizon, season : 每折往后预测几期、一个周期几期。
    folds : 几折。
    step : 相邻两折的起点隔几期；缺省等于 ``horizon``（各折不重叠）。
    progress : 是否显示进度条。

    Returns
    -------
    Backtest
        每折每方法的 WAPE、偏差、MASE，以及是否胜过季节朴素。

    Raises
    ------
    ValueError
        历史太短；某个方法交回的长度不对或不是数。

    Notes
    -----
    第 k 折用 1…T−horizon−(folds−k)·step 期训练，往后 horizon 期检验；训练时看不到检验期。

    References
    ----------
    Tashman (2000), Out-of-sample tests of forecasting accuracy, IJF 16: 437–450。

    Examples
    --------
    >>> history = [100, 80, 60, 104, 83, 61] * 4
    >>> result = backtest(history, {"全平均": lambda h, n, m: [h.mean()] * n}, 3, 3, 2)
    >>> result.best, result.beats_naive
    ('季节朴素', False)
    """
    history = read_series(series)
    horizon, season = whole_number(horizon, "horizon"), whole_number(season, "season")
    folds = whole_number(folds, "folds")
    step = horizon if step is None else whole_number(step, "step")
    first = len(history) - horizon - (folds - 1) * step
    if first < 2 * season:
        raise ValueError(
            f"历史 {len(history)} 期，{folds} 折每折 {horizon} 期后，第一折只剩 {max(first, 0)} 期训练，"
            f"至少要两个周期（{2 * season} 期）：请减少 folds 或 horizon。"
        )
    chosen = _methods(methods)
    rows = []
    for fold, name in _steps(range(1, folds + 1), chosen, progress):
        end = first + (fold - 1) * step
        train, actual = history.iloc[:end], history.iloc[end : end + horizon]
        values, note = _run(name, chosen[name], train, horizon, season)
        values = values.set_axis(actual.index)
        result = accuracy(actual, values, history=train, season=season)
        label = train.index[-1]
        label = f"{label:%Y-%m-%d}" if isinstance(label, pd.Timestamp) else f"第 {end} 期"
        rows.append((fold, label, name, result.wape, result.bias, result.mase, note))
    table = pd.DataFrame(rows, columns=["折", "训练到", "方法", "WAPE", "偏差", "MASE", "备注"])
    wape = table.pivot(index="折", columns="方法", values="WAPE")[list(chosen)]
    best = str(wape.mean().idxmin())
    wins = (wape[best] < wape[NAIVE]).mean()
    return Backtest(table, best, bool(best != NAIVE and wins > 0.5), horizon, season, folds)


def _methods(methods: Mapping[str, Method] | None) -> dict[str, Method]:
    if methods is None:
        return {NAIVE: seasonal_naive, "同期平均": same_weekday_mean, "霍尔特-温特斯": holt_winters}
    if not isinstance(methods, Mapping) or not methods:
        raise ValueError(
            "methods 应是 {方法名: 函数} 且不为空，例如 {“霍尔特-温特斯”: holt_winters}。"
        )
    for name, method in methods.items():
        if not callable(method):
            raise ValueError(
                f"methods 的“{name}”不是函数：请给 f(历史, 期数, 周期)，不要加括号调用。"
            )
    return {NAIVE: seasonal_naive, **methods}


def _steps(folds: range, chosen: dict[str, Method], progress: bool) -> Any:
    pairs = [(fold, name) for fold in folds for name in chosen]
    if not progress:
        return pairs
    from tqdm import tqdm

    return tqdm(pairs, desc="回测", unit="次", file=sys.stdout)


def _run(
    name: str, method: Method, train: pd.Series, horizon: int, season: int
) -> tuple[pd.Series, str]:
    """跑一次方法：预测值与备注。"""
    found = method(train.copy(), horizon, season)
    note = ""
    if isinstance(found, Forecast):
        note = f"退回季节朴素：{found.reason}" if found.fallback else "；".join(found.notes)
        found = found.predicted
    values = as_series(np.asarray(found), f"方法“{name}”的预测")
    if len(values) != horizon:
        raise ValueError(f"方法“{name}”交回 {len(values)} 期，应是 {horizon} 期：请检查这个函数。")
    return values, note

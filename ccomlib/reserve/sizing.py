"""机动人数：预测会错，要备多少人才够？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Reserve", "reserve_size"]

METHODS = {"quantile": "分位数法", "newsvendor": "报童法"}


@dataclass(frozen=True, eq=False)
class Reserve(Result):
    """机动人数。由 ``reserve_size`` 生成，不直接构造。

    ``table`` 一行一个时段；``errors`` 是误差比（实际 ÷ 预测），与 ``table`` 的时段对应；
    ``share`` 是机动人数合计 ÷ 基本人数合计；``bias`` 是 Σ(预测 − 实际) ÷ Σ实际。
    """

    table: pd.DataFrame
    errors: dict[str, np.ndarray]
    quantile: float
    method: str
    pooled: bool
    peak: int
    peak_slot: str
    peak_share: float
    share: float
    bias: float
    n_errors: int

    def summary(self) -> pd.DataFrame:
        """逐时段：预测量、误差比的分位数、基本人数、机动人数。"""
        return self.table

    def plot(self, ax: Axes | None = None, *, kind: str = "reserve") -> Axes:
        """kind="reserve"：每个时段的基本人数与机动人数；"errors"：误差分布与所取的分位数。"""
        if kind not in {"reserve", "errors"}:
            raise ValueError(f'kind 是 {kind!r}，应是 "reserve" 或 "errors"。')
        ax = new_axes(ax)
        return self._plot_errors(ax) if kind == "errors" else self._plot_reserve(ax)

    def _plot_reserve(self, ax: Axes) -> Axes:
        x, base = np.arange(len(self.table)), self.table["基本人数"]
        ax.bar(x, base, color=COLOURS["light"], label="基本人数（按预测）")
        label = f"机动人数（到 {self.quantile:.0%} 分位）"
        ax.bar(x, self.table["机动人数"], bottom=base, color=COLOURS["second"], label=label)
        slot_axis(ax, self.table["时段"])
        ax.set(xlabel="时段", ylabel="人数（人）")
        said = f"最多备 {self.peak} 人（{self.peak_slot}），全天占 {self.share:.0%}"
        finding(ax, said, "每个时段的基本人数与机动人数")
        top = float((base + self.table["机动人数"]).max())
        ax.set_ylim(0, 1.22 * top + 1)
        ax.legend(loc="upper center", ncols=2)
        return ax

    def _plot_errors(self, ax: Axes) -> Axes:
        errors = 100 * (np.concatenate(list(self.errors.values())) - 1)
        cut = float(np.quantile(errors, self.quantile))
        _, edges, bars = ax.hist(errors, bins="auto", color=COLOURS["light"], edgecolor="white")
        for left, bar in zip(edges, bars, strict=False):
            if left >= cut:
                bar.set_facecolor(COLOURS["second"])
        ax.axvline(0, color=COLOURS["grey"], lw=1)
        ax.axvline(cut, color=COLOURS["bad"], ls="--")
        ax.annotate(
            f"{self.quantile:.0%} 分位：{cut:+.0f}%",
            (cut, 0.95),
            xycoords=("data", "axes fraction"),
            xytext=(6, 0),
            textcoords="offset points",
            color=COLOURS["bad"],
        )
        title = f"过去 {errors.size} 个预测误差（各时段合在一起）"
        ax.set(title=title, xlabel="实际比预测多（%）", ylabel="次数（次）")
        return ax

    def __str__(self) -> str:
        each = "合用" if self.pooled or len(self.table) == 1 else "每个时段"
        cause = f"{self.quantile:.0%} 分位"
        if self.method == "newsvendor":
            cause = f"{self.quantile:.0%} 分位（报童法）"
        return (
            f"按误差的 {cause}备机动：最多的是 {self.peak_slot}，要 {self.peak} 人"
            f"（该时段基本人数的 {self.peak_share:.0%}；全天合计占 {self.share:.0%}）；"
            f"前提是今后的预测误差像过去{each} {self.n_errors} 个误差那样，"
            f"预测总体偏差 {self.bias:+.1%}（偏差应靠改预测消除，不该靠机动去补）。"
        )


def reserve_size(
    forecast: Any,
    actual: Any,
    aht: Any,
    *,
    slots: Any = None,
    plan: Any = None,
    pool: bool = False,
    quantile: float = 0.95,
    interval: float = 1800,
    service_level: float = 0.8,
    target: float = 20,
    patience: Any = None,
    method: str = "quantile",
    understaffing_cost: float | None = None,
    overstaffing_cost: float | None = None,
) -> Reserve:
    """要备多少机动人数？

    机动人数 = N(计划来电量 × 误差比的 q 分位数) − N(计划来电量)，N 由 Erlang 公式算出，
    误差比 = 实际 ÷ 预测；小于 0 时取 0。

    Parameters
    ----------
    forecast, actual : 历史预测量与实际来电量（通）。两列等长的数（配合 slots），
        或两张同形的表：行是日期，列是时段。
    aht : 平均处理时长（秒），一个数或每个时段一个。
    slots : 每一行属于哪个时段，与 forecast 等长，如 ``table["时段"]``；
        不给时一列数当作同一个时段的历史。
    plan : 要排的那一天每个时段的预测量；不给则取历史预测的平均。
    pool : True 时各时段的误差合在一起取分位数（历史短时用）。
    quantile : 要顶住的误差分位数，0.95 是教学约定。
    interval, service_level, target, patience : 同 ``ccomlib.erlang.required_agents``。
    method : "quantile" 直接用 quantile；"newsvendor" 用报童分位 q = Cu ÷ (Cu + Co)。
    understaffing_cost, overstaffing_cost : 少一人、多一人一个时段的代价（元），只用于报童法。

    Returns
    -------
    Reserve
        逐时段的表、分位数、峰值与占比。

    Raises
    ------
    ValueError
        预测不为正、形状不一，或误差太少：估 q 分位至少要 1 ÷ (1 − q) 个误差。

    Notes
    -----
    q 分位意味着平均每 1/(1−q) 次里仍有一次不够；机动不解决系统性偏差。

    References
    ----------
    分位数法是本课程的约定（预测误差的分位数经 Erlang 换成人数）；报童模型见
    Arrow, Harris & Marschak (1951), Optimal inventory policy。

    Examples
    --------
    >>> errors = [0.8 + 0.02 * k for k in range(21)]
    >>> reserve = reserve_size([100] * 21, [100 * e for e in errors], 180, quantile=0.9)
    >>> reserve.table[["基本人数", "高位人数", "机动人数"]].iloc[0].tolist()
    [14, 15, 1]
    """
    q = _choose_quantile(method, quantile, understaffing_cost, overstaffing_cost)
    expected, real, names = _by_slot(forecast, actual, slots)
    ratios = {name: r / f for name, f, r in zip(names, expected, real, strict=True)}
    planned = _per_slot(plan, names, "计划来电量（plan）")
    if planned is None:
        planned = np.array([f.mean() for f in expected])
    seconds = _per_slot(aht, names, "平均处理时长（aht）")
    pooled = np.concatenate(list(ratios.values()))
    samples = [pooled] * len(names) if pool else list(ratios.values())
    _require_enough(samples, names, q, pool)
    factor = np.array([np.quantile(sample, q) for sample in samples])

    from ccomlib.erlang import required_agents

    settings = {
        "service_level": service_level,
        "target": target,
        "interval": interval,
        "patience": patience,
    }
    base = np.asarray(required_agents(planned, seconds, **settings).agents)
    high = np.asarray(required_agents(planned * factor, seconds, **settings).agents)
    extra = np.maximum(high - base, 0)
    table = pd.DataFrame(
        {
            "时段": names,
            "预测量": planned,
            "误差个数": [len(sample) for sample in samples],
            "误差比分位数": factor,
            "高位来电量": planned * factor,
            "基本人数": base,
            "高位人数": high,
            "机动人数": extra,
            "机动占比": extra / base,
        }
    )
    top = int(extra.argmax())
    everything = np.concatenate(expected), np.concatenate(real)
    return Reserve(
        table=table,
        errors=ratios,
        quantile=q,
        method=method,
        pooled=pool,
        peak=int(extra[top]),
        peak_slot=names[top],
        peak_share=float(extra[top] / base[top]),
        share=float(extra.sum() / base.sum()),
        bias=float((everything[0] - everything[1]).sum() / everything[1].sum()),
        n_errors=min(len(sample) for sample in samples),
    )


def _choose_quantile(method: str, quantile: float, under: Any, over: Any) -> float:
    if method not in METHODS:
        raise ValueError(f'method 是 {method!r}，应是 "quantile" 或 "newsvendor"。')
    if method == "quantile":
        if under is not None or over is not None:
            raise ValueError('给了成本却没有用它：请写 method="newsvendor"，或去掉两个成本。')
        return float(require_range(quantile, "分位数（quantile）", 0, 1, above=True, below=True))
    if under is None or over is None:
        raise ValueError("报童法要有两个成本：understaffing_cost 与 overstaffing_cost（元）。")
    cost = float(require_range(under, "少一人的代价（understaffing_cost）", 0, above=True))
    waste = float(require_range(over, "多一人的代价（overstaffing_cost）", 0, above=True))
    return cost / (cost + waste)


def _by_slot(
    forecast: Any, actual: Any, slots: Any
) -> tuple[list[np.ndarray], list[np.ndarray], list[str]]:
    """每个时段的历史预测与实际，各是一列数。"""
    expected = np.asarray(require_range(forecast, "预测量（forecast）", 0, above=True))
    real = np.asarray(require_range(actual, "实际来电量（actual）", 0))
    if expected.shape != real.shape or expected.ndim not in {1, 2} or not expected.size:
        raise ValueError(
            f"预测量（forecast）形状 {expected.shape} 与实际来电量（actual）{real.shape} 应相同，"
            "且是一列数或一张表：请取自同一张表。"
        )
    for one, other in ((forecast, actual), (slots, forecast)):
        if (
            isinstance(one, (pd.Series, pd.DataFrame))
            and isinstance(other, (pd.Series, pd.DataFrame))
            and not one.index.equals(other.index)
        ):
            raise ValueError("预测量、实际来电量、时段的行标签不一致：请取自同一张表。")
    if not real.sum() > 0:
        raise ValueError("实际来电量（actual）全是 0：没有误差可用，请核对这一列。")
    if expected.ndim == 2:
        if slots is not None:
            raise ValueError("forecast 是一张表时，列就是时段：请去掉 slots。")
        names = [
            str(name) for name in getattr(forecast, "columns", range(1, expected.shape[1] + 1))
        ]
        return list(expected.T), list(real.T), names
    if slots is None:
        return [expected], [real], ["全部"]
    codes, labels = pd.factorize(np.asarray(slots, dtype=object), sort=True)
    if len(codes) != len(expected) or (codes < 0).any():
        raise ValueError(
            f"时段（slots）有 {len(codes)} 个、预测量有 {len(expected)} 个：应等长且没有空值。"
        )
    order = np.argsort(codes, kind="stable")
    cuts = np.cumsum(np.bincount(codes))[:-1]
    names = [str(label) for label in labels]
    return np.split(expected[order], cuts), np.split(real[order], cuts), names


def _per_slot(value: Any, names: list[str], name: str) -> np.ndarray | None:
    """一个数、一列数，或按时段标了行标签的 Series，变成每个时段一个。"""
    if value is None:
        return None
    if isinstance(value, pd.Series) and set(map(str, value.index)) >= set(names):
        value = value.set_axis([str(label) for label in value.index]).loc[names].to_numpy()
    numbers = as_numbers(require_range(value, name, 0, above=True), name)
    if numbers.ndim > 1 or (numbers.ndim == 1 and numbers.size != len(names)):
        raise ValueError(
            f"{name}有 {numbers.size} 个，应是一个数或 {len(names)} 个（每个时段一个）。"
        )
    return np.broadcast_to(numbers, len(names)).astype(float)


def _require_enough(samples: list[np.ndarray], names: list[str], q: float, pool: bool) -> None:
    need = int(np.ceil(1 / (1 - q) - 1e-9))
    short = [i for i, sample in enumerate(samples) if len(sample) < need]
    if short:
        first = short[0]
        where = "各时段合起来" if pool else f"时段 {names[first]} "
        advice = "" if pool else "，用 pool=True 合并各时段的误差"
        raise ValueError(
            f"{where}只有 {len(samples[first])} 个误差，估 {q:.0%} 分位至少要 {need} 个："
            f"请给更长的历史{advice}，或降低 quantile。"
        )

"""预测误差分三层：多少改预测就没有了，多少人数公式已经备过，剩多少才归机动？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, require_same_length

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ErrorLayers", "error_layers"]

PARTS = ("改预测的人", "公式备过的人", "机动人数")
COLOUR = {"改预测的人": "light", "公式备过的人": "grey", "机动人数": "second"}
FEWEST = 30


@dataclass(frozen=True, eq=False)
class ErrorLayers(Result):
    """误差的三层。由 ``error_layers`` 生成，不直接构造。

    ``table`` 一行一组：误差比的散开程度（原来的、去掉偏差以后、碰巧、意外）与三层各几人，
    人数可以是小数；``biases`` 是各组、各种日子的实际 ÷ 预测。
    """

    table: pd.DataFrame
    biases: pd.DataFrame
    quantile: float

    units: ClassVar = {
        "忙时预测量": "通",
        **dict.fromkeys(("原来散开", "去偏差后散开", "碰巧", "意外"), "%"),
        **dict.fromkeys(("照原始误差", *PARTS), "人"),
    }

    @property
    def raw(self) -> float:
        """照原始误差备，各组合计几人。"""
        return float(self.table["照原始误差"].sum())

    @property
    def heads(self) -> int:
        """只为意外备，各组合计几人，进到整数。"""
        return int(np.ceil(self.table["机动人数"].sum() - 1e-9))

    def summary(self) -> pd.DataFrame:
        """逐组：误差散得多开，三层各几人。"""
        return self.table

    def excel(self) -> dict[str, Any]:
        """意外是活的公式，人数写合计。"""
        spread, chance = "[去偏差后散开]", "[碰巧]"
        return {
            "formulas": {"意外": f"SQRT(MAX({spread} * {spread} - {chance} * {chance}, 0))"},
            "totals": ["照原始误差", *PARTS],
            "units": dict(self.units),
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """一组一条，三层并列。"""
        ax = new_axes(ax, figsize=(8, 2.0 + 0.5 * len(self.table)))
        left = np.zeros(len(self.table))
        names = [str(name) for name in self.table.iloc[:, 0]]
        for part in PARTS:
            width = self.table[part].clip(lower=0).to_numpy()
            bars = ax.barh(names, width, left=left, color=COLOURS[COLOUR[part]], label=part)
            ax.bar_label(
                bars,
                [f"{one:.1f}" if one >= 0.25 else "" for one in width],
                label_type="center",
                color="white" if COLOUR[part] == "grey" else "black",
            )
            left += width
        ax.invert_yaxis()
        ax.grid(axis="y", visible=False)
        ax.set(xlabel="最忙的时段备几人（人）", xlim=(0, 1.08 * max(left.max(), 1)))
        finding(
            ax,
            f"照原始误差备 {self.raw:.0f} 人，真正的意外只要 {self.heads} 人",
            f"误差的 {self.quantile:.0%} 分位，换成人数",
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        sums = self.table[list(PARTS)].sum()
        # 略小于零是碰巧：没有偏差可改
        bias = sums.iloc[0]
        mended = f"改预测能消去 {bias:.1f} 人" if bias >= 0.05 else "没有偏差可以改"
        return (
            f"照原始误差的 {self.quantile:.0%} 分位要备 {self.raw:.1f} 人：{mended}，"
            f"{sums.iloc[1]:.1f} 人是碰巧的多少，人数公式里已经备过，"
            f"真正的意外是 {sums.iloc[2]:.1f} 人，备 {self.heads} 人；"
            "前提是今后的误差像这段历史，各组不会同时都最高时还可以更少。"
        )


def error_layers(
    forecast: Any,
    actual: Any,
    aht: Any,
    *,
    by: Any = None,
    known: Any = None,
    slots: Any = None,
    quantile: float = 0.95,
    service_level: float = 0.8,
    target: float = 20,
    interval: float = 1800,
    patience: float | None = None,
) -> ErrorLayers:
    """预测误差里，哪一层该备机动？

    误差比 r = 实际 ÷ 预测。第一层是各种已知日子的偏差 b = Σ实际 ÷ Σ预测，改预测就没有了；
    第二层是碰巧：来电像泊松那样忽多忽少，方差 1 ÷ 预测量，人数公式里已经备过；
    剩下的是意外，τ² = r ÷ b 的方差 − 碰巧的方差。
    各层人数 = N(忙时预测量 × 误差比的 q 分位) − N(忙时预测量)，意外的分位是把 r ÷ b 的分位按
    τ ÷ 标准差 缩回来。

    Parameters
    ----------
    forecast, actual, aht : 历史上各格的预测量、实际来电量（通）与平均处理时长（秒），等长的三列。
    by : 每一格属于哪一组（如队列）；不给就是一组。
    known : 每一格是哪一种已知的日子（如 月初、其他）；不给就只有一种。
    slots : 每一格是哪个时段；给了，忙时预测量是平均预测量最大的那个时段的，不给就取全部的平均。
    quantile : 要顶住几成，0.95 是教学约定。
    service_level, target, interval, patience : 同 ``ccomlib.erlang.required_agents``。

    Returns
    -------
    ErrorLayers

    Raises
    ------
    ValueError
        长短不一、预测不为正，或一组不足 30 格。

    Notes
    -----
    人数公式（爱尔兰）本来就假定来电忽多忽少，照原始误差的分位再备一遍，就备了两次。
    格子越小，碰巧占得越多。

    References
    ----------
    泊松之外的散开见 Jongbloed & Koole (2001), Managing uncertainty in call centres using
    Poisson mixtures；换成人数的做法是教学约定。

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> day = np.repeat(rng.normal(1, 0.08, 200), 4)
    >>> layers = error_layers([100.0] * 800, rng.poisson(100 * day), 240)
    >>> layers.table[["碰巧", "意外"]].round(2).iloc[0].tolist()
    [0.1, 0.08]
    """
    require_same_length(
        {"预测量（forecast）": forecast, "实际来电量（actual）": actual, "平均处理时长（aht）": aht}
    )
    table = pd.DataFrame(
        {"预测": require_range(forecast, "预测量（forecast）", 0, above=True)}
    ).reset_index(drop=True)
    table["实际"] = np.asarray(require_range(actual, "实际来电量（actual）", 0))
    table["时长"] = np.asarray(require_range(aht, "平均处理时长（aht）", 0, above=True))
    q = float(require_range(quantile, "分位数（quantile）", 0, 1, above=True, below=True))
    for name, labels, otherwise in (
        ("组", by, "全部"),
        ("日子", known, "平常"),
        ("时段", slots, ""),
    ):
        if labels is not None and len(labels) != len(table):
            raise ValueError(
                f"{name}有 {len(labels)} 个，预测量有 {len(table)} 个：请取自同一张表。"
            )
        table[name] = otherwise if labels is None else np.asarray(labels, dtype=object)
    few = table["组"].value_counts()
    if few.min() < FEWEST:
        raise ValueError(
            f"「{few.idxmin()}」只有 {few.min()} 格，看不出误差散得多开：至少要 {FEWEST} 格，请给更长的历史。"
        )
    sums = table.groupby(["组", "日子"], sort=False)[["实际", "预测"]].sum()
    if (sums["实际"] == 0).any():
        group, kind = sums["实际"].idxmin()
        raise ValueError(
            f"「{group}」的「{kind}」一通也没有来，算不出偏差：请核对实际来电量，或去掉这一种日子。"
        )
    bias = sums["实际"] / sums["预测"]
    keys = pd.MultiIndex.from_frame(table[["组", "日子"]])
    table["修正"] = table["预测"] * bias.loc[keys].to_numpy()
    settings = {
        "service_level": service_level,
        "target": target,
        "interval": interval,
        "patience": patience,
    }
    name = getattr(by, "name", None) or "组"
    rows = [
        {name: group, **_layers(part, q, settings)}
        for group, part in table.groupby("组", sort=False)
    ]
    biases = bias.rename("实际÷预测").reset_index().rename(columns={"组": name})
    days = table.groupby(["组", "日子"], sort=False).size()
    return ErrorLayers(pd.DataFrame(rows), biases.assign(格数=days.to_numpy()), q)


def _layers(part: pd.DataFrame, q: float, settings: dict[str, Any]) -> dict[str, float]:
    """一组的散开程度与三层人数。"""
    from ccomlib.erlang import required_agents

    raw = part["实际"] / part["预测"]
    fixed = part["实际"] / part["修正"]
    chance = float((1 / part["修正"]).mean())
    beyond = max(0.0, float(fixed.var()) - chance)
    shrink = np.sqrt(beyond / fixed.var()) if fixed.var() > 0 else 0.0
    cut = float(fixed.quantile(q))
    busy = float(part.groupby("时段")["预测"].mean().max())
    factors = np.array([1.0, raw.quantile(q), cut, 1 + shrink * (cut - 1)])
    heads = required_agents(busy * factors, float(part["时长"].mean()), **settings).fractional
    first, second, last = heads[1:] - heads[0]
    return {
        "忙时预测量": busy,
        "原来散开": float(raw.std()),
        "去偏差后散开": float(fixed.std()),
        "碰巧": float(np.sqrt(chance)),
        "意外": float(np.sqrt(beyond)),
        "照原始误差": first,
        "改预测的人": first - second,
        "公式备过的人": second - last,
        "机动人数": last,
    }

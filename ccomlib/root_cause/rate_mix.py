"""率与结构：总的比率变了，是各组自己变了，还是各组的比重变了？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside
from ccomlib.reading import read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, rounding, varies
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["RateMix", "rate_mix"]


@dataclass(frozen=True, eq=False)
class RateMix(Result):
    """总比率变化的分解。由 ``rate_mix`` 得到。"""

    table: pd.DataFrame
    """一组一行，列：组、比重前、比重后、率前、率后、率的效应、结构效应、合计、结构贡献（对平均）。"""
    before: float
    after: float
    rate_effect: float
    """Σ w̄·Δr：各组自己的率变了。"""
    mix_effect: float
    """Σ r̄·Δw：各组的比重变了。"""

    @property
    def change(self) -> float:
        """总变化：后 − 前 = 率的效应 + 结构效应。"""
        return self.after - self.before

    @property
    def simpson(self) -> bool:
        """各组的率都没有往总率那个方向走，总率却变了：全是结构造成的。"""
        rates = self.table[["率前", "率后"]]
        onward = (rates["率后"] - rates["率前"]) * np.sign(self.change) > rounding(rates)
        return varies([self.before, self.after]) and not onward.any()

    def summary(self) -> pd.DataFrame:
        """逐组列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的率的效应与结构贡献并列。最多画 20 组。"""
        table = self.table.head(20)
        ax = new_axes(ax, figsize=(8.5, 1.9 + 0.5 * len(table)))
        rows = np.arange(len(table))
        ax.barh(rows - 0.2, table["率的效应"], 0.38, color=COLOURS["main"], label="率的效应")
        ax.barh(
            rows + 0.2, table["结构贡献"], 0.38, color=COLOURS["second"], label="结构（对平均）"
        )
        ax.axvline(0, color=COLOURS["grey"], linewidth=1)
        ax.set_yticks(rows, [wrap(label, 24) for label in table["组"]])
        ax.set(
            title=(
                f"总率 {self.before:.4g} → {self.after:.4g}（{self.change:+.4g}）："
                f"率 {self.rate_effect:+.4g}，结构 {self.mix_effect:+.4g}"
            ),
            xlabel="对总率变化的效应（与率同单位）",
            ylim=(len(table) - 0.4, -0.6),
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        text = (
            f"总率从 {self.before:.4g} 变到 {self.after:.4g}（{self.change:+.4g}）= 率的效应 "
            f"{self.rate_effect:+.4g} + 结构效应 {self.mix_effect:+.4g}"
        )
        if self.simpson:
            text += "；各组自己的率都没有往这个方向走，总率的变化全是比重变了，不要去追究各组"
        elif abs(self.rate_effect) >= abs(self.mix_effect):
            row = self.table.iloc[(self.table["率的效应"] * np.sign(self.rate_effect)).argmax()]
            text += f"；以率为主，最大的是{row['组']}（{row['率前']:.4g} → {row['率后']:.4g}）"
        else:
            row = self.table.iloc[(self.table["结构贡献"] * np.sign(self.mix_effect)).argmax()]
            text += f"；以结构为主，最大的是{row['组']}（比重 {row['比重前']:.1%} → {row['比重后']:.1%}）"
        return text + "；分组换一个，两个效应的大小也会变。"


def rate_mix(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    group: str,
    count: str,
    total: str | None = None,
) -> RateMix:
    """总比率（或均值）的变化 = 率的效应 + 结构效应，恰好相加。

    Parameters
    ----------
    before, after : 前后两段的表；同一组可以有许多行，自动加总。
    group : 分组列（队列、班组、原因）。
    count : 分子列：投诉件数、满意份数；求均值时是分数列。
    total : 分母列：来电量、回复份数；不给时一行算 1（分数的均值）。

    Returns
    -------
    RateMix

    Raises
    ------
    ValueError
        缺列、空值、分母为负、分母合计为 0、某组分母为 0 而分子不为 0。

    Notes
    -----
    w 是分母的比重，r 是各组的率：Δ = Σ w̄·Δr + Σ r̄·Δw，w̄、r̄ 是前后的平均。
    结构贡献 = (r̄ − R̄)·Δw，合计与 Σ r̄·Δw 相同，但看得出哪一组的比重变化拉高了总率。
    只在一段出现的组，率取它出现那一段的，于是全算结构。

    References
    ----------
    Kitagawa (1955), Components of a difference between two rates, JASA 50: 1168–1194。

    Examples
    --------
    >>> before = pd.DataFrame({"队列": ["咨询", "投诉"], "不满意": [80, 40], "回复": [800, 200]})
    >>> after = pd.DataFrame({"队列": ["咨询", "投诉"], "不满意": [60, 80], "回复": [600, 400]})
    >>> result = rate_mix(before, after, group="队列", count="不满意", total="回复")
    >>> round(result.change, 4), round(result.rate_effect, 4), round(result.mix_effect, 4)
    (0.02, 0.0, 0.02)
    """
    first = _read(before, "before", group, count, total)
    last = _read(after, "after", group, count, total)
    names = list(dict.fromkeys([*first.index, *last.index]))
    n0, x0 = (first[name].reindex(names, fill_value=0.0) for name in ("分母", "分子"))
    n1, x1 = (last[name].reindex(names, fill_value=0.0) for name in ("分母", "分子"))
    w0, w1 = n0 / n0.sum(), n1 / n1.sum()
    r0, r1 = x0 / n0.where(n0 > 0), x1 / n1.where(n1 > 0)
    r0, r1 = r0.fillna(r1), r1.fillna(r0)
    total0, total1 = float(x0.sum() / n0.sum()), float(x1.sum() / n1.sum())
    by_rate = (w0 + w1) / 2 * (r1 - r0)
    by_mix = (r0 + r1) / 2 * (w1 - w0)
    middle = (total0 + total1) / 2
    centred = ((r0 + r1) / 2 - middle) * (w1 - w0)
    table = pd.DataFrame(
        {
            "组": names,
            "比重前": w0.to_numpy(),
            "比重后": w1.to_numpy(),
            "率前": r0.to_numpy(),
            "率后": r1.to_numpy(),
            "率的效应": by_rate.to_numpy(),
            "结构效应": by_mix.to_numpy(),
            "合计": (by_rate + by_mix).to_numpy(),
            "结构贡献": centred.to_numpy(),
        }
    )
    size = (table["率的效应"] + table["结构贡献"]).abs()
    order = size.sort_values(ascending=False, kind="stable").index
    return RateMix(
        table=table.loc[order].reset_index(drop=True),
        before=total0,
        after=total1,
        rate_effect=float(by_rate.sum()),
        mix_effect=float(by_mix.sum()),
    )


def _read(
    table: pd.DataFrame, name: str, group: str, count: str, total: str | None
) -> pd.DataFrame:
    """各组的分子与分母；两段都没有分母的组去掉。"""
    read_rows(table, [group, count, *([total] if total else [])], name)
    labels = read_labels(table[group], f"{name}的{group}").to_numpy()
    data = pd.DataFrame(
        {
            "分子": as_numbers(table[count], f"{name}的{count}"),
            "分母": require_range(table[total], f"{name}的{total}", 0) if total else 1.0,
        }
    )
    result = data.groupby(labels, sort=False).sum()
    empty = (result["分母"] == 0) & (result["分子"] != 0)
    if empty.any():
        label = result.index[empty][0]
        raise ValueError(
            f"{name}里 {label} 的分母是 0，分子却是 {result.loc[label, '分子']:g}：请核对。"
        )
    if result["分母"].sum() == 0:
        raise ValueError(f"{name}的分母合计是 0，没有总率：请换一段时间。")
    return result[result["分母"] > 0]

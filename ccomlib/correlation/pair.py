"""两列数：一起变吗，变得多紧，这个结论牢不牢？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import label_points
from ccomlib.coefficients import (
    METHODS,
    coefficient,
    critical_r,
    exact_spearman_p,
    fisher_interval,
    require_method,
    t_of_r,
)
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import align_labels, as_series, require_range, varies
from ccomlib.wording import p_text

from .traps import Groups, corrected_for_range, fragile_points, squeezed, within_groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Correlation", "correlate", "read_pair"]

LABELLED = 6


@dataclass(frozen=True, eq=False)
class Correlation(Result):
    """两列数的相关。由 ``correlate`` 得到。"""

    r: float
    n: int
    t: float
    df: int
    p: float
    """双侧。"""
    low: float
    high: float
    confidence: float
    critical: float
    """alpha = 1 − confidence 时的双侧临界 |r|。"""
    method: str
    other: float
    """另一种系数：皮尔逊时给斯皮尔曼，反之亦然。"""
    slope: float
    """x 每多 1，y 平均多多少（最小二乘）。"""
    intercept: float
    x_name: str
    y_name: str
    outliers: tuple
    """左右结论的点的行标签。"""
    without_outliers: float | None
    """去掉这些点以后的 r；没有这样的点，或去掉后一列处处相等时为 None。"""
    corrected: float | None
    """从 y 里减去 x 的那一份以后的 r；没有给 part_weight 时为 None。"""
    range_corrected: float | None
    """按全体的标准差还原的 r；没有给 whole_sd 时为 None。"""
    within_r: float | None
    """各组减去本组平均以后合起来的 r；没有给 group 时为 None。"""
    groups: pd.DataFrame | None
    """逐组，列：n、r、斜率；不足 3 对或没有变化的组 r 为空。没有给 group 时为 None。"""
    warnings: tuple[str, ...]
    """要当心的事，每条一句。"""
    table: pd.DataFrame
    """逐点，列：x、y、组、左右结论。"""

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    def summary(self) -> pd.DataFrame:
        """系数、检验、区间与各项核对。"""
        other = "斯皮尔曼" if self.method == "pearson" else "皮尔逊"
        rows = [
            (f"{METHODS[self.method]} r", self.r, f"n = {self.n}"),
            ("区间下限", self.low, f"{self.confidence:.0%} 置信区间"),
            ("区间上限", self.high, f"{self.confidence:.0%} 置信区间"),
            ("t", self.t, f"自由度 {self.df}"),
            ("p（双侧）", self.p, "显著" if self.significant else "不显著"),
            ("临界 |r|", self.critical, "|r| 超过它才算显著"),
            ("R²", self.r**2, "一个指标的差异里，与另一个共有的份额"),
            (f"{other} r", self.other, "与上面差很多，就去看散点图"),
            ("斜率", self.slope, f"{self.x_name}每多 1，{self.y_name}平均多这么多"),
        ]
        if self.without_outliers is not None:
            gone = "、".join(map(str, self.outliers[:LABELLED]))
            rows.append(("去掉离群点的 r", self.without_outliers, f"去掉：{gone}"))
        if self.corrected is not None:
            rows.append(("扣除自己后的 r", self.corrected, "y 里减去 x 的那一份再算"))
        if self.range_corrected is not None:
            rows.append(("还原全距后的 r", self.range_corrected, "按全体的标准差推算，仅供参考"))
        if self.groups is not None:
            rows.append(("组内 r（合并）", self.within_r, "各组都减去本组平均再算"))
            rows += [
                (f"　{name}", row["r"], f"n = {row['n']:.0f}")
                for name, row in self.groups.iterrows()
            ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """散点、拟合线；左右结论的点写出名字；分组时各组一色、各一条线。"""
        ax = new_axes(ax, figsize=(8, 5))
        x, y = self.table["x"].to_numpy(), self.table["y"].to_numpy()
        marked = self.table["左右结论"].to_numpy()
        if self.groups is None:
            ax.scatter(x[~marked], y[~marked], color=COLOURS["main"], s=28, alpha=0.75)
        else:
            self._draw_groups(ax)
        if marked.any():
            ax.scatter(x[marked], y[marked], s=70, marker="D", color=COLOURS["bad"])
        ends = np.array([x.min(), x.max()])
        ax.plot(ends, self.intercept + self.slope * ends, color="black", linewidth=1.5)
        title = f"{METHODS[self.method]} r = {self.r:.2f}，n = {self.n}，{p_text(self.p)}"
        if self.without_outliers is not None:
            title += f"；去掉标出的点后 r = {self.without_outliers:.2f}"
        if self.groups is not None:
            title += f"；组内 r = {self.within_r:.2f}"
        ax.set(title=title, xlabel=self.x_name, ylabel=self.y_name)
        ax.margins(0.08)
        ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        if self.groups is not None:
            ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        shown = self.table[marked].iloc[:LABELLED]
        label_points(ax, shown["x"], shown["y"], [str(label) for label in shown.index])
        return ax

    def _draw_groups(self, ax: Axes) -> None:
        """至多八组各一色，再多就只画点。"""
        from matplotlib import colormaps

        names = list(self.groups.index)
        colors = list(COLOURS.values()) if len(names) <= 7 else colormaps["tab20"].colors
        for number, name in enumerate(names):
            part = self.table[self.table["组"] == name]
            color = colors[number % len(colors)]
            ax.scatter(part["x"], part["y"], color=color, s=28, alpha=0.75, label=str(name))
            ends = np.array([part["x"].min(), part["x"].max()])
            slope = self.groups.loc[name, "斜率"]
            if ends[0] < ends[1]:
                line = part["y"].mean() + slope * (ends - part["x"].mean())
                ax.plot(ends, line, color=color, linewidth=1.2, linestyle="--")

    def __str__(self) -> str:
        verdict = "显著" if self.significant else "不显著，还说不出有没有关系"
        side = ""
        if self.significant:
            side = "，同升同降" if self.r > 0 else "，一升一降"
        text = (
            f"{self.x_name}与{self.y_name}：{METHODS[self.method]} r = {self.r:.2f}"
            f"（{self.confidence:.0%} 区间 {self.low:.2f} 到 {self.high:.2f}），"
            f"{p_text(self.p)}，n = {self.n}，{verdict}{side}。"
        )
        if self.warnings:
            text += "当心：" + "；".join(self.warnings) + "。"
        return text + "相关不等于因果。"


def correlate(
    x: Any,
    y: Any,
    *,
    method: str = "pearson",
    group: Any = None,
    part_weight: float | None = None,
    whole_sd: float | None = None,
    confidence: float = 0.95,
    few: int = 30,
    influence: float = 0.2,
    ceiling: float = 0.3,
) -> Correlation:
    """两个指标相关吗：系数、区间、检验，并点名会骗人的情形。

    Parameters
    ----------
    x, y : 成对的两列数，一样长，至少 4 对；给 Series 时用它的名字与行标签。
    method : ``"pearson"`` 看直线关系；``"spearman"`` 只看名次，不怕离群点与弯曲。
    group : 每行属于哪一组（如班组），给了就核对分组后相关会不会反过来。
    part_weight : y 是总分而 x 是其中一项时，x 在 y 里的权重；给了就另算扣除自己后的 r。
    whole_sd : x 在全体中的标准差；手上只是选出来的一段时，用来还原全距。
    confidence : 置信水平；显著性水平是 1 − confidence。
    few : n 少于它提醒样本小（教学约定）。
    influence : 去掉个别点、分组后 r 改变多少要提醒（教学约定）。
    ceiling : 挤在最高或最低一个值上的比例超过它要提醒（教学约定）。

    Returns
    -------
    Correlation
        结果、散点图与提醒。

    Raises
    ------
    ValueError
        长短不一、少于 4 对、有空值、某列全相等、行标签对不上。

    Notes
    -----
    t = r√(n−2)/√(1−r²)；区间为 Fisher z，斯皮尔曼的标准误乘 √(1+r²/2)；
    斯皮尔曼在 10 对以内且没有并列时用精确分布求 p。还原全距为 Thorndike 情形 2。

    References
    ----------
    Fisher (1921)；Bonett & Wright (2000), Psychometrika 65: 23–28；Thorndike (1949), Personnel Selection。

    Examples
    --------
    >>> quality = pd.Series([82, 85, 88, 90, 91, 79, 86, 94], name="质检分")
    >>> csat = pd.Series([4.1, 4.2, 4.4, 4.3, 4.6, 4.0, 4.1, 4.7], name="满意度")
    >>> result = correlate(quality, csat)
    >>> round(result.r, 3), round(result.p, 4), result.significant
    (0.916, 0.0014, True)
    """
    require_method(method)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    x, y = read_pair(x, y)
    n = len(x)
    a, b = x.to_numpy(), y.to_numpy()
    r = coefficient(a, b, method)
    t, p = t_of_r(r, n)
    if method == "spearman":
        exact = exact_spearman_p(a, b)
        p = p if exact is None else exact
    low, high = fisher_interval(r, n, confidence, ranked=method == "spearman")
    other = coefficient(a, b, "spearman" if method == "pearson" else "pearson")
    slope = float(np.cov(a, b)[0, 1] / a.var(ddof=1))
    outliers, without = fragile_points(a, b, method, influence)
    groups = None if group is None else within_groups(x, y, group, method)
    corrected = _corrected(a, b, part_weight, method)
    restored = None if whole_sd is None else corrected_for_range(a, r, whole_sd)
    marked = np.isin(np.arange(n), outliers)
    table = pd.DataFrame({"x": x, "y": y, "左右结论": marked})
    table.insert(2, "组", "" if groups is None else groups.labels)
    names = str(x.name), str(y.name)
    warnings = []
    if n < few:
        warnings.append(f"只有 {n} 对（少于 {few}），区间很宽")
    if len(outliers):
        warnings.append(_outlier_text([x.index[i] for i in outliers], r, without))
    elif abs(r - other) >= influence:
        warnings.append(f"两种系数差得多（另一种 {other:.2f}），可能有离群点或弯曲，请看散点图")
    warnings += _range_texts(a, b, names, ceiling, whole_sd, restored)
    if groups is not None:
        warnings += _group_texts(r, groups, influence)
    if corrected is not None:
        warnings.append(f"{names[0]}本身在{names[1]}里，扣除后 r = {corrected:.2f}")
    return Correlation(
        r=r,
        n=n,
        t=t,
        df=n - 2,
        p=p,
        low=low,
        high=high,
        confidence=float(confidence),
        critical=critical_r(n, 1 - confidence),
        method=method,
        other=other,
        slope=slope,
        intercept=float(b.mean() - slope * a.mean()),
        x_name=names[0],
        y_name=names[1],
        outliers=tuple(x.index[i] for i in outliers),
        without_outliers=without,
        corrected=corrected,
        range_corrected=restored,
        within_r=None if groups is None else groups.pooled,
        groups=None if groups is None else groups.table,
        warnings=tuple(warnings),
        table=table,
    )


def read_pair(x: Any, y: Any) -> tuple[pd.Series, pd.Series]:
    """两列成对的数：一样长、标签一致、都有变化；没有名字的叫 x、y。"""
    columns = []
    for name, values in (("x", x), ("y", y)):
        own = getattr(values, "name", None)
        columns.append(as_series(values, name if own is None else str(own)))
        columns[-1].name = name if own is None else own
    first, second = columns
    if len(first) != len(second):
        raise ValueError(
            f"{first.name}有 {len(first)} 个，{second.name}有 {len(second)} 个，配不成对："
            "请取同样的行。"
        )
    if len(first) < 4:
        raise ValueError(f"只有 {len(first)} 对，少于 4 对算不出区间：请增加数据。")
    first, second = align_labels(first, second)
    for values in (first, second):
        if not varies(values):
            raise ValueError(
                f"{values.name}全是 {values.iloc[0]:g}，没有变化就谈不上相关：请换一列或放宽筛选。"
            )
    return first, second


def _corrected(a: np.ndarray, b: np.ndarray, weight: float | None, method: str) -> float | None:
    """从总分里减去这一项再算相关。"""
    if weight is None:
        return None
    part = float(require_range(weight, "part_weight")) * a
    rest = b - part
    if not varies(rest, b, part):
        raise ValueError(
            f"按权重 {weight:g} 减去 x 以后 y 没有变化：y 里只有 x 这一项，请核对 part_weight。"
        )
    return coefficient(a, rest, method)


def _outlier_text(labels: list, r: float, without: float | None) -> str:
    names = "、".join(map(str, labels[:LABELLED])) + ("等" if len(labels) > LABELLED else "")
    if without is None:
        return f"结论全系于一点（{names}），去掉后有一列处处相等"
    turned = "，方向反了" if r * without < 0 else ""
    return f"结论系于个别点（{names}），去掉后 r = {without:.2f}{turned}"


def _range_texts(
    a: np.ndarray,
    b: np.ndarray,
    names: tuple[str, str],
    ceiling: float,
    whole_sd: float | None,
    restored: float | None,
) -> list[str]:
    texts = []
    for name, values in zip(names, (a, b), strict=True):
        share, value = squeezed(values)
        if share > ceiling:
            texts.append(f"{name}有 {share:.0%} 挤在 {value:g}，全距受限，r 会偏小")
    if restored is not None and a.std(ddof=1) < whole_sd:
        texts.append(
            f"{names[0]}的标准差 {a.std(ddof=1):.3g} 小于全体的 {whole_sd:.3g}，"
            f"全距受限，还原后约 {restored:.2f}"
        )
    return texts


def _group_texts(r: float, groups: Groups, influence: float) -> list[str]:
    if groups.pooled * r < 0 and abs(groups.pooled - r) >= influence:
        return [f"辛普森悖论：合在一起 r = {r:.2f}，各组之内却是 {groups.pooled:.2f}，方向相反"]
    if abs(groups.pooled - r) >= influence:
        return [f"组间差别左右了相关：合在一起 r = {r:.2f}，各组之内是 {groups.pooled:.2f}"]
    return []

"""校准会：每位质检员偏高还是偏低，在不在容差里，先讨论哪几通？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import label_points
from ccomlib.multiplicity import holm
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_range, same_rows, varies

from .equivalence import tost_from
from .scores import read_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Calibration", "calibrate"]

VERDICT_COLOURS = {"在容差内": "good", "超出容差": "bad", "有偏差": "second", "证据不足": "grey"}


@dataclass(frozen=True, eq=False)
class Calibration(Result):
    """各质检员相对参照的偏差。由 ``calibrate`` 得到。"""

    table: pd.DataFrame
    """逐人，列：质检员、平均差、下限、上限、差的标准差、一致下限、一致上限、p、p（Holm）、p（等效）、判断。"""
    tolerance: float
    alpha: float
    reference: str
    """与谁比。"""
    differences: pd.DataFrame
    """录音 × 质检员：得分 − 参照。"""
    scores: pd.DataFrame
    items: pd.DataFrame
    """逐通，列：平均分、最高、最低、极差、最高者、最低者；极差大的在前。"""

    @property
    def calibrated(self) -> bool:
        """每一位都由等效检验证明在容差内。"""
        return bool((self.table["判断"] == "在容差内").all())

    @property
    def to_recalibrate(self) -> tuple[str, ...]:
        """超出容差，或确有偏差而不能说在容差内的人。"""
        out = self.table["判断"].isin(["超出容差", "有偏差"])
        return tuple(self.table.loc[out, "质检员"])

    def summary(self) -> pd.DataFrame:
        """逐人列出，偏得多的在前。"""
        order = self.table["平均差"].abs().sort_values(ascending=False, kind="stable").index
        return self.table.loc[order].reset_index(drop=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """各人的平均差与区间，小点是逐通的差，绿带是容差。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(9, 1.8 + 0.5 * len(table)))
        ax.axvspan(
            -self.tolerance,
            self.tolerance,
            color=COLOURS["good"],
            alpha=0.12,
            label=f"容差 ±{self.tolerance:g}",
        )
        ax.axvline(0, color=COLOURS["grey"])
        for row, line in table.iterrows():
            gaps = self.differences[line["质检员"]].to_numpy()
            shift = (np.arange(len(gaps)) % 5 - 2) * 0.06
            ax.plot(gaps, row + shift, "o", color=COLOURS["grey"], alpha=0.35, markersize=4)
            color = COLOURS[VERDICT_COLOURS[line["判断"]]]
            ax.plot([line["下限"], line["上限"]], [row, row], color=color, linewidth=3.5)
            ax.plot(line["平均差"], row, "D", color=color, markersize=7)
        ax.set_yticks(
            range(len(table)), [f"{line['质检员']}　{line['判断']}" for _, line in table.iterrows()]
        )
        ax.set(
            title=f"偏高还是偏低：与{self.reference}比（粗线为平均差的 {1 - 2 * self.alpha:.0%} 区间）",
            xlabel=f"得分 − {self.reference}（分）",
            ylim=(-0.7, len(table) - 0.3),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def plot_agreement(self, rater: str, ax: Axes | None = None) -> Axes:
        """一位质检员的 Bland-Altman 图：差对平均，虚线之间应包含约 95% 的录音。"""
        if rater not in self.differences.columns:
            have = "、".join(map(str, self.differences.columns))
            raise ValueError(f"没有质检员 {rater!r}；有：{have}。请改成其中一位。")
        ax = new_axes(ax, figsize=(8, 4.5))
        line = self.table.set_index("质检员").loc[rater]
        gap = self.differences[rater]
        level = self.scores[rater] - gap / 2
        ax.axhspan(-self.tolerance, self.tolerance, color=COLOURS["good"], alpha=0.12)
        ax.axhline(line["平均差"], color=COLOURS["main"], label=f"平均差 {line['平均差']:+.2f}")
        for name in ("一致下限", "一致上限"):
            ax.axhline(
                line[name], color=COLOURS["main"], linestyle="--", label=f"{name} {line[name]:+.2f}"
            )
        ax.plot(level, gap, "o", color=COLOURS["grey"])
        outside = (gap < line["一致下限"]) | (gap > line["一致上限"])
        ax.plot(level[outside], gap[outside], "o", color=COLOURS["bad"])
        ax.set(
            title=f"{rater}与{self.reference}：绿带为容差 ±{self.tolerance:g}",
            xlabel=f"两者的平均（分），参照为{self.reference}",
            ylabel="差（分）",
        )
        ax.margins(0.08)
        ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        names = [str(label) for label in gap[outside].index]
        label_points(ax, level[outside], gap[outside], names)
        return ax

    def __str__(self) -> str:
        counts = self.table["判断"].value_counts()
        text = f"与{self.reference}比，容差 ±{self.tolerance:g}："
        parts = []
        for verdict in VERDICT_COLOURS:
            if verdict in counts:
                names = [
                    f"{line['质检员']} {line['平均差']:+.1f}"
                    for _, line in self.table[self.table["判断"] == verdict].iterrows()
                ]
                shown = "、".join(names[:6]) + ("等" if len(names) > 6 else "")
                parts.append(f"{verdict} {len(names)} 人（{shown}）")
        text += "，".join(parts)
        if "证据不足" in counts:
            text += "；证据不足的人差异不显著，但不能说已校准，要多评几通再测"
        if "有偏差" in counts:
            text += "；有偏差的人确实偏了，是否超出容差还不能断定"
        top = self.items.iloc[0]
        if top["极差"] > 0:
            text += f"；校准会先讨论 {self.items.index[0]}（最高与最低差 {top['极差']:g} 分）"
        return text + "。这里比的是平均，个别录音的差看一致界限。"


def calibrate(
    scores: Any,
    *,
    tolerance: float = 3,
    standard: Any = None,
    alpha: float = 0.05,
) -> Calibration:
    """校准打分：每位质检员比别人（或比标准分）偏高还是偏低，在容差里吗？

    Parameters
    ----------
    scores : 一行一通录音、一列一位质检员；长表先用 ``pivot_scores``。
    tolerance : 容差（分），事先定好；3 分是教学约定。
    standard : 标准分（专家或共识）：scores 里的列名，或与录音一一对应的一列数。
        缺省时每个人与其余各人的平均比，自己不算在内。
    alpha : 等效检验与偏差检验的水平；区间是 1 − 2·alpha。

    Returns
    -------
    Calibration
        逐人的偏差、等效检验与判断，逐通的分歧。

    Raises
    ------
    ValueError
        不足两人（有标准分时一人）、不足三通、有空值、标准分对不上、容差不大于 0。

    Notes
    -----
    判断：区间整段在 ±容差以内是「在容差内」（等价于 TOST 显著）；整段在外是「超出容差」；
    跨着容差而 Holm 校正后 p 小于 alpha 是「有偏差」；都不是就是「证据不足」，不显著不等于已校准。
    一致界限 = 平均差 ± 1.96·差的标准差。没有标准分时各人的偏差加起来是 0，一人偏低会让其余人显得偏高。

    References
    ----------
    Bland & Altman (1986), Lancet 327: 307–310；Schuirmann (1987)。

    Examples
    --------
    >>> scores = pd.DataFrame({"甲": [88, 92, 85, 90, 78], "乙": [87, 92, 84, 91, 78], "丙": [80, 85, 79, 83, 70]})
    >>> calibrate(scores).table[["质检员", "平均差", "判断"]].to_numpy().tolist()
    [['甲', 3.7, '超出容差'], ['乙', 3.4, '有偏差'], ['丙', -7.1, '超出容差']]
    """
    tolerance = float(require_range(tolerance, "tolerance", 0, above=True))
    require_range(alpha, "alpha", 0, 0.5, above=True, below=True)
    table = read_scores(scores, raters=1, items=3)
    table, against, reference = _reference(table, standard)
    gaps = table - against
    rows = [
        _row(name, gaps[name].to_numpy(), varies(gaps[name], table), tolerance, alpha)
        for name in gaps
    ]
    result = pd.DataFrame(
        rows,
        columns=[
            "质检员",
            "平均差",
            "下限",
            "上限",
            "差的标准差",
            "一致下限",
            "一致上限",
            "p",
            "p（等效）",
        ],
    )
    result.insert(8, "p（Holm）", holm(result["p"]))
    result["判断"] = [_verdict(line, tolerance, alpha) for line in result.to_dict(orient="records")]
    return Calibration(
        table=result,
        tolerance=tolerance,
        alpha=float(alpha),
        reference=reference,
        differences=gaps,
        scores=table,
        items=_items(table),
    )


def _reference(table: pd.DataFrame, standard: Any) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """每个人各与什么比。"""
    if standard is None:
        if table.shape[1] < 2:
            raise ValueError("只有一位质检员，没有人可比：请给 standard（标准分），或再加一位。")
        others = table.shape[1] - 1
        against = table.rsub(table.sum(axis=1), axis=0) / others
        return table, against, "其余各人的平均"
    if isinstance(standard, str):
        if standard not in table.columns:
            have = "、".join(map(str, table.columns))
            raise ValueError(f"scores 没有标准分这一列 {standard!r}；有：{have}。请改列名。")
        target, name = table[standard], standard
        table = table.drop(columns=standard)
        if table.shape[1] < 1:
            raise ValueError("除了标准分没有别的列：请加上质检员的分。")
    else:
        target = as_series(standard, "standard")
        name = str(getattr(standard, "name", None) or "标准分")
        same_rows(("scores", table.iloc[:, 0]), ("standard", target))
    values = np.tile(target.to_numpy()[:, None], table.shape[1])
    return table, pd.DataFrame(values, index=table.index, columns=table.columns), name


def _row(name: Any, gap: np.ndarray, moving: bool, tolerance: float, alpha: float) -> tuple:
    """一位质检员的偏差。"""
    mean, sd = float(gap.mean()), float(gap.std(ddof=1))
    limits = (mean - 1.96 * sd, mean + 1.96 * sd)
    if not moving:
        # 处处差一样多：没有误差可言，差多少就是多少
        inside = abs(mean) < tolerance
        return (name, mean, mean, mean, 0.0, mean, mean, float(mean == 0), float(not inside))
    error, df = sd / math.sqrt(len(gap)), len(gap) - 1
    test = tost_from(mean, error, df, tolerance, alpha=alpha, kind=1, names=(str(name), ""))
    return (name, mean, test.low, test.high, sd, *limits, test.p_difference, test.p)


def _verdict(line: dict, tolerance: float, alpha: float) -> str:
    if line["p（等效）"] < alpha:
        return "在容差内"
    if line["下限"] >= tolerance or line["上限"] <= -tolerance:
        return "超出容差"
    return "有偏差" if line["p（Holm）"] < alpha else "证据不足"


def _items(table: pd.DataFrame) -> pd.DataFrame:
    """逐通的分歧。"""
    found = pd.DataFrame(
        {
            "平均分": table.mean(axis=1),
            "最高": table.max(axis=1),
            "最低": table.min(axis=1),
            "极差": table.max(axis=1) - table.min(axis=1),
            "最高者": table.idxmax(axis=1),
            "最低者": table.idxmin(axis=1),
        }
    )
    return found.sort_values("极差", ascending=False, kind="stable")

"""逐题：难度、区分度怎样，哪些题该改该换？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import label_points
from ccomlib.coefficients import coefficient
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies

from .answers import read_answers, read_full_marks
from .reliability import alpha_of, rest_correlations, touched_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ItemAnalysis", "extreme_means", "item_analysis"]

LABELLED = 40


@dataclass(frozen=True, eq=False)
class ItemAnalysis(Result):
    """逐题的难度与区分度。由 ``item_analysis`` 得到。"""

    table: pd.DataFrame
    """逐题，列：题目、满分、难度、区分度、与总分 r、与其余 r、删去后 α、判断。没有变化的题 r 为空。"""
    alpha: float
    n: int
    share: float
    """高分组、低分组各占多少。"""
    group_size: float
    """高分组（低分组）合几个人。"""
    hard: float
    easy: float
    low_discrimination: float
    low_r: float
    totals: pd.Series
    """各学员的总分。"""
    touched: str

    @property
    def flagged(self) -> pd.DataFrame:
        """判断不是「可用」的题。"""
        return self.table[self.table["判断"] != "可用"]

    def summary(self) -> pd.DataFrame:
        """逐题列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """难度 × 区分度，一点一题；虚线是界限，菱形是要看的题。"""
        ax = new_axes(ax, figsize=(9, 5.5))
        table = self.table
        bad = (table["判断"] != "可用").to_numpy()
        x, y = table["难度"].to_numpy(), table["区分度"].to_numpy()
        ax.axvspan(self.hard, self.easy, color=COLOURS["good"], alpha=0.06)
        for limit, name in ((self.hard, "偏难"), (self.easy, "偏易")):
            ax.axvline(
                limit, color=COLOURS["grey"], linestyle="--", label=f"{name}的界限 {limit:g}"
            )
        ax.axhline(
            self.low_discrimination,
            color=COLOURS["bad"],
            linestyle="--",
            label=f"区分度的界限 {self.low_discrimination:g}",
        )
        ax.plot(x[~bad], y[~bad], "o", color=COLOURS["main"], label="可用")
        ax.plot(x[bad], y[bad], "D", color=COLOURS["bad"], label="要看")
        ax.set(
            title=f"难度与区分度：{len(table)} 题、{self.n} 人（界限为教学约定）",
            xlabel="难度 p（平均得分 ÷ 满分，越大越容易）",
            ylabel="区分度 D（高分组 − 低分组）",
            xlim=(-0.04, 1.04),
            ylim=(min(-0.05, float(y.min()) - 0.1), min(1.1, float(y.max()) + 0.15)),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        # 题太多时只写要看的，免得满图是字
        shown = np.arange(len(table)) if len(table) <= LABELLED else np.flatnonzero(bad)
        shown = shown[:LABELLED]
        label_points(ax, x[shown], y[shown], [str(table["题目"].iloc[row]) for row in shown])
        return ax

    def __str__(self) -> str:
        text = (
            f"{len(self.table)} 题、{self.n} 人，平均难度 {self.table['难度'].mean():.2f}，"
            f"平均区分度 {self.table['区分度'].mean():.2f}，α = {self.alpha:.2f}"
        )
        if self.flagged.empty:
            text += "；各题都在界限内"
        else:
            named = [
                f"{line['题目']}（{line['判断']}）" for _, line in self.flagged.head(5).iterrows()
            ]
            more = f"等 {len(self.flagged)} 题" if len(self.flagged) > 5 else ""
            text += f"；要看的题：{'、'.join(named)}{more}"
        if self.touched:
            text += f"；{self.touched}"
        if self.n < 30:
            text += f"；只有 {self.n} 人，题的好坏还说不准"
        return text + "。界限是教学约定；数字只提醒去看题，留不留由出题的人定。"


def item_analysis(
    scores: Any,
    *,
    full_marks: Any = None,
    missing: str = "error",
    share: float = 0.27,
    hard: float = 0.3,
    easy: float = 0.9,
    low_discrimination: float = 0.2,
    low_r: float = 0.2,
    reversed_r: float = -0.1,
) -> ItemAnalysis:
    """一份卷子里哪些题太难、太易、分不出好坏？0/1 题与计分题都可以。

    Parameters
    ----------
    scores : 一行一位学员、一列一道题的得分，不小于 0。
    full_marks : 各题满分：一个数、一列数或 {题名: 满分}；全是 0 与 1 时可以不给。
    missing : 没答的怎样算：``"error"`` 报错、``"zero"`` 记 0 分、``"drop"`` 去掉这位学员。
    share : 高分组、低分组各取多少，0.27 是 Kelley (1939) 的常用值。
    hard, easy : 难度低于 hard 算偏难、高于 easy 算偏易（教学约定）。
    low_discrimination, low_r : 区分度、与其余各题的相关低于它们要看（教学约定；0.2 出自 Ebel 的经验）。
    reversed_r : 与其余各题的相关低于它，多半是答案给错或反着计分（教学约定）。

    Returns
    -------
    ItemAnalysis
        逐题的难度、区分度、相关、删去后的 α 与判断。

    Raises
    ------
    ValueError
        不足两题或四人、空值没有说怎样算、得分为负或超过满分、缺满分、总分都一样。

    Notes
    -----
    难度 p = 平均得分/满分；区分度 D = (高分组平均 − 低分组平均)/满分；与总分 r 在 0/1 题就是点二列相关，
    「与其余 r」扣掉了这题自己。总分并列跨在分组线上时，并列的人按名额平分，与行的次序无关。

    References
    ----------
    Kelley (1939), J. Educ. Psychol. 30: 17–24；Ebel & Frisbie (1991), Essentials of Educational Measurement。

    Examples
    --------
    >>> answers = [[1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 0, 1], [1, 0, 0, 1], [0, 0, 0, 1]]
    >>> item_analysis(answers).table[["题目", "难度", "判断"]].round(2).to_numpy().tolist()
    [['题1', 0.83, '可用'], ['题2', 0.67, '可用'], ['题3', 0.33, '区分低'], ['题4', 0.5, '反向：核对答案']]
    """
    require_range(share, "share", 0, 0.5, above=True)
    require_range(hard, "hard", 0, 1)
    require_range(easy, "easy", hard, 1)
    require_range(low_discrimination, "low_discrimination", -1, 1)
    require_range(low_r, "low_r", -1, 1)
    require_range(reversed_r, "reversed_r", -1, 0)
    data, touched = read_answers(scores, missing, learners=4)
    full = read_full_marks(data, full_marks)
    total = data.sum(axis=1)
    alpha = alpha_of(data)
    if not np.isfinite(alpha):
        raise ValueError("所有学员的总分都一样，分不出高分组与低分组：请核对数据。")
    top, bottom, size = extreme_means(data, total, share)
    flat = [not varies(data[name]) for name in data]
    whole = [
        np.nan if same else coefficient(data[name].to_numpy(), total.to_numpy())
        for name, same in zip(data, flat, strict=True)
    ]
    table = pd.DataFrame(
        {
            "题目": list(data.columns),
            "满分": full.to_numpy(),
            "难度": (data.mean() / full).to_numpy(),
            "区分度": (top - bottom) / full.to_numpy(),
            "与总分 r": whole,
            "与其余 r": rest_correlations(data),
            "删去后 α": [alpha_of(data.drop(columns=name)) for name in data],
        }
    )
    limits = (hard, easy, low_discrimination, low_r, reversed_r)
    table["判断"] = [_verdict(line, limits) for line in table.to_dict(orient="records")]
    return ItemAnalysis(
        table=table,
        alpha=alpha,
        n=len(data),
        share=float(share),
        group_size=size,
        hard=float(hard),
        easy=float(easy),
        low_discrimination=float(low_discrimination),
        low_r=float(low_r),
        totals=total.rename("总分"),
        touched=touched_note(touched, missing),
    )


def extreme_means(
    data: pd.DataFrame, total: pd.Series, share: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """高分组与低分组各题的平均得分，以及每组合几个人；并列的人按名额平分。"""
    n = len(data)
    size = max(1.0, round(share * n))
    means = []
    for score in (-total, total):
        rank = score.rank(method="min") - 1
        ties = score.map(score.value_counts())
        weight = ((size - rank) / ties).clip(0, 1)
        means.append((data.mul(weight, axis=0).sum() / size).to_numpy())
    return means[0], means[1], float(size)


def _verdict(line: dict, limits: tuple[float, ...]) -> str:
    """一题的判断，最要紧的写在前面。"""
    hard, easy, low_discrimination, low_r, reversed_r = limits
    # 刚好在界上的不因最后一位小数而变
    p, d, r = (round(line[name], 9) for name in ("难度", "区分度", "与其余 r"))
    if np.isnan(line["与总分 r"]):
        return "全对：没有区分" if p == 1 else "全错：没有区分" if p == 0 else "得分全同：没有区分"
    if r < reversed_r:
        return "反向：核对答案"
    found = []
    if p < hard:
        found.append("偏难")
    elif p > easy:
        found.append("偏易")
    if d < low_discrimination or r < low_r:
        found.append("区分低")
    return "、".join(found) or "可用"

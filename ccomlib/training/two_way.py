"""讲师 × 课件：成绩的高低是讲师教得好，还是课件编得好？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range, rounding
from ccomlib.wording import p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TwoWay", "trainer_courseware"]


@dataclass(frozen=True, eq=False)
class TwoWay(Result):
    """讲师 × 课件的双因素方差分析。由 ``trainer_courseware`` 得到，不直接构造。"""

    anova: pd.DataFrame
    """列：来源、平方和、自由度、均方、F、p、偏 η²；平方和是 II 型。"""
    means: pd.DataFrame
    """列：因素、水平、人数、原始平均、调整平均、下限、上限。"""
    cells: pd.DataFrame
    """讲师 × 课件的人数。"""
    score: str
    factors: tuple[str, str]
    n: int
    confidence: float

    @property
    def main(self) -> str | None:
        """显著且偏 η² 较大的因素；都不显著时为 None。"""
        rows = self.anova.iloc[:2]
        sure = rows[rows["p"] < 1 - self.confidence]
        return None if sure.empty else str(sure.loc[sure["偏 η²"].idxmax(), "来源"])

    @property
    def interaction(self) -> bool | None:
        """交互作用显著吗；估不出来时为 None。"""
        estimated = len(self.anova) == 4
        return bool(self.anova["p"].iloc[2] < 1 - self.confidence) if estimated else None

    def best(self, factor: str) -> str:
        """这个因素里调整平均最高的水平。"""
        rows = self.means[self.means["因素"] == factor]
        if rows.empty:
            raise ValueError(f"没有因素 {factor!r}；有：{'、'.join(self.factors)}。")
        return str(rows.loc[rows["调整平均"].idxmax(), "水平"])

    def summary(self) -> pd.DataFrame:
        """方差分析表。"""
        return self.anova

    def plot(self, ax: Axes | None = None) -> Axes:
        """各讲师、各课件的调整平均与区间（实心）和原始平均（空心）。"""
        rows = self.means.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.34 * len(rows)))
        colours = {self.factors[0]: COLOURS["main"], self.factors[1]: COLOURS["second"]}
        for row, line in rows.iterrows():
            colour = colours[line["因素"]]
            ax.plot([line["下限"], line["上限"]], [row, row], color=colour, lw=2.5)
            ax.plot(line["原始平均"], row, "o", color=COLOURS["grey"], markerfacecolor="white")
            ax.plot(line["调整平均"], row, "o", color=colour)
        names = [f"{line['水平']}（{line['人数']} 人）" for _, line in rows.iterrows()]
        ax.set_yticks(range(len(rows)), names)
        edge = int((self.means["因素"] == self.factors[1]).sum()) - 0.5
        ax.axhline(edge, color=COLOURS["grey"], lw=1)
        for factor in self.factors:
            ax.plot([], [], "o-", color=colours[factor], label=f"{factor}：调整平均与区间")
        ax.plot([], [], "o", color=COLOURS["grey"], markerfacecolor="white", label="原始平均")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        ax.set(
            title=f"扣除对方影响之后的{self.score}（n = {self.n}）", xlabel=f"{self.score}（分）"
        )
        ax.set_ylim(-0.6, len(rows) - 0.4)
        return ax

    def __str__(self) -> str:
        rows = self.anova.set_index("来源")
        said = [
            f"{name} F({rows.loc[name, '自由度']:g}, {rows['自由度'].iloc[-1]:g}) = "
            f"{rows.loc[name, 'F']:.2f}，{p_text(rows.loc[name, 'p'])}，偏 η² = {rows.loc[name, '偏 η²']:.2f}"
            for name in self.factors
        ]
        text = f"{self.n} 人的{self.score}：" + "；".join(said)
        if self.main is None:
            text += "；两个因素都不显著，看不出谁更要紧"
        else:
            text += (
                f"；{self.main}的影响更大，调整平均最高的是{self.best(self.main)}"
                if (rows.loc[list(self.factors), "p"] < 1 - self.confidence).all()
                else f"；显著的只有{self.main}，调整平均最高的是{self.best(self.main)}"
            )
        if self.interaction is None:
            text += "；搭配太少，估不出交互作用"
        elif self.interaction:
            text += "；交互显著：好坏要看搭配，不能只看各自的平均"
        return text + "；学员不是随机分给讲师的，底子不同也会算在讲师头上。"


def trainer_courseware(
    table: pd.DataFrame,
    *,
    score: str = "后测",
    before: str | None = "前测",
    trainer: str = "讲师",
    courseware: str = "课件",
    confidence: float = 0.95,
) -> TwoWay:
    """培训成绩的差异该归讲师还是归课件？每种搭配的人数不一样也能分开。

    Parameters
    ----------
    table : 一行一位学员，列有 score、before、trainer、courseware。
    score : 成绩的列。
    before : 训前成绩的列，用 score − before 的提高来比，比只看训后公平；None 就直接用 score。
    trainer, courseware : 两个因素的列，各至少两种。
    confidence : 置信水平。

    Returns
    -------
    TwoWay
        II 型方差分析、调整平均与区间、交互作用。

    Raises
    ------
    ValueError
        缺列、空值、某因素只有一种、人数不够、成绩没有变化，
        或讲师与课件分成互不相干的几块（分不清是谁的功劳）。

    Notes
    -----
    II 型：SS(讲师) = RSS(课件) − RSS(讲师 + 课件)，课件同理；交互 = RSS(讲师 + 课件) − RSS(各搭配平均)。
    误差用各搭配之内的平方和；每种搭配只有一人时并入交互。调整平均（最小二乘平均）出自
    讲师 + 课件的模型，对另一因素的各水平同权平均。与 R 的 car::Anova(type = 2) 相同。

    References
    ----------
    Searle, Speed & Milliken (1980), Am. Stat. 34: 216–221；Langsrud (2003), Stat. Comput. 13: 163–167。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "讲师": ["王", "王", "王", "李", "李", "李", "李"],
    ...     "课件": ["甲", "甲", "乙", "甲", "乙", "乙", "乙"],
    ...     "提高": [12, 14, 20, 11, 18, 19, 21]})
    >>> result = trainer_courseware(table, score="提高", before=None)
    >>> result.main, result.anova["平方和"].round(3).tolist()
    ('课件', [2.373, 84.123, 0.627, 6.667])
    """
    need = [score, *([] if before is None else [before]), trainer, courseware]
    require_columns(table, need, "培训记录表")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    if len(set(need)) < len(need):
        raise ValueError("score、before、trainer、courseware 应是不同的列：请核对列名。")
    y = as_numbers(table[score], score)
    slack = rounding(y)
    if before is not None:
        start = as_numbers(table[before], before)
        slack = rounding(y, start)
        y, score = y - start, f"提高（{score} − {before}）"
    codes, levels = [], []
    for name in (trainer, courseware):
        missing = np.flatnonzero(table[name].isna())
        if len(missing):
            raise ValueError(f"{name}第 {missing[0] + 1} 个是空值：请补上，或先删去这一行。")
        code, found = pd.factorize(table[name].astype(str), sort=True)
        if len(found) < 2:
            raise ValueError(f"{name}只有 {len(found)} 种，至少要两种才能比：请加数据。")
        codes.append(code)
        levels.append(found)
    if np.ptp(y) <= slack:
        raise ValueError(f"{score}全是 {y[0]:g}，没有变化，谈不上谁影响它：请换一列。")
    a, b = (np.eye(len(found))[code] for code, found in zip(codes, levels, strict=True))
    size_a, size_b = a.shape[1], b.shape[1]
    both = np.column_stack([a, b[:, 1:]])
    if np.linalg.matrix_rank(both) < size_a + size_b - 1:
        raise ValueError(
            f"{trainer}与{courseware}分成了互不相干的几块（如有的{courseware}只有一位{trainer}用，"
            "他也不用别的），分不清是谁的功劳：请补上交叉的班次，或只留互相交叉的部分。"
        )
    cell, cell_names = pd.factorize(codes[0] * size_b + codes[1])
    within = float(sum(_spread(y[cell == one]) for one in range(len(cell_names))))
    rss_a = float(sum(_spread(y[codes[0] == one]) for one in range(size_a)))
    rss_b = float(sum(_spread(y[codes[1] == one]) for one in range(size_b)))
    params, rss_both = _least_squares(both, y)
    df_both = len(y) - (size_a + size_b - 1)
    df_cross = len(cell_names) - (size_a + size_b - 1)
    df_error = len(y) - len(cell_names)
    cross = df_cross > 0 and df_error > 0
    error, df = (within, df_error) if cross else (rss_both, df_both)
    if df < 1:
        raise ValueError(
            f"{len(y)} 人、{size_a} 位{trainer}、{size_b} 种{courseware}，误差没有自由度：请增加学员。"
        )
    if error <= len(y) * slack**2:
        raise ValueError("每种搭配之内的成绩完全一样，误差是 0，检验用不上：请核对数据。")
    sources = [(trainer, rss_b - rss_both, size_a - 1), (courseware, rss_a - rss_both, size_b - 1)]
    if cross:
        sources.append((f"{trainer} × {courseware}", rss_both - within, df_cross))
    return TwoWay(
        anova=_anova(sources, error, df),
        means=_adjusted_means(
            (trainer, courseware),
            levels,
            codes,
            y,
            both,
            params,
            rss_both / df_both,
            df_both,
            confidence,
        ),
        cells=pd.crosstab(table[trainer].astype(str), table[courseware].astype(str)),
        score=score,
        factors=(trainer, courseware),
        n=len(y),
        confidence=float(confidence),
    )


def _spread(values: np.ndarray) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _least_squares(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    params, *_ = np.linalg.lstsq(x, y, rcond=None)
    return params, float(((y - x @ params) ** 2).sum())


def _anova(sources: list[tuple], error: float, df: int) -> pd.DataFrame:
    from scipy.stats import f as fisher

    rows = []
    for name, ss, size in sources:
        ss = max(ss, 0.0)
        value = ss / size / (error / df)
        p = float(fisher.sf(value, size, df))
        rows.append((name, ss, size, ss / size, value, p, ss / (ss + error)))
    rows.append(("误差", error, df, error / df, np.nan, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["来源", "平方和", "自由度", "均方", "F", "p", "偏 η²"])


def _adjusted_means(
    names: tuple[str, str],
    levels: list,
    codes: list[np.ndarray],
    y: np.ndarray,
    design: np.ndarray,
    params: np.ndarray,
    variance: float,
    df: int,
    confidence: float,
) -> pd.DataFrame:
    """两个因素各水平的调整平均：设计矩阵的行对另一因素同权平均。"""
    from scipy.stats import t as student

    inverse = np.linalg.inv(design.T @ design)
    width = float(student.isf((1 - confidence) / 2, df))
    size_a, size_b = (len(found) for found in levels)
    # 列：讲师各一列（没有截距），课件从第二种起各一列
    even_a = np.r_[np.full(size_a, 1 / size_a), np.zeros(size_b - 1)]
    even_b = np.r_[np.zeros(size_a), np.full(size_b - 1, 1 / size_b)]
    rows = []
    for which, (name, found, code) in enumerate(zip(names, levels, codes, strict=True)):
        for place, level in enumerate(found):
            line = (even_b if which == 0 else even_a).copy()
            if which == 0:
                line[place] = 1.0
            elif place:
                line[size_a + place - 1] = 1.0
            mean = float(line @ params)
            half = width * float(np.sqrt(variance * (line @ inverse @ line)))
            mine = y[code == place]
            rows.append(
                (name, level, len(mine), float(mine.mean()), mean, mean - half, mean + half)
            )
    return pd.DataFrame(
        rows, columns=["因素", "水平", "人数", "原始平均", "调整平均", "下限", "上限"]
    )

"""属性一致性分析：判对判错的人，自己前后一致吗，与标准一致吗，彼此一致吗？"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

from .fleiss import fleiss_counts
from .kappa import cohen_kappa
from .ratings import categories_of, read_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["AttributeAgreement", "attribute_agreement"]

WITHIN, VERSUS, BETWEEN, ALL = "自己前后", "各人与标准", "彼此之间", "全体与标准"


@dataclass(frozen=True, eq=False)
class AttributeAgreement(Result):
    """属性一致性分析（AIAG）。由 ``attribute_agreement`` 得到。"""

    table: pd.DataFrame
    """列：范围、质检员、一致、共、比例、下限、上限、kappa、判断。"""
    pairs: pd.DataFrame
    """两两之间的 Cohen kappa，列：质检员一、质检员二、kappa。"""
    errors: pd.DataFrame | None
    """逐人，列：质检员、漏判率、误判率、判断；没有给 bad 时为 None。"""
    disputed: pd.DataFrame
    """有分歧的录音与各人的判定（次数用 / 隔开）。"""
    items: int
    raters: int
    trials: int
    confidence: float
    accept: float
    marginal: float

    def summary(self) -> pd.DataFrame:
        """四个范围的一致率。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """一致率与区间，虚线是可接受与勉强的界限。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.4 * len(table)))
        colors = {
            WITHIN: COLOURS["light"],
            VERSUS: COLOURS["main"],
            BETWEEN: COLOURS["second"],
            ALL: COLOURS["accent"],
        }
        for row, line in table.iterrows():
            color = colors[line["范围"]]
            ax.plot([line["下限"], line["上限"]], [row, row], color=color, linewidth=3)
            ax.plot(line["比例"], row, "o", color=color, markersize=8)
        for limit, color in ((self.accept, COLOURS["good"]), (self.marginal, COLOURS["bad"])):
            ax.axvline(limit, color=color, linestyle="--", label=f"{limit:.0%}（AIAG 经验界限）")
        ax.set_yticks(
            range(len(table)),
            [f"{line['范围']}　{line['质检员']}".rstrip("　") for _, line in table.iterrows()],
        )
        ax.set(
            title=f"属性一致性：{self.raters} 人 × {self.items} 通 × {self.trials} 次",
            xlabel=f"完全一致的录音占比与 {self.confidence:.0%} 区间",
            xlim=(-0.02, 1.02),
            ylim=(-0.6, len(table) - 0.4),
        )
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        parts = []
        for scope in (WITHIN, VERSUS, BETWEEN, ALL):
            rows = self.table[self.table["范围"] == scope]
            if len(rows) == 0:
                continue
            if scope in (WITHIN, VERSUS):
                parts.append(
                    f"{scope} {rows['比例'].min():.0%} 到 {rows['比例'].max():.0%}"
                    f"（最低的是{rows.loc[rows['比例'].idxmin(), '质检员']}）"
                )
            else:
                line = rows.iloc[0]
                parts.append(f"{scope} {line['比例']:.0%}")
        text = f"{self.raters} 人各判 {self.items} 通、{self.trials} 次，完全一致的录音："
        text += "，".join(parts)
        versus = self.table[self.table["范围"] == VERSUS]
        bad = [line["质检员"] for _, line in versus.iterrows() if line["判断"] == "不可接受"]
        if bad:
            text += f"；{'、'.join(map(str, bad))}低于 {self.marginal:.0%}，不可接受"
        if self.errors is not None:
            worst = self.errors.loc[self.errors["漏判率"].idxmax()]
            text += f"；漏判最多的是{worst['质检员']}（{worst['漏判率']:.0%}）"
        if len(self.disputed):
            text += f"；先讨论 {'、'.join(map(str, self.disputed.index[:3]))}"
        if not len(versus):
            text += "；没有标准答案，只看得出一不一致，看不出对不对"
        return text + f"。{self.items} 通的区间很宽，界限是 AIAG 手册的经验值。"


def attribute_agreement(
    table: pd.DataFrame,
    *,
    item: str = "录音",
    rater: str = "质检员",
    rating: str = "判定",
    trial: str | None = None,
    standard: str | None = None,
    bad: Any = None,
    confidence: float = 0.95,
    accept: float = 0.90,
    marginal: float = 0.80,
) -> AttributeAgreement:
    """判定类的校准：自己前后、与标准、彼此、全体与标准，各有几成完全一致？

    Parameters
    ----------
    table : 长表，一行是一位质检员对一通录音的一次判定。
    item, rater, rating : 录音、质检员、判定各在哪一列。
    trial : 第几次判在哪一列；缺省为每人每通只判一次。
    standard : 标准答案在哪一列；同一通要处处相同。缺省为没有标准。
    bad : 哪一种判定是“不合格”；给了它与 standard 才有漏判率与误判率。
    confidence : 区间的置信水平。
    accept, marginal : 一致率不低于 accept 可接受、低于 marginal 不可接受，0.9 与 0.8 是 AIAG 手册的经验界限。

    Returns
    -------
    AttributeAgreement
        四个范围的一致率与区间、kappa、漏判误判、有分歧的录音。

    Raises
    ------
    ValueError
        缺列、空值、不足两人或两通、有人漏判或次数不同、同一通的标准前后不一。

    Notes
    -----
    一通录音要各次（各人）判得全都一样才算一致；区间为 Clopper-Pearson。自己前后、彼此之间的 kappa 是
    Fleiss，与标准的是 Cohen（全部判定与标准的交叉表）。漏判 = 标准不合格而判合格，误判反之。

    References
    ----------
    AIAG (2010), Measurement Systems Analysis，第 4 版，属性研究一章。

    Examples
    --------
    >>> long = pd.DataFrame({
    ...     "录音": ["R1", "R2", "R3", "R4"] * 2,
    ...     "质检员": ["甲"] * 4 + ["乙"] * 4,
    ...     "判定": ["合格", "不合格", "合格", "不合格", "合格", "不合格", "不合格", "不合格"],
    ...     "标准": ["合格", "不合格", "合格", "不合格"] * 2,
    ... })
    >>> result = attribute_agreement(long, standard="标准", bad="不合格")
    >>> result.table[["范围", "质检员", "一致", "共"]].to_numpy().tolist()
    [['各人与标准', '甲', 4, 4], ['各人与标准', '乙', 3, 4], ['彼此之间', '', 3, 4], ['全体与标准', '', 3, 4]]
    """
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    require_range(accept, "accept", 0, 1)
    require_range(marginal, "marginal", 0, accept)
    cube, items, raters, answers = _read(table, item, rater, rating, trial, standard)
    trials = cube.shape[2]
    flat = cube.reshape(len(items), -1)
    rows = []

    def add(scope: str, who: Any, same: np.ndarray, kappa: float) -> None:
        low, high = _exact(int(same.sum()), len(items), confidence)
        rate = float(same.mean())
        verdict = "可接受" if rate >= accept else "勉强" if rate >= marginal else "不可接受"
        rows.append((scope, who, int(same.sum()), len(items), rate, low, high, kappa, verdict))

    if trials > 1:
        for j, who in enumerate(raters):
            add(WITHIN, who, _all_same(cube[:, j]), _fleiss(cube[:, j]))
    if answers is not None:
        truth = np.repeat(answers, trials)
        for j, who in enumerate(raters):
            right = (cube[:, j] == answers[:, None]).all(axis=1)
            add(VERSUS, who, right, _cohen(cube[:, j].ravel(), truth))
    add(BETWEEN, "", _all_same(flat), _fleiss(flat))
    if answers is not None:
        right = (flat == answers[:, None]).all(axis=1)
        add(ALL, "", right, _cohen(flat.ravel(), np.repeat(answers, flat.shape[1])))
    names = ["范围", "质检员", "一致", "共", "比例", "下限", "上限", "kappa", "判断"]
    pairs = [
        (raters[i], raters[j], _cohen(cube[:, i].ravel(), cube[:, j].ravel()))
        for i, j in combinations(range(len(raters)), 2)
    ]
    return AttributeAgreement(
        table=pd.DataFrame(rows, columns=names),
        pairs=pd.DataFrame(pairs, columns=["质检员一", "质检员二", "kappa"]),
        errors=_errors(cube, raters, answers, bad),
        disputed=_disputed(cube, items, raters, answers),
        items=len(items),
        raters=len(raters),
        trials=trials,
        confidence=float(confidence),
        accept=float(accept),
        marginal=float(marginal),
    )


def _read(
    table: pd.DataFrame, item: str, rater: str, rating: str, trial: str | None, standard: str | None
) -> tuple[np.ndarray, list, list, np.ndarray | None]:
    """长表变成 录音 × 质检员 × 次 的数组。"""
    used = [item, rater, rating, *(name for name in (trial, standard) if name is not None)]
    require_columns(table, used)
    frame = pd.DataFrame({name: read_column(table[name], name) for name in used})
    items, raters = list(dict.fromkeys(frame[item])), list(dict.fromkeys(frame[rater]))
    if len(items) < 2 or len(raters) < 2:
        raise ValueError(
            f"有 {len(items)} 通录音、{len(raters)} 位质检员，各至少要 2：请增加样本。"
        )
    keys = [item, rater] if trial is None else [item, rater, trial]
    twice = frame.duplicated(keys)
    if twice.any():
        line = frame[twice].iloc[0]
        remedy = "请用 trial 写明第几次在哪一列" if trial is None else "请核对次数"
        raise ValueError(f"{line[rater]}对{line[item]}判了不止一次：{remedy}。")
    size = frame.groupby([item, rater], sort=False).size().unstack()
    trials = int(size.max().max())
    gaps = np.argwhere((size.fillna(0) < trials).to_numpy())
    if len(gaps):
        row, column = gaps[0]
        have = size.fillna(0).iloc[row, column]
        raise ValueError(
            f"{size.columns[column]}对{size.index[row]}判了 {have:.0f} 次，别处是 {trials} 次："
            "请补判，或去掉这通录音。"
        )
    if trial is not None:
        frame = frame.sort_values(trial, kind="stable")
    cube = np.empty((len(items), len(raters), trials), dtype=object)
    row_of = {name: number for number, name in enumerate(items)}
    column_of = {name: number for number, name in enumerate(raters)}
    for (one, who), part in frame.groupby([item, rater], sort=False):
        cube[row_of[one], column_of[who]] = part[rating].to_numpy(dtype=object)
    if standard is None:
        return cube, items, raters, None
    answers = frame.groupby(item, sort=False)[standard]
    mixed = answers.nunique()
    if (mixed > 1).any():
        raise ValueError(
            f"{mixed.index[mixed > 1][0]}的标准前后不一：同一通录音的标准要处处相同，请改正。"
        )
    return cube, items, raters, answers.first().reindex(items).to_numpy(dtype=object)


def _all_same(values: np.ndarray) -> np.ndarray:
    """每一行是否全都一样。"""
    return (values == values[:, :1]).all(axis=1)


def _exact(count: int, n: int, confidence: float) -> tuple[float, float]:
    """Clopper-Pearson 区间。"""
    from scipy.stats import binomtest

    found = binomtest(count, n).proportion_ci(confidence, method="exact")
    return float(found.low), float(found.high)


def _fleiss(values: np.ndarray) -> float:
    """Fleiss kappa；只有一种判定时没有定义，为空。"""
    seen = categories_of(list(values.ravel()))
    if len(seen) < 2:
        return np.nan
    votes = pd.DataFrame({name: (values == name).sum(axis=1) for name in seen})
    return fleiss_counts(votes, confidence=0.95, good=0.75, poor=0.4).kappa


def _cohen(a: np.ndarray, b: np.ndarray) -> float:
    """Cohen kappa；两边只有同一种判定时没有定义，为空。"""
    if len({*a, *b}) < 2:
        return np.nan
    return cohen_kappa(a, b).kappa


def _errors(
    cube: np.ndarray, raters: list, answers: np.ndarray | None, bad: Any
) -> pd.DataFrame | None:
    """漏判与误判。"""
    if bad is None:
        return None
    if answers is None:
        raise ValueError("给了 bad 却没有 standard，分不出漏判与误判：请写明标准在哪一列。")
    wrong = answers == bad
    if wrong.all() or not wrong.any():
        raise ValueError(
            f"标准里{'全' if wrong.all() else '没有一通'}是 {bad!r}，算不出漏判与误判："
            "请选有好有坏的录音，或核对 bad 的写法。"
        )
    rows = []
    for j, who in enumerate(raters):
        says = cube[:, j] == bad
        miss, alarm = float((~says[wrong]).mean()), float(says[~wrong].mean())
        # AIAG 手册：漏判 2%、5%，误判 5%、10%
        level = max(np.searchsorted([0.02, 0.05], miss), np.searchsorted([0.05, 0.10], alarm))
        rows.append((who, miss, alarm, ("可接受", "勉强", "不可接受")[level]))
    return pd.DataFrame(rows, columns=["质检员", "漏判率", "误判率", "判断"])


def _disputed(
    cube: np.ndarray, items: list, raters: list, answers: np.ndarray | None
) -> pd.DataFrame:
    """有分歧或与标准不同的录音，分歧大的在前。"""
    flat = cube.reshape(len(items), -1)
    if answers is None:
        most = np.array([max(list(row).count(vote) for vote in row) for row in flat])
        differ = flat.shape[1] - most
    else:
        differ = (flat != answers[:, None]).sum(axis=1)
    data = {
        who: ["/".join(map(str, votes)) for votes in cube[:, j]] for j, who in enumerate(raters)
    }
    found = pd.DataFrame(data, index=items)
    if answers is not None:
        found.insert(0, "标准", answers)
    order = np.argsort(-differ, kind="stable")
    return found.iloc[order[: int((differ > 0).sum())]]

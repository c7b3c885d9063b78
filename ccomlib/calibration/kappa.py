"""Cohen kappa：两个人的判定，扣掉碰巧还有几成一致？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range
from ccomlib.wording import p_text

from .ratings import categories_of, kappa_word, read_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Kappa", "cohen_kappa"]

WEIGHTS = {None: "", "linear": "线性加权", "quadratic": "平方加权"}


@dataclass(frozen=True, eq=False)
class Kappa(Result):
    """两人的一致性。由 ``cohen_kappa`` 得到。"""

    kappa: float
    se: float
    """用于区间的标准误。"""
    low: float
    high: float
    confidence: float
    z: float | None
    """检验 kappa = 0，用零假设下的标准误；有一位从头到尾只判一种时为 None。"""
    p: float | None
    """双侧。"""
    agreement: float
    """原始一致率 po；加权时是加权的一致率。"""
    expected: float
    """碰巧一致率 pe。"""
    maximum: float | None
    """两人各类的比例不变时，kappa 最高能到多少；加权时为 None。"""
    n: int
    weights: str | None
    names: tuple[str, str]
    good: float
    poor: float
    table: pd.DataFrame
    """交叉表：行是第一位，列是第二位。"""
    warnings: tuple[str, ...]

    @property
    def grade(self) -> str:
        """一致性好、一般、差。"""
        return kappa_word(self.kappa, self.good, self.poor)

    def summary(self) -> pd.DataFrame:
        """一致率、kappa 与区间。"""
        rows = [
            ("原始一致率", self.agreement, f"{self.n} 通里判得一样的份额"),
            ("碰巧一致率", self.expected, "各凭自己的习惯乱判也会有这么多"),
            (f"{WEIGHTS[self.weights]}kappa", self.kappa, self.grade),
            ("标准误", self.se, ""),
            ("区间下限", self.low, f"{self.confidence:.0%} 置信区间"),
            ("区间上限", self.high, f"{self.confidence:.0%} 置信区间"),
            ("p（双侧）", self.p, "检验 kappa = 0；不是 0 并不说明一致得好"),
        ]
        if self.maximum is not None:
            rows.append(("最高可能", self.maximum, "两人松紧不同时到不了 1"))
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """交叉表：对角线是判得一样的。"""
        table = self.table
        size = len(table)
        ax = new_axes(ax, figsize=(3.2 + 0.8 * size, 2 + 0.65 * size))
        same = np.eye(size, dtype=bool)
        counts = table.to_numpy()
        top = max(counts.max(), 1)
        for i, j in np.ndindex(size, size):
            colour = COLOURS["good"] if same[i, j] else COLOURS["bad"]
            ax.add_patch(
                _cell(i, j, colour, 0.1 + 0.65 * counts[i, j] / top if counts[i, j] else 0)
            )
            ax.text(j, i, f"{counts[i, j]:g}", ha="center", va="center")
        ax.set_xticks(range(size), list(map(str, table.columns)), rotation=30, ha="right")
        ax.set_yticks(range(size), list(map(str, table.index)))
        ax.set(
            xlim=(-0.5, size - 0.5),
            ylim=(size - 0.5, -0.5),
            xlabel=f"{self.names[1]}的判定（通）",
            ylabel=f"{self.names[0]}的判定（通）",
            title=f"{WEIGHTS[self.weights]}kappa = {self.kappa:.2f}，一致率 {self.agreement:.0%}",
        )
        ax.grid(False)
        return ax

    def __str__(self) -> str:
        text = (
            f"{self.names[0]}与{self.names[1]}的{WEIGHTS[self.weights]}kappa = {self.kappa:.2f}"
            f"（{self.confidence:.0%} 区间 {self.low:.2f} 到 {self.high:.2f}，n = {self.n}），"
            f"原始一致率 {self.agreement:.0%}，其中碰巧就有 {self.expected:.0%}：{self.grade}"
            f"（大于 {self.good:g} 好、小于 {self.poor:g} 差）"
        )
        if self.low < self.good < self.high:
            text += f"，但区间跨过 {self.good:g}，录音还不够多"
        if self.warnings:
            text += "。当心：" + "；".join(self.warnings)
        return text + "。一致不等于都对，还要与标准答案比。"


def cohen_kappa(
    a: Any,
    b: Any = None,
    *,
    weights: str | None = None,
    order: Sequence[Any] | None = None,
    confidence: float = 0.95,
    good: float = 0.75,
    poor: float = 0.40,
) -> Kappa:
    """两位质检员的判定一致吗？扣掉碰巧一致的部分。

    Parameters
    ----------
    a, b : 两列判定，逐通对应；或者只给 a：一张方的交叉表（行是第一位，列是第二位，类别次序相同）。
    weights : None 差一级与差三级同样算错；``"linear"``、``"quadratic"`` 差得近的少算（等级用）。
    order : 等级从低到高的次序；文字等级要加权时必须给。
    confidence : 区间的置信水平。
    good, poor : 大于 good 算好、小于 poor 算差；0.75 与 0.40 是 AIAG 手册的经验界限。

    Returns
    -------
    Kappa
        kappa、标准误、区间与交叉表。

    Raises
    ------
    ValueError
        长短不一、有空值、只有一种判定、加权而没有次序、交叉表不是方的或有负数。

    Notes
    -----
    κ = (po − pe)/(1 − pe)；加权时 po、pe 用权数 1 − |i−j|/(k−1) 或其平方形式 1 − (i−j)²/(k−1)²。

    References
    ----------
    Cohen (1960, 1968)；标准误见 Fleiss, Cohen & Everitt (1969), Psychol. Bull. 72: 323–327。

    Examples
    --------
    >>> result = cohen_kappa([[40, 5], [10, 45]])
    >>> round(result.kappa, 2), round(result.agreement, 2), round(result.expected, 2)
    (0.7, 0.85, 0.5)
    """
    from scipy.stats import norm

    if weights not in WEIGHTS:
        raise ValueError(f"weights 是 {weights!r}，只能是 None、'linear' 或 'quadratic'。")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    table, names = _square(a, order) if b is None else _cross(a, b, weights, order)
    counts = table.to_numpy(dtype=float)
    n = counts.sum()
    row, column = counts.sum(axis=1) / n, counts.sum(axis=0) / n
    if (row > 0).sum() == 1 and (column > 0).sum() == 1 and row.argmax() == column.argmax():
        raise ValueError(
            f"两人全都判成 {table.index[row.argmax()]}，kappa 没有意义：请选有好有坏的录音。"
        )
    credit = _credit(len(table), weights)
    po, pe = float((credit * counts).sum() / n), float(row @ credit @ column)
    kappa = (po - pe) / (1 - pe)
    se, se0 = _errors(counts / n, credit, kappa, pe, n)
    half = float(norm.isf((1 - confidence) / 2)) * se
    maximum = None
    if weights is None:
        maximum = float((np.minimum(row, column).sum() - pe) / (1 - pe))
    z = kappa / se0 if se0 > 0 else None
    return Kappa(
        kappa=kappa,
        se=se,
        low=max(-1.0, kappa - half),
        high=min(1.0, kappa + half),
        confidence=float(confidence),
        z=z,
        p=None if z is None else 2 * float(norm.sf(abs(z))),
        agreement=po,
        expected=pe,
        maximum=maximum,
        n=int(n),
        weights=weights,
        names=names,
        good=float(good),
        poor=float(poor),
        table=table,
        warnings=tuple(_warnings(table, names, po, kappa, poor, weights)),
    )


def _cross(
    a: Any, b: Any, weights: str | None, order: Sequence[Any] | None
) -> tuple[pd.DataFrame, tuple[str, str]]:
    """两列判定的交叉表。"""
    first, second = read_column(a, "a"), read_column(b, "b")
    if len(first) != len(second):
        raise ValueError(
            f"{first.name}有 {len(first)} 通，{second.name}有 {len(second)} 通，对不上：请取同样的录音。"
        )
    if len(first) < 2:
        raise ValueError("至少要 2 通录音：请增加样本。")
    labelled = [not isinstance(values.index, pd.RangeIndex) for values in (first, second)]
    if all(labelled) and not first.index.equals(second.index):
        row = int(np.flatnonzero(first.index != second.index)[0])
        raise ValueError(
            f"第 {row + 1} 行的标签不同（{first.index[row]} 与 {second.index[row]}）："
            "请按录音编号合并后再取。"
        )
    seen = categories_of([*first, *second], order)
    numbers = all(isinstance(value, (int, float, np.number)) for value in seen)
    if weights is not None and order is None and not numbers:
        raise ValueError("加权要知道等级的次序：请给 order，从低到高写出各等级。")
    place = {value: number for number, value in enumerate(seen)}
    counts = np.zeros((len(seen), len(seen)), dtype=int)
    np.add.at(counts, (first.map(place).to_numpy(int), second.map(place).to_numpy(int)), 1)
    names = (str(first.name), str(second.name))
    return pd.DataFrame(counts, index=seen, columns=seen), names


def _square(table: Any, order: Sequence[Any] | None) -> tuple[pd.DataFrame, tuple[str, str]]:
    """读一张现成的交叉表。"""
    frame = pd.DataFrame(table)
    if frame.ndim != 2 or frame.shape[0] != frame.shape[1] or len(frame) < 2:
        raise ValueError(
            f"只给 a 时它应是一张方的交叉表，但得到 {frame.shape[0]} 行 {frame.shape[1]} 列："
            "请给两列判定，或补齐类别。"
        )
    given = isinstance(table, pd.DataFrame)
    if given and list(frame.index) != list(frame.columns):
        raise ValueError("交叉表的行与列类别不同：请用同样的类别、同样的次序。")
    if order is not None:
        raise ValueError("给的是交叉表，次序就是表的次序：请去掉 order。")
    names = ("第一位", "第二位")
    if given and frame.index.name and frame.columns.name:
        names = (str(frame.index.name), str(frame.columns.name))
    counts = require_range(as_numbers(frame.to_numpy(), "交叉表"), "交叉表", 0)
    if counts.sum() < 2:
        raise ValueError(f"交叉表合计 {counts.sum():g} 通，至少要 2 通：请增加样本。")
    labels = list(frame.index) if given else [f"第{i + 1}类" for i in range(len(frame))]
    return pd.DataFrame(counts, index=labels, columns=labels), names


def _errors(
    share: np.ndarray, credit: np.ndarray, kappa: float, pe: float, n: float
) -> tuple[float, float]:
    """标准误，与 kappa = 0 时的标准误（Fleiss、Cohen 与 Everitt 1969）。"""
    row, column = share.sum(axis=1), share.sum(axis=0)
    margin = (credit @ column)[:, None] + (row @ credit)
    spread = (share * (credit - margin * (1 - kappa)) ** 2).sum() - (kappa - pe * (1 - kappa)) ** 2
    spread0 = (np.outer(row, column) * (credit - margin) ** 2).sum() - pe**2
    # 正好为 0 时，减法会剩下一点误差
    variances = [value if value > 1e-12 else 0.0 for value in (spread, spread0)]
    scale = (1 - pe) * np.sqrt(n)
    return float(np.sqrt(variances[0]) / scale), float(np.sqrt(variances[1]) / scale)


def _credit(size: int, weights: str | None) -> np.ndarray:
    """判成 i 与 j 算几分对。"""
    gap = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    if weights is None:
        return (gap == 0).astype(float)
    return 1 - (gap / (size - 1)) ** (1 if weights == "linear" else 2)


def _warnings(
    table: pd.DataFrame,
    names: tuple[str, str],
    po: float,
    kappa: float,
    poor: float,
    weights: str | None,
) -> list[str]:
    from scipy.stats import binomtest

    texts = []
    counts = table.to_numpy(dtype=float)
    n = counts.sum()
    row, column = counts.sum(axis=1), counts.sum(axis=0)
    for name, side in zip(names, (row, column), strict=True):
        if (side > 0).sum() == 1:
            texts.append(f"{name}从头到尾都判 {table.index[side.argmax()]}，kappa 只能是 0")
    if weights is None and po >= 0.8 and kappa < poor:
        most = table.index[int((row + column).argmax())]
        texts.append(f"绝大多数都判成 {most}，kappa 会偏低，请多选有争议的录音")
    worst = int(np.abs(row - column).argmax())
    more, less = row[worst] - counts[worst, worst], column[worst] - counts[worst, worst]
    if more + less >= 1 and float(more).is_integer() and float(less).is_integer():
        p = binomtest(int(more), int(more + less)).pvalue
        if p < 0.05:
            high, low = names if more > less else names[::-1]
            texts.append(
                f"{high}更常判 {table.index[worst]}（{max(row[worst], column[worst]):g} 比 "
                f"{min(row[worst], column[worst]):g} 通，McNemar {p_text(p)}），{low}的松紧不同"
            )
    if n < 30:
        texts.append(f"只有 {n:g} 通，区间很宽")
    return texts


def _cell(i: int, j: int, colour: str, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=colour, alpha=alpha)

"""评分表：每个条目占多少分，犯了致命项怎样算？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.cells import FLAGS, is_blank, plain_text
from ccomlib.charts import legend_outside
from ccomlib.proportions import wilson_limits
from ccomlib.reading import read_flags, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["QualityScores", "Scorecard", "scorecard"]

FLAG_WORDS = frozenset().union(*FLAGS.values())
RULES = {"zero": "总分记 0", "cap": "总分封顶"}
BLANKS = ("refuse", "reweight")


@dataclass(frozen=True, eq=False)
class QualityScores(Result):
    """一批评分的结果。由 ``Scorecard.score`` 得到。"""

    table: pd.DataFrame
    """一通一行（行标签与所给的表相同），列：得分、致命项、总分、合格。"""
    items: pd.DataFrame
    """一个条目一行，列：条目、权重、得分率、平均丢分、满分的占比。"""
    card: Scorecard
    passing: float

    @property
    def mean(self) -> float:
        """平均总分。"""
        return float(self.table["总分"].mean())

    @property
    def fatal(self) -> int:
        """犯了致命项的通数。"""
        return int((self.table["致命项"] != "").sum())

    @property
    def pass_rate(self) -> float:
        """合格率。"""
        return float(self.table["合格"].mean())

    def summary(self) -> pd.DataFrame:
        """逐个条目：丢分最多的在前。"""
        return self.items

    def plot(self, ax: Axes | None = None) -> Axes:
        """各条目平均丢了多少分。"""
        items = self.items
        ax = new_axes(ax, figsize=(8, 1.8 + 0.36 * len(items)))
        rows = np.arange(len(items))
        ax.barh(rows, items["权重"], color="#E3E3E3", label="权重（满分）")
        ax.barh(rows, items["平均丢分"], color=COLOURS["bad"], label="平均丢分")
        for row, lost in enumerate(items["平均丢分"]):
            ax.text(lost, row, f" {lost:.2f}", va="center", fontsize=10)
        ax.set_yticks(rows, [wrap(name, 24) for name in items["条目"]])
        ax.set(
            title=(
                f"各条目平均丢分（{len(self.table)} 通，平均总分 {self.mean:.1f}，"
                f"致命 {self.fatal} 通）"
            ),
            xlabel="分",
            ylim=(len(items) - 0.4, -0.6),
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        n = len(self.table)
        low, high = wilson_limits(self.table["合格"].sum(), n)
        top = self.items.iloc[0]
        text = (
            f"{n} 通平均总分 {self.mean:.1f}，合格率 {self.pass_rate:.1%}"
            f"（95% 区间 {float(low):.1%} 到 {float(high):.1%}，{self.passing:g} 分合格）"
        )
        if self.fatal:
            before = float(self.table["得分"].mean())
            text += (
                f"；{self.fatal} 通犯了致命项（{self.fatal / n:.1%}），"
                f"{RULES[self.card.fatal_rule]}，不计致命项时平均 {before:.1f}"
            )
        return (
            text + f"；丢分最多的是{top['条目']}（平均丢 {top['平均丢分']:.2f} 分）；"
            "分数由人打，先校准再比人。"
        )


@dataclass(frozen=True, eq=False)
class Scorecard(Result):
    """一张评分表：条目、满分、权重与致命项。由 ``scorecard`` 得到。"""

    form: pd.DataFrame
    """列：条目、满分、权重（已折成合计 100）、致命。"""
    fatal_rule: str
    cap: float

    @property
    def items(self) -> tuple[str, ...]:
        """所有条目。"""
        return tuple(self.form["条目"])

    @property
    def fatal_items(self) -> tuple[str, ...]:
        """致命的条目。"""
        return tuple(self.form.loc[self.form["致命"], "条目"])

    def score(
        self,
        table: pd.DataFrame,
        *,
        fatal: str | None = None,
        blank: str = "refuse",
        passing: float = 80,
    ) -> QualityScores:
        """给一批通话算总分。

        Parameters
        ----------
        table : 一通一行，一个条目一列，格里是条目分（0 到满分）。
        fatal : 另有一列写犯了哪个致命项（没犯为空）或是否致命时，那一列的列名。
        blank : 条目为空时："refuse" 报错；"reweight" 按不适用处理，权重摊给其余条目。
        passing : 几分合格（教学约定 80）。

        Returns
        -------
        QualityScores

        Raises
        ------
        ValueError
            缺条目列、有空值、条目分为负或超过满分、一通里没有一个适用的条目。

        Notes
        -----
        得分 = 100 × Σ 权重 × 条目分/满分 ÷ Σ 权重；致命条目没有得满分就是犯了致命项。

        Examples
        --------
        >>> form = pd.DataFrame({"条目": ["答案准确", "态度"], "满分": [5, 5], "权重": [60, 40]})
        >>> calls = pd.DataFrame({"答案准确": [5, 4], "态度": [5, 5], "致命项": ["", "虚假承诺"]})
        >>> scorecard(form).score(calls, fatal="致命项").table["总分"].tolist()
        [100.0, 0.0]
        """
        if blank not in BLANKS:
            raise ValueError(f'blank 是 {blank!r}：请用 "refuse" 或 "reweight"。')
        read_rows(table, [*self.items, *([fatal] if fatal else [])], "评分")
        parts = np.column_stack([self._item(table, row, blank) for _, row in self.form.iterrows()])
        weight = self.form["权重"].to_numpy()
        used = ~np.isnan(parts)
        if not used.any(axis=1).all():
            row = table.index[~used.any(axis=1)][0]
            raise ValueError(f"第 {row} 行没有一个适用的条目：请核对这通的评分。")
        raw = 100 * np.nansum(parts * weight, axis=1) / (used * weight).sum(axis=1)
        fatal_text = self._fatal(table, parts, fatal)
        hit = fatal_text != ""
        ceiling = 0.0 if self.fatal_rule == "zero" else self.cap
        total = np.where(hit, np.minimum(raw, ceiling), raw)
        result = pd.DataFrame(
            {
                "得分": raw.round(10),
                "致命项": fatal_text,
                "总分": total.round(10),
                "合格": total >= passing - 1e-9,
            },
            index=table.index,
        )
        items = self.form[["条目", "权重"]].assign(
            得分率=[_mean(column) for column in parts.T],
            满分的占比=[_mean(np.where(np.isnan(c), np.nan, c == 1)) for c in parts.T],
        )
        items.insert(3, "平均丢分", items["权重"] * (1 - items["得分率"]))
        items = items.sort_values(["平均丢分", "权重"], ascending=False, ignore_index=True)
        return QualityScores(result, items, self, float(passing))

    def summary(self) -> pd.DataFrame:
        """逐个条目列出。"""
        return self.form

    def plot(self, ax: Axes | None = None) -> Axes:
        """各条目的权重，致命项着色。"""
        form = self.form
        ax = new_axes(ax, figsize=(8, 1.8 + 0.36 * len(form)))
        rows = np.arange(len(form))
        colours = np.where(form["致命"], COLOURS["bad"], COLOURS["main"])
        ax.barh(rows, form["权重"], color=colours)
        for row, value in enumerate(form["权重"]):
            ax.text(value, row, f" {value:g}", va="center", fontsize=10)
        ax.set_yticks(rows, [wrap(name, 24) for name in form["条目"]])
        title = "评分表的权重" + ("（红色是致命项）" if form["致命"].any() else "")
        ax.set(title=title, xlabel="权重（合计 100）", ylim=(len(form) - 0.4, -0.6))
        return ax

    def __str__(self) -> str:
        heavy = self.form.loc[self.form["权重"].idxmax()]
        fatal = (
            f"{'、'.join(self.fatal_items)}是致命项，犯了{RULES[self.fatal_rule]}"
            + (f" {self.cap:g} 分" if self.fatal_rule == "cap" else "")
            if self.fatal_items
            else f"条目里没有致命项（另列的致命项犯了{RULES[self.fatal_rule]}）"
        )
        return (
            f"{len(self.form)} 个条目，权重最大的是{heavy['条目']}（{heavy['权重']:g}）；{fatal}；"
            "权重是管理上的取舍，要用与客户满意度的相关来检验。"
        )

    def _item(self, table: pd.DataFrame, row: pd.Series, blank: str) -> np.ndarray:
        """一个条目的得分率；不适用的为 NaN。"""
        name, column = row["条目"], table[row["条目"]]
        known = column.notna().to_numpy() if blank == "reweight" else np.ones(len(column), bool)
        parts = np.full(len(column), np.nan)
        parts[known] = require_range(column[known], name, 0, row["满分"]) / row["满分"]
        return parts

    def _fatal(self, table: pd.DataFrame, parts: np.ndarray, column: str | None) -> np.ndarray:
        """每通犯了哪些致命项，没有为空字。"""
        missed = (parts < 1) & self.form["致命"].to_numpy()
        names = np.array(self.items, dtype=object)
        found = [list(names[row]) for row in missed]
        if column is not None:
            for listed, text in zip(found, _named_fatal(table[column], column), strict=True):
                if text:
                    listed.append(str(text))
        return np.array(["、".join(listed) for listed in found], dtype=object)


def scorecard(
    form: pd.DataFrame,
    *,
    fatal: Sequence[str] = (),
    fatal_rule: str = "zero",
    cap: float = 59,
    item: str = "条目",
    full: str = "满分",
    weight: str = "权重",
) -> Scorecard:
    """设计一张评分表，再用 ``.score(表)`` 给一批通话算分。

    Parameters
    ----------
    form : 一个条目一行，列：条目、满分、权重；可有「致命」列（是/否）。
    fatal : 哪些条目是致命项，加在「致命」列之外。
    fatal_rule : 犯了致命项怎样算："zero" 总分记 0，"cap" 总分不高于 ``cap``。
    cap : 封顶的分数（教学约定 59，不合格）。
    item, full, weight : 列名。

    Returns
    -------
    Scorecard
        权重折成合计 100。

    Raises
    ------
    ValueError
        缺列、条目重复、满分或权重不是正数、致命项不在条目里。

    Notes
    -----
    总分 = 100 × Σ 权重 × 条目分/满分 ÷ Σ 权重；犯致命项时记 0 或封顶。

    Examples
    --------
    >>> form = pd.DataFrame({"条目": ["核实身份", "答案准确"], "满分": [1, 5], "权重": [10, 30]})
    >>> card = scorecard(form, fatal=["核实身份"], fatal_rule="cap")
    >>> card.form["权重"].tolist(), card.fatal_items
    ([25.0, 75.0], ('核实身份',))
    """
    if fatal_rule not in RULES:
        raise ValueError(f'fatal_rule 是 {fatal_rule!r}：请用 "zero" 或 "cap"。')
    read_rows(form, [item, full, weight], "评分表")
    names = read_labels(form[item], item)
    if names.duplicated().any():
        raise ValueError(f"{item}里 {names[names.duplicated()].iloc[0]} 出现不止一次：请合并。")
    top = require_range(form[full], full, 0, above=True)
    weights = require_range(form[weight], weight, 0, above=True)
    stray = [name for name in fatal if name not in set(names)]
    if stray:
        raise ValueError(f"致命项 {'、'.join(stray)} 不在条目里：请核对名字。")
    flag = names.isin(list(fatal))
    if "致命" in form.columns:
        flag |= read_flags(form["致命"], "致命")
    limit = float(as_numbers(cap, "cap"))
    require_range(limit, "cap", 0, 100)
    table = pd.DataFrame(
        {
            "条目": names.to_numpy(),
            "满分": top,
            "权重": 100 * weights / weights.sum(),
            "致命": flag.to_numpy(),
        }
    )
    return Scorecard(table, fatal_rule, limit)


def _named_fatal(values: pd.Series, column: str) -> np.ndarray:
    """每通犯了哪个致命项：写名字的照写，写 是、1 的记列名，空着或写 否、0 的没有。"""
    names = np.array(["" if is_blank(one) else plain_text(one) for one in values], dtype=object)
    flags = np.array(
        [
            bool(name) and (not isinstance(one, str) or name.lower() in FLAG_WORDS)
            for name, one in zip(names, values, strict=True)
        ],
        dtype=bool,
    )
    names[flags] = np.where(read_flags(values[flags], column), column, "")
    return names


def _mean(values: np.ndarray) -> float:
    """不适用的不计；整列都不适用时按满分，不丢分。"""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 1.0

"""条目：哪些条目分得出好坏，哪些重复，留、改还是删？"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside
from ccomlib.reading import read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, varies
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ItemReview", "review_items"]

ADVICE_COLOURS = {"保留": "good", "修改": "second", "合并": "light", "删除": "bad"}
TAIL = 0.27


@dataclass(frozen=True, eq=False)
class ItemReview(Result):
    """评分表各条目的鉴别力与重复。由 ``review_items`` 得到。"""

    table: pd.DataFrame
    """一个条目一行，列：条目、得分率、鉴别力 r（与其余条目之和）、鉴别指数 D、（与目标 r）、
    最像的条目、最像的 r、建议、理由。没有变化的条目 r 为空。"""
    pairs: pd.DataFrame
    """重复的条目对，列：条目一、条目二、r。"""
    n: int
    target: str | None
    drop: float
    revise: float
    redundant: float

    def advised(self, advice: str) -> tuple[str, ...]:
        """得到某个建议的条目，例如 ``advised("删除")``。"""
        if advice not in ADVICE_COLOURS:
            raise ValueError(f"没有 {advice!r} 这个建议；有：{'、'.join(ADVICE_COLOURS)}。")
        return tuple(self.table.loc[self.table["建议"] == advice, "条目"])

    def summary(self) -> pd.DataFrame:
        """逐个条目列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各条目的鉴别力，颜色是建议。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8, 1.8 + 0.38 * len(table)))
        for advice, colour in ADVICE_COLOURS.items():
            rows = np.flatnonzero(table["建议"] == advice)
            if len(rows):
                values = table["鉴别力 r"].iloc[rows].fillna(0)
                ax.barh(rows, values, color=COLOURS[colour], label=advice, height=0.68)
        for row, value in enumerate(table["鉴别力 r"]):
            text = "没有变化" if pd.isna(value) else f"{value:.2f}"
            side = 0.0 if pd.isna(value) else max(value, 0.0)
            ax.text(side, row, f" {text}", va="center", fontsize=10)
        ax.axvline(
            self.revise, color=COLOURS["grey"], linestyle="--", label=f"{self.revise:g}（教学约定）"
        )
        ax.set_yticks(np.arange(len(table)), [wrap(name, 24) for name in table["条目"]])
        top = max(0.3, float(table["鉴别力 r"].fillna(0).max()))
        ax.set(
            title=f"条目的鉴别力与建议（n = {self.n}）",
            xlabel="与其余条目之和的相关系数",
            xlim=(min(0.0, float(table["鉴别力 r"].fillna(0).min()) * 1.2), 1.15 * top),
        )
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        parts = [
            f"{advice} {len(names)} 个（{'、'.join(names)}）"
            for advice in ("删除", "合并", "修改")
            if (names := self.advised(advice))
        ]
        text = "；".join(parts) or "没有要改的"
        return (
            f"{len(self.table)} 个条目，{self.n} 次评分：保留 {len(self.advised('保留'))} 个，{text}；"
            f"鉴别力低于 {self.revise:g} 改、低于 {self.drop:g} 删、两条 r 高于 {self.redundant:g} 合并"
            "（教学约定）；合规条目人人做到是好事，分不出好坏也要留，改作致命项或抽查。"
        )


def review_items(
    table: pd.DataFrame,
    items: Sequence[str] | Mapping[str, float],
    *,
    full: Mapping[str, float] | None = None,
    target: str | None = None,
    drop: float = 0.1,
    revise: float = 0.2,
    redundant: float = 0.8,
) -> ItemReview:
    """评分表优化：条目分得出好坏吗，有没有重复，留、改、并、删？

    Parameters
    ----------
    table : 一次评分一行，一个条目一列。
    items : 条目列名；给映射时是 条目 → 权重，总分按权重加。
    full : 条目 → 满分；不给就用这列出现过的最高分。
    target : 目标列（客户满意度），给了就列出各条目与它的相关，合并时留与它更相关的。
    drop, revise : 鉴别力低于它们删除、修改（教学约定 0.1、0.2）。
    redundant : 两个条目的相关高于它算重复（教学约定 0.8）。

    Returns
    -------
    ItemReview

    Raises
    ------
    ValueError
        缺列、不足 3 个条目、不足 10 行、有空值、条目分为负或高于满分、目标没有变化。

    Notes
    -----
    鉴别力 = 条目与其余条目加权和的相关；D = 总分最高 27% 与最低 27% 的得分率之差。

    References
    ----------
    Kelley (1939), J. Educational Psychology 30: 17–24（27% 分组）；Ebel (1972)，第 14 章。

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> skill = rng.normal(size=200)
    >>> calls = pd.DataFrame({"准确": skill + rng.normal(size=200) * 0.7,
    ...     "完整": skill + rng.normal(size=200) * 0.7, "工号齐全": rng.normal(size=200)})
    >>> calls = (calls * 0.8 + 3).clip(0, 5).round()
    >>> review_items(calls, ["准确", "完整", "工号齐全"]).advised("删除")
    ('工号齐全',)
    """
    if isinstance(items, str):
        raise ValueError(f"items 应是一列条目名，但得到 {items!r}：请写成 [{items!r}]。")
    names = list(items)
    if len(names) < 3:
        raise ValueError(f"只给了 {len(names)} 个条目，至少要 3 个才谈得上“其余条目”。")
    read_rows(table, [*names, *([target] if target else [])], "评分")
    if len(table) < 10:
        raise ValueError(f"只有 {len(table)} 次评分，少于 10 次看不出鉴别力：请增加评分。")
    given = items if isinstance(items, Mapping) else dict.fromkeys(names, 1.0)
    weight = require_range([given[name] for name in names], "items 的权重", 0, above=True)
    share = np.column_stack([_share(table[name], name, full) for name in names])
    moving = np.array([varies(column) for column in share.T])
    if not moving.any():
        raise ValueError("所有条目都没有变化，谈不上鉴别力：请核对评分。")
    total = share @ weight
    links = _links(share, moving)
    goal = None
    if target is not None:
        goal = as_numbers(table[target], target)
        if not varies(goal):
            raise ValueError(f"{target}全是 {goal[0]:g}，没有变化就谈不上相关：请换一列。")
    rows = []
    best, worst = _tails(total)
    for place, name in enumerate(names):
        rest = total - weight[place] * share[:, place]
        r = _r(share[:, place], rest, total) if moving[place] else None
        like = int(np.argmax(links[place]))
        rows.append(
            {
                "条目": name,
                "得分率": float(share[:, place].mean()),
                "鉴别力 r": r,
                "鉴别指数 D": float(share[best, place].mean() - share[worst, place].mean()),
                "与目标 r": None if goal is None or r is None else _r(share[:, place], goal, goal),
                "最像的条目": names[like] if links[place, like] > -1 else "",
                "最像的 r": float(links[place, like]) if links[place, like] > -1 else None,
            }
        )
    result = pd.DataFrame(rows).astype({"鉴别力 r": float, "与目标 r": float, "最像的 r": float})
    key = "鉴别力 r" if goal is None else "与目标 r"
    pairs = _pairs(names, links, redundant)
    result["建议"], result["理由"] = _advise(result, pairs, key, drop, revise)
    if goal is None:
        result = result.drop(columns="与目标 r")
    order = result["鉴别力 r"].fillna(-2).sort_values(ascending=False, kind="stable").index
    return ItemReview(
        table=result.loc[order].reset_index(drop=True),
        pairs=pairs,
        n=len(table),
        target=target,
        drop=float(drop),
        revise=float(revise),
        redundant=float(redundant),
    )


def _share(values: pd.Series, name: str, full: Mapping[str, float] | None) -> np.ndarray:
    numbers = require_range(values, name, 0)
    if full is not None and name not in full:
        raise ValueError(f"full 里没有 {name}：请补上它的满分。")
    top = float(full[name]) if full is not None else float(numbers.max())
    if top <= 0:
        raise ValueError(f"{name}全是 0 分，看不出满分是多少：请给 full。")
    return require_range(values, name, 0, top) / top


def _links(share: np.ndarray, moving: np.ndarray) -> np.ndarray:
    """条目两两的相关；自己与没有变化的条目记 −2。"""
    links = np.full((share.shape[1], share.shape[1]), -2.0)
    where = np.flatnonzero(moving)
    if len(where) > 1:
        links[np.ix_(where, where)] = np.corrcoef(share[:, where], rowvar=False)
    np.fill_diagonal(links, -2.0)
    return links


def _pairs(names: list[str], links: np.ndarray, redundant: float) -> pd.DataFrame:
    rows = [
        (names[i], names[j], float(links[i, j]))
        for i, j in zip(*np.triu_indices(len(names), 1), strict=True)
        if links[i, j] > redundant
    ]
    table = pd.DataFrame(rows, columns=["条目一", "条目二", "r"])
    return table.sort_values("r", ascending=False, ignore_index=True)


def _tails(total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """总分最高与最低 27% 的行。"""
    count = max(1, round(TAIL * len(total)))
    order = np.argsort(total, kind="stable")
    return order[-count:], order[:count]


def _advise(
    table: pd.DataFrame, pairs: pd.DataFrame, key: str, drop: float, revise: float
) -> tuple[list[str], list[str]]:
    """留、改、并、删与理由；重复的一对里并掉与目标（或其余条目）不那么相关的。"""
    strength = table.set_index("条目")[key]
    merged: dict[str, str] = {}
    for one, two in pairs[["条目一", "条目二"]].itertuples(index=False):
        if one not in merged and two not in merged:
            keep, lose = (one, two) if strength[one] >= strength[two] else (two, one)
            merged[lose] = keep
    advice, reason = [], []
    for _, row in table.iterrows():
        r = row["鉴别力 r"]
        if pd.isna(r):
            said = "人人同分，分不出好坏；若是合规要求，改作致命项或抽查"
            found = "删除"
        elif r < drop:
            found, said = (
                "删除",
                f"鉴别力 {r:.2f}，与其余条目无关"
                if r >= 0
                else f"鉴别力 {r:.2f}，方向相反，先查打分是否弄反",
            )
        elif row["条目"] in merged:
            found, said = (
                "合并",
                f"与{merged[row['条目']]}几乎同分（r = {row['最像的 r']:.2f}），并到它",
            )
        elif r < revise:
            found, said = "修改", f"鉴别力 {r:.2f} 偏低，改写行为标准"
        else:
            found, said = "保留", "分得出好坏"
        advice.append(found)
        reason.append(said)
    return advice, reason


def _r(x: np.ndarray, y: np.ndarray, whole: np.ndarray) -> float | None:
    """相关系数；y 由 whole 减出来，一列没有变化时为空。"""
    if not varies(x) or not varies(y, whole):
        return None
    return float(np.corrcoef(x, y)[0, 1])

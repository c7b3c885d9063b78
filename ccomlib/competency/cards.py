"""知识卡片：同一个问题有没有两种答案，哪些过期了，哪些缺东西？"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CardCheck", "check_cards", "plain"]

KEYS = ("队列", "一级分类", "二级分类", "条件")
FIELDS = ("条件", "答案", "失效日期", "负责人")
PAST, FUTURE = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")
KINDS = ("一答多义", "重复", "缺字段", "已过期", "即将过期")


@dataclass(frozen=True, eq=False)
class CardCheck(Result):
    """知识卡片的问题。由 ``check_cards`` 得到，不直接构造。"""

    flaws: pd.DataFrame
    """一行一处，列：卡片、问题、现状、改法。"""
    cards: int
    conflicts: tuple[tuple[str, ...], ...]
    """一答多义的卡片，一组一个元组。"""
    expired: tuple[str, ...]
    today: pd.Timestamp
    views: pd.Series | None
    """各卡片的浏览量；没有给时为 None。"""

    @property
    def conflict_rate(self) -> float:
        """一答多义的卡片占全部的比例。"""
        return sum(map(len, self.conflicts)) / self.cards

    @property
    def expiry_rate(self) -> float:
        """过期的卡片占全部的比例。"""
        return len(self.expired) / self.cards

    @property
    def clean(self) -> int:
        """没有任何问题的卡片数。"""
        return self.cards - self.flaws["卡片"].nunique()

    def summary(self) -> pd.DataFrame:
        """逐处列出；给了浏览量的，看的人多的在前。"""
        return self.flaws

    def plot(self, ax: Axes | None = None) -> Axes:
        """各种问题有几张卡片。"""
        ax = new_axes(ax, figsize=(8.0, 3.2))
        counts = self.flaws.groupby("问题")["卡片"].nunique().reindex(KINDS, fill_value=0)
        colours = [COLOURS["second" if kind == "即将过期" else "bad"] for kind in KINDS]
        bars = ax.barh(counts.index, counts, color=colours)
        ax.bar_label(bars, [f"{n} 张（{n / self.cards:.0%}）" for n in counts], padding=4)
        ax.invert_yaxis()
        ax.margins(x=0.2)
        ax.grid(axis="y", visible=False)
        ax.set_xlim(left=0, right=max(1.0, 1.2 * counts.max()))
        ax.set(
            title=f"{self.cards} 张知识卡片的问题（截至 {self.today:%Y-%m-%d}）",
            xlabel="卡片（张）",
        )
        return ax

    def __str__(self) -> str:
        text = (
            f"{self.cards} 张卡片里 {self.clean} 张没有问题：一答多义 {len(self.conflicts)} 组"
            f"（冲突率 {self.conflict_rate:.0%}），过期 {len(self.expired)} 张"
            f"（过期率 {self.expiry_rate:.0%}，截至 {self.today:%Y-%m-%d}）"
        )
        if self.conflicts:
            text += f"；先统一：{'与'.join(self.conflicts[0])}"
        if self.views is not None and self.views.sum() > 0:
            bad = self.views.index.isin([*self.expired, *sum(self.conflicts, ())])
            share = float(self.views[bad].sum() / self.views.sum())
            text += f"；{share:.0%} 的浏览看到的是冲突或过期的答案"
        return text + "；程序比的是文字，说法不同而意思相同的要人来看。"


def check_cards(
    cards: pd.DataFrame,
    *,
    today: Any,
    card: str = "卡片编号",
    keys: Sequence[str] = KEYS,
    answer: str = "答案",
    since: str = "生效日期",
    until: str = "失效日期",
    fields: Sequence[str] = FIELDS,
    views: str = "浏览量",
    warn_days: int = 30,
) -> CardCheck:
    """知识卡片里哪些互相矛盾、重复、过期或缺字段？

    Parameters
    ----------
    cards : 一行一张卡片，列 卡片编号、队列、一级分类、二级分类、条件、答案、失效日期、负责人。
    today : 今天的日期，如 "2025-06-30"；不用电脑的时钟，结果才能复查。
    card, keys, answer, since, until, views : 列名；keys（场景与条件的各列）相同就是同一个问题，
        since 与 views 可以没有。
    fields : 必须填写的列；失效日期写“长期”算填了、不过期。
    warn_days : 几天之内到期算即将过期（教学约定）。

    Returns
    -------
    CardCheck
        逐处的问题、冲突率与过期率。

    Raises
    ------
    ValueError
        缺列、没有卡片、编号空着或重复、日期读不懂。

    Notes
    -----
    同一个场景、同一个条件（去掉空格、标点、大小写后相同）有不同答案是一答多义，答案相同是重复；
    只比今天有效的卡片。失效日期当天仍有效。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "卡片编号": ["K1", "K2", "K3"], "场景": ["退货", "退货", "换货"],
    ...     "条件": ["7天内", "7 天内", "15天内"], "答案": ["可退", "不可退", "可换"],
    ...     "失效日期": ["长期", "2025-12-31", "2025-05-31"], "负责人": "甲"})
    >>> result = check_cards(table, today="2025-06-30", keys=("场景", "条件"))
    >>> result.conflicts, result.expired
    ((('K1', 'K2'),), ('K3',))
    """
    require_columns(cards, [card, *keys, answer, until, *fields], "知识卡片表")
    if cards.empty:
        raise ValueError("知识卡片表没有行：请至少给一张卡片。")
    now = pd.to_datetime(today, errors="coerce")
    if not isinstance(now, pd.Timestamp) or now is pd.NaT:
        raise ValueError(f'today 是 {today!r}，不是日期：请写成 "2025-06-30"。')
    now = now.normalize()
    days = float(require_range(warn_days, "warn_days", 0))
    ids = [str(value) if plain(value) else "" for value in cards[card]]
    for row, name in enumerate(ids):
        if name == "" or name in ids[:row]:
            raise ValueError(f"{card}第 {row + 1} 个是 {name!r}，空着或重复：每张卡片一个编号。")
    rows = []
    for name, (_, line) in zip(ids, cards.iterrows(), strict=True):
        empty = [field for field in fields if plain(line[field]) == ""]
        if empty:
            rows.append((name, "缺字段", "、".join(empty) + "空着", "补上，查不到依据的先下架"))
    ends = _dates(cards[until], until, FUTURE)
    expired = tuple(name for name, end in zip(ids, ends, strict=True) if end < now)
    for name, end in zip(ids, ends, strict=True):
        if end < now:
            rows.append((name, "已过期", f"{end:%Y-%m-%d} 到期", "复核后续期，或下架"))
        elif end - now <= pd.Timedelta(days=days):
            rows.append((name, "即将过期", f"{end:%Y-%m-%d} 到期", "提前通知责任人复核"))
    live = np.array([end >= now for end in ends])
    if since in cards.columns:
        live &= np.array([start <= now for start in _dates(cards[since], since, PAST)])
    conflicts = []
    question = cards[list(keys)].map(plain).agg("｜".join, axis=1).to_numpy()
    replies = cards[answer].map(plain).to_numpy()
    for text in dict.fromkeys(question):
        same = np.flatnonzero((question == text) & live)
        if len(same) < 2 or text.replace("｜", "") == "":
            continue
        group = tuple(ids[row] for row in same)
        if len(set(replies[same])) > 1:
            conflicts.append(group)
            found = " ／ ".join(dict.fromkeys(str(cards[answer].iloc[row]) for row in same))
            remedy = "由一个责任人定一个答案，其余下架；条件其实不同的，把条件写细"
            rows += [
                (name, "一答多义", f"与{'、'.join(x for x in group if x != name)}：{found}", remedy)
                for name in group
            ]
        else:
            rows += [(name, "重复", f"与{group[0]}相同", "并成一张") for name in group[1:]]
    flaws = pd.DataFrame(rows, columns=["卡片", "问题", "现状", "改法"])
    seen = None
    if views in cards.columns:
        counts = require_range(cards[views].set_axis(ids), views, 0)
        seen = pd.Series(counts, index=ids)
        flaws.insert(1, "浏览量", flaws["卡片"].map(seen))
    rank = {kind: place for place, kind in enumerate(KINDS)}
    order = [-flaws["浏览量"]] if seen is not None else []
    order = pd.concat([*order, flaws["问题"].map(rank)], axis=1, keys=range(len(order) + 1))
    flaws = flaws.loc[order.sort_values(list(order.columns), kind="stable").index]
    return CardCheck(flaws.reset_index(drop=True), len(cards), tuple(conflicts), expired, now, seen)


def plain(value: Any) -> str:
    """比较用的文字：去掉空格与标点，英文小写；空值是空文字。"""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return re.sub(r"[\s，。、；：,.;:！!？?（）()「」“”\"']", "", str(value)).lower()


def _dates(column: pd.Series, name: str, blank: pd.Timestamp) -> list[pd.Timestamp]:
    """一列日期；“长期”与空着的当作 blank（空着另算缺字段）。"""
    found = []
    for row, value in enumerate(column, start=1):
        if plain(value) in {"", "长期", "长期有效", "永久"}:
            found.append(blank)
            continue
        moment = pd.to_datetime(value, errors="coerce")
        if not isinstance(moment, pd.Timestamp):
            raise ValueError(
                f'{name}第 {row} 个是 {value!r}，不是日期：请写成 "2025-12-31" 或“长期”。'
            )
        found.append(moment.normalize())
    return found

"""知识树：分类互不重叠、没有遗漏吗？每张卡片挂在哪里？"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

from .cards import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KnowledgeTree", "knowledge_tree"]

MOST_ROWS = 60
OTHER = {"其他", "其它", "杂项", "综合", "未分类"}
Path = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class KnowledgeTree(Result):
    """由分类路径搭成的知识树。由 ``knowledge_tree`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一个节点（先根后枝），列：路径、名称、层、直接卡片、全部卡片、叶。"""
    flaws: pd.DataFrame
    """违反“不重叠、不遗漏”的地方，列：问题、位置、现状、改法。"""
    cards: int
    separator: str

    @property
    def mece(self) -> bool:
        """没有查出重叠与遗漏。"""
        return self.flaws.empty

    def summary(self) -> pd.DataFrame:
        """查出的毛病；没有毛病时列出各节点。"""
        return self.table if self.mece else self.flaws

    def plot(self, ax: Axes | None = None) -> Axes:
        """缩进的树：圆点大小是卡片数，橙红的节点有毛病。"""
        table = self.table
        hidden = 0
        while len(table) > MOST_ROWS and table["层"].max() > 1:
            hidden = int(table["层"].max())
            table = table[table["层"] < hidden]
        hidden_rows = max(0, len(table) - MOST_ROWS)
        table = table.iloc[:MOST_ROWS].reset_index(drop=True)
        deep = int(table["层"].max())
        ax = new_axes(ax, figsize=(4.5 + 1.5 * deep, 1.4 + 0.27 * len(table)))
        bad = set(self.flaws["位置"])
        row_of = {path: row for row, path in enumerate(table["路径"])}
        largest = max(1, int(table["全部卡片"].max()))
        for row, line in table.iterrows():
            x = line["层"] - 1
            above = line["路径"].rpartition(self.separator)[0]
            if above in row_of:
                ax.plot(
                    [x - 1, x - 1, x], [row_of[above], row, row], color="#B0B0B0", lw=1, zorder=1
                )
            colour = COLOURS["bad" if line["路径"] in bad else "main"]
            size = 20 + 130 * line["全部卡片"] / largest
            ax.scatter(x, row, s=size, color=colour, zorder=2)
            ax.annotate(
                f"{line['名称']}（{line['全部卡片']}）",
                (x, row),
                xytext=(10, 0),
                textcoords="offset points",
                va="center",
                fontsize=10,
            )
        ax.set(xlim=(-0.3, deep + 0.8), ylim=(len(table) - 0.4, -0.6))
        ax.set_xticks(range(deep), [f"第 {level + 1} 级" for level in range(deep)])
        ax.set_yticks([])
        ax.grid(False)
        ax.spines["left"].set_visible(False)
        more = f"，第 {hidden} 级起未画" if hidden else ""
        more += f"，另有 {hidden_rows} 个未画" if hidden_rows else ""
        ax.set_title(f"知识树：{self.cards} 张卡片（括号里是卡片数，橙红为有毛病{more}）")
        return ax

    def __str__(self) -> str:
        leaves = int(self.table["叶"].sum())
        head = (
            f"{self.cards} 张卡片挂在 {len(self.table)} 个节点、{leaves} 个叶上，"
            f"最深 {int(self.table['层'].max())} 级"
        )
        tail = "；程序只比名称与位置，意思是否重叠要人来看。"
        if self.mece:
            return f"{head}，没有查出重叠与遗漏{tail}"
        counts = self.flaws["问题"].value_counts()
        listed = "、".join(f"{kind} {count}" for kind, count in counts.items())
        return f"{head}；{len(self.flaws)} 处不合“不重叠、不遗漏”：{listed}{tail}"


def knowledge_tree(
    cards: pd.DataFrame,
    *,
    card: str = "卡片编号",
    path: str | Sequence[str] = ("队列", "一级分类", "二级分类"),
    separator: str = "/",
    taxonomy: Iterable[str] | None = None,
    most_other: float = 0.1,
) -> KnowledgeTree:
    """卡片的分类路径搭成一棵树，哪里重叠、哪里遗漏？

    Parameters
    ----------
    cards : 一行一张卡片；同一张卡片写几行就是挂在几处。
    card : 编号的列。
    path : 由粗到细的几列分类，或一列写全的路径（如 “售后/退货/七天无理由”）。
    separator : 路径各级之间的符号。
    taxonomy : 规定的分类（路径）；给了就查卡片有没有挂在规定之外、规定的分类有没有空着。
    most_other : “其他”类最多占兄弟合计的比例（教学约定）。

    Returns
    -------
    KnowledgeTree
        各节点的卡片数与毛病。

    Raises
    ------
    ValueError
        缺列、没有卡片、编号空着。

    Notes
    -----
    重叠：一张卡片挂几处、同名的类在几处、兄弟的名字相同或一个含着另一个。
    遗漏：没有分类、挂在枝上而不在叶上、不在规定的分类里、规定的分类没有卡片、“其他”太多。

    Examples
    --------
    >>> table = pd.DataFrame({"卡片编号": ["K1", "K2", "K3", "K4"],
    ...                       "分类": ["售后/退货", "售后/换货", "售后", ""]})
    >>> knowledge_tree(table, path="分类").flaws["问题"].tolist()
    ['没有分类', '挂在枝上']
    """
    levels = [path] if isinstance(path, str) else list(path)
    require_columns(cards, [card, *levels], "知识卡片表")
    if cards.empty:
        raise ValueError("知识卡片表没有行：请至少给一张卡片。")
    require_range(most_other, "most_other", 0, 1)
    blank = np.flatnonzero([plain(value) == "" for value in cards[card]])
    if len(blank):
        raise ValueError(f"{card}第 {blank[0] + 1} 个是空的：每张卡片要有编号。")
    ids = cards[card].astype(str).to_numpy()
    paths = [
        tuple(part for value in row for part in _parts(value, separator))
        for row in cards[levels].itertuples(index=False)
    ]
    rules = [] if taxonomy is None else [_parts(value, separator) for value in taxonomy]
    nodes: dict[Path, set[str]] = {}
    for route in [*rules, *paths]:
        for depth in range(1, len(route) + 1):
            nodes.setdefault(route[:depth], set())
    for name, route in zip(ids, paths, strict=True):
        if route:
            nodes[route].add(name)
    if not nodes:
        raise ValueError(f"{'、'.join(levels)}全是空的，搭不成树：请先给卡片分类。")
    ordered = _walk(nodes)
    children: dict[Path, list[Path]] = {}
    for route in ordered:
        children.setdefault(route[:-1], []).append(route)
    everything = {
        route: set().union(*(held for one, held in nodes.items() if one[: len(route)] == route))
        for route in ordered
    }

    def said(route: Path) -> str:
        return separator.join(route)

    flaws = [
        ("没有分类", name, "分类空着", "按现有的叶归类，归不进去就补一个叶")
        for name, route in zip(ids, paths, strict=True)
        if not route
    ]
    homes: dict[str, list[Path]] = {}
    for name, route in zip(ids, paths, strict=True):
        if route and route not in homes.setdefault(name, []):
            homes[name].append(route)
    for name, places in homes.items():
        if len(places) > 1:
            where = "、".join(map(said, places))
            flaws.append(("一卡多处", name, where, "只留一处，别处用链接指过来"))
    for route in ordered:
        if nodes[route] and route in children:
            held = "、".join(sorted(nodes[route])[:3])
            flaws.append(
                (
                    "挂在枝上",
                    said(route),
                    f"{len(nodes[route])} 张（{held}）直接挂在这里",
                    "移到它下面的某个叶",
                )
            )
    flaws += _name_clashes(ordered, children, said)
    for brothers in children.values():
        total = sum(len(everything[one]) for one in brothers)
        for one in brothers:
            if one[-1] in OTHER and len(brothers) > 1 and len(everything[one]) > most_other * total:
                flaws.append(
                    (
                        "其他太多",
                        said(one),
                        f"占兄弟合计的 {len(everything[one]) / total:.0%}",
                        "看看里面能不能再立一类",
                    )
                )
    for route in dict.fromkeys(rules):
        if route and not everything[route]:
            flaws.append(("分类空着", said(route), "没有卡片", "补卡片，或取消这一类"))
    if rules:
        for name, route in zip(ids, paths, strict=True):
            if route and route not in rules:
                flaws.append(("不在规定里", name, said(route), "改到规定的分类，或先修订分类"))
    rows = [
        (said(one), one[-1], len(one), len(nodes[one]), len(everything[one]), one not in children)
        for one in ordered
    ]
    return KnowledgeTree(
        table=pd.DataFrame(rows, columns=["路径", "名称", "层", "直接卡片", "全部卡片", "叶"]),
        flaws=pd.DataFrame(flaws, columns=["问题", "位置", "现状", "改法"]),
        cards=len(set(ids)),
        separator=separator,
    )


def _parts(value: Any, separator: str) -> Path:
    if plain(value) == "":
        return ()
    return tuple(part.strip() for part in str(value).split(separator) if part.strip())


def _walk(nodes: Iterable[Path]) -> list[Path]:
    """先根后枝，兄弟按第一次出现的次序。"""
    seen = list(nodes)
    rank = {route: place for place, route in enumerate(seen)}
    return sorted(seen, key=lambda route: [rank[route[:k]] for k in range(1, len(route) + 1)])


def _name_clashes(ordered: list[Path], children: dict[Path, list[Path]], said: Any) -> list[tuple]:
    """兄弟之间名字相同或相含；同名的类出现在几处。"""
    flaws = []
    for brothers in children.values():
        for place, one in enumerate(brothers):
            for other in brothers[place + 1 :]:
                a, b = plain(one[-1]), plain(other[-1])
                if a in b or b in a:
                    remedy = "两类并成一类，或改名划清界线"
                    flaws.append(("兄弟重叠", said(other), f"与“{one[-1]}”相同或相含", remedy))
    first: dict[str, Path] = {}
    for route in ordered:
        key = plain(route[-1])
        if route[-1] in OTHER:
            continue
        if key in first and first[key][:-1] != route[:-1]:
            flaws.append(
                (
                    "同名两处",
                    said(route),
                    f"“{said(first[key])}”也叫这个名字",
                    "只留一处，或改名说清区别",
                )
            )
        first.setdefault(key, route)
    return flaws

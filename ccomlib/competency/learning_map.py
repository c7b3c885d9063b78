"""学习地图：课程按什么次序学，最短几天学完，哪些课拖不得？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.cells import cell_text, names_in
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from networkx import DiGraph

__all__ = ["LearningMap", "learning_map"]

LINE = 6.6
FAINT = "#B0B0B0"


@dataclass(frozen=True, eq=False)
class LearningMap(Result):
    """学习地图。由 ``learning_map`` 得到，不直接构造。"""

    table: pd.DataFrame
    """按可学的次序，列：次序、课程（编号）、名称、天数、先修、层、最早开始、最早结束、最迟开始、最迟结束、
    机动天数、关键。"""
    graph: DiGraph
    """先修 → 课程的有向图（networkx），每个节点带 days。"""
    days: float
    """同时能学的课都同时学时，最短几天。"""
    critical_path: tuple[str, ...]
    """一条关键路径，由头到尾。"""

    @property
    def order(self) -> list[str]:
        """一个满足全部先修的次序；没有先后之分的按表里的次序。"""
        return self.table["课程"].tolist()

    def prerequisites(self, course: str) -> list[str]:
        """学这门课之前要学完的全部课（先修的先修也算），按可学的次序。"""
        import networkx as nx

        before = nx.ancestors(self.graph, self._known(course))
        return [name for name in self.order if name in before]

    def unlocks(self, course: str) -> list[str]:
        """直接或间接以这门课为先修的课。"""
        import networkx as nx

        after = nx.descendants(self.graph, self._known(course))
        return [name for name in self.order if name in after]

    def next_courses(self, done: Iterable[str]) -> list[str]:
        """学完 done 之后，马上可以学哪几门。"""
        passed = {self._known(name) for name in done}
        return [
            name
            for name in self.order
            if name not in passed and set(self.graph.predecessors(name)) <= passed
        ]

    def check_order(self, order: Iterable[str]) -> pd.DataFrame:
        """一个学习次序违反了哪些先修。

        Returns
        -------
        pandas.DataFrame
            列：课程、先修、问题（排在后面，或没有排）；没有行就是对的。
        """
        given = [self._known(name) for name in order]
        twice = next((name for name in given if given.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"次序里 {twice} 出现了不止一次：一门课只排一次。")
        place = {name: row for row, name in enumerate(given)}
        rows = [
            (name, before, "没有排" if before not in place else "排在后面")
            for name in given
            for before in self.graph.predecessors(name)
            if place.get(before, len(given)) > place[name]
        ]
        return pd.DataFrame(rows, columns=["课程", "先修", "问题"])

    def summary(self) -> pd.DataFrame:
        """逐门课程：次序、先修、最早最迟与机动天数。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """由左到右：一列一层，橙红是没有机动的关键课程与关键路径。"""
        from .layout import draw_layers, place

        rows = self.table.set_index("课程")
        spots, routes = place(self.graph, rows["层"].to_dict())
        tall = len(
            {y for points in routes.values() for _, y in points} | {s[1] for s in spots.values()}
        )
        widest = max(int(rows["层"].value_counts().max()), tall // 2 + 1)
        ax = new_axes(ax, figsize=(1.5 + 1.75 * (int(rows["层"].max()) + 1), 1.2 + 0.62 * widest))
        main = set(zip(self.critical_path[:-1], self.critical_path[1:], strict=True))
        draw_layers(
            ax,
            spots,
            routes,
            {
                name: f"{_wrapped(rows.loc[name, '名称'])}\n{rows.loc[name, '天数']:g} 天"
                for name in self.graph
            },
            {
                name: COLOURS["bad"] if rows.loc[name, "关键"] else COLOURS["main"]
                for name in self.graph
            },
            {edge: COLOURS["bad"] if edge in main else FAINT for edge in self.graph.edges},
        )
        layers = range(int(rows["层"].max()) + 1)
        ax.set_xticks(layers, [f"第 {number + 1} 层" for number in layers])
        ax.tick_params(axis="x", length=0)
        ax.set_title(
            f"学习地图：{len(rows)} 门课，最短 {self.days:g} 天（橙红为没有机动的关键课程）"
        )
        return ax

    def __str__(self) -> str:
        total = float(self.table["天数"].sum())
        said = self.table.set_index("课程")["名称"]
        return (
            f"{len(self.table)} 门课共 {total:g} 天，能同时学的都同时学，最短 {self.days:g} 天；"
            f"关键路径：{' → '.join(said[list(self.critical_path)])}；关键课程有 "
            f"{int(self.table['关键'].sum())} 门，拖一天总期就拖一天。"
            "前提是一个人能同时上几门课；一次只能上一门，就要全部相加。"
        )

    def _known(self, course: str) -> str:
        if course not in self.graph:
            listed = "、".join(self.order[:10])
            raise ValueError(
                f"没有课程 {course!r}；有：{listed}等 {len(self.table)} 门。请核对名称。"
            )
        return course


def learning_map(
    courses: pd.DataFrame,
    *,
    course: str = "课程编号",
    title: str = "课程",
    days: str = "天数",
    prerequisites: str = "先修",
) -> LearningMap:
    """课程之间谁先谁后，最短几天学完，哪几门没有余地？

    Parameters
    ----------
    courses : 一行一门课，列 课程编号、课程、天数、先修；先修写编号，几门用顿号、逗号或分号
        隔开，没有就留空。没有编号列时，课程名就是编号。
    course, title, days, prerequisites : 列名。

    Returns
    -------
    LearningMap
        次序、先修闭包、关键路径与机动天数。

    Raises
    ------
    ValueError
        课程重名、天数为负、先修不在表里、先修成环（消息写出整个环）。

    Notes
    -----
    关键路径法：最早开始 = 各先修最早结束的最大值；最迟结束 = 各后续最迟开始的最小值；
    机动 = 最迟开始 − 最早开始，为 0 的是关键课程。

    References
    ----------
    Kelley & Walker (1959), Critical-path planning and scheduling。

    Examples
    --------
    >>> table = pd.DataFrame({"课程": ["产品", "系统", "话术", "实战"], "天数": [3, 2, 2, 4],
    ...                       "先修": ["", "", "产品", "系统、话术"]})
    >>> result = learning_map(table)
    >>> result.days, result.critical_path, result.prerequisites("实战")
    (9.0, ('产品', '话术', '实战'), ['产品', '系统', '话术'])
    """
    import networkx as nx

    require_columns(courses, [title, days, prerequisites], "课程表")
    course = course if course in courses.columns else title
    if courses.empty:
        raise ValueError("课程表没有行：请至少写一门课。")
    names = [cell_text(value) for value in courses[course]]
    for row, name in enumerate(names):
        if name == "" or name in names[:row]:
            raise ValueError(
                f"{course}第 {row + 1} 个是 {name!r}，空着或重名：每门课名称只写一次。"
            )
    length = dict(zip(names, require_range(courses[days].set_axis(names), days, 0), strict=True))
    graph = nx.DiGraph()
    graph.add_nodes_from((name, {"days": float(length[name])}) for name in names)
    for row, (name, value) in enumerate(zip(names, courses[prerequisites], strict=True)):
        for before in names_in(value):
            if before not in length:
                raise ValueError(
                    f"{prerequisites}第 {row + 1} 个（{name}）写了 {before!r}，课程表里没有这门课："
                    "请核对名称或补上这门课。"
                )
            graph.add_edge(before, name)
    if not nx.is_directed_acyclic_graph(graph):
        loop = [edge[0] for edge in nx.find_cycle(graph)]
        raise ValueError(
            f"先修成环：{' → '.join([*loop, loop[0]])}，谁也没法先学：请去掉其中一个先修关系。"
        )
    rank = {name: row for row, name in enumerate(names)}
    said = dict(zip(names, map(cell_text, courses[title]), strict=True))
    order = list(nx.lexicographical_topological_sort(graph, key=rank.__getitem__))
    start, layer = {}, {}
    for name in order:
        before = list(graph.predecessors(name))
        start[name] = max((start[one] + length[one] for one in before), default=0.0)
        layer[name] = max((layer[one] + 1 for one in before), default=0)
    total = max(start[name] + length[name] for name in order)
    finish = {}
    for name in reversed(order):
        after = list(graph.successors(name))
        finish[name] = min((finish[one] - length[one] for one in after), default=total)
    rows = []
    for number, name in enumerate(order, start=1):
        slack = finish[name] - length[name] - start[name]
        slack = 0.0 if abs(slack) < 1e-9 * max(total, 1) else slack
        before = "、".join(sorted(graph.predecessors(name), key=rank.__getitem__))
        rows.append(
            (
                *(number, name, said[name], length[name], before, layer[name]),
                *(start[name], start[name] + length[name]),
                *(finish[name] - length[name], finish[name], slack, slack == 0),
            )
        )
    columns = ["次序", "课程", "名称", "天数", "先修", "层", "最早开始", "最早结束"]
    table = pd.DataFrame(rows, columns=[*columns, "最迟开始", "最迟结束", "机动天数", "关键"])
    return LearningMap(table, graph, float(total), _critical(graph, table))


def _critical(graph: DiGraph, table: pd.DataFrame) -> tuple[str, ...]:
    """沿首尾相接的关键课程走出一条路径。"""
    rows = table[table["关键"]].set_index("课程")
    total = table["最早结束"].max()
    name = next(name for name in rows.index if np.isclose(rows.loc[name, "最早结束"], total))
    path = [name]
    while rows.loc[path[-1], "最早开始"] > 0:
        begin = rows.loc[path[-1], "最早开始"]
        path.append(
            next(
                one
                for one in graph.predecessors(path[-1])
                if one in rows.index and np.isclose(rows.loc[one, "最早结束"], begin)
            )
        )
    return tuple(reversed(path))


def _wrapped(name: str) -> str:
    """长名字折成差不多长的两行；英文数字按半个字算，再长就省略。"""
    sizes = [0.55 if letter.isascii() else 1.0 for letter in name]
    if sum(sizes) <= LINE:
        return name
    reach = np.cumsum(sizes)
    cut = int(np.searchsorted(reach, min(LINE, reach[-1] / 2))) + 1
    rest = name[cut:].strip()
    if reach[-1] - reach[cut - 1] > LINE:
        rest = rest[: LINE - 1] + "…"
    return f"{name[:cut].strip()}\n{rest}"

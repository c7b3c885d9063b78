"""有先后的图怎样画：分几列，每列上下怎样排，线从哪里走才不穿过方框？"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from networkx import DiGraph

__all__ = ["draw_layers", "place"]

SWEEPS = 12
WIDTH, HEIGHT = 0.84, 0.66


def place(
    graph: DiGraph, layer: Mapping[Hashable, int]
) -> tuple[dict[Hashable, tuple[float, float]], dict[tuple, list]]:
    """每个节点的位置，与每条线经过的点。

    跨几列的线在中间各列占一个空位，绕开方框；上下次序按相邻列的平均位置反复调整，减少交叉。

    Examples
    --------
    >>> import networkx as nx
    >>> spots, routes = place(nx.DiGraph([("甲", "乙"), ("乙", "丙"), ("甲", "丙")]), {"甲": 0, "乙": 1, "丙": 2})
    >>> [spots[name][0] for name in ("甲", "乙", "丙")], len(routes["甲", "丙"])
    ([0, 1, 2], 3)
    """
    columns: dict[int, list] = {}
    for node in graph:
        columns.setdefault(layer[node], []).append(node)
    chains, before, after = {}, {}, {}
    for source, target in graph.edges:
        chain = [source]
        for column in range(layer[source] + 1, layer[target]):
            dummy = (source, target, column)
            columns.setdefault(column, []).append(dummy)
            chain.append(dummy)
        chain.append(target)
        chains[source, target] = chain
        for left, right in pairwise(chain):
            after.setdefault(left, []).append(right)
            before.setdefault(right, []).append(left)
    height = {
        node: row - (len(nodes) - 1) / 2
        for nodes in columns.values()
        for row, node in enumerate(nodes)
    }
    last = max(columns, default=0)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        beside = before if forward else after
        for column in range(last + 1) if forward else range(last, -1, -1):
            nodes = columns.get(column, [])
            aim = {
                node: sum(height[one] for one in beside[node]) / len(beside[node])
                if node in beside
                else height[node]
                for node in nodes
            }
            nodes.sort(key=aim.__getitem__)
            for row, node in enumerate(nodes):
                height[node] = row - (len(nodes) - 1) / 2
    spots = {node: (layer[node], height[node]) for node in graph}
    routes = {
        edge: [(column + layer[edge[0]], height[node]) for column, node in enumerate(chain)]
        for edge, chain in chains.items()
    }
    return spots, routes


def draw_layers(
    ax: Axes,
    spots: Mapping[Hashable, tuple[float, float]],
    routes: Mapping[tuple, list],
    texts: Mapping[Hashable, str],
    colours: Mapping[Hashable, str],
    edge_colours: Mapping[tuple, str],
) -> None:
    """画出方框与线；方框左进右出。"""
    from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
    from matplotlib.path import Path

    for edge, points in routes.items():
        colour = edge_colours[edge]
        first, final = points[0], points[-1]
        stops = [(first[0] + WIDTH / 2, first[1])]
        for x, y in points[1:-1]:
            stops += [(x - WIDTH / 2, y), (x + WIDTH / 2, y)]
        stops.append((final[0] - WIDTH / 2, final[1]))
        path = Path(stops, [Path.MOVETO, *[Path.LINETO] * (len(stops) - 1)])
        ax.add_patch(
            FancyArrowPatch(
                path=path,
                arrowstyle="-|>",
                mutation_scale=9,
                color=colour,
                lw=1.8 if colour != "#B0B0B0" else 1.0,
                shrinkA=0,
                shrinkB=0,
                zorder=1,
            )
        )
    for node, (x, y) in spots.items():
        ax.add_patch(
            FancyBboxPatch(
                (x - WIDTH / 2, y - HEIGHT / 2),
                WIDTH,
                HEIGHT,
                boxstyle="round,pad=0,rounding_size=0.06",
                facecolor="white",
                edgecolor=colours[node],
                lw=1.8,
                zorder=2,
            )
        )
        ax.text(x, y, texts[node], ha="center", va="center", fontsize=9, zorder=3)
    xs = [spot[0] for spot in spots.values()]
    ys = [y for points in routes.values() for _, y in points] + [spot[1] for spot in spots.values()]
    ax.set(xlim=(min(xs) - 0.5, max(xs) + 0.5), ylim=(max(ys) + 0.6, min(ys) - 0.6))
    ax.set_yticks([])
    ax.grid(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)

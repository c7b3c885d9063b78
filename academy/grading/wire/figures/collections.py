"""Which points, areas, grids and contours lie on axes?  Each kind by what it was drawn from."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import (
    Collection,
    LineCollection,
    PathCollection,
    PolyCollection,
    PolyQuadMesh,
    QuadMesh,
)
from matplotlib.contour import ContourSet
from matplotlib.path import Path

from academy.grading.wire.figures import colours
from academy.grading.wire.figures.artists import MAX_ARTISTS, hatch, label, numbers

__all__ = ["describe_collections", "draw_collections", "set_style", "style"]


def describe_collections(ax: Any) -> list[dict[str, Any]]:
    """All collections of axes that lie in a plane, in their order."""
    if ax.name == "3d":
        return []
    return [{"data": _data(one), "style": style(one)} for one in list(ax.collections)[:MAX_ARTISTS]]


def draw_collections(ax: Any, described: list[dict[str, Any]]) -> None:
    """Draw them in their order."""
    for one in described:
        drawn = _draw(ax, *one["data"])
        set_style(drawn, one["style"])
        if drawn.axes is None:
            ax.add_collection(drawn)


def _data(one: Collection) -> list[Any]:
    if isinstance(one, ContourSet):
        # one list for each level: its pieces and what their points mean
        pieces = [[np.asarray(part, float) for part in level] for level in one.allsegs]
        codes = [[None if part is None else part for part in level] for level in one.allkinds]
        return ["contours", np.asarray(one.levels, float), pieces, codes, bool(one.filled)]
    if isinstance(one, QuadMesh):
        return ["mesh", np.ma.getdata(one.get_coordinates()), str(one._shading)]
    if isinstance(one, PolyQuadMesh):
        return ["cells", np.ma.getdata(one.get_coordinates())]
    if isinstance(one, PathCollection):
        return ["points", numbers(one.get_offsets()), np.asarray(one.get_sizes(), float)]
    if isinstance(one, LineCollection):
        return ["lines", [np.asarray(part, float) for part in one.get_segments()]]
    paths = list(one.get_paths())[:MAX_ARTISTS]
    offsets = np.ma.getdata(one.get_offsets())
    relative = offsets if len(offsets) > 1 or offsets.any() else None
    return ["areas", [numbers(path.vertices) for path in paths], [p.codes for p in paths], relative]


def _draw(ax: Any, kind: str, *data: Any) -> Collection:
    if kind == "contours":
        levels, pieces, codes, filled = data
        return ContourSet(ax, levels, pieces, codes, filled=filled)
    if kind == "mesh":
        return QuadMesh(data[0], shading=data[1])
    if kind == "cells":
        return PolyQuadMesh(data[0])
    if kind == "points":
        offsets, sizes = data
        return ax.scatter(offsets[:, 0], offsets[:, 1], sizes if len(sizes) else None)
    if kind == "lines":
        return LineCollection(data[0])
    vertices, codes, offsets = data
    return _areas(ax, vertices, codes, offsets)


def _areas(ax: Any, vertices: Any, codes: Any, offsets: Any) -> PolyCollection:
    placed = {} if offsets is None else {"offsets": offsets, "offset_transform": ax.transData}
    drawn = PolyCollection([], **placed)
    # its `set_verts` would close the outlines once more
    drawn._paths = [Path(*both) for both in zip(vertices, codes, strict=True)]
    return drawn


def style(one: Collection) -> dict[str, Any]:
    """Label, colours and widths of a collection."""
    return {
        "label": label(one),
        "face": np.asarray(one.get_facecolor(), float),
        "edge": np.asarray(one.get_edgecolor(), float),
        "widths": np.atleast_1d(np.asarray(one.get_linewidth(), float)),
        "alpha": float(one.get_alpha()) if isinstance(one.get_alpha(), (int, float)) else None,
        "hatch": hatch(one),
        "mapped": colours.describe_mapped(one),
    }


def set_style(one: Collection, content: dict[str, Any]) -> None:
    """Give a collection what was described."""
    if isinstance(one, ContourSet) or content["mapped"]["array"] is not None:
        colours.set_mapped(one, content["mapped"], one.set_array)
    if content["mapped"]["array"] is None:
        one.set_facecolor(content["face"])
        one.set_edgecolor(content["edge"])
    one.set_linewidth(content["widths"])
    one.set_alpha(content["alpha"])
    one.set_hatch(content["hatch"])
    one.set_label(content["label"])

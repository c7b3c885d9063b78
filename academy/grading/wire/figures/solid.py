"""What lies on axes with a third dimension?  Lines, points, surfaces and the place one looks from."""

from __future__ import annotations

from typing import Any

import numpy as np

from academy.grading.wire.figures.artists import MAX_ARTISTS, describe_line, numbers, set_line
from academy.grading.wire.figures.collections import set_style, style

__all__ = ["describe_solid", "draw_solid", "is_solid", "require"]


def is_solid(ax: Any) -> bool:
    """Whether the axes have a third dimension."""
    return ax.name == "3d"


def require() -> None:
    """Make matplotlib know of the third dimension."""
    import mpl_toolkits.mplot3d  # noqa: F401 - registers itself


def describe_solid(ax: Any) -> dict[str, Any]:
    """What only these axes have."""
    return {
        "view": [float(ax.elev), float(ax.azim), float(ax.roll)],
        "solid lines": [
            {**describe_line(line), "xyz": [numbers(part) for part in line.get_data_3d()]}
            for line in list(ax.lines)[:MAX_ARTISTS]
        ],
        "solids": [
            {"data": data, "style": style(one)}
            for one in list(ax.collections)[:MAX_ARTISTS]
            if (data := _data(one)) is not None
        ],
    }


def draw_solid(ax: Any, content: dict[str, Any]) -> None:
    """Draw it."""
    elevation, azimuth, roll = content["view"]
    ax.view_init(elevation, azimuth, roll)
    for line in content["solid lines"]:
        (drawn,) = ax.plot(*line["xyz"])
        set_line(drawn, line)
    for one in content["solids"]:
        set_style(_draw(ax, *one["data"]), one["style"])


def _data(one: Any) -> list[Any] | None:
    from mpl_toolkits.mplot3d.art3d import Line3DCollection, Path3DCollection, Poly3DCollection

    if isinstance(one, Path3DCollection):
        return ["points", [numbers(part) for part in one._offsets3d]]
    if isinstance(one, Poly3DCollection):
        return ["faces", [np.asarray(face, float) for face in np.ma.getdata(one._faces)]]
    if isinstance(one, Line3DCollection):
        return ["lines", [np.asarray(part, float) for part in one._segments3d]]
    return None


def _draw(ax: Any, kind: str, data: Any) -> Any:
    from mpl_toolkits.mplot3d.art3d import Line3DCollection, Poly3DCollection

    if kind == "points":
        return ax.scatter(*data)
    made = Poly3DCollection(data) if kind == "faces" else Line3DCollection(data)
    ax.add_collection3d(made, autolim=False)
    return made

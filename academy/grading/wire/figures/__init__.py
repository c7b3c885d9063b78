"""What is on a chart?  A figure travels as its description and is drawn again from it.

`axes` has figures, axes and what frames them; `artists` lines, patches, images and texts;
`collections` points, areas, contours and grids; `colours` how numbers become colours; `scales` the
scales; `solid` what has a third dimension.
"""

from __future__ import annotations

import sys
from typing import Any

from academy.grading.wire.codec import Record

__all__ = ["describe", "rebuild", "redraw"]


def describe(value: Any) -> Record | None:
    """The record of a matplotlib figure or axes; None for anything else."""
    if "matplotlib.figure" not in sys.modules:
        return None
    from academy.grading.wire.figures.axes import describe_chart

    return describe_chart(value)


def rebuild(name: str, arguments: tuple[Any, ...]) -> Any | None:
    """The figure or axes of a record; None for other records."""
    if name not in ("figure", "axes"):
        return None
    from academy.grading.wire.figures.axes import draw_figure

    if name == "figure":
        return draw_figure(*arguments)
    place, *content = arguments
    return draw_figure(*content).axes[place]


def redraw(old: Any, new: Any) -> None:
    """Make a figure or axes show what its copy shows."""
    from academy.grading.wire.figures.axes import describe_axes, draw_axes

    if hasattr(old, "axes") and hasattr(old, "get_size_inches"):
        for one, other in zip(old.axes, new.axes, strict=False):
            redraw(one, other)
        return
    old.clear()
    draw_axes(old, describe_axes(new))

"""What is on a chart?  A figure travels as its description and is drawn again from it."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["describe", "rebuild", "redraw"]

MAX_ARTISTS = 5_000


def describe(value: Any) -> tuple[str, tuple[Any, ...]] | None:
    """The record of a matplotlib figure or axes; None for anything else."""
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if type(value) is Figure:
        return ("figure", ([_axes(ax) for ax in value.axes], _size(value), _suptitle(value)))
    if type(value) is Axes:
        axes = value.figure.axes
        place = axes.index(value) if value in axes else 0
        content = [_axes(ax) for ax in axes] or [_axes(value)]
        return ("axes", (place, content, _size(value.figure), _suptitle(value.figure)))
    return None


def rebuild(name: str, arguments: tuple[Any, ...]) -> Any | None:
    """The figure or axes of a record; None for other records."""
    if name == "figure":
        return _figure(*arguments)
    if name == "axes":
        place, *content = arguments
        return _figure(*content).axes[place]
    return None


def _size(figure: Any) -> list[float]:
    return [float(side) for side in figure.get_size_inches()]


def _suptitle(figure: Any) -> str:
    return figure.get_suptitle()


def _axes(ax: Any) -> dict[str, Any]:
    from matplotlib.collections import PathCollection
    from matplotlib.patches import Rectangle, Wedge

    legend = ax.get_legend()
    return {
        "position": [float(one) for one in ax.get_position().bounds],
        "title": ax.get_title(),
        "titles": [ax.get_title("left"), ax.get_title("right")],
        "labels": [ax.get_xlabel(), ax.get_ylabel()],
        "limits": [[float(v) for v in ax.get_xlim()], [float(v) for v in ax.get_ylim()]],
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "ticks": [_ticks(ax.xaxis), _ticks(ax.yaxis)],
        "lines": [
            {
                "x": _numbers(line.get_xdata()),
                "y": _numbers(line.get_ydata()),
                "label": str(line.get_label()),
                "style": [
                    line.get_linestyle(),
                    str(line.get_marker()),
                    float(line.get_linewidth()),
                ],
                "colour": _colour(line.get_color()),
            }
            for line in list(ax.lines)[:MAX_ARTISTS]
        ],
        "bars": [
            {
                "box": [
                    float(p.get_x()),
                    float(p.get_y()),
                    float(p.get_width()),
                    float(p.get_height()),
                ],
                "label": str(p.get_label()),
                "colour": _colour(p.get_facecolor()),
            }
            for p in list(ax.patches)[:MAX_ARTISTS]
            if isinstance(p, Rectangle)
        ],
        "wedges": [
            [float(p.theta1), float(p.theta2), float(p.r), str(p.get_label())]
            for p in list(ax.patches)[:MAX_ARTISTS]
            if isinstance(p, Wedge)
        ],
        "points": [
            {"offsets": _numbers(c.get_offsets()), "label": str(c.get_label())}
            for c in list(ax.collections)[:MAX_ARTISTS]
            if isinstance(c, PathCollection)
        ],
        "texts": [
            [float(t.get_position()[0]), float(t.get_position()[1]), t.get_text()]
            for t in list(ax.texts)[:MAX_ARTISTS]
        ],
        "legend": None
        if legend is None
        else [[t.get_text() for t in legend.get_texts()], legend.get_title().get_text()],
    }


def _ticks(axis: Any) -> list[Any] | None:
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedFormatter, FixedLocator

    if isinstance(axis.get_major_locator(), StrCategoryLocator):
        places = axis.units._mapping
        return [[float(place) for place in places.values()], [str(name) for name in places]]
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return None
    labels = None
    if isinstance(axis.get_major_formatter(), FixedFormatter):
        labels = [str(text) for text in axis.get_major_formatter().seq]
    return [[float(place) for place in axis.get_major_locator().locs], labels]


def _numbers(values: Any) -> Any:
    import numpy as np

    array = np.ma.getdata(np.asarray(values))
    return array if array.dtype.kind in "biufM" else [str(one) for one in array.ravel().tolist()]


def _colour(colour: Any) -> list[float]:
    from matplotlib.colors import to_rgba

    return [float(part) for part in to_rgba(colour)]


def _figure(axes: Any, size: Any, suptitle: Any) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=tuple(size))
    FigureCanvasAgg(figure)
    if suptitle:
        figure.suptitle(suptitle)
    for one in axes:
        _draw(figure.add_axes(tuple(one["position"])), one)
    return figure


def _draw(ax: Any, content: dict[str, Any]) -> None:
    from matplotlib.patches import Rectangle, Wedge

    for axis, scale in zip("xy", content["scales"], strict=True):
        if scale != "linear":
            getattr(ax, f"set_{axis}scale")(scale)
    for line in content["lines"]:
        style, marker, width = line["style"]
        (drawn,) = ax.plot(
            line["x"], line["y"], linestyle=style, linewidth=width, color=tuple(line["colour"])
        )
        drawn.set_marker(marker)
        drawn.set_label(line["label"])
    for bar in content["bars"]:
        x, y, width, height = bar["box"]
        patch = Rectangle((x, y), width, height, facecolor=tuple(bar["colour"]))
        ax.add_patch(patch).set_label(bar["label"])
    for start, end, radius, label in content["wedges"]:
        ax.add_patch(Wedge((0, 0), radius, start, end)).set_label(label)
    for points in content["points"]:
        offsets = points["offsets"]
        ax.scatter(offsets[:, 0], offsets[:, 1]).set_label(points["label"])
    for x, y, text in content["texts"]:
        ax.text(x, y, text)
    if content["legend"] is not None:
        _legend(ax, *content["legend"])
    for name, axis, ticks in zip("xy", (ax.xaxis, ax.yaxis), content["ticks"], strict=True):
        if ticks is not None:
            places, labels = ticks
            axis.set_ticks(places, labels if labels and len(labels) == len(places) else None)
        getattr(ax, f"set_{name}lim")(content["limits"]["xy".index(name)])
    left, right = content["titles"]
    ax.set_title(content["title"])
    ax.set_title(left, loc="left")
    ax.set_title(right, loc="right")
    ax.set_xlabel(content["labels"][0])
    ax.set_ylabel(content["labels"][1])


def _legend(ax: Any, texts: list[str], title: str) -> None:
    from matplotlib.lines import Line2D

    ax.legend([Line2D([], []) for _ in texts], texts, title=title or None)


def redraw(old: Any, new: Any) -> None:
    """Make a figure or axes show what its copy shows."""
    if hasattr(old, "axes") and hasattr(old, "get_size_inches"):
        for one, other in zip(old.axes, new.axes, strict=False):
            redraw(one, other)
        return
    old.clear()
    _draw(old, _axes(new))

"""What are a figure's axes?  Their kind, frame, scales, ticks and legend, and what lies on them."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.category import StrCategoryLocator
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.projections.polar import PolarAxes
from matplotlib.ticker import FixedFormatter, FixedLocator

from academy.grading.wire.codec import Record
from academy.grading.wire.figures import artists, collections, scales, solid

__all__ = ["describe_axes", "describe_chart", "draw_axes", "draw_figure"]


def describe_chart(value: Any) -> Record | None:
    """The record of a figure or axes; None for anything else."""
    if isinstance(value, Figure):
        return ("figure", _content(value, value.axes))
    if not isinstance(value, Axes):
        return None
    figure = value.get_figure(root=True)
    if figure is None or value not in figure.axes:
        return ("axes", (0, *_content(figure, [value])))
    return ("axes", (figure.axes.index(value), *_content(figure, figure.axes)))


def _content(figure: Figure | None, axes: list[Axes]) -> tuple[Any, ...]:
    described = [describe_axes(one) for one in axes]
    if figure is None:
        return (described, [6.4, 4.8], ["", "", ""])
    size = [float(side) for side in figure.get_size_inches()]
    return (
        described,
        size,
        [figure.get_suptitle(), figure.get_supxlabel(), figure.get_supylabel()],
    )


def draw_figure(axes: Any, size: Any, titles: Any) -> Figure:
    """The figure of a record's arguments."""
    figure = Figure(figsize=tuple(size))
    FigureCanvasAgg(figure)
    for title, put in zip(
        titles, (figure.suptitle, figure.supxlabel, figure.supylabel), strict=True
    ):
        if title:
            put(title)
    for one in axes:
        kind = one["projection"]
        if kind == "3d":
            solid.require()
        projection = kind if kind in ("polar", "3d") else None
        draw_axes(figure.add_axes(tuple(one["position"]), projection=projection), one)
    return figure


def describe_axes(ax: Axes) -> dict[str, Any]:
    """Everything that a test may ask of one axes, as plain data."""
    legend = ax.get_legend()
    deep = solid.is_solid(ax)
    named = ("x", "y", "z") if deep else ("x", "y")
    axis = [getattr(ax, f"{name}axis") for name in named]
    described = {
        "projection": "3d" if deep else "polar" if isinstance(ax, PolarAxes) else "",
        "position": [float(one) for one in ax.get_position().bounds],
        "title": ax.get_title(),
        "titles": [ax.get_title("left"), ax.get_title("right")],
        "labels": [getattr(ax, f"get_{name}label")() for name in named],
        "limits": [[float(v) for v in getattr(ax, f"get_{name}lim")()] for name in named],
        "scales": [scales.describe_scale(one) for one in axis],
        "ticks": [_ticks(one) for one in axis],
        "looks": [_looks(one) for one in axis],
        "frame": [bool(ax.axison), artists.colour(ax.get_facecolor()), bool(ax.get_visible())],
        "aspect": _aspect(ax),
        "legend": None
        if legend is None
        else [[t.get_text() for t in legend.get_texts()], legend.get_title().get_text()],
        **artists.describe_artists(ax),
        "collections": collections.describe_collections(ax),
    }
    if deep:
        described |= solid.describe_solid(ax)
    elif isinstance(ax, PolarAxes):
        described["polar"] = [float(ax.get_theta_offset()), int(ax.get_theta_direction())]
    return described


def draw_axes(ax: Axes, content: dict[str, Any]) -> None:
    """Draw what was described; the limits come last, everything before may move them."""
    deep = content["projection"] == "3d"
    named = ("x", "y", "z")[: len(content["limits"])]
    if content["projection"] == "polar" and isinstance(ax, PolarAxes):
        offset, direction = content["polar"]
        ax.set_theta_offset(float(offset))
        ax.set_theta_direction(1 if direction > 0 else -1)
    for name, scale in zip(named, content["scales"], strict=True):
        scales.set_scale(ax, name, scale)
    if deep:
        solid.draw_solid(ax, content)
    artists.draw_artists(ax, content)
    collections.draw_collections(ax, content["collections"])
    if content["legend"] is not None:
        _legend(ax, *content["legend"])
    if not deep:
        aspect = content["aspect"]
        ax.set_aspect(aspect if aspect == "auto" else float(aspect))
    for place, name in enumerate(named):
        axis = getattr(ax, f"{name}axis")
        ticks = content["ticks"][place]
        if ticks is not None:
            places, labels = ticks
            axis.set_ticks(places, labels if labels and len(labels) == len(places) else None)
        _set_looks(axis, content["looks"][place])
        getattr(ax, f"set_{name}lim")(content["limits"][place])
        getattr(ax, f"set_{name}label")(content["labels"][place])
    left, right = content["titles"]
    ax.set_title(content["title"])
    ax.set_title(left, loc="left")
    ax.set_title(right, loc="right")
    shown, face, visible = content["frame"]
    ax.set_facecolor(tuple(face))
    ax.set_visible(bool(visible))
    if not shown:
        ax.set_axis_off()


def _aspect(ax: Axes) -> float | str:
    aspect = ax.get_aspect()
    return aspect if aspect == "auto" else float(aspect)


def _ticks(axis: Any) -> list[Any] | None:
    if isinstance(axis.get_major_locator(), StrCategoryLocator):
        places = axis.units._mapping
        return [[float(place) for place in places.values()], [str(name) for name in places]]
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return None
    labels = None
    if isinstance(axis.get_major_formatter(), FixedFormatter):
        labels = [str(text) for text in axis.get_major_formatter().seq]
    return [[float(place) for place in axis.get_major_locator().locs], labels]


def _looks(axis: Any) -> list[Any]:
    """Whether there are grid lines, and how far the labels are turned."""
    kept = axis.get_tick_params(which="major")
    turned = kept.get("rotation", kept.get("labelrotation", 0.0))
    return [bool(kept.get("gridOn", False)), float(turned) if type(turned) in (int, float) else 0.0]


def _set_looks(axis: Any, looks: Any) -> None:
    grid, turned = looks
    if grid:
        axis.grid(True)
    if turned:
        axis.set_tick_params(rotation=float(turned))


def _legend(ax: Axes, texts: list[str], title: str) -> None:
    ax.legend([Line2D([], []) for _ in texts], texts, title=title or None)

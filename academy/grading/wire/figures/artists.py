"""What lies on axes, one by one?  Lines, patches, images and texts, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.image import AxesImage
from matplotlib.patches import (
    Circle,
    Ellipse,
    FancyArrowPatch,
    Patch,
    PathPatch,
    Polygon,
    Rectangle,
    Wedge,
)
from matplotlib.path import Path
from matplotlib.text import Annotation

from academy.grading.wire.figures import colours

__all__ = [
    "MAX_ARTISTS",
    "colour",
    "describe_artists",
    "describe_line",
    "draw_artists",
    "hatch",
    "label",
    "numbers",
    "set_line",
]

MAX_ARTISTS = 5_000


def describe_artists(ax: Any) -> dict[str, Any]:
    """Lines, patches, bars, images and texts of axes."""
    lines = [] if ax.name == "3d" else list(ax.lines)[:MAX_ARTISTS]
    patches = list(ax.patches)[:MAX_ARTISTS]
    return {
        "lines": [describe_line(line) for line in lines],
        "patches": [_patch(patch) for patch in patches],
        "bars": [
            [label(one), [patches.index(bar) for bar in one if bar in patches]]
            for one in ax.containers
            if isinstance(one, BarContainer)
        ],
        "images": [_image(image) for image in list(ax.images)[:MAX_ARTISTS]],
        "texts": [_text(text) for text in list(ax.texts)[:MAX_ARTISTS]],
    }


def draw_artists(ax: Any, content: dict[str, Any]) -> None:
    """Draw them in their order."""
    for line in content["lines"]:
        (drawn,) = ax.plot(line["x"], line["y"])
        set_line(drawn, line)
    for image in content["images"]:
        _draw_image(ax, image)
    for patch in content["patches"]:
        ax.add_patch(_draw_patch(patch))
    patches = list(ax.patches)
    for label, places in content["bars"]:
        bars = [patches[place] for place in places]
        container = BarContainer(bars, orientation="vertical")
        container.set_label(label)
        ax.add_container(container)
    for place, text, turned, target in content["texts"]:
        if target is None:
            drawn = ax.text(*place, text)
        else:
            drawn = ax.annotate(text, tuple(target[:2]), tuple(place[:2]))
        if turned:
            drawn.set_rotation(float(turned))


def describe_line(line: Any) -> dict[str, Any]:
    """Points and looks of a line."""
    return {
        "x": numbers(line.get_xdata()),
        "y": numbers(line.get_ydata()),
        "label": label(line),
        "style": [line.get_linestyle(), str(line.get_marker()), line.get_drawstyle()],
        "sizes": [float(line.get_linewidth()), float(line.get_markersize())],
        "colour": colour(line.get_color()),
        "alpha": _number(line.get_alpha()),
    }


def set_line(drawn: Any, line: dict[str, Any]) -> None:
    """Give a line the looks described."""
    style, marker, steps = line["style"]
    width, size = line["sizes"]
    drawn.set_linestyle(style)
    drawn.set_linewidth(width)
    drawn.set_color(tuple(line["colour"]))
    drawn.set_drawstyle(steps)
    drawn.set_marker(marker)
    drawn.set_markersize(size)
    drawn.set_label(line["label"])
    drawn.set_alpha(line["alpha"])


def _patch(patch: Patch) -> dict[str, Any]:
    return {
        "shape": _shape(patch),
        "label": label(patch),
        "face": colour(patch.get_facecolor()),
        "edge": colour(patch.get_edgecolor()),
        "width": float(patch.get_linewidth()),
        "fill": bool(patch.get_fill()),
        "hatch": hatch(patch),
        "alpha": _number(patch.get_alpha()),
    }


def _shape(patch: Patch) -> list[Any]:
    if isinstance(patch, Rectangle):
        box = [patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()]
        return ["rectangle", *map(float, box), float(patch.get_angle())]
    if isinstance(patch, Wedge):
        width = _number(patch.width)
        return [
            "wedge",
            *map(float, (*patch.center, patch.r, patch.theta1, patch.theta2)),
            width,
        ]
    if isinstance(patch, Circle):
        return ["circle", *map(float, patch.center), float(patch.radius)]
    if isinstance(patch, Ellipse):
        size = (patch.get_width(), patch.get_height(), patch.get_angle())
        return ["ellipse", *map(float, (*patch.get_center(), *size))]
    if isinstance(patch, Polygon):
        return ["polygon", numbers(patch.get_xy()), bool(patch.get_closed())]
    if isinstance(patch, FancyArrowPatch):
        # its own path is in pixels
        ends = patch._posA_posB or ((0.0, 0.0), (0.0, 0.0))
        return ["path", np.array(ends, float), None]
    path = patch.get_patch_transform().transform_path(patch.get_path())
    return ["path", numbers(path.vertices), path.codes]


def _draw_patch(patch: dict[str, Any]) -> Patch:
    kind, *shape = patch["shape"]
    if kind == "rectangle":
        x, y, width, height, angle = shape
        drawn: Patch = Rectangle((x, y), width, height, angle=angle)
    elif kind == "wedge":
        x, y, radius, start, end, width = shape
        drawn = Wedge((x, y), radius, start, end, width=width)
    elif kind == "circle":
        drawn = Circle(tuple(shape[:2]), shape[2])
    elif kind == "ellipse":
        drawn = Ellipse(tuple(shape[:2]), shape[2], shape[3], angle=shape[4])
    elif kind == "polygon":
        drawn = Polygon(shape[0], closed=shape[1])
    else:
        drawn = PathPatch(Path(*shape))
    drawn.set_facecolor(_paint(patch["face"]))
    drawn.set_edgecolor(_paint(patch["edge"]))
    drawn.set_linewidth(patch["width"])
    drawn.set_fill(patch["fill"])
    drawn.set_hatch(patch["hatch"])
    drawn.set_alpha(patch["alpha"])
    drawn.set_label(patch["label"])
    return drawn


def _image(image: Any) -> dict[str, Any]:
    return {
        "extent": [float(side) for side in image.get_extent()],
        "origin": str(getattr(image, "origin", "upper")),
        "interpolation": image.get_interpolation(),
        "label": label(image),
        "alpha": _number(image.get_alpha()),
        "mapped": colours.describe_mapped(image),
    }


def _draw_image(ax: Any, image: dict[str, Any]) -> None:
    drawn = AxesImage(
        ax, extent=tuple(image["extent"]), origin="lower" if image["origin"] == "lower" else "upper"
    )
    drawn.set_interpolation(image["interpolation"])
    colours.set_mapped(drawn, image["mapped"], drawn.set_data)
    drawn.set_alpha(image["alpha"])
    drawn.set_label(image["label"])
    drawn.set_clip_path(ax.patch)
    ax.add_image(drawn)


def _text(text: Any) -> list[Any]:
    place = getattr(text, "get_position_3d", text.get_position)()
    target = [float(v) for v in text.xy] if isinstance(text, Annotation) else None
    try:
        return [[float(v) for v in place], text.get_text(), float(text.get_rotation()), target]
    except (TypeError, ValueError):
        # at a date or a name on the axis: where it stands is asked of nobody
        return [[0.0, 0.0], text.get_text(), 0.0, None]


def label(artist: Any) -> str | None:
    """An artist's label, which may be missing."""
    given = artist.get_label()
    return None if given is None else str(given)


def hatch(artist: Any) -> str | None:
    """The pattern that an area is filled with."""
    given = artist.get_hatch()
    return str(given) if isinstance(given, str) else None


def _paint(rgba: Any) -> Any:
    """No colour at all stays none, however much the patch covers."""
    return tuple(rgba) if any(rgba) else "none"


def numbers(values: Any) -> Any:
    """Coordinates as numbers; names on an axis as text."""
    array = np.ma.getdata(np.asarray(values))
    return array if array.dtype.kind in "biufM" else [str(one) for one in array.ravel().tolist()]


def colour(value: Any) -> list[float]:
    """A colour as red, green, blue and how much it covers."""
    return [float(part) for part in to_rgba(value)]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None

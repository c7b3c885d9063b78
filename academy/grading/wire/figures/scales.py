"""Which scale has an axis?  Its name and numbers; a function of the learner's as a table."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.scale import get_scale_names

__all__ = ["describe_scale", "set_scale"]

# what a scale of that name is made with, and where its transform keeps it
NUMBERS = {
    "log": ("base",),
    "symlog": ("base", "linthresh"),
    "asinh": ("linear_width",),
}
POINTS = 257


def describe_scale(axis: Any) -> list[Any]:
    """Name of the scale, its numbers, and for a function its values over what is shown."""
    name, transform = axis.get_scale(), axis.get_transform()
    numbers = {key: float(getattr(transform, key)) for key in NUMBERS.get(name, ())}
    tabled = "function" in name or name not in get_scale_names()
    return [name, numbers, _table(axis, transform) if tabled else None]


def _table(axis: Any, transform: Any) -> list[np.ndarray]:
    shown = np.concatenate([axis.get_view_interval(), axis.get_data_interval()])
    shown = shown[np.isfinite(shown)]
    low, high = (shown.min(), shown.max()) if len(shown) else (0.0, 1.0)
    places = np.linspace(low, high if high > low else low + 1, POINTS)
    with np.errstate(all="ignore"):
        values = np.asarray(transform.transform(places), float)
    fine = np.isfinite(values)
    return [places[fine], values[fine]]


def set_scale(ax: Any, name: str, described: Any) -> None:
    """Give the axis called `name` the scale described."""
    scale, numbers, table = described
    if table is not None:
        _set_table(ax, name, scale, *table)
    elif scale != "linear":
        _set(ax, name)(scale, **numbers)


def _set_table(ax: Any, name: str, scale: str, places: np.ndarray, values: np.ndarray) -> None:
    order = np.argsort(values)

    def forward(x: Any) -> Any:
        return np.interp(x, places, values)

    def back(y: Any) -> Any:
        return np.interp(y, values[order], places[order])

    _set(ax, name)("function", functions=(forward, back))
    # "functionlog" and scales that a library has registered keep their name
    getattr(ax, f"{name}axis")._scale.name = str(scale)


def _set(ax: Any, name: str) -> Any:
    return {"x": ax.set_xscale, "y": ax.set_yscale, "z": getattr(ax, "set_zscale", None)}[name]

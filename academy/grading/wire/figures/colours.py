"""How do numbers become colours?  An array with its map of colours and its norm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np
from matplotlib.colors import (
    BoundaryNorm,
    Colormap,
    ListedColormap,
    LogNorm,
    Normalize,
    PowerNorm,
    TwoSlopeNorm,
)

__all__ = ["describe_mapped", "set_mapped"]

MAX_COLOURS = 256


def describe_mapped(artist: Any) -> dict[str, Any]:
    """Array, colours and norm of what maps numbers to colours."""
    low, high = artist.get_clim()
    return {
        "array": _shown(artist.get_array()),
        "limits": [None if one is None else float(one) for one in (low, high)],
        "cmap": _colormap(artist.get_cmap()),
        "norm": _norm(artist.norm),
    }


def set_mapped(artist: Any, content: dict[str, Any], put: Callable[[Any], None]) -> None:
    """Give an artist what was described; `put` sets the array."""
    array = content["array"]
    artist.set_cmap(_as_colormap(content["cmap"]))
    artist.set_norm(_as_norm(content["norm"], content["limits"]))
    if array is not None:
        put(array)
        if array.dtype.kind == "f" and np.isnan(array).any():
            # matplotlib hides them, and what is hidden is equal to anything
            artist._A = np.ma.MaskedArray(array)


def _shown(array: Any) -> np.ndarray | None:
    """The numbers; those that are hidden are no numbers."""
    if array is None:
        return None
    if np.ma.is_masked(array):
        return np.ma.filled(np.ma.asarray(array).astype(float), np.nan)
    return np.asarray(array)


def _colormap(cmap: Colormap) -> list[Any]:
    if cmap.name in matplotlib.colormaps and matplotlib.colormaps[cmap.name] == cmap:
        return [str(cmap.name), None]
    places = np.linspace(0, 1, min(cmap.N, MAX_COLOURS))
    return [str(cmap.name), np.asarray(cmap(places), float)]


def _as_colormap(content: Any) -> Colormap:
    name, listed = content
    return matplotlib.colormaps[name] if listed is None else ListedColormap(listed, str(name))


def _norm(norm: Any) -> list[Any]:
    if isinstance(norm, BoundaryNorm):
        return ["boundary", np.asarray(norm.boundaries, float), int(norm.Ncmap)]
    if isinstance(norm, LogNorm):
        return ["log"]
    if isinstance(norm, TwoSlopeNorm):
        return ["two slopes", float(norm.vcenter)]
    if isinstance(norm, PowerNorm):
        return ["power", float(norm.gamma)]
    return ["linear"]


def _as_norm(content: Any, limits: Any) -> Normalize:
    kind, *more = content
    low, high = limits
    if kind == "boundary":
        return BoundaryNorm(*more)
    if kind == "log":
        return LogNorm(low, high)
    if kind == "two slopes":
        return TwoSlopeNorm(*more, vmin=low, vmax=high)
    if kind == "power":
        return PowerNorm(*more, vmin=low, vmax=high)
    return Normalize(low, high)

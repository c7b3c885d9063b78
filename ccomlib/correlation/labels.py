"""图上的文字：标签怎样不叠在一起？"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["label_points"]

DIRECTIONS = 8
RINGS = (8, 15, 24, 34, 46, 60)


def label_points(
    ax: Axes, x: Iterable[float], y: Iterable[float], texts: Iterable[str], *, size: float = 9
) -> None:
    """给各点写字：逐个找最近的空位，字不压点、不压字、不出框；挪远了就拉一条细线。

    坐标轴的范围应先定好。

    Examples
    --------
    >>> from ccomlib.style import new_axes
    >>> ax = new_axes()
    >>> _ = ax.set(xlim=(0, 1), ylim=(0, 1))
    >>> label_points(ax, [0.5, 0.5], [0.5, 0.5], ["甲", "乙"])
    >>> first, second = (text.get_position() for text in ax.texts)
    >>> first != second
    True
    """
    from matplotlib.transforms import Bbox

    spots = np.column_stack([list(x), list(y)]).astype(float)
    texts = list(texts)
    if not texts:
        return
    figure = ax.get_figure()
    figure.draw_without_rendering()
    points = ax.transData.transform(spots)
    scale = figure.dpi / 72
    frame = ax.get_window_extent()
    angles = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS + np.pi / 4
    taken: list[Bbox] = []
    drawn = [
        ax.annotate(
            text,
            spot,
            xytext=(0, 0),
            textcoords="offset points",
            fontsize=size,
            ha="center",
            va="center",
            annotation_clip=False,
        )
        for text, spot in zip(texts, spots, strict=True)
    ]
    for note, point in zip(drawn, points, strict=True):
        extent = note.get_window_extent()
        best, best_cost = None, np.inf
        for ring in RINGS:
            for angle in angles:
                step = np.array([np.cos(angle), np.sin(angle)])
                reach = ring * scale + np.abs(step) * (extent.width / 2, extent.height / 2)
                centre = point + step * reach
                box = Bbox.from_bounds(
                    centre[0] - extent.width / 2,
                    centre[1] - extent.height / 2,
                    extent.width,
                    extent.height,
                )
                cost = _cost(box, frame, taken, points, scale) + ring * 0.01
                if cost < best_cost:
                    best, best_cost = (centre, box, ring), cost
            if best_cost < 1:
                break
        centre, box, ring = best
        note.set_position(tuple((centre - point) / scale))
        taken.append(box)
        if ring > RINGS[1]:
            ax.annotate(
                "",
                spots[len(taken) - 1],
                xytext=tuple((centre - point) / scale),
                textcoords="offset points",
                arrowprops={"arrowstyle": "-", "color": "#9A9A9A", "linewidth": 0.7},
            )


def _cost(box: object, frame: object, taken: list, points: np.ndarray, scale: float) -> float:
    """压到别的字、别的点，或出了框，各加多少代价。"""
    pad = 3 * scale
    overlaps = sum(box.padded(pad).overlaps(other) for other in taken)
    inside = (
        (points[:, 0] > box.x0 - pad)
        & (points[:, 0] < box.x1 + pad)
        & (points[:, 1] > box.y0 - pad)
        & (points[:, 1] < box.y1 + pad)
    )
    outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
    return 3.0 * overlaps + 1.0 * inside.sum() + 4.0 * outside

"""图的零件：区间、占比、图例与标签，怎样画得一眼看清？"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "MAX_ROWS",
    "correlation_axis",
    "finding",
    "interval_chart",
    "label_bars",
    "label_points",
    "legend_outside",
    "percent_axis",
    "share_bars",
    "slot_axis",
]

# 横轴上最多写几个钟点
MOST_SLOTS = 10
TITLE_COLUMNS = 64
# 一幅图最多画几行，再多就看不清
MAX_ROWS = 30
FEW_BARS, SHORT, LONGEST = 7, 4, 12
# 标签找空位：往八个方向、一圈圈挪远（点）
DIRECTIONS = 8
RINGS = (8, 15, 24, 34, 46, 60)


def interval_chart(
    ax: Axes | None,
    labels: Sequence[str],
    values: Any,
    low: Any,
    high: Any,
    *,
    title: str,
    xlabel: str,
    colours: Sequence[str] | None = None,
    percent: bool = False,
    reference: tuple[float, str] | None = None,
) -> Axes:
    """一行一组，点是估计值，横线是置信区间；第一组在最上面。

    Parameters
    ----------
    ax : 画在哪里；None 新建一幅。
    labels : 各组的名字。
    values, low, high : 各组的估计值、区间下限与上限。
    title, xlabel : 图题与横轴名。
    colours : 各组的颜色；不给就都用主色。
    percent : 横轴写成百分数。
    reference : (值, 名字)，竖着画一条虚线。

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = interval_chart(
    ...     None, ["甲", "乙"], [0.8, 0.6], [0.7, 0.5], [0.9, 0.7], title="比例", xlabel="比例"
    ... )
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['甲', '乙']
    """
    count = len(labels)
    ax = new_axes(ax, figsize=(8, 1.6 + 0.36 * count))
    rows = np.arange(count)
    for row, value, start, end, colour in zip(
        rows, values, low, high, colours or [COLOURS["main"]] * count, strict=True
    ):
        ax.plot([start, end], [row, row], color=colour, linewidth=2.5, solid_capstyle="butt")
        ax.plot(value, row, "o", color=colour, markersize=7)
    if reference is not None:
        ax.axvline(reference[0], color=COLOURS["grey"], linestyle="--", label=reference[1])
        legend_outside(ax)
    ax.set_yticks(rows, [wrap(label, 30) for label in labels])
    ax.set(title=title, xlabel=xlabel, ylim=(count - 0.4, -0.6))
    if percent:
        percent_axis(ax.xaxis)
    return ax


def share_bars(
    ax: Axes | None,
    labels: Sequence[str],
    first: Any,
    second: Any,
    names: tuple[str, str],
    notes: Sequence[str],
    *,
    title: str,
) -> Axes:
    """一组两条：各组在两处的占比并列，第二条的末端写字。

    Parameters
    ----------
    ax : 画在哪里；None 新建一幅。
    labels : 各组的名字。
    first, second : 各组在两处的占比，0 到 1。
    names : 两处的名字，写进图例。
    notes : 写在第二条末端的字，一组一句。
    title : 图题。

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = share_bars(
    ...     None, ["甲", "乙"], [0.6, 0.4], [0.5, 0.5], ("占总体", "占样本"), ["5 份", "5 份"], title="分配"
    ... )
    >>> [text.get_text() for text in ax.texts]
    [' 5 份', ' 5 份']
    """
    ax = new_axes(ax, figsize=(8, 1.8 + 0.5 * len(labels)))
    rows = np.arange(len(labels))
    ax.barh(rows - 0.2, first, 0.38, color=COLOURS["grey"], label=names[0])
    ax.barh(rows + 0.2, second, 0.38, color=COLOURS["main"], label=names[1])
    for row, (width, note) in enumerate(zip(second, notes, strict=True)):
        ax.text(width, row + 0.2, f" {note}", va="center", fontsize=10)
    ax.set_yticks(rows, [wrap(label, 22) for label in labels])
    ax.set(
        title=title,
        xlabel="占比",
        ylim=(len(labels) - 0.4, -0.6),
        xlim=(0, 1.25 * float(max(np.max(first), np.max(second)))),
    )
    percent_axis(ax.xaxis)
    legend_outside(ax)
    return ax


def label_bars(ax: Axes, labels: Sequence[str]) -> None:
    """竖柱的名字：柱少就折行，柱多又有长名就斜着写、截短。

    Examples
    --------
    >>> ax = new_axes()
    >>> label_bars(ax, ["受理", "上门"])
    >>> [text.get_text() for text in ax.get_xticklabels()]
    ['受理', '上门']
    """
    x = np.arange(len(labels))
    if len(labels) > FEW_BARS and max(map(len, labels)) > SHORT:
        short = [text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in labels]
        ax.set_xticks(x, short, rotation=35, ha="right")
    else:
        ax.set_xticks(x, [wrap(text, 14) for text in labels])


def slot_axis(ax: Axes, labels: Iterable[Any], *, offset: float = 0.0) -> None:
    """时段作横轴：隔几格写一个钟点，正着写；没有写出来的，替代文字里也叫得出名字。

    Parameters
    ----------
    ax : 画好的图，横坐标是 0、1、2……
    labels : 各格的名字，如 "08:30"。
    offset : 名字写在格的哪里；0 是各格的坐标处。

    Examples
    --------
    >>> ax = new_axes()
    >>> slot_axis(ax, [f"{hour:02d}:00" for hour in range(24)])
    >>> [text.get_text() for text in ax.get_xticklabels()][:3]
    ['00:00', '03:00', '06:00']
    """
    names = [str(label) for label in labels]
    step = max(1, -(-len(names) // MOST_SLOTS))
    ax.set_xticks(np.arange(len(names))[::step] + offset, names[::step])
    ax.xaxis.ccom_names = names


def finding(ax: Axes, text: str, detail: str = "") -> None:
    """图题说结论；画的是什么、什么单位，写在第二行。

    Parameters
    ----------
    ax : 画好的图。
    text : 一句结论，不用句号。
    detail : 画的是什么。

    Examples
    --------
    >>> ax = new_axes()
    >>> finding(ax, "最缺人的是 08:30，少 8 人", "需求、排班与实际在岗")
    >>> ax.get_title().splitlines()
    ['最缺人的是 08:30，少 8 人', '（需求、排班与实际在岗）']
    """
    lines = [wrap(text, TITLE_COLUMNS)] + ([f"（{detail}）"] if detail else [])
    ax.set_title("\n".join(lines), linespacing=1.6)


def legend_outside(ax: Axes) -> None:
    """图例放在图外右上角，不压住数据。

    >>> ax = new_axes()
    >>> _ = ax.plot([0, 1], label="线")
    >>> legend_outside(ax)
    >>> ax.get_legend() is not None
    True
    """
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))


def percent_axis(axis: Any) -> None:
    """比例的轴写成百分数。

    >>> ax = new_axes()
    >>> percent_axis(ax.xaxis)
    >>> ax.xaxis.get_major_formatter()(0.025)
    '2.5%'
    """
    axis.set_major_formatter(lambda value, _: f"{100 * value:g}%")


def correlation_axis(ax: Axes, label: str, critical: float | None = None) -> None:
    """相关系数横轴：−1 到 1，0 处一条线，可加不显著的范围。

    Parameters
    ----------
    ax : 画好或还没画的图。
    label : 横轴名。
    critical : 临界 |r|；给了就把不显著的范围涂灰。

    Examples
    --------
    >>> ax = new_axes()
    >>> correlation_axis(ax, "相关系数 r")
    >>> ax.get_xlabel()
    '相关系数 r'
    """
    ax.set(xlim=(-1.02, 1.02), xlabel=label)
    ax.axvline(0, color=COLOURS["grey"], linewidth=1)
    if critical is not None:
        ax.axvspan(
            -critical,
            critical,
            color=COLOURS["grey"],
            alpha=0.15,
            label=f"不显著（|r| < {critical:.3f}）",
        )


def label_points(
    ax: Axes, x: Iterable[float], y: Iterable[float], texts: Iterable[str], *, size: float = 9
) -> None:
    """给各点写字：逐个找最近的空位，字不压点、不压字、不出框；挪远了就拉一条细线。

    坐标轴的范围应先定好。

    Parameters
    ----------
    ax : 已画好点的图。
    x, y : 各点的坐标。
    texts : 各点的名字。
    size : 字号。

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

"""区间图：各组的值与它的把握有多大，怎样一眼看清？"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ccomlib.style import COLOURS, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["interval_chart", "label_bars", "legend_outside", "percent_axis", "share_bars", "wrap"]

MAX_ROWS = 30
FEW_BARS, SHORT, LONGEST = 7, 4, 12
CLOSING = "，。；：、）」！？"


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
        ax.text(width, row + 0.2, f" {note}", va="center", fontsize=9)
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


def wrap(text: str, columns: int) -> str:
    """长标签折成差不多长的几行，一行不过 ``columns`` 列，一个汉字算两列。

    数与英文词不拆开，收尾的标点不放行首。

    Examples
    --------
    >>> wrap("上门时间没有提前通知", 12).splitlines()
    ['上门时间没', '有提前通知']
    """
    total = _columns(str(text))
    # 先算要几行，再均分，免得最后一行只剩一个字
    columns = min(columns, math.ceil(total / max(math.ceil(total / columns), 1)) + 1)
    lines, line, width = [], "", 0
    for piece in re.findall(r"[（「]?[!-~]+|[（「].|.", str(text)):
        size = _columns(piece)
        if line and width + size > columns and piece not in CLOSING:
            lines.append(line)
            line, width = "", 0
        line += piece
        width += size
    return "\n".join(part.strip() for part in [*lines, line])


def _columns(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)

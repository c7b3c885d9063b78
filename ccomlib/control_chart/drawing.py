"""画控制图：哪些点有信号，一眼看得出是哪条规则？"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.style import COLOURS, label_dates, new_axes, use_chinese
from ccomlib.validation import varies

from .limits import CHARTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

    from .chart import ControlChart

__all__ = ["draw", "draw_both"]

MAX_TICKS = 14
LONG_LABEL = 6
MANY_MARKS = 30
TOO_MANY_MARKS = 45
CROWDED = 120
LINE = 9.5
HEADROOM = 0.05


def draw(chart: ControlChart, ax: Axes | None = None) -> Axes:
    """一幅控制图。"""
    ax = new_axes(ax, figsize=(9, 4.5))
    dated = isinstance(chart.points.index, pd.DatetimeIndex) and chart.points.index.is_unique
    x = chart.points.index.to_numpy() if dated else np.arange(len(chart.points))
    _zones(chart, ax, x)
    crowded = len(x) > CROWDED
    ax.plot(
        x, chart.points, color=COLOURS["main"], marker="o",
        markersize=2 if crowded else 4, linewidth=0.8 if crowded else 1.2, zorder=3,
    )  # fmt: skip
    _phases(chart, ax, x)
    _axis(chart, ax, dated)
    _marks(chart, ax, x)
    return ax


def draw_both(chart: ControlChart) -> tuple[Axes, Axes]:
    """主图在上，配图在下，共用横轴。"""
    import matplotlib.pyplot as plt

    use_chinese()
    _, (top, bottom) = plt.subplots(2, 1, figsize=(9, 7), height_ratios=(3, 2))
    draw(chart, top)
    draw(chart.companion, bottom)
    top.set_xlabel("")
    if not isinstance(chart.points.index, pd.DatetimeIndex):
        # 移动极差少第一点，错开一格才对得上
        skipped = len(chart.points) - len(chart.companion.points)
        low, high = top.get_xlim()
        bottom.set_xlim(low - skipped, high - skipped)
    else:
        bottom.set_xlim(top.get_xlim())
    return top, bottom


def _zones(chart: ControlChart, ax: Axes, x: np.ndarray) -> None:
    center, sigma = chart.center.to_numpy(), chart.sigma.to_numpy()
    ax.grid(False, axis="y")
    box = CHARTS[chart.kind]
    style = {"drawstyle": "steps-mid"} if varies(chart.upper) else {}
    if not style and not varies(center):
        for times in (-2, -1, 1, 2):
            level = center + times * sigma
            if box.floor < level[0] < box.ceiling:
                ax.plot(x, level, color="#8F8F8F", linewidth=0.8, linestyle=":")
    ax.plot(x, center, color=COLOURS["good"], linewidth=1.2, **style)
    for limit, edge in ((chart.upper, box.ceiling), (chart.lower, box.floor)):
        shown = limit.to_numpy(dtype=float)
        if not (shown == edge).all():
            ax.plot(x, shown, color=COLOURS["grey"], linewidth=1.2, linestyle="--", **style)
    form, right = chart.text_of, [("CL", center[-1], COLOURS["good"])]
    right += [
        (name, limit.iloc[-1], "#555555")
        for name, limit, edge in (
            ("UCL", chart.upper, box.ceiling),
            ("LCL", chart.lower, box.floor),
        )
        if limit.iloc[-1] != edge
    ]
    for name, level, color in right:
        ax.annotate(
            f"{name} {form(level)}", (1, level), xycoords=("axes fraction", "data"),
            xytext=(4, 0), textcoords="offset points", va="center", fontsize=10, color=color,
        )  # fmt: skip


def _marks(chart: ControlChart, ax: Axes, x: np.ndarray) -> None:
    """有信号的点变色并写代号；信号很多时，一串同样的只写第一点。"""
    marks = chart.marks
    if marks.empty:
        return
    place, text = marks.index.to_numpy(), marks.to_numpy()
    y = chart.points.to_numpy()
    ax.plot(
        x[place], y[place], linestyle="none", marker="s", color=COLOURS["bad"],
        markersize=3 if len(x) > CROWDED else 6, zorder=4,
    )  # fmt: skip
    if len(place) > MANY_MARKS:
        follows = np.r_[False, (np.diff(place) == 1) & (text[1:] == text[:-1])]
        place, text = place[~follows], text[~follows]
    if len(place) > TOO_MANY_MARKS:
        ax.annotate(
            "信号太多，不逐点写代号：见 signals",
            (0.01, 0.98),
            xycoords="axes fraction",
            va="top",
            fontsize=10,
            color=COLOURS["bad"],
        )
        return
    from matplotlib.patheffects import withStroke

    center = chart.center.to_numpy()
    taken: list[Bbox] = []
    for where, rules in zip(place, text, strict=True):
        above = y[where] >= center[where]
        # 几个代号竖着叠；还是挤在一起的只写前一个
        room = _room(ax, x[where], y[where], rules.count("、") + 1, above)
        if any(room.overlaps(other) for other in taken):
            continue
        taken.append(room)
        ax.annotate(
            rules.replace("、", "\n"),
            (x[where], y[where]),
            xytext=(0, 6 if above else -6),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=10,
            linespacing=0.95,
            color=COLOURS["bad"],
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
            zorder=5,
        )


def _room(ax: Axes, x: np.generic, y: float, lines: int, above: bool) -> Bbox:
    """一串代号大约占的地方（像素）。"""
    from matplotlib.transforms import Bbox

    point = ax.figure.dpi / 72
    across, up = ax.transData.transform((ax.convert_xunits(x), y))
    near, far = up + 5 * point, up + (6 + LINE * lines) * point
    if not above:
        near, far = 2 * up - far, 2 * up - near
    return Bbox.from_extents(across - 3 * point, near, across + 3 * point, far)


def _phases(chart: ControlChart, ax: Axes, x: np.ndarray) -> None:
    """基期之后的第一点前画一条竖线；剔除的基期点画空心。"""
    base = chart.baseline.to_numpy()
    if base.all() or not base.any():
        return
    last = int(np.flatnonzero(base)[-1])
    left_out = np.flatnonzero(~base[:last])
    ax.plot(
        x[left_out], chart.points.to_numpy()[left_out], linestyle="none", marker="o",
        markerfacecolor="white", markeredgecolor=COLOURS["main"], markersize=4, zorder=4,
    )  # fmt: skip
    if last + 1 < len(x):
        edge = x[last] + (x[last + 1] - x[last]) / 2
        ax.axvline(edge, color=COLOURS["second"], linewidth=1.2)
        for text, side, offset in (("基期", "right", -4), ("应用", "left", 4)):
            ax.annotate(
                text, (edge, 0), xycoords=("data", "axes fraction"), xytext=(offset, 3),
                textcoords="offset points", ha=side, va="bottom", fontsize=10,
                color=COLOURS["second"],
            )  # fmt: skip


def _stack(chart: ControlChart, side: int) -> float:
    """上（1）或下（−1）要留多少给叠起来的代号，占纵轴的几成。"""
    marks = chart.marks
    away = np.sign(chart.points - chart.center).to_numpy()[marks.index]
    lines = max((text.count("、") + 1 for text in marks[(away >= 0) == (side > 0)]), default=0)
    return max(0.1, HEADROOM * lines)


def _axis(chart: ControlChart, ax: Axes, dated: bool) -> None:
    box, index = CHARTS[chart.kind], chart.points.index
    count = chart.signals["序号"].nunique()
    verdict = f"{count} 点有信号" if count else "没有信号"
    share = chart.kind in {"p", "laney_p"}
    what = {"mr": "移动极差", "r": "极差", "s": "标准差"}.get(chart.kind, "")
    what = what or {"p": "比例", "laney_p": "比例", "np": "件数", "c": "件数"}.get(chart.kind, "")
    label = chart.name or what or "数值"
    if chart.name and chart.kind in {"mr", "r", "s"}:
        label = f"{chart.name}的{what}"
    ax.set(title=f"{chart.title}：{verdict}", ylabel=label if len(label) < 20 else what or "数值")
    if share:
        from matplotlib.ticker import PercentFormatter

        ax.yaxis.set_major_formatter(PercentFormatter(1))
    low, high = ax.get_ylim()
    below, above = (_stack(chart, side) * (high - low) for side in (-1, 1))
    floor = low if low - below > box.floor or box.floor < 0 else box.floor
    ax.set_ylim(floor - below, high + above)
    if dated:
        ax.set_xlabel("日期")
        label_dates(ax, index)
        return
    texts = [str(one) for one in (index + 1 if isinstance(index, pd.RangeIndex) else index)]
    step = -(-len(texts) // MAX_TICKS)
    shown = texts[::step]
    tilt = 30 if max(map(len, shown)) > LONG_LABEL else 0
    ax.set_xticks(
        range(0, len(texts), step), shown, rotation=tilt, ha="right" if tilt else "center"
    )
    ax.set_xlabel("第几点" if isinstance(index, pd.RangeIndex) else str(index.name or "期"))

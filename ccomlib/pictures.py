"""图的话：看不见图的人，怎样知道图上有什么？

笔记本里的图带着替代文字：工具自己的那句结论，加上图题、横轴纵轴、每条线每组柱的最高与最低。
"""

from __future__ import annotations

import base64
import functools
import html
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["describe", "install", "picture_html", "tell", "telling"]

SENTENCE = "ccom_sentence"
LONGEST = 400
MOST = 6  # 一幅图里最多说几条线、几组柱


def tell(ax: Axes, sentence: str) -> Axes:
    """给一幅图写上它的那句结论，进替代文字。

    Parameters
    ----------
    ax : 画好的图。
    sentence : 一句中文。

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> describe(tell(ax, "周一缺 8 人。").figure).startswith("周一缺 8 人。")
    True
    """
    setattr(ax, SENTENCE, sentence)
    return ax


def telling(plot: Callable[..., Axes]) -> Callable[..., Axes]:
    """结果的 ``plot``：画完把结果的那句话写给图。"""

    @functools.wraps(plot)
    def told(self: Any, *args: Any, **kwargs: Any) -> Axes:
        ax = plot(self, *args, **kwargs)
        return tell(ax, str(self)) if hasattr(ax, "figure") else ax

    return told


def describe(figure: Figure) -> str:
    """一幅图的替代文字。

    Parameters
    ----------
    figure : matplotlib 的图。

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.plot([1, 2, 3], [5, 9, 7], label="来电")
    >>> _ = ax.set(title="中午最忙", xlabel="钟点", ylabel="通")
    >>> describe(ax.figure)
    '图：中午最忙。横轴：钟点；纵轴：通。来电：最高 9（2），最低 5（1）。'
    """
    said, titles, parts, axes_words = [], [], [], []
    for ax in figure.axes:
        sentence = getattr(ax, SENTENCE, "")
        if sentence and sentence not in said:
            said.append(sentence)
        title = _one_line(ax.get_title() or ax.get_title("left"))
        titles += [title] if title else []
        names = [("横轴", ax.get_xlabel()), ("纵轴", ax.get_ylabel())]
        words = [f"{which}：{_one_line(name)}" for which, name in names if name]
        axes_words += ["；".join(words)] if words else []
        parts += _series(ax)
    head = "；".join(filter(None, [_one_line(figure.get_suptitle()), *titles]))
    rest = [f"图：{head}" if head else "图", *axes_words, *parts[:MOST]]
    text = "".join(said) + "".join(f"{part.rstrip('。')}。" for part in rest)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def picture_html(figure: Figure) -> str:
    """一幅图的 HTML：图与它的替代文字，窄的地方跟着变窄。"""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight", facecolor="white")
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<img alt="{html.escape(describe(figure))}" style="max-width:100%;height:auto" '
        f'src="data:image/png;base64,{data}">'
    )


def install() -> None:
    """此后笔记本里的图都带替代文字；不在笔记本里，或在评分，什么都不做。

    JupyterLab 不把图片的元数据当替代文字，只有 HTML 里的才读得到，所以图作为 HTML 显示。
    """
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    if shell is None or "NBGRADER_EXECUTION" in os.environ:
        return
    from matplotlib.figure import Figure

    shell.display_formatter.ipython_display_formatter.for_type(Figure, _display)


def _display(figure: Figure) -> None:
    from IPython.display import publish_display_data

    publish_display_data({"text/plain": describe(figure), "text/html": picture_html(figure)})


def _series(ax: Axes) -> Iterator[str]:
    """有名字的线与柱，各说最高最低在哪里。"""
    named = []
    for line in ax.lines:
        x, y = line.get_xdata(orig=False), line.get_ydata(orig=False)
        named.append((line.get_label(), x, y, False))
    for bars in ax.containers:
        patches = getattr(bars, "patches", [])
        across = getattr(bars, "orientation", "vertical") == "horizontal"
        size = [p.get_width() if across else p.get_height() for p in patches]
        middle = [
            p.get_y() + p.get_height() / 2 if across else p.get_x() + p.get_width() / 2
            for p in patches
        ]
        named.append((bars.get_label(), middle, size, across))
    for label, at, values, across in named:
        values, at = np.asarray(values, float), np.asarray(at, float)
        good = np.isfinite(values)
        if str(label).startswith("_") and not (len(named) == 1 and good.sum() > 2):
            continue
        name = "" if str(label).startswith("_") else _one_line(str(label))
        if not good.any():
            continue
        spans_of_time = across and _is_dates(ax.xaxis)
        if np.ptp(values[good]) == 0 and not spans_of_time:
            # 一条横线：目标、中心线
            yield f"{name or '值'}：{_number(values[good][0])}"
            continue
        high = int(np.argmax(np.where(good, values, -np.inf)))
        low = int(np.argmin(np.where(good, values, np.inf)))
        where = [_place(ax.yaxis if across else ax.xaxis, at[n]) for n in (high, low)]
        prefix = f"{name}：" if name else ""
        if spans_of_time:
            # 横着的条画在钟点上，长短是一段时间，matplotlib 以天计
            spans = [
                f"{values[n] * 1440:,.0f} 分钟{place}"
                for n, place in zip((high, low), where, strict=True)
            ]
            yield f"{prefix}{good.sum()} 段，最长 {spans[0]}，最短 {spans[1]}"
            continue
        yield (
            f"{prefix}最高 {_number(values[high])}{where[0]}，最低 {_number(values[low])}{where[1]}"
        )


def _is_dates(axis: Any) -> bool:
    from matplotlib.dates import AutoDateFormatter, DateFormatter

    return isinstance(axis.get_major_formatter(), (AutoDateFormatter, DateFormatter))


def _place(axis: Any, at: float) -> str:
    """横轴上的位置：数写数，日期写日期，别的写它的刻度。"""
    from matplotlib.dates import num2date
    from matplotlib.ticker import ScalarFormatter

    form = axis.get_major_formatter()
    if isinstance(form, ScalarFormatter):
        return f"（{_number(float(at))}）"
    if _is_dates(axis):
        day = num2date(at)
        return (
            f"（{day:%Y-%m-%d}）" if (day.hour, day.minute) == (0, 0) else f"（{day:%m-%d %H:%M}）"
        )
    names = getattr(axis, "ccom_names", ())
    if names:
        return f"（{names[min(max(int(at + 0.25), 0), len(names) - 1)]}）"
    names = (_one_line(label.get_text()) for label in axis.get_majorticklabels())
    ticks = dict(zip(np.round(axis.get_majorticklocs(), 6), names, strict=False))
    text = ticks.get(round(float(at), 6)) or _one_line(str(form.format_data(at)))
    return f"（{text}）" if text else ""


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _one_line(text: str) -> str:
    return " ".join(str(text).split())

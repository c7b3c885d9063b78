"""图的样子：中文怎样在任何一台电脑上都画得出来？"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccomlib import display, notebook, pictures
from ccomlib.display import WEEKDAYS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["COLOURS", "FONT_FAMILY", "FONT_FILE", "label_dates", "new_axes", "use_chinese"]

FONT_FILE = Path(__file__).with_name("fonts") / "CcomSansSC-Regular.otf"
FONT_FAMILY = "Ccom Sans SC"
# 半个屏幕约 700 点宽：图不过这么宽（英寸），字在那里仍看得清
WIDEST = 8.6
WITH_WEEKDAY = 62  # 天；再长的日期轴上，星期几说明不了什么

# 色盲可辨的一组（Okabe-Ito），名字按用途而不按颜色
COLOURS = {
    "main": "#0072B2",
    "second": "#E69F00",
    "good": "#009E73",
    "bad": "#D55E00",
    "accent": "#CC79A7",
    "light": "#56B4E9",
    "grey": "#5A5A5A",
}


def use_chinese() -> None:
    """让此后画的每一幅图都用随课程附带的中文字体，不依赖系统字体；出错时说中文。

    表照报表的样子写（225 通、44%），图带替代文字。

    >>> use_chinese()
    >>> import matplotlib
    >>> matplotlib.rcParams["font.family"]
    ['Ccom Sans SC']
    """
    _draw_chinese()
    display.install()
    pictures.install()
    notebook.install()


def _draw_chinese() -> None:
    import matplotlib
    import pandas as pd
    from matplotlib import font_manager

    if FONT_FAMILY not in {font.name for font in font_manager.fontManager.ttflist}:
        font_manager.fontManager.addfont(FONT_FILE)
    pd.options.display.precision = 3
    matplotlib.rcParams.update(
        {
            "font.family": [FONT_FAMILY],
            "axes.unicode_minus": False,
            "axes.prop_cycle": matplotlib.cycler(color=list(COLOURS.values())),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#E5E5E5",
            "font.size": 11,
            "axes.titlesize": 12.5,
            "axes.labelsize": 11,
            "xtick.labelsize": 10.5,
            "ytick.labelsize": 10.5,
            "legend.fontsize": 10.5,
            "figure.figsize": (8.0, 4.2),
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "legend.frameon": False,
            "mathtext.default": "regular",
        }
    )


def new_axes(ax: Axes | None = None, *, figsize: tuple[float, float] | None = None) -> Axes:
    """给定的 Axes 原样交回；没有给就按课程样式新建一幅图，宽不过 ``WIDEST``。

    >>> ax = new_axes(figsize=(6, 3))
    >>> ax.figure.get_size_inches().tolist()
    [6.0, 3.0]
    >>> new_axes(ax) is ax
    True
    """
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    _draw_chinese()
    if figsize is not None:
        figsize = (min(figsize[0], WIDEST), figsize[1])
    return plt.subplots(figsize=figsize)[1]


def label_dates(ax: Axes, dates: pd.DatetimeIndex) -> None:
    """日期轴的刻度：一天之内写钟点，两个月之内写月-日与星期，再长写月-日，跨年写年-月。

    >>> import pandas as pd
    >>> days = pd.date_range("2026-03-02", periods=3)
    >>> ax = new_axes()
    >>> label_dates(ax, days)
    >>> ax.xaxis.get_major_formatter().format_data(20514)
    '03-02\\n周一'
    """
    from matplotlib.dates import AutoDateLocator, DateFormatter, num2date

    class WithWeekday(DateFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return f"{super().__call__(x, pos)}\n{WEEKDAYS[num2date(x).weekday()]}"

    span = (dates.max() - dates.min()).days
    ax.xaxis.set_major_locator(AutoDateLocator(maxticks=9, interval_multiples=span > WITH_WEEKDAY))
    if span < 1:
        form = DateFormatter("%H:%M")
    elif dates[0].year != dates[-1].year:
        form = DateFormatter("%Y-%m")
    else:
        form = (WithWeekday if span <= WITH_WEEKDAY else DateFormatter)("%m-%d")
    ax.xaxis.set_major_formatter(form)

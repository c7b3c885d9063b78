"""鱼骨图：可能的原因有哪些，归在哪几类？"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.reading import read_labels
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Fishbone", "fishbone"]

MAX_BONES = 10
COLUMNS = 20
# 以英寸为单位的版面：字是 9 磅，一个汉字约 0.125 英寸
LINE, GAP, LEAN, TWIG = 0.19, 0.16, 0.55, 0.16


@dataclass(frozen=True, eq=False)
class Fishbone(Result):
    """一张鱼骨图。由 ``fishbone`` 得到。"""

    problem: str
    causes: dict[str, tuple[str, ...]]
    """大类 → 原因。"""
    confirmed: tuple[str, ...]
    """已经用数据证实的原因。"""

    @property
    def count(self) -> int:
        """原因的个数。"""
        return sum(len(items) for items in self.causes.values())

    def summary(self) -> pd.DataFrame:
        """一个原因一行。"""
        rows = [
            (name, cause, cause in self.confirmed)
            for name, items in self.causes.items()
            for cause in items
        ]
        return pd.DataFrame(rows, columns=["大类", "原因", "已证实"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """鱼头是问题，大骨是大类，小骨是原因；证实了的是红色。"""
        bones = [
            (name, [(wrap(cause, COLUMNS), cause in self.confirmed) for cause in items])
            for name, items in self.causes.items()
        ]
        tall = max(_height([text for text, _ in items]) for _, items in bones)
        wide = _width(text for _, items in bones for text, _ in items) + LEAN + TWIG + 0.3
        wide = max(wide, _width(wrap(name, 14) for name, _ in bones) + 0.5)
        pairs = math.ceil(len(bones) / 2)
        end = pairs * wide + 0.3
        head = wrap(self.problem, 16)
        head_wide = _width([head]) + 0.35
        title_room = LINE * max(wrap(name, 14).count("\n") + 1 for name, _ in bones) + 0.2
        half = tall + title_room + 0.15
        ax = new_axes(ax, figsize=(end + head_wide + 0.5, 2 * half + 0.6))
        ax.annotate(
            "",
            (end, 0),
            (0, 0),
            arrowprops={"arrowstyle": "-|>", "linewidth": 3, "color": "#444444"},
        )
        ax.text(
            end + 0.08 + head_wide / 2,
            0,
            head,
            ha="center",
            va="center",
            fontsize=11,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": "#FDEEE4", "edgecolor": COLOURS["bad"]},
        )
        for number, (name, items) in enumerate(bones):
            side = 1 if number % 2 == 0 else -1
            foot = (number // 2 + 1) * wide
            self._bone(ax, foot, side, tall, wrap(name, 14), items)
        ax.set(
            xlim=(-0.1, end + head_wide + 0.4),
            ylim=(-half, half),
            title=f"鱼骨图：{len(bones)} 类 {self.count} 个可能的原因",
        )
        ax.set_axis_off()
        return ax

    @staticmethod
    def _bone(
        ax: Axes, foot: float, side: int, tall: float, name: str, items: list[tuple[str, bool]]
    ) -> None:
        """一根大骨：从脊骨斜着上去（或下去），原因写在左边。"""
        ax.plot([foot, foot - LEAN], [0, side * tall], color=COLOURS["main"], linewidth=2)
        ax.text(
            foot - LEAN,
            side * (tall + 0.08),
            name,
            ha="center",
            va="bottom" if side > 0 else "top",
            fontsize=10,
            color="white",
            bbox={"boxstyle": "round,pad=0.3", "facecolor": COLOURS["main"], "edgecolor": "none"},
        )
        lines = sum(text.count("\n") + 1 for text, _ in items)
        spare = (tall - LINE * lines) / (len(items) + 1)
        at = 0.0
        # 上半边离脊骨远的在上，倒着排才从上往下读
        for text, confirmed in items[::-side]:
            rows = text.count("\n") + 1
            middle = at + spare + LINE * rows / 2
            at += spare + LINE * rows
            x, y = foot - LEAN * middle / tall, side * middle
            colour = COLOURS["bad"] if confirmed else "#333333"
            ax.plot([x - TWIG, x], [y, y], color=colour, linewidth=1.2)
            ax.text(
                x - TWIG - 0.03,
                y,
                text,
                ha="right",
                va="center",
                fontsize=10,
                color=colour,
                linespacing=1.15,
            )

    def __str__(self) -> str:
        text = f"{self.problem}：{len(self.causes)} 类 {self.count} 个可能的原因"
        text += (
            f"，已用数据证实 {len(self.confirmed)} 个（{'、'.join(self.confirmed)}）"
            if self.confirmed
            else "，都还没有证实"
        )
        return text + "；鱼骨图是把猜想列全，不是结论，每一条都要用数据或现场核实。"


def fishbone(
    problem: str, causes: Mapping[str, Sequence[str]], *, confirmed: Sequence[str] = ()
) -> Fishbone:
    """画一张鱼骨图：问题作鱼头，大类作大骨，原因作小骨。

    Parameters
    ----------
    problem : 要解决的问题，写成看得见的结果（「4 月收费类投诉翻倍」）。
    causes : 大类 → 原因的列表；服务行业常用 人、流程、系统、政策、信息、环境。
    confirmed : 已经用数据证实的原因，标成红色。

    Returns
    -------
    Fishbone

    Raises
    ------
    ValueError
        问题是空的、没有大类、大类多于 10 个、大类里没有原因、原因重复、confirmed 不在原因里。

    References
    ----------
    Ishikawa (1976), Guide to Quality Control。

    Examples
    --------
    >>> chart = fishbone("收费投诉翻倍", {"人": ["新人不懂价目"], "流程": ["收费单没有核对", "改价没有通知"]})
    >>> chart.count
    3
    """
    title = _text(problem, "problem")
    if not isinstance(causes, Mapping) or not causes:
        raise ValueError("causes 应是 大类 → 原因的列表，至少一类，例如 {'人': ['新人不懂价目']}。")
    if len(causes) > MAX_BONES:
        raise ValueError(f"causes 有 {len(causes)} 类，多于 {MAX_BONES} 类看不清：请先归并。")
    result: dict[str, tuple[str, ...]] = {}
    for name, items in causes.items():
        if isinstance(items, str) or not len(items):
            raise ValueError(f"causes 的 {name} 应是原因的列表，至少一个：请补上或去掉这一类。")
        result[_text(name, "causes 的大类")] = tuple(
            read_labels(list(items), f"causes 的 {name}").tolist()
        )
    every = [cause for items in result.values() for cause in items]
    twice = [cause for cause in every if every.count(cause) > 1]
    if twice:
        raise ValueError(f"原因 {twice[0]} 出现不止一次：请只放在最贴切的一类。")
    stray = [cause for cause in confirmed if cause not in every]
    if stray:
        raise ValueError(f"confirmed 里的 {stray[0]} 不在原因里：请核对写法。")
    return Fishbone(title, result, tuple(confirmed))


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name}是 {value!r}：请写一句话。")
    return value.strip()


def _height(texts: list[str]) -> float:
    """一根大骨要多高才放得下这些原因。"""
    lines = sum(text.count("\n") + 1 for text in texts)
    return max(1.3, LINE * lines + GAP * (len(texts) + 1))


def _width(texts: object) -> float:
    """最宽的一行有几英寸。"""
    return max(
        sum(0.07 if c.isascii() else 0.13 for c in line)
        for text in texts
        for line in text.split("\n")
    )

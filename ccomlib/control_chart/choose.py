"""选图：手上的数据该用哪一种控制图，为什么？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes

from .limits import CHARTS, Limits, between_sigma, dispersion_p
from .reading import read_source, read_subgroups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ChartChoice", "choose_chart"]


class Node(NamedTuple):
    """一个问题：参数名、问句、各答案（显示的字，下一步）。"""

    field: str
    question: str
    answers: dict[Any, tuple[str, str]]


TREE = {
    "kind": Node(
        "kind",
        "数是量出来的，\n还是数出来的？",
        {"variable": ("量出来的：时长、分数", "size"), "attribute": ("数出来的：件数", "counting")},
    ),
    "size": Node(
        "subgroup_size",
        "每期几个数？",
        {
            "one": ("1 个", "xmr"),
            "few": ("都一样多，2–10 个", "xbar_r"),
            "many": ("更多或不一样多", "xbar_s"),
        },
    ),
    "counting": Node(
        "counting",
        "一个对象可以\n有几件吗？",
        {"items": ("不，只算是或不是", "p_over"), "events": ("可以有几件", "u_over")},
    ),
    "p_over": Node(
        "overdispersed",
        "期与期之间\n过度离散吗？",
        {False: ("没有", "p_equal"), True: ("有", "laney_p")},
    ),
    "u_over": Node(
        "overdispersed",
        "期与期之间\n过度离散吗？",
        {False: ("没有", "u_equal"), True: ("有", "laney_u")},
    ),
    "p_equal": Node(
        "equal_size", "每期总数\n一样多吗？", {True: ("一样", "np"), False: ("不一样", "p")}
    ),
    "u_equal": Node(
        "equal_size", "每期的机会\n一样多吗？", {True: ("一样", "c"), False: ("不一样", "u")}
    ),
}
FUNCTIONS = {
    "xmr": "xmr",
    "xbar_r": "xbar_r",
    "xbar_s": "xbar_s",
    "p": "p_chart",
    "np": "np_chart",
    "c": "c_chart",
    "u": "u_chart",
    "laney_p": "laney_p",
    "laney_u": "laney_u",
}
REASONS = {
    "xmr": "每期只有一个量出来的数，用前后两期之差估计日常波动",
    "xbar_r": "每期抽同样的几个数，个数少，用极差估计组内波动",
    "xbar_s": "每期的数多或个数不同，用标准差估计组内波动",
    "p": "每个对象只算是或不是，各期总数不同，界限要随总数变",
    "np": "每个对象只算是或不是，各期总数一样，直接数个数（用 p 图也一样）",
    "c": "一个对象可以有几件，各期机会一样，直接数件数",
    "u": "一个对象可以有几件，各期机会不同，要除以机会再比",
    "laney_p": "比例的波动比抽样波动大，普通 p 图的界限太窄",
    "laney_u": "每单位件数的波动比抽样波动大，普通 u 图的界限太窄",
}
# 选图树里各格的位置（横，纵）
SPOTS = {
    "kind": (0, 4.5),
    "size": (1, 7.4),
    "counting": (1, 2.5),
    "p_over": (2, 3.9),
    "u_over": (2, 1.1),
    "p_equal": (3, 4.6),
    "u_equal": (3, 1.8),
    "xmr": (4, 8.4),
    "xbar_r": (4, 7.4),
    "xbar_s": (4, 6.4),
    "np": (4, 5.1),
    "p": (4, 4.1),
    "laney_p": (4, 3.1),
    "c": (4, 2.1),
    "u": (4, 1.1),
    "laney_u": (4, 0.1),
}


@dataclass(frozen=True, eq=False)
class ChartChoice(Result):
    """该用哪一种控制图。由 ``choose_chart`` 得到。"""

    chart: str | None
    """图的代号，如 ``"laney_u"``；还问不出来时为 None。"""
    function: str | None
    """``control_chart`` 里的函数名。"""
    asked: str | None
    """还要回答的参数；已经选定时为 None。"""
    path: tuple[str, ...]
    """走过的各个问题与选定的图。"""
    table: pd.DataFrame
    """一问一答，列：问题、回答、根据。"""
    notes: tuple[str, ...]

    def summary(self) -> pd.DataFrame:
        """问了什么，怎样回答，根据是什么。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """选图树，走过的路标成彩色。"""
        ax = new_axes(ax, figsize=(11, 6))
        ax.set_axis_off()
        ax.set(xlim=(-0.45, 4.45), ylim=(-0.5, 9.0))
        walked = set(zip(self.path, self.path[1:], strict=False))
        for name, node in TREE.items():
            for answer, target in node.answers.values():
                self._line(ax, name, target, answer, (name, target) in walked)
        for name, spot in SPOTS.items():
            text = TREE[name].question if name in TREE else CHARTS[name].title
            on = name in self.path
            ax.text(
                *spot, text, ha="center", va="center", fontsize=10, zorder=3,
                color="white" if on else "black",
                bbox={
                    "boxstyle": "round,pad=0.4",
                    "facecolor": COLOURS["main"] if on else "white",
                    "edgecolor": COLOURS["main"] if on else "#BDBDBD",
                },
            )  # fmt: skip
        done = f"用 {CHARTS[self.chart].title}" if self.chart else "还差一个回答"
        ax.set_title(f"选控制图：{done}")
        return ax

    def _line(self, ax: Axes, name: str, target: str, text: str, on: bool) -> None:
        (x0, y0), (x1, y1) = SPOTS[name], SPOTS[target]
        color = COLOURS["main"] if on else "#BDBDBD"
        ax.plot([x0, x1], [y0, y1], color=color, linewidth=2.2 if on else 1, zorder=1)
        share = 0.55
        ax.text(
            x0 + share * (x1 - x0), y0 + share * (y1 - y0), text, ha="center", va="center",
            fontsize=10, zorder=2, color="black" if on else "#555555",
            bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        )  # fmt: skip

    def __str__(self) -> str:
        if self.chart is None:
            node = TREE[self.path[-1]]
            question = node.question.replace("\n", "")
            options = "或".join(_option(node, key) for key in node.answers)
            return f"还要知道：{question}请给 {options}。"
        pairs = zip(self.table["问题"], self.table["回答"], strict=True)
        answers = "；".join(f"{question}{answer}" for question, answer in pairs)
        text = f"用 {CHARTS[self.chart].title}（{self.function}）：{REASONS[self.chart]}。"
        text += f"依据：{answers}。"
        return text + "".join(f"{note}。" for note in self.notes)


def choose_chart(
    kind: str | None = None,
    *,
    subgroup_size: int | tuple[int, int] | None = None,
    counting: str | None = None,
    equal_size: bool | None = None,
    overdispersed: bool | None = None,
    count: Any = None,
    n: Any = None,
    table: pd.DataFrame | None = None,
    value: str | None = None,
    subgroup: str | None = None,
    extra: float = 1.2,
    small: int = 10,
) -> ChartChoice:
    """手上的数据该用哪种控制图：一问一答，并说明理由。

    Parameters
    ----------
    kind : ``"variable"`` 量出来的（时长、分数）；``"attribute"`` 数出来的（件数）。
    subgroup_size : 量出来的数每期几个；各期不同就给（最少，最多）。
    counting : 数出来的：``"items"`` 每个对象只算是或不是；``"events"`` 一个对象可以有几件。
    equal_size : 每期的总数或机会是否一样。
    overdispersed : 期与期之间的波动是否比抽样波动大。
    count, n : 给出件数与总数，后两问由数据回答。
    table, value, subgroup : 给出长表、数值列与分组列，每期几个由数据回答。
    extra : σz 超过它且卡方检验 p < 0.05 才算过度离散（教学约定）。
    small : 每期不多于几个时用极差（教学约定，课本多取 10）。

    Returns
    -------
    ChartChoice
        选定的图；答案不够时 ``chart`` 为 None，说出下一个要回答的问题。

    Raises
    ------
    ValueError
        答案不在选项里；数据不合要求。

    Notes
    -----
    量：1 个 XmR，2–10 个 Xbar-R，更多或不等 Xbar-S；数：是非 np、p，可重复 c、u；过度离散用 Laney。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 7.4；Laney (2002)。

    Examples
    --------
    >>> print(choose_chart())
    还要知道：数是量出来的，还是数出来的？请给 kind="variable"或kind="attribute"。
    >>> choose_chart("variable", subgroup_size=1).function
    'xmr'
    >>> choose_chart("attribute", counting="items", count=[5, 4, 6], n=[100, 120, 90]).function
    'p_chart'
    """
    answers: dict[str, Any] = {
        "kind": kind,
        "counting": counting,
        "equal_size": equal_size,
        "overdispersed": overdispersed,
    }
    grounds = dict.fromkeys([*answers, "subgroup_size"], "您的回答")
    notes: list[str] = []
    if table is not None:
        sizes = read_subgroups(table, value, subgroup)[0]["n"]
        subgroup_size = (int(sizes.min()), int(sizes.max()))
        answers["kind"], grounds["kind"] = "variable", "给了量出来的数"
        grounds["subgroup_size"] = f"数据里每期 {_span(subgroup_size)} 个"
    answers["subgroup_size"] = _size_answer(subgroup_size, small)
    if (count is None) != (n is None) and counting != "events":
        raise ValueError("count 与 n 要一起给：件数与总数。")
    if count is not None:
        answers["kind"], grounds["kind"] = "attribute", "给了件数"
        if counting is not None:
            _from_counts(counting, count, n, answers, grounds, notes, extra)
    return _walk(answers, grounds, notes)


def _walk(answers: dict[str, Any], grounds: dict[str, str], notes: list[str]) -> ChartChoice:
    step, path, rows = "kind", ["kind"], []
    while step in TREE:
        node = TREE[step]
        answer = answers[node.field]
        if answer is None:
            return ChartChoice(None, None, node.field, tuple(path), _dialogue(rows), tuple(notes))
        if answer not in node.answers:
            options = "或".join(_option(node, key) for key in node.answers)
            raise ValueError(f"{node.field} 是 {answer!r}，应是 {options}。")
        text, target = node.answers[answer]
        rows.append((node.question.replace("\n", ""), text, grounds[node.field]))
        path.append(target)
        step = target
    return ChartChoice(step, FUNCTIONS[step], None, tuple(path), _dialogue(rows), tuple(notes))


def _dialogue(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["问题", "回答", "根据"])


def _option(node: Node, key: Any) -> str:
    if node.field == "subgroup_size":
        return {"one": "subgroup_size=1", "few": "个数", "many": "（最少, 最多）"}[key]
    return f'{node.field}="{key}"' if isinstance(key, str) else f"{node.field}={key}"


def _size_answer(size: Any, small: int) -> str | None:
    if size is None:
        return None
    low, high = size if isinstance(size, tuple | list) and len(size) == 2 else (size, size)
    whole = all(
        isinstance(one, int | np.integer) and not isinstance(one, bool) for one in (low, high)
    )
    if not whole or not 1 <= low <= high:
        raise ValueError(f"subgroup_size 是 {size!r}，应是不小于 1 的整数，或（最少，最多）。")
    if high == 1:
        return "one"
    if low == 1:
        raise ValueError(
            "有的期只有 1 个数，有的期有几个：先把每期合成一个数用 xmr，或只留有几个数的期。"
        )
    return "few" if low == high <= small else "many"


def _span(size: tuple[int, int]) -> str:
    return str(size[0]) if size[0] == size[1] else f"{size[0]} 到 {size[1]}"


def _from_counts(
    counting: str,
    count: Any,
    n: Any,
    answers: dict[str, Any],
    grounds: dict[str, str],
    notes: list[str],
    extra: float,
) -> None:
    """由件数与总数回答：每期一样多吗，过度离散吗。"""
    kind = {"items": "p", "events": "u"}.get(counting)
    if kind is None:
        return
    source, _ = read_source(kind, count, 1 if n is None else n)
    equal = bool(np.ptp(source["n"]) == 0)
    if answers["equal_size"] is None:
        answers["equal_size"] = equal
        low, high = source["n"].min(), source["n"].max()
        grounds["equal_size"] = f"总数都是 {low:,g}" if equal else f"总数 {low:,g} 到 {high:,g}"
    if answers["overdispersed"] is not None:
        return
    total, whole = source["件"].sum(), source["n"].sum()
    if len(source) < 3 or total == 0 or (kind == "p" and total == whole):
        return
    everyone = np.ones(len(source), dtype=bool)
    plain = Limits(kind, float(total / whole))
    sigma_z, p = between_sigma(plain, source, everyone), dispersion_p(plain, source, everyone)
    answers["overdispersed"] = bool(sigma_z > extra and p < 0.05)
    grounds["overdispersed"] = f"σz = {sigma_z:.2f}，卡方检验 p = {p:.3f}"
    if len(source) < 20:
        notes.append(f"只有 {len(source)} 期，过度离散判得不牢，多积累几期再看")

"""源头分析：变化从总数一路追下去，停在哪个产品、渠道、节点、人身上？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.reading import read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, require_share, varies
from ccomlib.wording import wrap

from .contribution import changes, read_exposure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DrillDown", "drill_down"]

LEVELS = ("二级原因", "进线渠道", "责任节点", "责任单位", "责任人")
SHOWN = 3


@dataclass(frozen=True, eq=False)
class DrillDown(Result):
    """从总变化到源头的一条路。由 ``drill_down`` 得到。"""

    path: tuple[tuple[str, str], ...]
    """一路走过的（层级, 值）；空的说明第一层就不集中。"""
    steps: pd.DataFrame
    """一层一行，列：层级、最大的一类、前、后、变化、占本层、占总变化、z、判断。"""
    branches: dict[str, pd.DataFrame]
    """层级 → 那一层逐类的前、后、变化、占本层。"""
    before: float
    after: float
    concentrate: float
    exposure: tuple[float, float]

    @property
    def change(self) -> float:
        """总变化：后 − 前（已折成同样的时长）。"""
        return self.after - self.before

    @property
    def source(self) -> str:
        """源头：路的最后一站；没有集中时为空。"""
        return self.path[-1][1] if self.path else ""

    @property
    def share_of_total(self) -> float:
        """源头的变化占总变化的几成。"""
        if not self.path:
            return 0.0
        return float(self.steps["占总变化"].iloc[len(self.path) - 1])

    def summary(self) -> pd.DataFrame:
        """逐层列出。"""
        return self.steps

    def plot(self, ax: Axes | None = None) -> Axes:
        """一层一列的树：走过的那条路着色，同层的其余几类是灰色。"""
        levels = list(self.branches)
        ax = new_axes(ax, figsize=(1.6 + 2.3 * (len(levels) + 1), 4.6))
        unit = "件" if self.exposure == (1, 1) else "件/单位时长"
        _box(ax, 0, 0, f"总数\n{self.change:+,.4g} {unit}", chosen=True)
        parent = 0.0
        for column, level in enumerate(levels, start=1):
            nodes = _shown(self.branches[level])
            walked = column <= len(self.path)
            # 走的那一支与上一层平齐，其余往下排
            for row, (name, change, part) in enumerate(nodes):
                y = parent - row
                chosen = walked and row == 0
                ax.plot(
                    [column - 1 + 0.41, column - 0.5, column - 0.41],
                    [parent, y, y],
                    color=COLOURS["bad"] if chosen else "#C8C8C8",
                    linewidth=2.4 if chosen else 1.2,
                    zorder=0,
                )
                _box(
                    ax, column, y, f"{wrap(name, 16)}\n{change:+,.4g}（{part:.0%}）", chosen=chosen
                )
        for column, level in enumerate(["", *levels]):
            ax.text(column, 0.6, level, ha="center", va="bottom", fontsize=11)
        ax.set(
            xlim=(-0.5, len(levels) + 0.5),
            ylim=(-SHOWN - 0.6, 1.1),
            title=(
                f"源头：{self.source}，占总变化的 {self.share_of_total:.0%}"
                if self.path
                else "第一层就不集中，没有单一的源头"
            ),
        )
        ax.set_axis_off()
        return ax

    def __str__(self) -> str:
        word = "增加" if self.change > 0 else "减少"
        text = f"总数从 {self.before:,.4g} {word}到 {self.after:,.4g}"
        last = self.steps.iloc[-1]
        if not self.path:
            return (
                f"{text}：{last['层级']}里最大的{last['最大的一类']}只占 {last['占本层']:.0%}，"
                f"{last['判断']}，没有单一的源头；换一个层级次序再追，或看共同的原因（制度、系统）。"
            )
        route = " → ".join(value for _, value in self.path)
        text += f"，追到 {route}，占总变化的 {self.share_of_total:.0%}"
        if len(self.path) < len(self.steps):
            text += f"；再往下{last['层级']}{last['判断']}，停在这里"
        return text + (
            f"；每层最大的一类须占 {self.concentrate:.0%} 以上（教学约定），"
            "找到的是变化集中的地方，为什么要到现场问 5 个为什么。"
        )


def drill_down(
    before: pd.DataFrame,
    after: pd.DataFrame,
    levels: Sequence[str] = LEVELS,
    *,
    count: str | None = None,
    exposure: tuple[float, float] = (1, 1),
    concentrate: float = 0.5,
    min_z: float = 2.0,
) -> DrillDown:
    """源头分析：沿 产品/政策 → 渠道 → 流程节点 → 人 逐层追贡献最大的一类，到不再集中为止。

    Parameters
    ----------
    before, after : 前后两段的明细，一件一行（或用 ``count`` 列给件数）。
    levels : 从上到下的层级，都是列名。
    count : 件数列；不给时一行算一件。
    exposure : 两段的时长或来电量；不一样长时必须给。
    concentrate : 最大的一类至少占本层变化的几成才往下走（教学约定 0.5）。
    min_z : 变化至少是几个标准差（泊松）才往下走（教学约定 2）。

    Returns
    -------
    DrillDown

    Raises
    ------
    ValueError
        缺列、空值、没有行、levels 空或重复、件数不对、总数没有变化。

    Notes
    -----
    占本层 = 这一类的变化 ÷ 上一站的变化；占总变化 = 这一类的变化 ÷ 总变化；
    同层有增有减时，占本层可以超过 100%。

    Examples
    --------
    >>> before = pd.DataFrame({"原因": ["收费"] * 10 + ["态度"] * 10, "节点": ["上门", "派单"] * 10})
    >>> more = pd.DataFrame({"原因": ["收费"] * 30, "节点": ["派单"] * 30})
    >>> result = drill_down(before, pd.concat([before, more]), ["原因", "节点"])
    >>> result.path, result.share_of_total
    ((('原因', '收费'), ('节点', '派单')), 1.0)
    """
    names = [levels] if isinstance(levels, str) else list(levels)
    if not names:
        raise ValueError("levels 是空的：请从上到下写明层级的列名。")
    if len(set(names)) < len(names):
        raise ValueError(f"levels 里有重复的列：{'、'.join(names)}。请去掉重复的。")
    require_share(concentrate, "concentrate")
    times = read_exposure(exposure)
    first = _read(before, "before", names, count)
    last = _read(after, "after", names, count)
    start, end = float(first["件"].sum() / times[0]), float(last["件"].sum() / times[1])
    whole = end - start
    if not varies([start, end]):
        raise ValueError("前后总数一样，没有变化可追：请换一段时间，或用 exposure 折成同样的时长。")
    path: list[tuple[str, str]] = []
    rows, branches = [], {}
    parent = whole
    for level in names:
        table = changes(first.groupby(level)["件"].sum(), last.groupby(level)["件"].sum(), times)
        table["占本层"] = table["变化"] / parent
        table = table.sort_values(["占本层", "类别"], ascending=[False, True], ignore_index=True)
        branches[level] = table[["类别", "前", "后", "变化", "占本层", "z"]]
        top = table.iloc[0]
        if top["占本层"] < concentrate:
            verdict = "不再集中"
        elif abs(top["z"]) < min_z:
            verdict = "变化在偶然波动之内"
        else:
            verdict = "集中"
        rows.append(
            (
                level,
                top["类别"],
                top["前"],
                top["后"],
                top["变化"],
                top["占本层"],
                top["变化"] / whole,
                top["z"],
                verdict,
            )
        )
        if verdict != "集中":
            break
        path.append((level, str(top["类别"])))
        first, last = (data[data[level] == top["类别"]] for data in (first, last))
        parent = float(top["变化"])
    columns = ["层级", "最大的一类", "前", "后", "变化", "占本层", "占总变化", "z", "判断"]
    return DrillDown(
        path=tuple(path),
        steps=pd.DataFrame(rows, columns=columns),
        branches=branches,
        before=start,
        after=end,
        concentrate=float(concentrate),
        exposure=times,
    )


def _read(table: pd.DataFrame, name: str, levels: list[str], count: str | None) -> pd.DataFrame:
    read_rows(table, [*levels, *([count] if count else [])], name)
    data = pd.DataFrame(
        {level: read_labels(table[level], f"{name}的{level}").to_numpy() for level in levels}
    )
    if count:
        data["件"] = require_range(table[count], f"{name}的{count}", 0)
    else:
        data["件"] = 1
    return data


def _shown(table: pd.DataFrame) -> list[tuple[str, float, float]]:
    """画哪几类：贡献最大的几类，其余合成一个。"""
    rows = [(row["类别"], row["变化"], row["占本层"]) for _, row in table.head(SHOWN).iterrows()]
    rest = table.iloc[SHOWN:]
    if len(rest) == 1:
        row = rest.iloc[0]
        rows.append((row["类别"], row["变化"], row["占本层"]))
    elif len(rest):
        rows.append((f"其余 {len(rest)} 类", rest["变化"].sum(), rest["占本层"].sum()))
    return rows


def _box(ax: Axes, x: float, y: float, text: str, *, chosen: bool) -> None:
    from matplotlib.patches import FancyBboxPatch

    colour = COLOURS["bad"] if chosen else "#C8C8C8"
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.4, y - 0.36),
            0.8,
            0.72,
            boxstyle="round,pad=0.01,rounding_size=0.06",
            facecolor="#FDEEE4" if chosen else "#F7F7F7",
            edgecolor=colour,
            linewidth=1.8 if chosen else 1.0,
        )
    )
    ax.text(x, y, text, ha="center", va="center", fontsize=10, linespacing=1.35)

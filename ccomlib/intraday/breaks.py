"""小休调整：把小休从缺人的时段挪到有余的时段，怎样挪得最少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BreakPlan", "reallocate_breaks"]


@dataclass(frozen=True, eq=False)
class BreakPlan(Result):
    """小休的新安排。由 ``reallocate_breaks`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一次小休，列：工号、原时段、新时段、移动（时段数，负数是提前）。"""
    slots: pd.DataFrame
    """逐时段，列：时段、在岗人数、需求人数、原小休、新小休、原缺口、新缺口。"""

    @property
    def moves(self) -> pd.DataFrame:
        """要挪动的那些。"""
        return self.table[self.table["移动"] != 0].reset_index(drop=True)

    @property
    def shortage(self) -> tuple[float, float]:
        """调整前后的缺口合计（人·时段）。"""
        return float(self.slots["原缺口"].sum()), float(self.slots["新缺口"].sum())

    def summary(self) -> pd.DataFrame:
        """要挪动的小休；不必挪时列出逐时段的余缺。"""
        return self.slots if self.moves.empty else self.moves

    def plot(self, ax: Axes | None = None) -> Axes:
        """调整前后真正在线的人数，与需求比。"""
        ax = new_axes(ax)
        x = np.arange(len(self.slots))
        staffed = self.slots["在岗人数"]
        ax.bar(x, self.slots["需求人数"], color=COLOURS["grey"], alpha=0.35, label="需求人数")
        ax.step(
            x,
            staffed - self.slots["原小休"],
            where="mid",
            color=COLOURS["bad"],
            ls="--",
            label="调整前在线",
        )
        ax.step(
            x,
            staffed - self.slots["新小休"],
            where="mid",
            color=COLOURS["main"],
            lw=2,
            label="调整后在线",
        )
        slot_axis(ax, self.slots["时段"])
        before, after = self.shortage
        ax.set(
            title=f"小休调整：缺口由 {before:g} 到 {after:g} 人·时段，挪 {len(self.moves)} 次",
            xlabel="时段",
            ylabel="人数（人）",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        before, after = self.shortage
        if before == 0:
            return "没有缺人的时段，小休不必调整。"
        if self.moves.empty:
            return f"缺口 {before:g} 人·时段，挪小休减不了：请动用机动，或放宽可挪的范围。"
        tail = "" if after == 0 else f"，剩下的 {after:g} 要靠机动"
        return (
            f"挪 {len(self.moves)} 次小休，缺口由 {before:g} 减到 {after:g} 人·时段{tail}；"
            "每人仍有一样多的小休，挪之前要先问本人，并避开刚做完难缠电话的人。"
        )


def reallocate_breaks(
    breaks: pd.DataFrame,
    staffing: pd.DataFrame,
    *,
    now: Any = None,
    most_move: int = 2,
    staffed: str = "在岗人数",
    need: str = "需求人数",
) -> BreakPlan:
    """小休怎样挪，缺口最小、挪得最少？

    Parameters
    ----------
    breaks : 一行一次小休（占一个时段），列 工号、时段；可有 最早、最晚（可挪到的时段），
        没有就在前后 most_move 个时段之内。
    staffing : 按时间排好的时段，列 时段、staffed（没有扣小休的在岗人数）、need。
    now : 现在的时段；早于它的小休已经休过，不动，也不能挪到过去。不给则都可以挪。
    most_move : 最多提前或推后几个时段（教学约定）。
    staffed, need : 列名。

    Returns
    -------
    BreakPlan
        每次小休的新时段与各时段的余缺。

    Raises
    ------
    ValueError
        缺列、时段重复、小休的时段不在表里、同一人同一时段两次小休、小休比在岗的人多、最早晚于最晚。

    Notes
    -----
    整数规划：先使 Σ缺口 最小，再使挪动最少、最近；一人的几次小休不挪到同一时段。

    Examples
    --------
    >>> day = pd.DataFrame({"时段": ["10:00", "10:15", "10:30", "10:45"],
    ...                     "在岗人数": [10, 10, 10, 10], "需求人数": [8, 10, 7, 7]})
    >>> rest = pd.DataFrame({"工号": ["A1", "A2", "A3"], "时段": ["10:00", "10:15", "10:15"]})
    >>> plan = reallocate_breaks(rest, day)
    >>> plan.shortage, plan.table["新时段"].tolist()
    ((2.0, 0.0), ['10:00', '10:30', '10:30'])
    """
    require_columns(staffing, ["时段", staffed, need], "时段表（staffing）")
    require_columns(breaks, ["工号", "时段"], "小休表（breaks）")
    if staffing.empty or breaks.empty:
        raise ValueError("时段表或小休表没有行：请核对数据。")
    names = staffing["时段"].astype(str).tolist()
    place = {name: row for row, name in enumerate(names)}
    if len(place) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"时段表里 {twice} 出现两次：请先取出一个队列、一天。")
    seats = require_range(staffing[staffed].set_axis(names), staffed, 0)
    wanted = require_range(staffing[need].set_axis(names), need, 0)
    if isinstance(most_move, bool) or most_move != int(most_move) or most_move < 0:
        raise ValueError(f"most_move 是 {most_move!r}，应是不小于 0 的整数。")
    first = 0 if now is None else _find(place, now, "now")
    people = breaks["工号"].tolist()
    old = np.array(
        [
            _find(place, slot, f"{who} 的小休")
            for who, slot in zip(people, breaks["时段"], strict=True)
        ]
    )
    pairs = pd.Series(list(zip(people, old, strict=True)))
    if pairs.duplicated().any():
        row = int(np.flatnonzero(pairs.duplicated())[0])
        raise ValueError(f"{people[row]} 在 {names[old[row]]} 有两次小休：请删去一行。")
    counts = np.bincount(old, minlength=len(names))
    over = np.flatnonzero(counts > seats)
    if len(over):
        raise ValueError(
            f"{names[over[0]]} 有 {counts[over[0]]} 次小休，而在岗只有 {seats[over[0]]:g} 人：请核对。"
        )
    windows = _windows(breaks, place, old, first, int(most_move), len(names))
    new = _solve(people, old, windows, seats, wanted)
    online = [seats - np.bincount(slots, minlength=len(names)) for slots in (old, new)]
    lack = [np.maximum(wanted - one, 0) for one in online]
    return BreakPlan(
        table=pd.DataFrame(
            {
                "工号": people,
                "原时段": [names[row] for row in old],
                "新时段": [names[row] for row in new],
                "移动": new - old,
            }
        ),
        slots=pd.DataFrame(
            {
                "时段": names,
                "在岗人数": seats,
                "需求人数": wanted,
                "原小休": counts,
                "新小休": np.bincount(new, minlength=len(names)),
                "原缺口": lack[0],
                "新缺口": lack[1],
            }
        ),
    )


def _find(place: dict[str, int], slot: Any, what: str) -> int:
    if str(slot) not in place:
        raise ValueError(f"{what}是 {slot!r}，时段表里没有：请用 {next(iter(place))} 这样的时段。")
    return place[str(slot)]


def _windows(
    breaks: pd.DataFrame, place: dict[str, int], old: np.ndarray, first: int, reach: int, last: int
) -> list[range]:
    """每次小休可以放的时段；已经休过的只能在原处。"""
    windows = []
    for row, slot in enumerate(old):
        low, high = slot - reach, slot + reach
        if "最早" in breaks.columns and pd.notna(breaks["最早"].iloc[row]):
            low = _find(place, breaks["最早"].iloc[row], "最早")
        if "最晚" in breaks.columns and pd.notna(breaks["最晚"].iloc[row]):
            high = _find(place, breaks["最晚"].iloc[row], "最晚")
        if low > high:
            raise ValueError(f"{breaks['工号'].iloc[row]} 的最早晚于最晚：请核对这一行。")
        if slot < first:
            windows.append(range(slot, slot + 1))
            continue
        found = range(max(low, first, 0), min(high, last - 1) + 1)
        windows.append(found if len(found) else range(slot, slot + 1))
    return windows


def _solve(
    people: list, old: np.ndarray, windows: list[range], seats: np.ndarray, need: np.ndarray
) -> np.ndarray:
    """整数规划：变量先是（小休，时段），后是各时段的缺口。"""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    pairs = [(row, slot) for row, window in enumerate(windows) for slot in window]
    size, count, slots = len(pairs), len(old), len(seats)
    which, where = (np.array(part) for part in zip(*pairs, strict=True))
    distance = np.abs(where - old[which])
    # 挪动的代价合计小于 1，缺口是整数时绝不会为少挪而多缺一人
    penalty = np.where(distance > 0, 0.5 + 0.4 * distance / max(1, distance.max()), 0.0) / (
        count + 1
    )
    cost = np.r_[penalty, np.ones(slots)]
    column = np.arange(size)
    once = coo_matrix((np.ones(size), (which, column)), (count, size + slots))
    shape = (slots, size + slots)
    rows, columns = np.r_[where, np.arange(slots)], np.r_[column, size + np.arange(slots)]
    cover = coo_matrix((np.r_[-np.ones(size), np.ones(slots)], (rows, columns)), shape)
    room = coo_matrix((np.ones(size), (where, column)), shape)
    codes = pd.factorize(pd.Series(people))[0]
    same, groups = np.unique(codes[which] * slots + where, return_inverse=True)
    apart = coo_matrix((np.ones(size), (groups, column)), (len(same), size + slots))
    result = milp(
        cost,
        integrality=np.r_[np.ones(size), np.zeros(slots)],
        bounds=Bounds(0, np.r_[np.ones(size), np.full(slots, np.inf)]),
        constraints=[
            LinearConstraint(once, 1, 1),
            LinearConstraint(cover, need - seats, np.inf),
            LinearConstraint(room, -np.inf, seats),
            LinearConstraint(apart, -np.inf, 1),
        ],
        options={"mip_rel_gap": 0},
    )
    if result.x is None:
        raise ValueError("在最早与最晚之内放不下全部小休（同一人两次或人太少）：请放宽这些范围。")
    new = old.copy()
    chosen = result.x[:size] > 0.5
    new[which[chosen]] = where[chosen]
    return new

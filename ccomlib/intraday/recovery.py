"""补救：今天已经落后了，剩下的时段要多少人才能把全天拉回来？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import slot_axis
from ccomlib.erlang import offered_load, performance, required_agents
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Recovery", "recovery_staffing"]

HIGHEST, LOWEST = 0.99, 0.01


@dataclass(frozen=True, eq=False)
class Recovery(Result):
    """把全天服务水平拉回目标所需的人数。由 ``recovery_staffing`` 得到，不直接构造。"""

    table: pd.DataFrame
    """剩余时段，列：时段、预测量、在岗人数、按计划的服务水平、需要人数、缺口。"""
    so_far: float
    """到现在的服务水平。"""
    needed: float
    """剩余时段要做到的服务水平；大于 1 就拉不回来，不大于 0 就已经稳了。"""
    expected: float
    """剩余时段人数不变时，全天会是多少。"""
    best: float
    """剩余来电全部在目标秒数内接起时，全天能到多少。"""
    goal: float
    aimed: float
    """算需要人数时用的服务水平：能拉回来就是 needed，拉不回来就是 goal。"""
    target: float

    @property
    def attainable(self) -> bool:
        """全天还拉得回目标吗（剩余时段做到 99% 以内）。"""
        return self.needed <= HIGHEST

    @property
    def most_short(self) -> int:
        """缺得最多的时段缺几人；都不缺为 0。"""
        return max(0, int(np.ceil(self.table["缺口"].max() - 1e-9)))

    def summary(self) -> pd.DataFrame:
        """逐时段：需要几人，缺几人。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """剩余各时段的在岗与需要人数，缺的涂红。"""
        ax = new_axes(ax)
        x = np.arange(len(self.table))
        staffed, need = self.table["在岗人数"], self.table["需要人数"]
        ax.bar(x, np.minimum(staffed, need), color=COLOURS["light"], label="已有的")
        short = np.maximum(need - staffed, 0)
        ax.bar(x, short, bottom=staffed, color=COLOURS["bad"], label="缺的")
        ax.step(x, staffed, where="mid", color=COLOURS["main"], label="在岗人数")
        slot_axis(ax, self.table["时段"])
        ax.set(
            title=f"剩余时段做到 {self.aimed:.0%}（{self.target:g} 秒）要几人",
            xlabel="时段",
            ylabel="人数（人）",
        )
        ax.set_ylim(0, 1.08 * max(staffed.max(), need.max()))
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        head = f"到现在 {self.so_far:.1%}，人数不变全天约 {self.expected:.1%}；要全天达到 {self.goal:.0%}，"
        if not self.attainable:
            return (
                f"{head}剩余时段要做到 {self.needed:.0%}，已拉不回来（最多 {self.best:.1%}）："
                f"不要为今天的数字透支人手，剩余时段按 {self.goal:.0%} 配人，最多缺 {self.most_short} 人。"
            )
        if self.needed <= LOWEST:
            return f"{head}剩余时段怎样都够了，按日常目标配人即可。"
        lack = f"最多缺 {self.most_short} 人" if self.most_short else "现有人数够用"
        return (
            f"{head}剩余时段要做到 {self.needed:.1%}，{lack}；"
            "按 Erlang 估算，前提是剩余时段的预测准、人马上能到位。"
        )


def recovery_staffing(
    rest: pd.DataFrame,
    offered: float,
    answered_in_target: float,
    *,
    goal: float = 0.8,
    calls: str = "预测量",
    aht: str = "平均处理时长",
    staffed: str = "在岗人数",
    target: float = 20,
    interval: float = 1800,
    patience: float | None = None,
) -> Recovery:
    """全天服务水平还拉得回来吗，剩余各时段要几人、缺几人？

    Parameters
    ----------
    rest : 剩余时段，按时间排好，列 时段、calls（更新后的预测）、aht（秒）、staffed。
    offered, answered_in_target : 到现在的呼入量与目标秒数内接起量（合计）。
    goal : 全天的服务水平目标。
    calls, aht, staffed : 列名。
    target : 服务水平的目标秒数。
    interval : 时段长度（秒）。
    patience : 平均耐心（秒）；给了用 Erlang A，不给用 Erlang C（人数不够的时段服务水平按 0 计）。

    Returns
    -------
    Recovery
        剩余要做到的服务水平、各时段需要人数与缺口。

    Raises
    ------
    ValueError
        缺列、没有剩余时段、接起多于呼入、数值不合法、剩余没有来电。

    Notes
    -----
    剩余要做到 = (目标 × (已呼入 + 剩余) − 已接起) ÷ 剩余；各时段都按这个水平用 Erlang 反推人数。

    Examples
    --------
    >>> rest = pd.DataFrame({"时段": ["14:00", "14:30"], "预测量": [100, 100],
    ...                      "平均处理时长": [180, 180], "在岗人数": [13, 15]})
    >>> result = recovery_staffing(rest, offered=400, answered_in_target=300)
    >>> round(result.needed, 3), result.table["缺口"].tolist()
    (0.9, [2.0, 0.0])
    """
    require_columns(rest, ["时段", calls, aht, staffed], "剩余时段表（rest）")
    if rest.empty:
        raise ValueError("剩余时段表（rest）没有行：全天已过，无从补救。")
    came = float(require_range(offered, "呼入量（offered）", 0))
    served = float(require_range(answered_in_target, "目标内接起量（answered_in_target）", 0))
    if served > came:
        raise ValueError(f"目标内接起量 {served:g} 多于呼入量 {came:g}：请核对是否取错了列。")
    require_range(goal, "goal", 0, 1, above=True, below=True)
    names = rest["时段"].astype(str).tolist()
    volume = require_range(rest[calls].set_axis(names), calls, 0)
    seats = require_range(rest[staffed].set_axis(names), staffed, 0)
    handle = require_range(rest[aht].set_axis(names), aht, 0, above=True)
    left = float(volume.sum())
    if left == 0:
        raise ValueError(f"{calls}合计是 0：剩余没有来电，服务水平已成定局。")
    needed = (goal * (came + left) - served) / left
    aimed = float(np.clip(needed, LOWEST, HIGHEST)) if needed <= HIGHEST else goal
    options: dict[str, Any] = {"interval": interval, "target": target, "patience": patience}
    agents = np.asarray(required_agents(volume, handle, service_level=aimed, **options).agents)
    level = np.zeros(len(volume))
    able = np.ones(len(volume), dtype=bool)
    if patience is None:
        able = seats > offered_load(volume, handle, interval)
    if able.any():
        found = performance(volume[able], handle[able], seats[able], **options)
        level[able] = found.service_level
    level[volume == 0] = 1.0
    return Recovery(
        table=pd.DataFrame(
            {
                "时段": names,
                "预测量": volume,
                "在岗人数": seats,
                "按计划的服务水平": level,
                "需要人数": agents,
                "缺口": np.maximum(agents - seats, 0.0),
            }
        ),
        so_far=served / came if came else goal,
        needed=float(needed),
        expected=float((served + (level * volume).sum()) / (came + left)),
        best=(served + left) / (came + left),
        goal=float(goal),
        aimed=aimed,
        target=float(target),
    )

"""阶梯的级别：哪些信号算触发，触发了做什么、多久做到？"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

__all__ = ["DEFAULT", "Level", "check_levels", "conditions"]


@dataclass(frozen=True)
class Level:
    """阶梯的一级；给出的条件满足任何一条就触发。

    Parameters
    ----------
    name, action : 级别名称与动作。
    response_minutes : 发出指令到人上线的时限（分钟）。
    service_level_below : 滚动服务水平低于这个比例。
    queue_per_agent_above : 排队数 ÷ 在岗人数高于这个值（通/人）。
    asa_above : 平均应答速度高于这个秒数。
    load_above : 呼入量 ÷ 预测量高于这个值，1.2 即比预测多 20%。
    window : 服务水平滚动的分钟数。
    stand_down : 撤下这一级之前，要连续几个时段恢复。
    """

    name: str
    action: str
    response_minutes: float
    service_level_below: float | None = None
    queue_per_agent_above: float | None = None
    asa_above: float | None = None
    load_above: float | None = None
    window: float = 30
    stand_down: int = 2


DEFAULT = (
    Level(
        *("黄色", "推迟小休与培训，班组长巡场提醒", 5),
        service_level_below=0.75,
        queue_per_agent_above=0.15,
        asa_above=30,
        load_above=1.10,
    ),
    Level(
        *("橙色", "后台、质检、培训、班组长上线", 15),
        service_level_below=0.60,
        queue_per_agent_above=0.30,
        asa_above=60,
        load_above=1.25,
    ),
    Level(
        *("红色", "启用居家、兼职与自愿加班，跨技能与外包溢出，挂应急语音", 30),
        service_level_below=0.40,
        queue_per_agent_above=0.60,
        asa_above=120,
        load_above=1.50,
        window=15,
    ),
)


def conditions(level: Level) -> list[str]:
    """这一级给出的条件，一条一句。"""
    texts = {
        "service_level_below": f"{level.window:g} 分钟服务水平低于 {{:.0%}}",
        "queue_per_agent_above": "每席排队多于 {:g} 通",
        "asa_above": "平均应答速度慢于 {:g} 秒",
        "load_above": "呼入量超过预测的 {:.0%}",
    }
    found = ((text, getattr(level, field)) for field, text in texts.items())
    return [text.format(value) for text, value in found if value is not None]


def check_levels(levels: tuple[Level, ...], clear: float) -> None:
    """级别要有条件、由轻到重，触发线不高于撤回线 ``clear``。"""
    if not levels:
        raise ValueError("levels 是空的：请至少给一级。")
    for level in levels:
        if not conditions(level):
            raise ValueError(
                f"级别「{level.name}」没有任何条件：请至少给一条，如 service_level_below。"
            )
        if level.stand_down < 1:
            raise ValueError(f"级别「{level.name}」的 stand_down 是 {level.stand_down}，至少是 1。")
        if (level.service_level_below or 0) > clear:
            raise ValueError(
                f"级别「{level.name}」在 {level.service_level_below:.0%} 以下触发，高于撤回线 "
                f"{clear:.0%}：会一撤就又触发，请把撤回线设得更高。"
            )
    for field, sign in (
        ("service_level_below", -1),
        ("queue_per_agent_above", 1),
        ("asa_above", 1),
        ("load_above", 1),
    ):
        given = [(level.name, getattr(level, field)) for level in levels]
        given = [(name, value) for name, value in given if value is not None]
        for (first, low), (second, high) in pairwise(given):
            if sign * (high - low) < 0:
                raise ValueError(
                    f"级别「{second}」的 {field}（{high:g}）比「{first}」（{low:g}）更容易触发："
                    "请由轻到重排列。"
                )

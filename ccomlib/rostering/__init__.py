"""排班表：谁哪天上什么班，才合法、合意、公平？

``build_roster`` 把 日期 × 班次 的人数派到人：法律是硬约束，人性化、申请与公平是软约束。
"""

from ccomlib.rostering.build import build_roster
from ccomlib.rostering.result import Roster
from ccomlib.rostering.rules import Rules, Weights

__all__ = ["Roster", "Rules", "Weights", "build_roster"]

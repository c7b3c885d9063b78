"""控制图：这是日常波动，还是过程真的变了？

先问 ``choose_chart`` 用哪种图：量出来的用 ``xmr``、``xbar_r``、``xbar_s``，
数出来的用 ``p_chart``、``np_chart``、``c_chart``、``u_chart``，n 很大时用 ``laney_p``、``laney_u``。
默认按 6、8、1、3、5 判特殊原因，每条规则都可以改（``Rule``、``rule_set``）；
``chart.extend`` 用基期的界限接着画新的数据；``run_length`` 算误报的代价。
"""

from __future__ import annotations

from .attributes import c_chart, laney_p, laney_u, np_chart, p_chart, u_chart
from .chart import ControlChart
from .choose import ChartChoice, choose_chart
from .constants import Constants, control_constants
from .limits import Limits
from .rules import RULE_SETS, Rule, rule_set
from .run_length import RunLength, run_length
from .variables import special_causes, xbar_r, xbar_s, xmr

__all__ = [
    "RULE_SETS",
    "ChartChoice",
    "Constants",
    "ControlChart",
    "Limits",
    "Rule",
    "RunLength",
    "c_chart",
    "choose_chart",
    "control_constants",
    "laney_p",
    "laney_u",
    "np_chart",
    "p_chart",
    "rule_set",
    "run_length",
    "special_causes",
    "u_chart",
    "xbar_r",
    "xbar_s",
    "xmr",
]

"""优化排班：每个班次各放几个人，才贴着需求走？

先把班次表变成覆盖矩阵（``shift_coverage``），数班表上每个时段有几个人（``heads``），再求各班次的人数（``optimise_shifts``），
用排班拟合、覆盖率、有效率（``fit``）说出贴得多紧。
"""

from ccomlib.scheduling.fitting import Fit, fit
from ccomlib.scheduling.heads import heads
from ccomlib.scheduling.optimise import optimise_shifts
from ccomlib.scheduling.plan import ShiftPlan
from ccomlib.scheduling.shifts import shift_coverage, stagger_meals

__all__ = [
    "Fit",
    "ShiftPlan",
    "fit",
    "heads",
    "optimise_shifts",
    "shift_coverage",
    "stagger_meals",
]

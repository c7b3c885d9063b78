"""人员流失：走了多少、走得多快、谁在早走、为什么走？

``monthly`` 从花名册算逐月流失率（只有人数时用 ``monthly_counts``），``annualise`` 折成年，
``tenure_survival`` 画留任曲线，``early_leavers`` 看头 90 天，``leaver_reasons`` 拆原因。
"""

from .annual import Annual, annualise
from .early import EarlyLeavers, early_leavers
from .monthly import MonthlyAttrition, monthly, monthly_counts
from .reasons import INVOLUNTARY, LeaverReasons, leaver_reasons
from .survival import TenureSurvival, log_rank, tenure_survival

__all__ = [
    "INVOLUNTARY",
    "Annual",
    "EarlyLeavers",
    "LeaverReasons",
    "MonthlyAttrition",
    "TenureSurvival",
    "annualise",
    "early_leavers",
    "leaver_reasons",
    "log_rank",
    "monthly",
    "monthly_counts",
    "tenure_survival",
]

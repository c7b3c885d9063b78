"""投诉：信息收全了吗，话说对了吗，办得怎样，有没有再来、有没有往上告，先改什么？

收集用 ``intake_completeness``、``merge_duplicates``；处理用 ``check_empathy``、``assign_steps``；
管理用 ``handling_indicators``、``repeats``、``escalations``；改善用 ``improvement_ranking``。
"""

from .empathy import EmpathyCheck, EmpathyReview, check_empathy, review_empathy
from .escalation import Escalations, escalations
from .improvement import ImprovementRanking, improvement_ranking
from .indicators import HandlingIndicators, handling_indicators
from .intake import FIELDS, Completeness, Merged, intake_completeness, merge_duplicates
from .linking import Repeats, repeats
from .steps import MEANING, SIX_STEPS, UNKNOWN, StepCheck, assign_steps, check_steps

__all__ = [
    "FIELDS",
    "MEANING",
    "SIX_STEPS",
    "UNKNOWN",
    "Completeness",
    "EmpathyCheck",
    "EmpathyReview",
    "Escalations",
    "HandlingIndicators",
    "ImprovementRanking",
    "Merged",
    "Repeats",
    "StepCheck",
    "assign_steps",
    "check_empathy",
    "check_steps",
    "escalations",
    "handling_indicators",
    "improvement_ranking",
    "intake_completeness",
    "merge_duplicates",
    "repeats",
    "review_empathy",
]

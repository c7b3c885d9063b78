"""培训：先开哪些课，什么时候开，讲师与课件谁起作用，学会了没有，用上了没有？

计划：``training_plan``、``training_slots``、``forgetting_curve``；
新人：``stage_gates``、``fit_learning_curve``；
效果：``paired_effect``、``trainer_courseware``、``difference_in_differences``。
"""

from .effect import PairedEffect, paired_effect
from .forgetting import ForgettingCurve, forgetting_curve, retention
from .learning_curve import LearningCurve, fit_learning_curve
from .plan import TrainingPlan, training_plan
from .stages import DEFAULT_GATES, Gate, StageGates, stage_gates
from .timing import TrainingSlots, training_slots
from .transfer import DifferenceInDifferences, difference_in_differences
from .two_way import TwoWay, trainer_courseware

__all__ = [
    "DEFAULT_GATES",
    "DifferenceInDifferences",
    "ForgettingCurve",
    "Gate",
    "LearningCurve",
    "PairedEffect",
    "StageGates",
    "TrainingPlan",
    "TrainingSlots",
    "TwoWay",
    "difference_in_differences",
    "fit_learning_curve",
    "forgetting_curve",
    "paired_effect",
    "retention",
    "stage_gates",
    "trainer_courseware",
    "training_plan",
    "training_slots",
]

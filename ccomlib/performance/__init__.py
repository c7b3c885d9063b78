"""绩效：指标写清楚了吗，目标与分数怎么定，公式与战略、员工、技能一致吗，谁要改进？

按绩效计划的次序：``check_dictionary`` → ``set_target`` → ``score``、``score_people`` →
``strategy_alignment``、``employee_alignment``、``skill_decomposition`` →
``process_decomposition`` → ``improvement_list``；``templates`` 是前后台的示例。
"""

from .alignment import Alignment, employee_alignment, strategy_alignment
from .dictionary import DictionaryCheck, check_dictionary
from .improvement import ImprovementList, improvement_list
from .people import Scorecard, score_people
from .process import ProcessDecomposition, process_decomposition
from .scoring import score
from .skills import SkillDecomposition, skill_decomposition
from .target import Target, set_target
from .templates import templates

__all__ = [
    "Alignment",
    "DictionaryCheck",
    "ImprovementList",
    "ProcessDecomposition",
    "Scorecard",
    "SkillDecomposition",
    "Target",
    "check_dictionary",
    "employee_alignment",
    "improvement_list",
    "process_decomposition",
    "score",
    "score_people",
    "set_target",
    "skill_decomposition",
    "strategy_alignment",
    "templates",
]

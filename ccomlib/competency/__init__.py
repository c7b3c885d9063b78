"""胜任力与知识：要求什么、缺什么、按什么次序学、知识库信得过吗？

``competency_gaps`` 找差距，``known_groups`` 验证能力项有没有用，``learning_map`` 排学习次序，
``check_cards`` 与 ``knowledge_tree`` 查知识卡片。
"""

from .cards import CardCheck, check_cards
from .gaps import CompetencyGaps, competency_gaps
from .learning_map import LearningMap, learning_map
from .tree import KnowledgeTree, knowledge_tree
from .validity import KnownGroups, known_groups

__all__ = [
    "CardCheck",
    "CompetencyGaps",
    "KnowledgeTree",
    "KnownGroups",
    "LearningMap",
    "check_cards",
    "competency_gaps",
    "knowledge_tree",
    "known_groups",
    "learning_map",
]

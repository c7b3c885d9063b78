"""班务好坏的 3 标准：这张班表利用率、人性化、公平性怎么样？"""

from ccomlib.criteria.evaluate import evaluate
from ccomlib.criteria.fairness import gini
from ccomlib.criteria.result import RosterEvaluation
from ccomlib.rostering.rules import Rules

__all__ = ["RosterEvaluation", "Rules", "evaluate", "gini"]

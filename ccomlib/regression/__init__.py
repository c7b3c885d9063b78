"""回归：几个因素合起来能解释多少，各占多大分量，模型站不站得住？"""

from .fit import fit
from .result import Regression

__all__ = ["Regression", "fit"]

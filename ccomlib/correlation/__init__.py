"""相关：两个指标是不是一起变，这个相关系数可不可信？

关联分析与相关分析是同一个工具。最常用的是 ``correlate``：系数、区间、检验、散点图，
并点名小样本、离群点、全距受限、分组相反与“部分在整体里”这几个陷阱。
"""

from ccomlib.coefficients import critical_r
from ccomlib.multiplicity import holm

from .inference import RDifference, RTest, compare_r, r_test
from .item_total import ItemTotal, item_total
from .matrix import CorrelationMatrix, correlation_matrix
from .pair import Correlation, correlate

__all__ = [
    "Correlation",
    "CorrelationMatrix",
    "ItemTotal",
    "RDifference",
    "RTest",
    "compare_r",
    "correlate",
    "correlation_matrix",
    "critical_r",
    "holm",
    "item_total",
    "r_test",
]

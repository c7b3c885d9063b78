"""题目分析：哪些题太难太易、分不出好坏，整份卷子靠得住吗？"""

from .items import ItemAnalysis, item_analysis
from .reliability import Reliability, cronbach_alpha, kr20

__all__ = ["ItemAnalysis", "Reliability", "cronbach_alpha", "item_analysis", "kr20"]

"""质检：评分表怎样算分，各级人员都监控到了吗，条目有没有用，流程哪个节点最差？

人员质检用 ``scorecard`` 算分、``coverage`` 查覆盖、``review_items`` 优化评分表；
流程质检用 ``process_nodes``（只有节点合计时用 ``node_counts``）。
"""

from .coverage import LEVELS, Coverage, coverage
from .items import ItemReview, review_items
from .process import ProcessQuality, node_counts, process_nodes
from .scorecard import QualityScores, Scorecard, scorecard

__all__ = [
    "LEVELS",
    "Coverage",
    "ItemReview",
    "ProcessQuality",
    "QualityScores",
    "Scorecard",
    "coverage",
    "node_counts",
    "process_nodes",
    "review_items",
    "scorecard",
]

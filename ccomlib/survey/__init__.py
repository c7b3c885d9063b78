"""满意度调查：问多少人、问谁，分数是多少，误差有多大，谁的分数可以排名？

次序是 ``sample_size`` 定份数 → ``allocate`` 分到各层 → ``response_check`` 看谁没有回复 →
``csat``、``nps`` 算分数 → ``post_stratify`` 还原总体 → ``rank_groups`` 排名（样本不足的不排）。
"""

from .proportion import Proportion, TwoProportions, compare_proportions, wilson
from .ranking import Ranking, rank_groups
from .response import NonResponse, response_check
from .sample_size import SampleSize, sample_size
from .scores import Csat, Nps, csat, nps
from .strata import Allocation, allocate
from .weighting import Weighted, post_stratify

__all__ = [
    "Allocation",
    "Csat",
    "NonResponse",
    "Nps",
    "Proportion",
    "Ranking",
    "SampleSize",
    "TwoProportions",
    "Weighted",
    "allocate",
    "compare_proportions",
    "csat",
    "nps",
    "post_stratify",
    "rank_groups",
    "response_check",
    "sample_size",
    "wilson",
]

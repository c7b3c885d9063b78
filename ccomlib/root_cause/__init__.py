"""根源分析：变化从哪里来，源头在哪个产品、渠道、节点、人？

``pareto`` 看谁多，``contribution`` 看谁在变，``rate_mix`` 分清率变了还是比重变了，
``drill_down`` 一路追到源头，``fishbone`` 与 ``five_why`` 画出原因。
"""

from .contribution import Contribution, contribution
from .drill import DrillDown, drill_down
from .fishbone import Fishbone, fishbone
from .five_why import FiveWhy, five_why
from .pareto import Pareto, pareto
from .rate_mix import RateMix, rate_mix

__all__ = [
    "Contribution",
    "DrillDown",
    "Fishbone",
    "FiveWhy",
    "Pareto",
    "RateMix",
    "contribution",
    "drill_down",
    "fishbone",
    "five_why",
    "pareto",
    "rate_mix",
]

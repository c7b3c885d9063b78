"""校准：不同的人打分，是同一把尺子吗？

先用 ``advise`` 弄清该用哪一个；两人打分用 ``ttest`` 与 ``tost``
（差里有离群、不正态用 ``signed_rank``），几个人打分用 ``calibrate``、
``icc``、``compare_raters``，判定与等级用 ``cohen_kappa``、``fleiss_kappa``、``attribute_agreement``。
「不显著」从来不等于「已校准」：要说一致，请用 ``tost``、``icc`` 或 kappa。
"""

from .advice import Advice, advise
from .attribute import AttributeAgreement, attribute_agreement
from .bias import Calibration, calibrate
from .equivalence import Equivalence, tost
from .fleiss import FleissKappa, fleiss_kappa
from .intraclass import ICC, icc
from .kappa import Kappa, cohen_kappa
from .ranks import SignedRank, signed_rank
from .raters import RaterComparison, compare_raters
from .scores import pivot_scores
from .ttests import TTest, ttest

__all__ = [
    "ICC",
    "Advice",
    "AttributeAgreement",
    "Calibration",
    "Equivalence",
    "FleissKappa",
    "Kappa",
    "RaterComparison",
    "SignedRank",
    "TTest",
    "advise",
    "attribute_agreement",
    "calibrate",
    "cohen_kappa",
    "compare_raters",
    "fleiss_kappa",
    "icc",
    "pivot_scores",
    "signed_rank",
    "tost",
    "ttest",
]

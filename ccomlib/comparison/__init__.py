"""对比：组与组差在平均，还是差在稳不稳，差异从哪里来？

``sd_analysis`` 是标准差过程分析法的全程：``sd_quadrants`` 看均值 × 标准差，``variance_split``
分组间与组内，``equal_variance`` 检验稳定程度，``step_shares`` 追到过程的步骤。
``anova`` 比平均，``benchmark_gap`` 量离标杆的差距，``minimum_variance`` 给最小方差的名次；
动手之前先用 ``mean_sample_size``、``mean_power`` 算要多少个才看得出差。
"""

from __future__ import annotations

from .anova import Anova, anova
from .benchmark import BenchmarkGap, benchmark_gap
from .minimum import INDICATORS, MinimumVariance, minimum_variance
from .power import MeanPower, mean_power, mean_sample_size
from .process import SdAnalysis, sd_analysis
from .quadrants import ADVICE, Quadrants, sd_quadrants
from .steps import StepShares, step_shares
from .variation import EqualVariance, VarianceSplit, equal_variance, variance_split

__all__ = [
    "ADVICE",
    "INDICATORS",
    "Anova",
    "BenchmarkGap",
    "EqualVariance",
    "MeanPower",
    "MinimumVariance",
    "Quadrants",
    "SdAnalysis",
    "StepShares",
    "VarianceSplit",
    "anova",
    "benchmark_gap",
    "equal_variance",
    "mean_power",
    "mean_sample_size",
    "minimum_variance",
    "sd_analysis",
    "sd_quadrants",
    "step_shares",
    "variance_split",
]

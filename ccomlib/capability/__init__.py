"""过程能力：稳定的过程够不够好，多少会超出要求？

``capability`` 用于量出来的指标，``proportion_capability`` 用于比例；都先核对受控与前提。
"""

from __future__ import annotations

from .normal import cpk_interval
from .proportion import ProportionCapability, proportion_capability
from .variable import Capability, capability

__all__ = [
    "Capability",
    "ProportionCapability",
    "capability",
    "cpk_interval",
    "proportion_capability",
]

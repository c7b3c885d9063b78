"""根源分析：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

TOOLS = (
    Tool(
        "root_cause.pareto",
        "少数几类占了大头吗？（帕累托图）",
        "根源",
        (
            Field("data", "类别（一件一行）", "labels", "二级原因"),
            Field("threshold", "累计到几成算关键的少数", "number", 0.8, optional=True),
        ),
        example="complaints",
    ),
)

"""工作台上有哪些工具？"""

from __future__ import annotations

from difflib import get_close_matches

from ccomlib.workbench.catalogue import (
    comparison,
    complaints,
    control,
    correlation,
    floor,
    forecasting,
    people,
    performance,
    quality,
    root_cause,
    survey,
    training,
)
from ccomlib.workbench.tool import Tool

__all__ = ["TOOLS", "tool"]

TOOLS: tuple[Tool, ...] = (
    *control.TOOLS,
    *correlation.TOOLS,
    *comparison.TOOLS,
    *root_cause.TOOLS,
    *survey.TOOLS,
    *people.TOOLS,
    *quality.TOOLS,
    *complaints.TOOLS,
    *performance.TOOLS,
    *training.TOOLS,
    *floor.TOOLS,
    *forecasting.TOOLS,
)


def tool(function: str) -> Tool:
    """按函数名找工具。

    Raises
    ------
    ValueError
        没有这个工具。

    Examples
    --------
    >>> tool("forecast.holt_winters").title
    '以后几期会有多少？（霍尔特-温特斯）'
    """
    for one in TOOLS:
        if one.function == function:
            return one
    close = get_close_matches(function, [one.function for one in TOOLS], 3, 0)
    raise ValueError(f"工作台上没有 {function!r}；名字相近的有：{'、'.join(close)}。")

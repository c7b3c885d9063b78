"""一个工具的演示：在虚拟中心的表上，用默认的列跑一遍。"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ccomlib import centre, erlang
from ccomlib.workbench.running import Answer, run
from ccomlib.workbench.source import Source, centre_source
from ccomlib.workbench.tool import Tool

__all__ = ["run_example"]


def run_example(tool: Tool) -> tuple[Source, Answer]:
    """用工具自带的演示数据跑一遍。

    Examples
    --------
    >>> from ccomlib.workbench.catalogue import tool
    >>> source, answer = run_example(tool("forecast.holt_winters"))
    >>> answer.code
    'forecast.holt_winters(table.set_index("日期")["呼入量"], 28, 7)'
    """
    source = centre_source(tool.example)
    if tool.only:
        source = source.only(*tool.only)
    if tool.grouped:
        source = source.grouped(*tool.grouped)
    if tool.spread:
        source = source.spread(*tool.spread)
    if tool.prepare:
        source = _prepared(source, tool.prepare)
    values = {field.name: field.shown for field in tool.fields}
    return source, run(tool, source.table, tool.code(values, tool.label))


def _prepared(source: Source, code: str) -> Source:
    names = {"table": source.table, "pd": pd, "centre": centre, "erlang": erlang}
    exec(code, names)
    return replace(source, code=f"{source.code}\n{code}", table=names["table"])

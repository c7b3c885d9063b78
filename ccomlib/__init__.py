"""CCOM 课程的统计工具：一个模块回答联络中心的一个问题。

``from ccomlib import erlang, centre, expect`` 即可使用；模块在用到时才载入。
``from ccomlib import *`` 只带来 `NAMES` 里的动词：模块叫 paper、check 这样的名字，
笔记本里同名的变量不能被它们顶掉。
"""

from __future__ import annotations

import importlib
from typing import Any

MODULES = (
    "attrition",
    "calibration",
    "capability",
    "capacity",
    "centre",
    "check",
    "comparison",
    "competency",
    "complaints",
    "constants",
    "control_chart",
    "correlation",
    "criteria",
    "erlang",
    "evaluation",
    "forecast",
    "intraday",
    "io",
    "item_analysis",
    "paper",
    "performance",
    "quality",
    "regression",
    "reserve",
    "root_cause",
    "rostering",
    "scheduling",
    "style",
    "survey",
    "traffic",
    "training",
    "views",
    "workbench",
)
NAMES = {
    "expect": "check",
    "answered": "check",
    "open_paper": "paper",
    "open_workbench": "workbench",
    "show_table": "display",
    "use_chinese": "style",
    "read_table": "io",
    "write_excel": "io",
}
# 课里用的动词：写明名字才来，``import *`` 不带来
LESSON_NAMES = {"guess": "guessing", "guesses": "guessing"}

__all__ = sorted(NAMES)


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return importlib.import_module(f"ccomlib.{name}")
    module = NAMES.get(name) or LESSON_NAMES.get(name)
    if module is not None:
        return getattr(importlib.import_module(f"ccomlib.{module}"), name)
    raise AttributeError(f"ccomlib 没有 {name!r}；可用的有：{'、'.join(__dir__())}")


def __dir__() -> list[str]:
    return sorted([*MODULES, *NAMES, *LESSON_NAMES])

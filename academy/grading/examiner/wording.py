"""How is a value named that could not come over?  In words that carry nothing from a hidden test.

The learner's process names it, and by then it may know what hidden tests have called its functions
with; learners read the verdict. So only words are repeated that a library has for a name, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

__all__ = ["OWN_THING", "UNKNOWN", "name_kind", "name_place"]

OWN_THING = "自己定义的对象"
UNKNOWN = "无法辨认的数据"
PHRASES = frozenset(
    [
        "层次太深的数据",
        "太大的数据",
        "模块",
        "时区",
        "类",
        "dtype",
        "的数组",
        "带函数的数据",
        "有遮住的值的数组",
        "名字不寻常的",
        UNKNOWN,
    ]
)
LONGEST = 80


def name_kind(kind: str) -> str:
    """A kind that the learner's process has named, if every word of it is known here.

    >>> name_kind("模块 sys"), name_kind("the answer is 42"), name_kind("层次太深的数据")
    ('模块 sys', '自己定义的对象', '层次太深的数据')
    """
    words = kind[:LONGEST].split(" ")
    return " ".join(words) if all(map(_is_known, words)) else OWN_THING


def name_place(sources: Iterable[str]) -> str:
    """The learner's own function whose answer it is; nothing of what a test asks else.

    >>> name_place(["f()"]), name_place([".total"]), name_place(["f()()"])
    ('f()', '', '')
    """
    for source in sources:
        if source.endswith("()") and source[:-2].isidentifier():
            return source
    return ""


def _is_known(word: str) -> bool:
    if word in PHRASES:
        return True
    return word.isidentifier() and any(
        word in getattr(module, "__dict__", ())
        for name, module in list(sys.modules.items())
        if name != "__main__"
    )

"""作答格里还没有填的 ____ 是什么？怎么算都还是没有填，要它给出值就说「还没有作答」。"""

from __future__ import annotations

import builtins
from typing import Any

from ccomlib.check.verdicts import NotAttempted
from ccomlib.notebook import BLANK_NAME

__all__ = ["BLANK", "Blank", "install_blank"]

UNFILLED = "还有 ____ 没有填：把它换成你的答案，再运行这一格。"
# 算式里有一处没有填，整个就没有填
KEPT = (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv",
    "mod", "rmod", "pow", "rpow", "matmul", "rmatmul", "and", "rand", "or", "ror", "xor", "rxor",
    "neg", "pos", "abs", "invert", "round", "eq", "ne", "lt", "le", "gt", "ge", "getitem", "call",
)  # fmt: skip
# 要一个真的值才行的地方
NEEDED = ("bool", "float", "int", "index", "complex", "iter", "len", "contains", "hash", "array")


class Blank:
    """还没有填的地方；全课只有一个。"""

    # numpy 遇到它，把算式让给它自己算
    __array_ufunc__ = None

    def __repr__(self) -> str:
        return BLANK_NAME

    def __getattr__(self, name: str) -> Blank:
        if name.startswith("_"):
            raise AttributeError(name)
        return self


def _kept(self: Blank, *_: Any, **__: Any) -> Blank:
    return self


def _needed(self: Blank, *_: Any, **__: Any) -> Any:
    raise NotAttempted(UNFILLED)


for _name in KEPT:
    setattr(Blank, f"__{_name}__", _kept)
for _name in NEEDED:
    setattr(Blank, f"__{_name}__", _needed)

BLANK = Blank()


def install_blank() -> None:
    """让每一格都认得 ____，没有填的一格不会说「没有这个名字」。"""
    setattr(builtins, BLANK_NAME, BLANK)

"""显示在哪里：笔记本的输出，还是一行行文字？"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

__all__ = ["has_screen", "show", "show_opening"]


def has_screen() -> bool:
    """是不是在 Jupyter 的内核里：控件与会更新的输出都要它。"""
    return hasattr(_shell(), "kernel")


def show(plain: str, page: str) -> None:
    """显示一段；不在笔记本里就打印文字。"""
    if _shell() is None:
        print(plain)
        return
    from IPython.display import display

    display({"text/plain": plain, "text/html": page}, raw=True)


def show_opening(text: str) -> Callable[[str], Any]:
    """显示一段 Markdown，交回把它换成另一段的办法。"""
    if _shell() is None:
        print(text)
        return print
    from IPython.display import display

    handle = display(_markdown(text), raw=True, display_id=True)
    return lambda new: handle.update(_markdown(new), raw=True)


def _markdown(text: str) -> dict[str, str]:
    return {"text/plain": text, "text/markdown": text}


def _shell() -> Any:
    module = sys.modules.get("IPython")
    return module.get_ipython() if module is not None else None

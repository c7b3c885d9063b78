"""措辞：数、日期与长标签，怎样写给人看？"""

from __future__ import annotations

import math
import re
from typing import Any

from ccomlib.display import WEEKDAYS

__all__ = ["WEEKDAYS", "amount", "date_text", "day_text", "p_text", "wrap"]

CLOSING = "，。；：、）」！？"


def amount(value: float) -> str:
    """数量写给人看：上百不写小数，上十写一位，再小写两位，整数就是整数。

    Parameters
    ----------
    value : 通数、秒数、人数这样的数。

    Examples
    --------
    >>> amount(224.952), amount(17.619), amount(1.07), amount(1200), amount(4.0)
    ('225', '17.6', '1.07', '1,200', '4')
    """
    size = abs(value)
    places = 0 if size >= 100 or value == round(value) else 1 if size >= 10 else 2
    return f"{value:,.{places}f}"


def p_text(p: float) -> str:
    """p 值写给人看：不写成 0。

    Parameters
    ----------
    p : 0 到 1。

    Returns
    -------
    str
        小于 0.1 的写四位小数，其余写两位。

    Examples
    --------
    >>> p_text(0.0312), p_text(0.4), p_text(3e-7)
    ('p = 0.0312', 'p = 0.40', 'p < 0.0001')
    """
    if p < 0.0001:
        return "p < 0.0001"
    return f"p = {p:.4f}" if p < 0.1 else f"p = {p:.2f}"


def date_text(value: Any, form: str = "%Y-%m-%d") -> str:
    """日期按 ``form`` 写成文字，别的值原样写出。

    Parameters
    ----------
    value : 日期、时刻，或一个名字。
    form : 日期的写法，如 ``"%m-%d"``。

    Examples
    --------
    >>> import pandas as pd
    >>> date_text(pd.Timestamp("2026-03-02")), date_text("周一")
    ('2026-03-02', '周一')
    """
    return f"{value:{form}}" if hasattr(value, "strftime") else str(value)


def day_text(value: Any, gap: str = " ") -> str:
    """图上的一天写成月-日与星期，别的值原样写出。

    Parameters
    ----------
    value : 日期，或一个名字。
    gap : 日期与星期之间；``"\\n"`` 分两行写。

    Examples
    --------
    >>> import pandas as pd
    >>> day_text(pd.Timestamp("2026-03-02")), day_text("周一")
    ('03-02 周一', '周一')
    """
    if not hasattr(value, "strftime"):
        return str(value)
    return f"{value:%m-%d}{gap}周{'一二三四五六日'[value.weekday()]}"


def wrap(text: str, columns: int) -> str:
    """长标签折成差不多长的几行，一行不过 ``columns`` 列，一个汉字算两列。

    数与英文词不拆开，收尾的标点不放行首。

    Parameters
    ----------
    text : 标签。
    columns : 一行最多几列。

    Returns
    -------
    str
        各行之间是换行符。

    Examples
    --------
    >>> wrap("上门时间没有提前通知", 12).splitlines()
    ['上门时间没', '有提前通知']
    """
    total = _columns(str(text))
    # 先算要几行，再均分，免得最后一行只剩一个字
    columns = min(columns, math.ceil(total / max(math.ceil(total / columns), 1)) + 1)
    lines, line, width = [], "", 0
    for piece in re.findall(r"[（「]?[!-~]+|[（「].|.", str(text)):
        size = _columns(piece)
        if line and width + size > columns and piece not in CLOSING:
            lines.append(line)
            line, width = "", 0
        line += piece
        width += size
    return "\n".join(part.strip() for part in [*lines, line])


def _columns(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)

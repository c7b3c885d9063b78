"""指标的方向：越高越好，还是越低越好？"""

from __future__ import annotations

from typing import Any

__all__ = ["HIGH", "LOW", "WORDS", "direction_sign"]

HIGH = "越高越好"
LOW = "越低越好"
WORDS = {
    HIGH: 1,
    "越大越好": 1,
    "高": 1,
    "high": 1,
    LOW: -1,
    "越小越好": -1,
    "越短越好": -1,
    "低": -1,
    "low": -1,
}


def direction_sign(text: Any, where: str = "方向") -> int:
    """方向写成 1（越高越好）或 −1（越低越好）；写得不明白就报错。

    >>> direction_sign("越低越好")
    -1
    >>> direction_sign("适中")
    Traceback (most recent call last):
    ValueError: 方向是 '适中'，看不出好坏：请写“越高越好”或“越低越好”。
    """
    sign = WORDS.get(str(text).strip())
    if sign is None:
        raise ValueError(f"{where}是 {text!r}，看不出好坏：请写“{HIGH}”或“{LOW}”。")
    return sign

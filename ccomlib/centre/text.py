"""文字列：几万行重复的文字怎样一次取好？"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

__all__ = ["SLOTS", "labels", "numbered", "numbered_labels"]

SLOTS = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(0, 1440, 30))


def labels(pool: Sequence[str] | np.ndarray, codes: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """按编号从 ``pool`` 里取文字，得到一列 ``str``。

    >>> list(labels(["咨询", "报修"], np.array([1, 0, 1])))
    ['报修', '咨询', '报修']
    """
    if not isinstance(pool, pd.api.extensions.ExtensionArray):
        pool = pd.array(np.asarray(pool, dtype=object), dtype="str")
    return pool.take(codes)


@cache
def numbered_labels(prefix: str, count: int, width: int) -> pd.api.extensions.ExtensionArray:
    """``numbered`` 的一列 ``str``；同样的编号只造一次，取用时请先复制。"""
    return pd.array(numbered(prefix, count, width), dtype="str")


def numbered(prefix: str, count: int, width: int) -> np.ndarray:
    """编号一览：前缀加补零的数字，从 1 数起。

    >>> numbered("A", 3, 3).tolist()
    ['A001', 'A002', 'A003']
    """
    value = np.arange(1, count + 1)[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10
    letters = np.tile(np.array([ord(c) for c in prefix]), (count, 1))
    points = np.hstack([letters, value + ord("0")]).astype(np.uint32)
    return points.view(f"U{points.shape[1]}").ravel().astype(object)

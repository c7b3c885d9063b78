"""设计与检验对得上吗：是不是同一批录音，方差等不等？"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ccomlib.coefficients import coefficient, critical_r
from ccomlib.validation import varies
from ccomlib.wording import p_text

__all__ = ["match_design", "signs"]


def match_design(kind: int, same_items: bool | None) -> None:
    if same_items is True and kind != 1:
        raise ValueError(
            f"同一批录音要用配对（kind=1），而不是 kind={kind}：录音的难易会混进误差，真差异就看不见。"
        )
    if same_items is False and kind == 1:
        raise ValueError("不是同一批对象，不能配对：请用 kind=3（不必假定方差相等）。")


def signs(
    a: pd.Series, b: pd.Series, kind: int, same_items: bool | None, p: float, tails: int
) -> list[str]:
    """设计与 kind 对不上的迹象。"""
    from scipy.stats import levene
    from scipy.stats import t as student

    x, y = a.to_numpy(), b.to_numpy()
    texts = []
    if kind == 1:
        if varies(x) and varies(y) and len(x) >= 5 and coefficient(x, y) < 0:
            texts.append("两列逐行并不同升同降，请核对是不是同一批、次序有没有错位")
        return texts
    same_labels = (
        not isinstance(a.index, pd.RangeIndex)
        and len(a) == len(b)
        and set(a.index) == set(b.index)
        and a.index.is_unique
    )
    y_paired = b.reindex(a.index).to_numpy() if same_labels else y
    linked = False
    if same_items is None and len(x) == len(y) >= 5 and varies(x) and varies(y):
        linked = coefficient(x, y_paired) > critical_r(len(x))
    if same_items is None and (same_labels or linked):
        gap = x - y_paired
        reason = "行标签相同" if same_labels else "逐行同升同降"
        text = f"两列{reason}，像是同一批录音，应当配对（kind=1）"
        if varies(gap, x, y):
            t = gap.mean() / (gap.std(ddof=1) / math.sqrt(len(gap)))
            paired = tails * float(student.sf(abs(t), len(gap) - 1))
            text += f"，那样 {p_text(paired)}，而不是 {p_text(p)}"
        texts.append(text)
    spreads = [np.abs(values - np.median(values)) for values in (x, y)]
    if kind == 2 and min(len(x), len(y)) > 2 and any(map(varies, spreads, (x, y))):
        unequal = float(levene(x, y, center="median").pvalue)
        if unequal < 0.05:
            texts.append(f"两组散开的程度不同（Brown-Forsythe {p_text(unequal)}），请改用 kind=3")
    return texts

"""系统导出的原始表：话务平台真实导出的文件，脏在哪里？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .columns import words
from .registry import part, table, truth
from .text import SLOTS, labels

__all__ = ["EXPORT_DAYS", "calls_export", "export_flaws_truth", "exported"]

EXPORT_DAYS = 56
FLAWS = (("缺失", 17), ("重复", 12), ("无数据", 9), ("空白", 8), ("负数", 5))
DASH = "--"


@part("咨询队列的导出表与瑕疵清单", stream="calls_export")
def exported(intervals: Intervals, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """咨询队列最近 8 周的导出表与瑕疵清单。

    Notes
    -----
    各格都是文字；缺失的行删去，重复的行紧跟原行，末尾多一行合计（按真实数值合计）。
    """
    data = intervals
    calls = data.calls[-EXPORT_DAYS:, :, 0].ravel()
    aht = data.aht[-EXPORT_DAYS:, :, 0].ravel()
    count = len(calls)
    busy = np.flatnonzero((calls > 0) & (np.arange(count) > 0))
    spots = rng.choice(busy, sum(size for _, size in FLAWS), replace=False)
    kind = np.full(count, "", dtype=object)
    kind[spots] = np.repeat([name for name, _ in FLAWS], [size for _, size in FLAWS])

    date = np.repeat(data.days.date[-EXPORT_DAYS:].astype(str), 48).astype(object)
    slot = np.tile(np.array(SLOTS, dtype=object), EXPORT_DAYS)
    call_text = calls.astype(str).astype(object)
    aht_text = np.array([f"{value:.1f}" for value in aht], dtype=object)
    call_text[kind == "无数据"] = DASH
    aht_text[kind == "无数据"] = DASH
    call_text[kind == "空白"] = ""
    call_text[kind == "负数"] = "-" + call_text[kind == "负数"]

    repeats = np.where(kind == "缺失", 0, np.where(kind == "重复", 2, 1))
    source = np.repeat(np.arange(count), repeats)
    total = f"{(calls * aht).sum() / calls.sum():.1f}"
    table = pd.DataFrame(
        {
            "日期": labels([*date, "合计"], np.append(source, count)),
            "时段": labels([*slot, ""], np.append(source, count)),
            "呼入量": labels([*call_text, str(calls.sum())], np.append(source, count)),
            "平均处理时长": labels([*aht_text, total], np.append(source, count)),
        }
    )
    ends = np.cumsum(repeats) - 1
    where = np.sort(spots)
    flaws = pd.DataFrame(
        {
            "行": np.append(np.where(kind[where] == "缺失", -1, ends[where]), len(source)),
            "日期": [*date[where], "合计"],
            "时段": [*slot[where], ""],
            "瑕疵": [*kind[where], "合计"],
            "真实呼入量": np.append(calls[where], calls.sum()),
        }
    )
    return table, flaws


@table(
    "平台导出的原始表",
    "咨询队列 × 半小时，8 周，文字，有瑕疵",
    columns=(
        words("日期", "哪一天；末行是“合计”"),
        words("时段", "半小时的开始时刻"),
        words("呼入量", "打进来的电话（通）；有空白、“--”与负数"),
        words("平均处理时长", "接起的电话平均处理多久（秒）"),
    ),
)
def calls_export(exported: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """咨询队列最近 8 周，各格都是文字，先清洗再用。"""
    return exported[0]


@truth("导出表的瑕疵（calls_export）：行（从 0 数，缺失为 -1）、日期、时段、瑕疵、真实呼入量")
def export_flaws_truth(exported: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """导出表的瑕疵，一处一行。"""
    return exported[1]

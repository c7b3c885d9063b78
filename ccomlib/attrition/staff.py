"""花名册：每个人从哪天起算、到哪天为止，算不算流失？"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ccomlib.reading import one_moment, read_labels, read_moments, read_rows

__all__ = ["DAY", "TRANSFER", "last_date", "read_staff", "tenure"]

TRANSFER = ("内部调动",)
DAY = np.timedelta64(1, "D")


def read_staff(
    staff: pd.DataFrame,
    *,
    person: str = "工号",
    hired: str = "入职日期",
    left: str = "离职日期",
    reason: str | None = None,
    transfers: Iterable[str] = TRANSFER,
) -> pd.DataFrame:
    """查好的花名册：工号、入职、离职（在册为 NaT）、原因、调动（不算流失的离开）。

    Raises
    ------
    ValueError
        缺列、工号空或重复、日期读不懂、离职早于入职。

    Examples
    --------
    >>> table = pd.DataFrame({"工号": ["A1", "A2"], "入职日期": ["2026-01-05", "2026-02-01"],
    ...                       "离职日期": [None, "2026-01-20"]})
    >>> read_staff(table)
    Traceback (most recent call last):
    ValueError: A2 的离职日期 2026-01-20 早于入职日期 2026-02-01：请核对。
    """
    read_rows(staff, [person, hired, left, *([reason] if reason else [])], "花名册")
    names = read_labels(staff[person], person)
    if names.duplicated().any():
        raise ValueError(
            f"{person} {names[names.duplicated()].iloc[0]} 出现不止一次："
            "一人一行；离职后再入职的请换一个工号。"
        )
    data = pd.DataFrame(
        {
            "工号": names,
            "入职": read_moments(staff[hired], hired).dt.normalize(),
            "离职": read_moments(staff[left], left, blank=True).dt.normalize(),
        },
        index=staff.index,
    )
    wrong = data["离职"] < data["入职"]
    if wrong.any():
        row = data[wrong].iloc[0]
        raise ValueError(
            f"{row['工号']} 的{left} {row['离职']:%Y-%m-%d} 早于{hired} "
            f"{row['入职']:%Y-%m-%d}：请核对。"
        )
    data["原因"] = ""
    if reason:
        gone = data["离职"].notna()
        data.loc[gone, "原因"] = read_labels(staff.loc[gone, reason], reason).to_numpy()
    data["调动"] = data["原因"].isin(list(transfers))
    return data


def last_date(data: pd.DataFrame, as_of: object | None) -> pd.Timestamp:
    """统计到哪一天；没有给就是花名册里最晚的日期。

    Examples
    --------
    >>> data = pd.DataFrame({"入职": pd.to_datetime(["2026-01-01"]), "离职": pd.to_datetime(["2026-02-01"])})
    >>> last_date(data, None), last_date(data, "2026-03-01")
    (Timestamp('2026-02-01 00:00:00'), Timestamp('2026-03-01 00:00:00'))
    """
    if as_of is not None:
        return one_moment(as_of, "as_of").normalize()
    return max(data["入职"].max(), data["离职"].max() if data["离职"].notna().any() else pd.NaT)


def tenure(data: pd.DataFrame, as_of: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    """每个人的在职天数与是否流失；统计日还在册的、内部调走的都按删失。

    Examples
    --------
    >>> table = pd.DataFrame({"工号": ["A1", "A2"], "入职日期": ["2026-01-01"] * 2,
    ...                       "离职日期": ["2026-01-31", None]})
    >>> days, gone = tenure(read_staff(table), pd.Timestamp("2026-03-02"))
    >>> days.tolist(), gone.tolist()
    ([30.0, 60.0], [True, False])
    """
    gone = (data["离职"].notna() & (data["离职"] <= as_of)).to_numpy()
    end = data["离职"].where(gone, as_of)
    days = ((end - data["入职"]) / DAY).to_numpy()
    return days, gone & ~data["调动"].to_numpy()

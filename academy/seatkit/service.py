"""How was a day answered?  Calls answered, in time and given up, worse where it is busy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from academy.seatkit.drawing import apart, draw

__all__ = ["attendance", "service_day"]


def service_day(
    rng: np.random.Generator,
    slots: Sequence[str],
    calls: np.ndarray,
    *,
    worst: float = 0.55,
    gone: float = 0.15,
    brief: float = 0.4,
    atol: float = 0.002,
) -> pd.DataFrame:
    """A row an interval: 时段 呼入量 接起量 20秒接起量 放弃量 短放弃量.

    On every seat the service level of the day differs with each denominator (offered, answered,
    offered without brief abandons) and from the mean of the intervals.

    Parameters
    ----------
    calls : offered calls of each interval.
    worst : service level of the busiest interval, of the offered calls.
    gone, brief : share given up in the busiest interval, and share of these within some seconds.
    atol : the item's tolerance.
    """
    busy = (calls - calls.min()) / np.ptp(calls)

    def make() -> pd.DataFrame:
        level = 0.96 - (0.96 - worst) * busy**1.5 + rng.uniform(-0.015, 0.015, len(calls))
        lost = rng.binomial(calls, 0.02 + (gone - 0.02) * busy)
        answered = calls - lost
        in_time = np.minimum(answered, np.round(calls * level)).astype(int)
        columns = {"呼入量": calls, "接起量": answered, "20秒接起量": in_time, "放弃量": lost}
        return pd.DataFrame({"时段": list(slots), **columns, "短放弃量": rng.binomial(lost, brief)})

    def good(table: pd.DataFrame) -> dict[str, bool]:
        day = table.drop(columns="时段").sum()
        base = table["呼入量"] - table["短放弃量"]
        right = day["20秒接起量"] / base.sum()
        return {
            "分母用错就不对": apart(
                right,
                day["20秒接起量"] / day["呼入量"],
                day["20秒接起量"] / day["接起量"],
                atol=atol,
            ),
            "各时段平均就不对": apart(right, (table["20秒接起量"] / base).mean(), atol=atol),
        }

    return draw(make, good, what="接听结果")


def attendance(
    rng: np.random.Generator,
    people: tuple[int, int],
    *,
    absent: int = 2,
    prefix: str = "D",
    atol: float = 0.001,
) -> pd.DataFrame:
    """A row a person: 工号 排班分钟 登录分钟 遵守分钟 备注; whole and half shifts.

    On every seat the adherence differs with minutes logged in, with the mean of the persons and
    with those on leave counted.

    Parameters
    ----------
    people : with whole and with half shifts.
    absent : how many have a leave that was granted (备注 「批假」).
    """
    size = sum(people)

    def make() -> pd.DataFrame:
        planned = np.repeat([480, 240], people)
        kept = np.where(planned == 480, rng.uniform(0.9, 0.98, size), rng.uniform(0.72, 0.88, size))
        followed = np.round(planned * kept).astype(int)
        columns = {"排班分钟": planned, "登录分钟": followed + rng.integers(8, 32, size)}
        table = pd.DataFrame({**columns, "遵守分钟": followed, "备注": ""})
        away = rng.choice(people[0], absent, replace=False)
        table.loc[away, ["登录分钟", "遵守分钟"]] = 0
        table.loc[away, "备注"] = "批假"
        number = np.sort(rng.choice(np.arange(2101, 2190), size, replace=False))
        table = table.iloc[rng.permutation(size)].reset_index(drop=True)
        table.insert(0, "工号", [f"{prefix}{n}" for n in number])
        return table

    def good(table: pd.DataFrame) -> dict[str, bool]:
        here = table[table["备注"] == ""]
        right = here["遵守分钟"].sum() / here["排班分钟"].sum()
        wrong = {
            "用登录分钟就不对": here["登录分钟"].sum() / here["排班分钟"].sum(),
            "各人平均就不对": (here["遵守分钟"] / here["排班分钟"]).mean(),
            "批假的也算就不对": table["遵守分钟"].sum() / table["排班分钟"].sum(),
        }
        return {name: apart(right, value, atol=atol) for name, value in wrong.items()}

    return draw(make, good, what="出勤")

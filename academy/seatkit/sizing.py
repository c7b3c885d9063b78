"""How many must be employed, held ready and called?  Tables in which every usual slip shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from academy.seatkit.drawing import apart, draw
from academy.seatkit.sheets import between, sheet

__all__ = ["leaning", "lost_hours", "mobilised", "sources"]


def lost_hours(
    rng: np.random.Generator,
    rows: Sequence[Sequence[Any]],
    need: tuple[int, int],
    *,
    columns: str,
    working: Sequence[str],
    away: Sequence[str],
    atol: float,
) -> tuple[pd.DataFrame, int]:
    """Where paid hours go, a row an item with its hours second, and the people needed online.

    On every seat the heads differ if the loss is multiplied on, if work is taken for a loss, if only
    absence is, and if they are rounded down or to the nearest.

    Parameters
    ----------
    rows : of a sheet; the first is all paid hours.
    need : least and greatest number of people online.
    working : items that are work and no loss.
    away : items of absence.
    """

    def make() -> tuple[pd.DataFrame, int]:
        return sheet(rng, columns, rows), between(*need).take(rng)

    def good(made: tuple[pd.DataFrame, int]) -> dict[str, bool]:
        table, online = made
        item, hours = table.columns[:2]
        given = table.set_index(item)[hours]
        paid, lost = given.iloc[0], given.iloc[1:].drop(list(working))
        rate = lost.sum() / paid
        wrong = [given.iloc[1:].sum() / paid, given[list(away)].sum() / paid]
        heads = online / (1 - rate)
        slips = [online * (1 + rate), *(online / (1 - one) for one in wrong)]
        return {
            "损耗率算错就不对": apart(rate, *wrong, rate / (1 - rate), tol=0, atol=atol),
            "人数算错就不对": all(np.ceil(one) != np.ceil(heads) for one in slips),
            "进位不靠最后一位小数": bool(0.1 < heads % 1 < 0.45),
        }

    return draw(make, good, what="损耗")


def leaning(
    rng: np.random.Generator, rows: pd.DataFrame, *, weekday: str = "周一", tol: float = 0.015
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Past errors of one interval (日期 星期 预测量 实际量 事件) and the forecast of a day ahead (预测量).

    The forecasts are too low, and knew nothing of events. On every seat the scaled forecast and the
    spread beyond chance come out wrong for who keeps the days with an event; the spread, for who leaves
    the lean or the chance in, or subtracts standard deviations.

    Parameters
    ----------
    rows : what came (日期 星期 呼入量 事件), a row a day.
    weekday : of the day the forecast is for.
    """
    size = len(rows)
    special = (rows["事件"] != "").to_numpy()
    came = rows["呼入量"].to_numpy()

    def make() -> tuple[pd.DataFrame, pd.DataFrame]:
        ratio = rng.uniform(1.06, 1.10) * rng.normal(1, 0.13, size).clip(0.7, 1.3)
        ratio[special] = rng.uniform(1.36, 1.44, special.sum())
        forecast = np.round(came / ratio).astype(int)
        columns = {"预测量": forecast, "实际量": came}
        table = rows[["日期", "星期"]].reset_index(drop=True).assign(**columns)
        usual = forecast[(rows["星期"] == weekday).to_numpy() & ~special].mean()
        planned = round(usual * rng.uniform(0.97, 1.03))
        return table.assign(事件=rows["事件"].to_numpy()), pd.DataFrame({"预测量": [planned]})

    def good(made: tuple[pd.DataFrame, pd.DataFrame]) -> dict[str, bool]:
        table, _ = made
        scale, spread, chance = _layers(table[table["事件"] == ""])
        dirty, dirty_spread, dirty_chance = _layers(table)
        if spread**2 - chance < 0.05**2:
            return {"碰巧以外还有散开": False}
        right = np.sqrt(spread**2 - chance)
        wrong = {
            "意外留着事件就不对": np.sqrt(max(0.0, dirty_spread**2 - dirty_chance)),
            "没有去掉偏差就不对": np.sqrt((spread * scale) ** 2 - chance),
            "没有去掉碰巧就不对": spread,
            "标准差直接相减就不对": spread - np.sqrt(chance),
            "没有开方就不对": spread**2 - chance,
        }
        even = 1 / (scale * table.loc[table["事件"] == "", "预测量"]).mean()
        same = abs(np.sqrt(max(0.0, spread**2 - even)) / right - 1) < 0.7 * tol
        return {
            "碰巧怎样平均都一样": bool(same),
            "改正留着事件就不对": apart(scale, dirty, 1.0, 2 - scale, 1 / scale, tol=tol, atol=0),
            **{name: apart(right, value, tol=tol, atol=0) for name, value in wrong.items()},
        }

    return draw(make, good, what="误差与预测")


def _layers(table: pd.DataFrame) -> tuple[float, float, float]:
    """Lean of the forecasts, spread once it is taken out, and the variance of chance."""
    scale = table["实际量"].sum() / table["预测量"].sum()
    spread = (table["实际量"] / (scale * table["预测量"])).std()
    return scale, spread, (1 / (scale * table["预测量"])).mean()


def mobilised(rng: np.random.Generator, times: int, *, tol: float) -> pd.DataFrame:
    """A row a mobilisation: 次 呼叫人数 到位人数 平均到位分钟; large ones come less and later.

    On every seat the mean of the rows is neither the share of all called nor the mean minutes.
    """

    def make() -> pd.DataFrame:
        called = rng.permutation(
            [*rng.integers(4, 7, times // 2), *rng.integers(14, 25, times - times // 2)]
        )
        share = np.where(called > 8, rng.uniform(0.55, 0.75, times), rng.uniform(0.8, 1, times))
        came = np.maximum(1, np.round(called * share)).astype(int)
        minutes = np.where(called > 8, rng.integers(12, 20, times), rng.integers(5, 10, times))
        columns = {"呼叫人数": called, "到位人数": came, "平均到位分钟": minutes}
        return pd.DataFrame({"次": np.arange(1, times + 1), **columns})

    def good(table: pd.DataFrame) -> dict[str, bool]:
        called, came, minutes = (table[name] for name in table.columns[1:])
        rate, mean = came.sum() / called.sum(), (came * minutes).sum() / came.sum()
        return {
            "各次平均就不对": apart(rate, (came / called).mean(), tol=tol, atol=0)
            and apart(mean, minutes.mean(), tol=tol, atol=0),
            "按呼叫人数加权就不对": apart(
                mean, (called * minutes).sum() / called.sum(), tol=tol, atol=0
            ),
        }

    return draw(make, good, what="动员记录")


def sources(
    rng: np.random.Generator, *, skill: str, other: str, minutes: int, hours: int, most: int = 36
) -> pd.DataFrame:
    """Four sources 甲 乙 丙 丁 (人数 技能 到位分钟 本月已加班小时); one alone can help in time and by law.

    It is not the quickest, the largest, nor the one with the least overtime.

    Parameters
    ----------
    skill, other : what is asked for, and what one of them has instead.
    minutes : by when they must be there.
    hours : how long they are needed, as overtime.
    most : hours of overtime a month that the law allows.
    """
    late, full = between(minutes + 10, minutes + 30), between(most - hours + 1, most)
    soon, free = between(3, minutes - 2), between(6, most - hours - 4)
    rows = [
        (between(5, 9), skill, soon, free),
        (between(5, 9), skill, late, free),
        (between(5, 9), other, soon, free),
        (between(5, 9), skill, soon, full),
    ]
    names = "人数 技能 到位分钟 本月已加班小时"

    def good(table: pd.DataFrame) -> dict[str, bool]:
        people, _, arrive, worked = (table[name] for name in names.split())
        return {
            "最快的不是它": arrive[0] > arrive[1:].min(),
            "人最多的不是它": people[0] < people[1:].max(),
            "加班最少的不是它": worked[0] > worked[1:].min(),
        }

    table = draw(lambda: sheet(rng, names, rows), good, what="机动来源")
    table = table.iloc[rng.permutation(4)].reset_index(drop=True)
    table.insert(0, "来源", list("甲乙丙丁"))
    return table

"""What does a seat's table ask one to decide?  Tables in which one of several choices is right.

The right choice is another from seat to seat, and on no seat is it the one that a rule of thumb
(the largest, the nearest total, the best average) would pick.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from academy.seatkit.calls import repeats
from academy.seatkit.clock import weekdays
from academy.seatkit.drawing import apart, draw
from academy.seatkit.samples import signs
from ccomlib import erlang

__all__ = ["blamed", "dispersed", "lendable", "plans", "rostered", "twins"]

INTERVAL = 1800


def twins(
    rng: np.random.Generator, actual: np.ndarray, off: np.ndarray, *, atol: float
) -> dict[str, np.ndarray]:
    """Two forecasts 甲 and 乙: on some seats the better one must first be scaled, on others it is as it is.

    Parameters
    ----------
    actual : what came.
    off : days on which the errors are larger.
    atol : the item's tolerance for an error rate.
    """
    biased = rng.random() < 0.5

    def make() -> dict[str, np.ndarray]:
        side = rng.choice([-1, 1])
        lean = side * np.where(off, rng.uniform(0.15, 0.19), rng.uniform(0.07, 0.10))
        even = signs(rng, len(actual))
        calm = np.where(off, rng.uniform(0.06, 0.09), rng.uniform(0.010, 0.025))
        if biased:  # as a whole too low or too high; the other errs both ways
            pair = [lean + rng.normal(0, 0.006, len(actual)), even * (calm + 0.035)]
        else:  # good as it is; the other leans too, and would err more even when scaled
            pair = [even * calm, 0.7 * lean + even * rng.uniform(0.07, 0.10, len(actual))]
        whole = [np.round(actual * (1 + error)).astype(int) for error in pair]
        return dict(zip(rng.permutation(["甲", "乙"]).tolist(), whole, strict=True))

    def good(pair: dict[str, np.ndarray]) -> dict[str, bool]:
        best, other = pair.values()
        total = actual.sum()
        raw = [np.abs(one - actual).sum() / total for one in (best, other)]
        lean = [abs(one.sum() / total - 1) for one in (best, other)]
        scaled = [np.abs(one * total / one.sum() - actual).sum() / total for one in (best, other)]
        slips = {
            "先算误差率再平均就不对": [
                (np.abs(one - actual) / actual).mean() for one in (best, other)
            ],
            "以预测为分母就不对": [np.abs(one - actual).sum() / one.sum() for one in (best, other)],
            "正负相抵就不对": lean,
        }
        if biased:
            chosen = lean[0] > 0.06 and lean[1] < 0.02 and scaled[0] < raw[1] - 0.015
            decided = chosen and raw[0] > raw[1] + 0.015
        else:
            decided = lean[0] < 0.02 and lean[1] > 0.04 and raw[0] < scaled[1] - 0.015
        fair = {name: apart(raw, wrong, tol=0, atol=atol) for name, wrong in slips.items()}
        return {**fair, "该用哪一份分得清": bool(decided)}

    made = draw(make, good, what="两份日预测")
    return {name: made[name] for name in ("甲", "乙")}


def lendable(
    rng: np.random.Generator,
    calls: Mapping[str, tuple[int, int]],
    *,
    aht: tuple[int, int],
    level: float,
    target: float,
) -> pd.DataFrame:
    """A row an interval (时段 预测量 平均处理时长 在岗人数); from one of them a person can be lent.

    The others would miss the service level; and it is not the interval with the most people, the
    fewest or shortest calls, the lowest occupancy or the most people beyond the load. In the busiest interval the
    people needed are none that a rule of thumb gives, nor those on duty.

    Parameters
    ----------
    calls : by interval, least and greatest number.
    aht : least and greatest mean handling time, seconds.
    level, target : service level and the seconds it speaks of.
    """
    names, size = list(calls), len(calls)
    ranges = list(calls.values())
    busiest = max(range(size), key=lambda place: ranges[place])

    def busy() -> pd.Series:
        low, high = ranges[busiest]
        made = {
            "预测量": rng.integers(low, high + 1),
            "平均处理时长": rng.integers(aht[0], aht[1] + 1),
        }
        needed = int(_needed(*made.values(), level, target))
        return pd.Series({**made, "在岗人数": needed - int(rng.integers(1, 3))})

    def found(row: pd.Series) -> dict[str, bool]:
        return {"最忙时段的人数猜不着": _guarded(row, level, target)}

    top = draw(busy, found, what="最忙的时段")

    def make() -> tuple[pd.DataFrame, int]:
        offered = np.array([rng.integers(low, high + 1) for low, high in ranges])
        handling = rng.integers(aht[0], aht[1] + 1, size)
        offered[busiest], handling[busiest] = top["预测量"], top["平均处理时长"]
        needed = _needed(offered, handling, level, target)
        lender = int(rng.choice([place for place in range(size) if place != busiest]))
        staff = needed - rng.integers(0, 2, size)
        staff[lender], staff[busiest] = needed[lender] + 1, top["在岗人数"]
        columns = {"预测量": offered, "平均处理时长": handling, "在岗人数": staff}
        return pd.DataFrame({"时段": names, **columns}), lender

    def good(made: tuple[pd.DataFrame, int]) -> dict[str, bool]:
        table, lender = made
        load = table["预测量"] * table["平均处理时长"] / INTERVAL
        staff = table["在岗人数"]
        tempting = {
            staff.idxmax(), table["预测量"].idxmin(), table["平均处理时长"].idxmin(),
            (load / staff).idxmin(), (staff - load).idxmax(),
        }  # fmt: skip
        return {
            "凭感觉挑的时段都不对": lender not in tempting,
            "人数都多过话务量": bool((staff > load + 1).all()),
        }

    return draw(make, good, what="可借人的时段")[0]


def blamed(
    rng: np.random.Generator, calls: np.ndarray, *, aht: tuple[int, int]
) -> dict[str, np.ndarray]:
    """Columns 预测量 预测时长 实际时长 需求人数 计划人数 在线人数 of a bad day with one main cause.

    The cause is more calls (来电), longer calls (时长), too few rostered (排班) or too few of them online
    (到岗); it costs on average more than three people an interval, and more than three times what any
    other one costs.

    Parameters
    ----------
    calls : actual calls of each interval.
    aht : least and greatest planned handling time, seconds.
    """
    size = len(calls)
    main = int(rng.integers(4))

    def make() -> dict[str, np.ndarray]:
        lost = rng.uniform(-0.4, 1.0, (4, size))
        lost[main] = rng.uniform(4, 6.5) * rng.uniform(0.8, 1.2, size)
        handling = rng.integers(aht[0], aht[1] + 1)
        planned = np.round(calls - lost[0] * INTERVAL / handling).astype(int)
        longer = np.round(handling + lost[1] * INTERVAL / calls).astype(int)
        need = np.array(_needed(planned, np.full(size, handling), 0.8, 20))
        staff = need - np.round(lost[2]).astype(int)
        online = staff - np.round(lost[3]).astype(int)
        columns = (planned, np.full(size, handling), longer, need, staff, online)
        names = ("预测量", "预测时长", "实际时长", "需求人数", "计划人数", "在线人数")
        return dict(zip(names, columns, strict=True))

    def good(made: dict[str, np.ndarray]) -> dict[str, bool]:
        costs = _costs(calls, made)
        rest = np.delete(costs, main)
        return {"主因分得清": bool(costs[main] > 3 and (costs[main] > 3 * rest).all())}

    return draw(make, good, what="一天的主因")


def dispersed(
    rng: np.random.Generator,
    dates: pd.DatetimeIndex,
    *,
    mean: tuple[int, int],
    mark: str,
    marked: np.ndarray,
    noted: str,
) -> pd.DataFrame:
    """One cell's repeats (日期 星期 呼入量 备注) whose spread has one reason, or none beyond chance.

    No reason; the marked days are of another kind; one day cannot count; a lasting change of level.
    The same two notes stand on every seat, so that only the numbers tell which it is.

    Parameters
    ----------
    mean : least and greatest calls.
    mark, marked : note of some days, and whether each day has it.
    noted : note of one other day: on some seats it cannot count, on the rest it is as usual.
    """
    kind = int(rng.integers(4))
    size = len(dates)

    def make() -> pd.DataFrame:
        level = rng.uniform(*mean)
        calls = repeats(rng, level, rng.uniform(0.01, 0.05), size).astype(float)
        notes = np.where(marked, mark, "").astype(object)
        day = int(rng.choice(np.flatnonzero(~marked)[2:-2]))
        notes[day] = noted
        if kind == 1:
            calls[marked] *= rng.uniform(1.6, 1.8)
        if kind == 2:
            calls[day] *= rng.uniform(0.1, 0.2)
        if kind == 3:
            calls[-int(rng.integers(8, 10)) :] *= rng.uniform(1.6, 1.8)
        rows = {"日期": dates, "星期": weekdays(dates), "呼入量": np.round(calls).astype(int)}
        return pd.DataFrame({**rows, "备注": notes})

    def good(table: pd.DataFrame) -> dict[str, bool]:
        calls = table["呼入量"].to_numpy()
        whole = _excess(calls)
        apart_ = max(_excess(calls[marked]), _excess(calls[~marked]))
        without = _excess(calls[(table["备注"] != noted).to_numpy()])
        return {
            "合起来散不散与设计相符": whole < 0.08 if kind == 0 else whole > 0.21,
            "分开以后散不散与设计相符": (apart_ < 0.09) == (kind in (0, 1)),
            "去掉那一天以后散不散与设计相符": (without < 0.09) == (kind in (0, 2)),
        }

    return draw(make, good, what="一格的历史")


def plans(rng: np.random.Generator, needed: np.ndarray, *, cap: float = 1.03) -> pd.DataFrame:
    """Four plans 甲 乙 丙 丁 for the same need; of those allowed one alone is never short by more than two.

    It is neither the nearest in total, nor does it have the best fit or cover: one that fits better
    lacks five or more people in each of two intervals, one whose total is exactly the need stands in
    the wrong intervals, and the one that covers most has more people than allowed.

    Parameters
    ----------
    needed : people by interval.
    cap : greatest total of a plan that is allowed, as a share of the need.
    """
    size, total = len(needed), needed.sum()

    def make() -> list[np.ndarray]:
        even = needed + signs(rng, size) * rng.integers(1, 3, size)
        peaked = needed + signs(rng, size) * rng.integers(0, 2, size)
        top = np.argsort(needed)[-int(rng.integers(4, 7)) :][:2]
        peaked[top] = needed[top] - rng.integers(5, 8, 2)
        late = int(rng.choice([-3, -2, 2, 3]))
        shifted = needed[(np.arange(size) - late).clip(0, size - 1)]
        while shifted.sum() != total:
            shifted[rng.integers(size)] += np.sign(total - shifted.sum())
        ample = needed + rng.integers(0, 4, size)
        ample[rng.choice(size, 3, replace=False)] -= 3
        return [even, peaked, shifted, ample]

    def good(made: list[np.ndarray]) -> dict[str, bool]:
        fit = [1 - np.abs(plan - needed).sum() / total for plan in made]
        cover = [np.minimum(plan, needed).sum() / total for plan in made]
        worst = [(needed - plan).max() for plan in made]
        whole = [plan.sum() / total for plan in made]
        return {
            "合适的只有一份": worst[0] <= 2 and worst[1] >= 5 and worst[2] >= 5,
            "合适的没有超编": max(whole[:3]) < cap - 0.005 and whole[3] > cap + 0.01,
            "合计最接近的不是它": made[0].sum() != total,
            "拟合最高的不是它": fit[1] > fit[0] + 0.005,
            "覆盖最高的不是它": cover[3] > max(cover[:3]) + 0.005,
        }

    made = draw(make, good, what="四份班表")
    order = rng.permutation(4)
    return pd.DataFrame({name: made[place] for name, place in zip("甲乙丙丁", order, strict=True)})


def rostered(
    rng: np.random.Generator, needed: np.ndarray, short: np.ndarray, *, atol: float
) -> np.ndarray:
    """People of a plan whose fit and cover come out wrong by every usual slip."""

    def make() -> np.ndarray:
        lean = np.where(
            short, -rng.uniform(0.08, 0.2, len(needed)), rng.uniform(0.05, 0.2, len(needed))
        )
        return np.round(needed * (1 + lean)).astype(int)

    def good(plan: np.ndarray) -> dict[str, bool]:
        total, gap, met = needed.sum(), plan - needed, np.minimum(plan, needed)
        fit, cover = 1 - np.abs(gap).sum() / total, met.sum() / total
        wrong = {
            "多的与缺的抵了就不对": [(1 - abs(gap.sum()) / total), min(plan.sum(), total) / total],
            "以排班为分母就不对": [1 - np.abs(gap).sum() / plan.sum(), met.sum() / plan.sum()],
            "只算缺的就不对": [cover, fit],
            "各时段平均就不对": [1 - (np.abs(gap) / needed).mean(), (met / needed).mean()],
            "排班除需求就不对": [plan.sum() / total, plan.sum() / total],
        }
        return {
            name: apart(fit, one, tol=0, atol=atol) and apart(cover, other, tol=0, atol=atol)
            for name, (one, other) in wrong.items()
        }

    return draw(make, good, what="现行班表")


def _needed(calls: np.ndarray, aht: np.ndarray, level: float, target: float) -> np.ndarray:
    found = erlang.required_agents(calls, aht, service_level=level, target=target).agents
    return np.asarray(found)


def _guarded(row: pd.Series, level: float, target: float) -> bool:
    """Whether the people needed are none that another target, period or rule of thumb gives."""
    calls, aht = float(row["预测量"]), float(row["平均处理时长"])
    load = calls * aht / INTERVAL

    def size(**change: float) -> int:
        given = {"service_level": level, "target": target, **change}
        return int(erlang.required_agents(calls, aht, **given).agents)

    right = size()
    thumbs = [int(np.ceil(load + z * np.sqrt(load))) for z in (0, 0.84, 1, 1.28, 1.645)]
    thumbs += [int(np.ceil(load / level)), int(np.ceil(load)) + 1, int(np.ceil(load / 0.85))]
    if right in [*thumbs, int(row["在岗人数"])]:
        return False
    others = (
        {"service_level": 0.8, "target": 20},
        {"service_level": 0.95},
        {"interval": 3600},
        {"patience": 120},
    )
    return all(size(**change) != right for change in others)


def _costs(calls: np.ndarray, made: Mapping[str, np.ndarray]) -> np.ndarray:
    """People that each cause of a bad day (`blamed`) costs on average."""
    return np.array(
        [
            ((calls - made["预测量"]) * made["预测时长"] / INTERVAL).mean(),
            (calls * (made["实际时长"] - made["预测时长"]) / INTERVAL).mean(),
            (made["需求人数"] - made["计划人数"]).mean(),
            (made["计划人数"] - made["在线人数"]).mean(),
        ]
    )


def _excess(calls: np.ndarray) -> float:
    calls = np.asarray(calls, dtype=float)
    mean = calls.mean()
    return float(np.sqrt(max(0.0, calls.var(ddof=1) / mean**2 - 1 / mean)))

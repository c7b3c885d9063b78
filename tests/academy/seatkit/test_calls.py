"""academy.seatkit.calls：水平、星期、时段、事件都能从来电里算回来；每格的超额离散系数正是设计的。"""

import numpy as np
import pandas as pd
import pytest

from academy.seatkit import Traffic, cells, curve, daily, repeats, slots, usual_traffic

SLOTS = slots("08:00", "22:00")
DATES = pd.date_range("2025-06-09", periods=280)
WEEK = np.array([1.2, 1.1, 1.0, 0.95, 1.0, 0.9, 0.85])
WORK = curve(SLOTS, [("10:00", 1.5, 1.0)])
REST = curve(SLOTS, [("19:00", 1.5, 1.0)])
TRAFFIC = Traffic(SLOTS, 2000, WEEK, WORK, REST)


def test_curve_adds_up_and_peaks_where_it_says():
    assert WORK.sum() == pytest.approx(1)
    assert SLOTS[WORK.argmax()] == "10:00"
    assert SLOTS[REST.argmax()] == "19:00"


def test_expected_calls_are_level_times_weekday_times_share():
    found = TRAFFIC.expected(DATES[:7], lift=2)

    assert found.sum(axis=1) == pytest.approx(2 * 2000 * WEEK)
    assert found[4] == pytest.approx(2 * 2000 * WEEK[4] * WORK)
    assert found[5] == pytest.approx(2 * 2000 * WEEK[5] * REST)


def test_planted_weekdays_and_shares_come_back_from_the_calls():
    table = TRAFFIC.history(np.random.default_rng(1), DATES)

    day = table.groupby(["日期", "星期"])["呼入量"].sum().groupby("星期").mean()
    work = table[~table["星期"].isin(["周六", "周日"])]
    share = work.groupby("时段")["呼入量"].sum() / work["呼入量"].sum()
    assert day["周一"] / day.mean() == pytest.approx(WEEK[0] / WEEK.mean(), rel=0.01)
    assert share["10:00"] == pytest.approx(WORK[SLOTS.index("10:00")], rel=0.02)
    assert list(table.columns) == ["日期", "星期", "时段", "呼入量", "事件"]


def test_events_lift_their_days_and_are_named():
    rng = np.random.default_rng(2)
    events = {DATES[2]: ("促销短信", 1.5)}

    table = TRAFFIC.history(rng, DATES[:14], events=events, noise=0)

    day = table.groupby("日期")["呼入量"].sum()
    assert day[DATES[2]] / 2000 == pytest.approx(1.5 * WEEK[2], rel=0.1)
    assert day[DATES[9]] / 2000 == pytest.approx(WEEK[2], rel=0.1)
    marks = table.groupby("日期")["事件"].max()
    assert marks[DATES[2]] == "促销短信"
    assert marks[DATES[9]] == ""
    # 周末用周末的曲线
    evening = table[table["时段"] == "19:00"].set_index("日期")["呼入量"] / day
    assert evening[DATES[5]] > 2 * evening[DATES[2]]


@pytest.mark.parametrize(("mean", "excess"), [(24, 0.045), (150, 0.147), (185, 0.29)])
def test_excess_of_a_cell_is_as_planted(streams, mean, excess):
    """超额离散系数 = √(离散系数² − 1 ÷ 均值)，标准差除以 n − 1；只差取整。"""
    for rng in streams:
        calls = repeats(rng, mean, excess, 12)
        cv = calls.std(ddof=1) / calls.mean()
        assert cv == pytest.approx((excess**2 + 1 / mean) ** 0.5, abs=0.015)
        assert (cv**2 - 1 / calls.mean() <= 0.01) == (excess < 0.1)


def test_cells_carry_their_names_and_leave_special_days_out_of_the_design(streams):
    days = pd.date_range("2025-02-10", periods=12, freq="7D")
    fault = {days[4]: ("系统故障", 0.3)}
    for rng in streams[:20]:
        table = cells(
            rng,
            {"队列": ["甲", "乙"], "时段": ["09:00", "10:00"]},
            [(150, 0.05), (120, 0.28)],
            [days, days],
            special=fault,
        )
        usual = table[table["事件"] == ""].groupby("队列")["呼入量"]
        excess = ((usual.std() / usual.mean()) ** 2 - 1 / usual.mean()).clip(lower=0) ** 0.5
        assert len(table) == 24
        assert excess["甲"] < 0.1 < 0.2 < excess["乙"]
        assert table.loc[table["事件"] == "系统故障", "日期"].eq(days[4]).all()
        low = table[table["事件"] != ""].set_index("队列")["呼入量"] / usual.mean()
        assert low.between(0.28, 0.32).all()


def test_usual_traffic_is_busiest_on_monday_and_quiet_at_weekends(streams):
    for rng in streams:
        traffic = usual_traffic(rng, SLOTS, level=(1500, 2200))
        day = traffic.expected(DATES[:7]).sum(axis=1)
        assert 1500 <= traffic.level <= 2200
        assert day.argmax() == 0
        assert set(np.argsort(day)[:2]) == {5, 6}


def test_days_are_the_sums_of_their_intervals():
    table = pd.DataFrame(
        {
            "日期": np.repeat(pd.date_range("2025-06-09", periods=3), 2),
            "星期": np.repeat(["周一", "周二", "周三"], 2),
            "呼入量": [1, 2, 3, 4, 5, 6],
        }
    )

    found = daily(table, 2)

    assert found["实际"].tolist() == [7, 11]
    assert found["星期"].tolist() == ["周二", "周三"]

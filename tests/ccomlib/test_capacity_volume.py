"""未来每个月的呼入量：手算的两年，春节换月份，报错。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import capacity

SPRING = {2023: ["2023-01-21", "2023-01-22"], 2024: ["2024-02-10", "2024-02-11"]}


def two_years(growth=0.1, spring=0.4):
    """平常每天 100 通（第二年 100 × (1 + growth)），春节是平常的四成。"""
    days = pd.DataFrame({"日期": pd.date_range("2023-01-01", "2024-12-31")})
    days["呼入量"] = np.where(days["日期"].dt.year == 2023, 100.0, 100.0 * (1 + growth))
    feast = days["日期"].isin(pd.to_datetime([day for year in SPRING.values() for day in year]))
    days["节假日"] = np.where(feast, "春节", "")
    days.loc[feast, "呼入量"] *= spring
    return days


def test_growth_and_months_match_the_hand_calculation():
    """手算：第三年每天 121 通，一月 31 天 3751 通，二月 28 天 3388 通。"""
    found = capacity.volume_forecast(two_years(), 2)

    assert found.growth == pytest.approx(0.1)
    assert found.table["呼入量"].tolist() == pytest.approx([3751, 3388])
    assert found.table.index.tolist() == ["25-01", "25-02"]


def test_a_feast_that_moves_leaves_both_months_as_they_are():
    """春节一年在一月，一年在二月：两个月的平常日均都不受影响，直接平均会低。"""
    days = two_years()
    found = capacity.volume_forecast(days, 2)
    naive = days.groupby(days["日期"].dt.month)["呼入量"].mean()

    assert found.table["平常日均"].tolist() == pytest.approx([121, 121])
    assert naive[1] < 0.99 * naive[3]


def test_the_feast_is_put_back_where_the_calendar_has_it():
    """手算：二月 28 天里 8 天只有四成，(28 − 8 × 0.6) × 121 = 2807.2。"""
    found = capacity.volume_forecast(two_years(), 2, holidays={"25-02": {"春节": 8}})

    assert found.holidays["春节"] == pytest.approx(0.4)
    assert found.table.loc["25-02", "呼入量"] == pytest.approx(2807.2)
    assert found.table["放假天数"].tolist() == [0, 8]


def test_the_second_year_ahead_grows_again():
    found = capacity.volume_forecast(two_years(), 13)

    usual = found.table["平常日均"]
    assert usual.iloc[12] == pytest.approx(1.1 * usual.iloc[0])


def test_a_given_growth_replaces_the_measured_one():
    found = capacity.volume_forecast(two_years(), 1, growth=0.0)

    assert found.growth == 0
    # 前一年 100、近一年 110，不增长的平均
    assert found.table["平常日均"].iloc[0] == pytest.approx(105)


def test_queues_are_added_up():
    one = two_years()
    both = pd.concat([one.assign(队列="甲"), one.assign(队列="乙")])

    total = capacity.volume_forecast(both, 1).table["呼入量"].iloc[0]

    assert total == pytest.approx(2 * capacity.volume_forecast(one, 1).table["呼入量"].iloc[0])


@pytest.mark.parametrize(
    ("holidays", "said"),
    [
        ({"24-02": {"春节": 8}}, "24-02 不在 25-01 到"),
        ({"25-02": {"中秋": 1}}, "「中秋」在日话务表里没有见过"),
    ],
)
def test_a_wrong_calendar_is_named(holidays, said):
    with pytest.raises(ValueError, match=said):
        capacity.volume_forecast(two_years(), 2, holidays=holidays)


def test_less_than_two_years_is_refused():
    days = two_years()
    with pytest.raises(ValueError, match="只有 23 个月"):
        capacity.volume_forecast(days[days["日期"] < "2024-12-01"], 2)


def test_sentence_and_picture_start_from_the_table():
    found = capacity.volume_forecast(two_years(), 3)
    ax = found.plot()

    assert "25-01 最多" in str(found)
    assert "年增长按 10.0%" in str(found)
    assert ax.get_ylim()[0] == 0

"""日历：国务院办公厅 2023 下半年至 2025 年放假通知。"""

import numpy as np
import pandas as pd

from ccomlib.centre.calendar import days


def test_weekday_agrees_with_pandas():
    period = days("2023-07-01", "2025-07-27")
    assert np.array_equal(period.weekday, pd.DatetimeIndex(period.date).day_of_week)
    assert np.array_equal(period.month, pd.DatetimeIndex(period.date).month)
    assert np.array_equal(period.day_of_month, pd.DatetimeIndex(period.date).day)


def test_2025_first_half_has_the_published_days_off():
    """元旦 1、春节 8、清明 3、劳动节 5、端午 3，共 20 天；调休 1/26、2/8、4/27。"""
    period = days("2025-01-01", "2025-06-29")
    assert period.free.sum() == 20
    assert period.date[period.makeup].astype(str).tolist() == [
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
    ]


def test_2024_has_the_published_days_off():
    """元旦 1、春节 8、清明 3、劳动节 5、端午 3、中秋 3、国庆 7，共 30 天；调休 8 天。"""
    period = days("2024-01-01", "2024-12-31")
    assert period.free.sum() == 30
    assert period.makeup.sum() == 8


def test_makeup_days_are_weekends_that_work():
    period = days("2023-07-01", "2025-06-29")
    assert (period.weekday[period.makeup] >= 5).all()
    assert not period.off[period.makeup].any()
    assert period.off[period.free].all()

"""ccomlib.traffic：系数找得回埋下的值，预测、报错与日历各守一条。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import centre, traffic

SLOTS = [f"{hour:02d}:{minute:02d}" for hour in range(8, 20) for minute in (0, 30)]
NAMES = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
WEEKDAY = np.array([1.30, 1.10, 1.05, 1.00, 1.00, 0.85, 0.70])
MONTH = np.array([0.9, 0.8, 1.0, 1.0, 1.1, 1.2, 1.3, 1.1, 0.9, 0.9, 0.8, 1.0])
SHARE = {
    "工作日": np.r_[np.linspace(1, 3, 12), np.linspace(3, 1, 12)] / 48,
    "周末": np.r_[np.linspace(1, 2, 12), np.linspace(2, 1, 12)] / 36,
}


def planted(start="2024-01-01", days=366, base=4000.0, growth=0.0, seed=None):
    """自带答案的历史：期望 = 基线 × 月 × 星期 × 占比；给了 seed 就是泊松来电，否则就是期望。"""
    dates = pd.date_range(start, periods=days)
    weekday, month = dates.day_of_week.to_numpy(), dates.month.to_numpy()
    years = np.arange(days) / 365
    level = base * (1 + growth) ** years * WEEKDAY[weekday] * MONTH[month - 1]
    share = np.where((weekday >= 5)[:, None], SHARE["周末"], SHARE["工作日"])
    calls = level[:, None] * share
    if seed is not None:
        calls = np.random.default_rng(seed).poisson(calls)
    return pd.DataFrame(
        {
            "日期": dates.repeat(len(SLOTS)),
            "时段": np.tile(SLOTS, days),
            "呼入量": calls.ravel(),
            "节假日": "",
            "事件": "",
        }
    )


@pytest.fixture(scope="module")
def exact():
    return traffic.build_model(planted())


def test_weekday_coefficients_are_the_planted_ones(exact):
    """没有随机时应精确找回：WEEKDAY 的平均是 7.00/7 = 1。"""
    assert exact.weekdays["系数"].tolist() == pytest.approx(WEEKDAY.tolist(), rel=1e-8)


def test_month_coefficients_are_the_planted_ones(exact):
    """没有随机时应精确找回：MONTH 的平均是 12.0/12 = 1；各月星期构成不同也不偏。"""
    assert exact.months["系数"].tolist() == pytest.approx(MONTH.tolist(), rel=1e-8)


def test_baseline_is_the_planted_level(exact):
    assert exact.baseline == pytest.approx(4000)


def test_shares_are_the_planted_curves(exact):
    for kind, share in SHARE.items():
        assert exact.shares[kind].tolist() == pytest.approx(share.tolist())


def test_growth_is_separated_from_months_with_two_years_of_history():
    """两年、每年增长 8%：增长与月系数都精确找回。"""
    model = traffic.build_model(planted(days=731, growth=0.08), trend=True)

    assert model.growth == pytest.approx(0.08, rel=1e-6)
    assert model.months["系数"].tolist() == pytest.approx(MONTH.tolist(), rel=1e-6)


def test_without_trend_two_growing_years_bias_nothing_but_the_level():
    model = traffic.build_model(planted(days=731, growth=0.08))

    assert model.growth == 0
    assert 4000 < model.baseline < 4000 * 1.08**2


def test_poisson_history_gives_coefficients_within_sampling_error():
    """每个星期约 52 天 × 4000 通，系数的相对标准误约 1/√208000 = 0.2%，取 5 倍。"""
    model = traffic.build_model(planted(seed=7))

    assert model.weekdays["系数"].tolist() == pytest.approx(WEEKDAY.tolist(), rel=0.011)


def test_prediction_is_the_product_of_the_chain(exact):
    """2025-07-07 周一 13:30：4000 × 1.3（7 月）× 1.30（周一）× 3/48 = 422.5。"""
    found = exact.predict("2025-07-07").set_index("时段")["预测量"]

    assert found["13:30"] == pytest.approx(422.5)


def test_prediction_of_a_period_has_one_row_for_each_slot(exact):
    found = exact.predict("2025-07-07", "2025-07-20")

    assert list(found.columns) == ["日期", "星期", "时段", "预测量"]
    assert len(found) == 14 * len(SLOTS)
    assert found["星期"].iloc[0] == "周一"


def with_special(history):
    """劳动节 5 天为周日水平的 0.8 倍；6-18 事件日全天 1.5 倍；7-03 故障两个时段剩 0.1。"""
    history = history.copy()
    holiday = history["日期"].between("2024-05-01", "2024-05-05")
    plain = planted(start="2024-05-05", days=1)["呼入量"].to_numpy()
    history.loc[holiday, "呼入量"] = np.tile(0.8 * plain, 5)
    history.loc[holiday, "节假日"] = "劳动节"
    sale = history["日期"] == "2024-06-18"
    history.loc[sale, "呼入量"] *= 1.5
    history.loc[sale, "事件"] = "大促"
    outage = (history["日期"] == "2024-07-03") & history["时段"].isin(["10:00", "10:30"])
    history.loc[outage, "呼入量"] *= 0.1
    history.loc[outage, "事件"] = "系统故障"
    return history


def test_holiday_coefficient_is_relative_to_sunday():
    model = traffic.build_model(with_special(planted()))

    assert model.holidays.loc["劳动节", "系数"] == pytest.approx(0.8)
    assert model.holidays.loc["劳动节", "天数"] == 5


def test_event_coefficient_counts_only_the_slots_marked():
    model = traffic.build_model(with_special(planted()))

    assert model.events.loc["大促", "系数"] == pytest.approx(1.5)
    assert model.events.loc["系统故障", "系数"] == pytest.approx(0.1)
    assert model.events.loc["系统故障", ["天数", "时段数"]].tolist() == [1, 2]


def test_special_days_do_not_enter_the_normal_coefficients():
    model = traffic.build_model(with_special(planted()))

    assert model.weekdays["系数"].tolist() == pytest.approx(WEEKDAY.tolist())
    assert model.days_used == 366 - 7
    assert set(model.excluded["原因"]) == {"节假日：劳动节", "事件：大促", "事件：系统故障"}


def test_keeping_special_days_spoils_the_weekday_coefficients():
    model = traffic.build_model(
        with_special(planted()), exclude_holidays=False, exclude_events=False
    )

    assert model.days_used == 366
    assert abs(model.weekdays.loc["周三", "系数"] - 1.05) > 0.003


def test_calendar_brings_holiday_and_event_into_the_prediction():
    """2025-05-01 劳动节：4000 × 1.1 × 0.70 × 0.8 = 2464 通；6-18 大促周三：4000 × 1.2 × 1.05 × 1.5 = 7560。"""
    model = traffic.build_model(with_special(planted()))
    calendar = pd.DataFrame(
        {
            "日期": ["2025-05-01", "2025-06-18"],
            "节假日": ["劳动节", ""],
            "事件": ["", "大促"],
        }
    )

    found = model.predict(["2025-05-01", "2025-06-18"], calendar=calendar)

    assert found.groupby("日期")["预测量"].sum().tolist() == pytest.approx([2464, 7560])


def test_event_with_a_slot_changes_that_slot_only():
    model = traffic.build_model(with_special(planted()))
    calendar = pd.DataFrame({"日期": ["2025-07-09"], "时段": ["10:00"], "事件": ["系统故障"]})

    plain = model.predict("2025-07-09")["预测量"]
    found = model.predict("2025-07-09", calendar=calendar)["预测量"]

    ratio = found / plain
    assert ratio[SLOTS.index("10:00")] == pytest.approx(0.1)
    assert (ratio.drop(SLOTS.index("10:00")) == 1).all()


def test_adjustment_multiplies_its_day(exact):
    plain = exact.predict("2025-07-07", "2025-07-08")["预测量"].sum()
    more = exact.predict("2025-07-07", "2025-07-08", adjustments={"2025-07-07": 1.2})
    monday = exact.predict("2025-07-07")["预测量"].sum()

    assert more["预测量"].sum() == pytest.approx(plain + 0.2 * monday)


def test_unknown_holiday_is_refused_until_an_adjustment_is_given(exact):
    calendar = pd.DataFrame({"日期": ["2025-10-01"], "节假日": ["国庆"]})

    with pytest.raises(ValueError, match="2025-10-01.*节假日“国庆”.*adjustments"):
        exact.predict("2025-10-01", calendar=calendar)

    found = exact.predict("2025-10-01", calendar=calendar, adjustments={"2025-10-01": 0.5})
    assert found["预测量"].sum() == pytest.approx(4000 * 0.9 * 0.70 * 0.5)


def test_month_absent_from_history_is_named_with_the_remedy():
    model = traffic.build_model(planted(days=181))

    with pytest.raises(ValueError, match=r"2024-07-01.*7 月.*by_month"):
        model.predict("2024-07-01")


def test_given_month_coefficients_reach_months_beyond_the_history():
    """半年历史加 12 个月系数，7 月预测与全年历史建的模型一样：4000 × 1.3 × 1.30 = 6760。"""
    given_months = pd.Series(MONTH, index=range(1, 13))
    model = traffic.build_model(planted(days=181), by_month=given_months)

    assert model.baseline == pytest.approx(4000)
    assert model.predict("2024-07-01")["预测量"].sum() == pytest.approx(6760)


def test_month_coefficients_come_from_two_years_of_daily_totals():
    history = planted(days=731, growth=0.08)
    daily = history.groupby("日期", as_index=False)["呼入量"].sum()

    found = traffic.month_coefficients(daily)

    assert found["系数"].tolist() == pytest.approx(MONTH.tolist(), rel=1e-6)


def test_day_with_missing_slots_is_left_out_and_listed():
    history = planted().drop(index=[5, 6])

    model = traffic.build_model(history)

    assert model.excluded["原因"].tolist() == ["缺 2 个时段"]
    assert model.weekdays["系数"].tolist() == pytest.approx(WEEKDAY.tolist())


def test_centre_closed_on_sunday_predicts_nothing_on_sunday():
    history = planted()
    history.loc[history["日期"].dt.day_name() == "Sunday", "呼入量"] = 0.0

    model = traffic.build_model(history)

    assert model.weekdays.loc["周日", "系数"] == 0
    assert model.predict("2025-07-06")["预测量"].sum() == 0


def test_holiday_of_a_centre_closed_on_sunday_asks_for_another_reference():
    history = with_special(planted())
    history.loc[history["日期"].dt.day_name() == "Sunday", "呼入量"] = 0.0

    with pytest.raises(ValueError, match=r"劳动节.*周日.*holiday_as"):
        traffic.build_model(history)


def test_weekday_without_history_is_refused_in_the_prediction():
    history = planted()
    model = traffic.build_model(history[history["日期"].dt.day_of_week < 6])

    with pytest.raises(ValueError, match="周日"):
        model.predict("2025-07-06")


def test_own_groups_give_their_own_curves():
    groups = dict.fromkeys(NAMES, "平日") | {"周一": "周一"}

    model = traffic.build_model(planted(), shape_by=groups)

    assert list(model.shares.columns) == ["周一", "平日"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=21, max_size=21), st.floats(0.1, 9))
def test_coefficients_average_one_and_scale_with_the_history(totals, factor):
    """换算单位只改基线，不改系数；系数平均为 1，占比合计为 1。"""
    table = pd.DataFrame(
        {
            "日期": pd.date_range("2025-03-03", periods=21).repeat(2),
            "时段": ["09:00", "09:30"] * 21,
            "呼入量": np.repeat(np.array(totals, dtype=float), 2),
        }
    )

    model = traffic.build_model(table, by_month=False)
    scaled = traffic.build_model(table.assign(呼入量=table["呼入量"] * factor), by_month=False)

    assert model.weekdays["系数"].mean() == pytest.approx(1)
    assert model.shares.sum().tolist() == pytest.approx([1, 1])
    assert scaled.baseline == pytest.approx(factor * model.baseline)
    assert scaled.weekdays["系数"].tolist() == pytest.approx(model.weekdays["系数"].tolist())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="时段"), "缺少列：时段"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "有不止一行：请先筛选一个队列或合计"),
        (lambda t: t.assign(呼入量=t["呼入量"].where(t.index != 3)), "第 4 个是空值"),
        (lambda t: t.assign(呼入量=t["呼入量"].where(t.index != 3, -1)), "第 4 个是 -1"),
        (lambda t: t.assign(日期="下周"), "第 1 行是 '下周'，读不成日期"),
        (lambda t: t.iloc[:0], "没有一行数据"),
        (lambda t: t.assign(节假日="春节"), "没有剩下一天"),
        (lambda t: t.assign(呼入量=0), "全是 0"),
    ],
)
def test_bad_history_is_refused_with_the_row_and_the_remedy(change, message):
    with pytest.raises(ValueError, match=message):
        traffic.build_model(change(planted(days=28)), by_month=False)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"trend": True}, "增长与月系数分不开"),
        ({"by_month": {13: 1.0}}, "13 不是 1–12"),
        ({"by_month": {1: 0.0}}, "月系数.*应大于 0"),
        ({"by_month": {2: 1.0}}, "没有给1 月"),
        ({"by_month": "全年"}, "by_month 是 '全年'"),
        ({"shape_by": "小时"}, "shape_by 是 '小时'"),
        ({"shape_by": {"周一": "忙"}}, "shape_by 里没有周二"),
    ],
)
def test_bad_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        traffic.build_model(planted(days=180), **options)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": "2025-07-08", "end": "2025-07-07"}, "早于"),
        ({"start": ["2025-07-08", "2025-07-08"]}, "给了两次"),
        ({"start": "2025-07-08", "adjustments": {"2025-07-09": 1.1}}, "不在要预测的日子里"),
        ({"start": "2025-07-08", "adjustments": {"2025-07-08": -1}}, "应不小于 0"),
        ({"start": "明天"}, "读不成日期"),
    ],
)
def test_bad_prediction_arguments_are_refused(exact, arguments, message):
    with pytest.raises(ValueError, match=message):
        exact.predict(**arguments)


def test_text_dates_and_slots_of_an_excel_sheet_work_like_the_real_ones(exact):
    table = planted()
    sheet = table.assign(
        日期=table["日期"].dt.strftime("%Y/%m/%d"), 时段=table["时段"].str.lstrip("0")
    )

    assert traffic.build_model(sheet).baseline == pytest.approx(exact.baseline)


def test_centre_data_give_back_the_planted_coefficients():
    """centre.truth：咨询队列的星期系数（周均化）与月系数；日间波动 5% 左右，20 天一格，取 4%。"""
    hub = centre.open_centre(seed=2025)
    table, daily = hub.calls_interval, hub.calls_daily
    months = traffic.month_coefficients(daily[daily["队列"] == "咨询"])
    model = traffic.build_model(table[table["队列"] == "咨询"], by_month=months)
    weekday = hub.truth.weekday[0] / hub.truth.weekday[0].mean()

    assert months["系数"].tolist() == pytest.approx(hub.truth.month[0].tolist(), rel=0.04)
    assert model.weekdays["系数"].tolist() == pytest.approx(weekday.tolist(), rel=0.04)
    assert model.holidays.loc["春节", "系数"] == pytest.approx(
        hub.truth.holiday["春节"][0], rel=0.08
    )


def test_model_of_the_centre_predicts_the_next_four_weeks():
    """留出 28 天：日间波动约 5.5%、每时段约 75 通的泊松波动，WAPE 应在 15% 以内。"""
    hub = centre.open_centre(seed=2025)
    table, daily, later = hub.calls_interval, hub.calls_daily, hub.calls_interval_next
    months = traffic.month_coefficients(daily[daily["队列"] == "咨询"])
    model = traffic.build_model(table[table["队列"] == "咨询"], by_month=months)
    later = later[later["队列"] == "咨询"]

    found = model.predict("2025-06-30", "2025-07-27", calendar=later)
    both = found.merge(later[["日期", "时段", "呼入量"]], on=["日期", "时段"])

    assert len(both) == 28 * 48
    wape = (both["呼入量"] - both["预测量"]).abs().sum() / both["呼入量"].sum()
    assert wape < 0.15


def test_sentence_states_the_level_and_the_assumption(exact):
    assert str(exact).startswith("由 366 个正常日建成：普通一天 4,000 通，周一最高（1.30）")
    assert "前提" in str(exact)


def test_summary_lists_every_coefficient_with_its_days(exact):
    table = exact.summary()

    assert list(table.columns) == ["类别", "名称", "系数", "天数"]
    assert table["天数"].sum() == 2 * 366


def test_plots_return_the_axes_they_were_given(exact):
    import matplotlib.pyplot as plt

    _, (left, right) = plt.subplots(1, 2)

    assert exact.plot(left) is left
    assert exact.plot_coefficients(right) is right

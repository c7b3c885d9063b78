"""现场：再预测、滚动服务水平、状态日志。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib import reserve
from ccomlib.centre import open_centre
from ccomlib.evaluation import agent_day_from_log
from ccomlib.intraday import (
    cut_log,
    reforecast,
    reforecast_days,
    rolling_service_level,
    state_log,
    trigger_ladder,
)

PLAN = pd.Series([100, 200, 300, 400], index=["09:00", "10:00", "11:00", "12:00"])


def test_ladder_is_the_one_of_reserve():
    assert trigger_ladder is reserve.trigger_ladder


def test_shrinkage_follows_the_normal_prior():
    """手算：P = 300，A = 390；w = 0.01 ÷ (0.01 + 1/300) = 0.75；ρ = 1.225；全天 390 + 1.225 × 700。"""
    update = reforecast(PLAN, [130, 260], day_cv=0.1, dispersion=1)

    assert update.weight == pytest.approx(0.75)
    assert update.ratio == pytest.approx(1.225)
    assert update.total == pytest.approx(390 + 1.225 * 700)
    assert update.raw_total == pytest.approx(390 / 0.3)


def test_interval_adds_call_noise_and_what_is_left_of_the_day_effect():
    """手算：方差 = 1.225 × 700 + 700² × 0.01 × 0.25 = 2082.5；1.959964 倍标准差。"""
    update = reforecast(PLAN, [130, 260], day_cv=0.1, dispersion=1)

    assert update.high - update.total == pytest.approx(1.959964 * np.sqrt(2082.5), rel=1e-6)


def test_interval_covers_as_often_as_it_says():
    """按模型生成 2000 天，全天落在 90% 区间里的比例约 90%。"""
    rng = np.random.default_rng(11)
    plan = np.full(20, 50.0)
    hits = 0
    for _ in range(2000):
        day = rng.poisson(plan * max(0.0, rng.normal(1, 0.15)))
        update = reforecast(plan, day[:8], day_cv=0.15, dispersion=1, confidence=0.9)
        hits += update.low <= day.sum() <= update.high

    assert hits / 2000 == pytest.approx(0.9, abs=0.02)


def test_dispersion_is_pearson_over_degrees_of_freedom():
    """手算：实际正好是计划的 1 倍：Σ(10² ÷ 100) × 4 ÷ 3。"""
    update = reforecast(np.full(6, 100.0), [110, 90, 110, 90])

    assert update.dispersion == pytest.approx(4 / 3)


@given(
    st.lists(st.integers(1, 500), min_size=4, max_size=12),
    st.lists(st.integers(0, 500), min_size=1, max_size=3),
    st.floats(0, 1),
)
def test_update_lies_between_the_plan_and_the_raw_ratio(plan, actual, day_cv):
    update = reforecast(plan, actual, day_cv=day_cv)
    bounds = sorted([1.0, update.raw_ratio])

    assert 0 <= update.weight < 1
    assert bounds[0] - 1e-9 <= update.ratio <= bounds[1] + 1e-9
    assert update.low - 1e-6 <= update.total <= update.high + 1e-6
    assert update.total == pytest.approx(update.table["更新预测"].sum())


def test_no_trust_in_today_keeps_the_plan():
    update = reforecast(PLAN, [130, 260], day_cv=0, dispersion=1)

    assert update.total == 390 + 700


@pytest.mark.parametrize(
    ("plan", "actual", "options", "message"),
    [
        (PLAN, [1, 2, 3, 4], {}, "要有剩余的时段"),
        (PLAN, [], {}, "actual 至少 1 个"),
        (PLAN, pd.Series([1], ["10:00"]), {}, "第 1 个时段 plan 是 09:00，actual 是 10:00"),
        (PLAN, [-1], {}, "实际量（actual）第 1 个是 -1"),
        (PLAN * 0, [1], {}, "计划合计是 0"),
        (PLAN, [1], {"day_cv": -0.1}, "day_cv"),
        (PLAN, [1], {"dispersion": 0}, "dispersion"),
    ],
)
def test_reforecast_refuses(plan, actual, options, message):
    with pytest.raises(ValueError, match=message):
        reforecast(plan, actual, **options)


OFFERED = pd.Series([100, 200, 0, 100], index=["09:00", "09:30", "10:00", "10:30"])
SERVED = [90, 120, 0, 85]


def test_rolling_adds_before_dividing():
    """手算：90/100，210/300，120/200，85/100；累计 295/400。"""
    table = rolling_service_level(OFFERED, SERVED, 2).table

    assert table["滚动服务水平"].tolist() == pytest.approx([0.9, 0.7, 0.6, 0.85])
    assert table["累计服务水平"].iloc[-1] == pytest.approx(295 / 400)


def test_an_interval_without_calls_is_empty_and_never_an_alarm():
    result = rolling_service_level([0, 10], [0, 9], 1)

    assert np.isnan(result.table["滚动服务水平"].iloc[0])
    assert result.table["低于目标"].tolist() == [False, False]


def test_runs_below_the_target_are_listed():
    runs = rolling_service_level(OFFERED, SERVED, 2).runs

    assert runs.to_numpy().tolist() == [["09:30", "10:00", 2, 0.6]]


@given(st.lists(st.tuples(st.integers(1, 300), st.floats(0, 1)), min_size=1, max_size=12))
def test_window_one_is_each_interval_and_the_longest_is_the_day(rows):
    calls = np.array([n for n, _ in rows])
    served = np.floor(calls * np.array([share for _, share in rows]))

    one = rolling_service_level(calls, served, 1).table
    whole = rolling_service_level(calls, served, len(calls)).table

    assert one["滚动服务水平"].tolist() == pytest.approx((served / calls).tolist())
    assert whole["滚动服务水平"].iloc[-1] == pytest.approx(served.sum() / calls.sum())


def test_ladder_and_rolling_agree_on_the_same_stream():
    """与 reserve 的阶梯在同一份数据上滚动一小时，数值相同。"""
    stream = pd.DataFrame(
        {"时段": OFFERED.index, "呼入量": OFFERED.to_numpy(), "20秒接起量": SERVED}
    )
    level = reserve.Level("一级", "推迟小休", 5, service_level_below=0.75, window=60)

    ladder = trigger_ladder([level]).apply(stream).table["滚动服务水平"]
    ours = rolling_service_level(OFFERED, SERVED, 2).table["滚动服务水平"]

    assert ladder.tolist() == pytest.approx(ours.tolist())


@pytest.mark.parametrize(
    ("offered", "served", "options", "message"),
    [
        ([10, 20], [9], {}, "呼入量有 2 个，目标内接起量有 1 个"),
        ([10, 20], [9, 21], {}, "目标内接起量第 2 个是 21，多于"),
        ([0, 0], [0, 0], {}, "全天没有来电"),
        ([10, 20], [9, 18], {"window": 3}, "window 是 3"),
        ([10, None], [9, 18], {}, "呼入量（offered）第 2 个是空值"),
    ],
)
def test_rolling_refuses(offered, served, options, message):
    with pytest.raises(ValueError, match=message):
        rolling_service_level(offered, served, **({"window": 1} | options))


def log(*rows):
    table = pd.DataFrame(rows, columns=["工号", "状态", "开始", "结束"])
    return table.assign(开始="2025-03-10 " + table["开始"], 结束="2025-03-10 " + table["结束"])


DAY = log(
    ("A1", "通话", "09:00", "09:30"),
    ("A1", "保持", "09:30", "09:35"),
    ("A1", "空闲", "09:35", "09:45"),
    ("A1", "小休", "09:45", "10:00"),
    ("A2", "话后", "09:10", "09:30"),
    ("A2", "空闲", "09:30", "09:40"),
    ("A2", "培训", "09:40", "10:00"),
    ("A2", "离线", "10:00", "11:00"),
)


def test_occupancy_and_shrinkage_are_weighted_by_seconds():
    """手算（分钟）：处理 30+5+20 = 55，空闲 10+10 = 20，离席 15+20 = 35；离线不算在班。"""
    result = state_log(DAY)

    assert result.occupancy == pytest.approx(55 / 75)
    assert result.shrinkage == pytest.approx(1 - 75 / 110)
    assert result.table["在班秒"].tolist() == [3600, 3000]


def test_adherence_needs_the_plan():
    """手算（分钟）：A1 在线计划 45，做到 45；小休计划 15，做到 15。A2 在线计划 60，做到 30。"""
    plan = log(
        ("A1", "在线", "09:00", "09:45"),
        ("A1", "小休", "09:45", "10:00"),
        ("A2", "在线", "09:00", "10:00"),
    )
    result = state_log(DAY, plan.rename(columns={"状态": "计划状态"}))

    assert result.table["遵守率"].tolist() == pytest.approx([1.0, 0.5])
    assert result.adherence == pytest.approx(90 / 120)
    assert state_log(DAY).adherence is None


def test_a_meal_is_not_a_break():
    day = log(("A1", "用餐", "09:00", "09:30"), ("A1", "通话", "09:30", "10:00"))
    plan = log(("A1", "小休", "09:00", "09:30"), ("A1", "在线", "09:30", "10:00"))

    assert state_log(day, plan.rename(columns={"状态": "计划状态"})).adherence == 0.5


def test_adherence_agrees_with_the_evaluation_of_a_day():
    plan = log(
        ("A1", "在线", "09:10", "09:50"),
        ("A1", "小休", "09:50", "10:00"),
        ("A2", "培训", "09:30", "10:00"),
    )
    day = DAY[~DAY["状态"].isin(["保持", "离线"])]
    theirs = agent_day_from_log(
        day.assign(日期="今天"), plan.rename(columns={"状态": "计划"}).assign(日期="今天")
    )

    result = state_log(day, plan.rename(columns={"状态": "计划状态"}))

    assert result.adherence == pytest.approx(theirs["遵守秒"].sum() / theirs["排班秒"].sum())


def test_people_above_ninety_percent_are_named():
    assert "1 人占用率超过 90%（A9）" in str(state_log(log(("A9", "通话", "09:00", "10:00"))))


def test_states_of_ones_own_can_be_added():
    day = log(("A1", "外呼", "09:00", "09:30"), ("A1", "空闲", "09:30", "10:00"))

    assert state_log(day, states={"外呼": "处理", "空闲": "空闲"}).occupancy == 0.5


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (DAY.iloc[:0], {}, "状态日志没有行"),
        (DAY.drop(columns="状态"), {}, "缺少列：状态"),
        (log(("A1", "发呆", "09:00", "09:30")), {}, "'发呆'，不认识"),
        (log(("A1", "通话", "09:30", "09:00")), {}, "结束不晚于开始"),
        (log(("A1", "通话", "09:00", "09:30"), ("A1", "空闲", "09:20", "09:40")), {}, "重叠"),
        (log(("A1", "小休", "09:00", "09:30")), {}, "没有人处理过或空闲过"),
        (DAY.assign(开始="九点"), {}, "开始第 1 个是 '九点'"),
        (DAY, {"states": dict.fromkeys(DAY["状态"], "忙")}, "归到 '忙'"),
    ],
)
def test_state_log_refuses(table, options, message):
    with pytest.raises(ValueError, match=message):
        state_log(table, **options)


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    for result in (
        reforecast(PLAN, [130, 260]),
        rolling_service_level(OFFERED, SERVED, 2),
        state_log(DAY),
    ):
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


def test_the_log_of_the_virtual_centre_agrees_with_its_agent_day():
    """同一天的员工日报写的遵守秒（不计用餐），与日志对照计划算出来的每人相差不过 1 秒。"""
    hub = open_centre(2025)
    plan = hub.table("state_plan").query("计划状态 != '用餐'")
    table = state_log(hub.table("state_log"), plan).table.set_index("工号")
    day = hub.table("agent_day")
    date = pd.to_datetime(hub.table("state_log")["开始"]).dt.normalize().iloc[0]
    day = day[day["日期"] == date].set_index("工号").loc[table.index]

    seconds = table["遵守率"] * day["排班秒"]

    assert (seconds - day["遵守秒"]).abs().max() <= 1


HISTORY = pd.DataFrame(
    {
        "日期": np.repeat(pd.date_range("2025-07-07", periods=3), 2),
        "时段": ["09:00", "11:00"] * 3,
        "预测量": 100.0,
        "呼入量": [120, 120, 80, 80, 100, 100],
    }
)


def test_a_past_morning_tells_the_afternoon():
    """手算：w = 0.01 ÷ (0.01 + 1/100) = 0.5，倍数 1.1、0.9、1；第一天原差 1/6，再差 1/12。"""
    result = reforecast_days(HISTORY, "10:30", day_cv=0.1, dispersion=1)

    assert result.table["再预测倍数"].tolist() == pytest.approx([1.1, 0.9, 1.0])
    assert result.table["原计划差"].tolist() == pytest.approx([1 / 6, 1 / 4, 0])
    assert result.table["再预测差"].tolist() == pytest.approx([1 / 12, 1 / 8, 0])
    assert result.better == 2
    assert result.correlation == pytest.approx(1.0)


def test_the_slot_at_the_clock_is_still_to_come():
    assert reforecast_days(HISTORY, "11:00", day_cv=0.1).table.equals(
        reforecast_days(HISTORY, "10:30", day_cv=0.1).table
    )


def test_order_of_rows_does_not_matter_to_past_days():
    mixed = HISTORY.iloc[[5, 0, 3, 2, 4, 1]]

    assert reforecast_days(mixed, "10:30").after == reforecast_days(HISTORY, "10:30").after


@pytest.mark.parametrize(
    ("table", "at", "message"),
    [
        (HISTORY.drop(columns="预测量"), "10:30", "预测量"),
        (pd.concat([HISTORY, HISTORY]), "10:30", "有两行"),
        (HISTORY[:4], "10:30", "只有 2 天"),
        (HISTORY, "09:00", "以前或以后没有来电"),
        (HISTORY, "11:30", "以前或以后没有来电"),
    ],
)
def test_past_days_refuse(table, at, message):
    with pytest.raises(ValueError, match=message):
        reforecast_days(table, at)


def test_a_given_day_cv_is_not_called_a_convention():
    assert "教学约定" in str(reforecast(PLAN, [130, 260]))
    assert "教学约定" not in str(reforecast(PLAN, [130, 260], day_cv=0.04))


def test_a_cut_log_keeps_to_its_piece():
    """09:20 到 09:45：A1 的 通话 截到 09:30，空闲 从 09:30；别处的不要。"""
    table = log(
        ("A1", "通话", "09:00", "09:30"),
        ("A1", "空闲", "09:30", "10:00"),
        ("A1", "小休", "10:00", "10:15"),
    )
    day = pd.Timestamp(table["开始"].iloc[0]).strftime("%Y-%m-%d")
    piece = cut_log(table, f"{day} 09:20", f"{day} 09:45")

    assert piece["状态"].tolist() == ["通话", "空闲"]
    minutes = (piece["结束"] - piece["开始"]).dt.total_seconds() / 60
    assert minutes.tolist() == [10, 15]


@pytest.mark.parametrize(
    ("since", "until", "message"), [("10:00", "09:00", "对调"), ("11:00", "12:00", "没有记录")]
)
def test_a_cut_refuses(since, until, message):
    table = log(("A1", "通话", "09:00", "09:30"))
    day = pd.Timestamp(table["开始"].iloc[0]).strftime("%Y-%m-%d")
    with pytest.raises(ValueError, match=message):
        cut_log(table, f"{day} {since}", f"{day} {until}")

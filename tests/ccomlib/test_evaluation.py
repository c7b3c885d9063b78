"""评估排班：服务水平的口径、当天的原因、热力图、遵守率。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.evaluation import (
    adherence,
    agent_day_from_log,
    evaluate_day,
    heatmap,
    service_level,
)

DAY = pd.DataFrame(
    {
        "时段": ["09:00", "09:30", "10:00", "10:30"],
        "需求人数": [10, 20, 20, 10],
        "排班人数": [10, 20, 14, 10],
        "实际在岗": [10, 15, 14, 10],
        "预测量": [50, 100, 100, 50],
        "呼入量": [75, 100, 100, 50],
        "接起量": [70, 90, 90, 50],
        "20秒接起量": [45, 60, 60, 45],
        "平均处理时长": [240, 240, 240, 240],
        "预测处理时长": [240, 240, 240, 240],
    }
)


def test_service_levels_side_by_side_by_hand():
    """手算：150/300 = 50%；150/250 = 60%；150/(300−20) = 53.57%；简单平均 (0.4 + 0.7)/2 = 55%。"""
    level = service_level([200, 100], [160, 90], [80, 70], [40, 10], [15, 5])
    assert level.of_offered == 0.5
    assert level.of_answered == 0.6
    assert level.excluding_short_abandons == pytest.approx(150 / 280)
    assert level.mean_of_intervals == pytest.approx(0.55)
    assert level.abandonment == pytest.approx(50 / 300)


def test_published_ratio_of_two_definitions():
    """domain.md 4.2：匿名银行 1999 年 2 月按接起 59.7%、按呼入 49.0%，即接起占 49.0/59.7。"""
    offered = 10_000
    answered = round(offered * 0.490 / 0.597)
    level = service_level(offered, answered, 4900)
    assert (round(level.of_offered, 3), round(level.of_answered, 3)) == (0.49, 0.597)


def test_without_short_abandons_that_definition_is_left_out():
    level = service_level(100, 90, 80)
    assert level.excluding_short_abandons is None
    assert not level.summary()["口径"].str.contains("短放弃").any()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (([100], [110], [80]), "接起量第 1 个是 110，多于呼入量 100"),
        (([100], [90], [95]), "目标内接起量第 1 个是 95，多于接起量 90"),
        (([100], [90], [80], [20]), "接起量与放弃量之和"),
        (([0], [0], [0]), "合计是 0"),
        (([100, 5], [90], [80]), "呼入量（offered）有 2 个，接起量（answered）有 1 个"),
        (
            (pd.Series([9, 5], ["早", "晚"]), pd.Series([4, 8], ["晚", "早"]), [4, 4]),
            "第 1 行的标签不同",
        ),
    ],
)
def test_counts_that_cannot_be_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        service_level(*values)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 300), st.floats(0.1, 1), st.floats(0, 1)), min_size=1, max_size=20
    )
)
def test_leaving_calls_out_of_the_denominator_never_lowers_the_level(rows):
    offered = np.array([row[0] for row in rows])
    answered = np.ceil(offered * [row[1] for row in rows])
    fast = np.floor(answered * [row[2] for row in rows])
    gone = offered - answered
    level = service_level(offered, answered, fast, gone, np.floor(gone / 2))
    assert level.of_offered <= level.excluding_short_abandons + 1e-12
    assert level.excluding_short_abandons <= level.of_answered + 1e-12


def test_each_bad_interval_gets_its_own_main_cause():
    """手算：09:00 多 50% 来电缺 10×0.5 = 5 人；09:30 到岗缺 5；10:00 排班缺 6；10:30 达标（90%）。"""
    bad = evaluate_day(DAY).bad
    assert bad["主因"].tolist() == ["预测偏差", "到岗不足", "排班不足"]
    assert bad["缺人合计"].tolist() == [5, 5, 6]


def test_a_longer_handle_time_is_told_apart_from_more_calls():
    """手算：20 人 × (300/240 − 1) = 5 人。"""
    day = DAY.iloc[[1]].assign(实际在岗=20, 平均处理时长=300)
    row = evaluate_day(day).bad.iloc[0]
    assert (row["主因"], row["处理时长偏差"]) == ("处理时长偏差", 5)
    assert row["说明"] == "处理时长比预测长，折合缺 5.0 人"


def test_enough_staff_with_a_bad_level_points_elsewhere():
    day = DAY.iloc[[3]].assign(**{"20秒接起量": 20})
    assert evaluate_day(day).bad["主因"].iloc[0].startswith("人数够")


def test_cover_fit_and_efficiency_by_hand():
    """计划：Σmin = 54，Σ需求 60，Σ|差| 6，Σ排班 54 → 0.9、0.9、1；执行：49/60，1 − 11/60，1。"""
    fit = evaluate_day(DAY).fit
    assert fit.loc["计划"].tolist() == pytest.approx([54 / 60, 1 - 6 / 60, 1.0])
    assert fit.loc["执行"].tolist() == pytest.approx([49 / 60, 1 - 11 / 60, 1.0])
    assert fit.loc["事后", "覆盖率"] == pytest.approx(49 / 65)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.integers(1, 60)] * 3, *[st.integers(1, 300)] * 2, *[st.floats(60, 600)] * 2),
        min_size=1,
        max_size=12,
    )
)
def test_the_causes_add_up_to_the_whole_shortage(rows):
    """恒等式：需求 × 呼入/预测 × 时长/预测时长 − 实际在岗 = 四个原因之和。"""
    names = ["需求人数", "排班人数", "实际在岗", "呼入量", "预测量", "平均处理时长", "预测处理时长"]
    day = pd.DataFrame(rows, columns=names)
    day["时段"] = [f"{i:02d}:00" for i in range(len(day))]
    table = evaluate_day(day).table
    need = day["需求人数"] * day["呼入量"] / day["预测量"]
    need *= day["平均处理时长"] / day["预测处理时长"]
    np.testing.assert_allclose(table["缺人合计"], need - day["实际在岗"], atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize(
    ("definition", "level"), [("of_offered", 210 / 325), ("of_answered", 210 / 300)]
)
def test_the_day_level_follows_its_definition(definition, level):
    """手算：Σ20秒接起 210，Σ呼入 325，Σ接起 300。"""
    assert evaluate_day(DAY, definition=definition).service_level == pytest.approx(level)


def test_a_definition_without_its_column_is_refused():
    with pytest.raises(ValueError, match="短放弃量"):
        evaluate_day(DAY, definition="excluding_short_abandons")


def test_causes_without_data_are_said_not_guessed():
    result = evaluate_day(DAY[["时段", "需求人数", "排班人数"]])
    assert result.unknown == ("预测偏差", "处理时长偏差", "到岗不足")
    assert "没查预测偏差" in str(result)


def test_a_night_interval_without_calls_is_not_bad():
    day = DAY.assign(呼入量=[0, 100, 100, 50], 接起量=[0, 90, 90, 50])
    day["20秒接起量"] = [0, 60, 60, 45]
    assert "09:00" not in evaluate_day(day).bad["时段"].tolist()


def test_two_days_in_one_table_are_refused():
    with pytest.raises(ValueError, match="时段 09:00 在第 5 行重复了"):
        evaluate_day(pd.concat([DAY, DAY]))


def several_days():
    dates = pd.to_datetime(["2026-03-02", "2026-03-03", "2026-03-04"])
    table = pd.concat([DAY.assign(日期=date) for date in dates], ignore_index=True)
    table.loc[0, "实际在岗"] = 8
    return table


def test_a_slot_short_every_day_is_systematic_and_a_single_day_is_not():
    """09:30、10:00 三天都缺；09:00 只缺一天（1/3 < 50%）。"""
    result = heatmap(several_days())
    assert result.systematic == ["09:30", "10:00"]
    assert result.matrix.loc["2026-03-02", "09:00"] == -2
    assert result.by_slot.loc["09:00", "缺人天数"] == 1


def test_planned_staff_can_be_mapped_too():
    assert heatmap(several_days(), measure="planned").systematic == ["10:00"]


def test_a_slot_twice_on_one_day_is_refused():
    with pytest.raises(ValueError, match="重复"):
        heatmap(pd.concat([several_days(), several_days()]))


AGENTS = pd.DataFrame(
    {
        "工号": ["A1", "A1", "A2", "A3"],
        "班组": ["一组", "一组", "二组", "二组"],
        "日期": pd.to_datetime(["2026-03-02", "2026-03-03", "2026-03-02", "2026-03-02"]),
        "排班秒": [28800, 14400, 28800, 0],
        "登录秒": [28800, 7200, 28800, 0],
        "遵守秒": [27000, 7200, 28800, 0],
        "通话秒": [16000, 4000, 15000, 0],
        "话后秒": [4000, 1000, 5000, 0],
        "空闲秒": [5000, 1000, 4000, 0],
    }
)


def test_late_in_and_late_out_keeps_conformance_but_loses_adherence():
    """手算：晚到半小时、晚走半小时：28800/28800 = 100%，27000/28800 = 93.75%。"""
    result = adherence(AGENTS.iloc[[0]])
    assert (result.conformance, result.adherence) == (1.0, 0.9375)
    assert "不在该在的时候" in str(result)


def test_rates_are_weighted_by_seconds():
    """手算：A1 两天 (27000 + 7200) / 43200 = 79.17%，不是 (93.75% + 50%) / 2。"""
    table = adherence(AGENTS).table.set_index("工号")
    assert table.loc["A1", "遵守率"] == pytest.approx(34200 / 43200)
    assert table.loc["A1", "占用率"] == pytest.approx(25000 / 31000)


def test_utilisation_states_its_denominator():
    """手算：45000 ÷ 72000（排班）与 ÷ 64800（登录）。"""
    by_schedule, by_login = (
        adherence(AGENTS, by="班组", utilisation_base=base) for base in ("排班秒", "登录秒")
    )
    assert by_schedule.utilisation == pytest.approx(45000 / 72000)
    assert by_login.utilisation == pytest.approx(45000 / 64800)
    assert "分母是登录秒" in str(by_login)


def test_people_without_schedule_are_listed_apart():
    assert adherence(AGENTS).excluded == ("A3",)


def test_more_adherent_than_scheduled_seconds_is_refused():
    with pytest.raises(ValueError, match="多于排班秒 28800"):
        adherence(AGENTS.assign(遵守秒=28801))


PLAN = pd.DataFrame(
    {
        "工号": "A1",
        "日期": "2026-03-02",
        "计划": ["在线", "小休", "在线"],
        "开始": ["2026-03-02 09:00", "2026-03-02 10:00", "2026-03-02 10:15"],
        "结束": ["2026-03-02 10:00", "2026-03-02 10:15", "2026-03-02 11:00"],
    }
)
LOG = pd.DataFrame(
    {
        "工号": "A1",
        "日期": "2026-03-02",
        "状态": ["空闲", "通话", "小休", "话后", "离线"],
        "开始": [f"2026-03-02 {t}" for t in ("09:05", "09:30", "10:05", "10:20", "11:00")],
        "结束": [f"2026-03-02 {t}" for t in ("09:30", "10:05", "10:20", "11:00", "11:30")],
    }
)


def test_adherence_from_a_state_log_by_hand():
    """手算（分钟）：在线 25 + 30、小休 10、在线 40 = 105；登录 25+35+15+40 = 115；排班 120。"""
    row = agent_day_from_log(LOG, PLAN).iloc[0]
    assert (row["遵守秒"], row["登录秒"], row["排班秒"]) == (105 * 60, 115 * 60, 120 * 60)
    assert adherence(LOG, schedule=PLAN).adherence == pytest.approx(105 / 120)


def test_a_log_that_equals_the_plan_is_fully_adherent():
    log = PLAN.rename(columns={"计划": "状态"}).replace({"状态": {"在线": "空闲"}})
    assert adherence(log, schedule=PLAN).adherence == 1.0


def test_overlapping_states_are_refused():
    with pytest.raises(ValueError, match="重叠"):
        agent_day_from_log(pd.concat([LOG, LOG]), PLAN)


@pytest.mark.parametrize(
    "result",
    [
        evaluate_day(DAY),
        heatmap(several_days()),
        service_level([200, 100], [160, 90], [80, 70]),
        adherence(AGENTS),
        adherence(AGENTS, by="日期"),
    ],
    ids=["day", "heatmap", "service", "agent", "date"],
)
def test_every_result_reads_as_one_sentence_with_a_table_and_a_chart(result):
    assert str(result).endswith("。")
    assert str(result).count("。") == 1
    assert len(result.summary()) > 0
    ax = result.plot()
    ax.figure.canvas.draw()
    assert ax.get_title()
    assert ax.get_xlabel()

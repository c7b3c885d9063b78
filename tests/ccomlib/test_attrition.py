"""ccomlib.attrition：口径写明，生存曲线与对数秩对得上 R，没满期的不进分母。"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, logrank

from ccomlib import attrition, centre

# R survival 3.5-3 的 aml（急性粒细胞白血病，Miller 1997）：时间、是否发生、组
AML_TIME = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
AML_EVENT = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
AML_GROUP = ["维持"] * 11 + ["不维持"] * 12

START = pd.Timestamp("2025-01-01")
LAST = START + pd.Timedelta(days=400)


def roster(days, event, group=None, as_of=LAST):
    """在职 days 天的花名册：走了的都从 START 入职；没走的入职日按统计日倒推。"""
    days, event = np.asarray(days), np.asarray(event, dtype=bool)
    hired = [
        START if gone else as_of - pd.Timedelta(days=int(d))
        for d, gone in zip(days, event, strict=True)
    ]
    left = [
        START + pd.Timedelta(days=int(d)) if gone else None
        for d, gone in zip(days, event, strict=True)
    ]
    table = pd.DataFrame(
        {"工号": [f"A{i:03d}" for i in range(len(days))], "入职日期": hired, "离职日期": left}
    )
    return table if group is None else table.assign(组=group)


@pytest.fixture
def staff():
    """4 人 1 月初在册；A2 一月走，A4 二月走，A5 二月来。"""
    return pd.DataFrame(
        {
            "工号": ["A1", "A2", "A3", "A4", "A5"],
            "入职日期": ["2025-03-01"] * 4 + ["2026-02-09"],
            "离职日期": [None, "2026-01-20", None, "2026-02-10", None],
            "离职原因": ["", "薪酬", "", "内部调动", ""],
        }
    )


def test_annual_rates_match_the_golden_values():
    """domain.md 2.12：月 3% → 简单 36%，复利 30.62%。"""
    result = attrition.annualise(0.03)

    assert result.simple == pytest.approx(0.36)
    assert result.compound == pytest.approx(0.3062, abs=5e-5)


@given(st.floats(0, 1))
def test_compound_is_a_probability_below_simple(rate):
    result = attrition.annualise(rate)

    assert 0 <= result.compound <= 1
    assert result.compound <= result.simple + 1e-12


@pytest.mark.parametrize("rate", [3, -0.1])
def test_annualise_wants_a_share(rate):
    with pytest.raises(ValueError, match="rate"):
        attrition.annualise(rate)


def test_monthly_uses_the_average_headcount(staff):
    """一月：1 ÷ (4+3)/2；二月：走 1、来 1，1 ÷ 3。"""
    table = attrition.monthly(staff, "2026-01", "2026-02").table

    assert table["月初"].tolist() == [4, 3]
    assert table["月末"].tolist() == [3, 3]
    assert table["流失率"].tolist() == pytest.approx([1 / 3.5, 1 / 3])


def test_opening_headcount_is_an_option(staff):
    result = attrition.monthly(staff, "2026-01", "2026-02", denominator="opening")

    assert result.table["流失率"].tolist() == [0.25, pytest.approx(1 / 3)]
    assert "月初人数" in str(result)


def test_transfers_leave_the_headcount_but_are_no_attrition(staff):
    result = attrition.monthly(staff, "2026-01", "2026-02", reason="离职原因")

    assert result.table["离职"].tolist() == [1, 0]
    assert result.table["调出"].tolist() == [0, 1]
    assert result.table["月末"].tolist() == [3, 3]
    assert "1 人内部调动不算流失" in str(result)


def test_leavers_in_training_can_be_left_out():
    """入职 5 天就走的人，跳过头 14 天后既不算来也不算走。"""
    staff = pd.DataFrame(
        {
            "工号": ["A1", "A2"],
            "入职日期": ["2025-01-01", "2026-01-05"],
            "离职日期": [None, "2026-01-10"],
        }
    )

    assert attrition.monthly(staff, "2026-01", "2026-01").table["离职"].tolist() == [1]
    skipped = attrition.monthly(staff, "2026-01", "2026-01", skip_days=14)
    assert skipped.table[["入职", "离职"]].to_numpy().tolist() == [[0, 0]]


def test_year_to_date_starts_again_each_year():
    """domain.md 2.12：Σ离职 ÷ 平均人数 × 12/k。"""
    table = pd.DataFrame(
        {
            "月份": ["2025-12", "2026-01", "2026年2月"],
            "月初人数": [100, 100, 100],
            "月末人数": [100, 100, 100],
            "离职人数": [10, 2, 4],
        }
    )
    result = attrition.monthly_counts(table)

    assert result.table["累计年化"].tolist() == pytest.approx([1.2, 0.24, 0.36])
    assert result.year_to_date == pytest.approx(0.36)
    assert (result.year, result.months_to_date) == (2026, 2)


def test_rows_of_the_same_month_are_added():
    """两个班组、次序颠倒：一月 (20+30)、走 1+2；分母 (50 + 49)/2。"""
    table = pd.DataFrame(
        {
            "月份": ["2026-02", "2026-01", "2026-01"],
            "月初人数": [49, 20, 30],
            "月末人数": [49, 20, 29],
            "离职人数": [0, 1, 2],
        }
    )
    result = attrition.monthly_counts(table).table

    assert result.index.tolist() == ["2026-01", "2026-02"]
    assert result["流失率"].tolist() == pytest.approx([3 / 49.5, 0])


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 500)), min_size=1, max_size=30))
def test_headcount_balances_every_month(people):
    """月末 = 月初 + 入职 − 离职，上月末 = 下月初。"""
    hired = [START + pd.Timedelta(days=a) for a, _ in people]
    left = [h + pd.Timedelta(days=b) for h, (_, b) in zip(hired, people, strict=True)]
    left = [day if day < pd.Timestamp("2026-12-31") else None for day in left]
    anchor = {"工号": "老员工", "入职日期": pd.Timestamp("2020-01-01"), "离职日期": None}
    staff = pd.DataFrame(
        {"工号": [f"A{i}" for i in range(len(people))], "入职日期": hired, "离职日期": left}
    )
    staff = pd.concat([staff.astype(object), pd.DataFrame([anchor], dtype=object)])

    table = attrition.monthly(staff, "2025-01", "2026-12").table

    assert (table["月末"] == table["月初"] + table["入职"] - table["离职"]).all()
    assert (table["月初"].to_numpy()[1:] == table["月末"].to_numpy()[:-1]).all()
    assert table["离职"].sum() == sum(day is not None for day in left)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"denominator": "end"}, "denominator 是 'end'"),
        ({"start": "2026-03", "end": "2026-01"}, "没有一个整月"),
        ({"start": "去年"}, "start是 '去年'"),
        ({"start": "2020-01", "end": "2020-02"}, "2020-01 的分母是 0"),
    ],
)
def test_monthly_refuses(staff, change, message):
    with pytest.raises(ValueError, match=message):
        attrition.monthly(staff, **{"start": "2026-01", "end": "2026-02", **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"工号": ["A1", "A1", "A3", "A4", "A5"]}, "工号 A1 出现不止一次"),
        (
            {"离职日期": ["2024-01-01"] + [None] * 4},
            "A1 的离职日期 2024-01-01 早于入职日期 2025-03-01",
        ),
        (
            {"入职日期": ["2025-03-01", None, "2025-03-01", "2025-03-01", "2025-03-01"]},
            "入职日期第 2 个是空值",
        ),
        ({"入职日期": ["三月"] * 5}, "入职日期第 1 个是 '三月'"),
    ],
)
def test_roster_errors_name_the_person(staff, change, message):
    with pytest.raises(ValueError, match=message):
        attrition.monthly(staff.assign(**change), "2026-01", "2026-02")


def test_counts_that_do_not_balance_are_refused():
    table = pd.DataFrame(
        {"月份": ["2026-01"], "月初人数": [100], "月末人数": [90], "离职人数": [5]}
    )
    with pytest.raises(
        ValueError, match="2026-01 的月初 100 .*减离职 5.*多于月末 90：另有 5 人.*transfers_out"
    ):
        attrition.monthly_counts(table)


def test_survival_matches_r():
    """R：survfit(Surv(time, status) ~ 1, data = aml, conf.type = "log-log")，
    summary(times = c(9, 18, 27, 34))；中位 27。"""
    result = attrition.tenure_survival(roster(AML_TIME, AML_EVENT), LAST, points=[9, 18, 27, 34])
    expected = [
        (0.782608695652, 0.554211506669, 0.903207489882),
        (0.645962732919, 0.413952950717, 0.805307764482),
        (0.496894409938, 0.275565628012, 0.684213788448),
        (0.276052449965, 0.104441343234, 0.480284660417),
    ]

    assert result.points[["留任率", "下限", "上限"]].to_numpy() == pytest.approx(np.array(expected))
    assert result.groups["中位在职天数"].tolist() == [27]
    assert result.at(18) == pytest.approx(0.645962732919)


def test_two_group_log_rank_matches_r_and_scipy():
    """R：survdiff(Surv(time, status) ~ x, data = aml)$chisq = 3.39638869898。"""
    result = attrition.tenure_survival(roster(AML_TIME, AML_EVENT, AML_GROUP), LAST, by="组")
    time, event, group = np.array(AML_TIME, float), np.array(AML_EVENT, bool), np.array(AML_GROUP)
    one, two = (
        CensoredData.right_censored(time[group == name], ~event[group == name])
        for name in ("维持", "不维持")
    )

    assert result.chi_square == pytest.approx(3.39638869898)
    assert result.p == pytest.approx(logrank(one, two).pvalue)
    assert "看不出快慢不同" in str(result)


def test_three_group_log_rank_matches_r():
    """R：survdiff，三组 30 人，chisq = 9.87891111697，p = 0.00715849469326。"""
    time = np.array(
        [
            6,
            6,
            6,
            7,
            10,
            13,
            16,
            22,
            23,
            1,
            1,
            2,
            2,
            3,
            4,
            4,
            5,
            5,
            8,
            8,
            11,
            12,
            15,
            17,
            5,
            9,
            14,
            20,
            21,
            25.0,
        ]
    )
    event = np.array([1] * 19 + [0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0], dtype=bool)
    group = np.repeat(["a", "b", "c"], [9, 15, 6])

    assert attrition.log_rank(time, event, group) == pytest.approx(
        (9.87891111697, 0.00715849469326)
    )


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), min_size=4, max_size=40))
def test_survival_falls_from_one_and_equals_the_share_without_censoring(people):
    days, event = zip(*people, strict=True)
    if not any(event):
        return
    curve = attrition.tenure_survival(roster(days, event), LAST).curve
    rate = curve["留任率"].to_numpy()

    assert ((rate >= 0) & (rate <= 1)).all()
    assert (np.diff(rate) <= 1e-12).all()
    if all(event):
        share = [(np.array(days) > t).mean() for t in curve["天数"]]
        assert rate == pytest.approx(share)


def test_beyond_the_observation_nothing_is_said():
    result = attrition.tenure_survival(roster([10, 20, 30], [1, 1, 0]), LAST, points=[15, 90])

    assert result.points["留任率"].isna().tolist() == [False, True]
    with pytest.raises(ValueError, match="最长只观察到 30 天"):
        result.at(90)
    with pytest.raises(ValueError, match="没有 '甲组' 这一组"):
        result.at(5, "甲组")


def test_rosters_without_old_leavers_are_flagged():
    """2015 年入职的都还在，2025 年才有离职记录：多半是早年离职的不在册。"""
    staff = pd.DataFrame(
        {
            "工号": [f"A{i}" for i in range(10)],
            "入职日期": ["2015-01-01"] * 5 + ["2025-02-01"] * 5,
            "离职日期": [None] * 5 + ["2025-03-01", "2025-04-01", None, None, None],
        }
    )
    every = attrition.tenure_survival(staff, "2025-06-30")
    young = attrition.tenure_survival(staff, "2025-06-30", hired_from="2025-01-01")

    assert every.survivors_only
    assert "请用 hired_from" in str(every)
    assert (young.survivors_only, young.excluded) == (False, 5)
    assert young.at(60) < every.at(60)


def test_survival_refuses_when_nobody_left_or_one_group():
    with pytest.raises(ValueError, match="没有人离职"):
        attrition.tenure_survival(roster([10, 20], [0, 0]), LAST)
    with pytest.raises(ValueError, match="组只有一组"):
        attrition.tenure_survival(roster([10, 20], [1, 0], ["甲", "甲"]), LAST, by="组")


def test_early_leavers_only_counts_those_who_could():
    """三个 1 月入职的满 90 天，走 1 个；5 月入职的两个不满期，走了的也不算。"""
    staff = pd.DataFrame(
        {
            "工号": list("ABCDE"),
            "入职日期": ["2026-01-01"] * 3 + ["2026-05-20"] * 2,
            "离职日期": ["2026-02-10", None, "2026-05-15", "2026-05-30", None],
        }
    )
    result = attrition.early_leavers(staff, "2026-06-01")

    assert (result.left, result.hired, result.too_recent) == (1, 3, 2)
    assert result.people == ("A",)
    assert result.of_leavers == 0.5
    assert result.naive == pytest.approx(2 / 5)


def test_the_ninetieth_day_counts_as_early():
    staff = pd.DataFrame(
        {
            "工号": ["A", "B"],
            "入职日期": ["2026-01-01"] * 2,
            "离职日期": ["2026-04-01", "2026-04-02"],
        }
    )

    assert attrition.early_leavers(staff, "2026-12-31").people == ("A",)


def test_early_leavers_by_batch_keeps_every_batch():
    staff = roster([30, 200, 40, 300], [1, 1, 1, 1], ["甲", "甲", "乙", "乙"])
    result = attrition.early_leavers(staff, LAST, by="组")

    assert result.table["批次"].tolist() == ["乙", "甲"]
    assert result.table["早走率"].tolist() == [0.5, 0.5]


def test_early_leavers_refuses_when_all_are_recent():
    with pytest.raises(ValueError, match="没有人入职满 90 天"):
        attrition.early_leavers(roster([10], [0]), LAST)


def test_reasons_split_voluntary_and_probation():
    staff = roster([30, 150, 40, 300, 20], [1, 1, 1, 1, 1]).assign(
        离职原因=["薪酬", "薪酬", "辞退", "内部调动", "倒班"]
    )
    result = attrition.leaver_reasons(staff)

    assert (result.leavers, result.voluntary, result.transferred, result.probation) == (4, 3, 1, 3)
    assert result.table["原因"].tolist()[0] == "薪酬"
    assert result.table.set_index("原因").loc["辞退", "类别"] == "被动"
    assert result.table["人数"].sum() == result.leavers


def test_leavers_without_a_reason_are_refused():
    staff = roster([30, 150], [1, 1]).assign(离职原因=["薪酬", ""])
    with pytest.raises(ValueError, match="离职原因第 2 个是空值"):
        attrition.leaver_reasons(staff)


def test_roster_and_headcount_tables_of_the_centre_agree():
    """花名册逐人算的，与人数表逐月合计的，是同一个流失率。"""
    hub = centre.open_centre(2025)
    by_person = attrition.monthly(hub.table("agents"), "2024-07", "2025-05").table
    by_count = attrition.monthly_counts(hub.table("headcount")).table.loc[by_person.index]

    assert by_person["流失率"].tolist() == pytest.approx(by_count["流失率"].tolist())
    assert by_person["入职"].tolist() == by_count["入职"].tolist()


def test_every_result_reads_as_sentence_table_and_chart(staff):
    last = LAST
    people = roster(AML_TIME, AML_EVENT, AML_GROUP)
    results = [
        attrition.annualise(0.03),
        attrition.monthly(staff, "2026-01", "2026-02"),
        attrition.tenure_survival(people, last),
        attrition.tenure_survival(people, last, by="组"),
        attrition.early_leavers(people, last),
        attrition.leaver_reasons(people.assign(离职原因="薪酬")),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty
        assert str(result).endswith("。")
        assert "<table" in result._repr_html_()

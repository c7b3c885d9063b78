"""ccomlib.survey：样本量、区间、加权与排名对得上 R 与教科书，样本不足就拒绝排名。"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from ccomlib import centre, survey

SCORES = [5, 4, 4, 3, 5, 2, 5, 4, 5, 1]
SIZES = {"咨询": 6000, "报修": 3000, "投诉": 1000}
SPREAD = {"咨询": 0.6, "报修": 0.9, "投诉": 1.3}


@pytest.fixture
def replies():
    """A1 40 份、A2 35 份够 30 份，A3 只有 8 份；另有两份没有回复。"""
    return pd.DataFrame(
        {
            "工号": ["A1"] * 40 + ["A2"] * 35 + ["A3"] * 8 + ["A1", "A3"],
            "满意度": [5] * 36 + [2] * 4 + [4] * 21 + [1] * 14 + [5] * 8 + [None, None],
        }
    )


@pytest.mark.parametrize(
    ("population", "needed"), [(500, 218), (2_000, 323), (10_000, 370), (100_000, 383), (None, 385)]
)
def test_sample_size_matches_the_golden_table(population, needed):
    """domain.md 2.12：n₀ = 384.15，有限总体修正后向上取整；无限总体是 Cochran 的 385。"""
    result = survey.sample_size(population)

    assert result.needed == needed
    assert result.infinite == pytest.approx(384.15, abs=0.01)


def test_invitations_are_grossed_up_by_the_response_rate():
    """323 ÷ 25% = 1292；21 ÷ 0.7 恰好 30（浮点算成 30.000000000000004），不多发一份。"""
    assert survey.sample_size(2_000, response_rate=0.25).invitations == 1_292
    assert survey.sample_size(21, margin=0.01, response_rate=0.7).needed == 21
    assert survey.sample_size(21, margin=0.01, response_rate=0.7).invitations == 30


def test_too_many_invitations_are_said():
    result = survey.sample_size(500, response_rate=0.1)

    assert result.invitations == 2_180
    assert not result.enough
    assert "超过总体 500" in str(result)


@given(st.integers(1, 10**7), st.floats(0.01, 0.3), st.floats(0.05, 0.95))
def test_sample_never_exceeds_the_population(population, margin, p):
    result = survey.sample_size(population, margin=margin, p=p)

    assert 1 <= result.needed <= population
    assert result.needed <= survey.sample_size(margin=margin, p=p).needed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"population": 0}, "population是 0，应不小于 1"),
        ({"population": 10.5}, "population 是 10.5，不是整数"),
        ({"margin": 5}, "margin 是 5，应大于 0 且小于 1"),
        ({"confidence": 95}, "confidence 是 95，应大于 0 且小于 1"),
        ({"response_rate": 0}, "response_rate 是 0，应大于 0 且不大于 1"),
    ],
)
def test_sample_size_refuses(change, message):
    with pytest.raises(ValueError, match=message):
        survey.sample_size(**change)


def test_proportional_allocation():
    """370 × 60%、30%、10% = 222、111、37，恰好整数。"""
    result = survey.allocate(SIZES, 370)

    assert result.sample.to_dict() == {"咨询": 222, "报修": 111, "投诉": 37}


def test_neyman_allocation_by_hand():
    """N·S = 3600、2700、1300，合计 7600；370 份得 175.3、131.4、63.3，最大余数给报修。"""
    result = survey.allocate(SIZES, 370, method="neyman", sd=SPREAD)

    assert result.sample.tolist() == [175, 132, 63]
    assert "按总体人数加权" in str(result)


def test_neyman_error_is_not_larger_than_proportional():
    neyman = survey.allocate(SIZES, 370, method="neyman", sd=SPREAD)
    proportional = survey.allocate(SIZES, 370, sd=SPREAD)
    by_hand = np.sqrt(
        sum(
            (SIZES[k] / 10_000) ** 2 * SPREAD[k] ** 2 / n * (1 - n / SIZES[k])
            for k, n in proportional.sample.items()
        )
    )

    assert proportional.standard_error == pytest.approx(by_hand)
    assert neyman.standard_error < proportional.standard_error


def test_small_strata_are_raised_to_the_minimum_and_named():
    result = survey.allocate({"咨询": 9_000, "投诉": 500, "建议": 20}, 200, minimum=30)

    assert result.sample.to_dict() == {"咨询": 150, "投诉": 30, "建议": 20}
    assert "投诉、建议不足每层至少 30 份，已补足" in str(result)


@given(
    st.lists(st.tuples(st.integers(1, 5_000), st.floats(0, 3)), min_size=1, max_size=8),
    st.floats(0, 1),
    st.integers(0, 40),
    st.sampled_from(["proportional", "neyman"]),
)
def test_allocation_adds_up_within_bounds(strata, share, minimum, method):
    sizes = {f"层{i}": size for i, (size, _) in enumerate(strata)}
    sd = {f"层{i}": spread + 0.01 for i, (_, spread) in enumerate(strata)}
    least = sum(min(minimum, size) for size in sizes.values())
    whole = sum(sizes.values())
    total = max(1, round(least + share * (whole - least)))

    sample = survey.allocate(sizes, total, method=method, sd=sd, minimum=minimum).sample

    assert sample.sum() == total
    assert all(min(minimum, sizes[k]) <= n <= sizes[k] for k, n in sample.items())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"甲": 0}, 1), "sizes 的 甲 是 0：没有人的层请去掉"),
        (({"甲": 10.5}, 1), "sizes的 甲 是 10.5，不是不为负的整数"),
        (({"甲": 10}, 11), "total 是 11，多于总体 10"),
        (({"甲": 10}, 2.5), "total 是 2.5，应是不小于 1 的整数"),
        (({"甲": 100, "乙": 100}, 30), "每层至少 20 份共要 40 份，多于 total = 30"),
    ],
)
def test_allocation_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        survey.allocate(*arguments, minimum=20)


def test_neyman_needs_the_spread_of_every_stratum():
    with pytest.raises(ValueError, match="请给 sd，或改用 proportional"):
        survey.allocate(SIZES, 100, method="neyman")
    with pytest.raises(ValueError, match="sd 里没有 报修、投诉"):
        survey.allocate(SIZES, 100, method="neyman", sd={"咨询": 1})
    with pytest.raises(ValueError, match="sd 的 投诉 是 -1"):
        survey.allocate(SIZES, 100, method="neyman", sd={**SPREAD, "投诉": -1})


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (21, 30, 0.521242125413, 0.833352517318),
        (0, 10, 0, 0.277532799863),
        (9, 10, 0.595849973205, 0.982123786905),
        (120, 400, 0.257167671956, 0.346637245778),
    ],
)
def test_wilson_matches_r(successes, n, low, high):
    """R 4.2.2：prop.test(k, n, correct = FALSE)$conf.int。"""
    result = survey.wilson(successes, n)

    assert (result.low, result.high) == pytest.approx((low, high), abs=1e-11)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_matches_statsmodels_and_holds_the_rate(pair):
    k, n = pair
    result = survey.wilson(k, n, confidence=0.9)

    assert (result.low, result.high) == pytest.approx(
        proportion_confint(k, n, 0.1, method="wilson"), abs=1e-9
    )
    assert 0 <= result.low <= k / n <= result.high <= 1


def test_half_width_for_thirty_replies():
    """domain.md 2.12：30 份、满意率 70% 时半宽约 16 个百分点。"""
    assert survey.wilson(21, 30).half_width == pytest.approx(0.16, abs=0.005)


@pytest.mark.parametrize(
    ("successes", "n", "message"),
    [(3, 0, "n 是 0，没有样本"), (4, 3, "successes 是 4，多于 n = 3"), (-1, 3, "successes 是 -1")],
)
def test_wilson_refuses(successes, n, message):
    with pytest.raises(ValueError, match=message):
        survey.wilson(successes, n)


def test_difference_matches_newcombe_and_r():
    """Newcombe 1998 表 II (a)：56/70 对 48/80，方法 10 区间 .0524 到 .3339；
    z 与 p 见 R 的 prop.test(c(48,56), c(80,70), correct = FALSE)。"""
    result = survey.compare_proportions(48, 80, 56, 70)

    assert result.difference == pytest.approx(0.2)
    assert (result.low, result.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert result.z == pytest.approx(2.65017195126)
    assert result.p == pytest.approx(0.0080450813682)
    assert result.significant


def test_small_samples_use_fishers_exact_test():
    """R：fisher.test(matrix(c(3,12,9,6), 2))$p.value = 0.060433；期望数 6 以上用 z，
    改成 1/8 对 5/9 期望数不足 5，用 Fisher。"""
    assert "z 检验" in survey.compare_proportions(3, 15, 9, 15).method

    small = survey.compare_proportions(1, 8, 5, 9)

    assert "Fisher" in small.method
    assert small.p == pytest.approx(0.131222, abs=1e-6)
    assert not small.significant


@given(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_swapping_the_groups_only_flips_the_sign(one, two):
    if (one[0] + two[0]) in (0, one[1] + two[1]):
        return
    forward = survey.compare_proportions(*one, *two)
    back = survey.compare_proportions(*two, *one)

    assert back.difference == pytest.approx(-forward.difference)
    assert (back.low, back.high) == pytest.approx((-forward.high, -forward.low))
    assert back.p == pytest.approx(forward.p)
    assert -1 <= forward.low <= forward.difference <= forward.high <= 1


def test_equal_extremes_have_nothing_to_test():
    with pytest.raises(ValueError, match="两组的比例都是 0%"):
        survey.compare_proportions(0, 10, 0, 12)


def test_csat_mean_matches_r():
    """R：t.test(c(5,4,4,3,5,2,5,4,5,1))$conf.int = 2.79964 到 4.80036。"""
    result = survey.csat(SCORES)

    assert result.mean == 3.8
    assert (result.mean_low, result.mean_high) == pytest.approx((2.79963646322, 4.80036353678))
    assert result.top == 0.7
    assert result.counts.tolist() == [1, 1, 1, 3, 4]
    assert "样本少于 30 份" in str(result)


def test_csat_top_box_can_be_one():
    assert survey.csat(SCORES, top=1).top == 0.4


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([5, None], "scores第 2 个是空值"),
        ([5, 6], "scores第 2 个是 6，不是 1 到 5 的整数"),
        ([5, 4.5], "scores第 2 个是 4.5"),
        ([], "scores是空的"),
        ([5], "只有 1 份回复"),
        ([5, 5, 5], "所有分数都是 5，均值的区间没有意义"),
    ],
)
def test_csat_refuses(scores, message):
    with pytest.raises(ValueError, match=message):
        survey.csat(scores)


def test_nps_standard_error_by_hand():
    """p = .5，d = .2：SE = √((.7 − .09)/100) = 7.810 分。"""
    result = survey.nps([10] * 50 + [8] * 30 + [3] * 20)

    assert result.score == pytest.approx(30)
    assert result.standard_error == pytest.approx(100 * np.sqrt(0.0061))
    assert (result.low, result.high) == pytest.approx((14.692, 45.308), abs=1e-3)
    assert (result.promoters, result.passives, result.detractors) == (50, 30, 20)


@given(st.lists(st.integers(0, 10), min_size=2, max_size=200))
def test_nps_error_is_the_sd_of_the_three_values(scores):
    """SE = s/√n，s 是 +100、0、−100 三个值的总体标准差。"""
    value = np.where(np.array(scores) >= 9, 100, np.where(np.array(scores) <= 6, -100, 0))
    if np.ptp(value) == 0:
        with pytest.raises(ValueError, match="同属一类"):
            survey.nps(scores)
        return
    result = survey.nps(scores)

    assert result.score == pytest.approx(value.mean())
    assert result.standard_error == pytest.approx(value.std() / np.sqrt(len(scores)))


def test_agents_with_few_replies_are_not_ranked(replies):
    """满意率 36/40、21/35；A3 8 份全满意也不排名。"""
    result = survey.rank_groups(replies)

    assert result.ranked["组"].tolist() == ["A1", "A2"]
    assert result.ranked["名次"].tolist() == [1, 2]
    assert result.refused == ("A3",)
    assert result.table["回复"].tolist() == [40, 35, 8]
    assert "2 组够 30 份（教学约定）" in str(result)
    assert "1 组样本不足、不排名也不考核" in str(result)


def test_ranking_tests_whether_the_groups_differ(replies):
    """36/40 与 21/35 的卡方 = z²，z 由两个比例的检验给出。"""
    result = survey.rank_groups(replies)

    assert result.p == pytest.approx(survey.compare_proportions(36, 40, 21, 35).p)


def test_nobody_is_ranked_when_all_are_small(replies):
    result = survey.rank_groups(replies, min_n=100)

    assert result.ranked.empty
    assert result.p is None
    assert "0 组够 100 份" in str(result)


def test_same_rates_are_called_chance():
    table = pd.DataFrame({"工号": ["A1"] * 40 + ["A2"] * 40, "满意度": ([5] * 30 + [1] * 10) * 2})

    assert "可以是碰巧" in str(survey.rank_groups(table))


def test_post_stratification_by_hand():
    """甲 4 份均值 4.5，乙 2 份均值 2.5；总体各半：(4.5 + 2.5)/2 = 3.5。"""
    scores, strata = [5, 4, 5, 4, 2, 3], list("甲甲甲甲乙乙")
    result = survey.post_stratify(scores, strata, {"甲": 500, "乙": 500})
    error = np.sqrt(0.25 * (1 / 3) / 4 + 0.25 * 0.5 / 2)

    assert result.mean == pytest.approx(3.5)
    assert result.raw == pytest.approx(23 / 6)
    assert result.weights.tolist() == pytest.approx([0.75] * 4 + [1.5] * 2)
    assert result.standard_error == pytest.approx(error)
    assert result.design_effect == pytest.approx(6 * (4 * 0.5625 + 2 * 2.25) / 36)


def test_weighted_mean_matches_statsmodels():
    rng = np.random.default_rng(4)
    score = rng.integers(1, 6, 200)
    strata = rng.choice(["咨询", "报修", "投诉"], 200, p=[0.2, 0.3, 0.5])
    result = survey.post_stratify(score, strata, SIZES)

    assert result.mean == pytest.approx(DescrStatsW(score, result.weights).mean)
    assert result.weights.sum() == pytest.approx(200)


@given(st.lists(st.integers(2, 30), min_size=1, max_size=5), st.integers(1, 9))
def test_weighting_by_the_sample_itself_changes_nothing(counts, scale):
    strata = [f"层{i}" for i, n in enumerate(counts) for _ in range(n)]
    score = [1 + (i % 5) for i in range(len(strata))]
    population = {f"层{i}": scale * n for i, n in enumerate(counts)}

    result = survey.post_stratify(score, strata, population)

    assert result.mean == pytest.approx(result.raw)
    assert result.design_effect == pytest.approx(1)


@pytest.mark.parametrize(
    ("population", "message"),
    [
        ({"甲": 1}, "回复里的乙不在 population 里"),
        ({"甲": 1, "乙": 1, "丙": 1}, "丙只有 0 份回复"),
        ({"甲": 1, "乙": -1}, "population 的 乙 是 -1，应大于 0"),
    ],
)
def test_weighting_refuses(population, message):
    with pytest.raises(ValueError, match=message):
        survey.post_stratify([5, 4, 2, 3], list("甲甲乙乙"), population)


def test_uneven_response_is_found():
    """R：chisq.test(matrix(c(55,75,45,225), 2), correct = FALSE)，χ² = 30.769，p = 2.906e−8。"""
    table = pd.DataFrame(
        {
            "队列": ["投诉"] * 100 + ["咨询"] * 300,
            "方式": ["短信", "语音"] * 200,
            "回复": ["是"] * 55 + ["否"] * 45 + ["是"] * 75 + ["否"] * 225,
        }
    )
    result = survey.response_check(table, ["队列", "方式"])
    row = result.tests.set_index("列名").loc["队列"]

    assert result.uneven == ("队列",)
    assert row["卡方"] == pytest.approx(30.7692307692)
    assert row["p"] == pytest.approx(2.90609482007e-08)
    assert row["Cramér V"] == pytest.approx(np.sqrt(30.7692307692 / 400))
    assert result.table.set_index("类别").loc["投诉", "回复率"] == 0.55


def test_possible_range_of_the_satisfied():
    """4 份邀请 2 份回复、1 份满意：全体满意率在 1/4 与 3/4 之间。"""
    table = pd.DataFrame(
        {"队列": list("甲甲乙乙"), "回复": [1, 0, 1, 0], "满意度": [5, None, 2, None]}
    )
    result = survey.response_check(table, "队列", score="满意度")

    assert result.top == 0.5
    assert result.bounds == (0.25, 0.75)
    assert "25.0% 到 75.0%" in str(result)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"回复": [1, 1, 1, 1]}, "4 份邀请里有 4 份回复"),
        ({"队列": list("甲甲甲甲")}, "队列只有一类"),
        ({"回复": [1, 0, None, 0]}, "回复第 3 个是空值"),
        ({"满意度": [None, None, 2, None]}, "回复了但满意度是空值"),
    ],
)
def test_response_check_refuses(change, message):
    table = pd.DataFrame(
        {"队列": list("甲甲乙乙"), "回复": [1, 0, 1, 0], "满意度": [5, None, 2, None]}
    ).assign(**{name: pd.Series(values, dtype=object) for name, values in change.items()})

    with pytest.raises(ValueError, match=message):
        survey.response_check(table, "队列", score="满意度")


def test_weighting_brings_the_centre_closer_to_the_truth():
    """难办的队列回得多；按被邀请的队列构成加权，离全体的真值更近。"""
    hub = centre.open_centre(2025)
    invited = hub.table("survey")
    replied = invited[invited["回复"]]
    population = invited["队列"].value_counts()
    result = survey.post_stratify(replied["满意度"], replied["队列"], population)
    truth = hub.truth.survey.true_mean

    assert abs(result.mean - truth) < abs(result.raw - truth)
    assert "队列" in survey.response_check(invited, ["队列", "邀请方式"]).uneven


@pytest.mark.parametrize(
    "make",
    [
        lambda: survey.wilson(21, 30),
        lambda: survey.compare_proportions(48, 80, 56, 70, names=("甲", "乙")),
        lambda: survey.sample_size(2_000, response_rate=0.2),
        lambda: survey.allocate(SIZES, 370, sd=SPREAD),
        lambda: survey.csat(SCORES),
        lambda: survey.nps([10, 9, 8, 3]),
        lambda: survey.post_stratify(SCORES, list("甲乙") * 5, {"甲": 3, "乙": 1}),
        lambda: survey.rank_groups(
            pd.DataFrame({"工号": list("甲乙") * 40, "满意度": [5, 1, 4, 4] * 20})
        ),
        lambda: survey.response_check(
            pd.DataFrame({"队列": list("甲乙") * 20, "回复": [1, 0, 0, 1] * 10}), "队列"
        ),
    ],
)
def test_every_result_reads_as_sentence_table_and_chart(make):
    result = make()
    _, ax = plt.subplots()

    assert result.plot(ax) is ax
    assert ax.get_title()
    assert not result.summary().empty
    assert str(result).endswith("。")
    assert "<table" in result._repr_html_()

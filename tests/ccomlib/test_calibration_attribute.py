"""ccomlib.calibration 的属性一致性分析与建议。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.calibration import advise, attribute_agreement

# JASP 质量控制模块测试用的数据：15 件、3 人（EG、BL、MH）、各 3 次，与标准；1 是 Yes
STANDARD = "101110100101111"
ROUNDS = {
    "EG": ("101111100101101", "101011100101101", "101011100101101"),
    "BL": ("101111000101101", "101011000101101", "101011000101101"),
    "MH": ("111111101111101", "111111100101101", "111111110111101"),
}
SPOTS = pd.DataFrame(
    [
        (part + 1, who, times + 1, votes[part], STANDARD[part])
        for who, rounds in ROUNDS.items()
        for times, votes in enumerate(rounds)
        for part in range(15)
    ],
    columns=["录音", "质检员", "次", "判定", "标准"],
).replace({"判定": {"1": "有", "0": "无"}, "标准": {"1": "有", "0": "无"}})


@pytest.fixture(scope="module")
def spots():
    return attribute_agreement(SPOTS, trial="次", standard="标准", bad="有")


def scope(result, name):
    return result.table[result.table["范围"] == name].set_index("质检员")


def test_agreement_and_intervals_match_jasp(spots):
    """JASP 质量控制模块（jaspQualityControl）自己的测试里写的四张表，区间为 Clopper-Pearson（百分数）。"""
    within, versus = scope(spots, "自己前后"), scope(spots, "各人与标准")

    assert within["一致"].to_dict() == {"EG": 14, "BL": 14, "MH": 12}
    assert versus["一致"].to_dict() == {"EG": 12, "BL": 11, "MH": 9}
    assert versus.loc["EG", ["下限", "上限"]].tolist() == pytest.approx(
        [0.51911, 0.95669], abs=5e-6
    )
    between, every = scope(spots, "彼此之间").iloc[0], scope(spots, "全体与标准").iloc[0]
    assert (between["一致"], every["一致"]) == (9, 7)
    assert (between["下限"], between["上限"]) == pytest.approx((0.32287, 0.83664), abs=5e-6)
    assert (every["下限"], every["上限"]) == pytest.approx((0.21267, 0.73414), abs=5e-6)


def test_kappas_match_jasp(spots):
    """JASP：与标准为 Cohen，自己前后与彼此为 Fleiss。两两手算：EG 与 BL 只差第 7 件的 3 次，
    po = 42/45，pe = (28·25 + 17·20)/45²。"""
    assert scope(spots, "各人与标准")["kappa"].to_dict() == pytest.approx(
        {"EG": 0.612903225806452, "BL": 0.492307692307692, "MH": 0.264150943396226}
    )
    assert scope(spots, "自己前后")["kappa"].to_dict() == pytest.approx(
        {"EG": 0.905462184873949, "BL": 0.91, "MH": 0.543918918918919}
    )
    assert scope(spots, "彼此之间")["kappa"].iloc[0] == pytest.approx(0.641666666666666)
    pe = (28 * 25 + 17 * 20) / 45**2
    assert spots.pairs["kappa"].iloc[0] == pytest.approx((42 / 45 - pe) / (1 - pe))


def test_misses_and_false_alarms_match_jasp(spots):
    """JASP：漏判 16.67、26.67、10；误判 20、20、66.67（百分数）。"""
    errors = spots.errors.set_index("质检员")

    assert errors["漏判率"].tolist() == pytest.approx([1 / 6, 8 / 30, 0.1])
    assert errors["误判率"].tolist() == pytest.approx([0.2, 0.2, 2 / 3])
    assert set(errors["判断"]) == {"不可接受"}


def test_verdicts_and_the_sentence(spots):
    assert scope(spots, "各人与标准")["判断"].to_dict() == {
        "EG": "勉强",
        "BL": "不可接受",
        "MH": "不可接受",
    }
    assert "BL、MH低于 80%，不可接受" in str(spots)
    assert "先讨论" in str(spots)


def test_the_order_of_rows_does_not_matter(spots):
    shuffled = SPOTS.sample(frac=1, random_state=1)

    again = attribute_agreement(shuffled, trial="次", standard="标准")

    for name in ("自己前后", "各人与标准"):
        assert scope(again, name)["一致"].to_dict() == scope(spots, name)["一致"].to_dict()


def test_without_standard_right_or_wrong_is_not_claimed():
    result = attribute_agreement(SPOTS.drop(columns="标准"), trial="次")

    assert set(result.table["范围"]) == {"自己前后", "彼此之间"}
    assert "看不出对不对" in str(result)


def test_all_agreeing_with_the_standard_never_exceeds_any_one(spots):
    every = scope(spots, "全体与标准")["比例"].iloc[0]

    assert every <= scope(spots, "各人与标准")["比例"].min()
    assert every <= scope(spots, "彼此之间")["比例"].iloc[0]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t: t.drop(columns="判定"), {}, "缺少列：判定"),
        (lambda t: t, {"trial": None}, "请用 trial 写明第几次"),
        (lambda t: t.iloc[1:], {}, "EG对2判了|EG对1判了"),
        (lambda t: t.assign(判定=[None, *t["判定"][1:]]), {}, "判定第 1 个（0）是空值"),
        (lambda t: t[t["质检员"] == "EG"], {}, "1 位质检员"),
        (
            lambda t: t.assign(标准=["无", *t["标准"][1:]]),
            {"standard": "标准"},
            "1的标准前后不一",
        ),
        (lambda t: t, {"bad": "有"}, "没有 standard"),
        (lambda t: t, {"bad": "坏", "standard": "标准"}, "没有一通是 '坏'"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(change, options, message):
    with pytest.raises(ValueError, match=message):
        attribute_agreement(change(SPOTS), **{"trial": "次", **options})


def test_plots_return_axes_with_titles(spots):
    assert spots.plot().get_title()
    assert advise().plot().get_title()
    assert spots._repr_html_()


@pytest.mark.parametrize(
    ("facts", "function", "piece"),
    [
        ({}, "ttest", "2, 1)"),
        ({"same_items": False}, "ttest", "2, 3)"),
        ({"same_items": False, "equal_sd": True}, "ttest", "2, 2)"),
        ({"raters": 1, "standard": True}, "ttest", "标准分"),
        ({"raters": 4}, "compare_raters", "录音"),
        ({"raters": 4, "standard": True}, "calibrate", "standard="),
        ({"raters": 4, "same_items": False}, "comparison.anova", "comparison.anova("),
        ({"goal": "等效"}, "tost", "kind=1"),
        ({"goal": "等效", "raters": 4}, "calibrate", "tolerance=3"),
        ({"goal": "一致"}, "icc", "icc("),
        ({"data": "等级", "goal": "一致"}, "cohen_kappa", "quadratic"),
        ({"data": "等级", "goal": "一致", "raters": 3}, "icc", "1、2、3"),
        ({"data": "等级", "raters": 3}, "compare_raters", "等级"),
        ({"data": "类别", "goal": "一致"}, "cohen_kappa", "cohen_kappa("),
        ({"data": "类别", "goal": "一致", "raters": 3}, "fleiss_kappa", "fleiss_kappa("),
        (
            {"data": "类别", "goal": "一致", "raters": 3, "standard": True},
            "attribute_agreement",
            "standard=",
        ),
        ({"data": "类别", "same_items": False}, "scipy.stats.chi2_contingency", "次数表"),
    ],
)
def test_the_advice_fits_the_design(facts, function, piece):
    result = advise(**facts)

    assert result.function == function
    assert piece in result.code
    assert result.why in str(result)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"data": "文字"}, "data 是 '文字'"),
        ({"goal": "相关"}, "goal 是 '相关'"),
        ({"raters": 0}, "raters 是 0"),
        ({"raters": 1}, "没有谁可比"),
        ({"goal": "一致", "same_items": False}, "谈不上逐通一致"),
        ({"goal": "等效", "data": "类别"}, "等效检验比的是平均分"),
        ({"repeated": True, "same_items": False}, "那就是同一批录音"),
    ],
)
def test_impossible_designs_are_refused_with_the_remedy(facts, message):
    with pytest.raises(ValueError, match=message):
        advise(**facts)


def test_a_dispute_without_standard_is_ordered_by_the_split():
    votes = {"R1": "合合不", "R2": "合合合", "R3": "合不不", "R4": "不不不"}
    long = pd.DataFrame(
        [
            (name, who, vote)
            for name, row in votes.items()
            for who, vote in zip("甲乙丙", row, strict=True)
        ],
        columns=["录音", "质检员", "判定"],
    )

    result = attribute_agreement(long)

    assert list(result.disputed.index) == ["R1", "R3"]
    assert np.isfinite(result.table["kappa"]).all()

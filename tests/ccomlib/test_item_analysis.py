"""ccomlib.item_analysis：信度对得上 R 的 psych，难度与区分度可手算，没答的怎样算写在明处。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccomlib.item_analysis import cronbach_alpha, item_analysis, kr20

RIGHT = pd.DataFrame(
    [
        [1, 1, 1, 1, 1, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 0, 1, 0, 0, 0],
        [1, 1, 1, 1, 1, 1],
        [0, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 1],
        [0, 0, 0, 0, 0, 0],
        [1, 1, 0, 1, 0, 0],
    ],
    columns=[f"题{i}" for i in range(1, 7)],
    index=[f"学员{i:02d}" for i in range(1, 11)],
)
POINTS = pd.DataFrame(
    {
        "题1": [8, 9, 6, 10, 7, 5, 9, 8],
        "题2": [12, 15, 9, 18, 13, 8, 16, 11],
        "题3": [3, 5, 2, 5, 4, 3, 4, 4],
        "题4": [20, 25, 15, 28, 22, 17, 24, 19],
    }
)
FULL = {"题1": 10, "题2": 20, "题3": 5, "题4": 30}


def test_alpha_of_right_and_wrong_answers_matches_psych():
    """R psych：alpha(b)，α、Feldt 区间、标准化 α、平均相关、删去后 α、r.drop。"""
    result = kr20(RIGHT)

    assert result.alpha == pytest.approx(0.7878419453, abs=1e-10)
    assert (result.low, result.high) == pytest.approx((0.4882313502, 0.9391555376), abs=1e-9)
    assert result.standardised == pytest.approx(0.7856916007, abs=1e-9)
    assert result.mean_r == pytest.approx(0.3792786253, abs=1e-9)
    assert result.table["删去后 α"].tolist() == pytest.approx(
        [0.7468879668, 0.7854406130, 0.7555555556, 0.7107843137, 0.7630522088, 0.7630522088]
    )
    assert result.table["与其余 r"].tolist() == pytest.approx(
        [0.5797409638, 0.4023398994, 0.5443310540, 0.7001400420, 0.5069794004, 0.5069794004]
    )


def test_alpha_of_points_matches_psych():
    """R psych：alpha(pts)。"""
    result = cronbach_alpha(POINTS)

    assert result.alpha == pytest.approx(0.8888888889, abs=1e-10)
    assert (result.low, result.high) == pytest.approx((0.670152185, 0.9750426657), abs=1e-9)
    assert result.table["删去后 α"].tolist() == pytest.approx(
        [0.8624641834, 0.7650695518, 0.9152119701, 0.8248472505]
    )


def test_kr20_by_its_own_formula():
    """p = .8 .6 .4 .2，Σpq = .8；总分 3 2 1 4 0 的方差（除以 n）2；KR-20 = 4/3·(1 − .4) = .8。"""
    answers = [[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]]

    assert kr20(answers).alpha == pytest.approx(0.8)


@given(arrays(int, (12, 5), elements=st.integers(0, 1)))
def test_kr20_is_alpha_and_both_equal_the_textbook_formula(answers):
    assume(np.ptp(answers.sum(axis=1)) > 0)
    p = answers.mean(axis=0)
    textbook = 5 / 4 * (1 - (p * (1 - p)).sum() / answers.sum(axis=1).var())

    result = kr20(answers)

    assert result.alpha == pytest.approx(textbook, abs=1e-12)
    assert result.alpha == pytest.approx(cronbach_alpha(answers).alpha, abs=1e-12)
    assert result.low <= result.alpha <= result.high


def test_identical_items_have_alpha_one_and_no_measurement_error():
    # 七题的 α 浮点上比 1 多一点点
    for base, items in (([3.0, 5, 2, 4, 1], 3), ([0.0, 0, 3, 3, 3], 7)):
        result = cronbach_alpha(np.column_stack([base] * items))

        assert result.alpha == pytest.approx(1)
        assert result.sem == pytest.approx(0, abs=1e-6)


def test_a_reversed_item_makes_alpha_negative_and_is_said():
    turned = POINTS[["题1"]].assign(题4=30 - POINTS["题4"])

    assert "反向计分" in str(cronbach_alpha(turned))


def test_difficulty_and_discrimination_by_hand():
    """10 人的 27% 是 3 人。总分 5 4 3 2 2 6 1 5 0 3：高分组 6、5、5，低分组 0、1、再加并列 2 分的两人各算一半。"""
    table = item_analysis(RIGHT).table.set_index("题目")

    assert table.loc["题4", "难度"] == pytest.approx(0.5)
    assert table.loc["题4", "区分度"] == pytest.approx(1.0)
    assert table.loc["题1", "区分度"] == pytest.approx(1 - 1 / 3)
    assert table.loc["题2", "区分度"] == pytest.approx(1 - 1.5 / 3)


def test_point_biserial_matches_psych():
    """R psych：alpha(b)$item.stats 的 raw.r。"""
    assert item_analysis(RIGHT).table["与总分 r"].tolist() == pytest.approx(
        [0.7167132003, 0.5788837387, 0.7202386186, 0.8269767696, 0.6615814157, 0.6615814157]
    )


def test_points_are_divided_by_full_marks():
    table = item_analysis(POINTS, full_marks=FULL).table

    assert table["难度"].tolist() == pytest.approx([7.75 / 10, 12.75 / 20, 3.75 / 5, 21.25 / 30])
    assert ((table["区分度"] >= -1) & (table["区分度"] <= 1)).all()


@given(arrays(int, (15, 4), elements=st.integers(0, 1)), st.randoms(use_true_random=False))
def test_the_order_of_learners_does_not_matter(answers, random):
    assume(np.ptp(answers.sum(axis=1)) > 0)
    order = list(range(15))
    random.shuffle(order)

    plain, shuffled = item_analysis(answers).table, item_analysis(answers[order]).table

    pd.testing.assert_frame_equal(plain, shuffled)
    assert plain["难度"].between(0, 1).all()
    assert plain["区分度"].between(-1, 1).all()


def test_flags_name_the_reason():
    rng = np.random.default_rng(3)
    skill = rng.normal(size=300)
    answers = pd.DataFrame(
        {f"题{i}": (skill + rng.normal(size=300) > 0).astype(int) for i in range(1, 7)}
    )
    answers["太易"] = (skill + rng.normal(size=300) > -3).astype(int)
    answers["太难"] = (skill + rng.normal(size=300) > 2.5).astype(int)
    answers["乱猜"] = rng.integers(0, 2, 300)
    answers["答案错"] = (skill + rng.normal(size=300) < 0).astype(int)
    answers["全对"] = 1

    result = item_analysis(answers)
    verdict = result.table.set_index("题目")["判断"]

    assert (verdict.iloc[:6] == "可用").all()
    assert "偏易" in verdict["太易"]
    assert "偏难" in verdict["太难"]
    assert "区分低" in verdict["乱猜"]
    assert verdict["答案错"] == "反向：核对答案"
    assert verdict["全对"] == "全对：没有区分"
    assert "答案错（反向：核对答案）" in str(result)


def test_limits_are_parameters():
    strict = item_analysis(RIGHT, hard=0.55, easy=0.7, low_discrimination=0.9)

    assert len(strict.flagged) > len(item_analysis(RIGHT).flagged)


def test_missing_answers_are_refused_unless_the_policy_is_stated():
    answers = RIGHT.astype(float)
    answers.loc["学员03", "题4"] = np.nan

    with pytest.raises(ValueError, match="学员03 的 题4 是空值：没答请写明怎样算"):
        item_analysis(answers)
    zero = item_analysis(answers, missing="zero")
    drop = item_analysis(answers, missing="drop")
    assert (zero.n, drop.n) == (10, 9)
    assert zero.table["难度"].tolist() == item_analysis(RIGHT).table["难度"].tolist()
    assert "1 处没答的记 0 分" in str(zero)
    assert "去掉了 1 位没答全的学员" in str(drop)


def test_low_reliability_and_the_item_that_spoils_it_are_said():
    rng = np.random.default_rng(5)
    base = rng.integers(0, 2, (60, 1))
    answers = pd.DataFrame(np.repeat(base, 4, axis=1) ^ (rng.random((60, 4)) < 0.2))
    answers = answers.astype(int).set_axis([f"题{i}" for i in range(1, 5)], axis=1)
    answers["坏题"] = 1 - answers["题1"]

    text = str(kr20(answers))

    assert "低于 0.7" in text
    assert "删去坏题会升到" in text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kr20(POINTS), "得 8 分，KR-20 只用于 0 与 1"),
        (lambda: item_analysis(POINTS), "请给 full_marks"),
        (lambda: item_analysis(POINTS, full_marks={"题1": 10}), "full_marks 里没有 题2"),
        (lambda: item_analysis(POINTS, full_marks=[10, 20]), "full_marks 有 2 个，题有 4 道"),
        (lambda: item_analysis(POINTS, full_marks=20), "得 25 分，超过满分 20"),
        (lambda: item_analysis(POINTS, full_marks=0), "full_marks第 1 个（题1）是 0"),
        (lambda: item_analysis(RIGHT, missing="skip"), "missing 是 'skip'"),
        (lambda: item_analysis(RIGHT, share=0.6), "share是 0.6"),
        (lambda: item_analysis(RIGHT - 1), "得分第 1 个（题1）是 -1"),
        (lambda: item_analysis(RIGHT.head(3)), "只有 3 位学员，至少要 4 位"),
        (lambda: item_analysis(RIGHT[["题1"]]), "只有 1 题"),
        (lambda: cronbach_alpha([[1, 0], [0, 1], [1, 0]]), "总分都一样"),
        (lambda: item_analysis([[1, 0], [0, 1], [1, 0], [0, 1]]), "总分都一样"),
        (lambda: cronbach_alpha([1, 2, 3]), "得到 1 维"),
        (lambda: cronbach_alpha([["甲", 1], [1, 0], [1, 1]]), "题1第 1 个是 '甲'"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_labels_on_the_chart_do_not_overlap():
    """40 题挤在一起时，字与字不相交。"""
    rng = np.random.default_rng(2)
    skill = rng.normal(size=(200, 1))
    answers = (skill + rng.normal(size=(200, 25)) > -0.8).astype(int)

    ax = item_analysis(pd.DataFrame(answers).add_prefix("题")).plot()
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]

    assert len(boxes) == 25
    assert not any(one.overlaps(two) for i, one in enumerate(boxes) for two in boxes[i + 1 :])


def test_plots_return_axes_with_titles():
    for result in (item_analysis(RIGHT), kr20(RIGHT)):
        assert result.plot().get_title()
        assert result._repr_html_()

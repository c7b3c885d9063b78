"""ccomlib.calibration 的 kappa：对得上 SAS、R 与发表的值。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccomlib.calibration import cohen_kappa, fleiss_kappa

GRADES = [[22, 4, 1, 0], [3, 15, 6, 1], [1, 5, 12, 3], [0, 1, 2, 14]]
# Fleiss (1971)：30 位病人、6 位医生、5 种诊断；每行 5 个数是各诊断的票数
FLEISS_1971 = [
    *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]),
    *([2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]),
    *([1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]),
    *([0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3]),
    *([0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1]),
    *([0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6]),
]


def columns(table, names=None):
    """把交叉表摊成两列判定。"""
    names = list(range(len(table))) if names is None else names
    pairs = [
        (names[i], names[j])
        for i, j in np.ndindex(len(table), len(table))
        for _ in range(table[i][j])
    ]
    return [list(side) for side in zip(*pairs, strict=True)]


def test_golden_value():
    """domain.md 4.7：[[40, 5], [10, 45]] 的 po .85、pe .50、κ .70；R psych 的区间 .56 到 .84。"""
    result = cohen_kappa([[40, 5], [10, 45]])

    assert (result.agreement, result.expected) == pytest.approx((0.85, 0.5))
    assert result.kappa == pytest.approx(0.7)
    assert (result.low, result.high) == pytest.approx((0.56, 0.84), abs=0.005)


def test_unweighted_matches_sas():
    """SAS PROC FREQ 的例子（statsmodels 的测试里也用它）：.4842，ASE .1380，区间 .2137 到 .7547，Z 3.2626。"""
    result = cohen_kappa([[0, 4, 1], [0, 8, 0], [0, 1, 5]])

    found = (result.kappa, result.se, result.low, result.high, result.z)
    assert found == pytest.approx((0.4842, 0.1380, 0.2137, 0.7547, 3.2626), abs=5e-5)


@pytest.mark.parametrize(
    ("weights", "kappa"),
    [(None, 0.59674742781), ("linear", 0.71732522796), ("quadratic", 0.81920263727)],
)
def test_weighted_values_match_psych(weights, kappa):
    """R psych：cohen.kappa(tab, w = 1 - abs(i - j)/3) 与 w = 1 - (i - j)^2/9。"""
    assert cohen_kappa(GRADES, weights=weights).kappa == pytest.approx(kappa, abs=1e-10)


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weighted_error_is_near_the_jackknife(weights):
    """psych 2.2.9 的加权标准误与刀切法不符，所以这里用刀切法核对。"""
    table = np.array(GRADES)
    each = []
    for i, j in np.argwhere(table > 0):
        less = table.copy()
        less[i, j] -= 1
        each += [cohen_kappa(less, weights=weights).kappa] * table[i, j]
    n = len(each)
    jackknife = np.sqrt((n - 1) / n * np.square(np.array(each) - np.mean(each)).sum())

    assert cohen_kappa(GRADES, weights=weights).se == pytest.approx(jackknife, rel=0.03)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_errors_match_statsmodels(weights):
    """statsmodels.stats.inter_rater.cohens_kappa：标准误、零假设下的 z 与 p。"""
    from statsmodels.stats.inter_rater import cohens_kappa

    theirs = cohens_kappa(np.array(GRADES), wt=weights)

    result = cohen_kappa(GRADES, weights=weights)
    found = (result.kappa, result.se, result.z, result.p)
    assert found == pytest.approx(
        (theirs.kappa, theirs.std_kappa, theirs.z_value, theirs.pvalue_two_sided), rel=1e-9
    )


def test_a_rater_who_never_varies_is_named():
    result = cohen_kappa(["合格"] * 4, ["合格", "不合格", "合格", "合格"])

    assert (result.kappa, result.p) == (0, None)
    assert "a从头到尾都判 合格" in str(result)


def test_two_columns_give_the_same_as_their_table():
    names = ["差", "中", "良", "优"]
    a, b = columns(GRADES, names)

    result = cohen_kappa(a, b, weights="quadratic", order=names)

    assert result.kappa == pytest.approx(cohen_kappa(GRADES, weights="quadratic").kappa)
    assert result.table.loc["良", "中"] == 5


@given(
    arrays(int, (3, 3), elements=st.integers(0, 20)),
    st.sampled_from([None, "linear", "quadratic"]),
)
def test_kappa_is_symmetric_and_at_most_one(table, weights):
    assume((table.sum(axis=1) > 0).sum() > 1)
    assume((table.sum(axis=0) > 0).sum() > 1)
    result = cohen_kappa(table, weights=weights)

    assert result.kappa == pytest.approx(cohen_kappa(table.T, weights=weights).kappa, abs=1e-12)
    assert -1 - 1e-12 <= result.low <= result.kappa + 1e-12 <= result.high + 1e-11 <= 1 + 1e-10
    if weights is None:
        assert result.kappa <= result.maximum + 1e-12


def test_perfect_agreement_is_one():
    result = cohen_kappa(["合格", "不合格", "合格"], ["合格", "不合格", "合格"])

    assert (result.kappa, result.low, result.high) == pytest.approx((1, 1, 1))


def test_a_stricter_rater_is_named():
    a, b = columns([[50, 12], [1, 20]], ["合格", "不合格"])
    a, b = pd.Series(a, name="甲"), pd.Series(b, name="乙")

    assert "乙更常判 不合格" in str(cohen_kappa(a, b)) or "甲更常判 合格" in str(cohen_kappa(a, b))


def test_the_kappa_paradox_is_named():
    assert "绝大多数都判成" in str(cohen_kappa([[90, 4], [5, 1]]))


def test_fleiss_1971_matches_r_and_the_paper():
    """Fleiss (1971) κ = .430；R irr：kappam.fleiss(diagnoses) 得 .4302445，z = 17.65183。"""
    result = fleiss_kappa(FLEISS_1971, counts=True)

    assert result.kappa == pytest.approx(0.4302445, abs=5e-8)
    assert result.z == pytest.approx(17.65183, abs=5e-6)
    assert (result.n, result.raters) == (30, 6)


def test_fleiss_interval_is_near_the_jackknife():
    votes = np.array(FLEISS_1971)
    each = np.array(
        [fleiss_kappa(np.delete(votes, row, axis=0), counts=True).kappa for row in range(30)]
    )
    jackknife = np.sqrt(29 / 30 * np.square(each - each.mean()).sum())

    assert fleiss_kappa(votes, counts=True).se == pytest.approx(jackknife, rel=0.03)


def test_the_kappa_of_all_is_the_weighted_mean_of_the_classes():
    """κ = Σ pⱼqⱼκⱼ / Σ pⱼqⱼ（Fleiss 1971）。"""
    result = fleiss_kappa(FLEISS_1971, counts=True)
    share = result.categories["份额"]

    weight = share * (1 - share)
    assert (weight * result.categories["kappa"]).sum() / weight.sum() == pytest.approx(result.kappa)


def test_labels_give_the_same_as_their_votes():
    names = list("甲乙丙丁戊")
    ratings = [[names[j] for j in range(5) for _ in range(row[j])] for row in FLEISS_1971]

    assert fleiss_kappa(ratings).kappa == pytest.approx(0.4302445, abs=5e-8)


def test_the_most_disputed_recordings_come_first():
    ratings = pd.DataFrame(
        {
            "甲": ["合格", "合格", "不合格"],
            "乙": ["合格", "不合格", "不合格"],
            "丙": ["合格"] * 2 + ["不合格"],
        },
        index=["R1", "R2", "R3"],
    )

    result = fleiss_kappa(ratings)

    assert result.items.index[0] == "R2"
    assert "先讨论分歧最大的 R2" in str(result)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cohen_kappa(["合格"] * 3, ["合格"] * 3), "两人全都判成 合格"),
        (lambda: cohen_kappa(["合格", None], ["合格", "合格"]), "a第 2 个（1）是空值"),
        (lambda: cohen_kappa(["合格"] * 3, ["合格"] * 2), "对不上"),
        (lambda: cohen_kappa(["优", "良"], ["良", "优"], weights="linear"), "请给 order"),
        (lambda: cohen_kappa(["优", "良"], ["良", "优"], weights="cubic"), "weights 是 'cubic'"),
        (
            lambda: cohen_kappa(["优", "良"], ["良", "优"], order=["优", "中"]),
            "判定 '良' 不在 order 里",
        ),
        (lambda: cohen_kappa([[1, 2, 3], [4, 5, 6]]), "2 行 3 列"),
        (lambda: cohen_kappa([[1, -2], [4, 5]]), "交叉表第 2 个是 -2"),
        (lambda: fleiss_kappa([["合格"], ["合格"]]), "各至少要 2"),
        (lambda: fleiss_kappa([["合格", "合格"], ["合格", "合格"]]), "所有人都判成 合格"),
        (lambda: fleiss_kappa([["合格", None], ["合格", "合格"]]), "质检员2第 1 个（0）是空值"),
        (lambda: fleiss_kappa([[3, 0], [1, 1]], counts=True), "每通的票数要相同"),
        (lambda: fleiss_kappa([[0.5, 0.5], [1, 0]], counts=True), "票数要是整数"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_plots_return_axes_with_titles():
    for result in (cohen_kappa(GRADES), fleiss_kappa(FLEISS_1971, counts=True)):
        assert result.plot().get_title()
        assert result._repr_html_()

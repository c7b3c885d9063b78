"""academy.measurement.evidence：从得分说这份卷量得准不准；人太少、没有差别就直说。"""

import numpy as np
import pandas as pd
import pytest

from academy.measurement.answering import sit
from academy.measurement.assumptions import assuming
from academy.measurement.evidence import BEYOND, Evidence, evidence, item_verdicts
from academy.measurement.items import expected_items
from academy.measurement.learners import draw_learners
from academy.measurement.livingston_lewis import livingston_lewis
from ccomlib.item_analysis import cronbach_alpha

PLAIN = assuming(
    testlet__variance=0, values__variance=0, family__spread=0, clone__spread=0, slope__spread=0
)


def _sat(form, count, seed=1, assumed=PLAIN):
    who = draw_learners(count, np.random.default_rng(seed), assumed).at(0.2, 0.9)
    rng = np.random.default_rng(seed + 1)
    points = sit(form, expected_items(form, assumed), who, rng, assumed, 1e9).points
    return pd.DataFrame(points, columns=[one.plan.part for one in form.parts])


def _measure(form, points):
    maxima = dict(zip(points, form.maxima, strict=True))
    return evidence(points, maxima, dict(zip(points, form.testlets, strict=True)), 70)


def test_figures_are_those_of_the_courses_tools(form):
    made = form(25)
    points = _sat(made, 200)
    found = _measure(made, points)

    own = cronbach_alpha(points)
    assert (found.alpha, found.low, found.high) == (own.alpha, own.low, own.high)
    assert found.sem == pytest.approx(own.sem)
    assert found.testlets == pytest.approx(own.alpha)
    totals = points.sum(axis=1).to_numpy()
    assert found.decisions == livingston_lewis(totals, own.alpha, 70, 100)


def test_error_and_agreement_are_those_that_a_second_sitting_shows(form):
    made = form(25)
    who = draw_learners(20_000, np.random.default_rng(1), PLAIN).at(0.2, 0.9)
    one, again = (
        sit(made, expected_items(made, PLAIN), who, np.random.default_rng(seed), PLAIN, 1e9)
        for seed in (2, 3)
    )
    columns = [part.plan.part for part in made.parts]
    found = _measure(made, pd.DataFrame(one.points, columns=columns))

    alike = ((one.totals >= 70) == (again.totals >= 70)).mean()
    assert found.decisions.consistency.share == pytest.approx(alike, abs=0.015)
    # 两次相差的标准差是误差的 √2 倍
    assert found.sem == pytest.approx((one.totals - again.totals).std() / np.sqrt(2), rel=0.03)


def test_undecided_band_is_where_one_in_ten_is_wrong(form):
    found = _measure(form(25), _sat(form(25), 200))
    low, high = found.undecided
    assert (70 - low, high - 70) == pytest.approx((BEYOND * found.sem_at_cut,) * 2)
    # 正态分布一侧留一成：Φ(1.2816) = 0.9000
    from scipy.stats import norm

    assert norm.cdf(BEYOND) == pytest.approx(0.9, abs=1e-5)
    assert 0 < found.within < 200


def test_sentences_say_the_figures_and_what_they_assume(form):
    found = _measure(form(25), _sat(form(25), 30))
    text = "\n".join(found.sentences())
    for words in (
        f"α = {found.alpha:.2f}",
        "25 题、30 人",
        "假定各题量的是同一件事",
        f"70 分处 {found.sem_at_cut:.1f} 分",
        f"的 {found.within} 人，合格与否这份卷判不准",
        f"判定相同的约 {found.decisions.consistency.share:.0%}",
        "Livingston 与 Lewis 1995",
    ):
        assert words in text
    assert "只作参考" not in text


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_nine_are_too_few_and_ten_are_told(form, count, told):
    found = _measure(form(25), _sat(form(25), count))
    assert isinstance(found, Evidence) == told
    if not told:
        assert found == "有分的 9 人，不到 10 人：信度、标准误与判定的一致都算不准，不报。"


@pytest.mark.parametrize(("count", "warned"), [(29, True), (30, False)])
def test_below_thirty_a_warning_is_told(form, count, warned):
    found = _measure(form(25), _sat(form(25), count))
    assert ("只作参考" in found.sentences()[-1]) == warned


def test_same_totals_tell_nothing():
    points = pd.DataFrame(np.tile([2.0, 3.0], (12, 1)), columns=["q1", "q2"])
    found = evidence(points, {"q1": 4, "q2": 4}, {"q1": "q1", "q2": "q2"}, 5)
    assert "总分都一样" in found
    assert item_verdicts(points, {"q1": 4, "q2": 4}) == ["", ""]


def test_full_marks_and_nothing_tell_nothing_and_one_in_between_does():
    table = np.repeat([[4.0, 4.0]], 12, axis=0)
    table[:3] = 0
    maxima, questions = {"q1": 4, "q2": 4}, {"q1": "q1", "q2": "q2"}
    found = evidence(pd.DataFrame(table, columns=["q1", "q2"]), maxima, questions, 5)
    assert found == "12 人不是满分就是 0 分，看不出误差有多大，信度不报。"
    table[5, 0] = 3
    assert isinstance(
        evidence(pd.DataFrame(table, columns=["q1", "q2"]), maxima, questions, 5), Evidence
    )


def test_items_that_repeat_each_other_are_not_taken_for_a_sure_test():
    own = np.array([0.0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 2, 3])
    points = pd.DataFrame({f"q{n}": own for n in range(11)})
    found = evidence(points, dict.fromkeys(points, 4), {one: one for one in points}, 30)
    assert found.alpha == pytest.approx(1)
    assert 0.9 < found.decisions.consistency.share < 1


def test_items_against_each_other_leave_errors_untold():
    first = np.array([0.0, 4, 1, 3, 0, 4, 1, 3, 2, 2, 0, 3])
    points = pd.DataFrame({"q1": first, "q2": 4 - first, "q3": np.r_[1.0, np.zeros(11)]})
    found = evidence(points, dict.fromkeys(points, 4), {one: one for one in points}, 6)
    assert found.alpha < 0
    assert found.decisions is None
    assert "α 不大于 0" in found.sentences()[1]


def test_what_was_not_graded_counts_as_nothing(form):
    points = _sat(form(25), 40)
    blank, zero = points.copy(), points.copy()
    blank.iloc[0, 0], zero.iloc[0, 0] = np.nan, 0.0
    assert _measure(form(25), blank) == _measure(form(25), zero)


def test_verdicts_name_the_items_to_look_at(form):
    points = _sat(form(25), 300)
    points["q1"] = 4.0
    points["q2"] = 4.0 - points["q2"]
    verdicts = item_verdicts(points, dict.fromkeys(points, 4.0))
    assert verdicts[0] == "全对：没有区分"
    assert verdicts[1] == "反向：核对答案"
    assert set(verdicts[2:]) == {"可用"}
    assert item_verdicts(points.head(9), dict.fromkeys(points, 4.0)) == [""] * 25

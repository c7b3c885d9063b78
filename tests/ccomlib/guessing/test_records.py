"""ccomlib.guessing.records：猜的怎样读、怎样比、怎样说；只记第一次。"""

import numpy as np
import pytest

from ccomlib.guessing.records import Guess, Guesses


def _number(unit="%"):
    return Guess("low", "最低接起几成？", unit)


def _choice():
    return Guess("when", "哪一段最差？", options=("08:30", "09:30", "11:00"))


@pytest.mark.parametrize(
    ("answer", "unit", "value"),
    [
        (60, "%", 60),
        ("60", "%", 60),
        ("60%", "%", 60),
        ("６０％", "%", 60),
        (0.6, "%", 60),
        ("0.6", "%", 60),
        # 写了百分号的，就是百分之零点六
        ("0.6%", "%", 0.6),
        ("-3", "%", -3),
        (0, "%", 0),
        ("1,234 通", "通", 1234),
        ("36人", "人", 36),
        (0.5, "人", 0.5),
        ("12", "", 12),
    ],
)
def test_number_is_read_as_a_manager_writes_it(answer, unit, value):
    one = _number(unit)

    one.take(answer)

    assert one.value == value


@pytest.mark.parametrize("answer", ["六十", "", "12,34", "nan", True, "inf", None])
def test_what_is_no_number_is_refused_with_the_way_to_write_it(answer):
    one = _number()

    with pytest.raises(ValueError, match="不是一个数：请只写数，如 60（%）"):
        one.take(answer)
    assert not one.given


@pytest.mark.parametrize("answer", ["B", "b", "Ｂ", " B ", "09:30"])
def test_choice_is_its_letter_or_its_text(answer):
    one = _choice()

    one.take(answer)

    assert one.value == "B"


@pytest.mark.parametrize("answer", ["D", "", "10:00", "AB", 2])
def test_what_is_no_option_is_refused(answer):
    with pytest.raises(ValueError, match="请选一个：A、B、C"):
        _choice().take(answer)


def test_only_the_first_answer_counts():
    one = _number()
    one.take(60)
    one.take(44)
    assert one.value == 60

    other = _number()
    other.take("不猜")
    other.take(44)
    assert (other.value, other.skipped, other.given) == (None, True, True)


@pytest.mark.parametrize(
    ("one", "mine", "actual", "said"),
    [
        (_number(), 60, 0.441, "你猜 60%，实际 44%。"),
        (_number(), "不猜", 0.0304, "没有猜。实际 3.0%。"),
        (_number("通"), 200, np.float64(4653.6), "你猜 200 通，实际 4,654 通。"),
        (_number("人"), 31, 17.64, "你猜 31 人，实际 17.6 人。"),
        (_number("人"), 31, np.int64(36), "你猜 31 人，实际 36 人。"),
        (_number(""), 2, 2.25, "你猜 2，实际 2.2。"),
        (_choice(), "A", "B", "你猜 A. 08:30，实际是 B. 09:30。"),
        (_choice(), "A", "08:30", "你猜 A. 08:30，猜中了。"),
        (_choice(), "不猜", "C", "没有猜。实际是 C. 11:00。"),
    ],
)
def test_comparison_is_written_as_a_manager_writes_it(one, mine, actual, said):
    one.take(mine)

    assert one.settle(actual) == said


def test_digits_can_be_asked_for():
    one = _number()
    one.take(44)

    assert one.settle(0.4414, digits=1) == "你猜 44%，实际 44.1%。"


@pytest.mark.parametrize("actual", [float("nan"), float("inf"), "很多", True, None])
def test_actual_that_is_no_number_is_the_authors_fault(actual):
    with pytest.raises(ValueError, match="猜 low 的实际值是 .*请核对 actual="):
        _number().settle(actual)


def test_actual_that_is_no_option_is_the_authors_fault():
    with pytest.raises(ValueError, match="应是选项之一"):
        _choice().settle("12:00")


def test_table_shows_the_actual_only_of_what_was_guessed():
    guessed, open_ = _number(), _choice()
    guessed.take(60)
    guessed.settle(0.44)
    open_.settle("B")

    table = Guesses({"low": guessed, "when": open_})

    assert "你猜 60%，实际 44%" in repr(table)
    assert "<td>60%</td><td>44%</td>" in table._repr_html_()
    assert "09:30" not in repr(table) + table._repr_html_()
    assert list(table) == ["low", "when"]


def test_empty_table_says_so():
    assert repr(Guesses({})) == "还没有猜过。"

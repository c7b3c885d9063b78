"""ccomlib.check：三种结果分得清，错了说得准，形式不对先说形式；确认格从不让运行停下。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.check import Incorrect, NotAttempted, answered, expect, matches
from ccomlib.erlang import required_agents


@pytest.mark.parametrize("blank", [..., None, [1, ...], {"周一": ...}])
def test_blank_is_not_wrong_but_not_attempted(blank):
    with pytest.raises(NotAttempted):
        expect(blank, 3, what="三")


def test_right_answer_says_so_and_returns_nothing(capsys):
    assert expect(3, 3, what="三") is None
    assert capsys.readouterr().out == "✓ 通过：三\n"


def test_named_mistake_gets_its_own_words_and_not_the_answer():
    with pytest.raises(Incorrect) as caught:
        expect(20, 24, what="人数", mistakes=[(16, "甲"), (20, "这是话务量。")], hint="看提示。")

    assert str(caught.value) == "人数：这是话务量。"
    assert "24" not in str(caught.value)


def test_other_mistake_gets_the_hint():
    with pytest.raises(Incorrect, match="你得到 5。看提示。"):
        expect(5, 24, what="人数", hint="看提示。")


@pytest.mark.parametrize(
    ("actual", "equals", "words"),
    [
        ("24", 24, "去掉引号"),
        (85, 0.85, "写成小数"),
        ([1, 2], [1, 2, 3], "应有 3 个，你给了 2 个"),
        ([1, 9, 3], [1, 2, 3], "第 2 个"),
        ({"周一": 1}, {"周一": 1, "周二": 2}, "还缺 周二"),
        ({"周一": 1, "周二": 3}, {"周一": 1, "周二": 2}, "周二 要再看看"),
    ],
)
def test_wrong_form_is_told_before_the_hint(actual, equals, words):
    with pytest.raises(Incorrect, match=words):
        expect(actual, equals, what="答案")


def test_whole_result_instead_of_its_number_is_told():
    with pytest.raises(Incorrect, match="整个结果"):
        expect(required_agents(100, 180), 14, what="人数")


@pytest.mark.parametrize(
    ("actual", "equals"),
    [
        (0.1 + 0.2, 0.3),
        (np.float64(3), 3),
        (np.int64(3), 3.0),
        (" ｂ ", "B"),
        (["a", "b"], ["A", "B"]),
        ({"甲", "乙"}, ["乙", "甲"] and {"甲", "乙"}),
        (pd.Series([1, 2], ["x", "y"]), {"x": 1, "y": 2}),
        (np.array([1.0, 2.0]), [1, 2]),
        (pd.Timestamp("2025-01-03"), "2025-01-03"),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1.0]})),
    ],
)
def test_same_answer_in_another_dress_matches(actual, equals):
    assert matches(actual, equals)


@pytest.mark.parametrize(
    ("actual", "equals"),
    [(True, 1), (1, True), ("3", 3), ([1], [1, 1]), (object(), 3), (None, 0), (float("nan"), 1)],
)
def test_different_answers_do_not_match(actual, equals):
    assert not matches(actual, equals)


def test_tolerance_is_relative_or_absolute():
    assert matches(101, 100, tol=0.01)
    assert not matches(102, 100, tol=0.01)
    assert matches(0.004, 0, atol=0.005)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3.5, "number"),
        (3, "integer"),
        ("BAC", "letters"),
        ([1], "list"),
        ({"a": 1}, "dict"),
        ("字", "text"),
    ],
)
def test_answered_accepts_the_form_without_judging(value, kind, capsys):
    answered(value, kind, what="第 1 题")

    assert capsys.readouterr().out.startswith("第 1 题 已作答")


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("3", "number", "应填一个数，你填的是文字 '3'，请去掉引号，写成 3。"),
        ("76.5%", "number", "请去掉引号，写成 0.765。"),
        ("76.5％", "number", "请去掉引号，写成 0.765。"),
        ("39个", "number", "请去掉引号，写成 39。"),
        ("约 39 人", "integer", "请去掉引号，写成 39。"),
        ("１２", "number", "请去掉引号，写成 12。"),
        ("1,234", "number", "请去掉引号，写成 1234。"),
        ((1, 234), "number", "请去掉千分位逗号，写成 1234。"),
        ((1, 2345), "number", "请改成要求的形式。"),
        ("3 到 5", "number", "请改成要求的形式。"),
        ("不知道", "number", "请改成要求的形式。"),
        (3.5, "integer", "应填一个整数"),
        (True, "number", "应填一个数"),
        ("甲", "letters", "应填选项字母"),
        (["C", "A"], "letters", '请写成 "CA"。'),
        (3, "list", "应填一个列表"),
        (float("nan"), "number", "应填一个数"),
        (len, "number", "一个函数（后面的括号没写？）"),
    ],
)
def test_answered_says_which_form_and_goes_on(value, kind, words, capsys):
    assert answered(value, kind, what="第 1 题") is None

    said = capsys.readouterr()
    assert said.out.startswith("✗ 形式不对：第 1 题：")
    assert words in said.out
    assert said.err == ""


@pytest.mark.parametrize("blank", [..., None, [1, ...], {"周一": ...}, {"周一": [1, ...]}])
def test_answered_says_blank_and_goes_on(blank, capsys):
    assert answered(blank, "number", what="第 1 题") is None

    assert capsys.readouterr().out.startswith("○ 还没有作答：第 1 题")


def test_blanks_inside_are_named(capsys):
    answered({"甲": 1, "乙": [2, ...]}, "dict", what="第 1 题")

    assert "还有 乙的第 2 个 没有填" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "kind", "unit", "words"),
    [
        ("76.5%", "number", "share", "76.5%（即 0.765）"),
        (0.765, "number", "share", "0.765（即 76.5%）"),
        (76.5, "number", "share", "76.5（即 7650%）"),
        (76.5, "number", "percent", "76.5%"),
        ("39 人", "integer", "人", "39 人（即 39）"),
        (39, "integer", "人", "39 人"),
        (39, "integer", None, "39"),
        ("C、A→B", "letters", None, "C、A→B"),
        ({"甲": 0.1, "乙": "8%"}, "dict", "share", "甲 0.1（即 10%），乙 8%（即 0.08）"),
        (
            {"甲": 0.1, "乙": "8%"},
            "dict",
            None,
            "甲 0.1，乙 文字 '8%'（要填数就去掉引号，写成 0.08）",
        ),
        ({"哪一份": "甲"}, "dict", None, "哪一份 文字 '甲'"),
        (pd.Series([1, 2], ["x", "y"]), "dict", None, "x 1，y 2"),
        (np.array([1.5, 2]), "list", None, "1.5，2.0"),
        (list(range(20)), "list", None, "有 20 个值的列表"),
    ],
)
def test_answered_shows_what_was_understood(value, kind, unit, words, capsys):
    answered(value, kind, what="第 1 题", unit=unit)

    assert capsys.readouterr().out == f"第 1 题 已作答：{words}\n"


def test_text_counts_as_a_number_only_where_a_unit_is_given(capsys):
    expect("76.5%", 0.765, what="占比", unit="share")
    expect({"甲": "1,234 通"}, {"甲": 1234}, what="来电", unit="通")
    assert capsys.readouterr().out.count("✓") == 2

    with pytest.raises(Incorrect, match="请去掉引号，写成 0.765。"):
        expect("76.5%", 0.765, what="占比")
    with pytest.raises(Incorrect, match="像是百分数"):
        expect(76.5, 0.765, what="占比", unit="share")
    with pytest.raises(Incorrect, match="少除了一次"):
        expect("7.65%", 0.765, what="占比", unit="share", mistakes=[(0.0765, "少除了一次。")])
    with pytest.raises(Incorrect, match=r"你得到 文字 '80%'。"):
        expect("80%", 0.765, what="占比", unit="share")


def test_verdict_shows_one_line_in_a_notebook():
    assert Incorrect("人数：多了。")._render_traceback_() == ["✗ 不对：人数：多了。"]
    assert NotAttempted("人数。")._render_traceback_() == ["○ 还没有作答：人数。"]

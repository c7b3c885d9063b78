"""评分格没有得分时，说的是作答格自己的第一个错，不是测试里跟着来的那个。"""

import pytest

from tests.academy.grading.small import answer, check, hand_in, locked, verdicts, write_master

SETUP = "from ccomlib import answered, expect"
Q1 = 'answered(q1, "letters", what="第 1 题")\n### BEGIN HIDDEN TESTS\nexpect(q1, "C", what="第 1 题")\n### END HIDDEN TESTS'
Q2 = "assert total([7919, 1]) == 7920"

# 第 1 题的作答格 → (判定, 话)
SLIPS = {
    "q1 = “C”": ("error", '作答格没有运行成功：第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "C"。'),
    "q1 = C": ("error", '作答格没有运行成功：第 1 行的 C 没有引号，写成 q1 = "C"。'),
    "q1 = 76.5%": ("error", "作答格没有运行成功：第 1 行的 76.5% 带着百分号，要用小数，写成 q1 = 0.765。"),
    'q1 = input("?")': ("error", "作答格没有运行成功：评卷时没有人回答 input()：把答案直接写在等号后面。"),
    "q1 = 1 / 0": ("error", "作答格没有运行成功：除数是 0。"),
    "raise OSError('x')": ("error", "作答格没有运行成功：出错（OSError）。"),
    "class Odd(Exception): pass\nraise Odd": ("error", "作答格没有运行成功：出错。"),
    "import time\ntime.sleep(60)": ("error", "作答格没有运行成功：运行超时，已经停下，后面的单元格照常运行。"),
    "import os\nos._exit(1)": ("error", "作答格没有运行成功：程序中途退出了，后面的单元格照常运行。"),
    'q1 = "A"\nq1.nosuch': ("failed", "作答格没有运行成功：没有 .nosuch：在句点后按 Tab 看有哪些。"),
    'q1 = "C"\n1 / 0': ("passed", ""),
    'q1 = "A"': ("failed", "没有通过。"),
    "q1 = ...\n# 想一想": ("not_attempted", "没有答完：答案里还有 ... 没有换掉，或没有值。"),
    "pass": ("error", "题目要的名字没有值（NameError）：是不是改了名字，或删了那一行？"),
}  # fmt: skip


@pytest.fixture(scope="module")
def grader(grader_of, tmp_path_factory):
    cells = [
        locked(SETUP),
        answer("q1", 'q1 = "C"'),
        check("q1-test", Q1),
        answer("q2", "def total(numbers):\n    return sum(numbers)"),
        check("q2-test", Q2),
    ]
    return grader_of(write_master(tmp_path_factory.mktemp("own") / "hw", cells))


def _record(grader, folder, answers):
    record = grader.grade(hand_in(folder, grader.assignment, answers))
    return {cell.grade_id: cell for cell in record.cells}


@pytest.mark.parametrize(("source", "expected"), SLIPS.items(), ids=SLIPS)
def test_message_names_the_first_error_of_the_answer_cell(grader, tmp_path, source, expected):
    cell = _record(grader, tmp_path, {"q1": source})["q1-test"]

    assert (cell.verdict, cell.message) == expected
    assert (cell.score > 0) == (cell.verdict == "passed")


def test_untouched_answer_is_not_attempted_whatever_its_stub_does(grader, tmp_path):
    cells = _record(grader, tmp_path, {"q2": "def total(numbers):\n    return sum(numbers)"})

    assert cells["q1-test"].message == "还没有作答。"
    assert cells["q2-test"].verdict == "passed"


def test_error_of_one_answer_is_not_told_for_another(grader, tmp_path):
    record = grader.grade(
        hand_in(
            tmp_path,
            grader.assignment,
            {"q1": "q1 = “C”", "q2": "def total(numbers):\n    return 0"},
        )
    )

    assert verdicts(record) == {"q1-test": "error", "q2-test": "failed"}
    assert record.cells[1].message == "没有通过。"


def test_what_a_function_heard_from_a_hidden_test_does_not_come_back_as_an_error(
    grader_of, tmp_path
):
    """学员的函数记下隐藏测试传来的数，后一题的作答格把它放进错误里：判定的话里没有。"""
    cells = [
        locked(SETUP),
        answer("q2", "def total(numbers):\n    return sum(numbers)"),
        check("q2-test", Q2),
        answer("q1", 'q1 = "C"'),
        check("q1-test", Q1),
    ]
    grader = grader_of(write_master(tmp_path / "later", cells))
    spy = "heard = []\ndef total(numbers):\n    heard.extend(numbers)\n    return sum(numbers)"
    for leak in (
        "raise KeyError(str(heard[0]))",
        "raise NameError(f\"name '{heard[0]}' is not defined\")",
        "raise type(f'E{heard[0]}', (Exception,), {})",
    ):
        record = grader.grade(hand_in(tmp_path / "in", grader.assignment, {"q2": spy, "q1": leak}))

        assert verdicts(record) == {"q2-test": "passed", "q1-test": "error"}
        assert "7919" not in record.cells[1].message

"""ccomlib.notebook.errors：Python 真的抛出的错，每一种一句中文；说给别人看的只有程序里的字。"""

import re

import pytest

from ccomlib.notebook.errors import explain_error

# 学员写的 → 一句话；错误由 Python 自己抛出
ERRORS = {
    "q1 = C": '第 1 行的 C 没有引号，写成 q1 = "C"',
    "q1 = CADB": '第 1 行的 CADB 没有引号，写成 q1 = "CADB"',
    'q1 = {"甲": 甲}': '第 1 行的 甲 没有引号，写成 q1 = {"甲": "甲"}',
    "x = 1\nq1 = c": '第 2 行的 c 没有引号，写成 q1 = "c"',
    "q1 = true": "第 1 行的 true 要写成 True",
    "q1 = papr": "第 1 行的 papr 没有这个名字：是不是 paper？",
    "q1 = zzzz": "第 1 行的 zzzz 还没有值：是别的格算出来的，就先运行那一格；是文字，就加英文引号",
    'q1 == "C"': '第 1 行用了两个等号，那是比较；填答案只用一个：写成 q1 = "C"',
    "q = 1 / 0": "第 1 行：除数是 0",
    'q = "12" + 3': "第 1 行：数和文字不能放在一起算：数不要加引号",
    'q = 3 + "12"': "第 1 行：数和文字不能放在一起算：数不要加引号",
    "q = ... + 3": "第 1 行：还有 ... 没有换成答案",
    "n = 3\nq = n (4)": "第 2 行：括号前面少了运算符，或把名字占作了别的用",
    'q = {"来电": 1}["呼入"]': "第 1 行：没有「呼入」这一项：核对列名，一个字、一个空格都不能差",
    "q = [1][3]": "第 1 行：取的位置超出了范围",
    "q = (1).real2": "第 1 行：没有 .real2：在句点后按 Tab 看有哪些",
    'q = open("没有.xlsx")': "第 1 行：找不到文件「没有.xlsx」：核对文件名，并放在笔记本旁边",
    "import nosuchthing": "第 1 行：没有安装 nosuchthing",
    "from math import nosuch": "第 1 行：没有叫 nosuch 的工具，核对拼写",
    'q = float("十二")': "第 1 行：文字「十二」不是数",
    "n = 3\nq = n[0]": "第 2 行：方括号用错了地方：核对前面是不是表或字典",
    "q = len(1, keys=2)": None,
    "q = round(number=2.5, digit=1)": "第 1 行：没有叫 digit 的参数，核对拼写",
    "assert 1 == 2": None,
    "q = “C”": '第 1 行的 “ 是中文引号，请换成英文引号，写成 q = "C"',
}  # fmt: skip


def _raised(source):
    try:
        exec(compile(source, "<cell>", "exec"), {"paper": 1})
    except Exception as error:
        trace = error.__traceback__.tb_next
        return type(error).__name__, str(error), trace and trace.tb_lineno
    raise RuntimeError(f"{source} 没有出错")


@pytest.mark.parametrize(("source", "says"), ERRORS.items())
def test_error_is_explained_in_one_sentence(source, says):
    kind, message, line = _raised(source)

    assert explain_error(source, kind, message, line, ["paper"]) == says


def test_input_is_refused_with_the_remedy():
    says = explain_error("q = input()", "StdinNotImplementedError", "raw_input was called", 1)

    assert says == "第 1 行：评卷时没有人回答 input()：把答案直接写在等号后面"


def test_line_is_found_where_none_is_given():
    source = 'x = "C"\nq1 = C'

    assert (
        explain_error(source, "NameError", "name 'C' is not defined")
        == '第 2 行的 C 没有引号，写成 q1 = "C"'
    )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("KeyError", "'7919'"),
        ("NameError", "name 'secret' is not defined"),
        ("AttributeError", "'int' object has no attribute 'secret'"),
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'secret.csv'"),
        ("TypeError", "f() missing 1 required positional argument: 'secret'"),
    ],
)
def test_words_that_are_not_in_the_cell_are_told_to_nobody_else(kind, message):
    source = "q = work()"

    assert explain_error(source, kind, message) is None
    if kind != "NameError":
        assert re.search("secret|7919", explain_error(source, kind, message, echo=True))


@pytest.mark.parametrize("name", ["C", "甲", "true", "papr", "zzzz"])
def test_a_name_in_quotes_or_comments_is_not_the_missing_one(name):
    source = f'q = "{name}"  # {name}'

    assert explain_error(source, "NameError", f"name '{name}' is not defined") is None

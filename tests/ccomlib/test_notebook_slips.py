"""ccomlib.notebook.slips：哪一行、哪个字、怎样写；说得出写法时，那个写法一定读得懂。"""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.notebook.slips import explain_syntax, mended

# 学员写的 → 一句话
SLIPS = {
    "q1 = “C”": '第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "C"',
    "q1 = ‘C’": '第 1 行的 ‘ 是中文引号，请换成英文引号，写成 q1 = "C"',
    'q1 = "C”': '第 1 行的 " 与 ” 不是一对，两头都要用英文引号，写成 q1 = "C"',
    "q1 = “C": "第 1 行的 “ 是中文引号，请换成英文引号",
    'q1 = "C': '第 1 行的 " 只有一半：前后都要有同样的英文引号',
    "q2 = （1+2）*3": "第 1 行的 （ 是中文括号，请换成英文括号，写成 q2 = (1+2)*3",
    "q2 = ［1，2］": "第 1 行的 ［ 是中文括号，请换成英文括号，写成 q2 = [1,2]",
    'q3 = {"甲"： 1}': '第 1 行的 ： 是中文冒号，请换成英文冒号，写成 q3 = {"甲": 1}',
    'q3 = {"甲": 1，"乙": 2}': '第 1 行的 ， 是中文逗号，请换成英文逗号，写成 q3 = {"甲": 1,"乙": 2}',
    "q4 ＝ 12": "第 1 行的 ＝ 是中文等号，请换成英文等号，写成 q4 = 12",
    "q4：12": "第 1 行的 ： 要换成等号 =，写成 q4 = 12",
    "q4 = １２": "第 1 行的 １ 是全角数字，请换成半角数字，写成 q4 = 12",
    "q4 = 0。5": "第 1 行的 。 是中文句点，请换成英文句点，写成 q4 = 0.5",
    "q4 = 3 × 4": "第 1 行的 × 不能用在算式里，请换成 *，写成 q4 = 3 * 4",
    "\u3000q4 = 12": "第 1 行的 全角空格，请删掉，写成 q4 = 12",
    "q5 = 76.5%": "第 1 行的 76.5% 带着百分号，要用小数，写成 q5 = 0.765",
    "q5 = 76.5％": "第 1 行的 76.5% 带着百分号，要用小数，写成 q5 = 0.765",
    "q5 = ７６．５％": "第 1 行的 76.5% 带着百分号，要用小数，写成 q5 = 0.765",
    'q5 = {"甲": 5%, "乙": 0.1%}': '第 1 行的 5% 带着百分号，要用小数，写成 q5 = {"甲": 0.05, "乙": 0.001}',
    "q6 = 39个": "第 1 行的 39个 带着「个」，请只写数，写成 q6 = 39",
    "q6 = 39 人": "第 1 行的 39 人 带着「人」，请只写数，写成 q6 = 39",
    "q6 = 20s": "第 1 行的 20s 带着「s」，请只写数，写成 q6 = 20",
    "q6 = 3万": "第 1 行的 3万 带着「万」，请只写数",
    "q6 = 2天半": "第 1 行的 2天半 带着「天半」，请只写数",
    "q6 = 1，234": "第 1 行的 1，234 带着千分位逗号，请去掉，写成 q6 = 1234",
    "q6 = 1,034": "第 1 行的 1,034 带着千分位逗号，请去掉，写成 q6 = 1034",
    'q7 = ... "C"': '第 1 行的 ... 没有删掉，要整个换成答案，写成 q7 = "C"',
    'q7 = "C"...': '第 1 行的 ... 没有删掉，要整个换成答案，写成 q7 = "C"',
    "q7 = 39____": "第 1 行的 ____ 没有删掉，要整个换成答案，写成 q7 = 39",
    'q7 = ____ "C"': '第 1 行的 ____ 没有删掉，要整个换成答案，写成 q7 = "C"',
    "q7 = [1e3，0x1F，3j]": "第 1 行的 ， 是中文逗号，请换成英文逗号，写成 q7 = [1e3,0x1F,3j]",
    "a = 1\nb = “甲”": '第 2 行的 “ 是中文引号，请换成英文引号，写成 b = "甲"',
    "# （注释）\nq = “甲”": '第 2 行的 “ 是中文引号，请换成英文引号，写成 q = "甲"',
    "q = (1 + 2": "第 1 行的 ( 只有一半，后面要补上 )",
    "q = [1, 2)": "第 1 行的 ) 与前面的 [ 不是一对",
    "q = 1)": "第 1 行的 ) 多了一个，或者前面少了另一半",
    'q = {"甲": 1 "乙": 2}': "第 1 行的两项之间少了英文逗号",
    "if q\n    r = 1": "第 1 行的末尾少了英文冒号 :",
    "3 = q": "第 1 行的等号左边只能是要填的名字",
    "a = 1\n  b = 2": "第 2 行行首的空格不对：要顶格，或与同一组的行对齐",
    "q = 05": "第 1 行的数写得不对：只写数字和小数点",
    "q = 5‰": "第 1 行的 ‰ 不能用在程序里，请删掉",
    "q = 约 39": "第 1 行的「约」没有引号：文字要加英文引号，数只写数字",
    "q = 1 +": "第 1 行 Python 读不懂：对照题目里的样子改一改",
}
FINE = [
    "q = 39 % 5",
    "q = 76.5 % 2",
    'q = "“C”"',
    "q = 1,234",
    "q = 1e3",
    "q = 0x1F",
    "q = 3j",
    "ｑ１ = 3",
    "q = 1 if x else 2",
    "q = ...",
    "",
    "# “”",
]


@pytest.mark.parametrize(("source", "says"), SLIPS.items())
def test_slip_is_named_with_its_line_and_remedy(source, says):
    assert explain_syntax(source) == says


@pytest.mark.parametrize("source", FINE)
def test_what_python_reads_is_no_slip(source):
    assert explain_syntax(source) is None


@pytest.mark.parametrize("source", [s for s, says in SLIPS.items() if "写成 " in says])
def test_what_is_proposed_can_be_read_and_keeps_the_rest(source):
    fixed = mended(source)

    ast.parse(fixed)
    assert fixed.count("\n") == source.count("\n")


@pytest.mark.parametrize(
    ("number", "share"), [("76.5", 0.765), ("8", 0.08), ("0.12", 0.0012), ("150", 1.5)]
)
def test_proposed_share_is_the_same_number(number, share):
    fixed = ast.literal_eval(mended(f"q = {number}%").removeprefix("q = "))

    assert fixed == share


@given(st.text("q1=“”\"'，。：（）［］｛｝＝%％.…0１2个人万 \n#甲C", max_size=25))
def test_any_text_has_one_line_or_none(source):
    says = explain_syntax(source)

    assert says is None or "\n" not in says
    fixed = mended(source)
    assert fixed is None or ast.parse(fixed)


@pytest.mark.parametrize(
    "source", ["“" * 4000, "q = " + "”“" * 2000, "(" * 4000, "1%" * 2000, "1，234" * 700]
)
def test_hostile_text_is_read_in_a_moment(source):
    import time

    started = time.perf_counter()
    assert explain_syntax(source)
    assert time.perf_counter() - started < 5

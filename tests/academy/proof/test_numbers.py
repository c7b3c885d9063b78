"""academy.proof.numbers：正文里哪些数要有出处，两个数怎样算同一个。"""

import pytest

from academy.proof.numbers import Figure, equations, in_code, in_outputs, in_prose, in_text


def written(text):
    return [one.text for one in in_prose(text)]


@pytest.mark.parametrize(
    "text",
    [
        "## 4　一天",
        "1. 先算话务量\n2. 再算人数",
        "第 3 节、练习 2、图 4、提示 1、第 1–3 日",
        "2025-06-23（周一）08:30，6 月 30 日，03-11，2025 年，十二月",
        "8 点开门",
        "80/20 与 90/20",
        "A029、Q02、W012、V2、TS2366",
        "一天 24 小时、48 个时段，一个时段 1,800 秒",
        "缺二十几个人，三四十个，20 多个",
        "约二十个人",
        "代码 `erlang.performance(225, 248, 36)` 不是正文",
        "```python\nx = 5\n```",
        "$a = 4$，[手册](图/12.png)",
        "20 秒内接起",
    ],
)
def test_what_counts_names_or_dates_is_free(text):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("最差的是 08:30，155 通，接起 44%。", ["155", "44%"]),
        ("少 8.4 人，差 4.4 个点", ["8.4", "4.4"]),
        ("当天来电 4,654 通", ["4,654"]),
        ("每天 29.3 万通", ["29.3 万"]),
        ("缺二十四个人", ["二十四"]),
        ("一百二十通", ["一百二十"]),
        ("24/26 天", ["24", "26"]),
        ("5 到 8 人，6 个月", ["5", "8", "6"]),
        ("21 秒内接起", ["21"]),
        ("25 小时、49 个时段", ["25", "49"]),
    ],
)
def test_what_comes_out_of_the_data_is_a_figure(text, figures):
    assert written(text) == figures


@pytest.mark.parametrize(
    ("prose", "shown", "same"),
    [
        ("44%", "0.44", True),
        ("44%", "43.9%", True),
        ("44%", "0.4351", True),
        ("44%", "0.4349", False),
        ("44%", "44.51%", False),
        ("0.44", "43.9%", True),
        ("43.9%", "44%", False),
        ("79.3%", "79.3", True),  # 表头写着 % 的列
        ("79%", "79.3", False),
        ("8.4", "-8.39", True),
        ("8.4", "8.46", False),
        ("225", "225.333", True),
        ("225", "224.4", False),
        ("4,654", "4654", True),
        ("29.3 万", "292,951", True),
        ("29.3 万", "293,600", False),
        ("35.96", "35.957", True),
        ("2.5", "2.45", True),  # 一半往哪边舍都认
        ("2.5", "2.44", False),
    ],
)
def test_a_figure_is_its_value_rounded_to_where_it_stops(prose, shown, same):
    assert next(in_text(prose)).matches(next(in_text(shown))) is same


def test_outputs_are_read_as_text_table_and_alt_text_but_not_as_picture_data():
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "平均 4.1 通\n"},
        {"output_type": "display_data", "data": {"text/html": '<td title="7">84.2%</td>'}},
        {
            "output_type": "display_data",
            "data": {"text/html": '<img alt="差 26 人" src="data:image/png;base64,A93+11/">'},
        },
        {"output_type": "execute_result", "data": {"text/plain": "np.int64(36)"}},
        {"output_type": "error", "ename": "E", "evalue": "55", "traceback": []},
    ]

    assert [one.text for one in in_outputs(outputs)] == ["4.1", "84.2%", "26", "36"]


def test_days_and_times_of_an_output_are_no_figures():
    assert [one.text for one in in_text("2025-06-23 08:30:15  84.2%")] == ["84.2%"]


def test_numbers_of_the_code_are_read_with_their_places():
    found = list(in_code('need = size(225, 0.80)  # 99\nprint("36 人", x1, 1e-3)'))

    assert found == [
        Figure("225", 225.0, 0),
        Figure("0.80", 0.8, 2),
        Figure("36", 36.0, 0),
        Figure("1e-3", 0.001, 3),
    ]


def test_code_that_is_no_python_has_no_numbers_to_read():
    assert list(in_code("这里 ( 12")) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120 ÷ 30 = 4", 4),
        ("36 ÷ (1 − 0.3) = 51.4", 36 / 0.7),
        ("48 × 450 = 21,600", 21600),
        ("30% × 200 = 60", 60),
        ("5 ÷ 0 = 1", None),
    ],
)
def test_a_sum_in_the_prose_is_done_again(text, value):
    [(_, _, _, found)] = equations(text)

    assert found == (pytest.approx(value) if value is not None else None)

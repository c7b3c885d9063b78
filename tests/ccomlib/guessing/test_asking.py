"""ccomlib.guessing：先猜、记下、讲解打开；没有控件的地方照样作答，「全部运行」从不停下。"""

import nbformat
import pytest
from nbclient import NotebookClient

from ccomlib.guessing import asking, guess, guesses, reading
from ccomlib.guessing.records import records

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(autouse=True)
def _nothing_guessed_yet():
    kept = dict(records)
    records.clear()
    yield
    records.clear()
    records.update(kept)


def test_reading_stays_shut_until_a_guess_was_given(capsys):
    guess("low", "最低接起几成？", unit="%")
    reading("low", "08:30 只有四成四。", actual=0.44)
    assert "四成四" not in capsys.readouterr().out

    guess("low", "最低接起几成？", unit="%", mine=60)

    assert "> **你猜 60%，实际 44%。**\n\n08:30 只有四成四。" in capsys.readouterr().out


def test_skipping_opens_the_reading(capsys):
    guess("low", "最低接起几成？", unit="%", mine="不猜")
    reading("low", "08:30 只有四成四。", actual=0.44)

    assert "> **没有猜。实际 44%。**\n\n08:30 只有四成四。" in capsys.readouterr().out


def test_reading_run_before_its_guess_says_what_to_run(capsys):
    reading("low", "08:30 只有四成四。", actual=0.44)

    said = capsys.readouterr().out
    assert "先运行上面「先猜」的那一格" in said
    assert "44" not in said


def test_cell_run_again_keeps_what_was_guessed_and_a_new_question_asks_anew():
    guess("low", "最低接起几成？", unit="%", mine=60)
    guess("low", "最低接起几成？", unit="%")
    assert guesses()["low"].value == 60

    guess("low", "最高接起几成？", unit="%")
    assert guesses()["low"].value is None


def test_registry_tells_a_classroom_what_to_poll():
    guess("when", "哪一段最差？", options=["08:30", "11:00"], mine="B")

    one = guesses()["when"]

    assert (one.question, one.options, one.value) == ("哪一段最差？", ("08:30", "11:00"), "B")
    with pytest.raises(TypeError):
        guesses()["when"] = one


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "要给一样"),
        ({"unit": "%", "options": ["甲", "乙"]}, "要给一样"),
        ({"options": ["甲"]}, "应有 2 到 8 个"),
        ({"options": list("甲乙丙丁戊己庚辛壬")}, "应有 2 到 8 个"),
    ],
)
def test_question_that_cannot_be_answered_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        guess("low", "几成？", **arguments)


def test_name_is_needed():
    with pytest.raises(ValueError, match="第一项是编号"):
        guess("", "几成？", unit="%")


def _form(*arguments, **named):
    guess(*arguments, **named)
    return asking._form(records[arguments[0]])


def test_form_takes_a_number_down_and_is_then_shut():
    form = _form("low", "几成？", unit="%")
    _, line, buttons, said = form.children
    field, unit = line.children
    assert unit.value == "%"

    field.value = "六十"
    buttons.children[0].click()
    assert "不是一个数" in said.value
    assert not field.disabled

    field.value = "60%"
    buttons.children[0].click()
    assert guesses()["low"].value == 60
    assert "已记下：60%" in said.value
    assert field.disabled


def test_form_takes_a_choice_and_shows_letters():
    form = _form("when", "哪一段？", options=["08:30", "11:00"])
    _, field, buttons, said = form.children
    assert [text for text, _ in field.options] == ["A. 08:30", "B. 11:00"]

    buttons.children[0].click()
    assert "请选一个" in said.value

    field.value = "B"
    buttons.children[0].click()
    assert guesses()["when"].value == "B"


def test_button_skips():
    form = _form("low", "几成？", unit="%")

    form.children[2].children[1].click()

    assert guesses()["low"].skipped
    assert "不猜了" in form.children[3].value


@pytest.mark.kernels
def test_in_a_kernel_the_reading_opens_by_itself_and_run_all_does_not_stop():
    cells = [
        "from ccomlib import guess, guesses\nfrom ccomlib.guessing import reading",
        'guess("low", "几成？", unit="%")',
        'reading("low", "08:30 只有四成四。", actual=0.44)',
        'guess("when", "哪段？", options=["08:30", "11:00"], mine="A")',
        'reading("when", "是早上。", actual="A")',
        'guesses()["low"].take(60)',
        "guesses()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])

    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()

    asked, shut, again, opened = (notebook.cells[n].outputs[0] for n in (1, 2, 3, 4))
    # 有控件的前端显示控件，没有的照文字作答
    assert WIDGET in asked.data
    assert "mine=60" in asked.data["text/plain"]
    # 记下以后，已经运行过的讲解自己打开：nbclient 照 update_display_data 改了那一格的输出
    assert shut.data["text/markdown"] == "> **你猜 60%，实际 44%。**\n\n08:30 只有四成四。"
    assert "已记下：A. 08:30" in again.data["text/plain"]
    assert "猜中了" in opened.data["text/markdown"]
    assert "<td>60%</td><td>44%</td>" in notebook.cells[6].outputs[0].data["text/html"]

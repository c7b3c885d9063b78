"""工作台上的每个工具都真能用：演示的数据、列、图、结论、存盘。"""

import importlib

import pytest
from openpyxl import load_workbook

from ccomlib.workbench.catalogue import TOOLS, tool
from ccomlib.workbench.example import run_example
from ccomlib.workbench.running import save


@pytest.mark.parametrize("one", TOOLS, ids=lambda one: one.function)
def test_tool_answers_on_its_example(one, tmp_path):
    source, answer = run_example(one)

    assert len(source.table) > 1
    assert str(answer.result).endswith("。")
    assert not answer.result.summary().empty
    assert answer.chart.startswith(b"\x89PNG")
    book = load_workbook(save(answer, tmp_path / "结果.xlsx"))
    assert book.sheetnames == ["结果", "图"]
    assert book["图"]["A1"].value == answer.code


@pytest.mark.parametrize("one", TOOLS, ids=lambda one: one.function)
def test_tools_fields_are_arguments_of_its_function(one):
    module, name = one.function.split(".")
    function = getattr(importlib.import_module(f"ccomlib.{module}"), name)
    arguments = function.__code__.co_varnames[
        : function.__code__.co_argcount + function.__code__.co_kwonlyargcount
    ]

    assert {field.name for field in one.fields} <= set(arguments)


@pytest.mark.parametrize("one", TOOLS, ids=lambda one: one.function)
def test_fields_by_position_are_the_functions_first_arguments(one):
    module, name = one.function.split(".")
    function = getattr(importlib.import_module(f"ccomlib.{module}"), name)
    places = list(function.__code__.co_varnames[: function.__code__.co_argcount])
    start = 1 if one.takes_table else 0
    written = [field.name for field in one.fields[: one.positional]]

    assert written == places[start : start + len(written)]


def test_titles_are_questions_that_name_their_tool():
    titles = [one.title for one in TOOLS]

    assert len(set(titles)) == len(titles)
    for title in titles:
        assert "？（" in title, title
        assert title.endswith("）"), title


def test_an_unknown_tool_is_named():
    with pytest.raises(ValueError, match="没有 'control_chart.p_chat'.*control_chart.p_chart"):
        tool("control_chart.p_chat")

"""工作台的面板：一步步选，错了有话，对了有结论、图、代码，能存。"""

import datetime as dt

import pytest

from ccomlib import open_workbench
from ccomlib.workbench.catalogue import tool


@pytest.fixture
def panel():
    panel = open_workbench()
    panel.centre_table.value = "calls_daily"
    panel.filter_column.value = "队列"
    panel.filter_value.value = "报修"
    panel.tool.value = tool("forecast.holt_winters")
    return panel


def _uploaded(name, content):
    """浏览器上传一个文件以后控件里的值。"""
    when = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    file = {"name": name, "type": "", "size": len(content), "content": content}
    return ({**file, "last_modified": when},)


def test_running_without_data_says_what_to_do_first():
    panel = open_workbench()

    panel.run_button.click()

    assert "请先选自己的文件" in panel.message.value


def test_a_run_shows_sentence_chart_table_and_code(panel):
    panel.run_button.click()

    assert "霍尔特-温特斯" in panel.sentence.value
    assert bytes(panel.chart.value).startswith(b"\x89PNG")
    assert panel.chart.layout.display != "none"
    assert "<table" in panel.summary.value
    assert panel.code.value.splitlines()[-1].startswith("forecast.holt_winters(")


def test_a_tools_own_error_is_shown_as_one_line(panel):
    panel.fields.children[1].value = 0

    panel.run_button.click()

    assert "horizon" in panel.message.value
    assert "Traceback" not in panel.message.value
    assert panel.save_button.disabled


def test_the_result_is_saved_and_never_overwritten(panel, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    panel.run_button.click()

    panel.save_button.click()
    first = panel.message.value
    panel.save_button.click()

    assert "已存到 结果.xlsx" in first
    assert (tmp_path / "结果.xlsx").exists()
    assert "结果.xlsx" in panel.message.value
    assert panel.message.value != first


def test_an_uploaded_file_replaces_the_centres_table(panel):
    panel.upload.value = _uploaded("抽检.csv", "小组,抽检数\n甲,120\n乙,98\n".encode())

    assert panel.centre_table.value == ""
    assert panel.table["抽检数"].tolist() == [120, 98]


def test_a_broken_file_keeps_the_table_and_says_why(panel):
    panel.upload.value = _uploaded("坏.xlsx", b"not a workbook")

    assert "坏.xlsx" in panel.message.value


def test_a_long_table_is_spread_and_calibrated_in_the_panel():
    panel = open_workbench()
    panel.centre_table.value = "qa_calibration"
    panel.spread_row.value = "录音"
    panel.spread_column.value = "质检员"
    panel.spread_value.value = "得分"
    panel.tool.value = tool("calibration.calibrate")
    panel.run_button.click()

    assert "Q02" in panel.sentence.value
    assert "table.pivot(" in panel.code.value


def test_a_table_that_cannot_be_shaped_says_why_and_recovers():
    panel = open_workbench()
    panel.centre_table.value = "complaints"
    panel.group_period.value = "W"
    panel.group_column.value = "二级原因"
    refused = panel.message.value
    panel.group_period.value = ""

    assert "不是日期" in refused
    assert panel.message.value == ""
    assert len(panel.table) == 6


def test_a_kind_of_question_shortens_the_list():
    panel = open_workbench()
    panel.kind.value = "培训"

    assert {one.group for _, one in panel.tool.options} == {"培训"}
    assert panel.tool.value.group == "培训"


def test_every_tool_shows_its_fields_with_and_without_a_table(panel):
    bare = open_workbench()
    for _, one in panel.tool.options:
        for shown in (bare, panel):
            shown.tool.value = one

            assert len(shown.fields.children) == len(one.fields) + one.labelled

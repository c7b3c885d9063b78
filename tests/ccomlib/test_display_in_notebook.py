"""笔记本里真的这样显示：表、数与图；考试里照原样。"""

import re

import pytest

from academy.running import run_cells

SETUP = "import pandas as pd, numpy as np\nfrom ccomlib import use_chinese\nuse_chinese()"
TABLE = "pd.DataFrame({'呼入量': [225.31]})"
PICTURE = """import matplotlib.pyplot as plt
plt.plot([1, 2, 3], [5, 9, 7], label="来电")
plt.title("中午最忙");"""


def test_tables_and_numbers_of_a_lesson_are_written_for_managers(tmp_path):
    _, table, series, number, flag = run_cells(
        [SETUP, TABLE, "pd.Series([1, 2], name='件数')", "np.float64(0.43861)", "np.bool_(True)"],
        tmp_path,
    )

    assert "225 通" in table[0]["data"]["text/html"]
    assert "1 件" in series[0]["data"]["text/html"]
    assert number[0]["data"]["text/plain"] == "0.439"
    assert flag[0]["data"]["text/plain"] == "是"


@pytest.mark.parametrize("end", ["", "plt.gcf()", "plt.show()"])
def test_a_picture_carries_its_words_once(tmp_path, end):
    _, shown = run_cells([SETUP, f"{PICTURE}\n{end}"], tmp_path)
    pictures = [one["data"] for one in shown if "<img" in one["data"].get("text/html", "")]

    assert len(pictures) == (2 if end == "plt.gcf()" else 1)
    assert set(pictures[0]) == {"text/plain", "text/html"}
    alt = re.search(r'alt="([^"]*)"', pictures[0]["text/html"])[1]
    assert alt == pictures[0]["text/plain"] == "图：中午最忙。来电：最高 9（2），最低 5（1）。"


def test_a_results_picture_says_its_sentence(tmp_path):
    code = "from ccomlib import erlang\nerlang.required_agents(20, 360).plot();"
    _, shown = run_cells([SETUP, code], tmp_path)

    assert 'alt="20 通来电、平均处理 360 秒，要做到' in shown[0]["data"]["text/html"]


def test_in_an_examination_no_decimal_is_cut_and_pictures_keep_their_words(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/calls.csv").write_text("来电量\n120\n", encoding="utf-8")
    _, opened, table, number, picture = run_cells(
        [
            SETUP,
            "from ccomlib import open_paper\npaper = open_paper()",
            TABLE,
            "np.float64(0.43861)",
            PICTURE,
        ],
        tmp_path,
    )

    assert opened == []
    assert "225.31" in table[0]["data"]["text/html"]
    assert number[0]["data"]["text/plain"] == "np.float64(0.43861)"
    assert "alt=" in picture[0]["data"]["text/html"]


def test_while_grading_everything_is_left_alone(tmp_path):
    _, table, picture = run_cells(
        [SETUP, TABLE, PICTURE], tmp_path, environment={"NBGRADER_EXECUTION": "autograde"}
    )

    assert "225.31" in table[0]["data"]["text/html"]
    assert "image/png" in picture[0]["data"]

"""academy.running.runner：像 JupyterLab 的内核那样跑，每次一个新的进程，卡住的、退出的都不拖累别人。"""

import nbformat
import pytest

from academy.running import CellFailed, Runner, run_cells, run_notebook


def _text(outputs):
    return [(one["output_type"], one.get("text") or one.get("ename")) for one in outputs]


def test_cells_share_a_namespace_and_show_what_a_kernel_shows(tmp_path):
    found = run_cells(["x = 2", "x + 1", "print(x)", "1 / 0", "x"], tmp_path)

    assert found[0] == []
    assert found[1][0]["data"]["text/plain"] == "3"
    assert _text(found[2]) == [("stream", "2\n")]
    assert (found[3][0]["ename"], found[3][0]["evalue"]) == (
        "ZeroDivisionError",
        "division by zero",
    )
    assert found[4][0]["data"]["text/plain"] == "2"


def test_runs_know_nothing_of_each_other(tmp_path):
    run_cells(
        ["x = 2", "import os; os.environ['SEEN'] = '1'", "import math; math.pi = 3"], tmp_path
    )

    found = run_cells(["x", "import os; 'SEEN' in os.environ", "import math; math.pi"], tmp_path)

    assert found[0][0]["ename"] == "NameError"
    assert found[1][0]["data"]["text/plain"] == "False"
    assert found[2][0]["data"]["text/plain"].startswith("3.14")


def test_cells_run_in_the_folder_with_the_environment(tmp_path):
    (tmp_path / "mine.py").write_text("value = 7", encoding="utf-8")

    found = run_cells(
        ["import os; print(os.getcwd(), os.environ['SEAT'])", "import mine; mine.value"],
        tmp_path,
        environment={"SEAT": "5"},
    )

    assert found[0][0]["text"] == f"{tmp_path.resolve()} 5\n"
    assert found[1][0]["data"]["text/plain"] == "7"


def test_charts_widgets_and_stderr_come_through(tmp_path):
    found = run_cells(
        [
            "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
            "from ipywidgets import interact\ninteract(lambda a: print(a), a=3);",
            "import warnings; warnings.warn('哎')",
        ],
        tmp_path,
    )

    assert "image/png" in found[0][0]["data"]
    assert "application/vnd.jupyter.widget-view+json" in found[1][-1]["data"]
    assert found[2][0]["name"] == "stderr"
    assert "哎" in found[2][0]["text"]


def test_cell_that_takes_too_long_is_stopped_and_the_next_goes_on(tmp_path):
    found = run_cells(["while True:\n    pass", "2"], tmp_path, seconds=0.5)

    assert (found[0][0]["ename"], found[0][0]["evalue"]) == ("TimeoutError", "运行超时")
    assert found[1][0]["data"]["text/plain"] == "2"


def test_process_that_ends_leaves_its_reason_and_the_next_run_is_fine(tmp_path):
    found = run_cells(["1", "import os; os._exit(3)", "2"], tmp_path)

    assert found[0][0]["data"]["text/plain"] == "1"
    assert [one[0]["evalue"] for one in found[1:]] == ["进程中途退出了"] * 2
    assert run_cells(["3"], tmp_path)[0][0]["data"]["text/plain"] == "3"


def test_notebook_is_filled_in_and_stops_at_what_may_not_fail(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("# 题"),
        nbformat.v4.new_code_cell("1 + 1"),
        nbformat.v4.new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}),
        nbformat.v4.new_code_cell("nothing"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)

    with pytest.raises(CellFailed, match="第 3 格：NameError：name 'nothing'"):
        run_notebook(notebook, tmp_path)

    assert notebook.cells[1].outputs[0]["data"]["text/plain"] == "2"
    assert notebook.cells[2].outputs[0]["ename"] == "ZeroDivisionError"
    nbformat.validate(notebook)


def test_closed_runner_leaves_no_process(tmp_path):
    runner = Runner()
    assert runner.run(["1"], tmp_path)[0][0]["data"]["text/plain"] == "1"

    runner.close()

    assert runner._process.returncode == 0

"""一份「轻」作业：约 25 格、带科学计算的导入、一幅图、八道题；给评分的速度比较用。

同一份内容写成 nbgrader 的母本与 otter 的母本，学员的答案有对有错。
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

__all__ = ["NAME", "POINTS", "answers", "otter_master", "submission", "write_course"]

NAME = "light"
POINTS = 5
KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
SETUP = """import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy import stats

calls = pd.DataFrame(
    {"slot": range(48), "calls": np.round(100 + 80 * np.sin(np.arange(48) / 8)), "aht": 240.0}
)"""
PLOT = """fig, ax = plt.subplots()
ax.plot(calls["slot"], calls["calls"])
ax.set_title("calls");"""
# 题名 -> （对的答案，错的答案，测试）
QUESTIONS = {
    "total": ('total = calls["calls"].sum()', "total = 0", "assert total == calls['calls'].sum()"),
    "busiest": (
        'busiest = int(calls["calls"].idxmax())',
        "busiest = 1",
        "assert busiest == int(np.argmax(calls['calls'].to_numpy()))",
    ),
    "load": (
        'def load(n, aht):\n    """Erlangs of a half-hour."""\n    return n * aht / 1800',
        "def load(n, aht):\n    return n * aht",
        "assert load(100, 180) == 10\nassert abs(load(200, 240) - 26.6667) < 1e-3",
    ),
    "loads": (
        'loads = calls["calls"] * calls["aht"] / 1800',
        'loads = calls["calls"]',
        "pd.testing.assert_series_equal(loads, calls['calls'] * calls['aht'] / 1800, check_names=False)",
    ),
    "peaks": (
        'peaks = calls[calls["calls"] > 150]',
        "peaks = calls",
        "assert list(peaks.columns) == list(calls.columns)\nassert len(peaks) == (calls['calls'] > 150).sum()",
    ),
    "spread": (
        'spread = float(stats.variation(calls["calls"], ddof=1))',
        "spread = 0.0",
        "assert abs(spread - calls['calls'].std() / calls['calls'].mean()) < 1e-9",
    ),
    "weights": (
        'weights = (calls["calls"] / calls["calls"].sum()).to_numpy()',
        "weights = np.ones(48)",
        "assert weights.shape == (48,)\nassert np.isclose(weights.sum(), 1)",
    ),
    "grade": (
        'def grade(level):\n    return "ok" if level >= 0.8 else "low"',
        'def grade(level):\n    return "ok"',
        "assert grade(0.9) == 'ok'\nassert grade(0.5) == 'low'",
    ),
}


def answers(learner: int) -> dict[str, str]:
    """学员 ``learner`` 的答案：每人错的题不同，有人全对。"""
    return {
        name: wrong if (learner + place) % 5 == 0 and learner % 3 else right
        for place, (name, (right, wrong, _)) in enumerate(QUESTIONS.items())
    }


def _nbgrader(grade_id: str, **flags) -> dict:
    plain = {"grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": plain | {"grade_id": grade_id, "schema_version": 3} | flags}


def _master() -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("# light"),
        new_code_cell(SETUP, metadata=_nbgrader("setup")),
        new_code_cell("calls.describe()", metadata=_nbgrader("look")),
        new_code_cell(PLOT, metadata=_nbgrader("plot")),
    ]
    for name, (right, _, test) in QUESTIONS.items():
        source = f"### BEGIN SOLUTION\n{right}\n### END SOLUTION"
        cells.append(new_code_cell(source, metadata=_nbgrader(name, solution=True, locked=False)))
        graded = _nbgrader(f"{name}-test", grade=True, points=POINTS)
        hidden = f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
        cells.append(new_code_cell(hidden, metadata=graded))
    cells += [new_markdown_cell(f"note {k}") for k in range(5)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=cells, metadata=KERNEL)


def submission(released: Path, learner: int) -> nbformat.NotebookNode:
    """学员卷填上 ``learner`` 的答案。"""
    notebook = nbformat.read(released, as_version=4)
    filled = answers(learner)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in filled:
            cell.source = filled[grade_id]
    return notebook


def write_course(folder: Path) -> Path:
    """一个只有这份作业的 nbgrader 课程；返回母本的路径。"""
    path = folder / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(_master(), path)
    (folder / "nbgrader_config.py").write_text(
        f'c = get_config()\nc.CourseDirectory.course_id = "bench"\nc.CourseDirectory.root = {str(folder)!r}\n'
    )
    return path


def otter_master() -> nbformat.NotebookNode:
    """同样的题，写成 otter assign 的母本。"""
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\ninit_cell: false\ngenerate: true\n"),
        new_code_cell(SETUP),
        new_code_cell("calls.describe()"),
        new_code_cell(PLOT),
    ]
    for name, (right, _, test) in QUESTIONS.items():
        cells += [
            new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: {POINTS}\n"),
            new_raw_cell("# BEGIN SOLUTION"),
            new_code_cell(f"# BEGIN SOLUTION\n{right}\n# END SOLUTION"),
            new_raw_cell("# END SOLUTION"),
            new_raw_cell("# BEGIN TESTS"),
            new_code_cell(f"# HIDDEN\n{test}"),
            new_raw_cell("# END TESTS"),
            new_raw_cell("# END QUESTION"),
        ]
    return new_notebook(cells=cells, metadata=KERNEL)

"""每课每卷真跑一遍：参考答案对，没动过的格没分，每个典型错答得到自己的话或自己的分。"""

from pathlib import Path

import nbformat
import pytest

from academy.course import Course
from academy.notebooks import masters, target
from academy.proof import prove_lesson, prove_paper
from academy.running import run_notebook
from academy.seats import write_seat

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [path for path in masters(ROOT) if "course" in path.parts]
PAPERS = [path for path in masters(ROOT) if "course" not in path.parts]
SEATS = [0, 1, 20250718, 2**31 + 7, 2**63 - 25]


@pytest.mark.parametrize("master", LESSONS, ids=lambda path: path.stem)
def test_lesson_keeps_every_promise(master):
    assert prove_lesson(master).problems == []


@pytest.mark.parametrize("master", LESSONS, ids=lambda path: path.stem)
def test_lesson_as_the_learner_gets_it_runs_to_its_end_and_says_nothing_on_stderr(master):
    notebook = nbformat.read(target(master, ROOT), as_version=4)

    run_notebook(notebook, target(master, ROOT).parent, seconds=60)

    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", (cell.source, output.text)
            assert output.output_type != "error" or output.ename == "NotAttempted"


@pytest.mark.parametrize("seed", SEATS)
@pytest.mark.parametrize("master", PAPERS, ids=lambda path: path.stem)
def test_paper_keeps_every_promise_on_the_seat(master, seed, tmp_path):
    course = Course(ROOT)
    folder = write_seat(course, master.stem, seed, tmp_path)

    proof = prove_paper(master, folder, seed)

    assert proof.problems == []
    assert proof.reference_points == 100
    assert proof.untouched_points == 0

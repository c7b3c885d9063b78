"""Time that runs out, or a process that dies, costs that cell and those that need it; nothing more."""

import time

import nbformat
import pytest

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.referee.verdicts import told_to_learner
from academy.grading.work.record import Limits
from tests.academy.grading.small import answer, check, hand_in, locked, verdicts, write_master

SHORT = Limits(cell_seconds=1, call_seconds=1, total_seconds=3)
FOREVER = "while True:\n    pass"
DIES_OVER_FILES = "import os, sys\nsys.modules['academy.grading.learner.process'].changed_files = lambda *_: os._exit(1)"


@pytest.fixture(scope="module")
def cells():
    """A question, a read-only cell behind it that a later question needs, one that needs no cell."""
    return [
        answer("a", "a = 1"),
        check("a-test", "assert a == 1"),
        answer("b", "b = 2"),
        locked("rows = open('rows.txt').read().split()\nmore = len(rows)", "later"),
        locked("twice = more * 2", "latest"),
        check("b-test", "assert b == more"),
        check("b-more", "assert b * 2 == twice"),
        answer("c", "c = 3"),
        check("c-test", "assert c == 3"),
    ]


@pytest.fixture(scope="module")
def assignment(cells, tmp_path_factory):
    return write_master(tmp_path_factory.mktemp("lost") / "hw", cells, {"rows.txt": b"x y"})


@pytest.fixture(scope="module")
def plan(assignment, warm):
    return dry_run(assignment, nursery=warm)


def _grade(assignment, plan, warm, made, limits=SHORT):
    with Grader(assignment, plan, limits, nursery=warm) as grader:
        return grader.grade(made)


def test_time_that_runs_out_before_a_read_only_cell_keeps_what_was_earned(
    assignment, plan, warm, tmp_path
):
    made = hand_in(tmp_path, assignment, {"a": "a = 1", "b": FOREVER, "c": FOREVER}, before="\n")
    slow = made.notebooks["p1"]
    # two more loops of the learner's own use up the rest
    extra = type(slow[0])(None, "code", FOREVER)
    made = type(made)("学员", {"p1": (*slow[:3], extra, extra, *slow[3:])})

    started = time.monotonic()
    record = _grade(assignment, plan, warm, made)

    assert time.monotonic() - started < 12
    assert verdicts(record) == {
        "a-test": "passed",
        "b-test": "timeout",
        "b-more": "timeout",
        "c-test": "timeout",
    }
    assert record.score == 1


def test_time_that_runs_out_in_one_notebook_leaves_a_record_of_the_next(warm, tmp_path):
    folder = tmp_path / "two"
    write_master(folder, [answer("a", "a = 1"), locked("n = 1"), check("t", "assert a == n")])
    nbformat.write(nbformat.read(folder / "p1.ipynb", as_version=4), folder / "p2.ipynb")
    assignment = read_folder(folder)
    loops = "\n".join(["a = 1", FOREVER])
    hand_in(tmp_path / "in", assignment, {"a": loops})
    (tmp_path / "in/p1.ipynb").rename(tmp_path / "in/p2.ipynb")
    hand_in(tmp_path / "in", assignment, {"a": loops})
    made = read_submission(tmp_path / "in", assignment, "学员")
    limits = Limits(cell_seconds=1.5, call_seconds=1, total_seconds=1)

    record = _grade(assignment, dry_run(assignment, nursery=warm), warm, made, limits)

    assert [cell.verdict for cell in record.cells] == ["timeout", "timeout"]


def test_a_process_that_dies_over_its_files_costs_the_cells_behind_that_need_them(
    assignment, plan, warm, tmp_path
):
    answers = {"a": "a = 1", "b": f"b = 2\n{DIES_OVER_FILES}", "c": "c = 3"}

    record = _grade(assignment, plan, warm, hand_in(tmp_path, assignment, answers), Limits())

    assert verdicts(record) == {
        "a-test": "passed",
        "b-test": "died",
        "b-more": "died",
        "c-test": "passed",
    }


def test_a_learners_file_that_is_missing_costs_the_cell_that_reads_it(warm, tmp_path):
    cells = [
        answer("a", "with open('out.txt', 'w') as file:\n    file.write('1')"),
        locked("said = open('out.txt').read()", "reads"),
        check("a-test", "assert said == '1'"),
        answer("b", "b = 2"),
        check("b-test", "assert b == 2"),
    ]
    assignment = write_master(tmp_path / "hw", cells)
    made = hand_in(tmp_path / "in", assignment, {"a": "pass", "b": "b = 2"})

    record = _grade(assignment, dry_run(assignment, nursery=warm), warm, made)

    assert [cell.score for cell in record.cells] == [0, 1]


NESTS = """import os
here = os.getcwd()
open('near.txt', 'w').write('1')
for _ in range(1500):
    os.mkdir('d')
    os.chdir('d')
os.chdir(here)
"""


def test_nested_folders_cost_the_file_at_their_end_and_the_record_says_so(warm, tmp_path):
    write = "with open('{0}.txt', 'w') as file:\n    file.write('1')"
    cells = [
        answer("a", write.format("near")),
        check("a-test", "assert open('near.txt').read() == '1'"),
        answer("b", write.format("far")),
        check("b-test", "assert open('far.txt').read() == '1'"),
    ]
    assignment = write_master(tmp_path / "hw", cells)
    made = hand_in(tmp_path / "in", assignment, {"a": NESTS, "b": write.format("d/d/far")})

    record = _grade(assignment, dry_run(assignment, nursery=warm), warm, made)

    near, far = record.cells
    assert (near.score, far.score) == (1, 0)
    assert far.message == (
        "测试时出错（FileNotFoundError）。作答写的文件没有全部采用：文件夹套得超过 32 层。"
    )
    assert told_to_learner(far.verdict, far.message) == far.message


def test_a_read_only_cell_that_fails_for_the_master_too_stops_nobody(warm, tmp_path):
    cells = [locked("import no_such_module"), answer("a", "a = 1"), check("t", "assert a == 1")]
    assignment = write_master(tmp_path / "hw", cells)

    record = _grade(
        assignment,
        dry_run(assignment, nursery=warm),
        warm,
        hand_in(tmp_path / "in", assignment, {"a": "a = 1"}),
    )

    assert record.score == 1

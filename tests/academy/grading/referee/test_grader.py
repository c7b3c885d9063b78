"""Scores are earned only by honest answers; every answer is graded by itself."""

import contextlib
import threading

import nbformat
import psutil
import pytest

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.errors import RefereeError
from academy.grading.referee.grader import Grader
from academy.grading.work.record import GradedRecord, Limits, Seat
from academy.grading.work.submission import reference_submission
from tests.academy.grading.conftest import LIMITS
from tests.academy.grading.homework import RIGHT
from tests.academy.grading.small import (
    answer,
    check,
    hand_in,
    locked,
    outputs,
    verdicts,
    write_master,
)


def test_right_answers_get_full_points_and_outputs(grade):
    record = grade()

    assert record.score == record.max_score == 20
    assert set(verdicts(record).values()) == {"passed"}
    (drawn,) = [o for o in outputs(record, "chart") if o["output_type"] == "display_data"]
    assert drawn["data"]["image/png"].startswith("iVBOR")
    nbformat.validate(nbformat.from_dict(record.notebooks[0].notebook))


def test_untouched_paper_is_not_attempted(grader, assignment, tmp_path):
    record = grader.grade(hand_in(tmp_path, assignment, {}))

    assert record.score == 0
    assert set(verdicts(record).values()) == {"not_attempted"}


def test_same_submission_gives_same_digest(grade):
    noisy = {"total": RIGHT["total"] + "\nprint(object(), np.random.rand())"}

    assert grade(noisy).digest == grade(noisy).digest


def test_record_survives_json(grade):
    record = grade()

    assert GradedRecord.from_json(record.to_json()) == record
    assert GradedRecord.from_json(record.to_json()).digest == record.digest


HONEST = {
    "warning": "import warnings\nwarnings.warn('careful')\n",
    "stderr": "import sys\nprint('x', file=sys.stderr)\n",
    "flood of prints": "for _ in range(2000):\n    print('x' * 40)\n",
    "own names": "def helper():\n    return 1\nresult = helper()\n",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n",
    "changed builtins": "list = [1]\nstr = 'x'\nsum = 3\nlen = 4\n",
    "widgets": "import ipywidgets\nipywidgets.IntSlider()\n",
    "magic": "%timeit -n1 -r1 1 + 1\n",
    "threads": "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()\n",
    "top-level await": "import asyncio\nawait asyncio.sleep(0)\n",
}


@pytest.mark.parametrize("lines", HONEST.values(), ids=HONEST)
def test_honest_habits_cost_nothing(grade, lines):
    record = grade(before=lines)

    assert record.score == 20, [c for c in record.cells if c.verdict != "passed"]


def test_seat_files_and_environment(grader, assignment, tmp_path, grade):
    """The seat's data reach both processes; nothing of it stays for the next submission."""
    seat = Seat({"data/calls.csv": "team,n\n甲,100\n乙,1\n丙,1\n丁,1\n".encode()}, {"SEED": "7"})

    fixed = {**RIGHT, "total": "import os\ntotal = 103 if 'SEED' not in os.environ else 0"}
    record = grader.grade(hand_in(tmp_path / "a", assignment, fixed), seat)

    assert record.score == 20
    assert grade().score == 20
    assert grader.grade(hand_in(tmp_path / "b", assignment, fixed)).score == 18


def test_changed_data_file_is_a_flag(grader, assignment, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/calls.csv").write_text("team,n\n")

    record = grader.grade(hand_in(tmp_path, assignment, RIGHT))

    assert record.score == 20
    assert record.flags == ("数据文件 data/calls.csv 与发下的不同，评卷用发下的。",)


def test_total_time_is_bounded(assignment, grader, tmp_path, warm):
    limits = Limits(cell_seconds=2, call_seconds=1, total_seconds=4)
    loops = dict.fromkeys(RIGHT, "while True: pass")

    with Grader(assignment, grader.plan, limits, nursery=warm) as strict:
        record = strict.grade(hand_in(tmp_path, assignment, loops))

    assert record.score == 0
    assert record.seconds < 8
    assert verdicts(record)["chart-test"] == "timeout"


def test_plan_of_another_master_is_refused(assignment, grader, tmp_path):
    other = write_master(tmp_path / "other", [locked("x = 1")])

    with pytest.raises(RefereeError, match="母本在试跑之后改过"):
        Grader(other, grader.plan)


def test_what_is_required_must_hold(assignment, grader, warm, monkeypatch):
    with pytest.raises(ValueError, match="不认识"):
        Grader(assignment, grader.plan, require=["moat"], nursery=warm).__enter__()


def test_setup_that_fails_for_the_examiner_stops_loudly(grader, assignment, tmp_path):
    seat = Seat({"data/calls.csv": b"\xff\xfe\x00"})

    with pytest.raises(RefereeError, match="只读格 setup"):
        grader.grade(hand_in(tmp_path, assignment, RIGHT), seat)


def test_reference_submission_is_right(grader, assignment):
    assert grader.grade(reference_submission(assignment)).score == 20


def test_killed_zygote_is_never_taken_for_a_learners_crash(assignment, grader, tmp_path):
    """No record comes out of a run whose warm process was killed."""

    def kill(process):
        for one in [*process.children(recursive=True), process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()

    with Grader(assignment, grader.plan, LIMITS) as own:
        timer = threading.Timer(1.0, kill, [psutil.Process(own._nursery._process.pid)])
        timer.start()
        slow = {**RIGHT, "chart": "import time\ntime.sleep(3)"}

        with pytest.raises(RefereeError, match="预热进程中断"):
            own.grade(hand_in(tmp_path, assignment, slow))
        timer.join()


def test_timing_adds_up(grade, grader):
    record = grade()

    assert sum(grader.timing.values()) == pytest.approx(record.seconds)
    assert {"processes", "answer cells", "test cells", "rest"} <= set(grader.timing)


def test_attack_in_one_notebook_leaves_the_other_alone(tmp_path, grader_of):
    """An assignment of two notebooks: each has its own processes and points."""
    folder = tmp_path / "two"
    write_master(folder, [answer("a", "x = 1"), check("a-test", "assert x == 1")])
    second = nbformat.read(folder / "p1.ipynb", as_version=4)
    nbformat.write(second, folder / "p2.ipynb")
    assignment = read_folder(folder)
    made = hand_in(tmp_path / "in", assignment, {"a": "import os\nos._exit(1)"})

    (tmp_path / "in" / "p1.ipynb").rename(tmp_path / "in" / "p2.ipynb")
    hand_in(tmp_path / "in", assignment, {"a": "x = 1"})
    record = grader_of(assignment).grade(read_submission(tmp_path / "in", assignment, made.student))

    assert [cell.score for cell in record.cells] == [1, 0]
    assert record.max_score == 2


def test_learners_files_in_the_way_of_the_data_cost_nothing(grader, assignment, tmp_path):
    """一个名叫 data 的文件，或数据文件名底下的文件：不采用，记一笔。"""
    (tmp_path / "data").write_text("mine")
    one = grader.grade(hand_in(tmp_path, assignment, RIGHT))
    (tmp_path / "data").unlink()
    (tmp_path / "data/calls.csv").mkdir(parents=True)
    (tmp_path / "data/calls.csv/x").write_text("mine")
    other = grader.grade(hand_in(tmp_path, assignment, RIGHT))

    assert (one.score, other.score) == (20, 20)
    assert one.flags == ("随卷文件 data 占了发下的数据的位置，没有采用。",)
    assert other.flags == ("随卷文件 data/calls.csv/x 占了发下的数据的位置，没有采用。",)

"""The rehearsal says what each cell gives in one process, and what it makes and changes."""

from academy.grading.plan.rehearsal import reference_error, rehearse
from academy.grading.work.record import Limits
from tests.academy.grading.small import answer, check, locked, write_master

LIMITS = Limits(cell_seconds=1, total_seconds=30)


def test_cells_share_one_process_and_each_is_told_by_itself(tmp_path, warm):
    cells = [
        locked("from math import sqrt\nrows = [1]"),
        answer("a", "rows.append(2)\nx = rows"),
        check("t", "assert x is rows\nseen = True"),
        check("u", "1 if seen else 0", 2),
        answer("b", "1 / 0"),
        check("v", "while True:\n    pass"),
        check("w", "assert x == [1, 2]"),
    ]
    assignment = write_master(tmp_path / "hw", cells)

    found = rehearse(assignment.notebooks[0], warm, assignment, LIMITS, False)

    assert [one.changed for one in found] == [
        {"sqrt", "rows"},
        {"rows", "x"},
        {"seen"},
        frozenset(),
        frozenset(),
        # a new process, in which nothing has its old place
        found[5].changed,
        frozenset(),
    ]
    scores = {one.ran.record.grade_id: one.ran.record.score for one in found if one.ran.record}
    assert scores == {"t": 1, "u": 1, "v": 0, "w": 1}
    assert reference_error(found[4].ran) == "ZeroDivisionError：division by zero"
    assert reference_error(found[1].ran) == ""


def test_stderr_costs_its_points_where_the_course_says_so(tmp_path, warm):
    assignment = write_master(
        tmp_path / "hw", [check("t", "import sys\nprint(1, file=sys.stderr)")]
    )

    scores = [
        rehearse(assignment.notebooks[0], warm, assignment, LIMITS, fails)[0].ran.record.score
        for fails in (False, True)
    ]

    assert scores == [1, 0]

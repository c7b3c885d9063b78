"""What a course refuses is what it says it wants, by cell, with reason and remedy."""

from dataclasses import replace

import pytest

from academy.grading.errors import DryRunError
from academy.grading.plan.policy import refusals, require
from academy.grading.work.plan import CellPlan, NotebookPlan, Plan
from tests.academy.grading.small import answer, check, write_master


@pytest.fixture
def assignment(tmp_path):
    cells = [answer("a", "x = 1"), check("t", "assert x == 1", 2)]
    return write_master(tmp_path / "hw", cells)


def _plan(assignment, test, own=CellPlan()):  # noqa: B008 - frozen
    return Plan(assignment.digest, {"p1": NotebookPlan((own, test))})


FULL = CellPlan(reference=2.0)
CASES = {
    "in order": (FULL, CellPlan(), None, None),
    "points missing": (
        CellPlan(reference=1.0, why="得到部分分数 1。"),
        CellPlan(),
        "参考答案只得 1/2 分，得到部分分数 1。",
        None,
    ),
    "no number": (
        CellPlan(reference=2.0, other_result=True, why="不是分数。"),
        CellPlan(),
        "参考答案只得 2/2 分，不是分数。",
        None,
    ),
    "answer fails": (FULL, CellPlan(why="参考答案自己出错，E。"), "参考答案自己出错，E。", None),
    "same room": (
        CellPlan(reference=2.0, same_room=True, why="因为。", remedy="请改。"),
        CellPlan(),
        None,
        "因为。请改。",
    ),
}


@pytest.mark.parametrize(("test", "own", "short", "roomy"), CASES.values(), ids=CASES)
def test_each_setting_refuses_its_own(assignment, test, own, short, roomy):
    plan = _plan(assignment, test, own)

    def reasons(**settings):
        return [reason for _, reason in refusals(assignment, plan, **settings)]

    assert reasons(full_points=False, all_shielded=False) == []
    (said,) = reasons(full_points=True, all_shielded=False) or [None]
    assert said == short or said.startswith(short)
    assert (reasons(full_points=False, all_shielded=True) or [None]) == [roomy]


def test_points_for_nothing_are_refused_by_cell_where_the_course_says_so(assignment):
    plan = replace(_plan(assignment, FULL), untouched=(("p1", 1, "没有作答的卷也得 2/2 分。"),))
    settings = {"full_points": False, "all_shielded": False}

    assert list(refusals(assignment, plan, **settings)) == []
    ((where, reason),) = refusals(assignment, plan, **settings, free_points=False)
    assert (where[0].name, where[1], reason) == ("p1", 1, "没有作答的卷也得 2/2 分。")
    with pytest.raises(DryRunError, match="p1 的 t：没有作答的卷也得 2/2 分。"):
        require(assignment, plan, **settings, free_points=False)


def test_the_first_cell_is_named(assignment):
    plan = _plan(assignment, CellPlan(reference=0.0), CellPlan(why="参考答案自己出错。"))

    with pytest.raises(DryRunError) as refusal:
        require(assignment, plan, full_points=True, all_shielded=True)

    assert str(refusal.value) == "试跑没有通过，p1 的 a：参考答案自己出错。"

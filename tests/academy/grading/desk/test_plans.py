"""academy.grading.desk.plans：试跑一次，没有东西变就不再试；不满分就指名拒绝。"""

import pytest
from traitlets.config import Config

from academy.grading.desk.plans import PLANS, kept_plan, plan_for
from academy.grading.desk.settings import Referee
from academy.grading.errors import DryRunError, GradingError
from academy.grading.plan import dry_run as module
from academy.grading.plan import key
from academy.grading.work.plan import CellPlan, NotebookPlan, Plan
from tests.academy.grading.small import answer, check, write_master


@pytest.fixture
def assignment(tmp_path):
    return write_master(tmp_path / "hw", [answer("a", "x = 1"), check("t", "assert x == 1")])


@pytest.fixture
def trials(monkeypatch):
    """试跑了几次。"""
    found = []

    def dry_run(assignment, limits, stderr_fails):
        found.append(assignment.name)
        test = CellPlan(examiner=True, same_room=True, reference=1.0, why="因为。", remedy="请改。")
        return Plan(
            assignment.digest, {"p1": NotebookPlan((CellPlan(), test))}, stderr_fails=stderr_fails
        )

    monkeypatch.setattr(module, "dry_run", dry_run)
    return found


def test_a_plan_that_holds_is_not_made_again(tmp_path, assignment, trials):
    first = plan_for(tmp_path, assignment, Referee())

    assert plan_for(tmp_path, assignment, Referee()) == first
    assert trials == ["hw"]


def test_a_change_under_it_makes_a_new_one_and_drops_the_old(
    tmp_path, assignment, trials, monkeypatch
):
    plan_for(tmp_path, assignment, Referee())
    monkeypatch.setattr(key, "GRADING", tmp_path)
    plan_for(tmp_path, assignment, Referee())

    assert trials == ["hw", "hw"]
    assert len(list((tmp_path / PLANS).glob("hw-*.json"))) == 1


@pytest.mark.parametrize("damage", ["", "{", '{"version": 0}', "[]"])
def test_a_damaged_plan_is_made_again(tmp_path, assignment, trials, damage):
    plan_for(tmp_path, assignment, Referee())
    (path,) = (tmp_path / PLANS).glob("hw-*.json")
    path.write_text(damage)

    plan_for(tmp_path, assignment, Referee())

    assert trials == ["hw", "hw"]
    assert Plan.from_json(path.read_text()).assignment_digest == assignment.digest


def test_the_folder_is_for_its_owner_only(tmp_path, assignment, trials):
    plan_for(tmp_path, assignment, Referee())

    assert (tmp_path / PLANS).stat().st_mode & 0o077 == 0


def test_a_course_that_wants_its_tests_apart_is_told_of_the_cell_that_is_not(
    tmp_path, assignment, trials
):
    strict = Referee(config=Config(Referee={"shielded": "all"}))

    for _ in range(2):
        with pytest.raises(GradingError, match="^hw：试跑没有通过，p1 的 t：因为。请改。$"):
            plan_for(tmp_path, assignment, strict)
    assert kept_plan(tmp_path, assignment, strict).notebooks["p1"].has_same_room
    assert trials == ["hw"]


def test_a_plan_is_for_a_course_that_takes_stderr_as_it_does(tmp_path, assignment, trials):
    for fails in (True, True, False, False):
        settings = Referee(config=Config(Referee={"stderr_fails": fails}))

        assert plan_for(tmp_path, assignment, settings).stderr_fails is fails
    assert trials == ["hw", "hw"]


def test_a_master_that_fails_is_named_and_leaves_nothing(tmp_path, assignment, monkeypatch):
    def fails(assignment, limits, stderr_fails):
        raise DryRunError("p1 的 t", "参考答案只得 0/1 分。")

    monkeypatch.setattr(module, "dry_run", fails)

    with pytest.raises(GradingError, match="^hw：试跑没有通过，p1 的 t：参考答案只得 0/1 分。$"):
        plan_for(tmp_path, assignment, Referee())
    assert not (tmp_path / PLANS).exists()


def test_points_for_an_untouched_paper_are_refused_where_the_course_says_so(
    tmp_path, assignment, monkeypatch
):
    """也在试跑早已做过、设置后来才改的时候。"""

    def dry_run(assignment, limits, *, stderr_fails):
        free = (("p1", 1, "没有作答的卷也得 1/1 分。"),)
        cells = {"p1": NotebookPlan((CellPlan(), CellPlan(examiner=True, reference=1.0)))}
        return Plan(assignment.digest, cells, untouched=free, stderr_fails=stderr_fails)

    monkeypatch.setattr(module, "dry_run", dry_run)

    assert plan_for(tmp_path, assignment, Referee()).untouched
    with pytest.raises(
        GradingError, match="^hw：试跑没有通过，p1 的 t：没有作答的卷也得 1/1 分。$"
    ):
        plan_for(tmp_path, assignment, Referee(free_points=False))

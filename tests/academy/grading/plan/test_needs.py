"""Which process has which name: from the text and from what a rehearsal saw."""

import pytest

from academy.grading.plan.needs import first_plan
from academy.grading.plan.rehearsal import Rehearsed
from academy.grading.referee.session import Ran
from tests.academy.grading.small import answer, check, locked, write_master

ROOM = {"t": ("因为。", "请改。")}


@pytest.fixture
def plans(tmp_path):
    """plans(cells, reasons): plan by cell."""

    def make(cells, reasons=()):
        master = write_master(tmp_path / "hw", cells).notebooks[0]
        places = {cell.grade_id: place for place, cell in enumerate(master.cells)}
        found = first_plan(
            master,
            [Rehearsed(Ran()) for _ in cells],
            {places[name]: reason for name, reason in dict(reasons).items()},
        )
        return {name: found.cells[place] for name, place in places.items()}

    return make


def test_a_test_rests_on_the_read_only_cells_that_it_needs(plans):
    found = plans(
        [
            locked("n = 1", "one"),
            locked("def two():\n    return n", "two"),
            locked("other = 3", "three"),
            answer("a", "x = 1"),
            check("t", "assert two() == x"),
        ]
    )

    assert found["t"].rests == (0, 1)
    assert found["t"].names == ("x",)


def test_the_last_read_only_cell_that_gives_a_name_is_the_one(plans):
    found = plans([locked("n = 1", "one"), locked("n = 2", "two"), check("t", "assert n == 2")])

    assert found["t"].rests == (1,)


def test_a_test_in_the_same_room_finds_the_masters_names_and_the_learners(plans):
    found = plans(
        [locked("n = 1", "one"), answer("a", "x = 1"), check("t", "assert len([x]) == n")], ROOM
    )

    assert found["one"].keeps == ("n",)
    assert found["t"].same_room
    assert not found["t"].examiner
    assert found["t"].own == ("len", "n")
    assert found["t"].answers == (1,)


def test_what_a_test_makes_in_the_same_room_holds_the_later_ones_there(plans):
    found = plans(
        [
            answer("a", "x = 1"),
            check("t", "cases = [x]"),
            locked("doubled = cases * 2", "read"),
            check("u", "assert doubled"),
            check("v", "assert x"),
            locked("cases = [1]", "again"),
            check("w", "assert cases"),
        ],
        ROOM,
    )

    assert [found[name].same_room for name in "tuvw"] == [True, True, False, False]
    assert found["u"].why == "要用 doubled，是前面同室的一格里才有的。"
    assert not found["read"].examiner


def test_a_test_runs_as_released_for_the_learner_where_later_cells_need_its_names(plans):
    helper = "import math\ndef near(a, b):\n    return abs(a - b) < 1"
    found = plans(
        [
            answer("a", "x = 1"),
            check("t", f"{helper}\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS"),
            answer("b", "y = near(x, 1)"),
            check("u", "import cmath\nassert y"),
        ]
    )

    assert found["t"].learner_lines == helper
    assert found["u"].learner_lines == "import cmath"
    assert not found["t"].same_room


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("assert 'x' in In[1]", "测试要看作答进程里的 In。"),
        ("assert 'x' in globals()", "测试要看作答进程里的 globals。"),
        ("assert eval(x) == 2", "测试把作答的内容交给 eval 执行。"),
        ("import pickle\npickle.load(open('x', 'rb'))", "测试读 pickle 会执行文件里的程序。"),
        (
            "### BEGIN HIDDEN TESTS\nk = 1\n### END HIDDEN TESTS",
            "后面的格要用它的隐藏部分里才有的 k。",
        ),
    ],
)
def test_what_must_be_in_the_same_room_is_seen_in_the_text(plans, source, why):
    found = plans(
        [answer("a", "x = '1'"), check("t", source), answer("b", "y = k"), check("u", "y")]
    )

    assert (found["t"].same_room, found["t"].why) == (True, why)
    assert not found["u"].same_room

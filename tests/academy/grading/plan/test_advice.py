"""What a test's author may write instead: the advice is for what stands in the cell."""

import pytest

from academy.grading.plan.advice import advice
from academy.grading.plan.dry_run import dry_run
from academy.grading.work.plan import CellPlan
from tests.academy.grading.small import answer, check, write_master

OBJECTS = CellPlan(names=("Point",), allowed=("object Point()",))
OWN_CLASS = "作答的类的对象只会彼此相等"
CASES = {
    "source": ("import inspect\ninspect.getsource(f)", CellPlan(), "看不到作答的源代码"),
    "mock": ("with patch('builtins.input'):\n    f()", CellPlan(), "不能替换作答程序里的名字"),
    "history": ("assert In[1]", CellPlan(), "看不到作答程序的名字空间"),
    "subclass": ("class A(Point):\n    pass", OBJECTS, "不能从作答的类派生"),
    "identity": ("assert x is y", CellPlan(names=("x", "y")), "不能用 is 比较"),
    "own class": ("assert Point(1, 2) == (1, 2)", OBJECTS, OWN_CLASS),
    "own class, by unittest": ("case.assertEqual(Point(1, 2), (1, 2))", OBJECTS, OWN_CLASS),
    "own class, by numpy": ("np.testing.assert_array_equal(Point(1), [1])", OBJECTS, OWN_CLASS),
    "own class, nothing compared": ("Point(1, 2).move(3)", OBJECTS, "请改写这个测试"),
    "data compared": ("assert x == 1", CellPlan(names=("x",)), "请改写这个测试"),
}


@pytest.mark.parametrize(("source", "plan", "said"), CASES.values(), ids=CASES)
def test_the_advice_fits_the_cell(tmp_path, source, plan, said):
    assignment = write_master(tmp_path / "hw", [check("t", source)])

    assert said in advice(assignment.notebooks[0].cells[0], plan)


OWN = """class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __eq__(self, other):
        return tuple(other) == (self.a, self.b)

    def __iter__(self):
        return iter((self.a, self.b))"""


def test_a_cell_that_compares_a_learners_own_class_is_advised_to_compare_data(tmp_path, warm):
    cells = [answer("a", OWN), check("t", "assert Pair(1, 2) == (1, 2)")]

    plan = dry_run(write_master(tmp_path / "hw", cells), nursery=warm)

    (cell,) = [one for one in plan.notebooks["p1"].cells if one.reference is not None]
    assert cell.same_room
    assert cell.remedy.startswith(OWN_CLASS)

"""The table has a row for each graded cell and each cell with something to say: how, why, what to change."""

from academy.grading.plan.dry_run import dry_run
from academy.grading.plan.table import table_of
from tests.academy.grading.small import _cell, answer, check, locked, write_master


def test_each_cell_says_how_it_is_graded(tmp_path, warm):
    cells = [
        locked("import no_such_module"),
        answer("a", "x = [1]\ny = x"),
        check("apart", "assert x == [1]", 2),
        check("together", "assert x is y"),
        _cell("z = 1", "essay", grade=True, solution=True, points=5),
        check("missed", "assert x == 2"),
    ]
    assignment = write_master(tmp_path / "hw", cells)
    plan = dry_run(assignment, nursery=warm)

    rows = {row["单元格"]: row for row in table_of(assignment, plan, {("p1", 5): "不够"})}

    assert {name: row["怎样评"] for name, row in rows.items()} == {
        "setup": "",
        "apart": "隔开",
        "together": "同室",
        "essay": "人工",
        "missed": "不收",
    }
    assert [rows[name]["参考答案"] for name in ("apart", "together", "essay", "missed")] == [
        "2 / 2",
        "1 / 1",
        "– / 5",
        "0 / 1",
    ]
    assert "no_such_module" in rows["setup"]["为什么"]
    assert rows["apart"]["为什么"] == rows["apart"]["怎样改"] == ""
    assert rows["together"]["怎样改"] == "值是从另一个进程拷来的，不能用 is 比较：请用 ==。"
    assert rows["missed"]["为什么"] == "没有通过。AssertionError"


def test_a_cell_that_gives_points_for_nothing_says_so(tmp_path, warm):
    cells = [locked("data = [1]"), answer("a", "data = [0]"), check("free", "assert len(data)", 2)]
    assignment = write_master(tmp_path / "hw", cells)
    plan = dry_run(assignment, nursery=warm)

    (row,) = table_of(assignment, plan, {("p1", 2): "不收"})

    assert (row["单元格"], row["怎样评"]) == ("free", "不收")
    assert row["为什么"] == "没有作答的卷也得 2/2 分。"
    assert row["怎样改"].startswith("请在隐藏测试里检验答案的值")

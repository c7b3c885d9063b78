"""academy.rendering：答案只在折叠里，错答与提示不进笔记本，同样的母本同样的字节。"""

from academy.masters import answer_id, has_tag, read_master
from academy.notebooks import render
from academy.rendering import lesson_notebook, paper_notebook


def test_same_master_gives_the_same_bytes(lesson, root):
    assert render(lesson, root) == render(lesson, root)


def test_answer_stands_only_in_its_folded_cell(lesson):
    cells = lesson_notebook(read_master(lesson))
    holders = [cell.id for cell in cells if "answer = 3" in cell.source]

    assert holders == ["ex-three-answer"]
    folded = next(cell for cell in cells if cell.id == "ex-three-answer").source
    assert folded.startswith("<details>")
    assert "三就是三。" in folded


def test_folded_answer_follows_its_check(lesson):
    ids = [cell.id for cell in lesson_notebook(read_master(lesson))]
    check = next(c for c in lesson_notebook(read_master(lesson)) if "expect(answer" in c.source).id

    assert ids[ids.index(check) + 1] == "ex-three-answer"


def test_instructor_notes_and_mistakes_stay_out_of_the_notebook(lesson, root):
    text = render(lesson, root)

    assert "讲师提示" not in text
    assert "多数一个" not in text


def test_run_all_goes_on_past_answers_and_checks_and_past_nothing_else(lesson):
    cells = {cell.id: cell for cell in lesson_notebook(read_master(lesson))}
    check = next(cell for cell in cells.values() if "expect(answer" in cell.source)
    tagged = [name for name, cell in cells.items() if has_tag(cell, "raises-exception")]

    assert tagged == ["ex-three", check.id]


def test_run_all_goes_on_past_every_answer_and_test_of_a_paper(built_course):
    master = read_master(built_course / "text/source/px/px.py")
    tagged = [c.id for c in paper_notebook(master) if has_tag(c, "raises-exception")]
    wanted = [answer_id(c) for c in master.cells if answer_id(c)]

    assert tagged == [name for one in wanted for name in (one, f"{one}-test")]

"""每课每卷真跑一遍：参考答案对，没动过的格没分，每个典型错答得到自己的话或自己的分。"""

import re
from pathlib import Path

import nbformat
import pytest

from academy.course import Course
from academy.exports import learners_folder
from academy.notebooks import masters, target
from academy.papers import read_paper
from academy.proof import prove_lesson, prove_seat
from academy.running import run_notebook
from academy.seats import write_seat
from academy.simulate import seated

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [path for path in masters(ROOT) if "course" in path.parts]
PAPERS = [path for path in masters(ROOT) if "course" not in path.parts]
SEATS = [0, 1, 2, 20250718, 2**31 + 7, 2**63 - 25]
OPTION = re.compile(r"^- ([A-H])\. (.+)$", re.MULTILINE)


@pytest.mark.parametrize("master", LESSONS, ids=lambda path: path.stem)
def test_lesson_keeps_every_promise(master):
    assert prove_lesson(master).problems == []


@pytest.mark.parametrize("master", LESSONS, ids=lambda path: path.stem)
def test_lesson_as_the_learner_gets_it_runs_to_its_end_and_says_nothing_on_stderr(master):
    notebook = nbformat.read(target(master, ROOT), as_version=4)

    with learners_folder(target(master, ROOT).parent) as folder:
        run_notebook(notebook, folder, seconds=60)

    blank = False
    for cell in notebook.cells:
        errors = {one.ename for one in cell.get("outputs", []) if one.output_type == "error"}
        # 停在 ____ 上的一格没有给名字值；在内核里，检查格照样说还没有作答
        assert errors <= ({"NotAttempted", "NameError"} if blank else {"NotAttempted"})
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", (cell.source, output.text)
        blank = cell.cell_type == "code" and bool(errors) and "____" in cell.source


@pytest.mark.parametrize("seed", SEATS)
@pytest.mark.parametrize("master", PAPERS, ids=lambda path: path.stem)
def test_paper_keeps_every_promise_on_the_seat(master, seed, tmp_path):
    folder = write_seat(Course(ROOT), master.stem, seed, tmp_path)

    proof = prove_seat(read_paper(master), folder, seed)

    assert proof.problems == []
    assert proof.reference_points == 100
    assert proof.untouched_points == 0


@pytest.mark.parametrize("master", PAPERS, ids=lambda path: path.stem)
def test_letters_point_at_the_same_texts_on_every_seat(master, tmp_path):
    """座位的卷面上，参考答案的字母指着样卷里同样的文字；各座位的次序真的不同。"""
    paper = read_paper(master)
    orders = {part.name: set() for part in paper.parts if part.options}
    for seed in range(8):
        folder = write_seat(Course(ROOT), master.stem, seed, tmp_path / str(seed))
        cells = nbformat.read(folder / f"{master.stem}.ipynb", as_version=4).cells
        shown = {c.metadata["options"]: c.source for c in cells if "options" in c.metadata}
        assert set(shown) == set(orders)
        for name, text in shown.items():
            part, options = paper[name], dict(OPTION.findall(text))
            home = dict(zip("ABCDEFGH", part.stem.options, strict=False))
            if part.stem.key:  # 看数据选择的没有：它的字母是算出来的，座位的证明看得分
                letters = re.search(r'"([A-H]+)"', seated(part, part.solution, seed))[1]
                assert [options[one] for one in letters] == [home[one] for one in part.stem.key]
            assert sorted(options.values()) == sorted(part.stem.options)
            orders[name].add(tuple(options.values()))
    assert all(len(seen) > 3 for seen in orders.values())


@pytest.mark.parametrize("master", PAPERS, ids=lambda path: path.stem)
def test_seats_have_data_of_their_own(master, tmp_path):
    """同名的表，不同座位不同内容；同一座位再写一遍逐字节相同。"""
    course = Course(ROOT)
    one, again, other = (
        {
            path.name: path.read_bytes()
            for path in write_seat(course, master.stem, seed, tmp_path / str(place)).glob("data/*")
        }
        for place, seed in enumerate((5, 5, 6))
    )

    assert one == again
    assert set(one) == set(other)
    assert sum(one[name] != other[name] for name in one) >= len(one) - 1

"""CONTRIBUTING「新岗位」照做一遍：一个编出来的岗位，不改一行程序，从母本走到发卷、评分。"""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
import yaml

from academy.cli import main
from academy.simulate import answer_book, fill_in
from tests.academy.form_lesson import FORM_LESSON
from tests.academy.small_paper import write_small_course

ROOT = Path(__file__).resolve().parents[2]
RECIPE = re.search(
    r"^## 新岗位$(.*?)^## ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S
)[1]
MASTER = "text/source/x-final/x-final.py"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """大纲、课、细目表、试卷、座位都写好，笔记本还没有生成。"""
    folder = write_small_course(tmp_path_factory.mktemp("new") / "course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    lesson = folder / "text/course/x/01_three.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(_given(FORM_LESSON), encoding="utf-8")
    file = folder / "course/syllabus.yml"
    syllabus = yaml.safe_load(file.read_text(encoding="utf-8"))
    syllabus["roles"][0] |= {
        "lessons": [{"name": "x/01_three", "topics": ["c1.history", "x.2.a"]}],
        "timetable": [
            {"day": 1, "sessions": [{"start": "09:00", "minutes": 45, "lesson": "x/01_three"}]},
            {"day": 2, "sessions": [{"start": "15:30", "minutes": 90, "paper": "x-final"}]},
            {"resit": 1, "date": "09-01", "start": "15:30", "minutes": 90},
        ],
    }
    file.write_text(yaml.safe_dump(syllabus, allow_unicode=True, sort_keys=False), "utf-8")
    (folder / "名单.csv").write_text("学号,姓名\nS1,王敏\nS2,李静\n", encoding="utf-8")
    assert main(["notebooks", "--course", str(folder)]) == 0
    return folder


def _given(lesson):
    """这一课的数都是编的：每格都写明给定。"""
    lesson = lesson.replace('tags=["instructor"]', 'tags=["instructor", "given"]')
    return re.sub(r"^(# %% \[markdown\](?!.*tags=).*)$", r'\1 tags=["given"]', lesson, flags=re.M)


@pytest.fixture
def here(built, tmp_path, monkeypatch):
    folder = tmp_path / "course"
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    return folder


def test_everything_is_made(here, capsys):
    made = ["course/x/01_three.ipynb", "source/x-final/data/calls.csv", "docs/讲师手册/x.md"]
    made += ["course/x/速查表.html", "course/x/术语表.html"]
    made += [f"{side}/x-final/x-final.ipynb" for side in ("source", "release")]
    assert all((here / name).exists() for name in made)

    assert main(["notebooks", "check"]) == 0
    said = capsys.readouterr().out
    assert "小岗位：5 小题，第 1 章 40 分、第 2 章 40 分、第 3 章 20 分" in said


def test_handbook_has_the_timetable_with_its_resit(here):
    text = (here / "docs/讲师手册/x.md").read_text(encoding="utf-8")

    assert text.startswith("# 讲师手册：小岗位（CCOM-X）")
    assert "| 第 2 天 | 15:30 | 90 | 考试 x-final |" in text
    assert "| 09-01 | 15:30 | 90 | 第 1 次补考 |" in text


def test_lesson_and_paper_are_proved(here, capsys):
    assert main(["notebooks", "prove", "text/course/x/01_three.py"]) == 0
    assert main(["notebooks", "prove", MASTER, "--seats", "3"]) == 0

    said = capsys.readouterr().out
    assert "座位 2：参考答案 100 分，空白卷 0 分" in said
    assert said.count("全部说到做到。") == 2


def test_broken_promise_fails_the_proof(here, capsys):
    path = here / MASTER
    path.write_text(path.read_text("utf-8").replace("# 得分：10", "# 得分：5"), "utf-8")

    assert main(["notebooks", "prove", MASTER, "--seats", "2"]) == 1

    said = capsys.readouterr()
    assert "座位 1：q5 错答「用了合计」应得 5 分" in said.err
    assert "2 处不符" in said.out


def test_blueprint_is_printed(here, capsys):
    assert main(["blueprint", "x-final"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[-3:] == ["100", "12.5", "40"]


def test_paper_is_released_sat_on_a_seat_and_graded(here):
    assert main(["release", "x-final", "--roster", "名单.csv", "--shared"]) == 0
    book = answer_book(here / MASTER)
    filled = fill_in(here / "release/x-final/x-final.ipynb", book.perfect() | {"q3": 'q3 = "ABCD"'})
    folder = here / "submitted/S1/x-final"
    folder.mkdir(parents=True)
    nbformat.write(filled, folder / "x-final.ipynb")

    assert main(["grade", "x-final", "--json", "分.json"]) == 0

    (graded,) = json.loads((here / "分.json").read_text("utf-8"))["submissions"]
    scores = {cell["grade_id"]: cell["score"] for cell in graded["cells"]}
    assert scores["q3-test"] < 20
    assert sum(scores.values()) == 80 + scores["q3-test"]


def test_topic_of_another_role_stops_the_generator(here, capsys):
    path = here / "course/blueprints/x.yml"
    path.write_text(path.read_text("utf-8").replace("x.3.b", "wfmp.3.criteria"), "utf-8")

    assert main(["notebooks"]) == 1
    assert "（q5）：主题 wfmp.3.criteria 不是小岗位（CCOM-X）的" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "course/syllabus.yml",
        "text/course/",
        "course/blueprints/",
        "text/source/",
        "seat.py",
        "ccom notebooks prove",
        "make notebooks",
        "docs/讲师手册",
        "ccom package",
    ],
)
def test_recipe_names_what_was_done_here(words):
    assert words in RECIPE

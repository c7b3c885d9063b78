"""笔记本与母本逐字节一致；答案不外漏；大纲的每个主题都有课讲、有题考。"""

import json
import re
from pathlib import Path

import pytest
import yaml

from academy.exam.blueprint import paper_items
from academy.masters import PLACEHOLDER, answer_id, has_tag, read_master, solution, write_master
from academy.notebooks import build_all, masters, target
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[2]
MASTERS = masters(ROOT)
LESSONS = [path for path in MASTERS if "course" in path.parts]
PAPERS = [path for path in MASTERS if "course" not in path.parts]
SYLLABUS = read_syllabus(ROOT / "course/syllabus.yml")
WFMP = SYLLABUS.roles["wfmp"]


def _name(path):
    return path.relative_to(ROOT / "text").as_posix()


def test_notebooks_are_what_their_masters_give():
    changed = [change.name for change in build_all(ROOT, check=True)]

    assert changed == [], "请运行 make notebooks"


@pytest.mark.parametrize("master", MASTERS, ids=_name)
def test_master_is_in_normal_form(master):
    assert write_master(read_master(master)) == master.read_text(encoding="utf-8")


@pytest.mark.parametrize("master", LESSONS, ids=_name)
def test_answers_of_a_lesson_stand_only_in_folded_cells(master):
    cells = json.loads(target(master, ROOT).read_text(encoding="utf-8"))["cells"]
    shown = {cell["id"]: "".join(cell["source"]) for cell in cells}
    for cell in read_master(master).cells:
        name = answer_id(cell)
        if name is None:
            continue
        answer = solution(cell.source)
        assert PLACEHOLDER in shown[name]
        assert answer in shown[f"{name}-answer"]
        assert shown[f"{name}-answer"].startswith("<details>")
        assert answer not in shown[name]


@pytest.mark.parametrize("paper", [path.stem for path in PAPERS])
def test_released_paper_shows_no_answer_and_no_hidden_test(paper):
    text = (ROOT / "release" / paper / f"{paper}.ipynb").read_text(encoding="utf-8")
    source = read_master(ROOT / "text/source" / paper / f"{paper}.py")

    assert not re.search(r"BEGIN SOLUTION|HIDDEN TESTS|choice_key|examiner_seat|错因", text)
    for cell in source.cells:
        if has_tag(cell, "instructor"):
            assert cell.source.splitlines()[0] not in text


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*/**/*.ipynb")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_committed_notebook_has_no_output_and_no_odd_metadata(path):
    if path.relative_to(ROOT).parts[0] not in {"course", "source", "release"}:
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))

    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert all(not cell.get("outputs") for cell in notebook["cells"])


def test_syllabus_states_every_topic_of_the_notice_for_seven_roles():
    data = yaml.safe_load((ROOT / "course/syllabus.yml").read_text(encoding="utf-8"))

    # 认证通知的大纲：每个岗位第二、三章的主题数（domain.md 第 3 节）
    assert {
        role["slug"]: (len(role["chapter2"]["topics"]), len(role["chapter3"]["topics"]))
        for role in data["roles"]
    } == {
        "omp": (5, 5),
        "dap": (7, 7),
        "cmp": (6, 6),
        "pmp": (5, 7),
        "qap": (6, 6),
        "tmp": (5, 6),
        "wfmp": (5, 4),
    }
    assert len(data["common"]["chapter1"]["topics"]) == 2


def test_every_topic_is_taught_by_a_lesson_of_its_own_and_every_lesson_is_in_the_timetable():
    taught = {
        topic
        for name, topics in WFMP.lessons.items()
        if "case" not in name and "mock" not in name
        for topic in topics
    }
    files = {path.relative_to(ROOT / "text/course").with_suffix("").as_posix() for path in LESSONS}

    assert taught == set(WFMP.topics)
    assert set(WFMP.lessons) == files
    assert [session.lesson for session in WFMP.sessions if session.lesson] == list(WFMP.lessons)


def test_timetable_has_no_overlap_and_the_examination_at_its_time():
    ends = {}
    for session in WFMP.sessions:
        hours, minutes = map(int, session.start.split(":"))
        begin = hours * 60 + minutes
        assert begin >= ends.get(session.day, 0)
        ends[session.day] = begin + session.minutes

    last = WFMP.sessions[-1]
    assert (last.day, last.start, last.minutes, last.paper) == (2, "15:30", 90, "wfmp-final")


@pytest.mark.parametrize("master", LESSONS, ids=_name)
def test_lesson_states_role_minutes_and_topics_as_the_syllabus_does(master):
    name = master.relative_to(ROOT / "text/course").with_suffix("").as_posix()
    head = read_master(master).cells[0].source
    session = next(one for one in WFMP.sessions if one.lesson == name)

    assert re.match(r"# .+", head)
    assert "**岗位**：" in head
    assert f"**时长**：{session.minutes} 分钟" in head
    assert set(re.findall(r"`([a-z0-9]+\.[a-z0-9._]+)`", head)) == set(WFMP.lessons[name])
    assert "学完你能" in head


@pytest.mark.parametrize("master", LESSONS, ids=_name)
def test_lesson_keeps_the_shape_of_a_lesson(master):
    cells = read_master(master).cells
    exercises = [cell for cell in cells if "exercise" in cell.metadata]
    hinted = [
        cell
        for cell in cells
        if cell.cell_type == "markdown" and "<summary>提示 1</summary>" in cell.source
    ]
    explained = {cell.metadata["explain"] for cell in cells if "explain" in cell.metadata}
    code = [
        c
        for c in cells
        if c.cell_type == "code" and not has_tag(c, "mistake") and "check" not in c.metadata
    ]

    assert len(exercises) >= 3
    assert len(hinted) >= len(exercises)
    assert explained == {cell.metadata["exercise"] for cell in exercises}
    assert any(has_tag(cell, "instructor") for cell in cells)
    assert any("小结" in cell.source for cell in cells)
    assert max(len(solution(cell.source).splitlines()) for cell in code) <= 15


@pytest.mark.parametrize("paper", WFMP.papers)
def test_paper_has_100_points_about_80_minutes_and_every_topic(paper):
    found = paper_items(ROOT, paper)
    points = sum(item.points for item in found)
    chapter = {
        key: sum(item.points for item in found if item.topic.startswith(key))
        for key in ("c1.", "wfmp.2.", "wfmp.3.")
    }

    assert points == SYLLABUS.points
    assert {item.topic for item in found} == set(WFMP.topics)
    assert 75 <= sum(item.minutes for item in found) <= 85
    assert sum(item.points for item in found if item.data) >= 50
    assert 6 <= chapter["c1."] <= 10
    assert 24 <= chapter["wfmp.2."] <= 30
    assert 60 <= chapter["wfmp.3."] <= 68


def test_three_papers_share_one_blueprint():
    shapes = [
        [
            (item.grade_id, item.topic, item.level, item.points, item.minutes, item.data)
            for item in paper_items(ROOT, paper)
        ]
        for paper in WFMP.papers
    ]

    assert shapes[0] == shapes[1] == shapes[2]


def test_three_papers_do_not_repeat_an_item():
    texts = []
    for paper in WFMP.papers:
        cells = read_master(ROOT / "text/source" / paper / f"{paper}.py").cells
        options = {
            line for c in cells for line in re.findall(r"^- [A-H]\. (.+)$", c.source, re.MULTILINE)
        }
        texts.append({option for option in options if len(option) > 14})

    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not texts[one] & texts[other]

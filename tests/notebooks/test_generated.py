"""笔记本与母本逐字节一致；答案不外漏；每个岗位：大纲的每个主题都有课讲、有题考。"""

import json
import re
from pathlib import Path

import pytest
import yaml

from academy.exam.blueprint import paper_items
from academy.keys import leaks, paper_keys
from academy.manifest import Manifest
from academy.masters import (
    answer_id,
    has_tag,
    mistakes,
    placeholder,
    read_master,
    solution,
    write_master,
)
from academy.notebooks import build_all, masters, target
from academy.papers import read_paper
from academy.rendering import ANNEX
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[2]
MASTERS = masters(ROOT)
LESSONS = [path for path in MASTERS if "course" in path.parts]
SYLLABUS = read_syllabus(ROOT / "course/syllabus.yml")
ROLES = list(SYLLABUS.roles.values())
TAUGHT = [role for role in ROLES if role.lessons]
EXAMINED = [role for role in ROLES if role.papers]
PAPERS = [(role, paper) for role in EXAMINED for paper in role.papers]


def _name(path):
    return path.relative_to(ROOT / "text").as_posix()


def _lesson_name(path):
    return path.relative_to(ROOT / "text/course").with_suffix("").as_posix()


def _slug(role):
    return role.slug


by_role = pytest.mark.parametrize("role", TAUGHT, ids=_slug)
by_paper = pytest.mark.parametrize(("role", "paper"), PAPERS, ids=[paper for _, paper in PAPERS])


def _paper(name):
    return read_paper(ROOT / "text/source" / name / f"{name}.py")


def test_notebooks_are_what_their_masters_give():
    changed = [change.name for change in build_all(ROOT, check=True)]

    assert changed == [], "请运行 make notebooks"


def test_manifest_lists_every_generated_file():
    names = set(Manifest.read(ROOT).digests)
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("source", "release")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != ".gitkeep" and ".ipynb_checkpoints" not in path.parts
    }

    assert found <= names
    assert all((ROOT / name).exists() for name in names)


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
        assert placeholder(cell.source) in shown[name]
        assert answer in shown[f"{name}-answer"]
        assert shown[f"{name}-answer"].startswith("<details>")
        assert answer not in shown[name]


@by_paper
def test_released_paper_shows_no_answer_and_no_hidden_test(role, paper):
    text = (ROOT / "release" / paper / f"{paper}.ipynb").read_text(encoding="utf-8")
    master = _paper(paper)

    words = "BEGIN SOLUTION|HIDDEN TESTS|choice_key|_points|right_|examiner_seat|错因|错排|错配"
    assert not re.search(words, text)
    for part in master.parts:
        assert all(cause not in text for _, cause in (part.stem.wrong if part.stem else ()))
    for cell in master.notebook.cells:
        if has_tag(cell, "instructor"):
            assert cell.source.splitlines()[0] not in text


@pytest.mark.parametrize("name", sorted(Manifest.read(ROOT).digests))
def test_generated_notebook_has_no_output_and_no_odd_metadata(name):
    if not name.endswith(".ipynb"):
        return
    notebook = json.loads((ROOT / name).read_text(encoding="utf-8"))

    assert set(notebook["metadata"]) - {"ccom"} == {"kernelspec", "language_info"}
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


@pytest.mark.parametrize("role", ROLES, ids=_slug)
def test_topics_and_papers_are_named_after_their_role(role):
    assert all(topic.startswith(("c1.", f"{role.slug}.")) for topic in role.topics)
    assert all(paper.startswith(f"{role.slug}-") for paper in role.papers)
    assert len(role.papers) in (0, 1 + SYLLABUS.resits)


def test_every_lesson_and_paper_belongs_to_a_role():
    lessons = {name for role in ROLES for name in role.lessons}
    # 选读跟着它的课
    lessons |= {name + ANNEX for name in lessons} & {_lesson_name(path) for path in LESSONS}
    papers = {path.stem for path in MASTERS if path not in LESSONS}

    assert {_lesson_name(path) for path in LESSONS} == lessons
    assert papers == {paper for _, paper in PAPERS}


@by_role
def test_every_topic_is_taught_by_a_lesson_of_its_own_and_every_lesson_is_in_the_timetable(role):
    taught = {
        topic
        for name, topics in role.lessons.items()
        if "case" not in name and "mock" not in name
        for topic in topics
    }

    assert taught == set(role.topics)
    assert [session.lesson for session in role.sessions if session.lesson] == list(role.lessons)


@by_role
def test_timetable_has_no_overlap_and_the_examination_at_its_time(role):
    ends = {}
    for session in role.sessions:
        hours, minutes = map(int, session.start.split(":"))
        begin = hours * 60 + minutes
        assert begin >= ends.get(session.day, 0)
        ends[session.day] = begin + session.minutes

    last = role.sessions[-1]
    assert (last.day, last.start, last.minutes) == (2, "15:30", SYLLABUS.minutes)
    assert last.paper == f"{role.slug}-final"


@pytest.mark.parametrize("role", ROLES, ids=_slug)
def test_resits_are_in_the_timetable_after_the_course(role):
    data = yaml.safe_load((ROOT / "course/syllabus.yml").read_text(encoding="utf-8"))
    second_day = next(one for one in data["roles"] if one["slug"] == role.slug)["dates"][1]

    assert [one.number for one in role.resits] == list(range(1, SYLLABUS.resits + 1))
    assert second_day < role.resits[0].date < role.resits[1].date
    assert all(one.minutes == SYLLABUS.minutes for one in role.resits)


@pytest.mark.parametrize(
    ("role", "name"), [(role, name) for role in TAUGHT for name in role.lessons]
)
def test_lesson_states_role_minutes_and_topics_as_the_syllabus_does(role, name):
    head = read_master(ROOT / "text/course" / f"{name}.py").cells[0].source
    session = next(one for one in role.sessions if one.lesson == name)

    assert re.match(r"# .+", head)
    assert "学完你能" in head
    notebook = json.loads((ROOT / "course" / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["ccom"] == {
        "lesson": name,
        "minutes": session.minutes,
        "topics": list(role.lessons[name]),
    }


@pytest.mark.parametrize("master", [m for m in LESSONS if not m.stem.endswith(ANNEX)], ids=_name)
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
        if c.cell_type == "code"
        and not {"mistakes", "check"} & set(c.metadata)
        and not any(has_tag(c, folded) for folded in ("hide", "setup"))
    ]

    assert len(exercises) >= 3
    assert len(hinted) >= len(exercises)
    assert explained == {cell.metadata["exercise"] for cell in exercises}
    assert any(has_tag(cell, "instructor") for cell in cells)
    assert any("小结" in cell.source for cell in cells)
    assert max(len(solution(cell.source).splitlines()) for cell in code) <= 15


@pytest.mark.parametrize("role", EXAMINED, ids=_slug)
def test_blueprint_examines_every_topic_in_the_planned_shares_and_time(role):
    blueprint = _paper(role.papers[0]).blueprint
    chapters = blueprint.chapters()
    data = sum(one.points for one in blueprint.parts if one.kind in ("data", "judge"))

    assert blueprint.unexamined() == []
    assert 75 <= sum(one.minutes for one in blueprint.parts) <= 85
    assert data >= 50
    assert 6 <= chapters[1] <= 10
    assert 24 <= chapters[2] <= 30
    assert 60 <= chapters[3] <= 68


@by_paper
def test_generated_paper_has_the_blueprints_parts_and_points(role, paper):
    found = paper_items(ROOT, paper)
    planned = _paper(paper).blueprint.parts

    assert [
        (one.answer_id, one.topic, one.level, one.points, one.minutes, one.steps, one.kind)
        for one in found
    ] == [
        (one.part, one.topic, one.level, one.points, one.minutes, one.steps, one.kind)
        for one in planned
    ]
    assert sum(one.points for one in found) == SYLLABUS.points


@pytest.mark.parametrize("role", EXAMINED, ids=_slug)
def test_keys_of_the_papers_do_not_leak(role):
    keys = [key for paper in role.papers for key in paper_keys(_paper(paper))]

    assert leaks(role.name, keys) == []


@pytest.mark.parametrize("role", EXAMINED, ids=_slug)
def test_papers_of_a_role_do_not_repeat_an_option(role):
    seen = {}
    for paper in role.papers:
        for part in _paper(paper).parts:
            for option in part.stem.options if part.stem else ():
                if len(option) > 14:
                    assert seen.setdefault(option, paper) == paper


@by_paper
def test_every_part_has_mistakes_with_causes_of_their_own(role, paper):
    for part in _paper(paper).parts:
        causes = [mistake.name for mistake in part.mistakes]
        assert len(causes) >= 2
        assert len(set(causes)) == len(causes)


@pytest.mark.parametrize("master", LESSONS, ids=_name)
def test_every_mistake_of_a_lesson_has_its_message(master):
    assert all(mistake.message for mistake in mistakes(read_master(master), master))

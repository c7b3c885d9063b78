"""academy.measurement.roles：一个岗位的各份卷；还没有照细目表写好的，按细目表模拟。"""

import shutil
from pathlib import Path

from academy.measurement.roles import forms_of_role
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[3]
SYLLABUS = read_syllabus(ROOT / "course/syllabus.yml")
WFMP = SYLLABUS.roles["wfmp"]


def test_papers_of_the_role_are_forms_in_their_order():
    found = forms_of_role(ROOT, SYLLABUS, WFMP)

    assert [one.name for one in found.forms] == ["wfmp-final", "wfmp-resit1", "wfmp-resit2"]
    assert found.planned == ()
    assert [one.name for one in found.papers] == [one.name for one in found.forms]
    assert found.chapters == tuple(
        found.blueprint.role.chapter_of(one.topic) for one in found.blueprint.parts
    )


def test_papers_that_are_not_there_or_not_to_the_blueprint_are_planned(tmp_path):
    (tmp_path / "course/blueprints").mkdir(parents=True)
    shutil.copy(ROOT / "course/syllabus.yml", tmp_path / "course")
    shutil.copy(ROOT / "course/blueprints/wfmp.yml", tmp_path / "course/blueprints")
    for name in ("wfmp-final", "wfmp-resit1"):
        shutil.copytree(ROOT / "text/source" / name, tmp_path / "text/source" / name)
    other = tmp_path / "text/source/wfmp-resit1/wfmp-resit1.py"
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace('order="q1"', 'order="q0"'), encoding="utf-8")

    found = forms_of_role(tmp_path, SYLLABUS, WFMP)

    assert found.planned == ("wfmp-resit1", "wfmp-resit2")
    assert [one.name for one in found.papers] == ["wfmp-final"]
    assert all(one.maxima.sum() == 100 for one in found.forms)

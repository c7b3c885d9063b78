"""academy.lab：讲师开的是工作副本；入库的一课也不动，改过的不丢。

真的 JupyterLab 由 tests/browser/test_lab.py 开。
"""

import json

import pytest

from academy import lab
from academy.errors import CourseError
from academy.lab import open_lab, working_copy
from academy.launcher.serving import LabError


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "课程"
    (folder / "course/wfmp").mkdir(parents=True)
    (folder / "course/wfmp/05.ipynb").write_text("原件")
    (folder / "course/syllabus.yml").write_text("大纲")
    return folder


def test_copy_has_the_notebooks_under_their_names_and_nothing_else(root):
    assert working_copy(root, root / ".lab") == []

    inside = [
        p.relative_to(root / ".lab/course").as_posix() for p in (root / ".lab/course").rglob("*.*")
    ]
    assert inside == ["wfmp/05.ipynb"]


def test_what_an_instructor_changed_stays_and_is_told(root):
    working_copy(root, root / ".lab")
    (root / ".lab/course/wfmp/05.ipynb").write_text("讲师改的")
    (root / "course/wfmp/05.ipynb").write_text("新的原件")

    (said,) = working_copy(root, root / ".lab")

    assert "你改过 wfmp/05.ipynb，没有动它" in said
    assert (root / ".lab/course/wfmp/05.ipynb").read_text() == "讲师改的"
    assert (root / "course/wfmp/05.ipynb").read_text() == "新的原件"


@pytest.mark.parametrize("name", ["course", "source", "release", "text"])
def test_copy_never_lies_in_a_tracked_folder(root, name):
    with pytest.raises(CourseError, match="工作副本请放到别处"):
        working_copy(root, root / name / "lab")


def test_folder_without_lessons_is_refused_in_words(tmp_path):
    with pytest.raises(CourseError, match="请先运行 ccom notebooks"):
        working_copy(tmp_path, tmp_path / ".lab")


def test_jupyterlab_that_does_not_start_is_a_mistake_to_mend(root, monkeypatch):
    def fail(*_, **__):
        raise LabError("没有开起来：请再试。")

    monkeypatch.setattr(lab, "serve", fail)

    with pytest.raises(CourseError, match="没有开起来"):
        open_lab(root, root / ".lab", lambda text: None)


def test_learners_settings_switch_every_grading_tool_off():
    """nbgrader 装进来的每个服务器扩展都点名关掉。"""
    from importlib.resources import files

    from academy.launcher.serving import LEARNER

    own = json.loads((LEARNER / "jupyter_server_config.json").read_text())
    off = {name for name, on in own["ServerApp"]["jpserver_extensions"].items() if not on}
    extensions = files("nbgrader.server_extensions")
    installed = {
        f"nbgrader.server_extensions.{entry.name}"
        for entry in extensions.iterdir()
        if entry.is_dir() and (entry / "__init__.py").is_file()
    }

    assert installed
    assert installed <= off

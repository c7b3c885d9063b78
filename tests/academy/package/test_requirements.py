"""academy.package.requirements：学员装的是范围与带哈希的锁定版，一样不多，不写下载地址。"""

import ast
import re
from pathlib import Path

import pytest

from academy.errors import CourseError
from academy.package.requirements import Project, read_project

ROOT = Path(__file__).resolve().parents[3]
LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa
    # via
    #   ccom-courseware (pyproject.toml)
    #   omega
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb
    # via alpha
beta==2.1 ; sys_platform != 'win32' \\
    --hash=sha256:bc
    # via alpha
gamma-delta==3.0 \\
    --hash=sha256:cc
    # via beta
omega==9.0 \\
    --hash=sha256:dd
    # via ccom-courseware (pyproject.toml)
"""
SETTINGS = """
[project]
name = "x"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["Alpha>=1,<2", "omega>=9", "numpy>=2", "jupyterlab>=4", "jupyterlab-language-pack-zh-CN>=4"]
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "requirements.txt").write_text(LOCK)
    (tmp_path / "ccomlib").mkdir()
    (tmp_path / "ccomlib/__init__.py").write_text("def f():\n    import numpy.linalg\n")
    return Project(tmp_path)


def test_lock_is_cut_to_what_is_needed_for_every_system(project):
    cut = project.locked(["alpha>=1,<2"])

    assert re.findall(r"^[\w.-]+==[\d.]+", cut, re.MULTILINE) == [
        "alpha==1.0",
        "beta==2.0",
        "beta==2.1",
        "gamma-delta==3.0",
    ]
    assert "sys_platform == 'win32'" in cut
    assert "via" not in cut


def test_requirement_missing_in_the_lock_is_refused_in_words(project):
    with pytest.raises(CourseError, match="没有 zeta：请运行 make lock"):
        project.locked(["Zeta>=1"])


def test_library_needs_what_it_imports_even_inside_a_function(project):
    assert project.library == ["numpy>=2"]


def test_room_is_jupyterlab_and_its_chinese(project):
    assert project.room() == ["jupyterlab>=4", "jupyterlab-language-pack-zh-CN>=4"]


def test_relative_imports_and_own_modules_need_nothing(project):
    assert project.needed_by([ast.parse("from .x import numpy\nimport os, ccomlib")]) == []


def test_folder_that_is_no_checkout_is_refused_in_words(tmp_path):
    with pytest.raises(CourseError, match="没有 pyproject.toml"):
        read_project(tmp_path)


def test_real_lock_holds_every_range_of_the_library_and_no_staff_tool():
    project = read_project(ROOT)
    ranges = [*project.library, *project.room()]
    cut = project.locked(ranges)
    names = set(re.findall(r"^([\w.-]+)==", cut, re.MULTILINE))

    assert {"numpy", "pandas", "jupyterlab", "ipykernel", "pywinpty"} <= names
    assert names & {"nbgrader", "pytest", "jupytext", "sqlalchemy", "playwright"} == set()
    assert not re.search(r"://|index-url|find-links", cut)
    for block in re.split(r"\n(?=[\w.-]+==)", cut):
        assert "--hash=sha256:" in block

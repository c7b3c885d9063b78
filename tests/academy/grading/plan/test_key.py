"""A plan is made again when the master, any module of the referee or a library under it changes."""

import shutil
import sys
from importlib import metadata

import pytest

from academy.grading.plan import key
from academy.grading.plan.key import plan_key
from tests.academy.grading.small import answer, check, locked, write_master

ROOMS = sorted(path.name for path in key.GRADING.iterdir() if (path / "__init__.py").exists())


@pytest.fixture
def assignment(tmp_path):
    cells = [locked("import math, sklearn.svm, scipy.stats"), answer("a", "x = 1"), check("t", "")]
    return write_master(tmp_path / "hw", cells)


@pytest.fixture
def versions(monkeypatch):
    """versions["numpy"] = "9"：以后问到的版本；别的照实。"""
    changed = {}
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: changed.get(name) or real(name))
    return changed


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """本包的一份副本，改得。"""
    folder = tmp_path / "grading"
    shutil.copytree(key.GRADING, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(key, "GRADING", folder)
    return folder


def test_the_same_gives_the_same(assignment, copied):
    before = plan_key(assignment)

    (copied / "README.md").write_text("别的话")

    assert plan_key(assignment) == before


def test_rooms_are_all_there():
    assert {"wire", "cage", "cells", "learner", "examiner", "warm", "referee"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_of_any_room_that_changes_is_noticed(assignment, copied, room):
    before = plan_key(assignment)
    for path in (copied / room).rglob("*.py"):
        text = path.read_text(encoding="utf-8")

        path.write_text(text + "# 改了\n", encoding="utf-8")

        assert plan_key(assignment) != before, path
        path.write_text(text, encoding="utf-8")
    assert plan_key(assignment) == before


def test_a_module_that_is_added_moved_or_removed_is_noticed(assignment, copied):
    keys = [plan_key(assignment)]

    (copied / "wire/codec/more.py").write_text("")
    keys.append(plan_key(assignment))
    (copied / "wire/codec/more.py").rename(copied / "wire/more.py")
    keys.append(plan_key(assignment))
    (copied / "wire/more.py").unlink()

    assert len(set(keys)) == 3
    assert plan_key(assignment) == keys[0]


@pytest.mark.parametrize("installed", [True, False])
@pytest.mark.parametrize(
    "library",
    ["ipython", "numpy", "pandas", "matplotlib", "matplotlib-inline", "nbgrader"],
)
def test_another_version_of_a_library_of_the_referees_is_noticed(
    assignment, versions, library, installed, monkeypatch
):
    if not installed:
        monkeypatch.setattr(key, "OWN_DISTRIBUTION", "not-installed-at-all")
    before = plan_key(assignment)

    versions[library] = "999"

    assert plan_key(assignment) != before


def test_another_version_of_what_ccomlib_is_built_on_is_noticed(assignment, versions):
    before = plan_key(assignment)

    versions["statsmodels"] = "999"

    assert plan_key(assignment) != before


def test_a_library_that_only_the_master_imports_is_noticed(assignment, versions, monkeypatch):
    monkeypatch.setattr(key, "imported", lambda _: ("math", "sklearn.svm"))
    monkeypatch.setattr(key, "_distributions", lambda: {"sklearn": ["scikit-learn"]})
    versions["scikit-learn"] = "1"
    before = plan_key(assignment)

    versions["scikit-learn"] = "2"

    assert plan_key(assignment) != before


def test_another_python_is_noticed(assignment, monkeypatch):
    before = plan_key(assignment)

    monkeypatch.setattr(sys, "version", "3.99.0 (main)")

    assert plan_key(assignment) != before


def test_a_module_of_ccomlibs_that_changes_is_noticed(assignment, tmp_path, monkeypatch):
    package = tmp_path / "elsewhere/ccomlib"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "kpi.py").write_text("a = 1")
    monkeypatch.delitem(sys.modules, "ccomlib", raising=False)
    monkeypatch.syspath_prepend(package.parent)
    before = plan_key(assignment)

    (package / "kpi.py").write_text("a = 2")

    assert plan_key(assignment) != before


def test_a_cell_that_changes_is_noticed(assignment, tmp_path):
    cells = [locked("import math, sklearn.svm, scipy.stats"), answer("a", "x = 2"), check("t", "")]

    assert plan_key(write_master(tmp_path / "other/hw", cells)) != plan_key(assignment)

"""academy.grading.cage.surroundings：该读得到的都在，课程文件夹不在。"""

import os
import sys
from pathlib import Path

from academy.grading.cage import surroundings


def covered(path, readable):
    return any(Path(path).is_relative_to(folder) for folder in readable)


def test_interpreter_packages_and_own_code_are_readable():
    readable = surroundings.default_readable()

    import numpy

    import ccomlib

    for path in (numpy.__file__, ccomlib.__file__, surroundings.__file__, os.__file__):
        assert covered(path, readable)


def test_the_folder_python_was_started_in_is_not_readable(monkeypatch, tmp_path):
    """sys.path 里的课程文件夹（或空串）不算包的文件夹。"""
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])
    surroundings.interpreter_paths.cache_clear()
    try:
        assert not covered(tmp_path / "gradebook.db", surroundings.interpreter_paths())
        assert not covered(Path.cwd() / "source", surroundings.interpreter_paths())
    finally:
        surroundings.interpreter_paths.cache_clear()


def test_a_home_as_prefix_is_narrowed(monkeypatch, tmp_path):
    """前缀就是家目录：只开放其中 Python 自己的文件夹。"""
    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path))
    monkeypatch.setattr(surroundings, "_home", lambda: tmp_path)

    found = list(surroundings._interpreter_paths())

    assert tmp_path not in found
    assert tmp_path / "lib" in found


def test_inner_folders_are_left_out():
    found = surroundings._outermost(["/usr/lib", "/usr", "/usrlocal", "/opt/a/../b", "/opt/b/c"])

    assert found == [Path("/opt/b"), Path("/usr"), Path("/usrlocal")]


def test_environments_hold_nothing_of_the_graders(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    for made in (
        surroundings.environment(tmp_path, tmp_path, {"CCOM_SEAT_SEED": "7"}),
        surroundings.zygote_environment(tmp_path, {"CCOM_SEAT_SEED": "7"}),
    ):
        assert "secret" not in made.values()
        assert made["TZ"] == "Asia/Shanghai"
        assert made["CCOM_SEAT_SEED"] == "7"
        assert made["HOME"] == str(tmp_path)
        assert made["OPENBLAS_NUM_THREADS"] == "1"


def test_packages_of_the_user_are_found_by_the_zygote_too(monkeypatch):
    """pip install --user 装的包，HOME 换了也找得到；PYTHONPATH 里的课程文件夹不带进去。"""
    added = os.pathsep.join(["/opt/extra/site-packages", "/srv/course"])
    monkeypatch.setenv("PYTHONPATH", added)
    monkeypatch.setattr(surroundings.site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(surroundings.site, "getuserbase", lambda: "/home/teacher/.local")

    made = surroundings.zygote_environment()

    assert made["PYTHONUSERBASE"] == "/home/teacher/.local"
    assert made["PYTHONPATH"].split(os.pathsep)[1:] == ["/opt/extra/site-packages"]
    assert "PYTHONNOUSERSITE" not in made

"""academy.package.wheel：只有 ccomlib，同样的内容同样的字节，内容变了版本也变。"""

import io
import os
import shutil
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from academy.errors import CourseError
from academy.package import wheel
from academy.package.requirements import Project, read_project
from academy.package.wheel import build_wheel, library_version

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def small(tmp_path):
    """一个只有一个模块的 ccomlib 的仓库。"""
    for name in ("pyproject.toml", "requirements.txt", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    package = tmp_path / "ccomlib"
    (package / "fonts").mkdir(parents=True)
    (package / "__init__.py").write_text("import numpy\n")
    (package / "fonts/OFL.txt").write_text("OFL\n")
    return tmp_path


def test_changed_library_has_another_version(small):
    before = library_version(Project(small))
    (small / "ccomlib/new.py").write_text("x = 1\n")

    assert library_version(Project(small)) != before
    assert before.startswith("0.1.0+")


def test_same_library_gives_the_same_bytes_whatever_the_umask_and_the_clock(small):
    first = build_wheel(Project(small))
    wheel._built.cache_clear()
    (small / "ccomlib/__init__.py").touch()
    os.utime(small / "ccomlib/fonts/OFL.txt", (10**9, 10**9))
    before = os.umask(0o077)
    try:
        second = build_wheel(Project(small))
    finally:
        os.umask(before)

    assert first == second


def test_wheel_that_does_not_build_is_one_chinese_sentence(small):
    settings = (small / "pyproject.toml").read_text().replace('version = "0.1.0"', 'version = "一"')
    (small / "pyproject.toml").write_text(settings)

    with pytest.raises(CourseError, match="ccomlib 的安装包没有做成.*请运行 make"):
        build_wheel(Project(small))


def test_real_wheel_has_every_module_of_ccomlib_with_its_font_and_nothing_else(wfmp):
    (name,) = [name for name in wfmp.files if name.endswith(".whl")]
    with zipfile.ZipFile(io.BytesIO(wfmp.files[name])) as archive:
        inside = set(archive.namelist())
        (metadata,) = [part for part in inside if part.endswith("METADATA")]
        said = message_from_bytes(archive.read(metadata))
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ccomlib").rglob("*.py")}

    assert {part for part in inside if part.endswith(".py")} == modules
    assert "ccomlib/fonts/CcomSansSC-Regular.otf" in inside
    assert {part.split("/")[0] for part in inside} == {"ccomlib", metadata.split("/")[0]}
    assert said["Name"] == "ccomlib"
    assert said["Version"] == library_version(read_project(ROOT))
    assert said["Requires-Python"] == "<3.14,>=3.11"
    needed = said.get_all("Requires-Dist")
    assert any(line.startswith("pandas") and "<4" in line for line in needed)
    assert not any(line.startswith(("nbgrader", "jupytext")) for line in needed)

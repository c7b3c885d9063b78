"""academy.package.writing：文件夹与 zip 一样；双击的有执行权；别人的文件夹不碰。"""

import io
import os
import stat
import zipfile

import pytest

from academy.errors import CourseError
from academy.package.contents import Package
from academy.package.writing import write_package, zipped

FILES = {"开始.html": b"<p>", "开始上课.sh": b"#!/bin/sh\n", "program/package.json": b"{}"}


@pytest.fixture
def package():
    return Package("学员包", "1", FILES, frozenset({"开始上课.sh"}))


def test_folder_and_zip_hold_the_same(package, tmp_path):
    folder, archive = write_package(package, tmp_path)

    with zipfile.ZipFile(archive) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == {
            f"学员包/{name}": content for name, content in FILES.items()
        }
    assert {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    } == FILES


def test_scripts_may_be_run_and_nothing_else(package, tmp_path):
    folder, archive = write_package(package, tmp_path)

    assert os.access(folder / "开始上课.sh", os.X_OK)
    assert not (folder / "开始.html").stat().st_mode & 0o111
    with zipfile.ZipFile(archive) as opened:
        modes = {entry.filename: entry.external_attr >> 16 for entry in opened.infolist()}
    assert stat.filemode(modes["学员包/开始上课.sh"]) == "-rwxr-xr-x"
    assert stat.filemode(modes["学员包/开始.html"]) == "-rw-r--r--"


def test_chinese_names_are_marked_as_utf8_for_windows(package, tmp_path):
    _, archive = write_package(package, tmp_path)

    with zipfile.ZipFile(archive) as opened:
        assert all(entry.flag_bits & 0x800 for entry in opened.infolist())


def test_package_of_before_is_replaced_whole(package, tmp_path):
    folder, _ = write_package(package, tmp_path)
    (folder / "旧的一课.ipynb").touch()

    write_package(package, tmp_path)

    assert not (folder / "旧的一课.ipynb").exists()


def test_other_folder_of_that_name_is_left_alone(package, tmp_path):
    (tmp_path / "学员包").mkdir()
    (tmp_path / "学员包/我的.txt").write_text("我的")

    with pytest.raises(CourseError, match="已经在了，又不是学员包"):
        write_package(package, tmp_path)

    assert (tmp_path / "学员包/我的.txt").read_text() == "我的"


def test_zip_is_the_same_bytes_every_time():
    assert zipped(FILES) == zipped(dict(FILES))
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {1980}

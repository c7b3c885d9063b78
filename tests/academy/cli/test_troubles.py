"""academy.cli.troubles：别人的库抛出来的错，到了屏幕上是一句中文和怎么办。"""

import errno
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml
from nbgrader.exchange import ExchangeError
from sqlalchemy import create_engine, text
from traitlets import HasTraits, Int, TraitError

from academy import cli
from academy.cli import main
from academy.cli.troubles import told


def _raised(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Exception as error:
        return error
    raise AssertionError("没有出错")


class CourseDirectory(HasTraits):
    """如 nbgrader 的一节设置。"""

    max_file_size = Int()


def test_database_error_is_known_through_sqlalchemys_wrapping(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_text("坏了" * 100)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        error = _raised(connection.execute, text("select * from student"))

    assert told(error).startswith("成绩库 gradebook.db 坏了")


def test_wrong_value_in_the_config_is_named():
    error = _raised(setattr, CourseDirectory(), "max_file_size", "x")

    assert isinstance(error, TraitError)
    assert told(error) == (
        "nbgrader_config.py 里 c.CourseDirectory.max_file_size 应是整数，现在是 str 'x'：请改好它。"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("c = 1\nc = (", "nbgrader_config.py 第 2 行写错了（c = (）"),
        (
            "c = 1\n\nfoo.bar = 1",
            "nbgrader_config.py 第 3 行出错（NameError: name 'foo' is not defined）",
        ),
        ("import nichts_da", "第 1 行出错（ModuleNotFoundError"),
    ],
)
def test_line_of_the_config_is_named(code, said, tmp_path):
    path = str(tmp_path / "nbgrader_config.py")

    error = _raised(lambda: exec(compile(code, path, "exec"), {}))

    assert said in told(error)


def test_line_of_a_yaml_file_is_named(tmp_path):
    path = tmp_path / "syllabus.yml"
    path.write_text("a: 1\nb: [\n", encoding="utf-8")
    with path.open("rb") as file:
        error = _raised(yaml.safe_load, file)

    assert told(error).startswith(f"{path} 第 3 行读不懂")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "results/a.xlsx"),
            "没有权限读写 results/a.xlsx",
        ),
        (OSError(errno.ENOSPC, "No space left on device", "a"), "磁盘满了，写不了 a"),
        (OSError(errno.EROFS, "Read-only file system", "a"), "a 在只读的盘上"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a"), "没有 a：请核对路径"),
        (FileExistsError(errno.EEXIST, "File exists", "a"), "a 已经在了"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "a/b"), "a/b 的路径上"),
        (
            ModuleNotFoundError("No module named 'dask'", name="dask"),
            "环境里少了 dask：请重新运行 make",
        ),
        (ExchangeError("Course not found: /x/ccom/inbound"), "交换区里还没有发过卷"),
        (zipfile.BadZipFile("File is not a zip file"), "Excel 文件打不开"),
    ],
)
def test_each_kind_has_its_sentence(error, said):
    sentence = told(error)

    assert said in sentence
    assert sentence.endswith("。")


def test_files_of_the_wrong_kind_are_said_as_they_are_met(tmp_path):
    (tmp_path / "坏.xlsx").write_text("x")
    (tmp_path / "空.csv").touch()
    (tmp_path / "断.ipynb").write_text('{"cells": [')
    (tmp_path / "码.txt").write_bytes("学号".encode("gb18030"))

    assert "Excel 文件打不开" in told(_raised(pd.read_excel, tmp_path / "坏.xlsx"))
    assert "有一个表是空的" in told(_raised(pd.read_csv, tmp_path / "空.csv"))
    assert "不是笔记本的格式" in told(_raised(nbformat.read, tmp_path / "断.ipynb", as_version=4))
    assert "不是 UTF-8" in told(_raised((tmp_path / "码.txt").read_text, encoding="utf-8"))


def test_unforeseen_error_is_kept_in_a_file_for_the_maintainers():
    sentence = told(_raised(lambda: {}["没有"]))
    path = Path(sentence.split("请把 ")[1].split(" 发给")[0])
    kept = path.read_text(encoding="utf-8")
    path.unlink()

    assert "KeyError: '没有'" in sentence
    assert "不是你的操作" in sentence
    assert "Traceback" in kept
    assert "test_troubles.py" in kept


def test_error_of_a_library_ends_the_verb_with_one_line(monkeypatch, capsys):
    class Verb:
        @staticmethod
        def arguments(parser):
            pass

        @staticmethod
        def run(options):
            raise ExchangeError("Course not found: /x/ccom/inbound")

    monkeypatch.setattr(cli, "import_module", lambda name: Verb)

    assert main(["results"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("！交换区里还没有发过卷")
    assert said.count("\n") == 1

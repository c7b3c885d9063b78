"""academy.launcher.main：从检查到工作副本的次序；每样出错都是一句中文，退出码 1。"""

import errno
import json
import sys

import pytest

from academy.launcher import main as module
from academy.launcher.environment import SetupError
from academy.launcher.main import main


@pytest.fixture
def program(tmp_path, monkeypatch):
    """解压出来的学员包，里面有两课；家在别处。"""
    monkeypatch.setenv("CCOM_HOME", str(tmp_path / "家 里"))
    program = tmp_path / "学员包/program"
    program.mkdir(parents=True)
    settings = {"title": "CCOM-X 甲岗", "role": "甲岗", "version": "0.1.0-ab", "wheel": "x.whl"}
    (program / "package.json").write_text(json.dumps(settings), encoding="utf-8")
    lessons = program.parent / "课程原件"
    (lessons / "样例数据").mkdir(parents=True)
    (lessons / "01 甲.ipynb").write_text("一")
    (lessons / "02 乙.ipynb").write_text("二")
    (lessons / "样例数据/表.xlsx").write_text("表")
    (lessons / ".DS_Store").write_text("访达放的")
    return program


@pytest.fixture
def served(monkeypatch):
    """不真的装、不真的开：记下 serve 收到的。"""
    calls = []
    monkeypatch.setattr(module, "prepare", lambda home, shipped, say: sys.executable)
    monkeypatch.setattr(module, "serve", lambda *args, **kwargs: calls.append((args, kwargs)))
    return calls


def test_first_time_opens_the_first_lesson_in_the_working_copy(program, served, tmp_path, capsys):
    assert main(program, []) == 0

    (python, folder, log, _), kwargs = served[0]
    assert python == sys.executable
    assert folder == tmp_path / "家 里/甲岗"
    assert log.parent == tmp_path / "家 里"
    assert kwargs == {"first": "01 甲.ipynb", "browser": True}
    assert sorted(path.name for path in folder.rglob("*")) == [
        "01 甲.ipynb",
        "02 乙.ipynb",
        "样例数据",
        "表.xlsx",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "CCOM-X 甲岗　版本 0.1.0-ab"
    assert [line[:5] for line in said[1:]] == ["[1/3]", "[3/3]"]


def test_later_times_leave_the_page_as_it_was_left(program, served):
    main(program, [])
    main(program, ["--no-browser"])

    assert served[1][1] == {"first": "", "browser": False}


def test_update_says_what_it_did_and_keeps_the_answers(program, served, tmp_path, capsys):
    main(program, [])
    (tmp_path / "家 里/甲岗/01 甲.ipynb").write_text("我的答案")
    (program.parent / "课程原件/01 甲.ipynb").write_text("新")
    capsys.readouterr()

    main(program, [])

    assert "你改过 01 甲.ipynb，没有动它" in capsys.readouterr().out
    assert (tmp_path / "家 里/甲岗/01 甲.ipynb").read_text() == "我的答案"


def test_originals_are_never_written(program, served):
    lessons = program.parent / "课程原件"
    before = {path: path.stat().st_mtime_ns for path in lessons.rglob("*")}

    main(program, [])

    assert {path: path.stat().st_mtime_ns for path in lessons.rglob("*")} == before


def test_setup_only_stops_before_jupyterlab(program, served):
    assert main(program, ["--setup-only"]) == 0
    assert served == []


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (SetupError("磁盘满了：请空出地方。"), "磁盘满了：请空出地方。"),
        (OSError(errno.ENOSPC, "No space left", "甲"), "磁盘满了，写不了「甲」"),
        (PermissionError(errno.EACCES, "Permission denied", "甲"), "没有权限读写「甲」"),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "甲"),
            "少了「甲」：请把压缩包重新整个解压",
        ),
        (OSError(errno.EIO, "I/O error", "甲"), "读写「甲」没有成功"),
    ],
)
def test_trouble_is_one_chinese_sentence_and_exit_one(
    program, served, monkeypatch, trouble, words, capsys
):
    def fail(*_):
        raise trouble

    monkeypatch.setattr(module, "prepare", fail)

    assert main(program, []) == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert said.startswith("！")
    assert words in said


def test_ctrl_c_is_no_error(program, served, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "prepare", stop)

    assert main(program, []) == 0
    assert "已停下" in capsys.readouterr().out


def test_package_that_is_not_whole_is_said(program, capsys):
    (program / "package.json").unlink()

    assert main(program, []) == 1
    assert "请把压缩包重新整个解压" in capsys.readouterr().err

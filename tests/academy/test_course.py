"""academy.course：说得出哪里不是课程、哪一步没成；nbgrader 吞掉的中断照样中断。"""

import os
import stat
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import nbgrader.api
import pytest
from sqlalchemy import text
from traitlets.log import get_logger

from academy.clock import TIMEZONE
from academy.course import Course, CourseError, _require_success


def test_folder_without_configuration_is_refused(tmp_path):
    with pytest.raises(CourseError, match=r"没有 nbgrader_config\.py"):
        Course(tmp_path)


def test_due_time_comes_back_in_chinese_time(course):
    assert course.due("px") is None
    due = datetime(2025, 7, 18, 17, 0, tzinfo=TIMEZONE)

    course.set_due("px", due)

    assert course.due("px") == due
    assert course.due("px").hour == 17


def test_failed_step_is_told_by_its_last_error_line():
    result = {"success": False, "log": "[INFO] x\n[ERROR] 甲\n[ERROR] 乙\n", "error": "Traceback"}

    with pytest.raises(CourseError, match="收卷 px 没有成功：nbgrader 说「乙」，请把"):
        _require_success(result, "收卷 px")


def test_failed_step_is_told_in_chinese_wherever_in_the_log_the_reason_stands():
    """nbgrader 的最后一句常常只说「见上面」。"""
    log = "[ERROR] sqlite3.OperationalError: database is locked\n[ERROR] See the above traceback\n"

    with pytest.raises(CourseError, match="生成学员卷 px 没有成功：成绩库.*正被别的程序用着.*。$"):
        _require_success({"success": False, "log": log, "error": "Traceback"}, "生成学员卷 px")


def test_interrupt_swallowed_by_nbgrader_is_raised_again():
    with pytest.raises(KeyboardInterrupt):
        _require_success({"success": False, "error": "Traceback\nKeyboardInterrupt"}, "评分")


def test_interrupt_with_a_message_is_raised_again_too():
    with pytest.raises(KeyboardInterrupt):
        _require_success({"success": False, "error": "Traceback\nKeyboardInterrupt: \n"}, "评分")


@pytest.fixture
def bare(tmp_path):
    """一门什么也没做过的课程：只有配置与一份母本的文件夹。"""
    config = 'c = get_config()\nc.CourseDirectory.course_id = "x"\nc.Exchange.root = "{}"\n'
    (tmp_path / "nbgrader_config.py").write_text(config.format(tmp_path / "exchange"))
    (tmp_path / "source/px").mkdir(parents=True)
    (tmp_path / "source/note.txt").write_text("")
    return tmp_path


def _process():
    """进程里可能被改的：环境变量、日志、当前文件夹。"""
    logger = get_logger()
    return (
        dict(os.environ),
        (logger.level, logger.propagate, list(logger.handlers)),
        os.getcwd(),
        list(warnings.filters),
    )


def _files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_opening_a_course_and_asking_what_it_has_changes_nothing(bare, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    files, process = _files(bare), _process()

    course = Course(bare)

    assert course.papers() == ["px"]
    assert course.folder("submitted", "px", "S1") == bare / "submitted/S1/px"
    course.require_paper("px")
    with pytest.raises(CourseError, match="source/ 里有 px"):
        course.require_paper("py")
    assert _files(bare) == files
    assert _process() == process


def test_asking_nbgrader_makes_no_exchange(bare):
    course = Course(bare)

    assert course.api.get_source_assignments() == {"px"}
    assert not (bare / "exchange").exists()


def test_a_gradebook_is_made_though_alembic_is_not_on_the_path(bare, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    process = _process()

    with Course(bare).gradebook() as gradebook:
        gradebook.update_or_create_student("S1")

    assert (bare / "gradebook.db").exists()
    assert _process() == process


def test_a_new_gradebook_has_the_schema_that_nbgrader_would_give_it(bare, monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    with Course(bare).gradebook() as gradebook:
        version = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalar_one()

    assert version == nbgrader.api.get_alembic_version()


def test_a_step_leaves_the_process_as_it_was(course, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    process = _process()

    course.generate("px")
    course.publish("px")

    assert _process() == process


def test_a_step_that_fails_leaves_the_process_as_it_was(bare, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    process = _process()

    with pytest.raises(CourseError, match="生成学员卷 px 没有成功"):
        Course(bare).generate("px")

    assert _process() == process


def test_the_exchange_is_made_when_something_goes_into_it(course):
    exchange = course.root / "exchange"
    assert not exchange.exists()

    course.publish("px")

    assert stat.S_IMODE(exchange.stat().st_mode) == 0o777
    assert list(exchange.glob("*/outbound/px/px.ipynb"))


def test_steps_of_several_threads_go_one_at_a_time(course, monkeypatch):
    """nbgrader 的一步会改课程文件夹对象与当前文件夹：两步交错，就会评到别人的卷。"""
    inside, most = 0, 0

    def slow(paper, **options):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.05)
        inside -= 1
        return {"success": True}

    monkeypatch.setattr(course.api, "generate_assignment", slow)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(course.generate, ["px"] * 4))

    assert most == 1

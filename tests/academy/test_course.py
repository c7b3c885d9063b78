"""academy.course：说得出哪里不是课程、哪一步没成；nbgrader 吞掉的中断照样中断。"""

from datetime import datetime

import pytest

from academy.course import TIMEZONE, Course, CourseError, _require_success


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

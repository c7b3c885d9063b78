"""What does nbgrader mean, and what is to be done about it?  Its English, as Chinese with the remedy."""

from __future__ import annotations

import re

__all__ = ["in_chinese"]

PERMISSION = (
    "没有权限读写 {0}：请用建它的那个用户运行，或请管理员改好它的权限（交换区要人人可读写）"
)
UNFINISHED = "有一格的「{0}」少了结束的记号：请在母本里补上，再运行 make notebooks"
# the first that fits counts; the parts of its pattern fill the sentence
SENTENCES = [
    (
        r"database is locked",
        "成绩库 gradebook.db 正被别的程序用着：请关掉 formgrader 和别的 ccom，等一会儿再运行一次",
    ),
    (
        r"readonly database",
        "没有权限写成绩库 gradebook.db：请用建它的那个用户运行，或改好它的权限",
    ),
    (
        r"unable to open database file",
        "成绩库 gradebook.db 打不开：请看它所在的文件夹在不在、能不能写",
    ),
    (
        r"database or disk is full",
        "磁盘满了，成绩库没有写成：请空出地方，再运行一次；已经写下的都在",
    ),
    (
        r"file is not a database|database disk image is malformed|disk I/O error",
        "成绩库 gradebook.db 坏了：请先把它改名留底，再从备份恢复；没有备份就重新发卷、收卷、评分",
    ),
    (
        r"no such table|no such column|nbgrader db upgrade",
        "成绩库 gradebook.db 是别的版本的 nbgrader 建的：请先备份它，再运行 nbgrader db upgrade",
    ),
    (
        r"Course not found: (\S+)|Inbound directory doesn't exist: (\S+)|Assignment not found: (\S+)",
        "交换区里还没有发过卷（{0}）：请先发卷；答卷从钉钉或邮箱来的，用 ccom collect 试卷 --from 文件夹",
    ),
    (
        r"Unwritable directory, please contact your instructor: (\S+)"
        r"|You don't have \w+ permissions (?:for|to) the directory: (\S+)"
        r"|You don't own the directory: (\S+)"
        r"|Could not (?:create|change permissions of) (\S+), permission denied",
        PERMISSION,
    ),
    (
        r"Assignment found in '[^']*' but not '([^']*)'",
        "学员卷 {0} 还没有生成：请先运行 ccom notebooks",
    ),
    (
        r"Directory size is too big\. Size is (\d+)",
        "要放进交换区的文件夹太大（{0} 字节）：请拿走不属于试卷的文件，或放宽 c.CourseDirectory.max_dir_size",
    ),
    (
        r"exchange is not available on Windows",
        "Windows 上没有交换区：发卷用 ccom seat 写出的文件夹，收卷用 ccom collect 试卷 --from 文件夹",
    ),
    (r"Invalid filename: (\S+)", "交换区里的 {0} 不是交卷交进来的：请把它移走，再运行一次"),
    (
        r"Invalid timezone: (\S+)",
        "时区 {0} 认不出来：请改 nbgrader_config.py 的 c.Exchange.timezone",
    ),
    (r"Duplicate grade id: (\S+)", "有两格的编号都是 {0}：请在母本里改掉一个"),
    (
        r"nbgrader cell '([^']*)' does not have points",
        "评分格 {0} 没有写分值：请在母本里补上 points",
    ),
    (
        r"does not have a grade_id|grade_id is empty|has an invalid grade_id",
        "有一格的编号（grade_id）空着或写错了：请在母本里改好",
    ),
    (
        r"no end (solution) statement found|nested begin solution",
        UNFINISHED.format("### BEGIN SOLUTION"),
    ),
    (r"[Nn]o end hidden tests", UNFINISHED.format("### BEGIN HIDDEN TESTS")),
    (r"[Nn]o end mark scheme", UNFINISHED.format("### BEGIN MARK SCHEME")),
    (
        r"does not appear to be JSON|not valid JSON|NotJSON|NBFormatError",
        "有一份笔记本已经不是笔记本的格式了：请从母本重新生成（make notebooks），或请学员重交",
    ),
    (
        r"schema version|SchemaToo(?:Old|New)",
        "有一格的 nbgrader 元数据是别的版本写的：请从母本重新生成（make notebooks）",
    ),
    (
        r"No matching (?:notebooks|assignments)|were matched by|No notebooks",
        "没有找到试卷的笔记本：请核对 source/ 里的文件夹与文件名",
    ),
    (
        r"No such kernel(?: named)? (\S+)",
        "没有内核 {0}：请把笔记本的内核选成 Python 3，或重新运行 make",
    ),
    (r"Kernel died|DeadKernelError", "内核没有起来：请关掉占内存的程序，再运行一次"),
]


def in_chinese(text: str) -> str | None:
    """A Chinese sentence, without its full stop, for what nbgrader said; None where it is not known."""
    for pattern, sentence in SENTENCES:
        found = re.search(pattern, text)
        if found:
            return sentence.format(*filter(None, found.groups()))
    return None

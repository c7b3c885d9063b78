"""`ccom choose`: staff say which hand-in of a learner counts."""

from __future__ import annotations

import argparse

from academy.cli.common import named_sitting
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument("number", metavar="学号")
    parser.add_argument("handin", nargs="?", metavar="编号", help="交卷件的编号，见 ccom collect")
    parser.add_argument("--by-rule", action="store_true", help="取消指定，照规则：截止前最后一份")
    parser.add_argument("--why", default="", metavar="原因", help="记进场次的记录")


def run(options: argparse.Namespace) -> None:
    """Choose."""
    if bool(options.handin) == options.by_rule:
        raise CourseError(
            "要哪一份？请写交卷件的编号（见 ccom collect 打印的表），或写 --by-rule。"
        )
    sitting = named_sitting(options)
    sitting.learner(options.number)

    from academy.clock import shown
    from academy.course import Course
    from academy.exam.handins.collecting import choose

    course = Course(options.course)
    counts = choose(course, sitting, options.number, options.handin or "", options.why)
    if counts is None:
        print(f"场次 {sitting.name}：{options.number} 照规则，现在没有一份能算。")
        return
    print(
        f"场次 {sitting.name}：{options.number} 采用 {counts.id}（{counts.name}，"
        f"{shown(counts.at, seconds=True)}）；请运行 ccom grade {sitting.name}。"
    )

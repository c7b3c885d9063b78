"""`ccom release`: make the learners' paper, enrol the learners, put the paper into the exchange."""

from __future__ import annotations

import argparse

from academy.cli.checks import existing_file, known_paper
from academy.cli.common import positive, roster_argument, start_time, syllabus_of, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名，如 wfmp-final")
    roster_argument(parser)
    parser.add_argument("--start", help="开考时间（北京时间），如 2025-07-18T15:30；不给就不设截止")
    parser.add_argument("--minutes", type=positive, help="考试时长，默认取大纲的 90 分钟")


def run(options: argparse.Namespace) -> None:
    """Release the paper."""
    known_paper(options)
    existing_file(options.roster, "名单文件")
    start = start_time(options.start)
    minutes = options.minutes or syllabus_of(options.course).minutes
    from academy.course import Course
    from academy.exam.cycle import dry_run, release
    from academy.exam.roster import read_roster

    course = Course(options.course)
    course.require_paper(options.paper)
    learners, problems = read_roster(options.roster)
    tell(problems)
    tell(dry_run(course, options.paper))
    due = release(course, options.paper, learners, start, minutes)
    until = f"，{due:%Y-%m-%d %H:%M} 截止" if due else "，没有设截止时间"
    print(f"已发卷 {options.paper}：{len(learners)} 名学员{until}。")

"""`ccom seats`: a secret seat and a paper of one's own for everybody on the roster."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import existing_file, known_paper
from academy.cli.common import roster_argument, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")
    roster_argument(parser)
    parser.add_argument("--to", type=Path, help="写到哪个文件夹，默认 seats/")


def run(options: argparse.Namespace) -> None:
    """Draw the seats and write the papers."""
    known_paper(options)
    existing_file(options.roster, "名单文件")
    from academy.course import Course
    from academy.exam.roster import read_roster
    from academy.exam.seats_file import SEATS, write_seats

    course = Course(options.course)
    course.require_paper(options.paper)
    learners, problems = read_roster(options.roster)
    tell(problems)
    folder = options.to or course.root / "seats"
    drawn = write_seats(course, options.paper, learners, folder)
    print(
        f"{options.paper}：{len(learners)} 名学员有座位，新抽 {drawn} 个；"
        f"各人的试卷在 {folder}，种子在 {course.root / SEATS}（保密，不要发给学员）。"
    )

"""`ccom resit`: who of a sitting may sit again, and the roster of the next sitting."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import named_sitting


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument("--to", type=Path, help="补考名单写到哪个文件夹，默认 results/")


def run(options: argparse.Namespace) -> None:
    """List them and write the roster."""
    sitting = named_sitting(options)

    from academy.course import Course
    from academy.exam.resit import candidates, write_rosters
    from academy.exam.tables import candidate_row, text_table
    from academy.exam.verdict import terms

    course = Course(options.course)
    found = candidates(course, sitting, *terms(course.root))
    if not found:
        print(f"场次 {sitting.name} 没有要补考的人。")
        return
    print(text_table([candidate_row(one) for one in found]))
    written = write_rosters(found, sitting, options.to or course.root / "results")
    for paper, path in written.items():
        print(f"补考名单 {path}：用 ccom release {paper} --roster {path} --start 时间 发卷。")
    if not written:
        print("没有人可以补考。")

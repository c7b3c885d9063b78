"""`ccom collect`: bring the submissions in, from the exchange or from a folder of files."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import known_paper
from academy.cli.common import tell
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")
    parser.add_argument(
        "--from", dest="source", type=Path, help="装着「学号_….ipynb」的文件夹（钉钉、邮箱收来的）"
    )


def run(options: argparse.Namespace) -> None:
    """Collect the submissions."""
    known_paper(options)
    if options.source is not None and not options.source.is_dir():
        raise CourseError(f"没有文件夹 {options.source}：请核对路径。")
    from academy.course import Course
    from academy.exam.cycle import collect

    students, problems = collect(Course(options.course), options.paper, options.source)
    tell(problems)
    print(f"已收 {options.paper}：{len(students)} 份。")

"""`ccom collect`: bring the submissions in, from the exchange or from a folder of files."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument(
        "--from", dest="source", type=Path, help="装着「学号_….ipynb」的文件夹（钉钉、邮箱收来的）"
    )


def run(options: argparse.Namespace) -> None:
    """Collect the submissions."""
    from academy.course import Course
    from academy.exam.cycle import collect

    students, problems = collect(Course(options.course), options.sitting, options.source)
    tell(problems)
    print(f"已收 {options.sitting}：{len(students)} 份。")

"""`ccom results`: who passed, on the screen and as Excel, CSV and a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import known_paper
from academy.cli.common import syllabus_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")
    parser.add_argument("--to", type=Path, help="写到哪个文件夹，默认 results/")


def run(options: argparse.Namespace) -> None:
    """Show and write the results."""
    known_paper(options)
    syllabus = syllabus_of(options.course)
    from academy.course import Course
    from academy.exam.report import screen_table, write_report
    from academy.exam.results import read_results

    course = Course(options.course)
    results = read_results(course, options.paper, syllabus)
    print(screen_table(results))
    print(results.sentence())
    for path in write_report(results, options.to or course.root / "results"):
        print(f"已写 {path}")

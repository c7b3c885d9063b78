"""`ccom results`: how a sitting went, on the screen and as Excel, CSV and a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import named_sitting


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument("--to", type=Path, help="写到哪个文件夹，默认 results/")


def run(options: argparse.Namespace) -> None:
    """Show and write the results."""
    named_sitting(options)

    from academy.course import Course
    from academy.exam.report import screen_table, write_report
    from academy.exam.results import read_results
    from academy.exam.verdict import terms

    course = Course(options.course)
    results = read_results(course, options.sitting, *terms(course.root))
    print(screen_table(results))
    print(results.sentence())
    for line in results.quality():
        print(line)
    for path in write_report(results, options.to or course.root / "results"):
        print(f"已写 {path}")

"""`ccom feedback`: a page for each learner of a sitting: points and directions, no answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import named_sitting


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument("--to", type=Path, help="写到哪个文件夹，默认 results/反馈/<场次>")


def run(options: argparse.Namespace) -> None:
    """Write the pages."""
    named_sitting(options)

    from academy.course import Course
    from academy.exam.feedback import read_feedback
    from academy.exam.feedback_page import write_pages
    from academy.exam.results import read_results
    from academy.exam.verdict import terms

    course = Course(options.course)
    syllabus, mark = terms(course.root)
    results = read_results(course, options.sitting, syllabus, mark)
    folder = options.to or course.root / "results/反馈" / results.sitting.name
    written = write_pages(read_feedback(course, results, syllabus), folder)
    left_out = results.learners[results.learners["得分"].isna()]
    without = "、".join(
        f"{row['姓名'] or row['学号']}（{row['结果']}）" for row in left_out.to_dict("records")
    )
    print(f"{results.sitting.name}：写了 {len(written)} 页反馈，在 {folder}。")
    if without:
        print(f"没有成绩，没有反馈的 {len(left_out)} 人：{without}。")

"""`ccom demo`: one cohort of simulated learners from release to results."""

from __future__ import annotations

import argparse

from academy.cli.checks import known_paper
from academy.cli.common import positive, syllabus_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--paper", help="试卷名；默认是大纲里的第一份")
    parser.add_argument("--learners", type=positive, default=30, help="人数")


def run(options: argparse.Namespace) -> None:
    """Play the cohort."""
    roles = syllabus_of(options.course).roles.values()
    paper = options.paper or next(paper for role in roles for paper in role.papers)
    known_paper(options.course, paper)
    from academy.demo import run_demo

    root = options.course.resolve()
    page = run_demo(root, paper, root / ".demo", options.learners)
    print(f"网页报告：{page}")

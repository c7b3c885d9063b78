"""`ccom demo`: one cohort of simulated learners from release to results."""

from __future__ import annotations

import argparse

from academy.cli.checks import known_paper
from academy.cli.common import positive


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--paper", default="wfmp-final", help="试卷名")
    parser.add_argument("--learners", type=positive, default=30, help="人数")


def run(options: argparse.Namespace) -> None:
    """Play the cohort."""
    known_paper(options.course, options.paper)
    from academy.demo import run_demo

    root = options.course.resolve()
    page = run_demo(root, options.paper, root / ".demo", options.learners)
    print(f"网页报告：{page}")

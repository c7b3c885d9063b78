"""`ccom seat`: write one seat's paper and data."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import known_paper


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")
    parser.add_argument("--seed", type=int, required=True, help="座位的种子（考务保密）")
    parser.add_argument("--to", type=Path, required=True, help="写到哪个文件夹")


def run(options: argparse.Namespace) -> None:
    """Write the seat."""
    known_paper(options.course, options.paper)
    from academy.course import Course
    from academy.seats import write_seat

    folder = write_seat(Course(options.course), options.paper, options.seed, options.to)
    print(f"已写 {folder}")

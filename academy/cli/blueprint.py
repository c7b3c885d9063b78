"""`ccom blueprint`: topic by level, computed from the paper's cells."""

from __future__ import annotations

import argparse

from academy.cli.checks import known_paper
from academy.cli.common import syllabus_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")


def run(options: argparse.Namespace) -> None:
    """Print the blueprint."""
    known_paper(options.course, options.paper)
    syllabus = syllabus_of(options.course)
    from academy.exam.blueprint import blueprint, paper_items
    from academy.exam.tables import text_table

    found = paper_items(options.course, options.paper)
    table = blueprint(found, syllabus).reset_index()
    print(text_table(table.to_dict("records")))

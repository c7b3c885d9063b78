"""`ccom lab`: the lessons in a working copy, as learners see them; or the staff's formgrader."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import course_folder
from academy.cli.common import positive


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--to", type=Path, metavar="文件夹", help="工作副本放在哪里，默认 .lab")
    parser.add_argument(
        "--formgrader", action="store_true", help="打开考务的 formgrader（不给学员）"
    )
    parser.add_argument("--port", type=positive, metavar="端口", help="默认从 8888 起找空的")
    parser.add_argument("--no-browser", action="store_true", help="不自动打开浏览器")
    parser.add_argument(
        "--jupyter",
        action="append",
        default=[],
        metavar="选项",
        help="再给 JupyterLab 的选项，如 --jupyter=--ip=0.0.0.0",
    )


def run(options: argparse.Namespace) -> None:
    """Open JupyterLab and stay until it is closed."""
    from academy.lab import LAB, open_formgrader, open_lab

    root = options.course.resolve()
    home = (options.to or root / LAB).resolve()
    how = {
        "port": options.port,
        "browser": not options.no_browser,
        "options": options.jupyter,
    }
    if options.formgrader:
        course_folder(root)
        open_formgrader(root, home, _say, **how)
    else:
        open_lab(root, home, _say, **how)


def _say(text: str) -> None:
    print(text, flush=True)

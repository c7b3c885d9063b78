"""`ccom package`: the learner's package of a role, as a folder and a .zip."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import role_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("role", metavar="岗位", help="岗位的简称，如 wfmp")
    parser.add_argument("--to", type=Path, required=True, help="写到哪个文件夹")


def run(options: argparse.Namespace) -> None:
    """Make the package."""
    syllabus, role = role_of(options.course, options.role)
    from academy.package import contents, write_package

    made = contents(options.course.resolve(), role, syllabus, lambda text: print(f"　{text}"))
    options.to.mkdir(parents=True, exist_ok=True)
    folder, archive = write_package(made, options.to)
    print(f"已写 {folder}")
    print(
        f"已写 {archive}（{archive.stat().st_size / 1e6:.1f} MB）：把它发给学员，先打开「开始.html」。"
    )

"""`ccom collect`: take in what was handed in, keep all of it, say who is missing, late or set aside."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import moment, named_sitting, tell
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="文件夹",
        help="装着答卷的文件夹（钉钉、邮箱收来的；文件名与格式不限）",
    )  # fmt: skip
    parser.add_argument(
        "--at",
        metavar="时间",
        help="这些答卷收到的时间（北京时间，看聊天记录）；不写就照各个文件自己的时间，下载会改它",
    )
    parser.add_argument("--show", action="store_true", help="只看已经收到什么，不收也不改")


def run(options: argparse.Namespace) -> None:
    """Collect, or only show what was collected."""
    if options.source is not None and not options.source.is_dir():
        raise CourseError(f"没有文件夹 {options.source}：请核对路径。")
    if options.at is not None and options.source is None:
        raise CourseError("--at 说的是文件夹里的答卷什么时候收到：请同时写 --from 文件夹。")
    at = moment(options.at, "收到的时间")
    sitting = named_sitting(options)

    from functools import partial

    from tqdm import tqdm

    from academy.course import Course
    from academy.exam.handins.collecting import collect
    from academy.exam.handins.overview import inspect
    from academy.exam.tables import text_table

    course = Course(options.course)
    not_taken: list[str] = []
    if options.show:
        collected = inspect(course, sitting)
    else:
        bar = partial(tqdm, desc="收卷", unit="件", ncols=80, disable=None)
        collected, not_taken = collect(course, sitting, options.source, progress=bar, at=at)
    print(text_table(collected.table()))
    tell(not_taken)
    tell(one.sentence for one in collected.aside if not one.settled)
    for one in collected.aside:
        if one.settled:
            print(one.sentence)
    print(collected.sentence())

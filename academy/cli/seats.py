"""`ccom seats`: a secret seat and a paper of one's own for everybody in a sitting."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.common import named_sitting
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("sitting", help="场次，或只有一个场次的试卷")
    parser.add_argument(
        "--to", type=Path, metavar="文件夹", help="各人的试卷写到哪里，默认 seats/场次/"
    )
    parser.add_argument(
        "--again", nargs="+", default=[], metavar="学号", help="给这几个人重做卷子，原来的作废"
    )
    parser.add_argument("--why", default="", metavar="原因", help="重做的原因，记进场次的记录")


def run(options: argparse.Namespace) -> None:
    """Draw the seats, keep the papers and write them out."""
    sitting = named_sitting(options)

    from tqdm import tqdm

    from academy.course import Course
    from academy.exam.handins.overview import MISSING, inspect
    from academy.exam.seating.handout import copy_out, hand_out, require_private
    from academy.exam.seating.seats_file import SEATS

    course = Course(options.course)
    folder = options.to or course.root / "seats" / sitting.name
    require_private(course, folder)
    if options.again:
        here = [row.number for row in inspect(course, sitting).rows if row.status != MISSING]
        busy = [number for number in options.again if number in here]
        if busy:
            raise CourseError(f"{'、'.join(busy)} 已经交过卷，卷子不能重做。")
    with tqdm(total=len(sitting.active), desc="发座位", unit="人", ncols=80, disable=None) as bar:
        done = hand_out(
            course, sitting, again=options.again, why=options.why, done=lambda _: bar.update()
        )
    copy_out(course, sitting, folder)
    print(
        f"场次 {sitting.name}：{len(sitting.active)} 名学员有座位，新发 {len(done.fresh)} 份，"
        f"早先发过的 {len(done.before)} 份照原样；各人的试卷在 {folder}，一人一个文件夹，也一人一个压缩包（学号_姓名.zip），只发给本人。"
    )
    print(
        f"发出的每个字节存在 sittings/{sitting.name}/handed_out，评分就用它；"
        f"座位在 {course.root / SEATS}（保密，不要发给学员）。请把两样都备份。"
    )

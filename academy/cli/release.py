"""`ccom release`: make a sitting of a paper, its learners and its clock."""

from __future__ import annotations

import argparse

from academy.cli.checks import existing_file, known_paper
from academy.cli.common import (
    moment,
    positive,
    require_no_doubts,
    roster_argument,
    syllabus_of,
    tell,
    yes_argument,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名，如 wfmp-final")
    roster_argument(parser)
    parser.add_argument("--cohort", help="哪一期，如 2025-07；不给就取开考的年月")
    parser.add_argument("--start", help="开考时间（北京时间），如 2025-07-18T15:30；不给就不设截止")
    parser.add_argument("--minutes", type=positive, help="考试时长，默认取大纲的 90 分钟")
    parser.add_argument(
        "--shared", action="store_true", help="不分座位：人人同一份卷子，放进 nbgrader 的交换区"
    )
    yes_argument(parser)


def run(options: argparse.Namespace) -> None:
    """Release the paper."""
    known_paper(options.course, options.paper)
    existing_file(options.roster, "名单文件")
    start = moment(options.start, "开考时间")
    minutes = options.minutes or syllabus_of(options.course).minutes

    from academy.clock import shown
    from academy.course import Course
    from academy.exam.cycle import default_cohort, dry_run, release
    from academy.exam.roster import read_roster
    from academy.exam.sitting import sitting_name, sittings

    course = Course(options.course)
    course.require_paper(options.paper)
    cohort = options.cohort or default_cohort(start)
    name = sitting_name(options.paper, cohort)
    known = next((one for one in sittings(course.root) if one.name == name), None)
    if start is not None and (known is None or known.start != start):
        require_no_doubts(start, minutes, options.yes)
    learners, problems = read_roster(options.roster)
    tell(problems)
    tell(dry_run(course, options.paper))
    released = release(
        course, options.paper, learners, start, minutes, cohort=cohort, shared=options.shared
    )
    names = {learner.number: learner.name for learner in learners}
    tell(f"{number} {names[number]}：{reason}" for number, reason in released.refused.items())
    sitting = released.sitting
    due = sitting.due()
    until = f"，{shown(due)} 截止" if due else "，没有设截止时间"
    print(
        f"场次 {sitting.name}：{len(sitting.active)} 名学员，新登记 {len(released.added)} 名{until}。"
    )
    if options.shared:
        print("卷子已放进交换区，人人同一份。")
    else:
        print(f"还没有人拿到卷子：用 ccom seats {sitting.name} 抽座位、写出各人的试卷。")

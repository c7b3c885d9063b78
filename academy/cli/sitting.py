"""`ccom sitting`: look at the sittings; take back, withdraw, restore, give minutes, move the start."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import course_folder
from academy.cli.common import moment, named_sitting, require_no_doubts, yes_argument


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    actions = parser.add_subparsers(
        title="做什么", dest="action", metavar="做什么", parser_class=type(parser)
    )
    actions.add_parser("list", help="有哪些场次（默认）")
    show = _action(actions, "show", "一个场次：时间、名单、发生过什么")
    undo = _action(actions, "undo", "撤回最近一次发卷登记的人；成绩册里没有别的事的一并去掉")
    undo.add_argument("--all", action="store_true", help="撤回整个场次")
    withdraw = _action(actions, "withdraw", "让一名学员退出：他的卷子不评，不算一次考试")
    withdraw.add_argument("number", metavar="学号")
    restore = _action(actions, "restore", "让退出的学员回来")
    restore.add_argument("number", metavar="学号")
    extra = _action(actions, "extra", "加时：给全场，或给一名学员；0 是取消")
    extra.add_argument("minutes", type=int, metavar="分钟")
    extra.add_argument("number", nargs="?", metavar="学号", help="不给就是全场")
    start = _action(actions, "start", "改开考时间")
    start.add_argument("start", metavar="时间", help="北京时间，如 2025-07-18T15:30")
    yes_argument(start)
    for action in (undo, restore, extra, start):
        action.add_argument("--why", default="", metavar="原因", help="记进场次的记录")
    withdraw.add_argument("--why", required=True, metavar="原因", help="记进场次的记录")
    show.add_argument("--log", action="store_true", help="也看全部记录")


def run(options: argparse.Namespace) -> None:
    """Do what was asked."""
    course_folder(options.course)
    root = options.course.resolve()
    action = options.action or "list"
    if action == "list":
        _list(root)
    elif action == "show":
        _show(root, options.sitting, options.log)
    elif action == "undo":
        _undo(options)
    else:
        _change(root, action, options)


def _action(actions: argparse._SubParsersAction, name: str, text: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text)
    parser.add_argument("sitting", metavar="场次", help="场次，或只有一个场次的试卷")
    return parser


def _list(root: Path) -> None:
    from academy.exam.sitting import sittings
    from academy.exam.tables import sitting_row, text_table

    found = sittings(root)
    if not found:
        print("还没有场次：用 ccom release 试卷 --roster 名单 建一个。")
        return
    print(text_table([sitting_row(one) for one in found]))


def _show(root: Path, name: str, whole_log: bool) -> None:
    from academy.exam.journal import entries
    from academy.exam.sitting import open_sitting
    from academy.exam.tables import learner_row, log_row, sitting_row, text_table

    sitting = open_sitting(root, name)
    print(text_table([sitting_row(sitting)]))
    print()
    print(text_table([learner_row(sitting, one) for one in sitting.learners]))
    log = entries(root, sitting.name)
    if whole_log:
        print()
        print(text_table([log_row(entry) for entry in log]))
    else:
        print(f"\n记录 {len(log)} 条，用 --log 看。")


def _undo(options: argparse.Namespace) -> None:
    named_sitting(options)

    from academy.course import Course
    from academy.exam.cycle import set_due
    from academy.exam.undo import undo

    course = Course(options.course)
    done = undo(course, options.sitting, everybody=options.all, why=options.why)
    set_due(course, done.paper)
    ghosts = f"，其中 {len(done.ghosts)} 名没有别的考试，也从成绩册去掉了" if done.ghosts else ""
    left = f"还有 {len(done.sitting.active)} 名学员" if done.sitting else "整个场次已撤回"
    print(f"场次 {done.name}：撤回 {len(done.numbers)} 名学员{ghosts}；{left}。")


def _change(root: Path, action: str, options: argparse.Namespace) -> None:
    from academy.clock import shown
    from academy.exam.enrolment import add_minutes, reschedule, restore, withdraw
    from academy.exam.sitting import open_sitting

    name, why = options.sitting, options.why
    if action == "withdraw":
        sitting = withdraw(root, name, options.number, why)
        print(f"{options.number} 已退出场次 {sitting.name}，还有 {len(sitting.active)} 名学员。")
    elif action == "restore":
        sitting = restore(root, name, options.number, why=why)
        print(f"{options.number} 回到场次 {sitting.name}，现在 {len(sitting.active)} 名学员。")
    elif action == "extra":
        sitting = add_minutes(root, name, options.minutes, options.number, why=why)
        _tell_nbgrader(root, sitting.paper)
        whom = options.number or "全场"
        until = shown(sitting.due(options.number))
        print(f"场次 {sitting.name}：{whom}加时 {options.minutes} 分钟，{until} 截止。")
    else:
        start = moment(options.start, "开考时间")
        require_no_doubts(start, open_sitting(root, name).minutes, options.yes)
        sitting = reschedule(root, name, start, why=why)
        _tell_nbgrader(root, sitting.paper)
        print(f"场次 {sitting.name}：{shown(sitting.start)} 开考，{shown(sitting.due())} 截止。")


def _tell_nbgrader(root: Path, paper: str) -> None:
    from academy.course import Course
    from academy.exam.cycle import set_due

    set_due(Course(root), paper)

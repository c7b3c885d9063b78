"""`ccom grade`: grade the submissions of any nbgrader course folder, or try its containment."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from academy.cli.checks import course_folder, known_paper, known_students, some_submission
from academy.cli.common import positive, without_grammars
from academy.errors import CourseError

if TYPE_CHECKING:
    from academy.grading.desk.service import Outcome


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", nargs="?", help="场次、试卷名或任何 nbgrader 作业名")
    parser.add_argument("--student", nargs="+", metavar="学号", help="只评这几个人")
    parser.add_argument("--workers", type=positive, metavar="N", help="同时评几份，默认按核数")
    parser.add_argument("--scheduler", metavar="地址", help="到 Dask 集群上评，如 tcp://主机:8786")
    parser.add_argument("--force", action="store_true", help="评过的也重评，要写 --why")
    parser.add_argument("--why", default="", metavar="原因", help="为什么重评，记进场次的记录")
    parser.add_argument("--json", type=Path, metavar="文件", help="把每格的判定写成 JSON")
    parser.add_argument(
        "--check", action="store_true", help="不评分，列出这份作业每一格怎样评、为什么、怎样改"
    )
    parser.add_argument(
        "--check-containment", action="store_true", help="不评分，逐项试这台机器的隔离守不守得住"
    )


def run(options: argparse.Namespace) -> int:
    """Grade; 1 where a submission could not be graded."""
    if options.check_containment:
        return _check_containment()
    if options.paper is None:
        raise CourseError("要评哪份试卷？如 ccom grade wfmp-final。")
    if options.json and not options.json.resolve().parent.is_dir():
        raise CourseError(f"没有文件夹 {options.json.parent}：请先建好，再把 --json 写到里面。")
    course_folder(options.course)
    if options.check:
        return _check(options.course, options.paper)
    from academy.exam.sitting import graded_paper

    paper, sitting = graded_paper(options.course.resolve(), options.paper)
    known_paper(options.course, paper)
    some_submission(options.course, paper)
    if options.student:
        known_students(options.course, paper, options.student)
    # nbgrader here and a worker's libraries there are imported side by side
    if options.scheduler is None:
        from academy.grading.crew import early

        early.start(options.course.resolve() / ".referee", paper)
    without_grammars()
    from tqdm import tqdm

    from academy.course import Course
    from academy.exam.cycle import grade
    from academy.exam.ledger import require_reason
    from academy.grading.desk.batch import submitted_students

    course = Course(options.course)
    course.require_paper(paper)
    if sitting is not None and options.force:
        require_reason(options.why)
    count = len(set(options.student or submitted_students(course.api, paper)))
    with tqdm(total=count, desc="评分", unit="份", ncols=80, disable=not count) as bar:

        def done(outcome: Outcome) -> None:
            said = [outcome.message] if outcome.message else []
            said += [f"{outcome.student}：{flag}" for flag in outcome.found.get("flags", [])]
            for line in said:
                tqdm.write(f"！{line}", file=sys.stderr)
            bar.update()

        outcomes = list(
            grade(
                course,
                options.paper,
                options.student,
                force=options.force,
                why=options.why,
                workers=options.workers,
                scheduler=options.scheduler,
                done=done,
            )
        )
    if options.json:
        from academy.exam.grades_json import write_grades
        from academy.exam.verdict import terms

        write_grades(options.json, paper, outcomes, terms(course.root)[1])
    counts = Counter(outcome.status for outcome in outcomes)
    skipped = (
        f"，{counts['skipped']} 份以前评过、没有变（要重评加 --force）" if counts["skipped"] else ""
    )
    rejected = f"，{counts['rejected']} 份没能评" if counts["rejected"] else ""
    print(f"{options.paper}：评了 {counts['graded']} 份{skipped}{rejected}。")
    _tell_same_room(outcomes)
    return 1 if counts["rejected"] else 0


def _tell_same_room(outcomes: list[Outcome]) -> None:
    """Whose points rest on what the learners' own processes said."""
    cells = {
        cell["grade_id"]: None
        for outcome in outcomes
        for notebook in outcome.found.get("notebooks", {}).values()
        for cell in notebook
        if cell.get("same_room")
    }
    if cells:
        print(
            f"同室评的有 {len(cells)} 格：{'、'.join(cells)}。测试与作答在同一个进程里，分数靠作答的进程说的话；"
            "为什么、怎样改，见 ccom grade --check。"
        )


def _check(folder: Path, name: str) -> int:
    """How each cell of the assignment is graded; 1 where the course refuses one."""
    from academy.course import Course
    from academy.exam.sitting import graded_paper
    from academy.exam.tables import text_table
    from academy.grading.desk.master import read_assignment
    from academy.grading.desk.plans import kept_plan
    from academy.grading.desk.settings import read_settings
    from academy.grading.plan.policy import refusals
    from academy.grading.plan.table import table_of

    paper, _ = graded_paper(folder.resolve(), name)
    course = Course(folder)
    settings = read_settings(course.api.config)
    assignment = read_assignment(course.coursedir, course.api.config, paper)
    plan = kept_plan(course.root, assignment, settings)
    refused = {
        (master.name, place): reason
        for (master, place), reason in refusals(
            assignment,
            plan,
            full_points=settings.full_points,
            all_shielded=settings.shielded == "all",
            free_points=settings.free_points,
        )
    }
    rows = table_of(assignment, plan, refused)
    print(text_table(rows) if rows else f"{paper} 没有要评的格。")
    if refused:
        print(
            f"这门课不收其中 {len(refused)} 格：请照「怎样改」改母本，或改 nbgrader_config.py 的 c.Referee。"
        )
    return int(bool(refused))


def _check_containment() -> int:
    from academy.exam.tables import text_table
    from academy.grading.cage import available, check_containment

    probes = check_containment()
    rows = [
        {
            "试图": probe.attempt,
            "结果": "守住" if probe.held else "没守住",
            "靠什么": probe.mechanism,
            "说明": probe.detail,
        }
        for probe in probes
    ]
    print(text_table(rows))
    print(available())
    return int(not all(probe.held for probe in probes))

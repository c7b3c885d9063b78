"""`ccom VERB`: one verb for each thing that staff and authors do."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from academy.course import TIMEZONE, Course, CourseError
from academy.masters import MasterError

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:
        self.exit(2, f"{self.prog}：{message}。用法见 {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 when all went well, 1 when something must be mended, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except (CourseError, MasterError) as error:
        print(f"！{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断：做完的都保留着，再运行同一条命令就接着做。", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ccom", description="CCOM 课程与考务：ccom 动词 --help 看每个动词的用法。"
    )
    verbs = parser.add_subparsers(title="动词", required=True, metavar="动词", parser_class=_Parser)

    verb = _verb(verbs, "release", _release, "发卷：生成学员卷、登记名单、定交卷时间、放进交换区")
    verb.add_argument("paper", help="试卷名，如 wfmp-final")
    verb.add_argument(
        "--roster", type=Path, required=True, help="名单（.csv 或 .xlsx，含「学号」「姓名」列）"
    )
    verb.add_argument("--start", help="开考时间（北京时间），如 2025-07-18T15:30；不给就不设截止")
    verb.add_argument("--minutes", type=int, help="考试时长，默认取大纲的 90 分钟")

    verb = _verb(verbs, "collect", _collect, "收卷：从交换区，或从一个装着答卷的文件夹")
    verb.add_argument("paper", help="试卷名")
    verb.add_argument(
        "--from", dest="source", type=Path, help="装着「学号_….ipynb」的文件夹（钉钉、邮箱收来的）"
    )

    verb = _verb(verbs, "grade", _grade, "评分：断了再运行就接着评；任何 nbgrader 课程文件夹都可以")
    verb.add_argument("paper", nargs="?", help="试卷名（或任何 nbgrader 作业名）")
    verb.add_argument("--student", nargs="+", metavar="学号", help="只评这几个人")
    verb.add_argument("--workers", type=_positive, metavar="N", help="同时评几份，默认按核数")
    verb.add_argument("--scheduler", metavar="地址", help="到 Dask 集群上评，如 tcp://主机:8786")
    verb.add_argument("--force", action="store_true", help="评过的也重评")
    verb.add_argument("--json", type=Path, metavar="文件", help="把每格的判定写成 JSON")
    verb.add_argument(
        "--check-containment", action="store_true", help="不评分，逐项试这台机器的隔离守不守得住"
    )

    verb = _verb(verbs, "results", _results, "成绩：对 70 分判合格与否，写出 Excel、CSV 与网页")
    verb.add_argument("paper", help="试卷名")
    verb.add_argument("--to", type=Path, help="写到哪个文件夹，默认 results/")

    verb = _verb(verbs, "blueprint", _blueprint, "双向细目表：主题 × 层次的分值与分钟")
    verb.add_argument("paper", help="试卷名")

    verb = _verb(verbs, "seat", _seat, "写出一个座位的试卷与数据")
    verb.add_argument("paper", help="试卷名")
    verb.add_argument("--seed", type=int, required=True, help="座位的种子（考务保密）")
    verb.add_argument("--to", type=Path, required=True, help="写到哪个文件夹")

    verb = _verb(verbs, "seats", _seats, "给名单上每人抽一个座位（秘密的种子），写出各人的试卷")
    verb.add_argument("paper", help="试卷名")
    verb.add_argument("--roster", type=Path, required=True, help="名单（.csv 或 .xlsx）")
    verb.add_argument("--to", type=Path, help="写到哪个文件夹，默认 seats/")

    verb = _verb(verbs, "notebooks", _notebooks, "由母本生成笔记本；pull 把改过的笔记本带回母本")
    verb.add_argument(
        "action", nargs="?", choices=["build", "check", "pull", "prove"], default="build"
    )
    verb.add_argument("file", nargs="?", type=Path, help="pull：改过的笔记本；prove：母本")

    verb = _verb(verbs, "demo", _demo, "演一期：30 名模拟学员从发卷到成绩")
    verb.add_argument("--paper", default="wfmp-final", help="试卷名")
    verb.add_argument("--learners", type=int, default=30, help="人数")
    return parser


def _verb(verbs, name: str, run, help_text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help_text, description=help_text)
    verb.add_argument("--course", type=Path, default=Path(), help="课程文件夹，默认当前文件夹")
    verb.set_defaults(run=run)
    return verb


def _release(options: argparse.Namespace) -> None:
    from academy.exam.cycle import dry_run, release
    from academy.exam.roster import read_roster

    course = Course(options.course)
    course.require_paper(options.paper)
    learners, problems = read_roster(options.roster)
    _tell(problems)
    _tell(list(dry_run(course, options.paper)))
    minutes = options.minutes or _syllabus(course).minutes
    due = release(course, options.paper, learners, _start(options.start), minutes)
    until = f"，{due:%Y-%m-%d %H:%M} 截止" if due else "，没有设截止时间"
    print(f"已发卷 {options.paper}：{len(learners)} 名学员{until}。")


def _collect(options: argparse.Namespace) -> None:
    from academy.exam.cycle import collect

    students, problems = collect(Course(options.course), options.paper, options.source)
    _tell(problems)
    print(f"已收 {options.paper}：{len(students)} 份。")


def _grade(options: argparse.Namespace) -> int:
    if options.check_containment:
        return _check_containment()
    if options.paper is None:
        raise CourseError("要评哪份试卷？如 ccom grade wfmp-final。")
    if options.json and not options.json.resolve().parent.is_dir():
        raise CourseError(f"没有文件夹 {options.json.parent}：请先建好，再把 --json 写到里面。")
    from tqdm import tqdm

    from academy.exam.cycle import grade
    from academy.grading.batch import Outcome, submitted_students

    course = Course(options.course)
    course.require_paper(options.paper)
    count = len(set(options.student or submitted_students(course.api, options.paper)))
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
                workers=options.workers,
                scheduler=options.scheduler,
                done=done,
            )
        )
    if options.json:
        from academy.exam.grades_json import write_grades

        write_grades(options.json, course, options.paper, outcomes)
    counts = Counter(outcome.status for outcome in outcomes)
    skipped = (
        f"，{counts['skipped']} 份以前评过、没有变（要重评加 --force）" if counts["skipped"] else ""
    )
    rejected = f"，{counts['rejected']} 份没能评" if counts["rejected"] else ""
    print(f"{options.paper}：评了 {counts['graded']} 份{skipped}{rejected}。")
    return 1 if counts["rejected"] else 0


def _check_containment() -> int:
    import pandas as pd

    from academy.exam.report import text_table
    from academy.grading.cage import available, check_containment

    probes = check_containment()
    rows = [
        (probe.attempt, "守住" if probe.held else "没守住", probe.mechanism, probe.detail)
        for probe in probes
    ]
    print(text_table(pd.DataFrame(rows, columns=["试图", "结果", "靠什么", "说明"])))
    print(available())
    return int(not all(probe.held for probe in probes))


def _results(options: argparse.Namespace) -> None:
    from academy.exam.report import screen_table, write_report
    from academy.exam.results import read_results

    course = Course(options.course)
    results = read_results(course, options.paper, _syllabus(course))
    print(screen_table(results))
    print(results.sentence())
    for path in write_report(results, options.to or course.root / "results"):
        print(f"已写 {path}")


def _blueprint(options: argparse.Namespace) -> None:
    from academy.exam.blueprint import blueprint, paper_items
    from academy.exam.report import text_table

    found = paper_items(options.course, options.paper)
    print(text_table(blueprint(found, _read_syllabus(options.course)).reset_index()))


def _seat(options: argparse.Namespace) -> None:
    from academy.seats import write_seat

    folder = write_seat(Course(options.course), options.paper, options.seed, options.to)
    print(f"已写 {folder}")


def _seats(options: argparse.Namespace) -> None:
    from academy.exam.roster import read_roster
    from academy.exam.seats_file import SEATS, write_seats

    course = Course(options.course)
    course.require_paper(options.paper)
    learners, problems = read_roster(options.roster)
    _tell(problems)
    folder = options.to or course.root / "seats"
    drawn = write_seats(course, options.paper, learners, folder)
    print(
        f"{options.paper}：{len(learners)} 名学员有座位，新抽 {drawn} 个；"
        f"各人的试卷在 {folder}，种子在 {course.root / SEATS}（保密，不要发给学员）。"
    )


def _notebooks(options: argparse.Namespace) -> int:
    from academy import notebooks

    root = options.course.resolve()
    if options.action in {"pull", "prove"} and options.file is None:
        raise MasterError(f"{options.action} 要指明文件，如 ccom notebooks {options.action} 文件")
    if options.action == "pull":
        from academy.pull import pull

        print(f"已写回 {pull(options.file, root).relative_to(root)}")
        return 0
    if options.action == "prove":
        return _prove(options.file, root)
    check = options.action == "check"
    changed = [path.relative_to(root) for path in notebooks.build_all(root, check=check)]
    for path in changed:
        print(("需要重新生成 " if check else "已生成 ") + str(path))
    if not changed:
        print("笔记本都与母本一致。")
    return int(check and bool(changed))


def _prove(master: Path, root: Path) -> int:
    from academy.proof import prove_lesson, prove_paper

    if not master.exists():
        raise MasterError(f"没有母本 {master}：请核对路径。")
    if (root / "text/source") in master.resolve().parents:
        proof = prove_paper(master, root / "source" / master.stem, seed=0)
        print(f"参考答案 {proof.reference_points:g} 分，空白卷 {proof.untouched_points:g} 分")
    else:
        proof = prove_lesson(master)
    for problem in proof.problems:
        print(f"！{problem}", file=sys.stderr)
    print(
        f"{master.name}：{'全部说到做到。' if not proof.problems else f'{len(proof.problems)} 处不符'}"
    )
    return int(bool(proof.problems))


def _demo(options: argparse.Namespace) -> None:
    from academy.demo import run_demo

    root = options.course.resolve()
    page = run_demo(root, options.paper, root / ".demo", options.learners)
    print(f"网页报告：{page}")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"应是正整数，现在是 {text!r}")
    return number


def _tell(problems: list[str]) -> None:
    for problem in problems:
        print(f"！{problem}", file=sys.stderr)


def _start(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        start = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        raise CourseError(f"开考时间 {text!r} 认不出来：请写成 2025-07-18T15:30。") from None
    return start if start.tzinfo else start.replace(tzinfo=TIMEZONE)


def _syllabus(course: Course):
    return _read_syllabus(course.root)


def _read_syllabus(root: Path):
    from academy.syllabus import read_syllabus

    own = root / "course/syllabus.yml"
    if not own.exists():
        raise CourseError(f"{root} 里没有 course/syllabus.yml：合格线与考试时长写在那里。")
    return read_syllabus(own)

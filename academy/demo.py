"""One cohort through the whole examination: release, submit, collect, grade, results."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import nbformat
import pandas as pd
from tqdm import tqdm

from academy.clock import shown, utc_now
from academy.course import Course
from academy.exam.cycle import grade, release
from academy.exam.handins.collecting import collect
from academy.exam.handins.overview import HERE
from academy.exam.report import screen_table, write_report
from academy.exam.results import read_results
from academy.exam.roster import read_roster
from academy.exam.seating.handout import copy_out, hand_out
from academy.exam.seating.seats_file import read_seats
from academy.exam.sitting import Sitting
from academy.exam.verdict import terms
from academy.simulate import answer_book, cohort, fill_in

__all__ = ["run_demo"]

LEARNERS = 30
BROKEN, ENDLESS = 11, 23  # places in the roster
CELL_SECONDS = "8"


def run_demo(root: Path, paper: str, folder: Path, learners: int = LEARNERS) -> Path:
    """Play one cohort in a course folder of its own and return the HTML report.

    Parameters
    ----------
    root : the courseware.
    paper : which paper the cohort sits.
    folder : scratch folder; made anew each time.
    learners : size of the cohort.
    """
    settings = {
        "CCOM_CELL_SECONDS": os.environ.get("CCOM_CELL_SECONDS", CELL_SECONDS),
        "CCOM_EXCHANGE": str(folder / "course/exchange"),
    }
    before = {name: os.environ.get(name) for name in settings}
    # nbgrader_config.py reads them when the course is opened
    os.environ.update(settings)
    try:
        course = _fresh_course(root, folder)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    syllabus, mark = terms(root)
    people = list(cohort(learners, seed=2025))
    roster = folder / "名单.csv"
    table = pd.DataFrame([(number, name) for number, name, _ in people], columns=["学号", "姓名"])
    table.to_csv(roster, index=False, encoding="utf-8-sig")

    print(f"① 发卷：{paper}，{learners} 名模拟学员")
    enrolled = read_roster(roster)[0]
    sitting = release(course, paper, enrolled, utc_now(), syllabus.minutes).sitting
    desks, inbox = folder / "desks", folder / "答卷"
    hand_out(course, sitting)
    copy_out(course, sitting, desks)
    print(f"   每人一个座位：数据与选项次序各不相同；{shown(sitting.due())} 交卷截止")
    print("② 答题、交卷")
    _sit(course, sitting, root / "text/source" / paper / f"{paper}.py", people, desks, inbox)
    collected, _ = collect(course, sitting, inbox)
    print(f"③ 收卷：{collected.sentence()}")
    for one in collected.aside:
        print(f"   ！{one.sentence}")
    print("④ 评分")
    with tqdm(total=collected.count(HERE), unit="份", ncols=80) as bar:
        for outcome in grade(course, sitting.name, done=lambda _: bar.update()):
            if outcome.message:
                tqdm.write(f"   ！{outcome.message}")
    results = read_results(course, sitting.name, syllabus, mark)
    print("⑤ 成绩")
    print(screen_table(results))
    print(results.sentence())
    for line in results.quality():
        print(line)
    print(f"⑥ 补考：{sum(one.paper is not None for one in results.resits)} 人可以补考")
    files = write_report(results, folder / "results")
    return next(path for path in files if path.suffix == ".html")


def _fresh_course(root: Path, folder: Path) -> Course:
    shutil.rmtree(folder, ignore_errors=True)
    course = folder / "course"
    course.mkdir(parents=True)
    for name in ("course", "source", "text/source"):
        shutil.copytree(root / name, course / name)
    shutil.copy(root / "nbgrader_config.py", course)
    return Course(course)


def _sit(
    course: Course,
    sitting: Sitting,
    master: Path,
    people: list[tuple[str, str, float]],
    desks: Path,
    inbox: Path,
) -> None:
    """Everybody fills in the own paper and sends the notebook in, as with DingTalk."""
    paper = sitting.paper
    seats = read_seats(course.root)
    inbox.mkdir()
    for place, (number, name, ability) in enumerate(tqdm(people, unit="人", ncols=80), 1):
        book = answer_book(master, seats[number, paper])
        answers = book.attempt(ability, random.Random(f"{paper}/{number}"))
        if place == ENDLESS:
            first = next(iter(book.reference))
            answers[first] = "while True:\n    pass"
        path = inbox / f"{number}_{name}.ipynb"
        nbformat.write(fill_in(desks / number / paper / f"{paper}.ipynb", answers), path)
        if place == BROKEN:
            path.write_text(path.read_text(encoding="utf-8")[:2000], encoding="utf-8")

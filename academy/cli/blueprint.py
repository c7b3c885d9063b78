"""`ccom blueprint`: topic by level, computed from the paper's cells; how well the papers would measure."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import course_folder, known_paper
from academy.cli.common import positive, syllabus_of
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("paper", help="试卷名")
    parser.add_argument(
        "--simulate", action="store_true", help="模拟一期学员考这个岗位的各份卷，看量得准不准"
    )
    parser.add_argument("--learners", type=positive, default=20_000, help="模拟几名，默认 20000")
    parser.add_argument("--seed", type=positive, default=1, help="随机种子，默认 1")
    parser.add_argument("--to", type=Path, help="模拟的网页写到哪个文件夹，默认 results/")


def run(options: argparse.Namespace) -> None:
    """Print the blueprint, or simulate the role's papers."""
    if options.simulate:
        _simulate(options)
        return
    known_paper(options.course, options.paper)
    syllabus = syllabus_of(options.course)
    from academy.exam.blueprint import blueprint, paper_items
    from academy.exam.tables import text_table

    found = paper_items(options.course, options.paper)
    table = blueprint(found, syllabus).reset_index()
    print(text_table(table.to_dict("records")))


def _simulate(options: argparse.Namespace) -> None:
    # the paper need not be written yet: its role's blueprint is enough
    course_folder(options.course)
    syllabus = syllabus_of(options.course)
    role = syllabus.role_of(options.paper)
    if role is None:
        raise CourseError(
            f"试卷 {options.paper} 不属于哪个岗位：请核对试卷名，"
            "或在 course/syllabus.yml 那个岗位的 papers 里登记。"
        )
    from tqdm import tqdm

    from academy.exam.tables import text_table
    from academy.measurement.likeness import unlike_rows
    from academy.measurement.page import write_page
    from academy.measurement.roles import forms_of_role
    from academy.measurement.study import STAGES, study
    from academy.measurement.telling import form_rows, pair_rows, sentences, target_rows

    of_role = forms_of_role(options.course.resolve(), syllabus, role)
    notes = [of_role.blueprint.sentence()]
    if of_role.planned:
        notes.append(f"{'、'.join(of_role.planned)} 还没有照这张细目表写好，按细目表模拟。")
    with tqdm(total=len(STAGES), unit="步", ncols=80, disable=None) as bar:

        def progress(stage: str) -> None:
            bar.set_description(stage)
            bar.update()

        found = study(
            of_role.forms,
            of_role.chapters,
            cut=syllabus.pass_points,
            limit=syllabus.minutes,
            size=options.learners,
            seed=options.seed,
            shown=[one.name for one in of_role.forms].index(options.paper),
            progress=progress,
        )
    for line in notes:
        print(line)
    # a form has more figures than a terminal has columns: a column a form
    rows = form_rows(found)
    forms = [
        {"各卷": label, **{row["试卷"]: row[label] for row in rows}}
        for label in rows[0]
        if label != "试卷"
    ]
    unlike = unlike_rows(of_role.papers)
    for table in (target_rows(found), forms, pair_rows(found), unlike):
        if table:
            print(f"\n{text_table(table)}")
    print()
    for line in sentences(found, options.paper):
        print(line)
    where = options.to or options.course.resolve() / "results"
    print(f"已写 {write_page(found, options.paper, notes, unlike, where)}")

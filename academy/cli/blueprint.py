"""`ccom blueprint`: topic by level, computed from the paper's cells; how well the papers would measure."""

from __future__ import annotations

import argparse
from pathlib import Path

from academy.cli.checks import known_paper
from academy.cli.common import positive, syllabus_of


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
    known_paper(options.course, options.paper)
    syllabus = syllabus_of(options.course)
    from academy.exam.tables import text_table

    if options.simulate:
        _simulate(options, syllabus, text_table)
        return
    from academy.exam.blueprint import blueprint, paper_items

    found = paper_items(options.course, options.paper)
    table = blueprint(found, syllabus).reset_index()
    print(text_table(table.to_dict("records")))


def _simulate(options: argparse.Namespace, syllabus, text_table) -> None:
    from tqdm import tqdm

    from academy.measurement.page import write_page
    from academy.measurement.roles import forms_of_role
    from academy.measurement.study import STAGES, study
    from academy.measurement.telling import form_rows, pair_rows, sentences, target_rows

    role = forms_of_role(options.course.resolve(), syllabus, options.paper)
    notes = [role.blueprint.sentence()]
    if role.planned:
        notes.append(f"{'、'.join(role.planned)} 还没有照这张细目表写好，按细目表模拟。")
    with tqdm(total=len(STAGES), unit="步", ncols=80, disable=None) as bar:

        def progress(stage: str) -> None:
            bar.set_description(stage)
            bar.update()

        found = study(
            role.forms,
            role.chapters,
            cut=syllabus.pass_points,
            limit=syllabus.minutes,
            size=options.learners,
            seed=options.seed,
            shown=[one.name for one in role.forms].index(options.paper),
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
    for table in (target_rows(found), forms, pair_rows(found)):
        print(f"\n{text_table(table)}")
    print()
    for line in sentences(found, options.paper):
        print(line)
    where = options.to or options.course.resolve() / "results"
    print(f"已写 {write_page(found, options.paper, notes, where)}")

"""How do ``nbgrader autograde``, formgrader and feedback use the referee?  Two lines of config.

::

    from academy.grading.desk.nbgrader_steps import use_referee
    use_referee(c)
"""

from __future__ import annotations

import contextlib
import weakref
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor
from traitlets import List
from traitlets.config import Config

from academy.grading.desk.desk import open_desk
from academy.grading.desk.graded_folder import MARKER, read_marker
from academy.grading.desk.handed_in import submitted_at
from academy.grading.desk.machine import require_containment, require_platform
from academy.grading.desk.settings import read_settings
from academy.grading.errors import GradingError, RefereeError
from academy.grading.referee.verdicts import told_to_learner
from academy.grading.work.record import GradedRecord, Rejected

__all__ = ["GradeWithReferee", "HideTests", "put_time_right", "use_referee", "verdict_text"]

VERDICTS = {
    "passed": "通过",
    "failed": "没有通过",
    "partial": "部分得分",
    "not_attempted": "没有答案",
    "error": "运行出错",
    "died": "程序中途退出",
    "timeout": "运行超时",
    "unreadable": "答案读不出来",
}
NOT_SHOWN = "（考卷的反馈不显示评分格之后的输出。）\n"


def use_referee(c: Config) -> None:
    """Let ``nbgrader autograde`` and formgrader grade with the referee; for nbgrader_config.py."""
    steps = __name__
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.ClearOutput"]
    c.Autograde.autograde_preprocessors = [f"{steps}.GradeWithReferee"]
    c.Autograde.pre_convert_hook = f"{steps}.put_time_right"
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        f"{steps}.HideTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    # feedback copies what is not ignored
    c.CourseDirectory.ignore.append(MARKER)


def put_time_right(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put an unreadable ``timestamp.txt`` aside before nbgrader stumbles over it."""
    for folder in {Path(notebook).parent for notebook in notebooks}:
        submitted_at(folder)


class GradeWithReferee(NbGraderPreprocessor):
    """Takes the place of Execute, SaveAutoGrades and AssignLatePenalties.

    The referee grades the submission as a whole, from ``submitted/``; each notebook that nbgrader
    comes with gets its part. The gradebook is written with the last one.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """The notebook as graded."""
        names = resources["nbgrader"]
        student, notebook = names["student"], names["notebook"]
        converter: BaseConverter = self.parent.parent
        over = True
        try:
            command = _Command.of(converter, names["assignment"])
            graded = command.desk.graded_notebook(command.record(student), notebook)
            over = Path(converter.notebooks[-1]).stem == notebook
            if over:
                for flag in command.keep(student)["flags"]:
                    self.log.warning("%s: %s", student, flag)
        except (Rejected, GradingError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from None
        finally:
            if over:
                _Command.end_after(converter, student)
        return nbformat.from_dict(graded), resources


class _Command:
    """An assignment's desk and warm grader, for the time that one nbgrader command runs."""

    def __init__(self, converter: BaseConverter, assignment: str) -> None:
        require_platform()
        # imported late: nbgrader_config.py is read on machines that can't grade, too
        from academy.grading.referee.grader import Grader

        self._open = contextlib.ExitStack()
        try:
            desk = open_desk(converter.coursedir, converter.config, assignment)
            self.desk = self._open.enter_context(desk)
            require_containment(self.desk.settings)
            work = self.desk.work
            self._grader = self._open.enter_context(
                Grader(work.assignment, work.plan, work.limits, work.require)
            )
        except RefereeError as error:
            self._open.close()
            raise GradingError(str(error)) from None
        except BaseException:
            self._open.close()
            raise
        for note in self.desk.work.plan.notes:
            converter.log.info("%s", note)
        # held from a learner's first notebook to the last one
        self._held = self._open.enter_context(contextlib.ExitStack())
        self._graded: tuple[str, Any, Any, GradedRecord] | None = None
        self.close = weakref.finalize(converter, self._open.close)

    @classmethod
    def of(cls, converter: BaseConverter, assignment: str) -> _Command:
        """The converter's command for the assignment."""
        command = _commands.get(converter)
        if command is None or command.desk.assignment.name != assignment or not command.close.alive:
            if command is not None:
                command.close()
            command = _commands[converter] = cls(converter, assignment)
        return command

    @staticmethod
    def end_after(converter: BaseConverter, student: str) -> None:
        """End the command if this was nbgrader's last submission."""
        command = _commands.get(converter)
        if command is not None and command.desk.submitted(student) == Path(
            max(converter.assignments)
        ):
            command.close()

    def record(self, student: str) -> GradedRecord:
        """The learner's record; graded with the first of the notebooks."""
        if self._graded is None or self._graded[0] != student:
            self._graded = None
            self._held.close()
            self.desk.require_submission(student)
            self._held.enter_context(self.desk.alone_with(student))
            case = self.desk.case(student)
            job = self.desk.job(case)
            try:
                record = self._grader.grade(job.submission, job.seat)
            except RefereeError as error:
                raise GradingError(str(error)) from None
            self._graded = (student, case, job, record)
        return self._graded[3]

    def keep(self, student: str) -> dict[str, Any]:
        """Write the learner's record down; nbgrader may then write its notebook once more."""
        assert self._graded is not None
        _, case, job, record = self._graded
        self._graded = None
        with self._held:
            marker = self.desk.keep(case, job, record)
            for notebook in record.notebooks:
                (self.desk.folder(student) / f"{notebook.name}.ipynb").chmod(0o644)
        return marker


_commands: weakref.WeakKeyDictionary[BaseConverter, _Command] = weakref.WeakKeyDictionary()


class HideTests(NbGraderPreprocessor):
    """Feedback with verdict, points and message in the place of hidden tests and their output.

    What stands behind the first test cell shows no output: a function can print there what a
    hidden test has called it with.

    Works on the assignments that ``c.Referee.hide_tests`` names.
    """

    # the HTML exporter sets it for all its steps; GetGrades takes it likewise
    display_data_priority = List().tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """The notebook without what the learner must not see."""
        names = resources["nbgrader"]
        if not read_settings(self.config).hides_tests(names["assignment"]):
            return nb, resources
        coursedir = self.parent.parent.coursedir
        folder = Path(
            coursedir.format_path(
                coursedir.autograded_directory, names["student"], names["assignment"]
            )
        )
        marker = read_marker(folder) or {"notebooks": {}}
        found = {cell["grade_id"]: cell for cell in marker["notebooks"].get(names["notebook"], [])}
        take_out = (
            ClearHiddenTests(config=Config(ClearHiddenTests=self.config.ClearHiddenTests)),
            ClearMarkScheme(config=Config(ClearMarkScheme=self.config.ClearMarkScheme)),
        )
        tested = False
        for cell in nb.cells:
            before = cell.source
            take_out[0]._remove_hidden_test_region(cell)
            take_out[1]._remove_mark_scheme_region(cell)
            if cell.cell_type != "code":
                continue
            if utils.is_grade(cell) and not utils.is_solution(cell):
                text = verdict_text(cell.metadata.nbgrader, found)
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
                tested = True
            elif cell.source != before:
                cell.outputs = []
            elif tested and cell.outputs:
                # a tested function can have kept what it was called with
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=NOT_SHOWN)]
        return nb, resources


def verdict_text(nbgrader: NotebookNode, found: dict[str, dict[str, Any]]) -> str:
    """What a learner is told about a test cell: verdict, points and the referee's own message."""
    score, points = float(nbgrader.get("score", 0)), float(nbgrader["points"])
    cell = found.get(nbgrader["grade_id"])
    if cell is None:
        verdict = "passed" if score >= points else "partial" if score > 0 else "failed"
        cell = {"verdict": verdict, "message": ""}
    message = told_to_learner(cell["verdict"], cell["message"])
    where = "（同室评的）" if cell.get("same_room") else ""
    return f"{VERDICTS[cell['verdict']]}，{score:g} / {points:g} 分{where}。{message}\n"

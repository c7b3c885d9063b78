"""What is each learner told after an examination?  Points and directions, no answers.  Only reads."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from academy.course import Course
from academy.exam.points import cell_points
from academy.exam.resit import Candidate
from academy.exam.results import Results
from academy.exam.verdict import PASSED
from academy.grading.desk.graded_folder import read_marker
from academy.grading.referee.verdicts import told_to_learner
from academy.syllabus import Syllabus

__all__ = ["Feedback", "Question", "Topic", "read_feedback"]

NAMED_IN = {"answered", "expect"}
# a lesson on more topics than these is a review: it is no place to go back to
FEW_TOPICS = 3
SENTENCES = {
    "passed": "答对了。",
    "partial": "得到部分分数。",
    "failed": "没有答对。",
    "not_attempted": "没有作答。",
    "error": "答案没有得出来：运行出错。",
    "died": "答案没有得出来：程序中途退出。",
    "timeout": "答案没有得出来：运行超时。",
    "unreadable": "答案读不出来。",
}
BY_HAND = "人工复核给分。"
ROOM = "（同室评的：测试与作答在同一个进程里。）"


@dataclass(frozen=True)
class Question:
    """One graded cell: its name on the paper, points, and one sentence."""

    label: str
    topic: str
    points: float
    maximum: float
    sentence: str


@dataclass(frozen=True)
class Topic:
    """Points of one topic, and the lessons to go back to where they are few."""

    title: str
    points: float
    maximum: float
    lessons: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the points earned."""
        return self.points / self.maximum if self.maximum else 0.0


@dataclass(frozen=True)
class Feedback:
    """What one learner is told.

    Attributes
    ----------
    title : of the paper, as on its first page.
    result : 合格 or 不合格.
    pass_points : needed in this paper.
    handed_in : Chinese time, or empty.
    following : what comes next for who has not passed, or empty.
    """

    number: str
    name: str
    title: str
    cohort: str
    points: float
    maximum: float
    pass_points: float
    result: str
    handed_in: str
    following: str
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]

    @property
    def passed(self) -> bool:
        """Whether the points are enough."""
        return self.result == PASSED


def read_feedback(course: Course, results: Results, syllabus: Syllabus) -> list[Feedback]:
    """The feedback of everybody whose points count in a sitting, in the order of the numbers.

    Parameters
    ----------
    results : of the sitting (`academy.exam.results.read_results`): points and verdicts are its.

    Raises
    ------
    CourseError
        The gradebook can't be read.
    """
    paper = results.sitting.paper
    notebook = nbformat.read(course.folder("source", paper) / f"{paper}.ipynb", as_version=4)
    labels, title = _labels(notebook), _title(notebook) or paper
    points: dict[str, dict[str, float]] = {}
    for number, item, earned in cell_points(course, paper):
        points.setdefault(number, {})[item] = earned
    lessons = _lessons(course.root, paper, syllabus)
    candidates = {one.learner.number: one for one in results.resits}
    found = []
    for row in results.graded.to_dict("records"):
        number = row["学号"]
        marker = read_marker(course.folder("autograded", paper, number)) or {"notebooks": {}}
        said = {cell["grade_id"]: cell for cells in marker["notebooks"].values() for cell in cells}
        questions = tuple(
            _question(item, labels, points[number], said.get(item["题"]))
            for item in results.items.to_dict("records")
        )
        found.append(
            Feedback(
                number=number,
                name=row["姓名"],
                title=title,
                cohort=results.sitting.cohort,
                points=row["得分"],
                maximum=row["满分"],
                pass_points=results.pass_points,
                result=row["结果"],
                handed_in=row["交卷时间"],
                following=_following(candidates.get(number)),
                topics=tuple(_topics(results, questions, lessons)),
                questions=questions,
            )
        )
    return found


def _question(
    item: dict[str, Any],
    labels: dict[str, str],
    points: dict[str, float],
    said: dict[str, Any] | None,
) -> Question:
    earned, maximum = points.get(item["题"], 0.0), item["满分"]
    return Question(
        label=labels.get(item["题"], item["题"]),
        topic=item["主题"],
        points=earned,
        maximum=maximum,
        sentence=_sentence(earned, maximum, said),
    )


def _sentence(earned: float, maximum: float, said: dict[str, Any] | None) -> str:
    """One sentence that neither a right answer nor a hidden test can be read from."""
    if said is None or abs(said["score"] - earned) > 1e-9:
        # graded or changed by a person: what the referee said no longer explains the points
        plain = "passed" if earned >= maximum else "partial" if earned > 0 else "failed"
        return SENTENCES[plain] if said is None else BY_HAND
    told = told_to_learner(said["verdict"], said["message"])
    if not told or said["verdict"] == "not_attempted":
        told = SENTENCES[said["verdict"]]
    return told + (ROOM if said.get("same_room") else "")


def _topics(results: Results, questions: tuple[Question, ...], lessons: dict[str, tuple[str, ...]]):
    for topic, maximum in results.topic_max.items():
        points = sum(one.points for one in questions if one.topic == topic)
        few = not results.mark.passes(points, maximum)
        yield Topic(
            title=results.titles[topic],
            points=points,
            maximum=maximum,
            lessons=lessons.get(topic, ()) if few else (),
        )


def _following(candidate: Candidate | None) -> str:
    """What comes next, in the learner's words; empty for who has passed or is at it already."""
    if candidate is None or candidate.attempts.pending is not None:
        return ""
    if candidate.paper is None:
        return "没有补考的机会了，有疑问请问考务"
    return f"可以参加第 {len(candidate.attempts.counting)} 次补考"


def _labels(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """What each graded cell is called in front of the learner: 「第 3 题 a」."""
    labels = {}
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if not nbgrader.get("grade") or cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMED_IN:
                what = next((word.value for word in node.keywords if word.arg == "what"), None)
                if isinstance(what, ast.Constant):
                    labels.setdefault(nbgrader["grade_id"], str(what.value))
    return labels


def _title(notebook: nbformat.NotebookNode) -> str:
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    heading = re.search(r"^# +(.+)$", first, re.MULTILINE)
    return heading[1].strip() if heading else ""


def _lessons(root: Path, paper: str, syllabus: Syllabus) -> dict[str, tuple[str, ...]]:
    """The titles of the lessons that teach a topic, by topic."""
    role = syllabus.role_of(paper)
    found: dict[str, tuple[str, ...]] = {}
    for name, topics in (role.lessons if role else {}).items():
        path = root / "course" / f"{name}.ipynb"
        if len(topics) > FEW_TOPICS or not path.exists():
            continue
        title = _title(nbformat.read(path, as_version=4))
        for topic in topics:
            found[topic] = (*found.get(topic, ()), title)
    return found

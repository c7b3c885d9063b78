"""Who passed?  Scores against the pass mark, points by topic, and how the items did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
from nbgrader.api import Grade, GradeCell, MissingEntry, SubmittedNotebook

from academy.course import TIMEZONE, Course
from academy.exam.blueprint import paper_items
from academy.exam.submissions import SubmissionError, prepare
from academy.grading.desk.graded_folder import read_marker, submitted_at
from academy.syllabus import Syllabus

__all__ = ["Results", "read_results"]

PASSED, FAILED, ABSENT, UNGRADED, REJECTED = "合格", "不合格", "未交卷", "待评分", "无法评分"


@dataclass(frozen=True, eq=False)
class Results:
    """Results of one paper.

    Attributes
    ----------
    paper : str
    pass_points : float
    learners : DataFrame
        A row a learner of the roster: 学号 姓名 得分 满分 结果 交卷时间 迟交 说明.
    topics : DataFrame
        Points by learner (index 学号) and topic id.
    topic_max : Series
        Points to be had, by topic id.
    titles : dict of str to str
        Title of each topic.
    items : DataFrame
        A row a graded cell: 题 主题 满分 平均得分 得分率 区分度.
    """

    paper: str
    pass_points: float
    learners: pd.DataFrame
    topics: pd.DataFrame
    topic_max: pd.Series
    titles: dict[str, str]
    items: pd.DataFrame

    @property
    def graded(self) -> pd.DataFrame:
        """The learners with a score."""
        return self.learners[self.learners["得分"].notna()]

    def topic_rates(self) -> pd.Series:
        """Mean share of the points earned, by topic, of the graded learners."""
        return self.topics.loc[self.graded["学号"]].mean() / self.topic_max

    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        counts = self.learners["结果"].value_counts()
        parts = [
            f"{name} {counts[name]} 人"
            for name in (PASSED, FAILED, ABSENT, UNGRADED, REJECTED)
            if name in counts
        ]
        mean = f"，平均 {self.graded['得分'].mean():.1f} 分" if len(self.graded) else ""
        return f"{self.paper}：{len(self.learners)} 人，{'、'.join(parts)}{mean}（{self.pass_points:g} 分合格）。"

    def wide(self) -> pd.DataFrame:
        """Learners with their points by topic, as written to files."""
        by_topic = self.topics.rename(columns=lambda topic: f"{topic} {self.titles[topic]}")
        return self.learners.join(by_topic, on="学号")


def read_results(course: Course, paper: str, syllabus: Syllabus) -> Results:
    """Read a paper's results from the gradebook.

    Raises
    ------
    CourseError
        The paper is unknown.
    """
    course.require_paper(paper)
    topic_of = {item.grade_id: item.topic for item in paper_items(course.root, paper)}
    scores = _scores(course, paper)
    maxima = _maxima(course, paper)
    cells = pd.DataFrame(scores, columns=["学号", "题", "得分"]).pivot(
        index="学号", columns="题", values="得分"
    )
    cells = cells.reindex(columns=list(maxima))
    learners = _learners(course, paper, cells, sum(maxima.values()), syllabus.pass_points)
    topics = cells.T.groupby(pd.Series(topic_of)).sum().T
    topic_max = pd.Series(maxima).groupby(pd.Series(topic_of)).sum()
    order = list(dict.fromkeys(topic_of.values()))
    graded = learners.loc[learners["得分"].notna(), "学号"]
    return Results(
        paper=paper,
        pass_points=syllabus.pass_points,
        learners=learners,
        topics=topics.reindex(index=learners["学号"], columns=order),
        topic_max=topic_max.reindex(order),
        titles={topic: syllabus.topic_title(topic) for topic in order},
        items=_items(cells.loc[cells.index.intersection(graded)], maxima, topic_of),
    )


def _scores(course: Course, paper: str) -> list[tuple[str, str, float]]:
    """(learner, graded cell, points) of everything in the gradebook, with one query."""
    with course.gradebook() as gradebook:
        try:
            notebooks = gradebook.assignment_submissions(paper)
        except MissingEntry:
            return []
        if not notebooks:
            return []
        query = (
            gradebook.db.query(Grade, GradeCell.name, SubmittedNotebook)
            .join(GradeCell, GradeCell.id == Grade.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        )
        wanted = {submission.id: submission.student.id for submission in notebooks}
        return [
            (wanted[notebook.assignment_id], name, grade.score)
            for grade, name, notebook in query
            if notebook.assignment_id in wanted
        ]


def _maxima(course: Course, paper: str) -> dict[str, float]:
    with course.gradebook() as gradebook:
        try:
            cells = gradebook.find_notebook(paper, paper).grade_cells
        except MissingEntry:
            return {item.grade_id: item.points for item in paper_items(course.root, paper)}
        points = {cell.name: cell.max_score for cell in cells}
    return {item.grade_id: points[item.grade_id] for item in paper_items(course.root, paper)}


def _learners(
    course: Course, paper: str, cells: pd.DataFrame, maximum: float, pass_points: float
) -> pd.DataFrame:
    due = course.due(paper)
    rows = []
    with course.gradebook() as gradebook:
        enrolled = sorted((student.id, student.last_name or "") for student in gradebook.students)
    for number, name in enrolled:
        score, verdict, note = _verdict(course, paper, number, cells, pass_points)
        at = _submitted_at(course, paper, number)
        rows.append(
            {
                "学号": number,
                "姓名": name,
                "得分": score,
                "满分": maximum,
                "结果": verdict,
                "交卷时间": at.strftime("%Y-%m-%d %H:%M:%S") if at else "",
                "迟交": "迟交" if at and due and at > due else "",
                "说明": note,
            }
        )
    return pd.DataFrame(
        rows, columns=["学号", "姓名", "得分", "满分", "结果", "交卷时间", "迟交", "说明"]
    )


def _verdict(
    course: Course, paper: str, number: str, cells: pd.DataFrame, pass_points: float
) -> tuple[float | None, str, str]:
    if not course.folder("submitted", paper, number).exists():
        return None, ABSENT, ""
    graded = course.folder("autograded", paper, number)
    if (graded / f"{paper}.ipynb").exists() and number in cells.index:
        score = float(cells.loc[number].sum())
        marker = read_marker(graded)
        note = "不是裁判评的" if marker is None else "".join(marker["flags"])
        return score, PASSED if score >= pass_points else FAILED, note
    try:
        prepare(course, paper, number)
    except SubmissionError as error:
        return None, REJECTED, str(error)
    return None, UNGRADED, f"请运行 ccom grade {paper}"


def _submitted_at(course: Course, paper: str, number: str) -> datetime | None:
    at, _ = submitted_at(course.folder("submitted", paper, number))
    if at is None:
        return None
    return at.replace(tzinfo=at.tzinfo or ZoneInfo("UTC")).astimezone(TIMEZONE)


def _items(cells: pd.DataFrame, maxima: dict[str, float], topic_of: dict[str, str]) -> pd.DataFrame:
    """Share of points earned, and correlation with the rest of the paper (corrected item-total)."""
    total = cells.sum(axis=1)
    rows = []
    for name, maximum in maxima.items():
        rest = total - cells[name]
        varies = len(cells) > 2 and cells[name].nunique() > 1 and rest.nunique() > 1
        rows.append(
            {
                "题": name,
                "主题": topic_of[name],
                "满分": maximum,
                "平均得分": cells[name].mean(),
                "得分率": cells[name].mean() / maximum,
                "区分度": cells[name].corr(rest) if varies else None,
            }
        )
    return pd.DataFrame(rows)

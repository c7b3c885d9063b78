"""How did a sitting go?  Results, attempts, changes, and how topics and items did.  Only reads."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from academy.clock import shown
from academy.course import Course
from academy.exam.attempts import Attempts, papers_of_role, read_attempts
from academy.exam.blueprint import paper_items
from academy.exam.handins.overview import Aside, inspect
from academy.exam.history import Change, changes
from academy.exam.journal import entries
from academy.exam.points import cell_points, maxima, totals
from academy.exam.resit import Candidate, candidates
from academy.exam.sitting import Sitting, open_sitting
from academy.exam.standing import RESULTS, WITHDRAWN, Standing, standings
from academy.exam.tables import attempts_text
from academy.exam.verdict import PASSED, PassMark
from academy.measurement.evidence import Evidence, evidence, item_verdicts
from academy.measurement.forms import question_of
from academy.syllabus import Syllabus

__all__ = ["Results", "read_results"]

LATE = "迟交"
OPEN = "未合格"  # over all attempts up to now
COLUMNS = (
    "学号", "姓名", "得分", "满分", "结果", "交卷时间", "截止", LATE, "各次考试", "最好", "总评",
    "补考", "成绩变动", "说明",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Results:
    """Results of one sitting.

    Attributes
    ----------
    sitting : Sitting
    mark : PassMark
    maximum : float
        Points to be had.
    learners : DataFrame
        A row a learner of the roster, with the columns `COLUMNS`; the withdrawn too.
    topics : DataFrame
        Points by learner (index 学号) and topic id.
    topic_max : Series
        Points to be had, by topic id.
    titles : dict of str to str
        Title of each topic.
    items : DataFrame
        A row a graded cell: 题 主题 满分 平均得分 得分率 区分度 判断.
    measured : Evidence or str
        How well the paper measured these learners; one sentence where that can't be told.
    resits : list of Candidate
        Who has not passed yet, and what comes next.
    changes : list of Change
        Re-grades, oldest first.
    set_aside : tuple of Aside
        What came in and does not count, each once; what is open first.
    """

    sitting: Sitting
    mark: PassMark
    maximum: float
    learners: pd.DataFrame
    topics: pd.DataFrame
    topic_max: pd.Series
    titles: dict[str, str]
    items: pd.DataFrame
    measured: Evidence | str
    resits: list[Candidate]
    changes: list[Change]
    set_aside: tuple[Aside, ...]

    @property
    def pass_points(self) -> float:
        """Points needed in this paper."""
        return self.mark.needed(self.maximum)

    @property
    def graded(self) -> pd.DataFrame:
        """The learners whose points count."""
        return self.learners[self.learners["得分"].notna()]

    def of_result(self, *wanted: str) -> pd.DataFrame:
        """The learners with one of the results."""
        return self.learners[self.learners["结果"].isin(wanted)]

    @property
    def late(self) -> pd.DataFrame:
        """The learners whose hand-in came late."""
        return self.learners[self.learners[LATE] == LATE]

    def topic_rates(self) -> pd.Series:
        """Mean share of the points earned, by topic, of the learners whose points count."""
        return self.topics.loc[self.graded["学号"]].mean() / self.topic_max

    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        counts = self.learners["结果"].value_counts()
        parts = [f"{name} {counts[name]} 人" for name in RESULTS if name in counts]
        taking_part = len(self.learners) - counts.get(WITHDRAWN, 0)
        mean = f"，平均 {self.graded['得分'].mean():.1f} 分" if len(self.graded) else ""
        late = f"，迟交 {len(self.late)} 人" if len(self.late) else ""
        return (
            f"{self.sitting.name}：{taking_part} 人应考，{'、'.join(parts)}{late}{mean}"
            f"（{self.pass_points:g} 分合格）。"
        )

    def quality(self) -> list[str]:
        """How well the paper measured, in Chinese sentences."""
        return [self.measured] if isinstance(self.measured, str) else self.measured.sentences()

    def wide(self) -> pd.DataFrame:
        """Learners with their points by topic, as written to files."""
        by_topic = self.topics.rename(columns=lambda topic: f"{topic} {self.titles[topic]}")
        return self.learners.join(by_topic, on="学号")


def read_results(course: Course, name: str, syllabus: Syllabus, mark: PassMark) -> Results:
    """Read the results of a sitting from the gradebook and the sitting's log.

    Parameters
    ----------
    name : the sitting; or its paper, where the paper has only one.

    Raises
    ------
    CourseError
        There is no such sitting, or a file can't be read.
    """
    sitting = open_sitting(course.root, name)
    paper = sitting.paper
    found_items = paper_items(course.root, paper)
    topic_of = {item.grade_id: item.topic for item in found_items}
    question = {item.grade_id: question_of(item.answer_id) for item in found_items}
    known = maxima(course, paper)
    item_max = {item: known[item] for item in topic_of if item in known}
    maximum = sum(item_max.values())
    log = entries(course.root, sitting.name)
    found = standings(course, sitting, maximum, mark)
    counting = [number for number, one in found.items() if one.points is not None]
    history = changes(log, totals(course, paper, list(found)))
    attempts = read_attempts(course, papers_of_role(syllabus, paper), mark)
    resits = candidates(course, sitting, syllabus, mark)
    cells = pd.DataFrame(cell_points(course, paper), columns=["学号", "题", "得分"])
    cells = cells.pivot(index="学号", columns="题", values="得分")
    cells = cells.reindex(index=pd.Index(counting, name="学号"), columns=list(item_max))
    topics = cells.T.groupby(pd.Series(topic_of)).sum().T
    order = list(dict.fromkeys(topic_of.values()))
    return Results(
        sitting=sitting,
        mark=mark,
        maximum=maximum,
        learners=_learners(sitting, maximum, found, attempts, resits, history),
        topics=topics.reindex(index=pd.Index(list(found), name="学号"), columns=order),
        topic_max=pd.Series(item_max).groupby(pd.Series(topic_of)).sum().reindex(order),
        titles={topic: syllabus.topic_title(topic) for topic in order},
        items=_items(cells, item_max, topic_of),
        measured=evidence(cells, item_max, question, mark.needed(maximum)),
        resits=resits,
        changes=history,
        set_aside=inspect(course, sitting).aside,
    )


def _learners(
    sitting: Sitting,
    maximum: float,
    found: dict[str, Standing],
    attempts: dict[str, Attempts],
    resits: list[Candidate],
    history: list[Change],
) -> pd.DataFrame:
    following = {
        one.learner.number: one.paper or f"不能：{one.reason}"
        for one in resits
        if one.attempts.pending is None  # what comes next is open as long as points are
    }
    rows = []
    for number in sorted(found):
        standing, own = found[number], attempts[number]
        due = sitting.due(number)
        moved = [str(change) for change in history if change.number == number and change.moved]
        rows.append(
            {
                "学号": number,
                "姓名": standing.learner.name,
                "得分": standing.points,
                "满分": maximum,
                "结果": standing.result,
                "交卷时间": shown(standing.handed_in, seconds=True),
                "截止": shown(due) if due != sitting.due() else "",
                LATE: LATE if standing.late else "",
                "各次考试": attempts_text(own) if len(own.all) > 1 else "",
                "最好": own.best.points if own.best else None,
                "总评": PASSED if own.passed else OPEN if own.best else "",
                "补考": following.get(number, ""),
                "成绩变动": "；".join(moved),
                "说明": standing.note,
            }
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"得分": float, "最好": float})


def _items(cells: pd.DataFrame, maxima: dict[str, float], topic_of: dict[str, str]) -> pd.DataFrame:
    """Share of points earned, and correlation with the rest of the paper (corrected item-total)."""
    rows = []
    for (name, maximum), verdict in zip(maxima.items(), item_verdicts(cells, maxima), strict=True):
        rest = cells.drop(columns=name).sum(axis=1)
        rows.append(
            {
                "题": name,
                "主题": topic_of[name],
                "满分": maximum,
                "平均得分": cells[name].mean(),
                "得分率": cells[name].mean() / maximum,
                # of two learners it is always 1 or -1
                "区分度": cells[name].corr(rest, min_periods=3),
                "判断": verdict,
            }
        )
    return pd.DataFrame(rows)

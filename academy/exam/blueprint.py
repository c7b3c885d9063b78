"""Which topic is examined at which level, for how many points and minutes?  (双向细目表)"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from academy.course import CourseError
from academy.papers import LEVELS, Item, items
from academy.syllabus import Syllabus

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["blueprint", "paper_items"]


def paper_items(root: Path, paper: str) -> list[Item]:
    """The graded cells of a paper in source/.

    Raises
    ------
    CourseError
        There is no such paper.
    """
    path = root / "source" / paper / f"{paper}.ipynb"
    if not path.exists():
        raise CourseError(
            f"没有试卷 {paper!r}：source/ 里没有，请核对试卷名，或运行 ccom notebooks。"
        )
    return items(nbformat.read(path, as_version=4), path)


def blueprint(found: list[Item], syllabus: Syllabus) -> pd.DataFrame:
    """Topic x level with points; points, minutes and data points in total at the right.

    Parameters
    ----------
    found : the paper's graded cells.
    syllabus : gives the titles and the order of the topics.

    Returns
    -------
    DataFrame
        A row a topic and a row 合计; columns 主题, the four levels, 分值, 分钟, 数据题分值.
    """
    # here: grading makes no blueprint, and should not wait for it
    import pandas as pd

    table = pd.DataFrame([vars(item) for item in found])
    table["数据题分值"] = table["points"].where(table["data"], 0.0)
    points = table.pivot_table("points", "topic", "level", "sum", fill_value=0.0)
    points = points.reindex(columns=list(LEVELS), fill_value=0.0).rename(columns=LEVELS)
    totals = table.groupby("topic")[["points", "minutes", "数据题分值"]].sum()
    totals = totals.rename(columns={"points": "分值", "minutes": "分钟"})
    order = [topic for topic in _order(syllabus) if topic in points.index]
    order += sorted(set(points.index) - set(order))
    wide = points.join(totals).loc[order]
    wide.loc["合计"] = wide.sum()
    wide.insert(0, "主题", [syllabus.topic_title(topic) for topic in wide.index])
    wide.loc["合计", "主题"] = "合计"
    return wide.rename_axis(index="编号", columns=None)


def _order(syllabus: Syllabus) -> list[str]:
    seen: dict[str, None] = {}
    for role in syllabus.roles.values():
        seen.update(dict.fromkeys(role.topics))
    return list(seen)

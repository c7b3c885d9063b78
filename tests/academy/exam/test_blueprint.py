"""academy.exam.blueprint：双向细目表由卷子的格子算出来；行列与合计都对得上。"""

import pytest

from academy.course import CourseError
from academy.exam.blueprint import blueprint, paper_items
from academy.exam.verdict import terms
from academy.papers import Item


def _item(grade_id, topic, level, points, minutes, data=False):
    known = {
        "grade_id": grade_id,
        "answer_id": grade_id,
        "topic": topic,
        "level": level,
        "kind": "data",
        "steps": 1,
    }
    return Item(**known, points=float(points), minutes=float(minutes), data=data)


@pytest.fixture(scope="module")
def syllabus(built_course):
    return terms(built_course)[0]


def test_points_stand_at_topic_and_level_and_add_up_by_hand(syllabus):
    table = blueprint(
        [
            _item("a", "wfmp.2.workload", "apply", 10, 5, data=True),
            _item("b", "wfmp.2.workload", "apply", 6, 3),
            _item("c", "wfmp.2.workload", "analyse", 4, 2, data=True),
            _item("d", "c1.history", "remember", 80, 70),
        ],
        syllabus,
    )

    assert list(table.columns) == [
        "主题", "识记", "理解", "应用", "分析", "分值", "分钟", "数据题分值",
    ]  # fmt: skip
    assert table.loc["c1.history"].tolist() == ["CCOM的历史发展", 80, 0, 0, 0, 80, 70, 0]
    assert table.loc["wfmp.2.workload"].tolist() == ["业务量预测", 0, 0, 16, 4, 20, 10, 14]
    assert table.loc["合计"].tolist() == ["合计", 80, 0, 16, 4, 100, 80, 14]


def test_topics_come_in_the_syllabuss_order_and_unknown_ones_last(syllabus):
    order = ["zz.unknown", "wfmp.3.criteria", "c1.framework", "c1.history"]

    table = blueprint([_item(name, name, "apply", 1, 1) for name in order], syllabus)

    assert list(table.index) == [
        "c1.history",
        "c1.framework",
        "wfmp.3.criteria",
        "zz.unknown",
        "合计",
    ]
    assert table.loc["zz.unknown", "主题"] == "zz.unknown"


def test_items_come_from_the_source_with_their_place_in_the_blueprint(built_course):
    assert [
        (one.topic, one.level, one.points, one.minutes, one.data)
        for one in paper_items(built_course, "px")
    ] == [
        ("c1.history", "remember", 40, 2, False),
        ("wfmp.2.workload", "apply", 60, 5, True),
    ]
    with pytest.raises(CourseError, match=r"没有试卷 'py'：source/ 里没有"):
        paper_items(built_course, "py")

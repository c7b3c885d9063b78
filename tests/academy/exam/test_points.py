"""academy.exam.points：成绩册里站着什么分；只读，没有成绩册也不造一本。"""

import pytest
from sqlalchemy.exc import OperationalError

from academy.course import CourseError
from academy.exam import points
from academy.exam.points import (
    cell_points,
    gradebook_numbers,
    maxima,
    submitted_numbers,
    totals,
)


def test_points_by_cell_and_in_total_agree(school, sit, give):
    sit("wfmp-final", "S1", "S2", "S3")
    give("S1", 40, 30.5)
    give("S2", 0, 0)

    assert sorted(cell_points(school, "wfmp-final")) == [
        ("S1", "q1-test", 40),
        ("S1", "q2-test", 30.5),
        ("S2", "q1-test", 0),
        ("S2", "q2-test", 0),
    ]
    assert totals(school, "wfmp-final") == {"S1": 70.5, "S2": 0}
    assert totals(school, "wfmp-final", ["S2", "S3"]) == {"S2": 0}


def test_papers_do_not_mix(school, sit, give):
    sit("wfmp-final", "S1")
    sit("wfmp-resit1", "S1")
    give("S1", 10, 0)
    give("S1", 40, 60, "wfmp-resit1")

    assert totals(school, "wfmp-final") == {"S1": 10}
    assert totals(school, "wfmp-resit1") == {"S1": 100}
    assert len(cell_points(school, "wfmp-final")) == 2


def test_maxima_are_the_gradebooks_and_the_masters_where_it_knows_none(school, fresh):
    assert maxima(school, "wfmp-final") == {"q1-test": 40, "q2-test": 60}
    assert not (fresh.root / "gradebook.db").exists()
    assert maxima(fresh, "px") == {"q1-test": 40, "q2-test": 60}
    with pytest.raises(CourseError, match="没有试卷 'py'"):
        maxima(fresh, "py")


def test_extra_credit_and_points_by_hand_count(school, sit, give):
    sit("wfmp-final", "S1")
    give("S1", 40, 20)
    with school.gradebook() as gradebook:
        grade = gradebook.find_grade("q2-test", "wfmp-final", "wfmp-final", "S1")
        grade.auto_score, grade.extra_credit = 60, 5
        gradebook.db.commit()

    assert totals(school, "wfmp-final") == {"S1": 65}


def test_who_is_there_and_who_has_handed_in_anything(school, sit, give):
    sit("wfmp-final", "S1", "S2")
    give("S1", 1, 1)

    assert gradebook_numbers(school) == {"S1", "S2"}
    assert submitted_numbers(school, ["S1", "S2", "S9"]) == {"S1"}
    assert submitted_numbers(school, []) == set()


def test_course_without_a_gradebook_has_no_points_and_gets_no_gradebook(fresh):
    assert totals(fresh, "px") == {}
    assert cell_points(fresh, "px") == []
    assert gradebook_numbers(fresh) == set()
    assert not (fresh.root / "gradebook.db").exists()


def test_reading_cannot_write(school, sit):
    sit("wfmp-final", "S1")

    with (
        pytest.raises(CourseError, match="成绩册读不出来（attempt to write a readonly database）"),
        points._reading(school) as session,
    ):
        session.connection().exec_driver_sql("DELETE FROM student")
    assert gradebook_numbers(school) == {"S1"}


def test_damaged_gradebook_is_named(school):
    (school.root / "gradebook.db").write_bytes(b"")

    with pytest.raises(CourseError, match="成绩册读不出来（no such table: student）") as caught:
        gradebook_numbers(school)
    assert isinstance(caught.value.__cause__, OperationalError)

"""academy.exam.sitting：一份试卷、一期、一个开考时间；每人的截止与迟交到秒不差。"""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from academy.errors import CourseError
from academy.exam.enrolment import add_minutes, make_sitting, withdraw
from academy.exam.roster import Learner
from academy.exam.sitting import (
    graded_paper,
    open_sitting,
    sitting_name,
    sitting_of,
    sittings,
    write_sitting,
)

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
TWO = [Learner("S1", "王敏"), Learner("S2", "李静")]


def _made(root, paper="px", cohort="2025-07", learners=TWO, start=START, minutes=90, at=START):
    return make_sitting(root, paper, cohort, learners, start, minutes, now=lambda: at)[0]


def test_sitting_comes_back_as_it_was_written(tmp_path):
    made = _made(tmp_path)
    withdraw(tmp_path, made.name, "S2", "病假", who="考务甲", now=lambda: START)
    changed = add_minutes(tmp_path, made.name, 15, "S1")

    assert open_sitting(tmp_path, "px@2025-07") == changed
    assert sittings(tmp_path) == [changed]
    assert changed.learner("S2").withdrawn.why == "病假"
    assert [one.number for one in changed.active] == ["S1"]


def test_due_is_start_and_minutes_and_both_kinds_of_extra(tmp_path):
    _made(tmp_path)
    add_minutes(tmp_path, "px", 10)
    sitting = add_minutes(tmp_path, "px", 5, "S2")

    assert sitting.due() == START + timedelta(minutes=100)
    assert sitting.due("S1") == START + timedelta(minutes=100)
    assert sitting.due("S2") == START + timedelta(minutes=105)
    assert sitting.last_due == START + timedelta(minutes=105)


def test_last_due_does_not_wait_for_the_withdrawn(tmp_path):
    _made(tmp_path)
    add_minutes(tmp_path, "px", 30, "S2")

    assert withdraw(tmp_path, "px", "S2", "病假").last_due == START + timedelta(minutes=90)


def test_without_a_start_nothing_is_due_and_nothing_late(tmp_path):
    sitting = _made(tmp_path, start=None)

    assert sitting.due() is None
    assert sitting.due("S1") is None
    assert sitting.last_due is None
    assert not sitting.is_late("S1", START + timedelta(days=99))


@pytest.mark.parametrize(
    ("seconds", "late"),
    [(-1, False), (0, False), (0.999, False), (1, True), (60, True)],
)
def test_hand_in_within_the_due_second_is_in_time_and_the_next_second_is_late(
    tmp_path, seconds, late
):
    _made(tmp_path)
    sitting = add_minutes(tmp_path, "px", 5, "S2")

    for number in ("S1", "S2"):
        at = sitting.due(number) + timedelta(seconds=seconds)
        assert sitting.is_late(number, at) is late
        assert sitting.is_late(number, at.replace(tzinfo=None)) is late  # nbgrader 的时间没有时区


def test_paper_is_enough_where_it_has_one_sitting_and_several_are_named(tmp_path):
    first = _made(tmp_path)
    other = _made(tmp_path, paper="py")
    assert open_sitting(tmp_path, "px") == first
    assert open_sitting(tmp_path, "py") == other

    _made(tmp_path, cohort="2025-08", at=START + timedelta(days=30))

    with pytest.raises(CourseError, match="px 有 2 个场次：请写明是哪一场，px@2025-07、px@2025-08"):
        open_sitting(tmp_path, "px")
    assert open_sitting(tmp_path, "px@2025-07") == first


def test_unknown_sitting_is_refused_with_the_known_ones_and_what_to_run(tmp_path):
    with pytest.raises(CourseError, match="还没有场次.*ccom release px --roster"):
        open_sitting(tmp_path, "px@2025-07")
    _made(tmp_path)
    with pytest.raises(CourseError, match="没有场次 '../etc'（现有：px@2025-07）"):
        open_sitting(tmp_path, "../etc")


def test_sittings_are_listed_in_the_order_they_were_made(tmp_path):
    _made(tmp_path, cohort="b", at=START)
    _made(tmp_path, cohort="a", at=START + timedelta(days=1))
    _made(tmp_path, paper="py", cohort="c", at=START - timedelta(days=1))

    assert [one.name for one in sittings(tmp_path)] == ["py@c", "px@b", "px@a"]
    assert [one.name for one in sittings(tmp_path, "px")] == ["px@b", "px@a"]


def test_learners_sitting_is_the_one_he_takes_part_in(tmp_path):
    _made(tmp_path, cohort="a", at=START)
    _made(tmp_path, cohort="b", at=START + timedelta(days=1))
    assert sitting_of(tmp_path, "px", "S1").name == "px@b"

    withdraw(tmp_path, "px@b", "S1", "病假")

    assert sitting_of(tmp_path, "px", "S1").name == "px@a"
    withdraw(tmp_path, "px@a", "S1", "病假")
    assert sitting_of(tmp_path, "px", "S1").name == "px@b"  # 哪一场都退了，说最近的
    assert sitting_of(tmp_path, "px", "S9") is None
    assert sitting_of(tmp_path, "py", "S1") is None


def test_learner_outside_the_roster_is_named_with_the_remedy(tmp_path):
    sitting = _made(tmp_path)

    assert sitting.find("S9") is None
    with pytest.raises(CourseError, match="学号 S9 不在场次 px@2025-07.*ccom release px --cohort"):
        sitting.due("S9")


@pytest.mark.parametrize("cohort", ["", ".x", "a/b", "a\\b", "a b", "a@b", "a:b", "a\n", "a*"])
def test_cohort_that_no_folder_can_carry_is_refused(cohort):
    with pytest.raises(CourseError, match="期的名字.*不能用"):
        sitting_name("px", cohort)


def test_cohort_may_be_chinese():
    assert sitting_name("px", "2025年7月-二班") == "px@2025年7月-二班"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"paper": "px"}', '{"learners": [1], "paper": "px"}']
)
def test_damaged_file_is_named(tmp_path, text):
    _made(tmp_path)
    (tmp_path / "sittings/px@2025-07/sitting.json").write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match="sittings/px@2025-07/sitting.json 读不出来"):
        sittings(tmp_path)


def test_only_the_owner_can_look_into_it(tmp_path):
    made = _made(tmp_path)
    write_sitting(tmp_path, replace(made, minutes=60))

    assert (tmp_path / "sittings").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "sittings" / made.name).stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "sittings" / made.name / "sitting.json").stat().st_mode & 0o777 == 0o600


def test_names_stand_in_the_file_as_people_write_them(tmp_path):
    made = _made(tmp_path)

    assert "王敏" in (tmp_path / "sittings" / made.name / "sitting.json").read_text("utf-8")


def test_sitting_and_its_learners_change_only_through_the_store(tmp_path):
    made = _made(tmp_path)
    gone = withdraw(tmp_path, made.name, "S2", "病假").learner("S2")

    for one, field in ((made, "start"), (gone, "number"), (gone.withdrawn, "why")):
        with pytest.raises(FrozenInstanceError):
            setattr(one, field, None)


def test_name_given_to_grading_is_a_sitting_or_a_paper_of_none(tmp_path):
    assert graded_paper(tmp_path, "px") == ("px", None)  # 练习没有场次
    with pytest.raises(CourseError, match="没有场次 'px@a'"):
        graded_paper(tmp_path, "px@a")
    made = _made(tmp_path, cohort="a")

    assert graded_paper(tmp_path, "px@a") == ("px", made)
    assert graded_paper(tmp_path, "px") == ("px", made)
    assert graded_paper(tmp_path, "py") == ("py", None)

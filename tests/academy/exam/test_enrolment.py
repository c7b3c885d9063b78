"""academy.exam.enrolment：场次怎样来、怎样改；每次改动都记下谁、何时、为什么。"""

from datetime import UTC, datetime, timedelta

import pytest

from academy.errors import CourseError
from academy.exam.enrolment import add_minutes, make_sitting, reschedule, restore, withdraw
from academy.exam.journal import entries
from academy.exam.roster import Learner
from academy.exam.sitting import Enrolled, Withdrawal, open_sitting

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
EARLIER = START - timedelta(days=1)
TWO = [Learner("S1", "王敏"), Learner("S2", "李静")]


@pytest.fixture
def root(tmp_path):
    make_sitting(tmp_path, "px", "a", TWO, START, 90, who="甲", now=lambda: EARLIER)
    return tmp_path


def _last(root):
    entry = entries(root, "px@a")[-1]
    return entry.what, entry.who, entry.learner, entry.why, dict(entry.facts)


def test_new_sitting_has_its_terms(root):
    sitting = open_sitting(root, "px@a")

    assert (sitting.paper, sitting.cohort, sitting.minutes) == ("px", "a", 90)
    assert (sitting.start, sitting.made) == (START, EARLIER)
    assert sitting.learners == (Enrolled("S1", "王敏"), Enrolled("S2", "李静"))


def test_second_roster_adds_and_corrects_names_and_takes_nobody_away(root):
    add_minutes(root, "px@a", 10, "S1")
    later = [Learner("S3", "张磊"), Learner("S1", "王敏敏")]

    sitting, added = make_sitting(root, "px", "a", later, START, 90)

    assert added == ["S3"]
    assert [(one.number, one.name, one.extra_minutes) for one in sitting.learners] == [
        ("S1", "王敏敏", 10),
        ("S2", "李静", 0),
        ("S3", "张磊", 0),
    ]
    assert open_sitting(root, "px@a") == sitting
    assert sitting.made == EARLIER
    assert _last(root)[-1] == {"numbers": ["S3"]}


def test_second_roster_with_nobody_new_is_not_an_event(root):
    before = len(entries(root, "px@a"))

    assert make_sitting(root, "px", "a", TWO, None, 90)[1] == []
    assert len(entries(root, "px@a")) == before


def test_start_may_be_left_out_the_second_time_but_not_differ(root):
    assert make_sitting(root, "px", "a", TWO, None, 90)[0].start == START

    with pytest.raises(
        CourseError, match=r"px@a 已经有了，开考时间是 2025-07-18 15:30，不是 2025-07-18 15:31"
    ):
        make_sitting(root, "px", "a", TWO, START + timedelta(minutes=1), 90)


def test_same_start_in_another_zone_is_the_same(root):
    chinese = datetime.fromisoformat("2025-07-18T15:30:00+08:00")

    assert make_sitting(root, "px", "a", TWO, chinese, 90)[0].start == START


def test_sitting_without_a_start_says_so_when_one_is_given_later(tmp_path):
    make_sitting(tmp_path, "px", "a", TWO, None, 90)

    with pytest.raises(CourseError, match="开考时间是 没有定.*ccom sitting start px@a 时间"):
        make_sitting(tmp_path, "px", "a", TWO, START, 90)


def test_withdrawn_learner_is_kept_with_when_who_and_why_and_may_come_back(root):
    sitting = withdraw(root, "px", "S2", " 病假 ", who="乙", now=lambda: START)

    assert sitting.learner("S2").withdrawn == Withdrawal(START, "乙", "病假")
    assert [one.number for one in sitting.active] == ["S1"]
    assert len(sitting.learners) == 2
    assert _last(root) == ("withdrawn", "乙", "S2", "病假", {})

    sitting = restore(root, "px", "S2", why="销假", who="甲", now=lambda: START)

    assert sitting.learner("S2").withdrawn is None
    assert open_sitting(root, "px") == sitting
    assert _last(root) == ("restored", "甲", "S2", "销假", {})


def test_withdrawing_asks_for_a_reason_a_learner_and_once_only(root):
    with pytest.raises(CourseError, match="退出要写明原因"):
        withdraw(root, "px", "S2", "  ")
    with pytest.raises(CourseError, match="学号 S9 不在场次 px@a"):
        withdraw(root, "px", "S9", "病假")
    withdraw(root, "px", "S2", "病假", now=lambda: START)
    with pytest.raises(CourseError, match=r"S2 已经在 2025-07-18 15:30 退出场次 px@a（病假）"):
        withdraw(root, "px", "S2", "又病了")


def test_only_the_withdrawn_come_back_and_only_to_one_sitting_of_a_paper(root):
    with pytest.raises(CourseError, match="S2 没有退出场次 px@a"):
        restore(root, "px", "S2")
    withdraw(root, "px", "S2", "病假")
    make_sitting(root, "px", "b", [TWO[1]], START, 90)

    with pytest.raises(CourseError, match="S2 在场次 px@b 考同一份试卷 px"):
        restore(root, "px@a", "S2")

    withdraw(root, "px@b", "S2", "改回上一期")
    assert restore(root, "px@a", "S2").find("S2").withdrawn is None


def test_minutes_are_given_to_all_or_to_one_and_taken_back_with_nought(root):
    assert add_minutes(root, "px", 10, why="停电", who="乙").extra_minutes == 10
    assert _last(root) == ("extended", "乙", "", "停电", {"minutes": 10})
    sitting = add_minutes(root, "px", 20, "S2", why="手伤")
    assert (sitting.learner("S1").extra_minutes, sitting.learner("S2").extra_minutes) == (0, 20)
    assert _last(root)[2:] == ("S2", "手伤", {"minutes": 20})
    assert open_sitting(root, "px") == sitting

    assert add_minutes(root, "px", 0).extra_minutes == 0


def test_minutes_below_nought_or_without_a_clock_are_refused(tmp_path, root):
    with pytest.raises(CourseError, match="应是 0 或正的分钟数，现在是 -1"):
        add_minutes(root, "px", -1)
    make_sitting(root, "py", "a", TWO, None, 90)
    with pytest.raises(CourseError, match="py@a 没有开考时间.*ccom sitting start py@a 时间"):
        add_minutes(root, "py", 5)
    with pytest.raises(CourseError, match="学号 S9 不在"):
        add_minutes(root, "px", 5, "S9")


def test_start_moves_and_the_log_keeps_both(root):
    sitting = reschedule(root, "px", START + timedelta(hours=1), why="机房没空", who="乙")

    assert sitting.start == START + timedelta(hours=1)
    assert open_sitting(root, "px") == sitting
    assert _last(root) == (
        "rescheduled",
        "乙",
        "",
        "机房没空",
        {"before": "2025-07-18T07:30:00+00:00", "start": "2025-07-18T08:30:00+00:00"},
    )


def test_sitting_without_a_start_may_get_one(tmp_path):
    make_sitting(tmp_path, "px", "a", TWO, None, 90)

    assert reschedule(tmp_path, "px", START).due() == START + timedelta(minutes=90)
    assert entries(tmp_path, "px@a")[-1].facts["before"] is None

"""academy.exam.undo：登错的名单撤得回来，幽灵也出成绩册；交过卷的不撤。"""

import shutil
from datetime import UTC, datetime

import pytest

from academy.errors import CourseError
from academy.exam.cycle import release
from academy.exam.enrolment import make_sitting, withdraw
from academy.exam.journal import entries
from academy.exam.points import gradebook_numbers
from academy.exam.roster import Learner, enrol
from academy.exam.sitting import open_sitting, sittings
from academy.exam.undo import last_enrolled, undo

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
FINAL, FIRST = "wfmp-final", "wfmp-resit1"
AT = datetime(2025, 7, 17, 1, 2, 3, 4, tzinfo=UTC)


def test_wrong_roster_is_taken_back_and_the_real_learners_stay(school, sit):
    sit(FINAL, "S1", "S2")
    sit(FINAL, "S2", "S3", "S4")  # 登错的名单，S2 本来就在
    assert gradebook_numbers(school) == {"S1", "S2", "S3", "S4"}

    done = undo(school, FINAL, why="拿错了名单", who="甲", now=lambda: AT)

    assert (done.numbers, done.ghosts) == (("S3", "S4"), ("S3", "S4"))
    assert [one.number for one in open_sitting(school.root, FINAL).learners] == ["S1", "S2"]
    assert done.sitting == open_sitting(school.root, FINAL)
    assert gradebook_numbers(school) == {"S1", "S2"}
    last = entries(school.root, done.name)[-1]
    assert (last.what, last.who, last.why) == ("undone", "甲", "拿错了名单")
    assert last.facts == {"numbers": ["S3", "S4"]}


def test_undoing_twice_takes_the_release_before(school, sit):
    sit(FINAL, "S1")
    sit(FINAL, "S2")
    sit(FINAL, "S3")

    assert undo(school, FINAL).numbers == ("S3",)
    assert last_enrolled(school, open_sitting(school.root, FINAL)) == ("S2",)
    assert undo(school, FINAL).numbers == ("S2",)
    sit(FINAL, "S4")
    assert undo(school, FINAL).numbers == ("S4",)

    done = undo(school, FINAL)

    assert (done.numbers, done.sitting) == (("S1",), None)
    assert sittings(school.root) == []
    assert gradebook_numbers(school) == set()


def test_whole_sitting_goes_aside_with_its_log_and_its_name_is_free(school, sit):
    name = sit(FINAL, "S1").name
    sit(FINAL, "S2")

    done = undo(school, name, everybody=True, now=lambda: AT)

    assert (done.numbers, done.sitting) == (("S1", "S2"), None)
    assert sittings(school.root) == []
    aside = school.root / "sittings/.undone/wfmp-final@2025-07-20250717T010203000004"
    assert (aside / "sitting.json").exists()
    assert '"undone"' in (aside / "log.jsonl").read_text(encoding="utf-8")
    assert aside.parent.stat().st_mode & 0o777 == 0o700
    assert entries(school.root, sit(FINAL, "S1").name)[0].what == "released"


def test_papers_handed_out_go_aside_with_the_learner(school, sit):
    name = sit(FINAL, "S1").name
    sit(FINAL, "S2")
    for number in ("S1", "S2"):
        paper = school.root / "sittings" / name / "handed_out" / number / FINAL
        paper.mkdir(parents=True)
        (paper / "x.ipynb").write_text(number)

    undo(school, name, now=lambda: AT)

    aside = school.root / f"sittings/.undone/{name}-20250717T010203000004"
    assert (aside / "handed_out/S2" / FINAL / "x.ipynb").read_text() == "S2"
    left = school.root / "sittings" / name / "handed_out"
    assert [one.name for one in left.iterdir()] == ["S1"]


def test_nothing_is_taken_back_once_somebody_concerned_has_handed_in(school, sit, hand):
    sit(FINAL, "S1", "S2", "S3")
    hand("S2")
    name = open_sitting(school.root, FINAL).name
    (school.root / "sittings" / name / "arrivals/S3").mkdir(parents=True)
    before = open_sitting(school.root, FINAL)

    with pytest.raises(CourseError, match=r"不能撤回：S2、S3 已经交卷.*ccom sitting withdraw"):
        undo(school, FINAL)
    with pytest.raises(CourseError, match="不能撤回"):
        undo(school, FINAL, everybody=True)

    assert open_sitting(school.root, FINAL) == before
    assert [entry.what for entry in entries(school.root, name)] == ["released", "enrolled"]
    assert gradebook_numbers(school) == {"S1", "S2", "S3"}


def test_late_wrong_roster_is_taken_back_although_others_have_handed_in(school, sit, hand):
    sit(FINAL, "S1")
    hand("S1")
    sit(FINAL, "S2")

    assert undo(school, FINAL).ghosts == ("S2",)


@pytest.mark.parametrize("other", ["sitting", "withdrawn", "hand-in", "points"])
def test_who_has_something_else_stays_in_the_gradebook(school, sit, hand, give, other):
    if other == "hand-in":
        enrol(school, [Learner("S1", "王敏")])
        hand("S1", FIRST)
    elif other == "points":
        enrol(school, [Learner("S1", "王敏")])
        give("S1", 1, 1, FIRST)
        shutil.rmtree(school.folder("submitted", ".", "S1"))
    else:
        name = sit(FIRST, "S1").name
        if other == "withdrawn":
            withdraw(school.root, name, "S1", "病假")
    sit(FINAL, "S1", "S2")

    done = undo(school, FINAL, everybody=True)

    assert (done.numbers, done.ghosts) == (("S1", "S2"), ("S2",))
    assert gradebook_numbers(school) == {"S1"}


def test_learner_the_gradebook_does_not_know_is_taken_back_too(school):
    make_sitting(school.root, FINAL, "a", [Learner("S1", "王敏")], START, 90)

    done = undo(school, FINAL)

    assert (done.numbers, done.ghosts) == (("S1",), ())


def test_sitting_with_nothing_to_take_back_says_so(school, sit):
    name = sit(FINAL, "S1").name
    (school.root / "sittings" / name / "log.jsonl").unlink()

    with pytest.raises(CourseError, match="场次 wfmp-final@2025-07 没有可以撤回的登记"):
        undo(school, FINAL)


def test_shared_paper_leaves_the_exchange_with_its_only_sitting(fresh):
    release(fresh, "px", [Learner("S1", "王敏")], START, 90, cohort="a", shared=True)
    release(fresh, "px", [Learner("S2", "李静")], START, 90, cohort="b")
    outbound = fresh.root / "exchange/ccom/outbound/px"
    assert outbound.exists()
    undo(fresh, "px@b", everybody=True)
    assert outbound.exists()

    undo(fresh, "px@a", everybody=True)

    assert not outbound.exists()

"""academy.exam.standing：每个人现在怎样：没交、待评、无法评、合格、不合格、退出、迟交。"""

import json
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from academy.exam.enrolment import add_minutes, withdraw
from academy.exam.handins.collecting import collect
from academy.exam.journal import note
from academy.exam.sitting import open_sitting
from academy.exam.standing import handed_in_at, has_handed_in, is_over, standings
from academy.exam.verdict import PassMark
from academy.grading.referee.verdicts import SAME_ROOM
from academy.simulate import fill_in

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
DUE = START + timedelta(minutes=90)
FINAL = "wfmp-final"


def _standings(course):
    return standings(course, open_sitting(course.root, FINAL), 100, PassMark())


def test_each_state_has_its_word(school, sit, give, hand):
    sit(FINAL, "S1", "S2", "S3", "S4", "S5", "S6")
    give("S1", 40, 30)
    give("S2", 39.99, 30)
    hand("S4")
    hand("S5")
    note(school.root, "wfmp-final@2025-07", "rejected", learner="S5", why="S5 的笔记本打不开。")
    give("S6", 40, 60)
    withdraw(school.root, FINAL, "S6", "病假", now=lambda: START)

    found = _standings(school)

    assert {number: one.result for number, one in found.items()} == {
        "S1": "合格",
        "S2": "不合格",
        "S3": "未交卷",
        "S4": "待评分",
        "S5": "无法评分",
        "S6": "退出",
    }
    assert {number: one.points for number, one in found.items()} == {
        "S1": 70,
        "S2": pytest.approx(69.99),
        "S3": None,
        "S4": None,
        "S5": None,
        "S6": None,  # 退出的，评过也不算
    }
    assert not any(one.late for one in found.values())
    assert found["S1"].note == ""
    assert found["S4"].note == "请运行 ccom grade wfmp-final@2025-07。"
    assert found["S5"].note == "S5 的笔记本打不开。"
    assert found["S6"].note == "2025-07-18 15:30 退出：病假。"


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (DUE - timedelta(seconds=1), False),
        (DUE, False),
        (DUE + timedelta(milliseconds=999), False),
        (DUE + timedelta(seconds=1), True),
        (None, False),
    ],
)
def test_late_from_the_second_after_the_due_one(school, sit, give, at, late):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 60, at=at)
    give("S2", 40, 60, at=at and at + timedelta(minutes=15))
    add_minutes(school.root, FINAL, 15, "S2")

    found = _standings(school)

    assert (found["S1"].late, found["S2"].late) == (late, late)
    assert found["S1"].handed_in == at


def test_ungraded_and_rejected_hand_ins_are_late_too(school, sit, hand):
    sit(FINAL, "S1", "S2")
    hand("S1", at=DUE + timedelta(hours=1))
    hand("S2", at=DUE + timedelta(hours=1))
    note(school.root, "wfmp-final@2025-07", "rejected", learner="S2", why="x")

    found = _standings(school)

    assert (found["S1"].result, found["S1"].late) == ("待评分", True)
    assert (found["S2"].result, found["S2"].late) == ("无法评分", True)


def test_flags_are_told_and_so_is_who_did_not_grade(school, sit, give):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 60, flags=["改过评分格。", "数据不同。"])
    give("S2", 40, 60, flags=None)

    found = _standings(school)

    assert found["S1"].note == "改过评分格。数据不同。"
    assert found["S2"].note == "不是裁判评的。"


def test_points_that_rest_on_the_learners_own_process_are_named(school, sit, give):
    sit(FINAL, "S1")
    give("S1", 40, 60)
    cells = [{"grade_id": "q1-test", "same_room": True}, {"grade_id": "q2-test"}]
    marker = school.folder("autograded", FINAL, "S1") / ".graded.json"
    marker.write_text(json.dumps({"notebooks": {FINAL: cells}, "flags": []}), encoding="utf-8")

    assert _standings(school)["S1"].note == f"q1-test 是{SAME_ROOM}"


def test_points_stand_while_a_newer_hand_in_could_not_be_graded(school, sit, give):
    name = sit(FINAL, "S1", "S2").name
    for number in ("S1", "S2"):
        give(number, 40, 60)
        note(school.root, name, "graded", learner=number, after=100)
    note(school.root, name, "rejected", learner="S1", why="打不开。")
    note(school.root, name, "arrived", learner="S2")

    found = _standings(school)

    assert [one.points for one in found.values()] == [100, 100]
    assert found["S1"].note == "最近一次没能评：打不开。"
    assert found["S2"].note == ""


@pytest.fixture
def inbox(school, sit, tmp_path):
    """inbox(文件名=字节)：收一个文件夹，返回各人的情况。"""
    sitting = sit(FINAL, "S1", "S2", "S3")

    def take(**files):
        folder = tmp_path / "答卷"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / f"{name}.ipynb").write_bytes(content)
        collect(school, sitting, folder)
        return _standings(school)

    return take


def _paper(school, answer):
    path = school.folder("release", FINAL) / f"{FINAL}.ipynb"
    return nbformat.writes(fill_in(path, {"q1": f'q1 = "{answer}"'})).encode()


def test_learner_whose_file_could_not_count_is_told_why(inbox):
    found = inbox(S1=b"%PDF-1.7")

    assert found["S1"].result == "无法评分"
    assert found["S1"].note.startswith("S1.ipynb 是 PDF，不是笔记本")
    assert (found["S2"].result, found["S2"].note) == ("未交卷", "")


def test_learner_between_whose_papers_staff_must_choose_waits(school, inbox):
    found = inbox(S1=_paper(school, "A"), S1_再=_paper(school, "B"))

    assert found["S1"].result == "待评分"
    assert "同时有 2 份不同的答卷" in found["S1"].note
    assert "ccom choose wfmp-final@2025-07 S1 编号 --why 原因" in found["S1"].note


def test_graded_learner_with_another_paper_that_would_count_is_told(school, inbox, give):
    inbox(S1=_paper(school, "A"))
    give("S1", 40, 60)

    found = inbox(S1=_paper(school, "A"), S1_再=_paper(school, "B"))

    assert found["S1"].points == 100
    assert "同时有 2 份不同的答卷" in found["S1"].note


def test_graded_needs_the_gradebook_and_the_folder_both(school, sit, give, hand):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 60)
    (school.folder("autograded", FINAL, "S1") / f"{FINAL}.ipynb").unlink()
    hand("S2")
    school.folder("autograded", FINAL, "S2").mkdir(parents=True)
    (school.folder("autograded", FINAL, "S2") / f"{FINAL}.ipynb").write_text("{}")

    assert {one.result for one in _standings(school).values()} == {"待评分"}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-07-18 08:00:00.123456 UTC", datetime(2025, 7, 18, 8, 0, 0, 123456, tzinfo=UTC)),
        ("2025-07-18 16:00:00 Asia/Shanghai", datetime(2025, 7, 18, 8, 0, tzinfo=UTC)),
        ("昨天下午", None),
        ("", None),
        ("2025-07-18 08:00:00 UTC" + " " * 200, None),
    ],
)
def test_time_is_read_and_never_put_right(school, text, at):
    folder = school.folder("submitted", FINAL, "S1")
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(text, encoding="utf-8")

    assert handed_in_at(school, FINAL, "S1") == at
    assert (folder / "timestamp.txt").read_text(encoding="utf-8") == text


def test_linked_or_missing_time_is_none(school, tmp_path):
    folder = school.folder("submitted", FINAL, "S1")
    folder.mkdir(parents=True)
    assert handed_in_at(school, FINAL, "S1") is None
    (tmp_path / "elsewhere").write_text("2025-07-18 08:00:00 UTC")
    (folder / "timestamp.txt").symlink_to(tmp_path / "elsewhere")

    assert handed_in_at(school, FINAL, "S1") is None


def test_sitting_is_over_when_it_was_collected_after_the_last_due_time(school, sit, collected):
    sitting = sit(FINAL, "S1", "S2")
    assert not is_over(school, sitting)
    collected(sitting.name, DUE)
    assert not is_over(school, sitting)
    collected(sitting.name, DUE + timedelta(seconds=1))
    assert is_over(school, sitting)

    assert not is_over(school, add_minutes(school.root, FINAL, 5, "S2"))


def test_sitting_without_a_clock_is_over_when_it_was_collected(school, sit, hand, collected):
    sitting = sit(FINAL, "S1", start=None)
    hand("S1")
    assert has_handed_in(school, sitting, "S1")
    assert not is_over(school, sitting)

    collected(sitting.name, START)

    assert is_over(school, sitting)

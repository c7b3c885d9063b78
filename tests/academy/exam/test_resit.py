"""academy.exam.resit：谁可以补考哪一份；合格的、考过这份的、两次用完的，说明原因。"""

from datetime import UTC, datetime, timedelta

import pytest

from academy.exam.attempts import Attempt, Attempts
from academy.exam.enrolment import withdraw
from academy.exam.resit import candidates, next_paper, refusal, refusals, write_rosters
from academy.exam.roster import read_roster
from academy.exam.sitting import open_sitting
from academy.exam.verdict import terms

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
PAPERS = ("wfmp-final", "wfmp-resit1", "wfmp-resit2")
FINAL, FIRST, SECOND = PAPERS


def _attempt(paper, result="不合格", points=50.0, settled=True, saw_paper=True):
    return Attempt(f"{paper}@a", paper, points, 100.0, result, settled, saw_paper)


def _of(*attempts):
    return Attempts(attempts)


FAILED_ONCE = _of(_attempt(FINAL))
FAILED_TWICE = _of(_attempt(FINAL), _attempt(FIRST))
FAILED_THRICE = _of(_attempt(FINAL), _attempt(FIRST), _attempt(SECOND))


@pytest.mark.parametrize(
    ("attempts", "paper", "said"),
    [
        (_of(), FINAL, ""),
        (FAILED_ONCE, FIRST, ""),
        (FAILED_ONCE, SECOND, ""),
        (FAILED_ONCE, FINAL, "考过这份试卷（wfmp-final@a，50 分），补考要换一份。"),
        (FAILED_TWICE, SECOND, ""),
        (
            FAILED_THRICE,
            "wfmp-resit3",
            "2 次补考都用过了（wfmp-final@a，50 分、wfmp-resit1@a，50 分、wfmp-resit2@a，50 分）。",
        ),
        (
            _of(_attempt(FINAL), _attempt(FIRST, "合格", 70.0)),
            SECOND,
            "已经合格（wfmp-resit1@a，70 分），不用再考。",
        ),
        # 合格在先也一样，哪怕后一次不合格
        (
            _of(_attempt(FINAL, "合格", 80.0), _attempt(FIRST)),
            SECOND,
            "已经合格（wfmp-final@a，80 分），不用再考。",
        ),
        (
            _of(_attempt(FINAL, "待评分", None, settled=False)),
            FIRST,
            "wfmp-final@a 还没有成绩（待评分）：先收卷、评分，或让他退出那一场。",
        ),
        (
            _of(_attempt(FINAL, "未交卷", None, settled=False)),
            FINAL,
            "已经在 wfmp-final@a 考这份试卷：不能同时考两场。",
        ),
        (_of(_attempt(FINAL, "未交卷", None)), FIRST, ""),
        (
            _of(_attempt(FINAL, "未交卷", None)),
            FINAL,
            "考过这份试卷（wfmp-final@a，未交卷），补考要换一份。",
        ),
        # 退出的：没交过卷的可以再考这份，交过的要换一份；都不算一次
        (_of(_attempt(FINAL, "退出", None, saw_paper=False)), FINAL, ""),
        (
            _of(_attempt(FINAL, "退出", None)),
            FINAL,
            "考过这份试卷（wfmp-final@a，退出，交过卷），补考要换一份。",
        ),
        (_of(_attempt("x", "退出", None), *FAILED_TWICE.all), SECOND, ""),
    ],
)
def test_who_may_sit_a_paper_and_who_may_not_and_why(attempts, paper, said):
    assert refusal(attempts, paper, 2) == said


def test_practice_papers_are_not_limited_in_number():
    assert refusal(FAILED_THRICE, "px", 2, of_role=False) == ""
    assert refusal(FAILED_THRICE, "px", 2) != ""


def test_next_paper_is_the_first_not_seen():
    assert next_paper(_of(), PAPERS) == FINAL
    assert next_paper(FAILED_ONCE, PAPERS) == FIRST
    assert next_paper(_of(_attempt(FINAL), _attempt(SECOND)), PAPERS) == FIRST
    assert next_paper(FAILED_THRICE, PAPERS) is None


@pytest.fixture
def held(school, sit, give, collected):
    """正考已评：S1 合格，S2 69.99 分，S3 缺考，S4 退出，S5 没评。"""
    name = sit(FINAL, "S1", "S2", "S3", "S4", "S5").name
    give("S1", 40, 30)
    give("S2", 39.99, 30)
    give("S5", 0, 0)
    (school.folder("autograded", FINAL, "S5") / f"{FINAL}.ipynb").unlink()
    withdraw(school.root, name, "S4", "病假")
    collected(name, START + timedelta(days=1))
    return school


def test_candidates_are_those_who_took_part_and_have_not_passed(held):
    found = candidates(held, open_sitting(held.root, FINAL), *terms(held.root))

    assert [(one.learner.number, one.paper) for one in found] == [
        ("S2", FIRST),
        ("S3", FIRST),
        ("S5", None),
    ]
    assert [one.reason for one in found][:2] == ["", ""]
    assert found[2].reason.startswith("wfmp-final@2025-07 还没有成绩（待评分）")


def test_roster_of_the_next_sitting_is_one_that_release_reads(held, tmp_path):
    sitting = open_sitting(held.root, FINAL)
    found = candidates(held, sitting, *terms(held.root))

    written = write_rosters(found, sitting, tmp_path / "新/结果")

    assert list(written) == [FIRST]
    assert written[FIRST].name == "wfmp-final@2025-07-补考-wfmp-resit1.csv"
    learners, problems = read_roster(written[FIRST])
    assert [(one.number, one.name) for one in learners] == [("S2", "李静"), ("S3", "张磊")]
    assert problems == []


def test_learners_with_different_next_papers_get_a_roster_each(held, sit, give, tmp_path):
    sit(FIRST, "S2", start=START + timedelta(days=10))
    give("S2", 0, 0, FIRST)
    sitting = open_sitting(held.root, FINAL)
    found = candidates(held, sitting, *terms(held.root))

    written = write_rosters(found, sitting, tmp_path)

    assert {paper: [one.number for one in read_roster(path)[0]] for paper, path in written.items()}
    assert [one.number for one in read_roster(written[SECOND])[0]] == ["S2"]
    assert [one.number for one in read_roster(written[FIRST])[0]] == ["S3"]


def test_nobody_to_sit_again_writes_nothing(held, tmp_path):
    assert write_rosters([], open_sitting(held.root, FINAL), tmp_path / "x") == {}
    assert not (tmp_path / "x").exists()


def test_who_passed_a_resit_is_no_candidate_of_the_final_any_more(held, sit, give):
    sit(FIRST, "S2", start=START + timedelta(days=10))
    give("S2", 40, 30, FIRST)

    found = candidates(held, open_sitting(held.root, FINAL), *terms(held.root))

    assert [one.learner.number for one in found] == ["S3", "S5"]


def test_two_resits_and_no_third(school, sit, give):
    for days, paper in enumerate(PAPERS):
        sit(paper, "S2", start=START + timedelta(days=days))
        give("S2", 39, 30, paper)
    syllabus, mark = terms(school.root)

    (only,) = candidates(school, open_sitting(school.root, SECOND), syllabus, mark)

    assert only.paper is None
    assert only.reason.startswith("2 次补考都用过了（wfmp-final@2025-07，69 分、")
    assert [one.points for one in only.attempts.all] == [69, 69, 69]


def test_refusals_name_those_who_may_not_and_leave_the_others(held):
    syllabus, mark = terms(held.root)

    found = refusals(held, "wfmp-resit1@2025-08", FIRST, ["S1", "S2", "S3", "S9"], syllabus, mark)

    assert found == {"S1": "已经合格（wfmp-final@2025-07，70 分），不用再考。"}


def test_sitting_itself_does_not_stand_in_its_own_way(held):
    syllabus, mark = terms(held.root)
    name = open_sitting(held.root, FINAL).name

    assert refusals(held, name, FINAL, ["S2", "S5"], syllabus, mark) == {}
    assert set(refusals(held, "wfmp-final@b", FINAL, ["S2", "S5"], syllabus, mark)) == {"S2", "S5"}

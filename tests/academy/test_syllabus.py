"""academy.syllabus：大纲里的考试规定、主题与课表读得准。"""

from pathlib import Path

from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[2]
SYLLABUS = read_syllabus(ROOT / "course/syllabus.yml")


def test_examination_terms_are_those_of_the_notice():
    """认证通知：100 分、70 分通过、90 分钟、两次补考。"""
    assert (SYLLABUS.points, SYLLABUS.pass_points, SYLLABUS.minutes, SYLLABUS.resits) == (
        100,
        70,
        90,
        2,
    )


def test_first_chapter_belongs_to_every_role():
    assert len(SYLLABUS.roles) == 7
    for role in SYLLABUS.roles.values():
        assert list(role.topics)[:2] == ["c1.history", "c1.framework"]


def test_paper_knows_its_role_and_topic_its_title():
    assert SYLLABUS.role_of("wfmp-resit2").code == "CCOM-WFMP"
    assert SYLLABUS.role_of("px") is None
    assert SYLLABUS.topic_title("wfmp.2.capacity") == "容量规划"
    assert SYLLABUS.topic_title("x.y") == "x.y"

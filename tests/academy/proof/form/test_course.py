"""academy.proof.form.course：各课之间的规矩，与 ccom notebooks check 的表。"""

import pytest
import yaml

from academy.cli import main
from academy.proof.form import course_forms, course_problems, form_table
from tests.academy.form_lesson import FORM_LESSON

SECOND = (
    FORM_LESSON.replace("术语：话务量（爱尔兰）：", "术语：占用率（%）：")
    .replace(
        "2. 平均处理时长的单位是什么？\n   答：秒。\n   从接起到事后处理完。\n",
        "".join(f"{n}. 第 {n} 个？\n   答：{n}。\n" for n in range(2, 6)),
    )
)  # fmt: skip


@pytest.fixture
def course(tmp_path):
    """两天各一课的小课程；make(课="母本", …) 换一份母本或课表。"""

    def make(first=FORM_LESSON, second=SECOND, sessions=None):
        folder = tmp_path / "course"
        (tmp_path / "text/course/x").mkdir(parents=True, exist_ok=True)
        (tmp_path / "text/course/x/01_three.py").write_text(first, encoding="utf-8")
        (tmp_path / "text/course/x/02_four.py").write_text(second, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        days = sessions or [[("09:00", 45, "x/01_three")], [("09:00", 45, "x/02_four")]]
        topics = {"topics": [{"id": "x.2.a", "title": "预测"}]}
        data = {
            "common": {"chapter1": {"topics": [{"id": "c1.history", "title": "历史"}]}},
            "assessment": {"pass_points": 70, "points": 100, "minutes": 90, "resits": 2},
            "roles": [
                {
                    "code": "X",
                    "slug": "x",
                    "name": "小岗位",
                    "chapter2": topics,
                    "chapter3": {"topics": []},
                    "lessons": [
                        {"name": name, "topics": ["c1.history", "x.2.a"]}
                        for name in ("x/01_three", "x/02_four")
                    ],
                    "timetable": [
                        {
                            "day": day,
                            "sessions": [
                                {"start": start, "minutes": minutes, "lesson": lesson}
                                for start, minutes, lesson in day_sessions
                            ],
                        }
                        for day, day_sessions in enumerate(days, 1)
                    ],
                }
            ],
        }
        (folder / "syllabus.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return tmp_path

    return make


def test_course_in_form_has_no_problem(course):
    root = course()

    assert [one.problems for one in course_forms(root)] == [(), ()]
    assert course_problems(root) == []


def test_lesson_that_opens_the_second_day_asks_five_questions(course):
    second = course_forms(course(second=FORM_LESSON))[1]

    assert second.problems == ("开头的问题（warmup=true）有 2 道，要 5 道",)


def test_first_lesson_of_all_may_ask_none(course):
    head, rest = FORM_LESSON.split("# %% [markdown] warmup=true")
    bare = head + rest.split('"""\n', 2)[2].lstrip()

    assert course_forms(course(first=bare))[0].problems == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"second": SECOND.replace("术语：占用率（%）", "术语：话务量（人）")}, "术语「话务量」在 x/01_three 与 x/02_four 各定义了一次"),
        ({"sessions": [[("09:00", 50, "x/01_three")], [("09:00", 45, "x/02_four")]]}, "x/01_three 写的是 45 分钟，小岗位的课表里是 50 分钟"),
        ({"sessions": [[("09:00", 45, "x/01_three"), ("09:45", 45, "x/02_four"), ("10:30", 45, "x/03")]]}, "小岗位第 1 天到 10:30 连上 3 课没有休息"),
    ],
)  # fmt: skip
def test_what_lessons_share_is_held_together(course, change, words):
    assert any(words in one for one in course_problems(course(**change)))


@pytest.mark.parametrize(
    "day",
    [
        [("09:00", 45, "x/01_three"), ("09:45", 45, "x/02_four"), ("10:45", 45, "x/03")],
        # 第 0 课不算
        [("08:45", 15, "x/00"), ("09:00", 45, "x/01_three"), ("09:45", 45, "x/02_four")],
    ],
)
def test_two_lessons_and_a_break_are_no_block(course, day):
    assert not any("没有休息" in one for one in course_problems(course(sessions=[day])))


def test_table_counts_a_lesson_a_line(course):
    lines = form_table(course_forms(course())).splitlines()

    assert lines[0].split()[:3] == ["课", "格", "程序"]
    assert lines[2].split() == ["x/02_four", "26", "12", "2", "2", "2", "1", "45", "45", "0"]


@pytest.mark.parametrize(
    ("words", "code"), [(("", ""), 0), (("use_chinese()\n", "pass\n"), 1)]
)  # fmt: skip
def test_check_fails_where_a_rule_is_broken(course, capsys, words, code):
    root = course(first=FORM_LESSON.replace(*words))
    (root / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    (root / "text/source").mkdir(parents=True)
    assert main(["notebooks", "--course", str(root)]) == 0
    capsys.readouterr()

    assert main(["notebooks", "check", "--course", str(root)]) == code

    said = capsys.readouterr()
    assert "x/01_three" in said.out
    assert ("！x/01_three：没有 tags" in said.err) is bool(code)

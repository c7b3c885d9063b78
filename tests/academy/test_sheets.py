"""academy.sheets：术语表与速查表由母本汇成；一个词只许一个定义。"""

import pytest

from academy.masters import read_master
from academy.sheets import CHEAT_SHEET, GLOSSARY, defined_twice, sheets
from tests.academy.form_lesson import FORM_LESSON
from tests.academy.rendering.test_second_edition import ROLE


@pytest.fixture
def lessons(tmp_path):
    def make(**changed):
        found = {}
        for name in ("x/02_four", "x/01_three"):
            path = tmp_path / f"{name[2:]}.py"
            path.write_text(changed.get(name[2:4], FORM_LESSON), encoding="utf-8")
            found[name] = read_master(path)
        return found

    return make


OTHER = FORM_LESSON.replace("术语：话务量（爱尔兰）：", "术语：占用率（%）：").replace(
    "周一九点半要几个人？\n\n", "第二课 <做什么>？\n\n"
)


def test_glossary_lists_terms_in_the_order_they_are_taught(lessons):
    page = sheets(ROLE, lessons(**{"02": OTHER}))[GLOSSARY]

    assert page.index("话务量") < page.index("占用率")
    assert '<td class="unit">爱尔兰</td>' in page
    assert "第二课 &lt;做什么&gt;？" in page
    assert "@page { size: A4" in page


def test_cheat_sheet_has_each_lessons_lines(lessons):
    page = sheets(ROLE, lessons(**{"02": OTHER.replace("速查：话务量", "速查：`load` 话务量")}))[
        CHEAT_SHEET
    ]

    assert page.count("<section>") == 2
    assert "<code>load</code> 话务量 = " in page


def test_role_whose_lessons_define_nothing_has_no_pages(lessons):
    bare = FORM_LESSON.replace("术语：", "").replace("速查：", "")

    assert sheets(ROLE, lessons(**{"01": bare, "02": bare})) == {}


def test_term_with_two_definitions_is_refused(lessons):
    assert defined_twice(ROLE, lessons(**{"02": OTHER})) == []
    (said,) = defined_twice(ROLE, lessons())
    assert said.startswith("术语「话务量」在 x/01_three 与 x/02_four 各定义了一次")

"""academy.exam.report：屏幕、Excel、CSV、网页说的是同一回事；网页里学员写不进标签。"""

from datetime import UTC, datetime, timedelta

import openpyxl
import pandas as pd
import pytest

from academy.exam.enrolment import make_sitting, withdraw
from academy.exam.journal import note
from academy.exam.report import screen_table, write_report
from academy.exam.results import read_results
from academy.exam.roster import Learner
from academy.exam.verdict import terms

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
FINAL, FIRST = "wfmp-final", "wfmp-resit1"
NAME = "wfmp-final@2025-07"


def _results(course, name=FINAL):
    return read_results(course, name, *terms(course.root))


@pytest.fixture
def eventful(school, sit, give, hand, collected, came):
    """S1 合格，S2 重评后不合格且迟交，S3 缺考，S4 退出，S5 无法评分，有两件搁置。"""
    sit(FINAL, "S1", "S2", "S3", "S4", "S5")
    came("不知是谁<u>.ipynb", "{")
    came("S1_<i>旧的.ipynb", "{")
    came("S4.ipynb", "{")
    give("S1", 40, 30)
    give("S2", 40, 1, at=START + timedelta(hours=3))
    withdraw(school.root, NAME, "S4", "病假")
    hand("S5")
    note(school.root, NAME, "rejected", learner="S5", why="<b>打不开</b>。")
    note(school.root, NAME, "graded", learner="S2", after=20.0)
    facts = {"before": 20.0, "after": 41.0}
    note(school.root, NAME, "regraded", learner="S2", why="题改了", who="甲", **facts)
    collected(NAME, START + timedelta(days=1))
    return school


def test_files_agree_with_each_other(eventful, tmp_path):
    results = _results(eventful)
    xlsx, csv, page = write_report(results, tmp_path / "新")

    assert [one.name for one in (xlsx, csv, page)] == [
        f"{NAME}.xlsx",
        f"{NAME}.csv",
        f"{NAME}.html",
    ]
    table = pd.read_csv(csv, dtype={"学号": str}, keep_default_na=False).set_index("学号")
    assert table["结果"].to_dict() == {
        "S1": "合格",
        "S2": "不合格",
        "S3": "未交卷",
        "S4": "退出",
        "S5": "无法评分",
    }
    assert table["得分"].tolist() == ["70.0", "41.0", "", "", ""]
    excel = pd.read_excel(xlsx, sheet_name=None, dtype={"学号": str})
    assert excel["成绩"]["结果"].tolist() == table["结果"].tolist()
    assert excel["补考"]["学号"].tolist() == ["S2", "S3", "S5"]
    assert excel["成绩变动"][["学号", "原来", "现在", "谁"]].to_numpy().tolist() == [
        ["S2", 20, 41, "甲"]
    ]
    assert excel["搁置"]["学员"].fillna("").tolist() == ["S1 王敏", "", "S4 刘洋"]
    assert excel["搁置"]["原因"].str.contains("ipynb").all()
    assert excel["搁置"]["处理"].tolist() == ["要处理", "要处理", "已退出"]
    assert excel["量得准不准"]["说明"].tolist() == results.quality()
    assert f"<li>{results.quality()[0]}</li>" in page.read_text(encoding="utf-8")
    assert csv.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel 由此认出 UTF-8


def test_page_names_those_to_attend_to(eventful, tmp_path):
    page = write_report(_results(eventful), tmp_path)[2].read_text(encoding="utf-8")

    for words in (
        "2025-07-18 15:30 开考，2025-07-18 17:00 截止",
        "<dt>没有交卷 1 人</dt>\n<dd>S3 张磊</dd>",
        "<dt>迟交 1 人</dt>\n<dd>S2 李静</dd>",
        "<dt>还没有成绩 1 人</dt>\n<dd>S5 陈艳</dd>",
        "<dt>退出 1 人</dt>\n<dd>S4 刘洋</dd>",
        "没有合格的人与补考",
        '<td class="n">20</td><td class="n">41</td><td class="t">题改了</td>',
        "<td>S1 王敏</td>",
        "合格 1 人，不合格 1 人",
    ):
        assert words in page
    assert page.count("data:image/png;base64,") == 2
    assert "各次考试" not in page
    for empty in (">nan<", ">None<", ">NaT<"):
        assert empty not in page


def test_page_says_notes_and_changes_below_the_row_they_are_about(eventful, tmp_path):
    page = write_report(_results(eventful), tmp_path)[2].read_text(encoding="utf-8")
    lines = page.splitlines()

    for number, words in (("S2", "成绩变动：20 → 41"), ("S4", "退出：病假。"), ("S5", "打不开")):
        row = next(i for i, line in enumerate(lines) if f'"noted"><td>{number}</td>' in line)
        assert words in lines[row + 1]
    assert "<th>说明</th>" not in page
    assert "<tr><td>S3</td>" in page  # 没有话说的，没有空行


def test_page_of_a_quiet_sitting_has_no_empty_sections(school, sit, give, tmp_path):
    sit(FINAL, "S1")
    give("S1", 40, 60)

    page = write_report(_results(school), tmp_path)[2].read_text(encoding="utf-8")

    for words in ("要留意的人", "补考</h2>", "成绩变动</h2>", "搁置的交卷件"):
        assert words not in page


def test_several_attempts_get_their_columns(eventful, sit, give, tmp_path):
    sit(FIRST, "S2", start=START + timedelta(days=10))
    give("S2", 40, 40, FIRST)
    results = _results(eventful, FIRST)

    page = write_report(results, tmp_path)[2].read_text(encoding="utf-8")

    assert "<td>wfmp-final 41、wfmp-resit1 80</td>" in page
    assert screen_table(results).splitlines() == [
        "学号  姓名  得分  结果  各次考试                       最好  总评",
        "S2    李静  80    合格  wfmp-final 41、wfmp-resit1 80  80    合格",
    ]


def test_screen_leaves_out_columns_that_say_nothing(school, sit, give):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 60)

    assert screen_table(_results(school)).splitlines() == [
        "学号  姓名  得分  结果",
        "S1    王敏  100   合格",
        "S2    李静  —    未交卷",
    ]


def test_screen_tells_late_changes_resits_and_notes(eventful):
    header, *rows = screen_table(_results(eventful)).splitlines()

    assert header.split() == ["学号", "姓名", "得分", "结果", "迟交", "补考", "成绩变动", "说明"]
    assert rows[1].split()[:6] == ["S2", "李静", "41", "不合格", "迟交", "wfmp-resit1"]
    assert "20 → 41" in rows[1]


def test_what_people_write_is_escaped_in_the_page(eventful, tmp_path):
    page = write_report(_results(eventful), tmp_path)[2].read_text(encoding="utf-8")

    for tag in ("<b>", "<i>", "<u>"):
        assert tag not in page
    assert "&lt;b&gt;打不开" in page


def test_sitting_without_grades_has_a_page_without_pictures(school, sit, tmp_path):
    sit(FINAL, "S1", start=None)

    page = write_report(_results(school), tmp_path)[2].read_text(encoding="utf-8")

    assert "data:image/png" not in page
    assert "开考" not in page


def test_cohort_with_a_dot_keeps_its_name_and_an_earlier_report_is_replaced(
    school, sit, give, tmp_path
):
    sit(FINAL, "S1", cohort="2025.07")
    write_report(_results(school), tmp_path)
    give("S1", 40, 60)
    files = write_report(_results(school), tmp_path)

    assert sorted(one.name for one in tmp_path.glob("wfmp*")) == sorted(one.name for one in files)
    assert files[0].name == "wfmp-final@2025.07.xlsx"
    sheet = openpyxl.load_workbook(files[0])["成绩"]
    assert sheet["C2"].value == 100


def test_number_with_zeros_in_front_stays_text(school, tmp_path):
    make_sitting(school.root, FINAL, "a", [Learner("007", "王敏")], None, 90)

    xlsx, csv, _ = write_report(_results(school), tmp_path)

    assert openpyxl.load_workbook(xlsx)["成绩"]["A2"].value == "007"
    assert csv.read_text(encoding="utf-8-sig").splitlines()[1].startswith("007,王敏,")

"""academy.exam.roster：坏行说清哪个文件哪一行，好行照常用。"""

import pandas as pd
import pytest

from academy.course import CourseError
from academy.exam.roster import Learner, enrol, file_name, own_file, read_roster


def _csv(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_row_without_a_number_and_duplicate_are_reported_and_the_rest_kept(tmp_path):
    path = _csv(tmp_path, "学号,姓名\n01,王敏\n,李静\n02,张磊\n01,刘洋\n")

    learners, problems = read_roster(path)

    assert learners == [Learner("01", "王敏"), Learner("02", "张磊")]
    assert problems[0].startswith("名单.csv 第 3 行（李静）没有学号")
    assert "第 5 行学号 01 与第 2 行重复" in problems[1]


def test_leading_zeros_and_spaces_survive_as_they_should(tmp_path):
    learners, _ = read_roster(_csv(tmp_path, " 学号 ,姓名\n 007 , 王敏 \n"))

    assert learners == [Learner("007", "王敏")]


def test_gbk_file_from_excel_is_read(tmp_path):
    assert read_roster(_csv(tmp_path, "学号,姓名\n1,王敏\n", "gb18030"))[0] == [
        Learner("1", "王敏")
    ]


def test_excel_numbers_stay_whole(tmp_path):
    path = tmp_path / "名单.xlsx"
    pd.DataFrame({"学号": [20250001], "姓名": ["王敏"]}).to_excel(path, index=False)

    assert read_roster(path)[0] == [Learner("20250001", "王敏")]


@pytest.mark.parametrize(
    "number", ["a/b", "a+b", "..", "a*", "_shared", "_unknown", "a\x07b", "９＋９", "9" * 65]
)
def test_number_that_no_folder_can_carry_is_reported(tmp_path, number):
    learners, problems = read_roster(_csv(tmp_path, f"学号,姓名\n{number},王敏\n2,李静\n"))

    assert learners == [Learner("2", "李静")]
    assert "名单.csv 第 2 行学号" in problems[0]


@pytest.mark.parametrize("number", ["9" * 64, "a_b", "2025-1", "学7"])
def test_number_that_a_folder_can_carry_is_taken(tmp_path, number):
    assert read_roster(_csv(tmp_path, f"学号,姓名\n{number},王敏\n"))[0] == [
        Learner(number, "王敏")
    ]


def test_full_width_digits_and_invisible_characters_are_the_same_number(tmp_path):
    learners, problems = read_roster(
        _csv(tmp_path, "学号,姓名\n２０２５,王敏\n20\u200b26,李静\n2025,张磊\n")
    )

    assert learners == [Learner("2025", "王敏"), Learner("2026", "李静")]
    assert "第 4 行学号 2025 与第 2 行重复" in problems[0]


def test_number_that_excel_wrote_as_a_power_of_ten_names_excel(tmp_path):
    learners, problems = read_roster(_csv(tmp_path, "学号,姓名\n2.02507E+11,王敏\n2,李静\n"))

    assert learners == [Learner("2", "李静")]
    assert "第 2 行学号 2.02507E+11 是 Excel 改成的科学计数" in problems[0]
    assert "「文本」" in problems[0]


def test_numbers_that_excel_cut_to_15_digits_are_reported(tmp_path):
    path = tmp_path / "名单.xlsx"
    numbers = [350102199001010000, 999_999_999_999_999]
    pd.DataFrame({"学号": numbers, "姓名": ["王敏", "李静"]}).to_excel(path, index=False)

    learners, problems = read_roster(path)

    assert learners == [Learner("999999999999999", "李静")]
    assert "名单.xlsx 第 2 行学号 35010219900100" in problems[0]
    assert "Excel 只留了前 15 位" in problems[0]


def test_text_file_with_numbers_that_excel_cut_is_reported(tmp_path):
    learners, problems = read_roster(
        _csv(tmp_path, "学号,姓名\n350102199001010000,王敏\n350102199001020000,张磊\n7,李静\n")
    )

    assert learners == [Learner("7", "李静")]
    assert [problem.split("学号")[0] for problem in problems] == [
        "名单.csv 第 2 行",
        "名单.csv 第 3 行",
    ]


def test_long_numbers_of_which_one_ends_otherwise_were_not_cut(tmp_path):
    numbers = ["350102199001010000", "350102199001010017", "350102199001011"]
    text = "学号,姓名\n" + "".join(f"{number},王\n" for number in numbers)

    learners, problems = read_roster(_csv(tmp_path, text))

    assert [one.number for one in learners] == numbers
    assert problems == []


def test_file_without_the_column_names_what_it_has(tmp_path):
    with pytest.raises(CourseError, match="没有「学号」列（现有：工号、姓名）"):
        read_roster(_csv(tmp_path, "工号,姓名\n1,王敏\n"))


@pytest.mark.parametrize(
    ("name", "message"), [("没有.csv", "没有名单文件"), ("x.doc", "不是 .csv 或 .xlsx")]
)
def test_wrong_file_is_named(tmp_path, name, message):
    path = tmp_path / name
    if name == "x.doc":
        path.write_text("x")

    with pytest.raises(CourseError, match=message):
        read_roster(path)


def test_enrolled_learners_stand_in_the_gradebook_with_their_latest_name(fresh):
    enrol(fresh, [Learner("S1", "王敏"), Learner("S2", "李静")])
    enrol(fresh, [Learner("S1", "王敏敏")])

    with fresh.gradebook() as gradebook:
        assert {one.id: one.last_name for one in gradebook.students} == {
            "S1": "王敏敏",
            "S2": "李静",
        }


@pytest.mark.parametrize(
    ("name", "shown"), [("王敏", "7_王敏.zip"), ("a/b: c_", "7_abc.zip"), ("", "7_.zip")]
)
def test_a_file_for_one_learner_is_called_by_number_and_name(name, shown):
    assert file_name("7", name, ".zip") == shown


def test_a_file_under_an_earlier_name_goes_and_nobody_elses(tmp_path):
    others = ["S1_王敏.html", "S1_1_李静.zip", "S10_张磊.zip", "S1.zip", "_刘洋.zip"]
    for name in [*others, "S1_王民.zip", "S1_.zip", "S1_王敏.zip"]:
        (tmp_path / name).touch()

    assert own_file(tmp_path, "S1", "王敏", ".zip") == tmp_path / "S1_王敏.zip"
    assert {path.name for path in tmp_path.iterdir()} == {*others, "S1_王敏.zip"}

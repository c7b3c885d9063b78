"""academy.papers.wording：卷首、作答、评分的话由细目表与检验写出，与真评的一致。"""

import pytest

from academy.papers import read_paper
from academy.papers.wording import cover, directions, titled
from ccomlib.scoring import match_points, order_points


def test_cover_has_title_terms_and_situation(paper):
    text = cover(paper, paper.notebook.cells[0].source)

    assert text.startswith("# 小卷\n\n共 5 小题，100 分，90 分钟，70 分合格。\n\n")
    assert text.endswith("\n\n**情境**：有两张表。")


def test_heading_says_points_and_minutes(paper):
    assert titled("## 第 1 题\n\n## 再一行", paper["q1"].plan) == (
        "## 第 1 题（20 分，约 2.5 分钟）\n\n## 再一行"
    )


def test_order_says_the_points_that_it_gives(paper):
    text = directions(paper["q3"])

    assert (
        "任意两件算一对，共 6 对；先后全对 20 分，错 1 对得 13.5 分，错 2 对得 6.5 分，再多不得分"
        in text
    )
    assert [order_points(one, "ABCD", 20) for one in ("ABCD", "BACD", "BADC", "DCAB")] == [
        20,
        13.5,
        6.5,
        0,
    ]


def test_match_says_the_points_that_it_gives(paper):
    assert "3 个都对得 20 分，对 2 个得 13.5 分，对 1 个得 6.5 分" in directions(paper["q4"])
    assert [match_points(one, "ABC", 20) for one in ("ABC", "ABD", "ADD")] == [20, 13.5, 6.5]


def test_letters_that_may_stand_twice_are_said_so(changed):
    changed("打分 → 质量", "停电 → 应急")

    assert "字母可以重复用" in directions(read_paper(changed("- 监控", "- 质量\n- 监控"))["q4"])


@pytest.mark.parametrize(
    ("stub", "metadata", "words"),
    [
        (None, "tol=0.01 parts=true", "相对误差 1% 以内算对，每对一个得 10 分。"),
        (None, "atol=0.002", "误差不超过 0.002 算对，两个都对才得分。"),
        (None, "", "**评分**：两个都对才得分。"),
        (None, 'parts={"平均": 15, "最多": 5}', "「平均」15 分，「最多」5 分。"),
        (
            "q5 = ...",
            "tol=0.005",
            "在 `q5` 填一个数，不要再取整。\n\n**评分**：相对误差 0.5% 以内算对。",
        ),
        ("q5 = ...", 'form="integer"', "**作答**：在 `q5` 填一个整数。"),
        ("q5 = ...", 'form="list"', "填一个列表，次序不限。\n\n**评分**：不多不少才得分。"),
        (
            "q5 = [..., ..., ...]",
            "",
            "把 `q5` 里的三个 `...` 都换掉。\n\n**评分**：三个都对才得分。",
        ),
    ],
)
def test_data_says_form_tolerance_and_shares(changed, stub, metadata, words):
    if stub:
        changed('q5 = {"平均": ..., "最多": ...}', stub)
    paper = read_paper(changed("tol=0.01 parts=true", metadata))

    assert words in directions(paper["q5"])

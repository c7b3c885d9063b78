"""academy.masters.figures：带出处的数，学员看到的只是数。"""

import pytest

from academy.masters import Mark, MasterError, marks, plain, remark


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        ("[[44%|low]]", Mark("44%", "low")),
        ("[[44%|low:.0%]]", Mark("44%", "low", ".0%")),
        ("[[3 人|x[1:3].sum()]]", Mark("3 人", "x[1:3].sum()")),
        ("[[3 人|x[1:3].sum():.0f]]", Mark("3 人", "x[1:3].sum()", ".0f")),
        ('[[2组|by["组"]]]', Mark("2组", 'by["组"]')),
        ("[[5|(a == 1) | b]]", Mark("5", "(a == 1) | b")),
        ("[[80%|给定]]", Mark("80%")),
    ],
)
def test_a_mark_says_the_figure_and_where_it_comes_from(source, mark):
    assert marks(f"前 {source} 后") == [mark]


def test_the_reader_sees_the_figure_alone():
    assert plain("差 [[8.4 人|gap.min()]]，目标 [[80%|给定]]；[链接](a)") == (
        "差 8.4 人，目标 80%；[链接](a)"
    )


def test_a_mark_that_is_no_expression_is_refused_with_the_remedy():
    with pytest.raises(MasterError, match=r"后面应是一个式子.*给定"):
        marks("[[44%|最低 的]]")


def test_lines_that_read_as_before_keep_their_marks():
    """讲师在笔记本里改一行、添一行：别的行的出处都在。"""
    source = "差 [[8|a]] 人\n多 [[2|b]] 人\n完"

    assert remark(source, "差 8 人\n添一行\n多 3 人\n完") == "差 [[8|a]] 人\n添一行\n多 3 人\n完"

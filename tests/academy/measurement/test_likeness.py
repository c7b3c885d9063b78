"""academy.measurement.likeness：同一份卷与自己没有不同；改一处，说出哪一题、什么、各是多少。"""

from dataclasses import replace
from pathlib import Path

import pytest

from academy.measurement.likeness import operations, unlike_rows
from academy.papers import Tolerance, read_paper

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def paper():
    return read_paper(ROOT / "text/source/wfmp-final/wfmp-final.py")


def _with(paper, name, **changes):
    parts = tuple(replace(one, **changes) if one.name == name else one for one in paper.parts)
    return replace(paper, name="另一份", parts=parts)


def test_a_paper_is_like_itself_and_alone_like_none(paper):
    assert unlike_rows([paper, replace(paper, name="另一份")]) == []
    assert unlike_rows([paper]) == []


@pytest.mark.parametrize(
    ("changes", "label", "shown"),
    [
        ({"blanks": 9}, "要填几个值", "9"),
        ({"tolerance": Tolerance(0.02, 0.5)}, "允许误差", "相对 0.02、绝对 0.5"),
        ({"tolerance": Tolerance()}, "允许误差", "要正好"),
    ],
)
def test_difference_is_named_with_the_part_and_both_papers(paper, changes, label, shown):
    (row,) = unlike_rows([paper, _with(paper, "q3a", **changes)])
    assert (row["题"], row["不一样"], row["另一份"]) == ("q3a", label, shown)
    assert "wfmp-final" in row


@pytest.mark.parametrize(("more", "told"), [(1.4, False), (1.6, True)])
def test_half_as_long_again_to_read_is_worth_a_look(paper, more, told):
    text = paper["q3a"].text
    longer = text + "长" * int((more - 1) * len(text))
    assert bool(unlike_rows([paper, _with(paper, "q3a", text=longer)])) == told


def test_work_is_counted_in_the_reference_answer(paper):
    short = _with(
        paper, "q9b", answer="q9b = ...\n### BEGIN SOLUTION\nq9b = a + b\n### END SOLUTION"
    )
    (row,) = [one for one in unlike_rows([paper, short]) if one["不一样"] == "参考答案的运算数"]
    assert row["另一份"] == "1"
    # 调用两次、除一次、取一列、比一次
    assert operations("x = table['呼入量'].sum() / len(days) > 3") == 5
    assert operations("x = 'B'") == 0

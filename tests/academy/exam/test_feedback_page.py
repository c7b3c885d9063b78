"""academy.exam.feedback_page：一人一页，自成一体；没有答案，学员写不进标签。"""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from academy.exam.feedback import Feedback, Question, Topic
from academy.exam.feedback_page import page, write_pages

ONE = Feedback(
    number="S1",
    name="王敏",
    title="小卷",
    cohort="2025-07",
    points=66.5,
    maximum=95,
    pass_points=66.5,
    result="合格",
    handed_in="2025-07-18 16:30:00",
    following="",
    topics=(
        Topic("历史", 26.5, 35, ()),
        Topic("预测", 40, 60, ("每半小时要几个人？", "再来一遍")),
    ),
    questions=(
        Question("第 1 题", "a", 26.5, 35, "得到部分分数。"),
        Question("第 2 题", "b", 40, 60, "没有答对 <b>甲</b>。"),
    ),
)


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _tags(html):
    parser = _Tags()
    parser.feed(html)
    return parser.found


def _text(html):
    body = html.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_page_says_who_what_and_how_much():
    text = _text(page(ONE))

    for words in ("小卷", "王敏", "学号 S1", "2025-07 期", "66.5 / 95 分", "合格线 66.5 分", "26.5 / 35", "第 2 题 40 / 60", "回看：《每半小时要几个人？》《再来一遍》"):  # fmt: skip
        assert words in text, words


def test_bars_are_as_long_as_the_shares():
    widths = [
        float(attrs["style"].removeprefix("width:").removesuffix("%"))
        for tag, attrs in _tags(page(ONE))
        if tag == "i"
    ]

    assert widths == pytest.approx([70, 100 * 26.5 / 35, 100 * 40 / 60])


def test_page_needs_nothing_else():
    tags = _tags(page(ONE))

    assert not [tag for tag, _ in tags if tag in {"script", "link", "img", "iframe"}]
    assert not [attrs for _, attrs in tags if "href" in attrs or "src" in attrs]
    assert "url(" not in page(ONE)


def test_no_text_becomes_a_tag():
    hostile = replace(ONE, name="<script>x</script>", title='"><img>', following="<i>")

    tags = [tag for tag, _ in _tags(page(hostile))]
    assert "script" not in tags
    assert "img" not in tags
    assert "b" in tags  # 姓名自己的
    assert tags.count("b") == 1
    assert "没有答对 &lt;b&gt;甲&lt;/b&gt;。" in page(ONE)


@pytest.mark.parametrize(("result", "kind"), [("合格", "passed"), ("不合格", "failed")])
def test_verdict_is_said_and_coloured(result, kind):
    html = page(replace(ONE, result=result))

    assert f'<div class="verdict {kind}">{result}</div>' in html


def test_one_file_a_learner_and_an_earlier_one_goes(tmp_path):
    first = write_pages([ONE, replace(ONE, number="S10", name="李/静 ")], tmp_path)
    assert [path.name for path in first] == ["S1_王敏.html", "S10_李静.html"]

    write_pages([replace(ONE, name="王敏敏")], tmp_path)
    write_pages([replace(ONE, number="S2", name="")], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "S10_李静.html",
        "S1_王敏敏.html",
        "S2_.html",
    ]

"""academy.package.page：开始.html 一页读得完，不联网，指的文件都在包里。"""

import re
from html.parser import HTMLParser

import pytest


class _Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.open, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name in {"src", "href"}]
        if tag not in {"meta", "br", "img", "rect", "path", "link", "input", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.links += [value for name, value in attributes if name in {"src", "href"}]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] != "style":
            self.words.append(text)


@pytest.fixture(scope="module")
def page(wfmp):
    return _Page(wfmp.files["开始.html"].decode())


def test_every_tag_is_closed(page):
    assert page.open == []


def test_nothing_comes_from_the_network(page, wfmp):
    assert all(link.startswith(("data:image/", "#")) for link in page.links)
    assert sum(link.startswith("data:image/") for link in page.links) == 2
    assert not re.search(rb"https?://|url\(|@import", wfmp.files["开始.html"])


def test_files_it_tells_to_open_are_in_the_package(page, wfmp):
    text = "".join(page.words)
    for name in [name for name in wfmp.files if "/" not in name]:
        assert name in text
    assert "课程原件" in text


def test_timetable_has_every_lesson_with_the_number_of_its_file(page, wfmp):
    text = re.sub(r"\s+", " ", " ".join(page.words))
    lessons = [name.split("/")[1] for name in wfmp.files if re.match(r"课程原件/\d", name)]

    assert len(lessons) == 13
    assert "第 1 天 14:15 60 05 周一九点半，到底要几个人？" in text
    assert "第 2 天 15:30 90 考试" in text
    for name in lessons:
        assert name.removesuffix(".ipynb") in text


def test_guide_of_the_learners_is_in_it(page):
    text = "".join(page.words)

    assert "「○ 还没有作答」" in text
    assert 'read_table("样例数据/时段话务.xlsx", kind="intervals")' in text


def test_terms_of_the_examination_come_from_the_syllabus(page):
    assert "90 分钟考试，70 分合格" in "".join(page.words)

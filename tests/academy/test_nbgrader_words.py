"""academy.nbgrader_words：nbgrader 会说的每一句英文，都有一句中文和怎么办。"""

import ast
import inspect
import re
import sqlite3

import pytest
from nbgrader.exchange.abc import exchange as abstract
from nbgrader.exchange.default import collect, exchange, release_assignment, submit

from academy.nbgrader_words import SENTENCES, in_chinese

# 我们的用法里不会有的：课程名与学号总是给了的，发卷总是覆盖
NEVER = (
    "No course id specified",
    "Destination already exists",
    "The student ID should contain no",
    "You do not have access to this course",
    "not submitted. There are missing notebooks",
)


def _said():
    """nbgrader 在发卷、交卷、收卷时 fail(…) 的每一句。"""
    for module in (abstract, exchange, release_assignment, collect, submit):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fail":
                words = [
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                if words and words[0]:
                    yield max(words, key=len).replace("{}", "/交换区/ccom")


SAID = sorted(set(_said()))


def test_the_sentences_were_found():
    assert len(SAID) > 10
    assert "Course not found: /交换区/ccom" in SAID


@pytest.mark.parametrize(
    "text", [one for one in SAID if not one.startswith(NEVER) and NEVER[-1] not in one]
)
def test_every_failure_of_the_exchange_is_known(text):
    said = in_chinese(f"nbgrader.exchange.ExchangeError: {text}")

    assert said is not None
    assert "请" in said or "用 ccom" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Course not found: /a/ccom/inbound", "交换区里还没有发过卷（/a/ccom/inbound）"),
        ("You don't have read permissions for the directory: /a", "没有权限读写 /a"),
        ("Directory size is too big. Size is 12, maximum size is 10", "太大（12 字节）"),
        ("Duplicate grade id: q1", "有两格的编号都是 q1"),
        ("nbgrader cell 'q1-test' does not have points", "评分格 q1-test 没有写分值"),
        ("RuntimeError: no end solution statement found", "### BEGIN SOLUTION"),
        ("RuntimeError: No end hidden tests statement found", "### BEGIN HIDDEN TESTS"),
        ("NoSuchKernel: No such kernel named julia", "没有内核 julia"),
        ("nbformat.reader.NotJSONError: Notebook does not appear to be JSON", "不是笔记本的格式"),
        ("(sqlite3.OperationalError) no such column: x.y", "nbgrader db upgrade"),
    ],
)
def test_sentence_carries_the_name_from_the_english(text, words):
    assert words in in_chinese(text)


def test_real_words_of_sqlite_are_known(tmp_path):
    bad = tmp_path / "gradebook.db"
    bad.write_text("坏了" * 100)
    with pytest.raises(sqlite3.DatabaseError) as broken:
        sqlite3.connect(bad).execute("select * from x")
    with pytest.raises(sqlite3.OperationalError) as nowhere:
        sqlite3.connect(tmp_path / "没有/gradebook.db")
    first = sqlite3.connect(tmp_path / "one.db", isolation_level=None, timeout=0)
    first.execute("create table x(y)")
    first.execute("begin exclusive")
    with pytest.raises(sqlite3.OperationalError) as locked:
        sqlite3.connect(tmp_path / "one.db", timeout=0).execute("select * from x")
    with pytest.raises(sqlite3.OperationalError) as old:
        first.execute("select * from z")
    first.close()

    assert "坏了" in in_chinese(str(broken.value))
    assert "打不开" in in_chinese(str(nowhere.value))
    assert "正被别的程序用着" in in_chinese(str(locked.value))
    assert "别的版本" in in_chinese(str(old.value))


def test_unknown_words_stay_unknown():
    assert in_chinese("something nobody ever said") is None


def test_every_sentence_says_what_to_do_and_has_a_place_for_each_part():
    for pattern, sentence in SENTENCES:
        assert "请" in sentence or "用 ccom" in sentence, pattern
        assert bool(re.compile(pattern).groups) >= ("{0}" in sentence), pattern

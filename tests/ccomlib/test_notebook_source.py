"""ccomlib.notebook.source：程序、引号里、注释里分得清；只换程序里的字符。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.notebook.source import (
    CHARACTERS,
    HIDDEN,
    QUOTES,
    compiles,
    describe_character,
    repair_typing,
    scan,
)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('q = "甲，乙"', 'q = "___"'),
        ("q = '甲'  # 注，释", "q = '_'  _____"),
        ('q = """甲\n，乙"""  ，', 'q = """_\n__"""  ，'),
        (r'q = "a\"，b" ，', r'q = "_____" ，'),
        ('q = "#" + ，', 'q = "_" + ，'),
        ("q = “甲”", "q = “甲”"),
        ('q = "甲\nr = ，', 'q = "_\nr = ，'),
    ],
)
def test_only_code_is_shown(source, shown):
    assert scan(source).code == shown.replace("_", HIDDEN)


@pytest.mark.parametrize(
    ("source", "places"),
    [('q = "甲', (4,)), ('q = """甲', (4,)), ('q = "甲"', ()), ('a = "b\nc = "d', (4, 11))],
)
def test_half_quotes_are_found(source, places):
    assert scan(source).open_quotes == places


@given(st.text("aq1 =\"'#\n\\“”，（", max_size=30))
def test_scan_keeps_length_and_lines(source):
    code = scan(source).code

    assert len(code) == len(source)
    assert [n for n, c in enumerate(code) if c == "\n"] == [
        n for n, c in enumerate(source) if c == "\n"
    ]


@given(st.text("abc123+-*/=<>()[]{}.,: \n", max_size=40))
def test_what_is_ascii_is_left_alone(source):
    assert repair_typing(source) == source.rstrip(" ") or repair_typing(source) == "\n".join(
        line.rstrip(" ") for line in source.split("\n")
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("q = “甲，乙”", 'q = "甲，乙"'),
        ("q = ‘甲’", 'q = "甲"'),
        ("q = 「甲」", 'q = "甲"'),
        ('q = “甲"', 'q = "甲"'),
        ('q = "甲”', 'q = "甲"'),
        ("q = '甲’", "q = '甲'"),
        ("q = ［“甲”，“乙”］", 'q = ["甲","乙"]'),
        ("q = （１＋２）×３", "q = (1+2)*3"),
        ("q ＝ ｛“甲”：0。5｝；", 'q = {"甲":0.5}'),
        ("\u3000q\u3000=\u00a03\u200b", "q = 3"),
        ("q = “甲", "q = “甲"),
        ('print("（中文）")  # （中文）', 'print("（中文）")  # （中文）'),
        ("ｑ１ = ３", "ｑ1 = 3"),
    ],
)
def test_what_a_chinese_keyboard_types_becomes_what_python_reads(typed, meant):
    assert repair_typing(typed) == meant


@pytest.mark.parametrize("character", sorted({*CHARACTERS, *QUOTES} - {"＂", "＇"}))
def test_every_character_has_its_words(character):
    said = describe_character(character)

    assert "请" in said
    assert "\n" not in said


def test_parsing_takes_anything():
    assert compiles("await f()")
    assert not compiles("q = (")
    assert not compiles("q\0")

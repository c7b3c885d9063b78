"""academy.grading.desk.notebook_json：读之前先知道要多少内存；读不了就说清楚是什么。"""

import json
import tracemalloc

import pytest

from academy.grading.desk.notebook_json import MAX_BYTES, parse_notebook

FLOODS = {
    "objects": b"[" + b"{}," * 16_000_000 + b"1]",
    "lists": b"[" + b"[]," * 16_000_000 + b"1]",
    "one key each": b"[" + b'{"":0},' * 7_000_000 + b"1]",
    "numbers": b"[" + b"1.5," * 12_000_000 + b"1]",
}


@pytest.mark.parametrize("raw", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_parts_is_refused_before_it_is_read(raw):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="太多内存：请学员清除输出后重交"):
            parse_notebook(raw)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 3 * len(raw)


def test_what_the_estimate_lets_pass_takes_no_more():
    """估的是上限：真的读出来，占的不比估的多。"""
    for part in (b"{},", b"[],", b'{"":0},', b"1.5,"):
        raw = b"[" + part * 300_000 + b"1]"
        tracemalloc.start()
        content = parse_notebook(raw)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(content) == 300_001
        estimate = 240 * raw.count(b"{") + 90 * raw.count(b"[") + 40 * raw.count(b",")
        assert held < estimate


def test_brackets_in_what_was_printed_are_only_text():
    """印出来的括号洪水是一个字符串，照读。"""
    raw = json.dumps({"cells": ["{},[]" * 2_000_000 + '\\"{']}).encode()
    assert raw.count(b"{") * 240 > MAX_BYTES

    assert len(parse_notebook(raw)["cells"][0]) == 10_000_003


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_with_and_without_a_mark_is_read(mark):
    assert parse_notebook(mark + '{"中": 1}'.encode()) == {"中": 1}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ('{"中": 1}'.encode("utf-16"), "是 UTF-16 编码"),
        ('{"中": 1}'.encode("utf-16-be"), "是 UTF-16 编码"),
        ('{"a": 1}'.encode("utf-16-le"), "是 UTF-16 编码"),
        ('{"中文": 1}'.encode("gbk"), "是 GBK 编码"),
        (b"\xff" * 9, "不是完好的笔记本文件"),
        (b"{", "不是完好的笔记本文件"),
        (b"", "不是完好的笔记本文件"),
        (b"[" * 100_000, "不是完好的笔记本文件"),
    ],
)
def test_what_is_wrong_is_said(raw, said):
    with pytest.raises(ValueError, match=said):
        parse_notebook(raw)

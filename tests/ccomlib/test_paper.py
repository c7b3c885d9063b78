"""ccomlib.paper：数据在笔记本旁边，选项字母随座位走。"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.paper import choice_key, open_paper, option_order, relabel


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    text = "\ufeff日期,时段,呼入量,事件\n2025-01-01,08:30,12,\n"
    (tmp_path / "data/calls.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_dates_are_dates_and_blanks_stay_text(folder):
    table = open_paper(folder).table("calls")

    assert str(table["日期"].dtype).startswith("datetime64")
    assert table["事件"].tolist() == [""]
    assert table["时段"].tolist() == ["08:30"]


def test_each_read_is_fresh(folder):
    paper = open_paper(folder)
    spoilt = paper.table("calls")
    spoilt["呼入量"] = 0

    assert paper.table("calls")["呼入量"].tolist() == [12]


def test_missing_table_is_named_with_those_there_are(folder):
    with pytest.raises(ValueError, match="没有数据表 'call'；这份试卷有：calls"):
        open_paper(folder).table("call")


def test_missing_data_folder_says_what_to_do(tmp_path):
    with pytest.raises(ValueError, match="整个文件夹重新下载"):
        open_paper(tmp_path)


def test_learner_has_no_seat_and_the_examiner_has(monkeypatch):
    monkeypatch.delenv("CCOM_SEAT_SEED", raising=False)
    assert choice_key("q1", "ABCD") == "ABCD"

    monkeypatch.setenv("CCOM_SEAT_SEED", "12345")
    assert sorted(choice_key("q1", "ABCD")) == list("ABCD")


def test_order_that_was_handed_out_is_used_and_not_computed_again(monkeypatch):
    monkeypatch.setenv("CCOM_SEAT_SEED", "12345")
    for order in ([3, 2, 1, 0], [1, 0, 3, 2]):  # 至多一个碰巧是算出来的那个
        monkeypatch.setenv("CCOM_SEAT_ORDER", json.dumps({"q1": order}))
        assert choice_key("q1", "AB") == relabel("AB", order)


@pytest.mark.parametrize(("item", "count"), [("q2", 4), ("q1", 3), ("q1", 5)])
def test_order_that_does_not_fit_the_item_is_an_error_not_a_wrong_key(monkeypatch, item, count):
    monkeypatch.setenv("CCOM_SEAT_ORDER", '{"q1": [3, 2, 1, 0]}')

    with pytest.raises(ValueError, match="发卷时的选项次序里"):
        choice_key(item, "A", count)


@given(st.integers(0, 2**64 - 1), st.text("abcq123", min_size=1), st.integers(2, 8))
def test_option_order_is_a_permutation_and_relabelling_undoes_it(seed, item, count):
    order = option_order(seed, item, count)
    letters = "ABCDEFGH"[:count]

    assert sorted(order) == list(range(count))
    shown = [letters[old] for old in order]
    assert [shown[letters.index(letter)] for letter in relabel(letters, order)] == list(letters)

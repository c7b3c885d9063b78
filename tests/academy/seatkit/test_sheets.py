"""academy.seatkit.sheets：小表由值与范围组成。"""

import numpy as np

from academy.seatkit import between, sheet


def test_ranges_include_both_ends_and_keep_to_their_step(streams):
    whole = {between(3, 6).take(rng) for rng in streams}
    halves = {between(1, 2, 0.5).take(rng) for rng in streams}
    shares = {between(0.04, 0.06, 0.01).take(rng) for rng in streams}

    assert whole == {3, 4, 5, 6}
    assert all(type(one) is int for one in whole)
    assert halves == {1.0, 1.5, 2.0}
    assert shares == {0.04, 0.05, 0.06}


def test_rows_are_drawn_each_by_itself():
    table = sheet(
        np.random.default_rng(0),
        "队列 人数 说明",
        [("甲", between(1, 100), ""), ("乙", between(1, 100), "x")],
    )

    assert list(table.columns) == ["队列", "人数", "说明"]
    assert table["人数"].nunique() == 2


def test_shuffled_rows_get_their_labels_afterwards(streams):
    tables = [
        sheet(rng, "级别", [(0,), (1,), (2,)], shuffle=True, labels="一二三") for rng in streams
    ]

    assert {tuple(table["级别"]) for table in tables} > {(0, 1, 2), (2, 1, 0)}
    assert all(table["情况"].tolist() == ["一", "二", "三"] for table in tables)
